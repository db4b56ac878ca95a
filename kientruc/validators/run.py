"""One architecture against one edition on one day."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from kientruc.frameworks.edition import Edition, load_edition
from kientruc.model.architecture import Architecture
from kientruc.result import CheckResult, RequirementResult, Status, Verdict
from kientruc.review import Review
from kientruc.validators.checks import CHECKS
from kientruc.validators.matter import Matter
from kientruc.validators.requirement import evaluate, skipped, unwaived
from kientruc.validators.reviewed import Reviewed, answers


def edition(id: str) -> Edition:
    """Read an edition with the kinds of check that are known here.

    Raises:
        KeyError: there is no such edition.
        EditionError: its files are wrong.
    """
    return load_edition(id, CHECKS)


def run(
    architecture: Architecture,
    edition: Edition,
    on: date,
    review: Review | None = None,
    only: Collection[str] = (),
    checked: frozenset[str] = frozenset(),
    model_sha256: str = "",
) -> CheckResult:
    """Run every requirement, in id order.

    Args:
        on: the day whose law is asked; `architecture.cut_off` unless somebody wants to look from another day.
        review: the reviewer's waivers and answers; what it holds of other editions is not looked at.
        only: ids of the requirements to run; the others are not evaluated. Empty for all.
        checked: the ids of all editions the architecture is checked against in this run.
        model_sha256: hash of the model, to which answers are bound.
    """
    given = review or Review()
    matter = Matter(architecture, edition, on, answers(given, edition.id, model_sha256))
    reviewed = Reviewed(matter, given, model_sha256)
    requirements = edition.requirements.values()
    partial = bool(only) and any(one.id not in only for one in requirements)
    collecting = gc.isenabled()
    gc.disable()  # nothing is freed before the end, and the collector would walk the whole model again and again
    try:
        results = tuple(
            skipped(one) if only and one.id not in only else evaluate(one, matter, reviewed) for one in requirements
        )
    finally:
        if collecting:
            gc.enable()
    waivers = reviewed.register()
    return CheckResult(
        edition=edition.id,
        on=on,
        verdict=verdict({one.requirement: one.status for one in results}, edition),
        requirements=results,
        hashes={"edition": edition.sha256, **given.hashes},
        partial=partial,
        unwaived=verdict(_unwaived(results, edition), edition) if any(one.effective for one in waivers) else None,
        waivers=waivers,
        notes=reviewed.notes(checked | {edition.id}, partial),
    )


def verdict(statuses: Mapping[str, Status], edition: Edition) -> Verdict:
    """Say what the binding requirements come to; undetermined where none of them concerned anything.

    Args:
        statuses: by requirement. One that was left out leaves the verdict open, whether or not it binds.
    """
    found = {status for id, status in statuses.items() if edition.requirements[id].binds}
    if Status.FAIL in found:
        return Verdict.NOT_MET
    if found & {Status.MANUAL, Status.ERROR} or Status.NOT_EVALUATED in statuses.values():
        return Verdict.UNDETERMINED
    return Verdict.MET if found & {Status.PASS, Status.WAIVED} else Verdict.UNDETERMINED


def _unwaived(results: Iterable[RequirementResult], edition: Edition) -> dict[str, Status]:
    return {one.requirement: unwaived(one, edition.requirements[one.requirement].combine) for one in results}
