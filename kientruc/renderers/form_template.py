"""The tables of an edition's form put into a workbook of the user's own, under its headings; all else stays."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kientruc.finding import Finding, Severity
from kientruc.frameworks.forms import Duty, Form
from kientruc.reading.archive_limits import WORKBOOK, WorkbookLimits
from kientruc.reading.refusal import Refusal, refuse_book
from kientruc.reading.workbook import Column, Table, Workbook, find_table, fold
from kientruc.reading.workbook.cells import read_bytes
from kientruc.renderers.sheet_cells import put_cells
from kientruc.source import CellSpan, SourceFile
from kientruc.views.form_sheets import Sheet
from kientruc.views.form_workbook import Book

HEAD = 20  # rows in which the particulars of the dossier are looked for
_OTHER = re.compile(rb"\xff\xfe|\xfe\xff|\s*<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)  # encodings
_COMPUTED = re.compile(rb"<((?:\w+:)?calcPr)\b(?![^>]*fullCalcOnLoad)")


@dataclass(frozen=True, slots=True)
class FilledIn:
    """The workbook, and what was found; with a blocker there is none."""

    data: bytes
    findings: tuple[Finding, ...]


def fill(view: Book, forms: Mapping[str, Form], name: str, data: bytes, bounds: WorkbookLimits = WORKBOOK) -> FilledIn:
    """Put every table of the form into a template. What it computes itself, programs compute anew when they open it.

    Args:
        forms: the tables of the edition, by id.
        name: what the template is called, for messages.
    """
    try:
        book = read_bytes(name, data, bounds)
    except Refusal as refusal:
        at = refusal.finding.span or CellSpan(SourceFile(name, ""), 0, 0)
        return FilledIn(b"", (Finding(refusal.finding.code, at, refusal.finding.values, refused=True),))
    filler = _Filler(book, view)
    for sheet in view.sheets:
        filler.sheet(sheet, forms[sheet.form])
    filler.particulars()
    if any(one.severity is Severity.BLOCKER for one in filler.findings):
        return FilledIn(b"", tuple(filler.findings))
    try:
        return FilledIn(filler.packed(data), tuple(filler.findings))
    except Refusal as refusal:
        return FilledIn(b"", (refusal.finding,))


class _Filler:
    def __init__(self, book: Workbook, view: Book) -> None:
        self.book, self.view = book, view
        self.findings: list[Finding] = []
        self.cells: dict[str, dict[int, dict[int, str]]] = {}  # by part
        self.like: dict[str, int] = {}

    def tell(self, code: str, at: CellSpan, severity: Severity = Severity.BLOCKER, **values: str) -> None:
        self.findings.append(Finding(code, at, values, severity=severity))

    def sheet(self, sheet: Sheet, form: Form) -> None:
        """Put the rows of one table where they go, if there is room for them."""
        whole = CellSpan(self.book.source, 0, 0)
        named = any(fold(one.name) == fold(sheet.name) for one in self.book.sheets)
        if not named and form.duty is not Duty.MANDATORY:
            self.tell("F-NOSHEET", whole, Severity.MINOR, sheet=sheet.name)
            return
        try:
            table = find_table(self.book, tuple(_columns(form)), title=sheet.name)
        except Refusal as refusal:
            self.findings.append(refusal.finding)
            return
        start = table.start
        if self.is_merged(table, start + len(sheet.lines)) or self.is_full(table, start, len(sheet.lines)):
            return
        missing = [field.name.vi for index, field in enumerate(sheet.columns) if self.lacks(table, sheet, index)]
        if missing:
            at = self.at(table, table.heading, 1)
            self.tell("F-NOCOLUMN", at, Severity.MINOR, sheet=table.sheet.name, missing=", ".join(missing))
        rows = self.cells.setdefault(table.sheet.part, {})
        self.like[table.sheet.part] = start
        for number, line in enumerate(sheet.lines, start=start):
            pairs = zip(sheet.columns, line.shown, strict=True)
            rows[number] = {table.places[field.id]: words for field, words in pairs if field.id in table.places}

    def lacks(self, table: Table, sheet: Sheet, index: int) -> bool:
        """Tell whether a column is not there although rows have something to say in it."""
        return sheet.columns[index].id not in table.places and any(line.words[index] for line in sheet.lines)

    def is_merged(self, table: Table, last: int) -> bool:
        """Tell of cells that are joined in the headings or where rows go."""
        columns = set(table.places.values())
        for top, left, bottom, right in table.sheet.merged:
            if bottom >= table.heading and top <= last and any(left <= column <= right for column in columns):
                first, end = (self.at(table, row, column) for row, column in ((top, left), (bottom, right)))
                self.tell("X-MERGED", first, cell=first.address, last=end.address)
                return True
        return False

    def is_full(self, table: Table, start: int, count: int) -> bool:
        """Tell of something that stands where rows go."""
        for number in range(start, start + count):
            for column in sorted(table.places.values()):
                cell = table.sheet.cell(number, column)
                if cell is not None and not cell.is_empty:
                    found = (cell.text or cell.formula or cell.error)[:60]
                    self.tell("F-FULL", cell.at, found=found, needed=str(count), there=str(number - start))
                    return True
        return False

    def at(self, table: Table, row: int, column: int) -> CellSpan:
        index = self.book.sheets.index(table.sheet)
        return CellSpan(self.book.source, 0, 0, table.sheet.name, index, row, column)

    def particulars(self) -> None:
        """Put the head of the dossier beside its labels, where nothing stands yet."""
        said = {fold(label): words for label, words in self.view.particulars}
        for sheet in self.book.sheets:
            for number, row in enumerate(sheet.rows[:HEAD], start=1):
                label = next((cell for cell in row if not cell.is_empty), None)
                if label is not None and said.get(fold(label.text)) and len(row) == label.at.column_number:
                    put = self.cells.setdefault(sheet.part, {}).setdefault(number, {})
                    put.setdefault(label.at.column_number + 1, said[fold(label.text)])

    def packed(self, data: bytes) -> bytes:
        """Give the template again with the new cells: every other part as it is, in the order and with the day it has.

        Raises:
            Refusal: X-XML for a sheet in another encoding than spreadsheet programs write.
        """
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                content = old.read(entry)
                if self.cells.get(entry.filename):
                    if _OTHER.match(content):
                        raise refuse_book("X-XML", self.book.source, part=entry.filename, why="UTF-8")
                    content = put_cells(content, self.cells[entry.filename], self.like.get(entry.filename, 0))
                elif entry.filename == "xl/workbook.xml":
                    content = _COMPUTED.sub(rb'<\1 fullCalcOnLoad="1"', content)
                new.writestr(entry, content)
        return stream.getvalue()


def _columns(form: Form) -> Iterator[Column]:
    """Give the columns; those that every row must fill must be there."""
    for field in form.fields:
        needed = field.duty is Duty.MANDATORY and field.when is None and field.field is not None
        yield Column(field.id, (field.name.vi, field.name.en), needed)
