"""The survey as a workbook: a cover, the systems, their connections, the questions, the lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from kientruc.messages import text
from kientruc.renderers.fillable import OPEN, UNLOCKED, Fillable, Value, range_of
from kientruc.renderers.sheets import CELL, PAPER, cell_text, row_height
from kientruc.views import survey_form as form
from kientruc.views.survey import BLANK, Line, Survey

A3, COVER, LIST = 8, (30, 96), 20
TOP = 3  # the row of headings; above it the title, a remark, and what belongs together
BANDS = (
    *(("about-what", "name", "description"), ("about-who", "owner", "operator"), ("about-now", "there", "sharing")),
    *(
        ("about-size", "quantity", "personal_data"),
        ("about-cost", "form", "amount"),
        ("about-next", "treatment", "note"),
    ),
)


def render(view: Survey, tool: str) -> bytes:
    """Make the workbook. Every text is written as text; a formula is never made."""
    stream = io.BytesIO()
    writer = _Writer(stream, view, tool)
    writer.cover()
    writer.systems()
    writer.links()
    writer.questions()
    writer.lists()
    writer.keys(form.SHEET, view.keys)
    writer.before()
    writer.book.close()
    return stream.getvalue()


class _Writer(Fillable):
    """Writes the sheets of one survey."""

    def __init__(self, stream: io.BytesIO, view: Survey, tool: str) -> None:
        super().__init__(stream, "survey", view.title, view.subtitle, view.mark, view.lang, tool)
        self.view = view
        band = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D6E0F0", "border": 1}
        self.band = self.book.add_format({**band, "border_color": "#BFBFBF"})
        used = {one.list for columns in form.COLUMNS.values() for one in columns} | {one.list for one in view.questions}
        self.used = {id: words for id, words in view.lists.items() if id in used and words}
        self.sources = {
            id: f"={range_of(self.say('sheet-lists'), 1, column, len(words), column)}"
            for column, (id, words) in enumerate(self.used.items())
        }

    def cover(self) -> None:
        """Write whose the form is, until when, who fills it in, and how."""
        sheet = self.sheet("sheet-cover", COVER)
        sheet.set_portrait()
        sheet.write_string(0, 0, self.view.title, self.title)
        sheet.set_row(0, 26)
        sheet.merge_range(1, 0, 1, 1, cell_text(self.view.subtitle), self.wrapped)
        sheet.set_row(1, row_height((self.view.subtitle,), (sum(COVER),)))
        row = 2
        if self.page_mark:
            sheet.write_string(row, 0, self.page_mark, self.warning)
            row += 1
        for title, words in self.view.facts:
            sheet.write_string(row + 1, 0, title, self.label)
            sheet.write_string(row + 1, 1, cell_text(words), self.plain)
            row += 1
        row += 2
        for key in form.HEAD:
            sheet.write_string(row, 0, self.say(key), self.label)
            sheet.write_blank(row, 1, None, self.left_day() if key == "date" else self.open)
            row += 1
        row = self.colours(sheet, row + 1)
        sheet.write_string(row + 1, 0, self.say("how"), self.label)
        self.numbered(sheet, row + 2)
        sheet.protect("", {**UNLOCKED, "insert_rows": False})
        sheet.activate()

    def left_day(self) -> Any:
        day: Mapping[str, Any] = {**CELL, "num_format": "dd/mm/yyyy", "align": "left"}
        return self.book.add_format({**day, "bg_color": OPEN, "locked": False})

    def colours(self, sheet: Worksheet, row: int) -> int:
        """Say what the colours of cells mean."""
        colours = (("yellow", "yellow-means", self.open), ("white", "white-means", self.known))
        for key, means, shown in (*colours, ("grey", "grey-means", self.fixed)):
            sheet.write_string(row, 0, self.say(key), shown)
            sheet.write_string(row, 1, self.say(means), self.wrapped)
            row += 1
        return row

    def numbered(self, sheet: Worksheet, row: int) -> None:
        for number, words in enumerate(self.guide("survey-guide"), start=1):
            words = f"{number}. {words}"
            sheet.merge_range(row, 0, row, 1, words, self.wrapped)
            sheet.set_row(row, row_height((words,), (sum(COVER),)))
            row += 1

    def begin(self, key: str, columns: Sequence[form.Asked]) -> Worksheet:
        """Add the sheet of a table with its title and headings; its column of keys is hidden."""
        table = form.TABLES[key]
        sheet = self.sheet(table.sheet, (one.width for one in columns))
        sheet.set_paper(A3)
        sheet.write_string(0, 0, self.say(table.title), self.title)
        sheet.set_row(0, 24)
        sheet.write_string(1, 0, self.say(table.hint), self.plain)
        self.heads(sheet, TOP, (one.key for one in columns))
        last = len(columns) - 1
        sheet.set_column(last, last, columns[-1].width, None, {"hidden": True})
        sheet.repeat_rows(TOP)
        sheet.protect("", UNLOCKED)
        self.mark(table.mark, self.say(table.sheet), TOP, last)
        return sheet

    def row(
        self, sheet: Worksheet, row: int, number: int, line: Line, columns: Sequence[form.Asked], lock: bool
    ) -> None:
        """Write a row that is known: cells of which something is said may be mended unless they are locked."""
        widths = [one.width for one in columns]
        sheet.set_row(row, max(18, row_height(("", *map(str, line.cells)), widths)))
        self.write(sheet, row, 0, str(number), True)
        for column, (one, value) in enumerate(zip(columns[1:-1], line.cells, strict=True), start=1):
            locked = lock or (value == "" and one.key in line.unasked) or (value != "" and one.key in form.SETTLED)
            if value == "" and one.list in ("day", "number") and not locked:
                sheet.write_blank(row, column, None, self.day if one.list == "day" else self.number)
            else:
                self.write(sheet, row, column, value, locked, keep=True)
        self.write(sheet, row, len(columns) - 1, line.key, True)

    def fill(
        self, sheet: Worksheet, key: str, lines: Sequence[Line], columns: Sequence[form.Asked], lock: bool
    ) -> None:
        """Write the rows that are known, then rows to write in, and let what has a list be chosen from it."""
        empty = Line("", ("",) * (len(columns) - 2))
        row = TOP
        for line in lines:
            row += 1
            self.row(sheet, row, row - TOP, line, columns, lock)
        first = row + 1 if lock else TOP + 1
        for _ in range(BLANK[key]):
            row += 1
            self.row(sheet, row, row - TOP, empty, columns, False)
        for column, one in enumerate(columns):
            rule = self.rule(one)
            if rule:
                self.choice(sheet, (column, first, row), rule, self.say(one.key), self.hint(one.key))
        sheet.print_area(0, 0, row, len(columns) - 2)

    def rule(self, one: form.Asked) -> dict[str, Any]:
        if one.list in self.sources:
            return {"validate": "list", "source": self.sources[one.list]}
        return {"validate": "any"} if one.key in form.HINTED else {}

    def hint(self, key: str) -> str:
        return text(f"survey-hint.{key}", self.lang) if key in form.HINTED else ""

    def systems(self) -> None:
        """Write what the body owns or runs."""
        sheet = self.begin("systems", form.SYSTEMS)
        places = [one.key for one in form.SYSTEMS]
        for key, first, last in BANDS:
            sheet.merge_range(TOP - 1, places.index(first), TOP - 1, places.index(last), self.say(key), self.band)
        self.fill(sheet, "systems", self.view.systems, form.SYSTEMS, False)
        sheet.freeze_panes(TOP + 1, 2)

    def links(self) -> None:
        """Write which of its things are connected with which."""
        sheet = self.begin("links", form.LINKS)
        self.fill(sheet, "links", self.view.links, form.LINKS, True)
        sheet.freeze_panes(TOP + 1, 2)

    def questions(self) -> None:
        """Write what nobody knows yet and the body is asked."""
        sheet = self.begin("questions", form.QUESTIONS)
        if not self.view.questions:
            sheet.write_string(TOP + 1, 1, self.say("no-questions"), self.plain)
        answer = [one.key for one in form.QUESTIONS].index("answer")
        for row, one in enumerate(self.view.questions, start=TOP + 1):
            told: tuple[Value, ...] = (str(row - TOP), one.about, one.field, one.why, one.due or "")
            sheet.set_row(row, max(30, row_height(map(str, told), (asked.width for asked in form.QUESTIONS))))
            for column, value in enumerate(told):
                self.write(sheet, row, column, value, True)
            self.write(sheet, row, answer, "", False)
            self.write(sheet, row, answer + 1, one.key, True)
            if one.list in self.sources:
                rule = {"validate": "list", "source": self.sources[one.list]}
                self.choice(sheet, (answer, row, row), rule, self.say("answer"))
        sheet.freeze_panes(TOP + 1, 0)

    def lists(self) -> None:
        """Write the lists to choose from."""
        sheet = self.sheet("sheet-lists", (max(LIST, *map(len, words.values())) for words in self.used.values()))
        asking = {one.list: one.key for columns in reversed(form.COLUMNS.values()) for one in reversed(columns)}
        self.heads(sheet, 0, (asking.get(id, "answer") for id in self.used), 24)
        for column, words in enumerate(self.used.values()):
            for row, word in enumerate(words.values(), start=1):
                sheet.write_string(row, column, cell_text(word), self.plain)
        sheet.freeze_panes(1, 0)
        sheet.protect("")

    def before(self) -> None:
        """Write, hidden, what each cell says as the form goes out: what came back otherwise was meant."""
        sheet = self.book.add_worksheet(form.BEFORE)
        plain = self.book.add_format({"bg_color": PAPER})
        keys = [one.key for one in form.SYSTEMS if one.key != "number"]
        rows: list[tuple[Value, ...]] = [tuple(keys), *((*line.cells, line.key) for line in self.view.systems)]
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                self.put(sheet, row, column, value, plain)
        self.mark(form.BEFORE_TABLE, form.BEFORE, 0, len(keys) - 1)
        sheet.very_hidden()
        sheet.protect("")

    def put(self, sheet: Worksheet, row: int, column: int, value: Value, plain: Any) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, cell_text(value), plain)
        else:
            self.write(sheet, row, column, value, False, keep=True)
