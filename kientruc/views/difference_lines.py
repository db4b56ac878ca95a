"""The lines of a difference in words: what happened to which field of which thing, and who asked for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kientruc.comparing import Cause, FieldChange, Nature, RecordChange, RelationChange, What
from kientruc.comparing.difference import HEAD, lacks_cause
from kientruc.comparing.plain import EVIDENCE
from kientruc.views.difference_words import PLACES, Words

Change = RecordChange | RelationChange
# Of a thing that came or went, what is told first; what is not named here follows in the order of its paths.
FIRST = (
    *("number", "title", "text", "quote", "proposal", "grounds", "kind", "type", "verdict", "position", "state"),
    *("response", "answer", "reason", "who", "from", "lead", "owner", "decided_by", "operator", "chair", "by", "due"),
    *("date", "total", "amount", "result", "outcome", "conclusions", "summary", "about"),
)
ENTRIES = frozenset(("conclusions", "answers", "in_state"))  # each entry is told by itself
OF_SUBJECT = ("name", "name_en")  # told with the thing, not again in what it says
UNTOLD = ("ask", "id")  # whom to ask is mostly taken over from the file; a conclusion bears its id already
REST = 99  # the rank of what is not named in FIRST


@dataclass(frozen=True, slots=True)
class CauseWords:
    """A cause as one line, and what makes it known in the list of causes."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a thing that came or went says: a field and its value; `entry` tells that it is one of many alike."""

    field: str
    value: str
    entry: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the table: what happened to which field of which thing, before and after, who asked for it.

    `field` is "" for a thing that came, went or got another id. `told` is all that a thing that came or went says, the
    most important first; `before` or `after` hold the same. `bare` tells that nobody gave a cause, and should have;
    `no_cause` is what stands in the place of causes. `known_by` is the id, "" where the subject holds it; `again` tells
    that the line before is of the same thing.
    """

    number: int
    what: What
    what_words: str
    section: str
    id: str
    subject: str
    known_by: str
    again: bool
    path: str
    field: str
    before: str
    after: str
    told: tuple[Told, ...]
    nature: Nature
    nature_words: str
    causes: tuple[CauseWords, ...]
    no_cause: str
    bare: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one component, or of one section."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One cause: what was asked, what was answered, its verdict, and the numbers of the lines that it explains."""

    key: str
    words: str
    asked: str
    answered: str
    verdict: str
    partly: bool
    lines: tuple[int, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """The lines, those that follow each other as one."""
        return runs(self.lines)


class Run(NamedTuple):
    """Numbers that follow each other: "4–6", or "9" alone."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def runs(numbers: Iterable[int]) -> tuple[Run, ...]:
    """Put numbers in order, and those together that follow each other."""
    found: list[Run] = []
    for number in sorted(set(numbers)):
        if found and found[-1].last == number - 1:
            found[-1] = Run(found[-1].first, number)
        else:
            found.append(Run(number, number))
    return tuple(found)


def lines_of(changes: Iterable[Change], words: Words, before: int) -> Iterator[Line]:
    """Put changes into lines: the relations of a thing after it, at the end what is only of sources or in English.

    Args:
        before: the number of the line before the first.
    """
    found = [(change, line) for change in sorted(changes, key=_order) for line in change.lines]
    last = ("", "")
    for number, (change, line) in enumerate(sorted(found, key=lambda one: _is_aside(one[1], words)), before + 1):
        this = change.section, _id(change)
        yield _line(number, change, line, words, this == last)
        last = this


def _order(change: Change) -> tuple[str, str, int]:
    return change.section, _id(change), isinstance(change, RelationChange)


def _id(change: Change) -> str:
    return change.id if isinstance(change, RecordChange) else change.source


def _is_aside(line: Change | FieldChange, words: Words) -> bool:
    if not isinstance(line, FieldChange):
        return False
    return line.nature is Nature.EVIDENCE or (_is_english(line) and words.lang == "vi")


def _is_english(field: FieldChange) -> bool:
    return field.parts[-1].endswith("_en")


def _line(number: int, change: Change, line: Change | FieldChange, words: Words, again: bool) -> Line:
    told: tuple[Told, ...] = ()
    if isinstance(line, FieldChange):
        before, after = words.sides(line)
        path, field, what = line.path, words.field(line.parts), What.CHANGED
    else:
        told = tuple(_told(change, words.without_ids()))
        before, after = _whole(change, told, words)
        path, field, what = "", "", change.what
    if isinstance(change, RelationChange):
        path = f"{change.path}.{path}" if path else change.path
        exchange = f"{words.verb(change.verb)} {words.name(change.target_section, change.target)}"
        field = f"{exchange} · {field}" if field else exchange
    id, bare = _id(change), lacks_cause(line)
    subject = words.name(change.section, id) if change.section != HEAD else words.say("section.architecture")
    return Line(
        number=number,
        what=what,
        what_words=words.say(f"difference.{what}"),
        section=change.section,
        id=id,
        subject=subject,
        known_by="" if id in subject.split() else id,
        again=again,
        path=path,
        field=field,
        before=before,
        after=after,
        told=told,
        nature=line.nature,
        nature_words=words.say(f"difference.{line.nature}"),
        causes=tuple(
            {key(cause): CauseWords(key(cause), _cause(cause, words)) for cause in _causes(change, line)}.values()
        ),
        no_cause=_no_cause(line.nature, bare, words),
        bare=bare,
    )


def _causes(change: Change, line: Change | FieldChange) -> Iterable[Cause]:
    """Give the causes of a line; those of a thing that came or went are of all it says."""
    came_or_went = not isinstance(line, FieldChange) and change.what in (What.ADDED, What.REMOVED)
    fields = [one for field in change.fields for one in field.causes] if came_or_went else []
    return dict.fromkeys((*line.causes, *sorted(fields, key=lambda one: one.order)))


def key(cause: Cause) -> str:
    """Give what makes a cause known in the list of causes."""
    return "/".join(filter(None, (cause.section, cause.hearing, cause.id)))


def _cause(cause: Cause, words: Words) -> str:
    told, (_, partly) = words.cause(cause), words.verdict(cause)
    return words.say("difference.in-part", words=told) if partly else told


def _no_cause(nature: Nature, bare: bool, words: Words) -> str:
    if nature is Nature.COURSE:
        return words.say("difference.course")
    return words.say("difference.uncaused-line") if bare else ""


def _whole(change: Change, told: Sequence[Told], words: Words) -> tuple[str, str]:
    """Tell of a thing that came or went what it says, of one with a new id both ids."""
    if change.what is What.RENAMED and isinstance(change, RecordChange):
        return change.old_id, f"{change.id} ({words.say(f'matched.{change.matched}')})"
    said = "; ".join(f"{one.field}: {one.value}" for one in told) or words.say("difference.there")
    successors = change.successors if isinstance(change, RecordChange) else ()
    after = words.say("difference.succeeded", names="; ".join(map(words.anything, successors))) if successors else "–"
    return ("–", said) if change.what is What.ADDED else (said, after)


def _told(change: Change, words: Words) -> Iterator[Told]:
    """Give what a thing that came or went says, the most important first, what belongs together as one."""
    if change.what not in (What.ADDED, What.REMOVED):
        return
    side = 1 if change.what is What.ADDED else 0
    groups: dict[tuple[str, ...], list[FieldChange]] = defaultdict(list)
    for field in sorted((one for one in change.fields if _is_worth(change.section, one, words)), key=_rank):
        groups[field.parts[: 2 if field.parts[0] in ENTRIES else 1]].append(field)
    for at, fields in groups.items():
        yield Told(words.field(at), "; ".join(_parts(at, fields, side, words)), at[0] in ENTRIES)


def _parts(at: tuple[str, ...], fields: Iterable[FieldChange], side: int, words: Words) -> Iterator[str]:
    """Say what lies under one field: places by what they name, anything else by the rest of its path."""
    for field in fields:
        rest, value = words.field(field.parts, len(at)), words.sides(field)[side]
        place = next((one + 1 for one, part in enumerate(field.parts[:-1]) if part in PLACES), 0)
        if place:
            named = words.entry(field.parts[place - 1], field.parts[place])
            limits = f" ({value})" if field.parts[place + 1 :] else ""
            under = f"{words.field(field.parts[:place], len(at))}: " if place > len(at) else ""
            yield f"{under}{named}{limits}"
        else:
            yield f"{rest}: {value}" if rest else value


def _is_worth(section: str, field: FieldChange, words: Words) -> bool:
    """Leave out what the subject says, English beside Vietnamese, whom to ask, and the evidence of all but sources."""
    parts = field.parts
    if parts[0] in OF_SUBJECT or parts[-1] in UNTOLD or (words.lang == "vi" and _is_english(field)):
        return False
    return section == "sources" or parts[-1] not in EVIDENCE or parts[0] == "extra"


def _rank(field: FieldChange) -> tuple[int, tuple[str, ...], int, tuple[str, ...]]:
    first, last = (FIRST.index(part) if part in FIRST else REST for part in (field.parts[0], field.parts[-1]))
    return first, field.parts[:2], last, field.parts
