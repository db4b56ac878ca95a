"""How a text flows: where its sign of the end stands, which cell begins where, which parts share a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from kientruc.renderers.document.parts import Part, Sheet
from kientruc.renderers.document.profile import Profile
from kientruc.views.document import Article, Block, Cell, Clause, Dash, Paragraph, Point, Run, Table, plain


def ended(blocks: tuple[Block, ...], profile: Profile) -> Iterator[Block]:
    """Put the sign of the end behind the last words of the body."""
    last = max((i for i, one in enumerate(blocks) if _ends(one)), default=-1)
    for index, block in enumerate(blocks):
        if index == last and isinstance(block, Paragraph | Article | Clause | Point | Dash):
            *before, final = (part for part in block.text if isinstance(part, Run))
            closed = replace(final, text=final.text.rstrip().rstrip(".;,") + profile.strings.end)
            yield replace(block, text=(*before, closed))
        else:
            yield block


def _ends(block: Block) -> bool:
    words_of = isinstance(block, Paragraph | Article | Clause | Point | Dash) and plain(block.text)
    return bool(words_of) and not (isinstance(block, Paragraph) and block.style != "body")


def filled(table: Table) -> Iterator[tuple[tuple[int, Cell], ...]]:
    """Give each cell the column it begins in; places that a cell above covers are stepped over."""
    covered = [0] * len(table.columns)
    for row in table.rows:
        at, placed = 0, []
        for cell in row:
            while at < len(covered) and covered[at]:
                at += 1
            placed.append((at, cell))
            for column in range(at, min(at + cell.columns, len(covered))):
                covered[column] = cell.rows
            at += cell.columns
        covered = [max(0, rows - 1) for rows in covered]
        yield tuple(placed)


def sheets_of(parts: Iterable[tuple[bool, Part]]) -> Iterator[Sheet]:
    """Gather neighbours that lie the same way; the first sheet begins the count of pages."""
    for index, (across, group) in enumerate(groupby(parts, key=itemgetter(0))):
        yield Sheet(tuple(part for _, part in group), across, index == 0)
