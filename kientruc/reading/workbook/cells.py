"""A workbook as values with their addresses: texts in NFC, days as days, formulas as formulas, never computed."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from kientruc.finding import Finding, Severity
from kientruc.reading.archive_limits import WORKBOOK, WorkbookLimits
from kientruc.reading.characters import FORBIDDEN, name_of, nfc
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.refusal import Refusal, refuse_book
from kientruc.reading.workbook.archive import packed, parts
from kientruc.reading.workbook.parts import Budget, Extent, column_number, extent
from kientruc.source import CellSpan, SourceFile

Value = str | int | float | bool | date | None
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how the format writes what XML cannot hold
_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*)?")  # 'Góp ý'!$A$9:$L$9
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. A formula and an error have no value; what they are is told in `formula` and `error`."""

    value: Value
    at: CellSpan
    formula: str = ""
    error: str = ""
    removed: tuple[str, ...] = ()  # characters that may not be read, U+200B: taken out of the text

    @property
    def text(self) -> str:
        """The value as a person reads it: days as 13/9/2017, numbers without a needless fraction."""
        value = self.value
        if isinstance(value, date):
            return f"{value.day}/{value.month}/{value.year}"
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return "" if value is None else str(value)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.text or self.formula or self.error)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with all rows up to the last that holds anything; rows and columns count from 1 in addresses."""

    name: str
    hidden: bool
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]  # row, column, last row, last column
    part: str = ""  # the part of the package it is written in

    def cell(self, row: int, column: int) -> Cell | None:
        """Give a cell; None outside of what is written."""
        line = self.rows[row - 1] if 1 <= row <= len(self.rows) else ()
        return line[column - 1] if 1 <= column <= len(line) else None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook: its sheets in order, its defined names with what they stand for, its own properties."""

    source: SourceFile
    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    properties: Mapping[str, str]

    def named(self, name: str) -> tuple[Sheet, int, int] | None:
        """Give the sheet, row and column at which a defined name begins; it goes with a sheet that is renamed."""
        match = _PLACE.fullmatch(self.names.get(name, ""))
        if not match:
            return None
        title = (match[1] or match[2]).replace("''", "'")
        found = next((sheet for sheet in self.sheets if sheet.name == nfc(title)), None)
        if found is None:
            return None
        return found, int(match[4]), column_number(match[3])


def read(path: Path, limits: Limits = DEFAULT, bounds: WorkbookLimits = WORKBOOK) -> Workbook:
    """Read a workbook.

    Raises:
        Refusal: I-* and Y-SIZE for the file, X-* for what is in it; one finding, and nothing of it is used.
    """
    data = Workspace(path.parent, limits).data(path.name)
    return read_bytes(path.name, data, bounds)


def read_bytes(name: str, data: bytes, bounds: WorkbookLimits = WORKBOOK) -> Workbook:
    """Read a workbook from its bytes; as `read`."""
    file = SourceFile(nfc(name), "", hashlib.sha256(data).hexdigest(), size=len(data))
    inside = parts(file, data, bounds)
    from openpyxl import load_workbook

    with _library(file):
        book = load_workbook(packed(inside), read_only=True, data_only=False, keep_links=False)
    budget = Budget(bounds)
    paths = [cast(Any, sheet)._worksheet_path for sheet in book.worksheets]
    reach = [extent(file, path, inside[path], budget) for path in paths]  # all before any is read
    each = enumerate(zip(book.worksheets, reach, strict=True))
    sheets = tuple(_sheet(file, sheet, index, how_far, budget, paths[index]) for index, (sheet, how_far) in each)
    names = {str(name): str(one.attr_text or "") for name, one in book.defined_names.items()}
    return Workbook(file, sheets, names, dict(_properties(book)))


@contextmanager
def _library(file: SourceFile) -> Iterator[None]:
    """Hold the library that knows workbooks: what it stumbles over is a broken file, and a fault of ours is not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that it does not know: we read none of them
            yield
    except MemoryError:
        raise
    except Exception as error:  # it raises whatever comes: ValueError, KeyError, TypeError, ...
        raise refuse_book("X-BROKEN", file, why=f"{type(error).__name__}: {error}"[:120]) from None


def _properties(book: Any) -> Iterator[tuple[str, str]]:
    for one in book.custom_doc_props.props:
        yield str(one.name), nfc(str(one.value))


def _sheet(file: SourceFile, sheet: Any, index: int, reach: Extent, budget: Budget, part: str) -> Sheet:
    name = nfc(str(sheet.title))
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    rows = tuple(_rows(file, sheet, name, index, reach, budget)) if reach.rows else ()
    return Sheet(name, sheet.sheet_state != "visible", rows, tuple(reach.merged), part)


def _rows(
    file: SourceFile, sheet: Any, name: str, index: int, reach: Extent, budget: Budget
) -> Iterator[tuple[Cell, ...]]:
    found = sheet.iter_rows(min_row=1, max_row=reach.rows, min_col=1, max_col=reach.columns)
    for row in range(1, reach.rows + 1):
        with _library(file):
            cells = next(found)
        last = next((number for number in range(len(cells), 0, -1) if cells[number - 1].value is not None), 0)
        places = (CellSpan(file, 0, 0, name, index, row, column) for column in range(1, last + 1))
        line = [_cell(cell, at, budget) for cell, at in zip(cells, places, strict=False)]
        while line and line[-1].is_empty:
            line.pop()
        yield tuple(line)


def _cell(cell: Any, at: CellSpan, budget: Budget) -> Cell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return Cell(None, at)
    if kind == "f":
        return Cell(None, at, formula=_short(getattr(value, "text", None) or str(value)))
    if kind == "e":
        return Cell(None, at, error=_short(str(value)))
    if isinstance(value, datetime):
        return Cell(value.date(), at)
    if isinstance(value, bool | int | float | date):
        return Cell(value, at)
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value)) if "_x" in str(value) else str(value)
    limits = budget.limits
    if len(text) > limits.cell:
        raise Refusal(Finding("X-LONG", at, {"found": str(len(text)), "limit": str(limits.cell)}, refused=True))
    budget.characters += len(text)
    if budget.characters > limits.characters:
        values = {"measure": "workbook.characters", "limit": str(limits.characters), "part": at.sheet}
        raise Refusal(Finding("X-LIMIT", at, values, refused=True))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    removed = tuple(dict.fromkeys(map(name_of, FORBIDDEN.findall(text))))
    return Cell(_tidy(FORBIDDEN.sub("", text)) or None, at, removed=removed)


def _tidy(text: str) -> str:
    """Give a text in NFC, without blanks at the ends of lines, tabs, and blank lines around it."""
    lines = (_SPACES.sub(" ", line).strip() for line in nfc(text).split("\n"))
    return "\n".join(lines).strip("\n")


def _short(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)[:60]


def told(cell: Cell) -> Iterator[Finding]:
    """Tell what of a cell could not be taken as it is."""
    if cell.formula:
        yield Finding("X-FORMULA", cell.at, {"cell": cell.at.address, "found": cell.formula})
    if cell.error:
        yield Finding("X-ERROR", cell.at, {"cell": cell.at.address, "found": cell.error})
    if cell.removed:
        values = {"cell": cell.at.address, "found": ", ".join(cell.removed)}
        yield Finding("X-CHAR", cell.at, values, severity=Severity.MINOR)
