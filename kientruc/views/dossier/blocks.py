"""Parts that several papers are made of: texts with references in them, rows, columns, lists of dashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kientruc.frameworks.forms import Heading as Asked
from kientruc.views.document import Block, Cell, Column, Dash, Paragraph, Ref, Row, Run, Table, plain, says
from kientruc.views.document.tree import Inline
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.words import number_words

ColumnKey = tuple[str, float] | tuple[str, float, str]
TEXT = "kien-truc"  # the section of texts from which the architecture's own paper is written

NONE = "–"
CENTRED = frozenset(("number", "code", "gap_code", "task_code", "since", "period", "due", "priority"))


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
    """Make a row of plain cells; each begins with a capital."""
    return tuple(Cell(says(capital(one))) for one in words)


def capital(words: str) -> str:
    """Begin with a capital, but for names that are written as eKYC is."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def filled(columns: Sequence[ColumnKey], rows: Sequence[Row]) -> tuple[list[ColumnKey], list[Row]]:
    """Leave out the columns, but the first, in which no row tells anything."""
    if any(cell.columns > 1 or cell.rows > 1 for row in rows for cell in row):
        return list(columns), list(rows)
    told = [at for at in range(len(columns)) if not at or any(plain(row[at].text) != NONE for row in rows)]
    return [columns[at] for at in told], [tuple(row[at] for at in told) for row in rows]


def columns(dossier: Dossier, *columns: ColumnKey) -> tuple[Column, ...]:
    """Make columns by the keys of their titles, their widths, and if need be how they are aligned."""
    made = []
    for key, width, *align in columns:
        side = align[0] if align else "centre" if key in CENTRED else "left"
        title = key if key.isdecimal() else dossier.say("columns", key)  # a year is its own title
        made.append(Column(title, width, side))  # type: ignore[arg-type]
    return tuple(made)


def listed(words: Sequence[str]) -> Iterator[Dash]:
    """List things, each with a capital: a semicolon after each, a full stop after the last."""
    for index, one in enumerate(words, 1):
        yield Dash(says(capital(one.rstrip(".;, ")) + ("." if index == len(words) else ";")))


@dataclass(frozen=True, slots=True)
class Place:
    """A heading of an outline that is being written: its id, what it asks for, and its level (0 for an annex)."""

    dossier: Dossier
    id: str
    asked: Asked
    level: int

    def say(self, key: str, **values: str) -> str:
        """Fill a text of the architecture's own paper."""
        return self.dossier.say(TEXT, key, **values)

    def paragraph(self, key: str, **values: str) -> Paragraph:
        """Make a paragraph of such a text."""
        return Paragraph(says(self.say(key, **values)))

    def table(
        self,
        key: str,
        columns_of: Sequence[ColumnKey],
        rows: Sequence[Row],
        across: bool = False,
        **values: str,
    ) -> Iterator[Block]:
        """Make a sentence that tells of a table (text `key`), and the table (caption `key_caption`), if it has rows."""
        if not rows:
            return
        columns_of, rows = filled(columns_of, rows)
        id = f"bang-{self.id}-{key}"
        count = number_words(len(rows), VI)
        yield Paragraph(with_refs(self.dossier, TEXT, key, table=Ref(id), count=count, **values))
        caption = self.say(f"{key}_caption", **values)
        wide = across and self.level > 0  # an annex lies across anyhow
        yield Table(columns(self.dossier, *columns_of), tuple(rows), id, caption, landscape=wide)


def numbered_rows(rows: Iterable[tuple[str, ...]]) -> list[Row]:
    """Put a number before each row."""
    return [row(str(number), *words) for number, words in enumerate(rows, 1)]
