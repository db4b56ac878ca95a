"""Where boxes, frames and lines of a graph go: numbers in, numbers out; no label ever reaches the engine. Unit: em."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from kientruc.renderers.graphviz_wasm import FUEL, Engine, LayoutTooLarge, run

EM = 10.0  # points of the engine
CELL_WIDTH, CELL_HEIGHT, CELL_POINTS = 3.0, 6.0, 5  # one letter of the engine's Courier at 5 points
MOST_BOXES = 60  # nobody reads more in one picture; the engine's work grows with the square of what crosses
MOST_LINES = 180  # three for each box
STEPS = 24  # points looked at on each curve of a line
LARGEST = 500.0  # em; no box or label of a picture is that wide
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a box, of a title or of a line's label."""

    width: float
    height: float


NOTHING = Size(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class FrameOf:
    """A frame: room for its title, and the number of the frame around it (-1 for none)."""

    title: Size
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Join:
    """A line from box to box, by their numbers; `length` is how many ranks it should at least span."""

    source: int
    target: int
    label: Size = NOTHING
    length: int = 1
    weight: int = 1
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """What is to be placed.

    Args:
        inside: for each box the number of its frame, -1 for none.
        aligned: ranks go through all frames; otherwise each frame starts anew, which takes less room along the lines.
        places: middles of the boxes; if given, only lines are drawn.
    """

    boxes: tuple[Size, ...]
    inside: tuple[int, ...]
    frames: tuple[FrameOf, ...]
    joins: tuple[Join, ...]
    direction: Literal["right", "down"] = "right"
    rank_gap: float = 3.0
    gap: float = 1.1
    aligned: bool = True
    places: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle by its corners, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Area:
        """The area with so much more on every side."""
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Area) -> bool:
        """Whether the two have more in common than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def around(self, other: Area) -> Area:
        """The smallest area that holds both."""
        return Area(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def holds(self, other: Area) -> bool:
        """Whether the other lies wholly in this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def moved(self, x: float, y: float) -> Area:
        return Area(self.left + x, self.top + y, self.right + x, self.bottom + y)


def area(middle: Point, size: Size) -> Area:
    """The area of a box around its middle."""
    x, y, width, height = *middle, size.width / 2, size.height / 2
    return Area(x - width, y - height, x + width, y + height)


@dataclass(frozen=True, slots=True)
class Layout:
    """Middles of boxes, areas of frames, Bézier points of lines, middles of their labels; y downwards.

    A line that was unseen has no points; a frame without boxes has no area.
    """

    size: Size
    boxes: tuple[Point, ...]
    frames: tuple[Area | None, ...]
    lines: tuple[tuple[Point, ...], ...]
    labels: tuple[Point | None, ...]


def layout(graph: Graph, fuel: int = FUEL) -> Layout:
    """Place a graph; if it brings places, only its lines are drawn.

    Raises:
        LayoutTooLarge: it has too many boxes or lines, or took too much fuel.
        ValueError: a size is no number or has no measure.
    """
    if len(graph.boxes) > MOST_BOXES or len(graph.joins) > MOST_LINES:
        raise LayoutTooLarge
    _check(graph)
    engine: Engine = "nop" if graph.places else "dot"
    return _mended(_read(run("".join(_dot(graph)), engine, fuel), graph), graph, fuel)


def _mended(found: Layout, graph: Graph, fuel: int) -> Layout:
    """The layout with better lines where the engine lost one or drew it beneath a box: between boxes of one rank."""
    lost = [
        n for n, points in enumerate(found.lines) if not graph.joins[n].unseen and not _is_good(n, points, found, graph)
    ]
    if not lost:
        return found
    if graph.places:
        drawn = {n: _straight(graph, graph.joins[n]) for n in lost}
    else:
        joins = tuple(replace(graph.joins[n], label=NOTHING) for n in lost)
        drawn = dict(zip(lost, layout(replace(graph, places=found.boxes, joins=joins), fuel).lines, strict=True))
    labels = tuple(None if n in drawn else label for n, label in enumerate(found.labels))
    return replace(found, lines=tuple(drawn.get(n, points) for n, points in enumerate(found.lines)), labels=labels)


def _is_good(n: int, points: tuple[Point, ...], found: Layout, graph: Graph) -> bool:
    """Whether a line is there and runs beneath no box but its own two; no better one is to be had for given places."""
    if not points or graph.places:
        return bool(points)
    ends = {graph.joins[n].source, graph.joins[n].target}
    xs, ys = zip(*points, strict=True)
    whole = Area(min(xs), min(ys), max(xs), max(ys))
    others = (
        area(place, size) for k, (place, size) in enumerate(zip(found.boxes, graph.boxes, strict=True)) if k not in ends
    )
    met = [other for other in others if whole.meets(other)]
    return not met or not any(
        other.left < x < other.right and other.top < y < other.bottom for x, y in points_on(points) for other in met
    )


def points_on(line: tuple[Point, ...]) -> Iterator[Point]:
    """Points on a Bézier line, from its start to its end."""
    yield line[0]
    for at in range(0, len(line) - 1, 3):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line[at : at + 4]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            yield a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


def _straight(graph: Graph, join: Join) -> tuple[Point, ...]:
    """A straight line from border to border."""
    start, end = graph.places[join.source], graph.places[join.target]
    start, end = _border(start, graph.boxes[join.source], end), _border(end, graph.boxes[join.target], start)
    third = (end[0] - start[0]) / 3, (end[1] - start[1]) / 3
    return (start, (start[0] + third[0], start[1] + third[1]), (end[0] - third[0], end[1] - third[1]), end)


def _border(middle: Point, size: Size, towards: Point) -> Point:
    """Where the way from the middle of a box to a point leaves the box."""
    x, y = towards[0] - middle[0], towards[1] - middle[1]
    part = min(size.width / 2 / abs(x) if x else math.inf, size.height / 2 / abs(y) if y else math.inf, 1.0)
    return round(middle[0] + part * x, 4), round(middle[1] + part * y, 4)


def _check(graph: Graph) -> None:
    sizes = (*graph.boxes, *(frame.title for frame in graph.frames), *(join.label for join in graph.joins))
    numbers = [side for size in sizes for side in (size.width, size.height)]
    if not all(math.isfinite(number) and 0 <= number <= LARGEST for number in numbers):
        raise ValueError("a size is out of range")


def _dot(graph: Graph) -> Iterator[str]:
    """The graph in DOT: every word of it is written here."""
    cell = f"fontname=Courier,fontsize={CELL_POINTS}"
    direction = "LR" if graph.direction == "right" else "TB"
    yield f"digraph{{rankdir={direction};ranksep={_inch(graph.rank_gap)};nodesep={_inch(graph.gap)};"
    yield f'margin=0;splines=true;esep="+3";newrank={str(graph.aligned).lower()};graph[{cell},margin=8];'
    yield 'node[shape=box,fixedsize=true,label="",margin=0];'
    yield f"edge[arrowhead=none,{cell}];"
    yield from _inside(graph, -1)
    for number, join in enumerate(graph.joins):
        label = f",label={_room(join.label)}" if join.label.width else ""
        unseen = ",style=invis" if join.unseen else ""
        yield f"n{join.source}->n{join.target}[id=e{number},minlen={join.length},weight={join.weight}{label}{unseen}];"
    yield "}"


def _inside(graph: Graph, frame: int) -> Iterator[str]:
    """The boxes that stand right in this frame, and the frames in it."""
    for number, size in enumerate(graph.boxes):
        if graph.inside[number] == frame:
            yield f"n{number}[width={_inch(size.width)},height={_inch(size.height)}{_place(graph, number)}];"
    for number, inner in enumerate(graph.frames):
        if inner.parent == frame:
            yield f"subgraph cluster_{number}{{label={_room(inner.title)};"
            yield from _inside(graph, number)
            yield "}"


def _place(graph: Graph, number: int) -> str:
    if not graph.places:
        return ""
    x, y = graph.places[number]
    return f',pos="{x * EM:.3f},{-y * EM:.3f}!"'


def _inch(em: float) -> str:
    return f"{em * EM / 72:.4f}"


def _room(size: Size) -> str:
    """A text of the engine's own letters that takes at least this room."""
    columns, rows = math.ceil(size.width * EM / CELL_WIDTH), math.ceil(size.height * EM / CELL_HEIGHT)
    return '"' + "\\n".join(["x" * columns] * rows) + '"'


def _read(answer: dict[str, Any], graph: Graph) -> Layout:
    left, bottom, right, top = _numbers(answer["bb"])
    objects = {found["name"]: found for found in answer.get("objects", ())}
    lines = {edge["id"]: edge for edge in answer.get("edges", ())}
    if graph.places:  # the engine has moved all of them to its own corner
        x, y = _numbers(objects["n0"]["pos"])
        left, top = x - graph.places[0][0] * EM, y + graph.places[0][1] * EM

    def point(text: str) -> Point:
        x, y = _numbers(text)
        return round((x - left) / EM, 4), round((top - y) / EM, 4)

    def frame(number: int) -> Area | None:
        found = objects.get(f"cluster_{number}", {}).get("bb")
        if not found:
            return None
        x1, y1, x2, y2 = found.split(",")
        return Area(*point(f"{x1},{y2}"), *point(f"{x2},{y1}"))

    edges = [lines[f"e{number}"] for number in range(len(graph.joins))]
    return Layout(
        Size(round((right - left) / EM, 4), round((top - bottom) / EM, 4)),
        tuple(point(objects[f"n{number}"]["pos"]) for number in range(len(graph.boxes))),
        tuple(frame(number) for number in range(len(graph.frames))),
        tuple(
            () if join.unseen else tuple(map(point, edge.get("pos", "").split()))
            for join, edge in zip(graph.joins, edges, strict=True)
        ),
        tuple(point(edge["lp"]) if "lp" in edge else None for edge in edges),
    )


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(","))
