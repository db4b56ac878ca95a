"""What all workbooks share: the same bytes for the same data, text that stays text, pages that print on A4 across."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kientruc.renderers.escapes import clean, one_line

MADE = datetime.datetime(1980, 1, 1)  # stands where the time of making would: the same results, the same bytes
LONGEST = 32_767  # of a cell, in UTF-16 code units
A4 = 9
LINE, TALLEST = 12.8, 409.0  # points: of one line of text, and the most a row may have
INK, GRID, PAPER = "#1F3864", "#BFBFBF", "#F2F2F2"
CELL: Mapping[str, Any] = {"text_wrap": True, "valign": "top", "border": 1, "border_color": GRID}


def new_book(stream: io.BytesIO, title: str, subject: str, tool: str) -> xlsxwriter.Workbook:
    """Begin a workbook in which no text becomes a formula, a link or a number."""
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    font = {"font_name": "Arial", "font_size": 10}
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_format_properties": font, **never})
    book.set_properties({"title": title, "subject": cell_text(subject), "comments": tool, "created": MADE})
    return book


def formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    """Make the formats of cells, headings, labels and titles. A quoted text stays one when somebody edits the cell."""
    head = {**CELL, "bold": True, "bg_color": INK, "font_color": "white", "align": "center", "valign": "vcenter"}
    return {
        "cell": book.add_format({**CELL, "quote_prefix": True}),
        "number": book.add_format({**CELL, "align": "center"}),
        "head": book.add_format(head),
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": INK}),
        "subtitle": book.add_format({"bold": True, "font_size": 12, "font_color": INK, "quote_prefix": True}),
        "label": book.add_format({**CELL, "bold": True, "bg_color": PAPER, "quote_prefix": True}),
        "plain": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
    }


def set_page(sheet: Worksheet, heading: tuple[str, str, str], tool: str) -> None:
    """Make a sheet print on A4 across, one page wide: name and sheet above, a remark and numbers of pages below."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    most = (120, 120, 40)  # letters: a heading of more than 255 is left out by the format
    left, middle, right = (one_line(words)[:n].replace("&", "&&") for words, n in zip(heading, most, strict=True))
    sheet.set_header(f"&L{left}&R{right}")
    sheet.set_footer(f"&L{tool}&C{middle}&R&P / &N")  # in the middle of a heading it would run into a long name


def cell_text(found: str) -> str:
    """Clean a text and cut it to what a cell holds; line breaks stay."""
    words = clean(found.replace("\r\n", "\n").replace("\r", "\n"))
    units = words.encode("utf-16-le")
    return words if len(units) <= 2 * LONGEST else units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"


def row_height(cells: Iterable[object], widths: Iterable[int]) -> float:
    """Estimate the height of a row in points by its first columns: not every program fits rows by itself."""
    lines = (_lines(str(cell), width) for cell, width in zip(cells, widths, strict=False))
    return min(TALLEST, LINE * max(lines, default=1) + 4)


def _lines(words: str, width: int) -> int:
    """Estimate how many lines a text takes: a letter is a little narrower than the digits that widths count."""
    return sum(max(1, -(-len(line) // int(width * 1.05))) for line in words.split("\n"))
