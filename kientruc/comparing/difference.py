"""What differs between two architectures: frozen values without words, from which every view of it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kientruc.comparing.leaves import joined
from kientruc.model.values import Json

HEAD = "architecture"  # the section of the head
# The course of approval: these records tell why the architecture changed, so nobody asks why they did.
COURSE = frozenset(
    (
        *("versions", "path", "hearings", "rounds", "conditions", "comments", "decisions"),
        *("retired", "waiver_requests"),
    )
)


class What(StrEnum):
    """What became of a record or a relation. A renamed record may have changed fields too."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


class Nature(StrEnum):
    """What a change is about: the architecture, where we know it from, or the course of its approval."""

    CONTENT = "content"
    EVIDENCE = "evidence"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Cause:
    """A comment, conclusion, condition or decision of the new architecture that says it changed something.

    `hearing` is the hearing of a conclusion, "" for the others. `fields` are those its place is limited to.
    """

    section: str
    id: str
    hearing: str = ""
    fields: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, str, str, tuple[str, ...]]:
        """What causes are sorted by."""
        return self.section, self.hearing, self.id, self.fields


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, down to the leaf: `owner`, `in_state.muc-tieu.owner`, `cost[2027,ngan-sach-tinh].amount`.

    Values are JSON; None is a field that is not said, a list has no order of its own.
    """

    parts: tuple[str, ...]
    before: Json
    after: Json
    nature: Nature
    causes: tuple[Cause, ...] = ()

    @property
    def path(self) -> str:
        """The path in one word."""
        return joined(self.parts)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What became of one record. An added or removed one has all its fields, each with nothing on the other side.

    `id` is the one it bears now, or bore last; `old_id` is "" for an added one. `causes` are of its coming, going or
    new id, not of its fields. `matched` tells how a new id was recognised: retired, identical, name, codes, similar.
    `successors` are what a removed one's `retired` record names.
    """

    what: What
    section: str
    id: str
    old_id: str
    fields: tuple[FieldChange, ...]
    nature: Nature
    causes: tuple[Cause, ...] = ()
    matched: str = ""
    successors: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[RecordChange | FieldChange]:
        """Give what has a cause of its own: the record, unless only fields of it changed, and each changed field."""
        if self.what is not What.CHANGED:
            yield self
        if self.what in (What.CHANGED, What.RENAMED):
            yield from self.fields


@dataclass(frozen=True, slots=True)
class RelationChange:
    """What became of one relation, with the ids of its ends as they are now; `section` is that of its source."""

    what: What
    section: str
    source: str
    verb: str
    target_section: str
    target: str
    id: str
    fields: tuple[FieldChange, ...]
    nature: Nature
    causes: tuple[Cause, ...] = ()

    @property
    def path(self) -> str:
        """How the source's fields would name it: `sends[ngsp]`."""
        return f"{self.verb}[{self.target}]"

    @property
    def lines(self) -> Iterator[RelationChange | FieldChange]:
        """Give what has a cause of its own: the relation that came or went, or each changed field."""
        if self.what is What.CHANGED:
            yield from self.fields
        else:
            yield self


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A cause that says a place changed, which did not: its id, and the fields that stayed; "" where it names none."""

    cause: Cause
    section: str = ""
    id: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the id of its head, the version it says it is, the day up to which its data speak."""

    id: str
    version: str
    cut_off: date


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs, in canonical order: records by section and id, relations by their ends.

    `known_as` are the numbers of the versions that the new architecture records with the old one's hash; `disputed` is
    the number under which it records another model than the old one that bears it.
    """

    old: Side
    new: Side
    records: tuple[RecordChange, ...]
    relations: tuple[RelationChange, ...]
    unconfirmed: tuple[Unconfirmed, ...]
    known_as: tuple[str, ...] = ()
    disputed: str = ""

    def __bool__(self) -> bool:
        return bool(self.records or self.relations)

    @property
    def changes(self) -> Iterator[RecordChange | RelationChange]:
        """Give all changes, records first."""
        yield from self.records
        yield from self.relations

    def counts(self) -> dict[str, int]:
        """Count records (of each nature apart too) and relations by what became of them, and lines by their nature."""
        found = {f"records_{what}": 0 for what in What}
        found |= {f"relations_{what}": 0 for what in What if what is not What.RENAMED}
        found |= {f"{nature}_{what}": 0 for nature in Nature for what in What}
        found |= {f"lines_{nature}": 0 for nature in Nature}
        found |= {"uncaused": 0, "uncaused_evidence": 0, "unconfirmed": len(self.unconfirmed)}
        for change in self.changes:
            found[f"{'records' if isinstance(change, RecordChange) else 'relations'}_{change.what}"] += 1
            if isinstance(change, RecordChange):
                found[f"{change.nature}_{change.what}"] += 1
            for line in change.lines:
                found[f"lines_{line.nature}"] += 1
                if lacks_cause(line):
                    found["uncaused"] += 1
                    found["uncaused_evidence"] += line.nature is Nature.EVIDENCE
        return found


def lacks_cause(line: RecordChange | RelationChange | FieldChange) -> bool:
    """Tell whether nobody says why a line changed, and somebody should."""
    if line.nature is Nature.COURSE or line.causes:
        return False
    return isinstance(line, FieldChange) or line.what is not What.ADDED or not any(one.causes for one in line.fields)
