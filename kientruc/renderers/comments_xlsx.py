"""Comments as a workbook, in seven columns: the table that goes with the papers, with what is still open beside it."""

from __future__ import annotations

import io

from kientruc.messages import text
from kientruc.renderers.sheets import PAPER, cell_text, formats, new_book, row_height, set_page
from kientruc.views.comments import CommentLine, Comments

WIDTHS = {"number": 6, "group": 24, "sender": 22, "letter": 18, "comment": 46, "handling": 40, "changed": 24}
BESIDE = {"lacks": 30, "id": 24, "at": 30}


def render(view: Comments, tool: str) -> bytes:
    """Make the workbook. Every text is written as text; a formula is never made."""
    stream = io.BytesIO()
    book = new_book(stream, view.title, view.title, tool)
    forms = formats(book)
    note = book.add_format({"quote_prefix": True, "bg_color": PAPER})
    sheet = book.add_worksheet(text("comments.sheet", view.lang))
    set_page(sheet, (view.title, view.mark, ""), tool)
    columns = {**WIDTHS, **BESIDE}
    for column, width in enumerate(columns.values()):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, cell_text(view.title), forms["title"])
    row = 1
    for round in view.rounds:
        counts = "; ".join(f"{words}: {count}" for words, count in round.counts)
        sheet.write_string(row, 0, cell_text(f"{round.name}. {counts}."), note)
        row += 1
    top = row
    sheet.set_row(top, 32)
    for column, key in enumerate(columns):
        sheet.write_string(top, column, text(f"column.{key}", view.lang), forms["head"])
    for line in view.lines:
        row += 1
        cells = _cells(line)
        sheet.set_row(row, row_height(cells[: len(WIDTHS)], WIDTHS.values()))
        sheet.write_number(row, 0, line.number, forms["number"])
        for column, words in enumerate(cells[1:], start=1):
            sheet.write_string(row, column, cell_text(words), forms["cell"])
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, row, len(columns) - 1)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, row, len(WIDTHS) - 1)
    book.close()
    return stream.getvalue()


def _cells(line: CommentLine) -> tuple[str, ...]:
    shown = (line.group, line.body, line.letter, line.text, line.handling, line.changed)
    return ("", *shown, "; ".join(line.lacks), line.id, line.at)
