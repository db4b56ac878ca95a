"""A survey that came back: its rows with where each cell is, what they said before, who filled it in, its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kientruc.consultation.filled import beside, day_in, keys_of, line_in
from kientruc.finding import Finding
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.refusal import Refusal
from kientruc.reading.workbook import Cell, Row, Workbook, find_table, read
from kientruc.reading.workbook.cells import told
from kientruc.source import CellSpan, SourceFile, Span
from kientruc.views import survey_form as form


@dataclass(frozen=True, slots=True)
class Filled:
    """One survey as it came back. With a blocker among the findings it may not be used.

    `before` has, by the key of a row, what its cells said when the form went out; None where that was lost.
    """

    source: Span  # the whole file
    keys: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    before: Mapping[str, Mapping[str, str]] | None = None
    person: str = ""
    letter: str = ""
    date: date | None = None
    findings: tuple[Finding, ...] = ()


def read_survey(path: Path, limits: Limits = DEFAULT) -> Filled:
    """Read a form; what is wrong with it is in the findings."""
    try:
        book = read(path, limits)
    except Refusal as refusal:
        at = refusal.finding.span or CellSpan(SourceFile(path.name, ""), 0, 0)
        return Filled(at, findings=(refusal.finding,))
    findings: list[Finding] = []
    rows: dict[str, tuple[Row, ...]] = {}
    for name, one in form.TABLES.items():
        try:
            table = find_table(book, form.columns(name), one.mark, form.words(one.sheet)[0])
        except Refusal as refusal:
            findings.append(refusal.finding)
            continue
        rows[name] = tuple(row for row in table.rows if any(row.said(key) for key in row.cells if key != "number"))
        findings += table.findings
    cells = {key: _beside(book, key) for key in form.HEAD}
    for cell in filter(None, cells.values()):
        findings += told(cell)
    person, letter, day = (cells[key] for key in form.HEAD)
    return Filled(
        CellSpan(book.source, 0, 0),
        keys_of(book, form.FORM, form.KEYS),
        rows,
        _before(book),
        line_in(person, findings) if person else "",
        line_in(letter, findings) if letter else "",
        day_in(day, findings) if day else None,
        tuple(findings),
    )


def _beside(book: Workbook, key: str) -> Cell | None:
    found = (beside(sheet, form.words(key)) for sheet in book.sheets if not sheet.hidden)
    return next(filter(None, found), None)


def _before(book: Workbook) -> dict[str, dict[str, str]] | None:
    if book.named(form.BEFORE_TABLE) is None:
        return None
    try:
        table = find_table(book, form.before_columns(), form.BEFORE_TABLE)
    except Refusal:
        return None
    return {row.said("id"): {key: row.said(key) for key in row.cells} for row in table.rows}
