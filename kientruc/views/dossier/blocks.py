"""Parts that several papers are made of: texts with references in them, rows, columns, lists of dashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kientruc.views.document import Cell, Column, Dash, Ref, Row, Run, says
from kientruc.views.document.tree import Inline
from kientruc.views.dossier.facts import Dossier

CENTRED = frozenset(("number", "since", "period", "due", "state"))


def with_refs(dossier: Dossier, document: str, key: str, **values: str | Ref) -> Inline:
    """Fill a text in which numbers of figures, tables and annexes stand."""
    marks = {name: f"\0{name}\0" if isinstance(value, Ref) else value for name, value in values.items()}
    parts = dossier.say(document, key, **marks).split("\0")
    found: list[Run | Ref] = []
    for index, part in enumerate(parts):
        value = values.get(part) if index % 2 else None
        found.append(value if isinstance(value, Ref) else Run(part))
    return tuple(found)


def row(*words: str) -> Row:
    """Make a row of plain cells."""
    return tuple(Cell(says(one)) for one in words)


def columns(dossier: Dossier, *columns: tuple[str, float] | tuple[str, float, str]) -> tuple[Column, ...]:
    """Make columns by the keys of their titles, their widths, and if need be how they are aligned."""
    made = []
    for key, width, *align in columns:
        side = align[0] if align else "centre" if key in CENTRED else "left"
        made.append(Column(dossier.say("columns", key), width, side))  # type: ignore[arg-type]
    return tuple(made)


def listed(words: Sequence[str]) -> Iterator[Dash]:
    """List things: a semicolon after each, a full stop after the last."""
    for index, one in enumerate(words, 1):
        yield Dash(says(one.rstrip(".;, ") + ("." if index == len(words) else ";")))


def cut(words: str, most: int) -> str:
    """Shorten what would fill a page, at a space."""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(";,.: ") + " …"
