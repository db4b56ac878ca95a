"""Answers in tables as text for a terminal, as Markdown, and as canonical JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kientruc.canonical import canonical
from kientruc.messages import text
from kientruc.renderers.escapes import log_line, markdown, one_line
from kientruc.views.table import Answered, Table

FORMATS = ("text", "json", "md")


def render(view: Answered, format: str, lang: str, more: Mapping[str, Any] | None = None) -> str:
    """Spell an answer in one of `FORMATS`; `more` goes into JSON beside the tables."""
    if format == "json":
        return canonical({**_data(view), **(more or {})}).decode() + "\n"
    lines = _markdown(view, lang) if format == "md" else _text(view, lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def below(view: Answered, format: str, lang: str) -> str:
    """Spell the tables alone, to stand below something else."""
    bare = replace(view, title="", remarks=())
    lines = _grids(bare, lang) if format == "md" else _lists(bare, lang)
    return "".join(f"{line}\n" for line in lines)


def _text(view: Answered, lang: str) -> Iterator[str]:
    yield log_line(view.title)
    yield from map(log_line, view.remarks)
    yield from _lists(view, lang)


def _lists(view: Answered, lang: str) -> Iterator[str]:
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
    yield from _grids(view, lang)


def _grids(view: Answered, lang: str) -> Iterator[str]:
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
    access = {"access": view.access} if view.access else {}
    return {"question": view.question, "subjects": list(view.subjects), "title": view.title, **access, **tables}
