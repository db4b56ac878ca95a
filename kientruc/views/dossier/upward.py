"""What the People's Committee sends upward: a report to the Party's board, a letter asking for appraisal."""

from __future__ import annotations

from kientruc.model.organisation import Organisation, OrganisationType
from kientruc.views.document import Document, Heading, Paragraph, SignatureBlock, says
from kientruc.views.dossier.blocks import listed
from kientruc.views.dossier.conclusions import long_day, lower
from kientruc.views.dossier.facts import Dossier
from kientruc.views.dossier.outline_work import known_tasks
from kientruc.views.dossier.wording import COMMON
from kientruc.views.sums import amount_of

REPORT, LETTER = "bao-cao-thuong-truc", "cong-van-tham-dinh"


def report(dossier: Dossier) -> Document | None:
    """Make the report to the Party's standing board; None where no step of the path is the Party's."""
    board = _actor(dossier, OrganisationType.PARTY)
    if board is None:
        return None

    def say(key: str, **values: str) -> str:
        return dossier.say(REPORT, key, board=board.name, **values)

    hearing = dossier.hearing
    heard = []
    if hearing:
        named = {"date": long_day(dossier, hearing), "hearing": lower(hearing.name), "outcome": hearing.outcome or ""}
        heard.append(Paragraph(says(say("heard", **named).strip())))
    found = [one for one in dossier.architecture.records["goals"].values() if dossier.known(one)]
    goals = [one.name for one in found if one.type == "objective"] or [one.name for one in found]
    costs = [cost for one in known_tasks(dossier) if (cost := amount_of(one)) is not None]
    money = {"amount": dossier.money(sum(costs)), "count": str(len(costs))}
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
            *heard,
            Heading(say("content")),
            Paragraph(
                says(
                    say(
                        "content_text" if goals else "content_plain",
                        components=str(len(dossier.architecture.components)),
                    )
                )
            ),
            *listed(goals),
            *((Paragraph(says(say("money_text", **money))),) if costs else ()),
            Heading(say("decide")),
            Paragraph(says(say("decide_text"))),
            Paragraph(says(say("end"))),
        ),
        signatures=_signed(dossier),
        recipients=(dossier.say(COMMON, "as_above"), dossier.author.name, dossier.say(COMMON, "archive")),
        mark=dossier.mark,
    )


def letter(dossier: Dossier) -> Document | None:
    """Make the letter that asks a ministry for its appraisal; None where no step of the path is a ministry's."""
    ministry = _actor(dossier, OrganisationType.MINISTRY)
    if ministry is None:
        return None

    def say(key: str) -> str:
        return dossier.say(LETTER, key, ministry=ministry.name)

    head = dossier.head("", dossier.committee)
    return Document(
        id=LETTER,
        title=say("title"),
        date=dossier.date,
        head=type(head)(head.issuer, head.superior, "", f"{head.body}-{say('unit')}", head.place),
        abstract=say("abstract"),
        addressees=(ministry.name,),
        blocks=tuple(Paragraph(says(say(key))) for key in ("opening", "asks", "end")),
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
