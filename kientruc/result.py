"""What a conformance check found: outcomes with evidence, rolled up to requirements and to one verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kientruc.finding import Change, Finding, Severity, fingerprint
from kientruc.source import Span


class Status(StrEnum):
    """What became of one outcome, one check or one requirement."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not-applicable"
    MANUAL = "manual"
    WAIVED = "waived"
    ERROR = "error"
    NOT_EVALUATED = "not-evaluated"


class Verdict(StrEnum):
    """What an appraisal says of the whole: by the binding requirements alone, never a percentage."""

    MET = "met"
    NOT_MET = "not-met"
    UNDETERMINED = "undetermined"
    NOT_EVALUATED = "not-evaluated"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to an open question: pass, fail or not applicable; who, when, and in which words."""

    status: Status
    by: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One subject under one check.

    `reason` is a code of the kind of check ("missing", "no-path", ...); `values` fill the placeholders of the
    requirement's message; `witness` are ids that prove it: a path, a group, the operands.
    """

    requirement: str
    check: str
    status: Status
    reason: str
    subjects: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    witness: tuple[str, ...] = ()
    span: Span | None = None
    also: tuple[Span, ...] = ()
    more: int = 0  # witnesses for which there was no room
    waiver: str = ""  # the reviewer's waiver that covers it, whether or not it has an effect
    requested: tuple[str, ...] = ()  # the waiver requests of the architecture that name it; they change nothing
    change: Change | None = None  # only where there is a baseline, and only of what failed
    rests_on: str = ""  # of a pass: how sure what it rests on is, where that is only "assumed" or "doubtful"

    @property
    def fingerprint(self) -> str:
        """What the outcome is about: requirement, check, reason and subjects, in whatever order they are named."""
        return fingerprint(self.requirement, self.check, self.reason, *sorted(self.subjects))


class CheckStatus(NamedTuple):
    """One check of a requirement: its status, and exact counts of its outcomes by status."""

    check: str
    status: Status
    counts: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One requirement: its status, exact counts of outcomes by status, and the outcomes that were kept (capped)."""

    requirement: str
    status: Status
    severity: Severity
    counts: Mapping[Status, int]
    outcomes: tuple[Outcome, ...]
    why: str = ""  # a reason code where there is no outcome: an empty scope, a law not yet in force
    checks: tuple[CheckStatus, ...] = ()
    new: int = 0  # findings the baseline did not have, exact; 0 where there is no baseline


class WaiverUse(NamedTuple):
    """One line of the waiver register: who asked, who granted, why, until when, and what came of it.

    `hindrances` are codes of notes; where there is one, the waiver has no effect. `covers` counts the outcomes that
    fail without it, exactly. `days_left` is counted from the day of the check, 0 on the last day.
    """

    id: str
    requirement: str
    subjects: tuple[str, ...]
    state: str
    reason: str
    reason_en: str
    basis: str
    requested_by: str
    approved_by: str
    role: str
    first: date | None
    expires: date
    days_left: int
    covers: int
    hindrances: tuple[str, ...] = ()

    @property
    def effective(self) -> bool:
        """Whether something that fails is waived by it."""
        return self.covers > 0 and not self.hindrances


class Compared(NamedTuple):
    """What changed since an earlier run: exact numbers, and what is no longer found (capped)."""

    size: int  # findings of the baseline
    new: int
    unchanged: int
    gone_count: int
    gone: tuple[tuple[str, str, str], ...] = ()  # requirement, check and fingerprint


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One architecture against one edition on one day. If loading failed, only `loading` is filled.

    `hashes` are of what decided it beside the architecture: edition, waivers, answers, baseline. `notes` are about
    the files of the reviewer, each with its place there. A partial run claims no conformity.
    """

    edition: str
    on: date | None
    verdict: Verdict
    requirements: tuple[RequirementResult, ...]
    loading: tuple[Finding, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False
    unwaived: Verdict | None = None  # the verdict there would be without any waiver; None where none has an effect
    waivers: tuple[WaiverUse, ...] = ()
    notes: tuple[Finding, ...] = ()
    compared: Compared | None = None

    def counts(self) -> Mapping[Status, int]:
        """Count requirements by status; every status has an entry."""
        return {status: sum(r.status is status for r in self.requirements) for status in Status}
