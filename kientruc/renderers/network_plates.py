"""Where the labels of lines stand: on their own line, on no box, title or other label, on few other lines."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from kientruc.renderers.graph_layout import Area, Point, Size, area, points_on
from kientruc.renderers.network_parts import Placed

CELL = 1.0  # em; how finely is told which lines pass where
MIDDLE = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)  # parts of the way at which a label may stand
START = tuple(part / 100 for part in range(8, 46, 6))  # … of a line whose end many share
END = tuple(1 - part for part in START)
SHARED = 5  # lines at one box
AIR = 0.15  # em between a label and whatever else
RINGS = 60  # steps of a search around the middle of a line, for a label that finds no room on it


def titles(placed: Placed) -> tuple[Area | None, ...]:
    """Where the titles of frames stand: in the middle of their upper edge."""
    return tuple(
        frame and _title(frame, one.title) for frame, one in zip(placed.frames, placed.network.frames, strict=True)
    )


def _title(frame: Area, size: Size) -> Area | None:
    if not size.width:
        return None
    return area(((frame.left + frame.right) / 2, frame.top + 0.35 + size.height / 2), size)


def plates(placed: Placed, limits: Area) -> tuple[Area | None, ...]:
    """The areas of all labels, in the order of the lines; None for a line without one."""
    sizes = [one.plate for one in placed.network.edges]
    ways = [tuple(points_on(line)) for line in placed.lines]
    passing = _passing(ways)
    fixed = [*placed.boxes, *(one for one in titles(placed) if one)]
    frames = [one for one in placed.frames if one]

    kept = {n: area(middle, sizes[n]) for n, middle in enumerate(placed.labels) if middle and sizes[n].width}
    along = _along(placed)
    found: dict[int, Area] = {}

    def free(n: int, place: Area) -> bool:
        """Whether a label may stand there: on the sheet, on nothing else, across no border of a frame."""
        others = (*fixed, *found.values(), *(room for k, room in kept.items() if k > n))
        return (
            limits.holds(place)
            and not any(place.grown(AIR).meets(other) for other in others)
            and not any(place.meets(frame) and not frame.holds(place) for frame in frames)
        )

    for n, size in enumerate(sizes):
        if size.width:
            offers = _offers(size, ways[n], kept.get(n), along[n])
            found[n] = _best(n, filter(partial(free, n), offers), passing) or _anywhere(size, ways[n], partial(free, n))
    return tuple(found.get(n) for n in range(len(sizes)))


def _best(n: int, offers: Iterator[Area], passing: dict[tuple[int, int], set[int]]) -> Area | None:
    """The place with the fewest foreign lines; of those the first."""
    best: tuple[int, Area] | None = None
    for place in offers:
        crossed = len(_lines_in(place, passing) - {n})
        if best is None or crossed < best[0]:
            best = crossed, place
        if not crossed:
            break
    return best[1] if best else None


def _along(placed: Placed) -> tuple[tuple[float, ...], ...]:
    """For each line, where its label stands best: at the end that fewer lines share, if one is shared by many."""
    count = Counter(end for one in placed.network.edges for end in (one.edge.source, one.edge.target))
    return tuple(
        MIDDLE if max(count[one.edge.source], count[one.edge.target]) < SHARED
        else START if count[one.edge.source] <= count[one.edge.target]
        else END
        for one in placed.network.edges
    )  # fmt: skip


def _offers(size: Size, way: tuple[Point, ...], kept: Area | None, along: tuple[float, ...]) -> Iterator[Area]:
    """On the line; where the engine kept room; beside the line."""
    spots = [way[min(len(way) - 1, round(part * (len(way) - 1)))] for part in along]
    yield from (area(spot, size) for spot in spots)
    if kept:
        yield kept
    for x, y in spots:
        for side in (-1, 1):
            yield area((x, y + side * (size.height / 2 + AIR)), size)
            yield area((x + side * (size.width / 2 + AIR), y), size)


def _anywhere(size: Size, way: tuple[Point, ...], free: Callable[[Area], bool]) -> Area:
    """The free place nearest to the middle of a line; that middle itself if the sheet is full."""
    x, y = way[len(way) // 2]
    for ring in range(1, RINGS):
        for turn in range(16):
            angle = turn * math.pi / 8
            place = area((x + ring * math.cos(angle), y + ring * math.sin(angle) / 2), size)
            if free(place):
                return place
    return area((x, y), size)


def _lines_in(place: Area, passing: dict[tuple[int, int], set[int]]) -> set[int]:
    columns = range(math.floor(place.left / CELL), math.floor(place.right / CELL) + 1)
    rows = range(math.floor(place.top / CELL), math.floor(place.bottom / CELL) + 1)
    return {line for x in columns for y in rows for line in passing.get((x, y), ())}


def _passing(ways: list[tuple[Point, ...]]) -> dict[tuple[int, int], set[int]]:
    """Which lines pass through which cells."""
    found = defaultdict(set)
    for number, way in enumerate(ways):
        for (x1, y1), (x2, y2) in itertools.pairwise(way):
            steps = max(1, math.ceil(math.hypot(x2 - x1, y2 - y1) / CELL * 2))
            for step in range(steps + 1):
                x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
                found[math.floor(x / CELL), math.floor(y / CELL)].add(number)
    return found
