"""Reading has to stop: one finding that says why."""

from __future__ import annotations

from kientruc.finding import Finding
from kientruc.source import CellSpan, SourceFile, Span


class Refusal(Exception):
    """The input, or one file of it, cannot be read any further."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def refuse(code: str, file: SourceFile, start: int = 0, end: int | None = None, **values: str) -> Refusal:
    """Build the refusal of an input that is too large, too deep or hostile."""
    return Refusal(Finding(code, Span(file, start, start if end is None else end), values, refused=True))


def refuse_book(code: str, file: SourceFile, **values: str) -> Refusal:
    """Build the refusal of a whole workbook."""
    return Refusal(Finding(code, CellSpan(file, 0, 0), values, refused=True))
