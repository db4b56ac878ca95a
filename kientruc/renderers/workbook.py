"""What our workbooks share: text that stays text, the same bytes for the same content, sheets that print on A4."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kientruc.renderers.escapes import clean, one_line

MADE = datetime.datetime(1980, 1, 1)  # stands where the time of making would: the same content, the same bytes
LONGEST = 32_767  # of a cell, in UTF-16 code units
A4 = 9
LINE, TALLEST = 12.8, 409.0  # points: of one line of text, and the most a row may have
INK, GRID, PAPER = "#1F3864", "#BFBFBF", "#F2F2F2"
CELL: Mapping[str, Any] = MappingProxyType({"text_wrap": True, "valign": "top", "border": 1, "border_color": GRID})
HEADING = {**CELL, "bold": True, "bg_color": INK, "font_color": "white", "align": "center", "valign": "vcenter"}


def workbook(stream: io.BytesIO, title: str, subject: str, tool: str) -> xlsxwriter.Workbook:
    """Begin a workbook. Every text in it is written as text; a formula is never made."""
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    font = {"font_name": "Arial", "font_size": 10}
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_format_properties": font, **never})
    book.set_properties({"title": title, "subject": cell_text(subject), "comments": tool, "created": MADE})
    return book


def add_sheet(
    book: xlsxwriter.Workbook, name: str, widths: Iterable[int], title: str, sample: str, tool: str
) -> Worksheet:
    """Add a sheet that prints on A4 across, one page wide, with numbers of pages and the architecture's name."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    about = one_line(title)[:90].replace("&", "&&")
    sheet.set_header(f"&L{about}&C{sample}&R{name}")
    sheet.set_footer(f"&L{tool}&R&P / &N")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    return sheet


def cell_text(found: str) -> str:
    """Clean a text and cut it to what a cell holds; line breaks stay."""
    words = clean(found.replace("\r\n", "\n").replace("\r", "\n"))
    units = words.encode("utf-16-le")
    return words if len(units) <= 2 * LONGEST else units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"


def height(cells: Iterable[object], widths: Iterable[int]) -> float:
    """Estimate the height of a row in points by its first columns: not every program fits rows by itself."""
    return min(TALLEST, LINE * max(_lines(str(cell), width) for cell, width in zip(cells, widths, strict=False)) + 4)


def _lines(words: str, width: int) -> int:
    """Estimate how many lines a text takes: a letter is a little narrower than the digits that widths count."""
    return sum(max(1, -(-len(line) // int(width * 1.05))) for line in words.split("\n"))
