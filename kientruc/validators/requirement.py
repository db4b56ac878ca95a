"""One requirement held against one architecture: its days, its checks, its outcomes rolled up to one status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from kientruc.frameworks.edition import Edition
from kientruc.frameworks.requirement import Requirement
from kientruc.model.values import Certainty
from kientruc.result import Answer, Outcome, RequirementResult, Status
from kientruc.validators.check import KEPT
from kientruc.validators.matter import Found, Matter, days

ORDER = (
    Status.FAIL,
    Status.ERROR,
    Status.MANUAL,
    Status.WAIVED,
    Status.PASS,
    Status.NOT_APPLICABLE,
    Status.NOT_EVALUATED,
)
QUESTION = "question"  # the reason of an outcome that waits for a person's answer
NOT_YET, NO_LONGER, NOTHING = "not-yet-in-force", "no-longer-in-force", "empty-scope"


def evaluate(requirement: Requirement, matter: Matter) -> RequirementResult:
    """Run a requirement's checks.

    Before its first day a look-ahead still tells what would fail, as not applicable; nothing else is run then, or
    after its last day.
    """
    why = _out_of_force(requirement, matter.edition, matter.on)
    ahead = why == NOT_YET and requirement.look_ahead
    if why and not ahead:
        return _result(requirement, {}, (), why)
    counts: dict[Status, int] = {}
    kept: list[Outcome] = []
    for check in requirement.checks:
        outcomes = _collect(requirement, check, matter, counts, ahead)
        kept.extend(outcomes)
    return _result(requirement, counts, tuple(kept), why or ("" if counts else NOTHING))


def rolled_up(counts: dict[Status, int]) -> Status:
    """Give the one status of several outcomes: a definite failure stays one, whatever is unknown beside it.

    Source: XCCDF-like three-valued logic of the conformance design, `combine: all`.
    """
    return next((status for status in ORDER if counts.get(status)), Status.NOT_APPLICABLE)


def _result(
    requirement: Requirement, counts: dict[Status, int], outcomes: tuple[Outcome, ...], why: str
) -> RequirementResult:
    every = {status: counts.get(status, 0) for status in Status}
    return RequirementResult(requirement.id, rolled_up(counts), requirement.severity, every, outcomes, why)


def _out_of_force(requirement: Requirement, edition: Edition, on: date) -> str:
    first, last = edition.applies(requirement)
    if first and on < first:
        return NOT_YET
    return NO_LONGER if last and on > last else ""


def _collect(
    requirement: Requirement, check: Any, matter: Matter, counts: dict[Status, int], ahead: bool
) -> list[Outcome]:
    """Take a check's outcomes: count all, keep the gravest first and of these the first in canonical order."""
    buckets: dict[Status, list[Found]] = {}
    own: dict[Status, int] = {}
    try:
        outcomes: Iterator[Found] = check.outcomes(matter)
        if not check.EVEN_ASSUMED:
            outcomes = (_doubted(found, matter) for found in outcomes)
        answer = matter.answers.get((requirement.id, check.id))
        if answer is not None:
            outcomes = (_answered(found, answer) for found in outcomes)
        for found in _ahead(outcomes) if ahead else outcomes:
            own[found.status] = own.get(found.status, 0) + 1
            bucket = buckets.setdefault(found.status, [])
            if len(bucket) < KEPT:
                bucket.append(found)
    except Exception as problem:  # a check that crashes is a finding about the tool; the others still run
        own = {Status.ERROR: 1}
        buckets = {Status.ERROR: [Found(Status.ERROR, "crashed", (), {"problem": type(problem).__name__})]}
    for status, number in own.items():
        counts[status] = counts.get(status, 0) + number
    kept = [found for status in ORDER for found in buckets.get(status, ())][:KEPT]
    return [
        Outcome(requirement.id, check.id, f.status, f.reason, f.subjects, f.values, f.witness, f.span, f.also)
        for f in kept
    ]


def _doubted(found: Found, matter: Matter) -> Found:
    """Nobody can fail by what is only assumed to be there: that is for a person to confirm first."""
    elements = [matter.architecture.elements.get(id) for id in found.subjects]
    if found.status is not Status.FAIL or not elements:
        return found
    if any(one is None or one.certainty is not Certainty.ASSUMED for one in elements):
        return found
    return replace(found, status=Status.MANUAL, reason="assumed")


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
            reason = f"ahead-{one.reason}"
            yield Found(Status.NOT_APPLICABLE, reason, one.subjects, one.values, one.witness, one.span, one.also)
