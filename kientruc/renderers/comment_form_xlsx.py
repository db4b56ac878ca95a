"""The form for comments as a workbook: what is to be filled is open, all else is locked, keys are hidden."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping
from itertools import count

from xlsxwriter.worksheet import Worksheet

from kientruc.consultation import form
from kientruc.messages import has, text
from kientruc.renderers.sheets import CELL, PAPER, cell_text, formats, new_book, row_height, set_page
from kientruc.views.comment_form import CodeLine, CommentForm

WIDTHS = {
    **{"number": 5, "body": 22, "passage": 17, "about": 24, "quote": 20, "text": 34, "proposal": 26},
    **{"grounds": 16, "person": 13, "date": 11, "letter": 13, "id": 14},
}
CODES = {"code": 22, "code_name": 42, "sort": 18, "component": 30, "facts": 52, "label": 50}
OPEN, SHOWN = "#FFFDE7", 255  # the colour of what is to be filled; the most a message of a list holds
UNLOCKED = {"insert_rows": True, "format_rows": True, "format_columns": True, "sort": True, "autofilter": True}


def render(view: CommentForm, tool: str) -> bytes:
    """Make the workbook. Every text is written as text; a formula is never made."""
    stream = io.BytesIO()
    writer = _Writer(stream, view, tool)
    writer.table()
    writer.codes()
    writer.guide()
    writer.keys()
    writer.book.close()
    return stream.getvalue()


class _Writer:
    """Writes the sheets of one form."""

    def __init__(self, stream: io.BytesIO, view: CommentForm, tool: str) -> None:
        self.view, self.tool = view, tool
        self.book = new_book(stream, view.title, view.subtitle, tool)
        add = self.book.add_format
        self.fixed = add({**CELL, "quote_prefix": True, "bg_color": PAPER})
        self.open = add({**CELL, "quote_prefix": True, "bg_color": OPEN, "locked": False})
        self.day = add({**CELL, "num_format": "dd/mm/yyyy", "bg_color": OPEN, "locked": False, "align": "center"})
        self.fixed_day = add({**CELL, "num_format": "dd/mm/yyyy", "bg_color": PAPER, "align": "center"})
        forms = formats(self.book)
        self.head, self.title = forms["head"], forms["title"]
        self.plain = add({"quote_prefix": True, "valign": "top"})
        self.wrapped = forms["plain"]
        self.label = add({"bold": True, "valign": "top"})
        self.warning = add({"bold": True, "font_color": "#7B1E14"})

    def say(self, key: str, **values: object) -> str:
        return text(f"form.{key}", self.view.lang, **values)

    def sheet(self, key: str, widths: Iterable[int]) -> Worksheet:
        name = self.say(key)
        sheet = self.book.add_worksheet(name)
        set_page(sheet, (self.view.subtitle, self.view.mark, name), self.tool)
        sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: str | datetime.date, lock: bool) -> None:
        """Write a day as a day, a text as a text, and nothing as an empty cell."""
        if isinstance(value, datetime.date):
            sheet.write_datetime(row, column, value, self.fixed_day if lock else self.day)
        elif value:
            sheet.write_string(row, column, cell_text(value), self.fixed if lock else self.open)
        else:
            sheet.write_blank(row, column, None, self.fixed if lock else self.open)

    def table(self) -> None:
        """Write the sheet to be filled."""
        view = self.view
        columns = [key for key in WIDTHS if key != "body" or view.bodies]
        sheet = self.sheet("sheet-comments", (WIDTHS[key] for key in columns))
        top = self.above(sheet, columns)
        sheet.set_row(top, 44)
        for column, key in enumerate(columns):
            sheet.write_string(top, column, self.say(key), self.head)
        row = top
        for known in view.rows:
            row += 1
            cells = [known.get(key, "") for key in columns]
            sheet.set_row(row, row_height((str(cell) for cell in cells), (WIDTHS[key] for key in columns)))
            for column, cell in enumerate(cells):
                self.write(sheet, row, column, cell, True)
        first = row + 1
        for number, id in enumerate(view.ids, start=len(view.rows) + 1):
            row += 1
            sheet.set_row(row, 30)
            filled: Mapping[str, str] = {"number": str(number), "id": id}
            for column, key in enumerate(columns):
                if key == "date":
                    sheet.write_blank(row, column, None, self.day)
                else:
                    self.write(sheet, row, column, filled.get(key, ""), key in filled)
        self.choices(sheet, columns, first, row)
        hidden = columns.index("id")
        sheet.set_column(hidden, hidden, WIDTHS["id"], None, {"hidden": True})
        sheet.freeze_panes(top + 1, 2)
        sheet.repeat_rows(top)
        sheet.print_area(0, 0, row, hidden - 1)
        sheet.protect("", UNLOCKED)
        name = _range(self.say("sheet-comments"), top, 0, top, len(columns) - 1)
        self.book.define_name(form.TABLE, f"={name}")

    def above(self, sheet: Worksheet, columns: list[str]) -> int:
        """Write what stands above the table; give the row of its heading."""
        view = self.view
        value = columns.index("about")  # labels run over the columns before
        sheet.write_string(0, 0, view.title, self.title)
        sheet.set_row(0, 24)
        sheet.write_string(1, 0, cell_text(view.subtitle), self.plain)
        row = 2
        if view.mark:
            sheet.write_string(row, 0, view.mark, self.warning)
            row += 1
        for title, words in view.facts:
            sheet.write_string(row, 0, title, self.label)
            sheet.write_string(row, value, cell_text(words), self.plain)
            row += 1
        if view.bodies:
            return row + 1
        for key, answer in zip(form.HEAD, view.answer, strict=True):
            sheet.write_string(row, 0, self.say(key), self.label)
            if key == "answer_date" and not answer:
                sheet.write_blank(row, value, None, self.day)
            else:
                self.write(sheet, row, value, answer or "", False)
            if key == "position":
                allowed = [text(f"position.{code}", view.lang) for code in form.POSITIONS]
                rule = {"validate": "list", "source": allowed, "error_message": self.say("choose")}
                sheet.data_validation(row, value, row, value, rule)
            row += 1
        return row + 1

    def choices(self, sheet: Worksheet, columns: list[str], first: int, last: int) -> None:
        """Let codes be chosen from lists; other words are let through after a question."""
        sections = len(self.view.sections)
        ranges = {"passage": (1, sections), "about": (sections + 1, sections + len(self.view.elements))}
        where = self.say("sheet-codes")
        for key, (start, end) in ranges.items():
            if end >= start:
                column = list(CODES).index("label")
                rule = {"validate": "list", "source": f"={_range(where, start, column, end, column)}"}
                self.choice(sheet, columns.index(key), first, last, rule, key)
        if self.view.bodies:
            start = sections + len(self.view.elements) + 3
            source = _range(where, start, 0, start + len(self.view.bodies) - 1, 0)
            self.choice(sheet, columns.index("body"), first, last, {"validate": "list", "source": f"={source}"}, "body")
        rule = {"validate": "any"}
        self.choice(sheet, columns.index("date"), first, last, rule, "date")

    def choice(self, sheet: Worksheet, column: int, first: int, last: int, rule: dict[str, str], key: str) -> None:
        told = {"input_title": self.say(key)[:32], "input_message": text(f"hint.{key}", self.view.lang)[:SHOWN]}
        other = {"error_type": "warning", "error_message": self.say("other")[:SHOWN]}
        sheet.data_validation(first, column, last, column, {**rule, **told, **other})

    def codes(self) -> None:
        """Write the sheet of codes, and below it the bodies to choose from."""
        view = self.view
        sheet = self.sheet("sheet-codes", CODES.values())
        for column, key in enumerate(CODES):
            sheet.write_string(0, column, self.say(key), self.head)
        sheet.set_row(0, 24)
        row = 0
        for row, line in enumerate((*view.sections, *view.elements), start=1):
            cells = _cells(line)
            sheet.set_row(row, row_height(cells[:-1], CODES.values()))
            for column, cell in enumerate(cells):
                self.write(sheet, row, column, cell, True)
        label = list(CODES).index("label")
        sheet.set_column(label, label, CODES["label"], None, {"hidden": True})
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, row, label - 1)
        sheet.repeat_rows(0)
        if view.bodies:
            sheet.write_string(row + 2, 0, self.say("bodies"), self.label)
            for number, body in enumerate(view.bodies, start=row + 3):
                sheet.write_string(number, 0, cell_text(body), self.plain)
        sheet.print_area(0, 0, row, label - 1)
        sheet.protect("", {**UNLOCKED, "insert_rows": False})
        name = _range(self.say("sheet-codes"), 0, 0, 0, label)
        self.book.define_name(form.CODES, f"={name}")

    def guide(self) -> None:
        """Write the sheet that says how to fill the form."""
        sheet = self.sheet("sheet-guide", (4, 120))
        sheet.write_string(0, 0, self.say("sheet-guide"), self.title)
        sheet.set_row(0, 24)
        for number in count(1):
            if not has(f"guide.{number}", self.view.lang):
                break
            words = text(f"guide.{number}", self.view.lang)
            sheet.write_number(number, 0, number, self.label)
            sheet.write_string(number, 1, words, self.wrapped)
            sheet.set_row(number, row_height((words,), (120,)))
        sheet.protect("")

    def keys(self) -> None:
        """Write the hidden sheet by which the form is known when it comes back, and the same into its properties."""
        sheet = self.book.add_worksheet(form.SHEET)
        for row, (key, value) in enumerate(self.view.keys):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
            self.book.set_custom_property(f"kientruc.{key}", value or "-", "text")
        sheet.very_hidden()
        sheet.protect("")


def _cells(line: CodeLine) -> tuple[str, ...]:
    return (line.code, line.name, line.sort, line.component, line.facts, line.label)


def _range(sheet: str, row: int, column: int, last_row: int, last_column: int) -> str:
    """Write a range of cells, counted from 0, as formulas name it: 'Góp ý'!$A$1:$B$2."""
    first, last = (f"${chr(65 + col)}${line + 1}" for line, col in ((row, column), (last_row, last_column)))
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{first}:{last}"
