"""One architecture against one edition on one day."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import date

from kientruc.frameworks.edition import Edition, load_edition
from kientruc.model.architecture import Architecture
from kientruc.result import CheckResult, RequirementResult, Status, Verdict
from kientruc.validators.checks import CHECKS
from kientruc.validators.matter import Matter
from kientruc.validators.requirement import evaluate


def edition(id: str) -> Edition:
    """Read an edition with the kinds of check that are known here.

    Raises:
        KeyError: there is no such edition.
        EditionError: its files are wrong.
    """
    return load_edition(id, CHECKS)


def run(architecture: Architecture, edition: Edition, on: date) -> CheckResult:
    """Run every requirement, in id order.

    Args:
        on: the day whose law is asked; `architecture.cut_off` unless somebody wants to look from another day.
    """
    matter = Matter(architecture, edition, on)
    collecting = gc.isenabled()
    gc.disable()  # nothing is freed before the end, and the collector would walk the whole model again and again
    try:
        results = tuple(evaluate(requirement, matter) for requirement in edition.requirements.values())
    finally:
        if collecting:
            gc.enable()
    return CheckResult(edition.id, on, verdict(results, edition), results, hashes={"edition": edition.sha256})


def verdict(results: Iterable[RequirementResult], edition: Edition) -> Verdict:
    """Say what the binding requirements come to; undetermined where none of them concerned anything."""
    statuses = {result.status for result in results if edition.requirements[result.requirement].binds}
    if Status.FAIL in statuses:
        return Verdict.NOT_MET
    if statuses & {Status.MANUAL, Status.ERROR, Status.NOT_EVALUATED}:
        return Verdict.UNDETERMINED
    return Verdict.MET if statuses & {Status.PASS, Status.WAIVED} else Verdict.UNDETERMINED
