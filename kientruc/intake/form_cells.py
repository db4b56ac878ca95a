"""A result on a workbook leads to its sheets and cells, not to the text that was made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kientruc.result import CheckResult, Outcome
from kientruc.source import CellSpan, Span

_KEY = re.compile(r"\s*(?:- )?\{?([a-z_]+):")


def in_cells(result: CheckResult, cells: Mapping[str, CellSpan]) -> CheckResult:
    """Give the result with the place of each outcome in the workbook.

    Args:
        cells: where each record was named, by id, and each of its fields, by id and path.
    """
    requirements = tuple(
        replace(one, outcomes=tuple(_placed(outcome, cells) for outcome in one.outcomes)) for one in result.requirements
    )
    return replace(result, requirements=requirements)


def _placed(outcome: Outcome, cells: Mapping[str, CellSpan]) -> Outcome:
    there = [cells[id] for id in outcome.subjects if id in cells]
    first = next((id for id in outcome.subjects if id in cells), "")
    at = _of_field(outcome.span, first, cells) or next(iter(there), None) or _whole(outcome.span, cells)
    return replace(outcome, span=at, also=tuple(one for one in there[1:] if one != at))


def _of_field(span: Span | None, id: str, cells: Mapping[str, CellSpan]) -> CellSpan | None:
    """Give the cell of the field on whose line a place of the text lies."""
    said = _KEY.match(span.file.line_text(span.line)) if span else None
    return cells.get(f"{id}.{said[1]}") if said else None


def _whole(span: Span | None, cells: Mapping[str, CellSpan]) -> CellSpan | None:
    """Give the whole workbook for what stands in none of its rows."""
    some = next(iter(cells.values()), None)
    return CellSpan(some.file, 0, 0) if span and some else None
