"""A difference as a workbook: a sheet of changes to filter, one of causes, one of what did not change."""

from __future__ import annotations

import io
from collections.abc import Iterable

from kientruc.messages import text
from kientruc.renderers.sheets import cell_text, formats, new_book, row_height, set_page
from kientruc.views.difference import DifferenceView
from kientruc.views.difference_causes import CauseLine

Row = tuple[str | int, ...]
CHANGES = {
    **{"number": 8, "part": 20, "subject": 26, "what": 10, "field": 22},
    **{"before": 44, "after": 44, "nature": 14, "cause": 36},
}
FOR_PROGRAMS = {"id": 18, "path": 22}  # behind what is read, folded away and not printed
CAUSES = {"number": 8, "cause": 40, "asked": 60, "answered": 60, "verdict": 20, "owed": 30, "lines": 18}
CLAIMS = {"cause": 40, "place": 40, "asked": 60, "answered": 60}
FACTS = {"what": 40, "count": 90}


def render(view: DifferenceView, tool: str) -> bytes:
    """Make the workbook. Every text is written as text; a formula is never made."""
    stream = io.BytesIO()
    book = new_book(stream, text("difference.kicker", view.lang), view.title, tool)
    forms = formats(book)

    def table(key: str, columns: dict[str, int], rows: Iterable[Row], first: int = 0) -> None:
        name = text(f"sheet.{key}", view.lang)
        sheet = book.add_worksheet(name)
        set_page(sheet, (view.title, view.mark, name), "")
        for column, width in enumerate(columns.values()):
            sheet.set_column(column, column, width)
        if first:
            sheet.write_string(
                0, 0, cell_text(text("difference.title", view.lang, title=view.title)), forms["subtitle"]
            )
        for column, head in enumerate(columns):
            sheet.write_string(first, column, text(f"difference.{head}", view.lang), forms["head"])
        last = first
        for last, row in enumerate(rows, start=first + 1):
            sheet.set_row(last, row_height(row, columns.values()))
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(last, column, cell, forms["number"])
                elif cell:
                    sheet.write_string(last, column, cell_text(cell), forms["cell"])
                else:
                    sheet.write_blank(last, column, None, forms["cell"])
        sheet.freeze_panes(first + 1, 0)
        sheet.repeat_rows(first)
        if not first:
            sheet.autofilter(0, 0, last, len(columns) - 1)

    table("changes", {**CHANGES, **FOR_PROGRAMS}, _changes(view))
    sheet = book.get_worksheet_by_name(text("sheet.changes", view.lang))
    sheet.set_column(len(CHANGES), len(CHANGES) + len(FOR_PROGRAMS) - 1, 18, None, {"level": 1, "hidden": True})
    table(
        "causes",
        CAUSES,
        map(_cause, view.causes),
    )
    table("claims", CLAIMS, ((one.words, one.place, one.asked, one.answered) for one in view.claims))
    table("facts", FACTS, _facts(view), first=1)
    book.close()
    return stream.getvalue()


def _changes(view: DifferenceView) -> Iterable[Row]:
    for group in view.groups:
        for line in group.lines:
            causes = "\n".join(cause.numbered for cause in line.causes)
            about = (line.number, group.title, line.subject, line.what_words, line.field, line.before, line.after)
            yield (*about, line.nature_words, causes or line.no_cause, ", ".join(line.ids), line.path)


def _cause(one: CauseLine) -> Row:
    return one.number, one.words, one.asked, one.answered, one.verdict, one.owed, ", ".join(map(str, one.runs))


def _facts(view: DifferenceView) -> Iterable[Row]:
    yield text("difference.old", view.lang), view.old
    yield text("difference.new", view.lang), view.new
    yield from ((words, number) for words, number in view.counts)
    for one in (*view.account.money, *view.account.dates):
        yield one.words, f"{one.before} → {one.after}"
    yield from ((text("difference.remark", view.lang), words) for words in (*view.filters, *view.remarks))
