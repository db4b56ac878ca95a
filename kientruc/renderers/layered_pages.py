"""A layered picture on as many pages as it needs to be read: whole where it can be, else bands that go together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kientruc.renderers.layered_scene import scene
from kientruc.renderers.layered_sheet import PictureTooFull, is_readable
from kientruc.renderers.scene import Paper, Scene
from kientruc.views.parted import halves, packed
from kientruc.views.picture import Band, LayeredPicture

MOST_BLOCKS = 210  # more never fit one page in letters that can be read
MOST_IN_PART = 48  # blocks of a part, to begin with
Named = Callable[[tuple[Band, ...]], str]


def pages(picture: LayeredPicture, paper: Paper, named: Named | None = None) -> tuple[Scene, ...]:
    """Draw a picture on one page, or on several.

    Args:
        named: gives the title of a page from the bands on it; by default pages are numbered.
    Raises:
        PictureTooFull: one block alone cannot be read on this paper.
    """
    if _is_readable(picture, paper):
        return (scene(picture, paper),)
    parts: list[LayeredPicture] = []
    left = list(packed((*picture.rows, *picture.left, *picture.right), MOST_IN_PART))
    while left:
        bands = left.pop(0)
        part = replace(picture, rows=bands, left=(), right=())
        if _is_readable(part, paper):
            parts.append(part)
        elif part.blocks > 1:
            left[:0] = halves(bands)
        else:
            raise PictureTooFull(picture.id, paper.name)
    parts = _joined(parts, paper)
    return tuple(
        scene(
            replace(
                part,
                id=f"{picture.id}-{number}",
                title=named(part.rows) if named else f"{picture.title} ({number}/{len(parts)})",
            ),
            paper,
        )
        for number, part in enumerate(parts, 1)
    )


def _joined(parts: list[LayeredPicture], paper: Paper) -> list[LayeredPicture]:
    """Put neighbours on one page where it can still be read; pieces of one band stay apart."""
    found: list[LayeredPicture] = []
    for part in parts:
        ids = {band.id for band in part.rows}
        if found and ids.isdisjoint(band.id for band in found[-1].rows):
            both = replace(part, rows=(*found[-1].rows, *part.rows))
            if _is_readable(both, paper):
                found[-1] = both
                continue
        found.append(part)
    return found


def _is_readable(picture: LayeredPicture, paper: Paper) -> bool:
    return 0 < picture.blocks <= MOST_BLOCKS and is_readable(picture, paper)
