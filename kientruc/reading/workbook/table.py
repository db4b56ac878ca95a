"""A table in a sheet: its heading found by its words, whatever their composition, case, spaces, breaks and order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kientruc.finding import Finding, Severity
from kientruc.reading.characters import nfc
from kientruc.reading.refusal import Refusal
from kientruc.reading.workbook.cells import Cell, Sheet, Workbook, told
from kientruc.source import CellSpan

HEADING = 40  # rows in which a heading is looked for
NUMBERED = 3  # columns that are numbered at least, where a row only numbers them
_ASIDE = re.compile(r"\([^)]*\)")
_NUMBER = re.compile(r"\(?(\d{1,3})\)?")
_NOISE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is wanted: its key, and the words above it in every language, the first for messages."""

    key: str
    words: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the cell under each column that is there."""

    number: int
    cells: Mapping[str, Cell]
    at: CellSpan

    def said(self, key: str) -> str:
        """Give the text in a column; "" where nothing is."""
        return self.cells[key].text if key in self.cells else ""

    def place(self, key: str) -> CellSpan:
        """Give where a column's cell is; the row's first where there is none."""
        return self.cells[key].at if key in self.cells else self.at


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was found; what of its cells cannot be taken is in the findings.

    `heading` is the number of the row of its headings, `start` of the first below them and below a row that only
    numbers the columns, as forms have it; `places` has the number of each column that is there.
    """

    sheet: Sheet
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    heading: int
    start: int
    places: Mapping[str, int]


def fold(words: str) -> str:
    """Give what counts of a heading: letters and digits in lower case, without what stands in brackets."""
    return _NOISE.sub(" ", _ASIDE.sub(" ", nfc(words).casefold())).strip()


def find_table(book: Workbook, columns: Sequence[Column], name: str = "", title: str = "") -> Table:
    """Find the sheet with a table and read it.

    Args:
        name: the defined name that marks the sheet, whatever it is called now; else the headings tell.
        title: what the sheet should be called; one of that name is taken before any other.
    Raises:
        Refusal: X-SHEET with the sheets there are, where none has the headings; X-COLUMN, X-TWICE.
    """
    marked = book.named(name) if name else None
    if marked:
        return _table(marked[0], columns)
    titled = next((sheet for sheet in book.sheets if title and fold(sheet.name) == fold(title)), None)
    if titled:
        return _table(titled, columns)
    best = max(book.sheets, key=lambda sheet: (_heading(sheet, columns)[1], not sheet.hidden), default=None)
    if best is None or _heading(best, columns)[1] < max(1, sum(column.required for column in columns)):
        values = {
            "sheets": ", ".join(f"“{sheet.name}”" for sheet in book.sheets[:20]) or "–",
            "columns": ", ".join(f"“{column.words[0]}”" for column in columns if column.required),
        }
        raise Refusal(Finding("X-SHEET", CellSpan(book.source, 0, 0), values))
    return _table(best, columns)


def _heading(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, int]:
    """Give the row, from 1, with most of the headings, and how many of those that must be there it has."""
    known = {fold(words): column for column in columns for words in column.words}
    best = (0, 0, 0)
    for number, row in enumerate(sheet.rows[:HEADING], start=1):
        found = {known[word].key: known[word].required for cell in row if (word := fold(cell.text)) in known}
        best = max(best, (sum(found.values()), len(found), -number))
    return -best[2], best[0]


def _table(sheet: Sheet, columns: Sequence[Column]) -> Table:
    number = _heading(sheet, columns)[0]
    heading = sheet.rows[number - 1] if number else ()
    places = _places(sheet, heading, columns)
    findings = list(_notes(sheet, number, places))
    rows = []
    start = _start(sheet, number + 1)
    for index, line in enumerate(sheet.rows[start - 1 :], start=start):
        cells = {key: line[column - 1] for key, column in places.items() if column <= len(line)}
        if any(not cell.is_empty for cell in cells.values()):
            rows.append(Row(index, cells, line[0].at))
            findings += (finding for cell in cells.values() for finding in told(cell))
    return Table(sheet, tuple(rows), tuple(findings), number, start, places)


def _places(sheet: Sheet, heading: tuple[Cell, ...], columns: Sequence[Column]) -> dict[str, int]:
    """Give the number of each column that is there."""
    known = {fold(words): column.key for column in columns for words in column.words}
    places: dict[str, int] = {}
    for number, cell in enumerate(heading, start=1):
        key = known.get(fold(cell.text))
        if key in places:
            values = {"found": cell.text, "first": heading[places[key] - 1].at.address}
            raise Refusal(Finding("X-TWICE", cell.at, values))
        if key:
            places[key] = number
    missing = [column.words[0] for column in columns if column.required and column.key not in places]
    if missing:
        there = ", ".join(f"“{cell.text}”" for cell in heading if cell.text)[:300]
        at = heading[0].at if heading else None
        values = {"sheet": sheet.name, "missing": ", ".join(f"“{word}”" for word in missing), "there": there or "–"}
        raise Refusal(Finding("X-COLUMN", at, values))
    return places


def _start(sheet: Sheet, number: int) -> int:
    """Give the row after one that numbers the columns, (1) (2) (3), if such a one is next."""
    found = [_NUMBER.fullmatch(cell.text) for cell in _line(sheet, number) if not cell.is_empty]
    numbers = [int(match[1]) for match in found if match]
    in_order = len(numbers) == len(found) >= NUMBERED and numbers == [*range(numbers[0], numbers[0] + len(numbers))]
    return number + 1 if in_order else number


def _line(sheet: Sheet, number: int) -> tuple[Cell, ...]:
    return sheet.rows[number - 1] if 0 < number <= len(sheet.rows) else ()


def _notes(sheet: Sheet, heading: int, places: Mapping[str, int]) -> Iterator[Finding]:
    """Tell of a sheet that nobody sees, and of cells that were joined inside the table."""
    first = next((row[0].at for row in sheet.rows if row), None)
    if sheet.hidden and first:
        yield Finding("X-HIDDEN", first, {"sheet": sheet.name}, severity=Severity.MINOR)
    for top, left, bottom, right in sheet.merged:
        ours = any(left <= column <= right for column in places.values())
        if ours and bottom > heading and (top, left) != (bottom, right) and top <= len(sheet.rows):
            cell = sheet.cell(max(top, heading), left)
            at = cell.at if cell else first
            last = CellSpan(at.file, 0, 0, sheet.name, at.sheet_index, bottom, right).address if at else ""
            yield Finding("X-MERGED", at, {"cell": at.address if at else "", "last": last})
