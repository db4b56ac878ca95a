"""One thing that somebody owes: what, why, who, by when, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kientruc.model.record import Record, Unknown


class Kind(StrEnum):
    """What sort of thing is owed."""

    STEP = "step"
    PAPER = "paper"
    COMMENT = "comment"
    ANSWER = "answer"
    CONCLUSION = "conclusion"
    CONDITION = "condition"
    REQUIREMENT = "requirement"
    UNKNOWN = "unknown"
    TASK = "task"
    WAIVER = "waiver"
    EVIDENCE = "evidence"
    LEGAL = "legal"


class Why(StrEnum):
    """Why it is owed."""

    REFUSED = "refused"
    STEP_LATE = "step-late"
    PAPER_MISSING = "paper-missing"
    NO_VERDICT = "no-verdict"
    NO_CHANGE = "no-change"  # this and its neighbours: `consultation.rules.Lack`
    NO_RESPONSE = "no-response"
    NEEDS_LEADER = "needs-leader"
    NO_ANSWER = "no-answer"
    SILENT = "silent"  # no answer, and the round is over: counts as agreeing
    NOT_DONE = "not-done"
    NOT_ANSWERED = "not-answered"  # nothing tells what answers the conclusion
    ON_THE_PATH = "on-the-path"  # steps of the path answer the conclusion, and are not done
    NOT_MET = "not-met"
    MUST_FAILS = "must-fails"
    UNKNOWN = "unknown"
    TASK_LATE = "task-late"
    WAIVER_EXPIRED = "waiver-expired"
    WAIVER_EXPIRING = "waiver-expiring"
    EVIDENCE_EXPIRED = "evidence-expired"
    NO_LONGER_IN_FORCE = "no-longer-in-force"


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed on a day.

    `owner` is the id of an organisation, or what a reviewer's file calls somebody; "" where nobody is named. `values`
    are further ids, numbers and words of the record that the sentence needs. `path` leads to the value in the record.
    """

    kind: Kind
    why: Why
    id: str
    owner: str
    by: date | None
    late: bool
    record: Record | None = None
    path: tuple[str | int, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key: whose it is, nobody last; by when, no day last; then what."""
        return (self.owner == "", self.owner, self.by or date.max, self.kind, self.id, tuple(map(str, self.path)))


def known_id(value: str | Unknown | None) -> str:
    """Give an id that is known, else ""."""
    return value if isinstance(value, str) else ""


def known_day(value: date | Unknown | None) -> date | None:
    """Give a day that is known, else None."""
    return value if isinstance(value, date) else None


def has_come(value: date | Unknown | None, on: date) -> bool:
    """Tell whether something has happened by a day; what tells no day has."""
    day = known_day(value)
    return day is None or day <= on


def is_past(value: date | None, on: date) -> bool:
    """Tell whether a day is over."""
    return value is not None and value < on
