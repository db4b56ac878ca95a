"""A picture too full for one page, in parts: bands that go together, a band too full for a part in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kientruc.views.picture import Band, Group


def size(bands: Iterable[Band]) -> int:
    """Count the blocks."""
    return sum(len(group.blocks) for band in bands for group in band.groups)


def packed(bands: Sequence[Band], most: int) -> Iterator[tuple[Band, ...]]:
    """Put neighbours together while they hold no more than so many blocks; bands without a block are left out.

    Yields:
        Every block exactly once, in order.
    """
    together: tuple[Band, ...] = ()
    for piece in (piece for band in bands if size((band,)) for piece in pieces(band, most)):
        if together and size((*together, piece)) > most:
            yield together
            together = ()
        together = (*together, piece)
    if together:
        yield together


def pieces(band: Band, most: int) -> tuple[Band, ...]:
    """Cut a band into pieces of about the same size, each with its number behind its name; one that is small stays."""
    count = -(-size((band,)) // most)
    if count <= 1:
        return (band,)
    if band.aligned:
        return _numbered(band, [_slice(band, at, count) for at in range(count)])
    each = -(-size((band,)) // count)
    places = [(group, block) for group in band.groups for block in group.blocks]
    found = []
    for start in range(0, len(places), each):
        part = places[start : start + each]
        groups: list[Group] = []
        for group, block in part:
            if groups and groups[-1].id == group.id:
                groups[-1] = replace(groups[-1], blocks=(*groups[-1].blocks, block))
            else:
                groups.append(replace(group, blocks=(block,)))
        found.append(tuple(groups))
    return _numbered(band, found)


def _slice(band: Band, at: int, count: int) -> tuple[Group, ...]:
    """Give every column of a table its share of one piece, so that none is on a page without the other."""
    sized = ((group, -(-len(group.blocks) // count)) for group in band.groups)
    return tuple(replace(group, blocks=group.blocks[at * each : (at + 1) * each]) for group, each in sized)


def _numbered(band: Band, found: Sequence[tuple[Group, ...]]) -> tuple[Band, ...]:
    total = len(found)
    return tuple(
        replace(band, label=f"{band.label} ({number}/{total})", groups=groups) for number, groups in enumerate(found, 1)
    )


def halves(bands: tuple[Band, ...]) -> tuple[tuple[Band, ...], ...]:
    """Cut a part in two: between bands, or a single band in the middle."""
    if len(bands) > 1:
        middle = len(bands) // 2
        return bands[:middle], bands[middle:]
    return tuple((piece,) for piece in pieces(bands[0], -(-size(bands) // 2)))
