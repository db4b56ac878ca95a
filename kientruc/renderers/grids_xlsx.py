"""Tables as one workbook, a sheet for each: what is lacking told first, headings that stay, pages for A4 and A3."""

from __future__ import annotations

import io
import math

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kientruc.messages import text
from kientruc.renderers.sheets import A4, CELL, INK, cell_text, formats, new_book, row_height, set_page
from kientruc.views.grid import Entry, Grid, Grids

A3 = 8
ACROSS = {A4: 130, A3: 260}  # letters of 10 points that stay legible (8 points) when a page is filled across
UPRIGHT = 210.0  # points: the height of titles that stand upright
NUMBERS = ("", "sum", "count")  # sorts whose cells are numbers; elsewhere the words tell more
LONGEST_NAME = 31  # of a sheet
HEAT = ("#F4F8FC", "#DBE8F5", "#BCD5EC", "#A3C5E6", "#8BB4DE")  # as in templates/grids.css
COLOURS = {
    **dict.fromkeys(("pass",), ("#E2EFDA", "#1E4620")),
    **dict.fromkeys(("fail", "error", "lacking"), ("#FADBD8", "#7B1E14")),
    **dict.fromkeys(("manual", "waived", "unknown"), ("#FFF2CC", "#6B4E00")),
    **dict.fromkeys(("writes", "delivers", "holds"), ("#DDEBF7", "#123F74")),
    **{f"heat-{step}": (paper, INK) for step, paper in enumerate(HEAT, 1)},
    **dict.fromkeys(("sum",), ("#F2F2F2", "#16202C")),
}


def render(view: Grids, tool: str) -> bytes:
    """Make the workbook. Every text is written as text, every number as a number; a formula is never made."""
    stream = io.BytesIO()
    book = new_book(stream, view.kicker, view.title, tool)
    writer = _Writer(book, view, tool)
    writer.summary()
    for grid in view.grids:
        writer.table(grid)
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, view: Grids, tool: str) -> None:
        self.book, self.view, self.tool = book, view, tool
        self.forms = formats(book)
        cell = {**CELL, "quote_prefix": True}
        for sort, (paper, ink) in COLOURS.items():
            shown = {**cell, "bg_color": paper, "font_color": ink, "bold": sort in ("fail", "sum", "lacking")}
            self.forms[sort] = book.add_format(shown)
        amount = {**CELL, "num_format": "#,##0", "align": "right"}
        self.forms["amount"] = book.add_format(amount)
        self.forms["total"] = book.add_format({**amount, "bold": True, "bg_color": COLOURS["sum"][0]})
        head = {"bold": True, "bg_color": INK, "font_color": "white", "font_size": 8}
        self.forms["upright"] = book.add_format({**CELL, **head, "rotation": 90, "valign": "bottom"})
        self.names: set[str] = set()

    def summary(self) -> None:
        """Write the sheet that says whose tables these are, and what is lacking in each."""
        sheet = self._sheet(text("table.summary", self.view.lang), A4)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 95)
        sheet.write_string(0, 0, cell_text(self.view.kicker), self.forms["title"])
        sheet.write_string(1, 0, cell_text(self.view.title), self.forms["subtitle"])
        told = [*self.view.facts, *(("", words) for words in self.view.remarks)]
        told += [(grid.name, words) for grid in self.view.grids for words in grid.remarks or ("–",)]
        if self.view.mark:
            told.insert(0, ("", self.view.mark))
        for row, (label, words) in enumerate(told, start=3):
            sheet.write_string(row, 0, cell_text(label), self.forms["label"])
            sheet.write_string(row, 1, cell_text(words), self.forms["cell"])
            sheet.set_row(row, row_height((label, words), (34, 95)))

    def table(self, grid: Grid) -> None:
        """Write one table: its headings stay in sight and are repeated on every page, and its rows can be filtered."""
        wide = sum(column.width for column in grid.columns)
        paper = A4 if wide <= ACROSS[A4] else A3
        sheet = self._sheet(grid.name, paper, max(1, math.ceil(wide / ACROSS[paper])))
        for at, column in enumerate(grid.columns):
            upright = grid.upright and at >= grid.heads
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, cell_text(column.words), self.forms["upright" if upright else "head"])
        sheet.set_row(0, UPRIGHT if grid.upright else 32)
        widths = [column.width for column in grid.columns]
        for at, row in enumerate(grid.rows, start=1):
            sheet.set_row(at, row_height((entry.words for entry in row), widths))
            for place, entry in enumerate(row):
                self._write(sheet, at, place, entry)
        sheet.freeze_panes(1, grid.heads)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, grid.heads - 1)
        sheet.autofilter(0, 0, max(1, len(grid.rows)), len(grid.columns) - 1)

    def _write(self, sheet: Worksheet, row: int, column: int, entry: Entry) -> None:
        if entry.value is not None and entry.sort in NUMBERS:
            sheet.write_number(row, column, entry.value, self.forms["total" if entry.sort == "sum" else "amount"])
        elif entry.words:
            sheet.write_string(row, column, cell_text(entry.words), self.forms.get(entry.sort, self.forms["cell"]))
        else:
            sheet.write_blank(row, column, None, self.forms["sum" if entry.sort == "sum" else "cell"])

    def _sheet(self, name: str, paper: int, pages: int = 1) -> Worksheet:
        short = self._free(name)
        sheet = self.book.add_worksheet(short)
        set_page(sheet, (self.view.title, self.view.mark, name), "")
        sheet.set_paper(paper)
        sheet.fit_to_pages(pages, 0)
        return sheet

    def _free(self, name: str) -> str:
        """Give a name no other sheet has: two editions have a matrix each."""
        found, number = name[:LONGEST_NAME], 2
        while found.lower() in self.names:
            found, number = f"{name[: LONGEST_NAME - 4]} ({number})", number + 1
        self.names.add(found.lower())
        return found
