"""A form that came back: rows with where each cell is, the body's answer, the keys; whatever cannot be read is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kientruc.consultation import form
from kientruc.finding import Finding, Severity
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.refusal import Refusal
from kientruc.reading.workbook import Cell, Row, Sheet, Workbook, find_table, fold, read
from kientruc.reading.workbook.cells import told
from kientruc.source import CellSpan, SourceFile, Span

LINE = 1000  # characters of a line of the format
_LINES = ("passage", "person", "letter")
_ASKED = ("passage", "about", "quote", "text", "proposal", "grounds")  # a row with none of these says nothing
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that says something; texts as written, "" where nothing is."""

    row: Row
    fields: Mapping[str, str]
    date: date | None = None

    def at(self, key: str) -> CellSpan:
        """Give where a column's cell is."""
        return self.row.place(key)


@dataclass(frozen=True, slots=True)
class Filled:
    """One form as it came back. With a blocker among the findings it may not be used."""

    source: Span  # the whole file
    keys: Mapping[str, str]
    entries: tuple[Entry, ...] = ()
    position: str = ""
    letter: str = ""
    date: date | None = None
    position_at: CellSpan | None = None
    codes: Mapping[str, str] | None = None  # the codes that the form offered, with their names
    findings: tuple[Finding, ...] = ()


def read_filled(path: Path, limits: Limits = DEFAULT) -> Filled:
    """Read a form; what is wrong with it is in the findings."""
    try:
        book = read(path, limits)
    except Refusal as refusal:
        at = refusal.finding.span or CellSpan(SourceFile(path.name, ""), 0, 0)
        return Filled(at, {}, findings=(refusal.finding,))
    source = CellSpan(book.source, 0, 0)
    keys = keys_of(book, form.FORM, form.KEYS)
    try:
        table = find_table(book, form.columns(), form.TABLE)
    except Refusal as refusal:
        return Filled(source, keys, findings=(refusal.finding,))
    findings = list(table.findings)
    entries = tuple(_entries(table.rows, findings))
    head = {key: beside(table.sheet, form.words(key)) for key in form.HEAD}
    for cell in head.values():
        findings += told(cell) if cell else ()
    position, answered, letter = (head[key] for key in ("position", "answer_date", "answer_letter"))
    if position and position.text and not form.position(position.text):
        allowed = ", ".join(f"“{form.position_words(code)[0]}”" for code in form.POSITIONS)
        findings.append(Finding("C-POSITION", position.at, {"found": position.text, "allowed": allowed}))
    return Filled(
        source,
        keys,
        entries,
        form.position(position.text) if position else "",
        line_in(letter, findings) if letter else "",
        day_in(answered, findings) if answered else None,
        position.at if position else None,
        _codes(book),
        tuple(findings),
    )


def keys_of(book: Workbook, name: str, keys: tuple[str, ...]) -> dict[str, str]:
    """Give a form's keys: from the hidden sheet, whatever it is called now, else from the file's own properties."""
    for sheet in book.sheets:
        first = sheet.cell(1, 2)
        if first and first.text == name:
            pairs = {row[0].text: row[1].text for row in sheet.rows if len(row) > 1}
            return {key: pairs.get(key, "") for key in keys}
    found = {key: book.properties.get(f"kientruc.{key}", "") for key in keys}
    return found if found["form"] == name else {}


def _codes(book: Workbook) -> dict[str, str] | None:
    try:
        table = find_table(book, form.code_columns(), form.CODES)
    except Refusal:
        return None
    return {row.said("code"): row.said("code_name") for row in table.rows if row.said("code")}


def beside(sheet: Sheet, label: Iterable[str]) -> Cell | None:
    """Find what is asked outside of a table: the first cell behind its label, in any language, that holds anything."""
    labels = {fold(words) for words in label}
    for row in sheet.rows[:40]:
        for index, cell in enumerate(row):
            if fold(cell.text) in labels:
                return next((other for other in row[index + 1 :] if not other.is_empty), None)
    return None


def _entries(rows: tuple[Row, ...], findings: list[Finding]) -> Iterator[Entry]:
    for row in rows:
        fields = {key: row.said(key) for key in form.COLUMNS if key != "date"}
        if not any(fields[key] for key in _ASKED):
            continue
        for key in _LINES:
            fields[key] = line_in(row.cells[key], findings) if key in row.cells else ""
        if not fields["text"] and fields["proposal"]:
            fields["text"], fields["proposal"] = fields["proposal"], ""
        if not fields["text"] and ("text" not in row.cells or row.cells["text"].is_empty):  # else its cell is told of
            findings.append(Finding("C-TEXT", row.place("text"), {"row": str(row.number)}))
        yield Entry(row, fields, day_in(row.cells["date"], findings) if "date" in row.cells else None)


def line_in(cell: Cell, findings: list[Finding]) -> str:
    """Read a line of text; one that is too long for the format is told."""
    line = " ".join(cell.text.split())
    if len(line) > LINE:
        findings.append(Finding("X-LONG", cell.at, {"found": str(len(line)), "limit": str(LINE)}))
    return line[:LINE]


def day_in(cell: Cell, findings: list[Finding]) -> date | None:
    """Read a day: a day of the program's own, or the text of one, day before month."""
    if isinstance(cell.value, date):
        found: date | None = cell.value
    elif not cell.text:
        return None
    else:
        found = _written(cell.text)
    if found is None or not 1945 <= found.year <= 2200:
        findings.append(Finding("X-DAY", cell.at, {"found": cell.text[:40]}))
        return None
    return found


def _written(words: str) -> date | None:
    local, iso = _DAY.fullmatch(words.strip()), _ISO.fullmatch(words.strip())
    parts = (local[3], local[2], local[1]) if local else iso.groups() if iso else None
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def blocked(findings: tuple[Finding, ...]) -> bool:
    """Tell whether any finding forbids going on."""
    return any(finding.severity is Severity.BLOCKER for finding in findings)
