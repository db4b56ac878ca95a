"""What changed from one version to the next, for people: by component, each line with its cause, then the reverse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kientruc.comparing import Cause, Difference, RecordChange, RelationChange
from kientruc.comparing.difference import COURSE, HEAD
from kientruc.comparing.select import Places
from kientruc.messages import text
from kientruc.model.approval import Hearing
from kientruc.model.architecture import SECTIONS, Architecture
from kientruc.views.access_marks import mark, notice
from kientruc.views.difference_account import Account, account
from kientruc.views.difference_lines import CauseLine, Group, lines_of
from kientruc.views.difference_lines import key as cause_key
from kientruc.views.difference_words import Words
from kientruc.views.words import day, name

COUNTED = (
    *("content_added", "content_removed", "content_renamed", "content_changed"),
    *("relations_added", "relations_removed", "relations_changed", "lines_content"),
    *("evidence_added", "evidence_removed", "evidence_renamed", "evidence_changed", "lines_evidence"),
    *("course_added", "course_removed", "course_renamed", "course_changed", "lines_course"),
    *("uncaused", "uncaused_evidence", "unconfirmed"),
)
ALWAYS = ("uncaused", "unconfirmed")  # told even where there is none


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said to have changed and did not."""

    key: str
    words: str
    place: str
    asked: str
    answered: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Everything in words. `counts` are pairs of words and numbers; `remarks` are sentences about the comparison.

    `old` and `new` say which version was heard where; `called` is what the user called the two.
    """

    lang: str
    title: str
    old: str
    new: str
    called: tuple[str, str]
    mark: str  # what every page says: made-up data, for whom it is
    filters: tuple[str, ...]
    remarks: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    account: Account
    groups: tuple[Group, ...]
    causes: tuple[CauseLine, ...]
    claims: tuple[Claim, ...]


def difference(
    found: Difference,
    old: Architecture,
    new: Architecture,
    names: tuple[str, str],
    lang: str,
    filters: tuple[str, ...] = (),
) -> DifferenceView:
    """Put a difference into words.

    Args:
        names: what the user called the two.
        filters: sentences that say what was left out.
    """
    words = Words(old, new, lang)
    groups = tuple(_groups(found, words, Places(old, new)))
    causes = tuple(_causes(found, groups, words))
    return DifferenceView(
        lang=lang,
        title=name(new.head, lang),
        old=_side(old, new, found.known_as, lang),
        new=_side(new, new, (), lang),
        called=names,
        mark=" · ".join(dict.fromkeys(filter(None, (mark(new, lang), mark(old, lang))))),
        filters=filters,
        remarks=(*_remarks(found, lang), *filter(None, (notice(new, lang),))),
        counts=tuple((text(f"difference.{key}", lang), number) for key, number in _counts(found)),
        account=account(found, groups, causes, words),
        groups=groups,
        causes=causes,
        claims=tuple(_claims(found, words)),
    )


def _side(architecture: Architecture, new: Architecture, known_as: tuple[str, ...], lang: str) -> str:
    """Tell the version, the hearings that heard it as the new one knows them, and the day its data speak of."""
    head = architecture.head
    version = head.version or ", ".join(known_as)
    told = text("difference.version", lang, version=version) if version else text("word.unversioned", lang)
    until = day(head.cut_off, lang)
    hearings = [one for one in new.records["hearings"].values() if _number(new, one) in (head.version, *known_as)]
    if not hearings:
        return text("difference.side", lang, version=told, day=until)
    heard = [
        text("difference.heard-at", lang, name=name(one, lang), day=day(one.date, lang))
        for one in sorted(hearings, key=lambda one: (one.order, one.id))
    ]
    return text("difference.heard", lang, version=told, hearings="; ".join(heard), day=until)


def _number(new: Architecture, hearing: Hearing) -> str:
    """Give the number of the version that a hearing heard; "–" where nobody says."""
    version = new.records["versions"].get(hearing.version or "")
    return version.number if version else "–"


def _remarks(found: Difference, lang: str) -> Iterator[str]:
    if found.known_as:
        yield text("difference.known-as", lang, version=", ".join(found.known_as))
    if found.disputed:
        yield text("difference.disputed", lang, version=found.disputed)
    if found.old.id != found.new.id:
        yield text("difference.other-id", lang, old=found.old.id, new=found.new.id)


def _counts(found: Difference) -> Iterator[tuple[str, int]]:
    counts = found.counts()
    yield from ((key, counts[key]) for key in COUNTED if counts[key] or key in ALWAYS)


def _groups(found: Difference, words: Words, places: Places) -> Iterator[Group]:
    """Give the head, then each component with its elements, then the other sections, the course of approval last."""
    sorted_in: dict[tuple[int, int, str], list[RecordChange | RelationChange]] = defaultdict(list)
    orders = {id: one.order for side in (places.old, places.new) for id, one in side.components.items()}
    rest = (*(name for name in SECTIONS if name not in COURSE), *(name for name in SECTIONS if name in COURSE))
    for change in found.changes:
        component = places.of_change(change)
        if change.section == HEAD:
            sorted_in[0, 0, HEAD].append(change)
        elif component:
            sorted_in[1, orders.get(component, 0), component].append(change)
        else:
            sorted_in[2, rest.index(change.section) if change.section in rest else len(rest), change.section].append(
                change
            )
    number = 0
    for (rank, _, key), changes in sorted(sorted_in.items()):
        title = (
            words.name("components", key) if rank == 1 else words.say("difference.group", section=_section(key, words))
        )
        lines = tuple(lines_of(changes, words, number))
        number += len(lines)
        yield Group(key, title, lines)


def _section(key: str, words: Words) -> str:
    return words.say(f"section.{key}")


def _causes(found: Difference, groups: Iterable[Group], words: Words) -> Iterator[CauseLine]:
    """Give each cause with the lines it explains, comments last."""
    explained: dict[str, list[int]] = defaultdict(list)
    for group in groups:
        for line in group.lines:
            for cause in line.causes:
                explained[cause.key].append(line.number)
    told: dict[str, Cause] = {}
    for change in found.changes:
        for one in (change, *change.fields):
            told.update((cause_key(cause), replace(cause, fields=())) for cause in one.causes)
    for key, known in sorted(told.items()):
        yield CauseLine(
            key, words.cause(known), *words.asked(known), *words.verdict(known), tuple(dict.fromkeys(explained[key]))
        )


def _claims(found: Difference, words: Words) -> Iterator[Claim]:
    for one in found.unconfirmed:
        asked, answered = words.asked(one.cause)
        bare = replace(one.cause, fields=())
        if not one.id:
            place = words.say("difference.no-place")
        else:
            fields = ", ".join(map(words.limit, one.fields))
            place = words.cited(one.id) + (f": {fields}" if fields else "")
        yield Claim(cause_key(one.cause), words.cause(bare), place, asked, answered)
