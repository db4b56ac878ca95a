"""What the People's Committee sends upward: a report to the Party's board, a letter asking for appraisal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from kientruc.model.organisation import Organisation, OrganisationType
from kientruc.views.document import Block, Document, Heading, Paragraph, SignatureBlock, says
from kientruc.views.dossier.blocks import Place, listed
from kientruc.views.dossier.conclusions import long_day, lower
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.dossier.outline import own_outline
from kientruc.views.dossier.outline_work import known_tasks, roadmap
from kientruc.views.dossier.wording import COMMON
from kientruc.views.sums import amount_of
from kientruc.views.words import number_words

REPORT, LETTER = "bao-cao-thuong-truc", "cong-van-tham-dinh"
Say = Callable[..., str]


def report(dossier: Dossier, enclosed: Sequence[str] = ()) -> Document | None:
    """Make the report to the Party's standing board; None where no step of the path is the Party's.

    Args:
        enclosed: the titles of the papers that go with it.
    """
    board = _actor(dossier, OrganisationType.PARTY)
    if board is None:
        return None
    say = partial(dossier.say, REPORT, board=board.name)
    return Document(
        id=REPORT,
        title=say("title"),
        date=dossier.date,
        party=dossier.party,
        head=dossier.head(say("symbol"), dossier.committee),
        type_name=say("type_name"),
        abstract=say("abstract"),
        addressees=(board.name,),
        blocks=(
            Paragraph(says(say("opening"))),
            Heading(say("need")),
            Paragraph(says(say("need_text"))),
            *_heard(dossier, say),
            Heading(say("content")),
            *_content(dossier, say),
            Heading(say("money")),
            *_money(dossier),
            Heading(say("decide")),
            *_asked(dossier, say),
            *_enclosed(say, enclosed),
            Paragraph(says(say("end"))),
        ),
        signatures=_signed(dossier),
        recipients=(dossier.say(COMMON, "as_above"), dossier.author.name, dossier.say(COMMON, "archive")),
        mark=dossier.mark,
    )


def _heard(dossier: Dossier, say: Say) -> Iterator[Block]:
    """Tell how it came about: which bodies were asked, and the hearing."""
    rounds = list(dossier.architecture.records["rounds"].values())
    if rounds:
        bodies = {body for one in rounds for body in one.bodies}
        counts = {"bodies": len(bodies), "comments": len(dossier.architecture.records["comments"])}
        yield Paragraph(says(say("consulted", **{key: number_words(value, VI) for key, value in counts.items()})))
    if hearing := dossier.hearing:
        named = {"date": long_day(dossier, hearing), "hearing": lower(hearing.name), "outcome": hearing.outcome or ""}
        yield Paragraph(says(say("heard", **named).strip()))


def _content(dossier: Dossier, say: Say) -> Iterator[Block]:
    """Name the objectives, then the principles: what a board decides about, no list of objects."""
    found = [one for one in dossier.architecture.records["goals"].values() if dossier.known(one)]
    goals = [one.name for one in found if one.type == "objective"] or [one.name for one in found]
    yield Paragraph(says(say("content_text", components=str(len(dossier.architecture.components)))))
    yield Paragraph(says(say("goals" if goals else "goals_unknown")))
    yield from listed(goals)
    principles = [one.name for one in dossier.architecture.records["principles"].values() if dossier.known(one)]
    if principles:
        yield Paragraph(says(say("principles")))
        yield from listed(principles)


def _money(dossier: Dossier) -> Iterator[Block]:
    """Tell what all costs, by year and fund, by form, and the milestones."""
    place = Place(dossier, REPORT, own_outline("explanation")["tm-5"], 1)
    known = [cost for one in known_tasks(dossier) if (cost := amount_of(one)) is not None]
    if known:
        yield place.paragraph("finance", amount=dossier.money(sum(known)), count=number_words(len(known), VI))
    yield from roadmap(place)


def _asked(dossier: Dossier, say: Say) -> Iterator[Block]:
    """List what the board is asked to decide: the content, the money where it is known, what is not settled."""
    yield Paragraph(says(say("decide_text")))
    points = [say("decide_content")]
    if any(amount_of(one) is not None for one in known_tasks(dossier)):
        points.append(say("decide_money"))
    if leader := sum(one.needs_leader for one in dossier.architecture.records["comments"].values()):
        points.append(say("decide_open", count=number_words(leader, VI)))
    yield from listed(points)


def _enclosed(say: Say, enclosed: Sequence[str]) -> Iterator[Block]:
    if enclosed:
        yield Paragraph(says(say("enclosed")))
        yield from listed(enclosed)


def letter(dossier: Dossier, enclosed: Sequence[str] = ()) -> Document | None:
    """Make the letter that asks a ministry for its appraisal; None where no step of the path is a ministry's.

    Args:
        enclosed: the titles of the papers that go with it.
    """
    ministry = _actor(dossier, OrganisationType.MINISTRY)
    if ministry is None:
        return None
    say = partial(dossier.say, LETTER, ministry=ministry.name)
    head = dossier.head("", dossier.committee)
    return Document(
        id=LETTER,
        title=say("title"),
        date=dossier.date,
        head=type(head)(head.issuer, head.superior, "", f"{head.body}-{say('unit')}", head.place),
        abstract=say("abstract"),
        addressees=(ministry.name,),
        blocks=(
            *(Paragraph(says(say(key))) for key in ("opening", "asks")),
            *_enclosed(say, enclosed),
            Paragraph(says(say("end"))),
        ),
        signatures=_signed(dossier),
        recipients=(dossier.say(COMMON, "as_above"), dossier.author.name, dossier.say(COMMON, "archive")),
        mark=dossier.mark,
    )


def _actor(dossier: Dossier, type: OrganisationType) -> Organisation | None:
    """Give the body of a sort that acts in the first step of the path that has one."""
    steps = sorted(dossier.architecture.records["path"].values(), key=lambda step: (step.order, step.id))
    bodies = [dossier.architecture.organisations[step.actor] for step in steps if isinstance(step.actor, str)]
    return next((one for one in bodies if one.type is type), None)


def _signed(dossier: Dossier) -> tuple[SignatureBlock, ...]:
    return (SignatureBlock((dossier.say(COMMON, "for_committee"), dossier.say(COMMON, "chairman"))),)
