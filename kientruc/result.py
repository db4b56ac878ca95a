"""What a conformance check found: outcomes with evidence, rolled up to requirements and to one verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kientruc.finding import Finding, Severity, fingerprint
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

    @property
    def fingerprint(self) -> str:
        """What the outcome is about: requirement, check, reason and subjects, in whatever order they are named."""
        return fingerprint(self.requirement, self.check, self.reason, *sorted(self.subjects))


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One requirement: its status, exact counts of outcomes by status, and the outcomes that were kept (capped)."""

    requirement: str
    status: Status
    severity: Severity
    counts: Mapping[Status, int]
    outcomes: tuple[Outcome, ...]
    why: str = ""  # a reason code where there is no outcome: an empty scope, a law not yet in force


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One architecture against one edition on one day. If loading failed, only `loading` is filled."""

    edition: str
    on: date | None
    verdict: Verdict
    requirements: tuple[RequirementResult, ...]
    loading: tuple[Finding, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)

    def counts(self) -> Mapping[Status, int]:
        """Count requirements by status; every status has an entry."""
        return {status: sum(r.status is status for r in self.requirements) for status in Status}
