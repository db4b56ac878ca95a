"""One requirement held against one architecture: its days, its checks, its outcomes rolled up to one status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kientruc.frameworks.edition import Edition
from kientruc.frameworks.requirement import Combine, Requirement
from kientruc.model.values import Certainty
from kientruc.result import Answer, CheckStatus, Outcome, RequirementResult, Status
from kientruc.review import Review
from kientruc.validators.check import KEPT
from kientruc.validators.matter import Found, Matter, days
from kientruc.validators.resting import SURE, resting
from kientruc.validators.reviewed import QUESTION as QUESTION
from kientruc.validators.reviewed import Reviewed, Settled

WITNESSES = 20  # ids kept of one witness; all are counted
ORDER = (
    Status.FAIL,
    Status.ERROR,
    Status.MANUAL,
    Status.WAIVED,
    Status.PASS,
    Status.NOT_APPLICABLE,
    Status.NOT_EVALUATED,
)
ANY_ORDER = (
    Status.PASS,
    Status.WAIVED,
    Status.MANUAL,
    Status.ERROR,
    Status.FAIL,
    Status.NOT_APPLICABLE,
    Status.NOT_EVALUATED,
)
AHEAD, AHEAD_OPEN = "ahead-", "ahead-open-"  # how the reasons of a look-ahead begin; the latter of what waits
OTHER_TYPE = "other-type"
NOT_YET, NO_LONGER, NOTHING, LEFT_OUT = "not-yet-in-force", "no-longer-in-force", "empty-scope", "left-out"


def evaluate(requirement: Requirement, matter: Matter, reviewed: Reviewed | None = None) -> RequirementResult:
    """Run a requirement's checks; none of an architecture of a type that it is not asked of.

    Before its first day a look-ahead still tells what would fail, as not applicable; nothing else is run then, or
    after its last day.
    """
    review = reviewed or Reviewed(matter, Review())
    why = _of_another_type(requirement, matter) or _out_of_force(requirement, matter.edition, matter.on)
    ahead = why == NOT_YET and requirement.look_ahead
    kept: list[Outcome] = []
    checks: list[CheckStatus] = []
    for check in requirement.checks if ahead or not why else ():
        counts, outcomes = _collect(requirement, check, matter, review, ahead)
        checks.append(CheckStatus(check.id, rolled_up(counts), counts))
        kept.extend(outcomes)
    found = any(one.counts for one in checks)
    return _result(requirement, tuple(checks), tuple(kept), why or ("" if found else NOTHING))


def skipped(requirement: Requirement) -> RequirementResult:
    """Give the result of a requirement that this run leaves out."""
    status = Status.NOT_EVALUATED
    return RequirementResult(requirement.id, status, requirement.severity, dict.fromkeys(Status, 0), (), LEFT_OUT)


def rolled_up(counts: Mapping[Status, int], combine: Combine = Combine.ALL) -> Status:
    """Give the one status of several: a definite failure stays one, whatever is unknown beside it.

    Where one of several is enough, a definite pass stays one instead.
    Source: XCCDF-like three-valued logic of the conformance design.
    """
    order = ORDER if combine is Combine.ALL else ANY_ORDER
    return next((status for status in order if counts.get(status)), Status.NOT_APPLICABLE)


def unwaived(result: RequirementResult, combine: Combine) -> Status:
    """Give the status a requirement would have without any waiver."""
    if not result.checks:
        return result.status
    found = [rolled_up(_without(one.counts)) for one in result.checks]
    return rolled_up(Counter(found), combine)


def _without(counts: Mapping[Status, int]) -> dict[Status, int]:
    failed = counts.get(Status.FAIL, 0) + counts.get(Status.WAIVED, 0)
    return {**counts, Status.FAIL: failed, Status.WAIVED: 0}


def _result(
    requirement: Requirement, checks: tuple[CheckStatus, ...], outcomes: tuple[Outcome, ...], why: str
) -> RequirementResult:
    counts = {status: sum(one.counts.get(status, 0) for one in checks) for status in Status}
    status = rolled_up(Counter(one.status for one in checks), requirement.combine)
    return RequirementResult(requirement.id, status, requirement.severity, counts, outcomes, why, checks)


def _of_another_type(requirement: Requirement, matter: Matter) -> str:
    type = matter.architecture.head.type
    return OTHER_TYPE if requirement.types and type is not None and type not in requirement.types else ""


def _out_of_force(requirement: Requirement, edition: Edition, on: date) -> str:
    first, last = edition.applies(requirement)
    if first and on < first:
        return NOT_YET
    return NO_LONGER if last and on > last else ""


def _collect(
    requirement: Requirement, check: Any, matter: Matter, review: Reviewed, ahead: bool
) -> tuple[dict[Status, int], list[Outcome]]:
    """Take a check's outcomes: count all, keep the gravest first and of these the first in canonical order."""
    buckets: dict[Status, list[Settled]] = {}
    counts: dict[Status, int] = {}
    try:
        outcomes: Iterator[Found] = check.outcomes(matter)
        if not check.EVEN_ASSUMED:
            outcomes = (_doubted(found, matter) for found in outcomes)
        outcomes = (_addressed(found, matter) for found in outcomes)
        answer = matter.answers.get((requirement.id, check.id))
        if answer is not None:
            outcomes = (_answered(found, answer) for found in outcomes)
        for found in _ahead(outcomes) if ahead else outcomes:
            one = review.settle(requirement.id, check.id, replace(found, certainty=resting(found, check, matter)))
            counts[one.found.status] = counts.get(one.found.status, 0) + 1
            bucket = buckets.setdefault(one.found.status, [])
            if len(bucket) < KEPT:
                bucket.append(one)
    except Exception as problem:  # a check that crashes is a finding about the tool; the others still run
        counts = {Status.ERROR: 1}
        crash = Found(Status.ERROR, "crashed", (), {"problem": type(problem).__name__})
        buckets = {Status.ERROR: [Settled(crash)]}
    kept = [one for status in ORDER for one in buckets.get(status, ())][:KEPT]
    return counts, [_outcome(requirement.id, check.id, one) for one in kept]


def _outcome(requirement: str, check: str, settled: Settled) -> Outcome:
    found = settled.found
    return Outcome(
        requirement=requirement,
        check=check,
        status=found.status,
        reason=found.reason,
        subjects=found.subjects,
        values=found.values,
        witness=found.witness[:WITNESSES],
        span=found.span,
        also=found.also,
        more=max(0, len(found.witness) - WITNESSES),
        waiver=settled.waiver,
        requested=settled.requested,
        rests_on="" if found.certainty is SURE else found.certainty.value,
    )


def _doubted(found: Found, matter: Matter) -> Found:
    """Nobody can fail by what is only assumed to be there: that is for a person to confirm first."""
    elements = [matter.architecture.elements.get(id) for id in found.subjects]
    if found.status is not Status.FAIL or not elements:
        return found
    if any(one is None or one.certainty is not Certainty.ASSUMED for one in elements):
        return found
    return replace(found, status=Status.MANUAL, reason="assumed")


def _addressed(found: Found, matter: Matter) -> Found:
    """Name who must answer what waits: of the elements it is about, else of those that speak for it; "" for nobody."""
    if found.status is not Status.MANUAL or "ask" in found.values or found.reason == QUESTION:
        return found
    elements = matter.architecture.elements
    about = [id for id in found.subjects if id in elements] or [id for id in found.witness if id in elements]
    asked = matter.asked(filter(None, map(matter.graph.answerer_of, about)))
    return replace(found, values={**found.values, **asked, "by": "", "by_en": ""})


def _answered(found: Found, answer: Answer) -> Found:
    """Put a person's answer in the place of the question."""
    if found.status is not Status.MANUAL or found.reason != QUESTION:
        return found
    values = {**found.values, "who": answer.by, **days((answer.on,), "on"), "note": answer.note}
    return replace(found, status=answer.status, reason="answered", values=values)


def _ahead(found: Iterator[Found]) -> Iterator[Found]:
    """Turn what would not pass on a later day into something that is told, and that fails nothing."""
    for one in found:
        if one.status is not Status.PASS:
            reason = f"{AHEAD_OPEN if one.status is Status.MANUAL else AHEAD}{one.reason}"
            yield Found(Status.NOT_APPLICABLE, reason, one.subjects, one.values, one.witness, one.span, one.also)
