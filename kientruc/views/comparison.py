"""Several editions side by side: each requirement with its status in each edition that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kientruc.views.conformance import Conformance, RequirementLine


@dataclass(frozen=True, slots=True)
class ComparedRequirement:
    """One requirement, with its line in each edition; None where an edition does not know it."""

    id: str
    title: str
    lines: tuple[RequirementLine | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The counts of each edition by group, and every requirement of any of them, in id order."""

    groups: tuple[tuple[str, tuple[tuple[tuple[str, int], ...], ...]], ...]  # for each edition: words and numbers
    requirements: tuple[ComparedRequirement, ...]


def comparison(editions: Sequence[Conformance]) -> Comparison:
    """Put editions side by side. A requirement is the same in two editions where it has the same id."""
    lines = [{line.id: line for line in one.lines} for one in editions]
    ids = sorted({id for known in lines for id in known})
    groups = dict.fromkeys(group for one in editions for group, _ in one.table)
    return Comparison(
        groups=tuple((group, tuple(_counted(one, group) for one in editions)) for group in groups),
        requirements=tuple(_compared(id, [known.get(id) for known in lines]) for id in ids),
    )


def _counted(one: Conformance, group: str) -> tuple[tuple[str, int], ...]:
    numbers = dict(one.table).get(group, ())
    return tuple((word, number) for word, number in zip(one.statuses, numbers, strict=False) if number)


def _compared(id: str, lines: Sequence[RequirementLine | None]) -> ComparedRequirement:
    title = next(line.title for line in lines if line)
    return ComparedRequirement(id, title, tuple(lines))
