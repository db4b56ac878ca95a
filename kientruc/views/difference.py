"""What changed from one version to the next, for people: by component, each line with its cause, then the reverse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kientruc.comparing import Cause, Difference, Nature, RecordChange, RelationChange, What
from kientruc.comparing.difference import HEAD
from kientruc.comparing.select import Places
from kientruc.messages import text
from kientruc.model.approval import Hearing
from kientruc.model.architecture import SECTIONS, Architecture
from kientruc.views.access_marks import mark, notice
from kientruc.views.difference_account import Account, account
from kientruc.views.difference_causes import CauseLine, cause_lines, cited, explained_by, numbered, said
from kientruc.views.difference_causes import key as cause_key
from kientruc.views.difference_lines import Group, Line, in_order, lines_of, together
from kientruc.views.difference_told import is_for_programs
from kientruc.views.difference_words import Words
from kientruc.views.words import day, name

COUNTED = (
    *("lines_content", "content_added", "content_removed", "content_renamed", "content_fields"),
    *("relations_added", "relations_removed"),
    *("lines_evidence", "evidence_added", "evidence_removed", "evidence_renamed", "evidence_fields"),
    *("lines_course", "course_added", "course_removed", "course_renamed", "course_fields"),
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
    cites: bool = False,
    is_part: bool = False,
) -> DifferenceView:
    """Put a difference into words.

    Args:
        names: what the user called the two.
        filters: sentences that say what was left out.
        cites: whether values that are ids are told with the id behind the name.
        is_part: whether it is a part: then only causes of its lines are told, not all that was asked.
    """
    words = Words(old, new, lang, cites)
    found = _for_people(found, lang)
    rows = numbered(found, words, whole=not is_part)
    groups = tuple(in_order(_groups(found, words, Places(old, new), rows)))
    lines = (line for group in groups for line in group.lines)
    explained = explained_by(
        (number, tuple(cause.key for cause in line.causes))
        for line in lines
        for number in range(line.number, line.last + 1)
    )
    causes = tuple(cause_lines(rows, explained, words))
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


def _for_people(found: Difference, lang: str) -> Difference:
    """Leave out changed fields that only programs need."""

    def kept(change: RecordChange) -> RecordChange:
        if change.what in (What.ADDED, What.REMOVED):
            return change
        fields = tuple(one for one in change.fields if not is_for_programs(change.section, one, lang))
        return replace(change, fields=fields)

    records = (change for change in map(kept, found.records) if change.fields or change.what is not What.CHANGED)
    return replace(found, records=tuple(records))


def _counts(found: Difference) -> Iterator[tuple[str, int]]:
    """Give for each nature what came, went, bears another id, how many fields changed, and the sum of these."""
    counts = found.counts()
    for nature in Nature:
        whole = (*(f"{nature}_{what}" for what in What if what is not What.CHANGED),)
        if nature is Nature.CONTENT:
            whole += ("relations_added", "relations_removed")
        counts[f"{nature}_fields"] = counts[f"lines_{nature}"] - sum(counts[key] for key in whole)
    yield from ((key, counts[key]) for key in COUNTED if counts[key] or key in ALWAYS)


Rows = Mapping[str, tuple[int, Cause]]


def _groups(found: Difference, words: Words, places: Places, rows: Rows) -> Iterator[Group]:
    """Give each component, the other sections, what is only of sources, then the course of approval."""
    by_group: dict[tuple[int, int, str], list[Line]] = defaultdict(list)
    orders = {id: one.order for side in (places.old, places.new) for id, one in side.components.items()}
    for change in found.changes:
        component = places.of_change(change)
        for line in lines_of((change,), words, rows):
            if line.nature is Nature.CONTENT:
                by_group[(1, orders.get(component, 0), component) if component else (2, *_at(change))].append(line)
            else:
                by_group[(3, 0, str(Nature.EVIDENCE)) if line.nature is Nature.EVIDENCE else (4, *_at(change))].append(
                    line
                )
    for (rank, _, key), lines in sorted(by_group.items()):
        match rank:
            case 1:
                title = words.name("components", key)
            case 3:
                title = words.say("difference.only-evidence")
            case _:
                title = words.say("difference.head") if key == HEAD else _capital(words.say(f"section.{key}"))
        yield Group(key, title, tuple(together(sorted(lines, key=lambda one: (one.section, one.id)))))


def _at(change: RecordChange | RelationChange) -> tuple[int, str]:
    """Give the place of a section among others: the head first."""
    order = (HEAD, *SECTIONS)
    return order.index(change.section), change.section


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _claims(found: Difference, words: Words) -> Iterator[Claim]:
    for one in found.unconfirmed:
        asked, answered = said(one.cause, words)
        if not one.id:
            place = words.say("difference.no-place")
        else:
            fields = ", ".join(map(words.limit, one.fields))
            place = words.cited(one.id) + (f": {fields}" if fields else "")
        yield Claim(cause_key(one.cause), cited(one.cause, words), place, asked, answered)
