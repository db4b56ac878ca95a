"""How wide the columns of a table are, by what stands in them, and which rows are too high to be kept whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from math import ceil

from kientruc.renderers.document.measures import MM, line_width
from kientruc.views.document import Cell, Run, Table, plain

BESIDE = 4.4  # millimetres beside the words of a cell
WIDEST = 0.4  # of the table, which a column gets for a single long word
ROOM = 1.6  # millimetres above and below the words of a row
TORN = 0.5  # of the height of a page, beyond which a row may be torn by the end of it
SAMPLE = 30  # rows by which the widths of a long table are chosen
MOVES = (12.0, 5.0, 2.0)  # millimetres that go from one column to another at a time
STEPS = 40  # halvings until the widths fill the room
Placed = tuple[tuple[int, Cell], ...]  # the cells of a row, each with the column it begins in


@dataclass(slots=True)
class _Need:
    """What a column needs, in millimetres: for its longest word, for its longest line, and for most of its cells."""

    word: float
    line: float
    squares: float = 0.0

    def take(self, text: str, size: float, bold: bool) -> None:
        """Count one cell in."""
        word, line = _lengths(text, size, bold)
        self.word, self.line = max(self.word, word), max(self.line, line)
        self.squares += line * line


def widths(table: Table, rows: Sequence[Placed], room: float, head: float, size: float) -> tuple[float, ...]:
    """Share out the room so that the cells of a row end together: wide where there is much to read.

    No column is narrower than its longest word, none wider than its longest line while another has use for it.

    Args:
        room: millimetres.
        head, size: of the print of the heading and of the cells, in points.
    """
    needs = [_Need(*(one + BESIDE for one in (_lengths(column.title, head, True)[0],) * 2)) for column in table.columns]
    for at, cell in (pair for row in rows for pair in row if pair[1].columns == 1):
        needs[at].take(plain(cell.text), size, _bold(cell))
    least = [min(one.word + BESIDE, room * WIDEST) for one in needs]
    most = [max(one.line + BESIDE, low) for one, low in zip(needs, least, strict=True)]
    loads = [max((one.squares / max(len(rows), 1)) ** 0.5, 1.0) for one in needs]

    def given(part: float) -> list[float]:
        return [min(max(load * part, low), high) for load, low, high in zip(loads, least, most, strict=True)]

    low, high = 0.0, max(top / load for top, load in zip(most, loads, strict=True))
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(given(middle)) < room else (low, middle)
    found = given(low)
    spare = max(0.0, room - sum(found)) / sum(column.width for column in table.columns)
    wide = [one + spare * column.width for one, column in zip(found, table.columns, strict=True)]
    wide = _eased(wide, least, _sample(rows), size)
    return tuple(round(one * room / sum(wide), 2) for one in wide)


def _sample(rows: Sequence[Placed]) -> Sequence[Placed]:
    """Give some rows from all over a table."""
    return rows[:: max(1, len(rows) // SAMPLE)]


def _eased(wide: list[float], least: Sequence[float], rows: Sequence[Placed], size: float) -> list[float]:
    """Move width from column to column as long as the rows grow lower by it."""
    heights = [_heights(at, one, rows, size) for at, one in enumerate(wide)]
    best = _total(heights)
    for step in MOVES:
        for giver, taker in permutations(range(len(wide)), 2):
            while wide[giver] - step >= least[giver]:
                tried = list(heights)
                tried[giver] = _heights(giver, wide[giver] - step, rows, size)
                tried[taker] = _heights(taker, wide[taker] + step, rows, size)
                total = _total(tried)
                if total >= best:
                    break
                best, heights = total, tried
                wide[giver] -= step
                wide[taker] += step
    return wide


def _total(heights: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Give how many lines the rows have, and, where that is the same, all cells."""
    return sum(map(max, zip(*heights, strict=True))), sum(map(sum, heights))


def _heights(at: int, wide: float, rows: Sequence[Placed], size: float) -> list[int]:
    """Give how many lines a column has in each row."""
    return [
        max((_lines(cell, wide, size) for place, cell in row if place == at and _plain(cell)), default=1)
        for row in rows
    ]


def _plain(cell: Cell) -> bool:
    return cell.rows == cell.columns == 1


def torn(row: Placed, wide: Sequence[float], size: float, page: float) -> bool:
    """Tell whether a row is so high that the end of a page (its height in millimetres) may tear it."""
    lines = max(
        (_lines(cell, sum(wide[at : at + cell.columns]), size) for at, cell in row if cell.rows == 1), default=1
    )
    return lines * size * 1.15 / MM > page * TORN


def height(rows: Sequence[Placed], wide: Sequence[float], size: float) -> float:
    """Give how high rows are together, in millimetres."""
    lines = sum(
        max((_lines(cell, sum(wide[at : at + cell.columns]), size) for at, cell in row if cell.rows == 1), default=1)
        for row in rows
    )
    return (lines * size * 1.15 / MM) + ROOM * len(rows)


def _lines(cell: Cell, wide: float, size: float) -> int:
    word, whole = _lengths(plain(cell.text), size, _bold(cell))
    room = max(wide - BESIDE, 1.0)
    return (
        1 if whole <= room else ceil(whole / max(room - word / 3, room / 2))
    )  # a line ends where a word would not fit


def _bold(cell: Cell) -> bool:
    return any(run.bold for run in _runs(cell.text))


def _runs(text: Iterable[object]) -> Iterable[Run]:
    return (part for part in text if isinstance(part, Run))


@lru_cache(maxsize=16384)
def _lengths(text: str, size: float, bold: bool) -> tuple[float, float]:
    """Give the length of the longest word and of the whole."""
    return max((line_width(word, size, bold) for word in text.split()), default=0.0), line_width(text, size, bold)
