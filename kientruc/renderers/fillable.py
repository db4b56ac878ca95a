"""What forms to be filled in share: open cells and locked ones, lists to choose from, a guide, and hidden keys."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from kientruc.messages import has, text
from kientruc.renderers.sheets import CELL, PAPER, cell_text, formats, new_book, row_height, set_page

OPEN, SHOWN = "#FFFDE7", 255  # the colour of what is to be filled; the most a message of a list holds
UNLOCKED = {"insert_rows": True, "format_rows": True, "format_columns": True, "sort": True, "autofilter": True}
Value = str | int | Decimal | datetime.date


class Fillable:
    """Makes the sheets of one form; `words` is the table of the catalogues that its own words stand in."""

    def __init__(
        self, stream: io.BytesIO, words: str, title: str, subtitle: str, mark: str, lang: str, tool: str
    ) -> None:
        self.words, self.subtitle, self.lang, self.tool = words, subtitle, lang, tool
        self.page_mark = mark
        self.book = new_book(stream, title, subtitle, tool)
        add = self.book.add_format
        day: Mapping[str, Any] = {**CELL, "num_format": "dd/mm/yyyy", "align": "center"}
        number: Mapping[str, Any] = {**CELL, "num_format": "#,##0.##########"}
        self.fixed = add({**CELL, "quote_prefix": True, "bg_color": PAPER})
        self.open = add({**CELL, "quote_prefix": True, "bg_color": OPEN, "locked": False})
        self.known = add({**CELL, "quote_prefix": True, "locked": False})  # filled already, and may be mended
        self.day = add({**day, "bg_color": OPEN, "locked": False})
        self.known_day = add({**day, "locked": False})
        self.fixed_day = add({**day, "bg_color": PAPER})
        self.number = add({**number, "bg_color": OPEN, "locked": False})
        self.known_number = add({**number, "locked": False})
        forms = formats(self.book)
        self.head, self.title, self.wrapped = forms["head"], forms["title"], forms["plain"]
        self.plain = add({"quote_prefix": True, "valign": "top"})
        self.label = add({"bold": True, "valign": "top"})
        self.warning = add({"bold": True, "font_color": "#7B1E14"})

    def say(self, key: str, **values: object) -> str:
        """Give the words of the form's own table."""
        return text(f"{self.words}.{key}", self.lang, **values)

    def sheet(self, key: str, widths: Iterable[int]) -> Worksheet:
        """Add a sheet named by its key."""
        name = self.say(key)
        sheet = self.book.add_worksheet(name)
        set_page(sheet, (self.subtitle, self.page_mark, name), self.tool)
        sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: Value, lock: bool, keep: bool = False) -> None:
        """Write a day as a day, a text as a text, and nothing as an empty cell.

        Args:
            keep: what is known and may be mended is not coloured as what is to be filled.
        """
        if isinstance(value, datetime.date):
            day = self.fixed_day if lock else self.known_day if keep else self.day
            sheet.write_datetime(row, column, value, day)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, column, value, self.known_number if keep else self.number)
        elif value:
            plain = self.fixed if lock else self.known if keep else self.open
            sheet.write_string(row, column, cell_text(value), plain)
        else:
            sheet.write_blank(row, column, None, self.fixed if lock else self.open)

    def heads(self, sheet: Worksheet, row: int, keys: Iterable[str], height: int = 44) -> None:
        """Write a row of headings."""
        sheet.set_row(row, height)
        for column, key in enumerate(keys):
            sheet.write_string(row, column, self.say(key), self.head)

    def choice(
        self, sheet: Worksheet, place: tuple[int, int, int], rule: Mapping[str, Any], title: str, hint: str = ""
    ) -> None:
        """Let a column be chosen from a list, with a hint; other words are let through after a question.

        Args:
            place: column, first and last row.
        """
        column, first, last = place
        told = {"input_title": title[:32], "input_message": hint[:SHOWN]} if hint else {}
        other = {"error_type": "warning", "error_message": text("form.other", self.lang)[:SHOWN]}
        sheet.data_validation(first, column, last, column, {**rule, **told, **other})

    def guide(self, table: str) -> Iterator[str]:
        """Give the sentences of a guide, in order."""
        for number in count(1):
            if not has(f"{table}.{number}", self.lang):
                return
            yield text(f"{table}.{number}", self.lang)

    def steps(self, sheet: Worksheet, row: int, table: str, width: int) -> int:
        """Write the sentences of a guide, numbered; give the row after the last."""
        for number, words in enumerate(self.guide(table), start=1):
            sheet.write_number(row, 0, number, self.label)
            sheet.write_string(row, 1, words, self.wrapped)
            sheet.set_row(row, row_height((words,), (width,)))
            row += 1
        return row

    def keys(self, name: str, keys: Iterable[tuple[str, str]]) -> None:
        """Write the hidden sheet by which the form is known when it comes back, and the same into its properties."""
        sheet = self.book.add_worksheet(name)
        for row, (key, value) in enumerate(keys):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
            self.book.set_custom_property(f"kientruc.{key}", value or "-", "text")
        sheet.very_hidden()
        sheet.protect("")

    def mark(self, name: str, sheet: str, row: int, last: int) -> None:
        """Give the heading of a table a name: it goes with the sheet when that is renamed."""
        self.book.define_name(name, f"={range_of(sheet, row, 0, row, last)}")


def range_of(sheet: str, row: int, column: int, last_row: int, last_column: int) -> str:
    """Write a range of cells, counted from 0, as formulas name it: 'Góp ý'!$A$1:$B$2."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{xl_range_abs(row, column, last_row, last_column)}"
