"""What every way of placing a network needs: where things stand, and how parts are packed on a sheet. Unit: em."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kientruc.renderers.graph_layout import Area, Point, Size
from kientruc.renderers.network_texts import SizedNetwork

PART_GAP = 1.6  # between two parts of a picture
Fit = Callable[[Size], float]  # the font at which something of this size fits, 0.0 for none


@dataclass(frozen=True, slots=True)
class Placed:
    """A network in its places; `frames` and `plates` are None where there is nothing to draw."""

    network: SizedNetwork
    size: Size
    boxes: tuple[Area, ...]
    frames: tuple[Area | None, ...]
    lines: tuple[tuple[Point, ...], ...]
    labels: tuple[Point | None, ...]


def tops(network: SizedNetwork) -> dict[str, str]:
    """For each frame the outermost one around it."""
    parent = {one.cluster.id: one.cluster.parent for one in network.frames}
    found = {}
    for id in parent:
        top = id
        for _ in parent:
            top = parent[top] if parent[top] in parent else top
        found[id] = top
    return found


def packed(sizes: list[Size], shape: float, gap: float = PART_GAP) -> tuple[list[Point], Size]:
    """Where rectangles go on shelves, so that their whole is most like the sheet; each shelf is centred."""
    ways = [
        _shelves(sizes, room, gap)
        for room in sorted({sum(s.width for s in sizes[:n]) for n in range(1, len(sizes) + 1)})
    ]
    if not ways:
        return [], Size(0.0, 0.0)
    return min(ways, key=lambda way: max(way[1].width / shape, way[1].height))


def _shelves(sizes: list[Size], room: float, gap: float) -> tuple[list[Point], Size]:
    shelves: list[list[int]] = []
    used = 0.0
    for number in sorted(range(len(sizes)), key=lambda n: (-sizes[n].height, n)):
        if not shelves or used + sizes[number].width > room + 1e-6:
            shelves.append([])
            used = 0.0
        shelves[-1].append(number)
        used += sizes[number].width
    widths = [sum(sizes[n].width for n in shelf) + gap * (len(shelf) - 1) for shelf in shelves]
    whole, y = max(widths, default=0.0), 0.0
    spots: dict[int, Point] = {}
    for shelf, wide in zip(shelves, widths, strict=True):
        x, high = (whole - wide) / 2, max(sizes[n].height for n in shelf)
        for n in shelf:
            spots[n] = x, y + (high - sizes[n].height) / 2
            x += sizes[n].width + gap
        y += high + gap
    return [spots[n] for n in range(len(sizes))], Size(whole, max(0.0, y - gap))
