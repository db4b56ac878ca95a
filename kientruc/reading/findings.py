"""Findings as they are gathered: the first so many of each weight are kept, the rest are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from kientruc.finding import Finding, Severity


class Findings:
    """A list with a budget, so that a hostile input cannot fill the memory with findings."""

    __slots__ = ("_counts", "_kept", "_limit")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: list[Finding] = []
        self._counts: Counter[Severity] = Counter()

    def add(self, finding: Finding) -> None:
        """Keep a finding, or only count it where enough of its weight are kept; a refusal is always kept."""
        self._counts[finding.severity] += 1
        if self._counts[finding.severity] <= self._limit or finding.refused:
            self._kept.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several."""
        for finding in findings:
            self.add(finding)

    def merge(self, other: Findings, seen: Callable[[Finding], Finding] = lambda finding: finding) -> None:
        """Take over what another gathered, kept or only counted; `seen` is what a finding becomes on a closer look."""
        self.extend(map(seen, other))
        self._counts += other._counts - Counter(finding.severity for finding in other)

    def count(self, more: int) -> None:
        """Count findings that nobody built, because there was no room for them."""
        self._counts[Severity.BLOCKER] += more

    @property
    def full(self) -> bool:
        """Whether a further finding would only be counted."""
        return self._counts[Severity.BLOCKER] >= self._limit

    @property
    def blocked(self) -> bool:
        """Whether any finding, kept or not, forbids an architecture."""
        return self._counts[Severity.BLOCKER] > 0

    @property
    def refused(self) -> bool:
        """Whether the input was too large or hostile."""
        return any(finding.refused for finding in self._kept)

    @property
    def total(self) -> int:
        """How many there are, kept or not."""
        return self._counts.total()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
