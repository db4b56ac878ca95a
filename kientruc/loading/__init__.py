"""Files to one architecture, gathering every finding of every file before giving up."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

from kientruc.finding import Finding, Severity
from kientruc.loading.build import build
from kientruc.loading.gather import Gathered, gather, gather_text
from kientruc.model.architecture import Architecture
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.source import SourceFile


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading: the architecture, unless a finding forbids one; all findings in the order of their places."""

    architecture: Architecture | None
    findings: tuple[Finding, ...]
    files: tuple[SourceFile, ...]

    @property
    def refused(self) -> bool:
        """Whether the input was too large or hostile."""
        return any(finding.refused for finding in self.findings)


def load(root: Path, limits: Limits = DEFAULT) -> Loaded:
    """Load an architecture from its root file and all it includes.

    Never raises for what is wrong with the files: that is in the findings.
    """
    return _finish(lambda: gather(root, limits), limits)


def load_text(text: str, path: str = "architecture.yaml", limits: Limits = DEFAULT) -> Loaded:
    """Load an architecture from one text that includes nothing."""
    return _finish(lambda: gather_text(SourceFile(path, text), limits), limits)


def _finish(read: object, limits: Limits) -> Loaded:
    collecting = gc.isenabled()
    gc.disable()  # the collector would walk the growing tree again and again: a factor of 3 (docs/benchmarks.md)
    try:
        gathered: Gathered = read()  # type: ignore[operator]
        architecture = build(gathered, limits) if gathered.whole else None
    finally:
        if collecting:
            gc.enable()
    findings = _once(sorted(gathered.findings, key=lambda finding: finding.order))
    if any(finding.severity is Severity.BLOCKER for finding in findings):
        architecture = None
    return Loaded(architecture, findings, tuple(gathered.files))


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    """Keep what the reader said of a place, and drop what the model says of the same place because of it."""
    read = {finding.span.order[:2] for finding in findings if finding.span and finding.code.startswith("Y-")}
    return tuple(
        finding
        for finding in findings
        if finding.code.startswith("Y-") or finding.span is None or finding.span.order[:2] not in read
    )
