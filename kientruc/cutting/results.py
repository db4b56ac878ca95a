"""The results of a check cut like the architecture: the verdict and all counts stay, what tells of the rest goes."""

from __future__ import annotations

import re
from dataclasses import replace

from kientruc.cutting.cut import Cut
from kientruc.cutting.redaction import WITHHELD
from kientruc.frameworks import Edition
from kientruc.model.values import Access
from kientruc.result import CheckResult, Outcome, RequirementResult, WaiverUse

_FIELDS = "|".join(sorted(frozenset().union(*WITHHELD.values())))
_LOOKS = re.compile(rf"\b(?:{_FIELDS}|no_text)\b")  # a check of these tells in public how something is protected

NOT_TOLD = "not-told"  # the reason of a requirement all of whose outcomes are about what is left out


def cut_result(result: CheckResult, edition: Edition, cut: Cut) -> CheckResult:
    """Cut a result of the whole architecture.

    Outcomes are left whose subjects, witnesses and words are all told, without their places in files; for the public
    also without those of checks that look at what only officials read. The others stay in the counts, which are exact.
    """
    if cut.is_whole:
        return result
    hidden = _hidden(edition) if cut.access is Access.PUBLIC else frozenset()
    compared = result.compared._replace(gone=()) if result.compared else None
    return replace(
        result,
        requirements=tuple(_requirement(one, cut, hidden) for one in result.requirements),
        loading=(),
        hashes={name: value for name, value in result.hashes.items() if name == "edition"},
        waivers=tuple(use for use in result.waivers if _may_tell_use(use, cut)),
        notes=tuple(note for note in result.notes if note.span is None),
        compared=compared,
    )


def _hidden(edition: Edition) -> frozenset[tuple[str, str]]:
    """Name the checks that look at fields which no public output holds."""
    rows = ((id, check) for id, one in edition.requirements.items() for check in one.checks)
    return frozenset((id, check.id) for id, check in rows if _LOOKS.search(repr(check)))


def _requirement(one: RequirementResult, cut: Cut, hidden: frozenset[tuple[str, str]]) -> RequirementResult:
    told = tuple(
        replace(outcome, span=None, also=(), requested=())
        for outcome in one.outcomes
        if (one.requirement, outcome.check) not in hidden and _may_tell(outcome, cut)
    )
    return replace(one, outcomes=told, why=one.why or (NOT_TOLD if one.outcomes and not told else ""))


def _may_tell(outcome: Outcome, cut: Cut) -> bool:
    ids = {*outcome.subjects, *outcome.witness}
    return cut.gone.isdisjoint(ids) and not any(map(cut.is_named, (*ids, *outcome.values.values())))


def _may_tell_use(use: WaiverUse, cut: Cut) -> bool:
    words = (use.id, use.reason, use.reason_en, use.basis, use.requested_by, use.approved_by, use.role)
    return cut.gone.isdisjoint(use.subjects) and not any(map(cut.is_named, (*words, *use.subjects)))
