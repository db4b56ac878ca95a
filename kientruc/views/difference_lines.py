"""The lines of a difference in words: what happened to which field of which thing, and who asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kientruc.comparing import Cause, FieldChange, Nature, RecordChange, RelationChange, What
from kientruc.comparing.difference import HEAD, lacks_cause
from kientruc.model.approval import Comment, Condition
from kientruc.model.record import Record
from kientruc.model.values import Json
from kientruc.views.difference_causes import Run, cited, key, paper, standing, told_by
from kientruc.views.difference_told import Told, told_of, whole
from kientruc.views.difference_words import Words

Change = RecordChange | RelationChange
ALIKE = 3  # how many things must have changed the same way to be told as one


@dataclass(frozen=True, slots=True)
class CauseWords:
    """A cause as one line; `number` and `key` lead to its row in the list of causes, `id` is what the data call it.

    `short` is the number with the letter or notice alone, for tables beside that list.
    """

    key: str
    id: str
    number: int
    words: str
    numbered: str
    short: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the table: what happened to which field of which thing, before and after, who asked for it.

    `field` is "" for a thing that came, went or got another id. `told` is what a thing that came or went says, the most
    important first; `before` or `after` hold the same. `bare` tells that nobody gave a cause, and should have;
    `no_cause` is what stands in the place of causes. `known_by` is the id, "" where the subject holds it. One line may
    tell the same of several things: then `ids` are theirs, and it has as many numbers, up to `last`.
    """

    number: int
    last: int
    what: What
    what_words: str
    section: str
    id: str
    ids: tuple[str, ...]
    subject: str
    known_by: str
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

    @property
    def label(self) -> str:
        """Its number, or its numbers."""
        return str(Run(self.number, self.last))

    @property
    def account(self) -> str:
        """Tell in one line what happened to what: the field before and after, or what became of the whole."""
        if self.what is What.CHANGED:
            return f"{self.subject} – {self.field}: {self.before} → {self.after}"
        return f"{self.subject} – {self.what_words}{f': {self.field}' if self.field else ''}"


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one component, or of one section."""

    key: str
    title: str
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many changes its lines tell."""
        return sum(len(line.ids) for line in self.lines)


def lines_of(changes: Iterable[Change], words: Words, rows: Mapping[str, tuple[int, Cause]]) -> Iterator[Line]:
    """Put changes into lines without numbers: the relations of a thing after it.

    Args:
        rows: the numbers of causes in their list.
    """
    for change in sorted(changes, key=_order):
        for line in change.lines:
            yield _line(change, line, words, rows)


def together(lines: Iterable[Line]) -> Iterator[Line]:
    """Tell the same change of several things that follow each other as one line."""
    for _, some in groupby(lines, key=_alike):
        alike = list(some)
        if len(alike) < ALIKE or len({line.id for line in alike}) < len(alike):
            yield from alike
        else:
            ids = tuple(line.id for line in alike)
            yield replace(alike[0], ids=ids, subject="; ".join(line.subject for line in alike), known_by=", ".join(ids))


def _alike(line: Line) -> tuple[object, ...]:
    whole = line.id if line.what is not What.CHANGED else ""
    return whole, line.section, line.path, line.field, line.before, line.after, line.causes, line.no_cause, line.nature


def in_order(groups: Iterable[Group]) -> Iterator[Group]:
    """Number the lines of groups, from 1 without gaps."""
    last = 0
    for group in groups:
        found = []
        for line in group.lines:
            found.append(replace(line, number=last + 1, last=last + len(line.ids)))
            last += len(line.ids)
        yield replace(group, lines=tuple(found))


def _order(change: Change) -> tuple[str, str, int]:
    return change.section, _id(change), isinstance(change, RelationChange)


def _id(change: Change) -> str:
    return change.id if isinstance(change, RecordChange) else change.source


def _line(change: Change, line: Change | FieldChange, words: Words, rows: Mapping[str, tuple[int, Cause]]) -> Line:
    told: tuple[Told, ...] = ()
    if isinstance(line, FieldChange):
        before, after = _sides(change, line, words)
        path, field, what = line.path, _field(change, line, words), What.CHANGED
    else:
        told = tuple(told_of(change, words.without_ids(), rows))
        before, after = whole(change, told, words)
        path, field, what = "", "", change.what
    if isinstance(change, RelationChange):
        path = f"{change.path}.{path}" if path else change.path
        exchange = f"{words.verb(change.verb)} {words.name(change.target_section, change.target)}"
        field = f"{exchange} · {field}" if field else exchange
    id, bare = _id(change), lacks_cause(line)
    subject = _subject(change, words)
    return Line(
        number=0,
        last=0,
        what=what,
        what_words=words.say(f"difference.{what}"),
        section=change.section,
        id=id,
        ids=(id,),
        subject=subject,
        known_by="" if id in subject.split() else id,
        path=path,
        field=field,
        before=before,
        after=after,
        told=told,
        nature=line.nature,
        nature_words=words.say(f"difference.{line.nature}"),
        causes=tuple(_cause_words(change, line, words, rows)),
        no_cause=_no_cause(line.nature, bare, words),
        bare=bare,
    )


def _subject(change: Change, words: Words) -> str:
    """Name what changed; a comment or condition by the letter it stands in."""
    if change.section == HEAD:
        return words.say("difference.head")
    record = words.record(change.section, _id(change))
    if isinstance(record, Comment | Condition):
        return told_by(record, words)
    return words.name(change.section, _id(change))


def _field(change: Change, line: FieldChange, words: Words) -> str:
    """Name a field; the day since which a step stands as it does, by how it stands."""
    if change.section == "path" and line.path == "since":
        state = getattr(words.new.records["path"].get(_id(change)), "state", None)
        if state in ("done", "running"):
            return words.say(f"since.{state}")
    return words.field(line.parts)


def _sides(change: Change, line: FieldChange, words: Words) -> tuple[str, str]:
    """Write both sides; what a state did not say, as it held for all states."""
    if line.parts[0] != "in_state" or not isinstance(change, RecordChange):
        return words.sides(line)
    olds, news = (side.records.get(change.section, {}) for side in (words.old, words.new))
    before = _held(olds.get(change.old_id), line.parts) if line.before is None else line.before
    after = _held(news.get(change.id), line.parts) if line.after is None else line.after
    return words.sides(line if before == after else replace(line, before=before, after=after))


def _held(record: Record | None, parts: Sequence[str]) -> Json:
    """Give what holds in a state that says nothing itself; None where the thing is not in it, or says nothing."""
    held: Json = record.model_dump(mode="json", by_alias=True) if record else None
    states = held.get("states") if isinstance(held, dict) else None
    if isinstance(states, dict) and parts[1] not in states:
        return None
    for part in parts[2:]:
        held = held.get(part) if isinstance(held, dict) else None
    return held


def _cause_words(
    change: Change, line: Change | FieldChange, words: Words, rows: Mapping[str, tuple[int, Cause]]
) -> Iterator[CauseWords]:
    """Give each cause once; which field it named is the one that the line tells."""
    for at, cause in {key(cause): cause for cause in _causes(change, line)}.items():
        told = cited(cause, words)
        told = words.say("difference.in-part", words=told) if standing(cause, words) == "partly" else told
        number = rows[at][0]
        long, short = (
            words.say("difference.numbered", number=number, words=one) for one in (told, paper(cause, words))
        )
        yield CauseWords(at, cause.id, number, told, long, short)


def _causes(change: Change, line: Change | FieldChange) -> Iterable[Cause]:
    """Give the causes of a line; those of a thing that came or went are of all it says."""
    came_or_went = not isinstance(line, FieldChange) and change.what in (What.ADDED, What.REMOVED)
    fields = [one for field in change.fields for one in field.causes] if came_or_went else []
    return dict.fromkeys((*line.causes, *sorted(fields, key=lambda one: one.order)))


def _no_cause(nature: Nature, bare: bool, words: Words) -> str:
    if nature is Nature.COURSE:
        return words.say("difference.course")
    return words.say("difference.uncaused-line") if bare else ""
