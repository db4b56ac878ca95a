"""The tables of an edition's form as its workbook: prescribed sheets and columns, value lists, fields, versions."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kientruc.frameworks.forms import FormField
from kientruc.messages import text
from kientruc.renderers.escapes import one_line
from kientruc.renderers.sheets import LINE, cell_text, formats, new_book, row_height, set_page
from kientruc.views.form_workbook import Book, List

A3 = 8
HEAD = 1  # the row of column names; the one above says what the sheet is
ACROSS = 258  # letters of 10 points on a page of A3 across that are still printed in 8 points
LONGEST_WORD, WIDEST, WIDE = 11, 60, 24
SPARE = 200  # rows below the last one that the value lists hold for: people add some


def render(view: Book) -> bytes:
    """Make the workbook; every text is written as text, and a formula is never made."""
    stream = io.BytesIO()
    book = new_book(stream, one_line(view.title), one_line(view.form), view.tool)
    writer = _Writer(book, view)
    writer.guide()
    for sheet in view.sheets:
        writer.table(sheet.name, sheet.title, sheet.columns, [line.shown for line in sheet.lines])
    writer.lists()
    writer.dictionary()
    writer.history()
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, view: Book) -> None:
        self.book, self.view, self.lang = book, view, view.lang
        self.formats: Mapping[str, Any] = formats(book)
        self.ranges: dict[str, str] = {}
        for column, values in enumerate(view.lists):
            letter = xl_col_to_name(column)
            self.ranges[values.id] = f"='{view.names['lists']}'!${letter}$3:${letter}${len(values.words) + 2}"

    def sheet(self, name: str, title: str, widths: Iterable[int]) -> Worksheet:
        sheet: Worksheet = self.book.add_worksheet(name)
        set_page(sheet, (self.view.title, self.view.mark, name), "")
        sheet.write_string(0, 0, cell_text(title), self.formats["subtitle"])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def rows(self, sheet: Worksheet, first: int, rows: Iterable[tuple[str, ...]], widths: tuple[int, ...]) -> int:
        """Write rows of text, and give the number of the one after the last."""
        for row in rows:
            sheet.set_row(first, row_height(row, widths))
            for column, words in enumerate(row):
                sheet.write_string(first, column, cell_text(words), self.formats["cell"])
            first += 1
        return first

    def heads(self, sheet: Worksheet, names: Iterable[str], widths: tuple[int, ...] = ()) -> None:
        names = tuple(names)
        sheet.set_row(HEAD, row_height(names, widths) + LINE if widths else 44)
        for column, name in enumerate(names):
            sheet.write_string(HEAD, column, cell_text(name), self.formats["head"])
        sheet.freeze_panes(HEAD + 1, 1)
        sheet.repeat_rows(HEAD)

    def table(self, name: str, title: str, columns: tuple[FormField, ...], lines: list[tuple[str, ...]]) -> None:
        heads = tuple(self.view.heading(field) for field in columns)
        widths = fitted(heads, lines)
        sheet = self.sheet(name, title, widths)
        sheet.set_paper(A3)
        self.heads(sheet, heads, widths)
        end = self.rows(sheet, HEAD + 1, lines, widths)
        sheet.autofilter(HEAD, 0, max(end - 1, HEAD), len(columns) - 1)
        for column, field in enumerate(columns):
            if field.list in self.ranges:
                choice = {
                    **{"validate": "list", "source": self.ranges[field.list], "error_type": "warning"},
                    **{
                        "error_title": text("form.list-title", self.lang),
                        "error_message": text("form.list", self.lang),
                    },
                }
                sheet.data_validation(HEAD + 1, column, end + SPARE, column, choice)

    def guide(self) -> None:
        widths = (34, 110)
        sheet = self.sheet(self.view.names["guide"], self.view.title, widths)
        self.rows(sheet, 2, self.view.particulars, widths)
        self.rows(sheet, 3 + len(self.view.particulars), self.view.guide, widths)

    def lists(self) -> None:
        sheet = self.sheet(self.view.names["lists"], text("form.lists", self.lang), (WIDE,) * len(self.view.lists))
        self.heads(sheet, (values.name for values in self.view.lists))
        for column, values in enumerate(self.view.lists):
            self._column(sheet, column, values)

    def _column(self, sheet: Worksheet, column: int, values: List) -> None:
        for row, words in enumerate(values.words, start=HEAD + 1):
            sheet.write_string(row, column, cell_text(words), self.formats["cell"])

    def dictionary(self) -> None:
        widths = (18, 44, 22, 60, 34)
        sheet = self.sheet(self.view.names["dictionary"], text("form.dictionary", self.lang), widths)
        self.heads(sheet, (text(f"form-column.{key}", self.lang) for key in ("sheet", "field", "duty", "when", "list")))
        end = self.rows(sheet, HEAD + 1, self.view.dictionary, widths)
        sheet.autofilter(HEAD, 0, end - 1, len(widths) - 1)

    def history(self) -> None:
        widths = (16, 14, 90)
        sheet = self.sheet(self.view.names["history"], text("form.history", self.lang), widths)
        self.heads(sheet, (text(f"form-column.{key}", self.lang) for key in ("version", "date", "summary")))
        self.rows(sheet, HEAD + 1, self.view.history, widths)


def fitted(heads: tuple[str, ...], lines: list[tuple[str, ...]]) -> tuple[int, ...]:
    """Give the width of each column so that all of them stand legibly on one page of A3 across, in letters.

    A column has at least its longest word; what is left goes by how much there is to read in it.
    """
    texts = [" ".join((head, *(line[at] for line in lines))) for at, head in enumerate(heads)]
    least = [min(LONGEST_WORD, max(map(len, words.split()), default=0)) + 1 for words in texts]
    weights = [math.sqrt(len(words)) for words in texts]
    left = max(0, ACROSS - sum(least))
    return tuple(
        min(WIDEST, word + int(left * weight / sum(weights))) for word, weight in zip(least, weights, strict=True)
    )
