"""One XML part of a workbook, walked once: no DTD, no depth, and of a sheet how far it goes and what is merged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from kientruc.reading.archive_limits import WorkbookLimits
from kientruc.reading.refusal import Refusal, refuse_book
from kientruc.source import SourceFile

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REFERENCE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_LONG = (f"{SHEET} worksheet", f"{SHEET} sst")  # parts that are as long as what people write
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


class Budget:
    """What the parts of one workbook have used up of its limits, all together."""

    def __init__(self, limits: WorkbookLimits) -> None:
        self.limits = limits
        self.tags = self.rows = self.cells = self.merged = self.characters = 0


def check_part(file: SourceFile, name: str, content: bytes, budget: Budget) -> None:
    """Walk a part.

    Raises:
        Refusal: X-DTD for any DOCTYPE; X-XML for what is not well-formed or too deep, and for one sheet given twice;
            X-LIMIT for more elements, definitions, sheets or shared texts than allowed.
    """
    _walk(file, name, content, _Walk(file, name, budget))


def extent(file: SourceFile, name: str, content: bytes, budget: Budget) -> Extent:
    """Walk a sheet to see how far its content goes; empty cells with a border do not count.

    Raises:
        Refusal: X-LIMIT for more rows, columns or cells than allowed; X-XML for cells out of order.
    """
    walk = _SheetWalk(file, name, budget)
    _walk(file, name, content, walk)
    return walk.extent


def _walk(file: SourceFile, name: str, content: bytes, walk: _Depth) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = walk.doctype  # refused before an entity could be declared
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise refuse_book("X-XML", file, part=name, why=str(error)[:100]) from None


class _Depth:
    """Counts depth."""

    def __init__(self, file: SourceFile, name: str, budget: Budget) -> None:
        self.file, self.name, self.budget, self.limits = file, name, budget, budget.limits
        self.depth = 0

    def doctype(self, *_: object) -> None:
        raise refuse_book("X-DTD", self.file, part=self.name)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.limits.depth:
            raise self.odd(f"depth > {self.limits.depth}")

    def end(self, tag: str) -> None:
        self.depth -= 1

    def limit(self, what: str, limit: int) -> Refusal:
        return refuse_book("X-LIMIT", self.file, measure=what, limit=str(limit), part=self.name)

    def odd(self, found: str) -> Refusal:
        return refuse_book("X-XML", self.file, part=self.name, why=found[:40])


class _Walk(_Depth):
    """Counts what a library would build of a part, whatever sheet it may be used for."""

    def __init__(self, file: SourceFile, name: str, budget: Budget) -> None:
        super().__init__(file, name, budget)
        self.root = ""
        self.definitions = self.texts = self.sheets = 0
        self.once: set[str] = set()  # the sheets it leads to

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        self.root = self.root or tag
        self.budget.tags += 1
        if self.budget.tags > self.limits.tags:
            raise self.limit("workbook.tags", self.limits.tags)
        if self.root not in _LONG:
            self.definitions += 1
            if self.definitions > self.limits.definitions:
                raise self.limit("workbook.definitions", self.limits.definitions)
        if tag == f"{SHEET} si":
            self.texts += 1
            if self.texts > self.limits.texts:
                raise self.limit("workbook.texts", self.limits.texts)
        elif tag == f"{SHEET} sheet" and self.root == f"{SHEET} workbook":
            self.sheets += 1
            if self.sheets > self.limits.sheets:
                raise self.limit("workbook.sheets", self.limits.sheets)
            self.lead(attributes.get(_REFERENCE, ""))
        elif attributes.get("Type", "").endswith("/worksheet"):
            self.lead(attributes.get("Target", ""))

    def lead(self, target: str) -> None:
        """Refuse a sheet that is given twice: it would be read as often."""
        if target in self.once:
            raise self.odd(target)
        self.once.add(target)


class _SheetWalk(_Depth):
    """Follows rows and cells as `openpyxl` counts them, which takes their own numbers where they have any."""

    def __init__(self, file: SourceFile, name: str, budget: Budget) -> None:
        super().__init__(file, name, budget)
        self.extent = Extent()
        self.row = self.column = self.filled = 0

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
        self.row, self.column, self.filled = number or self.row + 1, 0, 0

    def begin_cell(self, written: str) -> None:
        match = _ADDRESS.fullmatch(written)
        column = column_number(match[1]) if match else self.column + 1
        if (written and not match) or (match and int(match[2]) != self.row) or column <= self.column:
            raise self.odd(written)
        self.column = column

    def content(self) -> None:
        self.budget.rows += max(0, self.row - self.extent.rows)
        self.budget.cells += self.column - self.filled
        self.filled = self.column
        if self.budget.rows > self.limits.rows:
            raise self.limit("workbook.rows", self.limits.rows)
        if self.column > self.limits.columns:
            raise self.limit("workbook.columns", self.limits.columns)
        if self.budget.cells > self.limits.cells:
            raise self.limit("workbook.cells", self.limits.cells)
        self.extent.rows = max(self.extent.rows, self.row)
        self.extent.columns = max(self.extent.columns, self.column)

    def merge(self, ref: str) -> None:
        match = _RANGE.fullmatch(ref)
        if not match:
            raise self.odd(ref)
        self.budget.merged += 1
        if self.budget.merged > self.limits.merged:
            raise self.limit("workbook.merged", self.limits.merged)
        first = int(match[2]), column_number(match[1])
        last = (int(match[4]), column_number(match[3])) if match[3] else first
        self.extent.merged.append((*first, *last))
