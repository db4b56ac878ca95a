"""Answers as tables: rows of cells that hold both the words for people and the value for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kientruc.model.values import Json


@dataclass(frozen=True, slots=True)
class Cell:
    """What a reader sees, and what a program gets: an id, a list of ids, a day as ISO 8601, a number, or the words."""

    words: str
    value: Json = None

    @property
    def data(self) -> Json:
        """The value for programs."""
        return self.words if self.value is None else self.value


NOTHING = Cell("")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `columns` are keys, the words above them are `column.KEY` of the catalogues."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a question about an architecture."""

    question: str
    subjects: tuple[str, ...]
    title: str
    remarks: tuple[str, ...]
    tables: tuple[Table, ...]
    access: str = ""  # for whom it is, where not everything is told or something is restricted

    @property
    def count(self) -> int:
        """How many rows there are in all."""
        return sum(len(table.rows) for table in self.tables)


def table(key: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """Make a table of rows that all have as many cells as there are columns."""
    return Table(key, tuple(columns), tuple(tuple(row) for row in rows))
