"""Answers in tables as text for a terminal, as Markdown, and as canonical JSON."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.canonical import canonical
from kientruc.messages import text
from kientruc.renderers.escapes import log_line, markdown, one_line
from kientruc.views.table import Answered, Table

FORMATS = ("text", "json", "md")


def render(view: Answered, format: str, lang: str) -> str:
    """Spell an answer in one of `FORMATS`."""
    if format == "json":
        return canonical(_data(view)).decode() + "\n"
    lines = _markdown(view, lang) if format == "md" else _text(view, lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def _text(view: Answered, lang: str) -> Iterator[str]:
    yield log_line(view.title)
    yield from map(log_line, view.remarks)
    for table in view.tables:
        yield ""
        yield f"{text(f'table.{table.key}', lang)} ({len(table.rows)})"
        for row in table.rows:
            first, *rest = (one_line(cell.words) for cell in row)
            yield log_line(f"- {first}")
            for column, words in zip(table.columns[1:], rest, strict=True):
                if words:
                    yield log_line(f"    {text(f'column.{column}', lang)}: {words}")


def _markdown(view: Answered, lang: str) -> Iterator[str]:
    yield f"# {markdown(view.title)}"
    for remark in view.remarks:
        yield from ("", markdown(remark))
    for table in view.tables:
        yield from ("", f"## {text(f'table.{table.key}', lang)} ({len(table.rows)})")
        if table.rows:
            yield ""
            yield from _grid(table, lang)


def _grid(table: Table, lang: str) -> Iterator[str]:
    yield f"| {' | '.join(text(f'column.{column}', lang) for column in table.columns)} |"
    yield "|---" * len(table.columns) + "|"
    for row in table.rows:
        yield f"| {' | '.join(markdown(cell.words) for cell in row)} |"


def _data(view: Answered) -> dict[str, object]:
    tables = {
        table.key: [dict(zip(table.columns, (cell.data for cell in row), strict=True)) for row in table.rows]
        for table in view.tables
    }
    return {"question": view.question, "subjects": list(view.subjects), "title": view.title, **tables}
