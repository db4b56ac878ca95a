"""One XML part of a workbook, walked once: no DTD, no depth, and of a sheet how far it goes and what is merged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from kientruc.reading.limits import WorkbookLimits
from kientruc.reading.refusal import Refusal, refuse_book
from kientruc.source import SourceFile

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?")


@dataclass(slots=True)
class Extent:
    """How far the content of a sheet goes, and its merged ranges as (row, column, last row, last column), from 1."""

    rows: int = 0
    columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def column_number(letters: str) -> int:
    """Read a column's letters: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def check_part(file: SourceFile, name: str, content: bytes, limits: WorkbookLimits) -> None:
    """Walk a part.

    Raises:
        Refusal: X-DTD for any DOCTYPE; X-XML for what is not well-formed or too deep; X-LIMIT for more shared texts
            than allowed.
    """
    _walk(file, name, content, _Walk(file, name, limits))


def extent(file: SourceFile, name: str, content: bytes, limits: WorkbookLimits) -> Extent:
    """Walk a sheet to see how far its content goes; empty cells with a border do not count.

    Raises:
        Refusal: X-LIMIT for more rows, columns or cells than allowed; X-XML for cells out of order.
    """
    walk = _SheetWalk(file, name, limits)
    _walk(file, name, content, walk)
    return walk.extent


def _walk(file: SourceFile, name: str, content: bytes, walk: _Walk) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = walk.doctype  # refused before an entity could be declared
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise refuse_book("X-XML", file, part=name, why=str(error)[:100]) from None


class _Walk:
    """Counts depth and shared texts."""

    def __init__(self, file: SourceFile, name: str, limits: WorkbookLimits) -> None:
        self.file, self.name, self.limits = file, name, limits
        self.depth = self.texts = 0

    def doctype(self, *_: object) -> None:
        raise refuse_book("X-DTD", self.file, part=self.name)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.limits.depth:
            raise refuse_book("X-XML", self.file, part=self.name, why=f"depth > {self.limits.depth}")
        if tag == f"{SHEET} si":
            self.texts += 1
            if self.texts > self.limits.texts:
                raise self.limit("workbook.texts", self.limits.texts)

    def end(self, tag: str) -> None:
        self.depth -= 1

    def limit(self, what: str, limit: int) -> Refusal:
        return refuse_book("X-LIMIT", self.file, measure=what, limit=str(limit), part=self.name)


class _SheetWalk(_Walk):
    """Follows rows and cells as `openpyxl` counts them, which takes their own numbers where they have any."""

    def __init__(self, file: SourceFile, name: str, limits: WorkbookLimits) -> None:
        super().__init__(file, name, limits)
        self.extent = Extent()
        self.row = self.column = self.cells = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        match tag.removeprefix(f"{SHEET} "):
            case "row":
                self.begin_row(attributes.get("r", ""))
            case "c":
                self.begin_cell(attributes.get("r", ""))
            case "v" | "is" | "f":
                self.content()
            case "mergeCell":
                self.merge(attributes.get("ref", ""))

    def begin_row(self, written: str) -> None:
        number = int(written) if written.isascii() and written.isdigit() and len(written) < 8 else 0
        if written and number <= self.row:
            raise self.odd(written)
        self.row, self.column = number or self.row + 1, 0

    def begin_cell(self, written: str) -> None:
        match = _ADDRESS.fullmatch(written)
        column = column_number(match[1]) if match else self.column + 1
        if (written and not match) or (match and int(match[2]) != self.row) or column <= self.column:
            raise self.odd(written)
        self.column = column
        self.cells += 1
        if self.cells > self.limits.cells:
            raise self.limit("workbook.cells", self.limits.cells)

    def content(self) -> None:
        if self.row > self.limits.rows:
            raise self.limit("workbook.rows", self.limits.rows)
        if self.column > self.limits.columns:
            raise self.limit("workbook.columns", self.limits.columns)
        self.extent.rows = max(self.extent.rows, self.row)
        self.extent.columns = max(self.extent.columns, self.column)

    def merge(self, ref: str) -> None:
        match = _RANGE.fullmatch(ref)
        if not match:
            raise self.odd(ref)
        if len(self.extent.merged) >= self.limits.merged:
            raise self.limit("workbook.merged", self.limits.merged)
        first = int(match[2]), column_number(match[1])
        last = (int(match[4]), column_number(match[3])) if match[3] else first
        self.extent.merged.append((*first, *last))

    def odd(self, found: str) -> Refusal:
        return refuse_book("X-XML", self.file, part=self.name, why=found[:40])
