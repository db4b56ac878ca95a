"""The table of outcomes as a workbook to read, filter and print: the sum of it, every outcome, findings of loading."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kientruc.messages import text
from kientruc.renderers.sheets import CELL, cell_text, formats, new_book, row_height, set_page
from kientruc.result import Status, Verdict
from kientruc.views.outcome_table import LOADING_COLUMNS, Cell, assessment, loading_rows, rows, titles
from kientruc.views.outcomes import Results

# What is printed comes first, in widths that leave 8 points on A4 across; the rest stands right of the print area.
PRINTED = {
    **{"edition": 9, "requirement": 12, "title": 20, "modality": 8, "stage": 10, "assessment": 14},
    **{"names": 16, "message": 30, "remedy": 25, "basis": 15, "file": 14, "line": 6},
}
BESIDE = {"column": 6, "severity": 11, "check": 9, "status": 13, "subjects": 24, "witness": 40, "fingerprint": 20}
LOADING = dict(zip(LOADING_COLUMNS, (15, 15, 50, 50, 30, 7, 7, 20), strict=True))
SUMMARY = (46, 36, 15, 15, 15, 15, 15)
COLOURS = {
    Status.PASS: ("#E2EFDA", "#1E4620"),
    Status.FAIL: ("#FADBD8", "#7B1E14"),
    Status.MANUAL: ("#FFF2CC", "#6B4E00"),
    Status.NOT_APPLICABLE: ("#EDEDED", "#404040"),
}
VERDICTS = {Verdict.MET: Status.PASS, Verdict.NOT_MET: Status.FAIL, Verdict.UNDETERMINED: Status.MANUAL}


def render(results: Results) -> bytes:
    """Make the workbook. Every text is written as text; a formula is never made."""
    stream = io.BytesIO()
    book = new_book(stream, text("report.title", results.lang), results.title, results.tool)
    writer = _Writer(book, results)
    writer.summary()
    if results.editions:
        writer.table("table.outcomes", {**PRINTED, **BESIDE}, rows(results, (*PRINTED, *BESIDE)), len(PRINTED))
    if results.loading:
        writer.table("table.loading", LOADING, loading_rows(results, LOADING_COLUMNS), len(LOADING))
    writer.provenance()
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, results: Results) -> None:
        self.book, self.results, self.lang = book, results, results.lang
        self.forms = formats(book)
        self.warning = book.add_format({"bold": True, "font_color": COLOURS[Status.FAIL][1]})
        self.coloured = {
            status: book.add_format({**CELL, "bold": True, "align": "center", "bg_color": paper, "font_color": ink})
            for status, (paper, ink) in COLOURS.items()
        }

    def sheet(self, key: str, widths: Iterable[int]) -> Worksheet:
        """Add a sheet that prints on A4 across, one page wide, with numbers of pages and the architecture's name."""
        name = text(key, self.lang)
        sheet = self.book.add_worksheet(name)
        set_page(sheet, (self.results.title, self.results.mark, name), self.results.tool)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def table(self, key: str, columns: dict[str, int], rows: Iterable[tuple[Cell, ...]], printed: int) -> None:
        """Add a table with a frozen, filtered heading that is repeated on every page."""
        sheet = self.sheet(key, columns.values())
        self.heading(sheet, 0, titles(tuple(columns), self.lang))
        words = {assessment(status, self.lang): form for status, form in self.coloured.items()}
        judged = list(columns).index("assessment") if "assessment" in columns else -1
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.set_row(last, row_height(row, [*columns.values()][:printed]))
            for column, cell in enumerate(row):
                form = words.get(str(cell), self.forms["cell"]) if column == judged else self.forms["cell"]
                self.write(sheet, last, column, cell, form)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, last, printed - 1)

    def heading(self, sheet: Worksheet, row: int, words: Iterable[str]) -> None:
        """Write the words above columns."""
        sheet.set_row(row, 32)
        for column, word in enumerate(words):
            sheet.write_string(row, column, word, self.forms["head"])

    def write(self, sheet: Worksheet, row: int, column: int, cell: Cell, form: Format | None = None) -> None:
        """Write a number as a number and a text as a text, an empty one as nothing."""
        if isinstance(cell, int):
            sheet.write_number(row, column, cell, self.forms["number"])
        elif cell:
            sheet.write_string(row, column, cell_text(cell), form or self.forms["cell"])
        else:
            sheet.write_blank(row, column, None, form or self.forms["cell"])

    def summary(self) -> None:
        """Write the sheet that says what it comes to."""
        results = self.results
        sheet = self.sheet("table.summary", SUMMARY)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, text("report.title", self.lang), self.forms["title"])
        sheet.set_row(0, 26)
        row = 1
        if results.title:
            sheet.write_string(row, 0, cell_text(results.title), self.forms["subtitle"])
            row += 1
        if results.mark:
            sheet.write_string(row, 0, results.mark, self.warning)
            row += 1
        row = self.facts(sheet, row + 1, results.facts)
        if not results.editions:
            sheet.write_string(row + 1, 0, text("text.not-evaluated", self.lang), self.warning)
            row += 2
        else:
            row = self.verdicts(sheet, row + 1)
            row = self.counts(sheet, row + 1)
        if results.loading_count:
            words = text("text.findings", self.lang, count=results.loading_count)
            sheet.write_string(row + 1, 0, words, self.warning)

    def provenance(self) -> None:
        """Write the sheet that says from what this was made."""
        sheet = self.sheet("report.provenance", SUMMARY)
        told = [(text("report.tool", self.lang), self.results.tool)]
        told += [(one.id, f"sha256 {one.sha256}") for one in self.results.editions]
        told += [(path, f"sha256 {digest}") for path, digest in self.results.inputs.items()]
        self.facts(sheet, 0, told)

    def facts(self, sheet: Worksheet, row: int, facts: Iterable[tuple[str, str]]) -> int:
        """Write labels with their values across the sheet; give the next free row."""
        for title, value in facts:
            sheet.write_string(row, 0, cell_text(title), self.forms["label"])
            sheet.merge_range(row, 1, row, 6, "", self.forms["cell"])
            self.write(sheet, row, 1, value)
            sheet.set_row(row, row_height((title, value), (SUMMARY[0], sum(SUMMARY[1:]))))
            row += 1
        return row

    def verdicts(self, sheet: Worksheet, row: int) -> int:
        """Write one line for each edition with its verdict; give the next free row."""
        keys = ("column.edition", "report.verdict", "column.on")
        self.heading(sheet, row, (text(key, self.lang) for key in keys))
        for edition in self.results.editions:
            row += 1
            sheet.set_row(row, 30)
            self.write(sheet, row, 0, f"{edition.name} ({edition.id})")
            form = self.coloured[VERDICTS.get(edition.verdict, Status.NOT_APPLICABLE)]
            self.write(sheet, row, 1, edition.verdict_word, form)
            self.write(sheet, row, 2, edition.on)
        return row + 1

    def counts(self, sheet: Worksheet, row: int) -> int:
        """Write requirements by group and outcome, then which wait for an answer; give the next free row."""
        heads = (text("column.edition", self.lang), text("report.counts", self.lang), *self.results.statuses)
        self.heading(sheet, row, heads)
        sheet.set_row(row, 45)
        for edition in self.results.editions:
            for group, numbers in edition.tally:
                row += 1
                cells: tuple[Cell, ...] = (edition.id, group, *numbers)
                for column, cell in enumerate(cells):
                    self.write(sheet, row, column, cell)
        row += 2
        for line in (line for edition in self.results.editions for line in edition.waits):
            sheet.merge_range(row, 0, row, 6, "", self.forms["plain"])
            self.write(sheet, row, 0, line, self.forms["plain"])
            sheet.set_row(row, row_height((line,), (sum(SUMMARY),)))
            row += 1
        return row
