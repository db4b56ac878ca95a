"""The form for comments as a workbook: what is to be filled is open, all else is locked, keys are hidden."""

from __future__ import annotations

import io
from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from kientruc.consultation import form
from kientruc.messages import text
from kientruc.renderers.fillable import UNLOCKED, Fillable, range_of
from kientruc.renderers.sheets import cell_text, row_height
from kientruc.views.comment_form import CodeLine, CommentForm

WIDTHS = {
    **{"number": 5, "body": 22, "passage": 17, "about": 24, "quote": 20, "text": 34, "proposal": 26},
    **{"grounds": 16, "person": 13, "date": 11, "letter": 13, "id": 14},
}
CODES = {"code": 22, "code_name": 42, "sort": 18, "component": 30, "facts": 52, "label": 50}


def render(view: CommentForm, tool: str) -> bytes:
    """Make the workbook. Every text is written as text; a formula is never made."""
    stream = io.BytesIO()
    writer = _Writer(stream, view, tool)
    writer.table()
    writer.codes()
    writer.explain()
    writer.keys(form.SHEET, view.keys)
    writer.book.close()
    return stream.getvalue()


class _Writer(Fillable):
    """Writes the sheets of one form."""

    def __init__(self, stream: io.BytesIO, view: CommentForm, tool: str) -> None:
        super().__init__(stream, "form", view.title, view.subtitle, view.mark, view.lang, tool)
        self.view = view

    def table(self) -> None:
        """Write the sheet to be filled."""
        view = self.view
        columns = [key for key in WIDTHS if key != "body" or view.bodies]
        sheet = self.sheet("sheet-comments", (WIDTHS[key] for key in columns))
        top = self.above(sheet, columns)
        self.heads(sheet, top, columns)
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
        self.mark(form.TABLE, self.say("sheet-comments"), top, len(columns) - 1)

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
                rule = {"validate": "list", "source": f"={range_of(where, start, column, end, column)}"}
                self.choose(sheet, (columns.index(key), first, last), rule, key)
        if self.view.bodies:
            start = sections + len(self.view.elements) + 3
            source = range_of(where, start, 0, start + len(self.view.bodies) - 1, 0)
            rule = {"validate": "list", "source": f"={source}"}
            self.choose(sheet, (columns.index("body"), first, last), rule, "body")
        self.choose(sheet, (columns.index("date"), first, last), {"validate": "any"}, "date")

    def choose(self, sheet: Worksheet, place: tuple[int, int, int], rule: dict[str, str], key: str) -> None:
        self.choice(sheet, place, rule, self.say(key), text(f"hint.{key}", self.view.lang))

    def codes(self) -> None:
        """Write the sheet of codes, and below it the bodies to choose from."""
        view = self.view
        sheet = self.sheet("sheet-codes", CODES.values())
        self.heads(sheet, 0, CODES, 24)
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
        self.mark(form.CODES, self.say("sheet-codes"), 0, label)

    def explain(self) -> None:
        """Write the sheet that says how to fill the form."""
        sheet = self.sheet("sheet-guide", (4, 120))
        sheet.write_string(0, 0, self.say("sheet-guide"), self.title)
        sheet.set_row(0, 24)
        self.steps(sheet, 1, "guide", 120)
        sheet.protect("")


def _cells(line: CodeLine) -> tuple[str, ...]:
    return (line.code, line.name, line.sort, line.component, line.facts, line.label)
