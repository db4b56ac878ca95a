"""Tables that are searched, filtered and printed: columns, rows, and what each cell means; no syntax."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kientruc.messages import text

MOST_COLUMNS = 400  # of a matrix; a wider one is told as a list of its cells, which anybody can still filter
TURNED_FROM = 60  # columns: where the rows are fewer, rows and columns change places so that it fits on paper
NAMED = 8  # of what lacks something, named above a table; the rows themselves are all there


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: words, what they mean (`pass`, `fail`, `writes`, `lacking`, `sum`, ...), the number where it is one."""

    words: str = ""
    sort: str = ""
    value: int | None = None


NONE = Entry()


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above a column, and how wide it is, in letters."""

    words: str
    width: int = 20
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. `heads` columns on the left name the row; the titles of the others stand upright if `upright`."""

    key: str
    name: str
    remarks: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry, ...], ...]
    heads: int = 1
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Grids:
    """Several tables of one architecture, with what stands above them all."""

    lang: str
    kicker: str
    title: str
    mark: str  # what every page says: made-up data, for whom it is
    facts: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What a row or a column of a matrix is about; `code` is what readers know it by, by default its id."""

    id: str
    name: str
    code: str | None = None

    @property
    def words(self) -> str:
        """The code and the name; the code first, so that it is still seen where there is little room."""
        code = self.id if self.code is None else self.code
        return " · ".join(dict.fromkeys(filter(None, (code, self.name)))) or self.id


Marks = Mapping[tuple[str, str], Entry]


def matrix(
    key: str,
    rows: Sequence[Head],
    columns: Sequence[Head],
    marks: Marks,
    lang: str,
    lacking: Collection[str] = (),
    remarks: Sequence[str] = (),
) -> Grid:
    """Make a matrix: the rows that lack something first, and only the columns that hold a mark.

    Args:
        marks: by the ids of row and column.
        lacking: ids of rows, told above the matrix and in a column of their own.
        remarks: what else is told above it.
    """
    used = {column for _, column in marks}
    across = [head for head in columns if head.id in used]
    down = sorted(rows, key=lambda head: head.id not in lacking)
    title = text(f"matrix.{key}", lang)
    told = (*_told(key, [head for head in down if head.id in lacking], lang), *remarks)
    if min(len(across), len(down)) > MOST_COLUMNS:
        return _listed(key, title, down, across, marks, lang, told)
    lacks = Entry(text(f"lacking.{key}", lang) if lacking else "", "lacking")
    if len(across) > TURNED_FROM and len(down) < len(across):
        turned = {(column, row): mark for (row, column), mark in marks.items()}
        turned |= {("", id): lacks for id in lacking}
        return _crossed(key, title, [*([Head("", lacks.words)] if lacking else ()), *across], down, turned, told, lang)
    marks = {**marks, **{(id, ""): lacks for id in lacking}}
    return _crossed(key, title, down, [*([Head("", lacks.words)] if lacking else ()), *across], marks, told, lang)


def _told(key: str, lacking: Sequence[Head], lang: str) -> tuple[str, ...]:
    if not lacking:
        return ()
    names = "; ".join(head.name or head.id for head in lacking[:NAMED]) + ("; …" if len(lacking) > NAMED else "")
    return (text(f"lack.{key}", lang, count=len(lacking), names=names),)


def _crossed(
    key: str, title: str, down: Sequence[Head], across: Sequence[Head], marks: Marks, told: tuple[str, ...], lang: str
) -> Grid:
    heads = (Column(text("matrix.name", lang), 34), Column(text("matrix.id", lang), 20))
    lines = ((Entry(row.name), Entry(row.id), *(marks.get((row.id, one.id), NONE) for one in across)) for row in down)
    uprights = (Column(head.words, 7, "lacking" if not head.id else "") for head in across)
    return Grid(key, title, told, (*heads, *uprights), tuple(lines), 2, upright=True)


def _listed(
    key: str, title: str, down: Sequence[Head], across: Sequence[Head], marks: Marks, lang: str, told: tuple[str, ...]
) -> Grid:
    """Tell a matrix that is too wide for a sheet as one row for each mark."""
    names = {head.id: head for head in across}
    by_row: dict[str, list[tuple[str, Entry]]] = {}
    for (row, column), mark in marks.items():
        by_row.setdefault(row, []).append((column, mark))
    order = {head.id: at for at, head in enumerate(across)}
    rows = [
        (Entry(head.name), Entry(head.id), Entry(names[column].name), Entry(column), mark)
        for head in down
        for column, mark in sorted(by_row.get(head.id, ()), key=lambda pair: order[pair[0]])
    ]
    keys = (("name", 34), ("id", 20), ("name", 34), ("id", 20), ("cell", 20))
    columns = tuple(Column(text(f"matrix.{one}", lang), width) for one, width in keys)
    return Grid(key, title, (*told, text("matrix.listed", lang, count=MOST_COLUMNS)), columns, tuple(rows), 2)
