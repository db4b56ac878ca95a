"""An earlier findings.json to compare with: what is new, what was there, what is gone. We only ever read it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kientruc.errors import no_file
from kientruc.finding import Change, Finding
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT, MIB
from kientruc.reading.refusal import Refusal
from kientruc.result import CheckResult, Compared, RequirementResult, Status
from kientruc.source import SourceFile, Span

FORMAT = "kientruc-findings/2"
LIMITS = replace(DEFAULT, file_bytes=256 * MIB, total_bytes=256 * MIB)
UNMET = (Status.FAIL, Status.ERROR)
GONE = 1_000  # findings named that are no longer there; all are counted
Key = tuple[str, str, str]  # requirement, check, fingerprint


@dataclass(frozen=True, slots=True)
class Earlier:
    """The findings of one edition in the baseline, as often as they are there, and how many it had no room for."""

    sha256: str  # of the edition
    kept: Mapping[Key, int]
    cut: Mapping[str, int]  # by requirement

    @property
    def size(self) -> int:
        """How many findings it had."""
        return sum(self.kept.values()) + sum(self.cut.values())


@dataclass(frozen=True, slots=True)
class Baseline:
    """One earlier run: its findings by edition, and how often each finding of loading was there."""

    editions: Mapping[str, Earlier]
    loading: Mapping[str, int]

    def marked(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Mark findings of loading as new or unchanged."""
        left = Counter(self.loading)
        found = []
        for finding in findings:
            known = left[finding.fingerprint] > 0
            left[finding.fingerprint] -= known
            found.append(replace(finding, change=Change.UNCHANGED if known else Change.NEW))
        return tuple(found)


def read(path: Path) -> tuple[SourceFile, Baseline | None, tuple[Finding, ...]]:
    """Read a baseline.

    Returns:
        The file, the baseline, None where it is refused, and why.
    Raises:
        UsageError: there is no such file.
    """
    if not path.exists():
        raise no_file(path, "*.json")
    try:
        source = Workspace(path.parent, LIMITS).read(path.name)
    except Refusal as refusal:
        return SourceFile(path.name, ""), None, (refusal.finding,)
    start = Span(source, 0, 0)
    try:
        data = json.loads(source.text)
    except json.JSONDecodeError as error:
        return source, None, (Finding("R-JSON", Span(source, error.pos, error.pos), {"path": path.name}),)
    except (RecursionError, ValueError):  # too deep, or a number of too many digits
        return source, None, (Finding("R-JSON", start, {"path": path.name}, refused=True),)
    form = data.get("format") if isinstance(data, dict) else None
    if form != FORMAT:
        return source, None, (Finding("R-FORMAT", start, {"found": str(form or "")[:60], "allowed": FORMAT}),)
    try:
        editions = {str(one["edition"]["id"]): _earlier(one) for one in data["results"]}
        loading = Counter(str(one["fingerprint"]) for one in data["loading"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return source, None, (Finding("R-JSON", start, {"path": path.name}),)
    return source, Baseline(editions, loading), ()


def _earlier(result: Mapping[str, Any]) -> Earlier:
    kept: Counter[Key] = Counter()
    cut: dict[str, int] = {}
    for one in result["requirements"]:
        id, found = str(one["id"]), 0
        for outcome in one["outcomes"]:
            if Status(outcome["status"]) in UNMET:
                kept[id, str(outcome["check"]), str(outcome["fingerprint"])] += 1
                found += 1
        cut[id] = max(0, sum(int(one["counts"].get(status.value, 0)) for status in UNMET) - found)
    return Earlier(str(result["edition"]["sha256"]), kept, cut)


def compare(result: CheckResult, earlier: Earlier) -> CheckResult:
    """Mark what failed as new or unchanged, and tell what is gone. The result stays as long as it was.

    What neither run had room for is counted against each other; what this run leaves out is not gone.
    """
    out = {one.requirement for one in result.requirements if one.status is Status.NOT_EVALUATED}
    left = Counter({key: number for key, number in earlier.kept.items() if key[0] not in out})
    requirements = tuple(_marked(one, earlier, left) for one in result.requirements)
    new = sum(one.new for one in requirements)
    total = sum(_unmet(one) for one in requirements)
    gone = sorted(left.elements())
    run = (one for one in requirements if one.requirement not in out)
    more = sum(max(0, earlier.cut.get(one.requirement, 0) - _cut(one)) for one in run)
    compared = Compared(earlier.size, new, total - new, len(gone) + more, tuple(gone[:GONE]))
    return replace(result, requirements=requirements, compared=compared)


def _unmet(one: RequirementResult) -> int:
    return sum(one.counts.get(status, 0) for status in UNMET)


def _cut(one: RequirementResult) -> int:
    return _unmet(one) - sum(outcome.status in UNMET for outcome in one.outcomes)


def _marked(one: RequirementResult, earlier: Earlier, left: Counter[Key]) -> RequirementResult:
    outcomes = []
    for outcome in one.outcomes:
        if outcome.status in UNMET:
            key = (one.requirement, outcome.check, outcome.fingerprint)
            known = left[key] > 0
            left[key] -= known
            outcomes.append(replace(outcome, change=Change.UNCHANGED if known else Change.NEW))
        else:
            outcomes.append(outcome)
    new = sum(outcome.change is Change.NEW for outcome in outcomes)
    more = max(0, _cut(one) - earlier.cut.get(one.requirement, 0))
    return replace(one, outcomes=tuple(outcomes), new=new + more)
