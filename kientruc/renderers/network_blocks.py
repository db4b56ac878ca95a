"""A network as frames full of boxes in rows and columns: less flowing than ranks, but much denser. Unit: em."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from kientruc.renderers.graph_layout import Area, Graph, Join, Point, Size, area, layout
from kientruc.renderers.network_parts import Fit, Placed, packed, tops
from kientruc.renderers.network_texts import SizedNetwork

COLUMN_GAP, ROW_GAP = 3.2, 1.7  # between boxes: room for lines, and for a label of one line
LABEL_GAP = 0.2  # between a box and the label below it
FRAME_PAD, FRAME_GAP = 1.1, 2.4
FACTORS = (0.5, 1.0, 1.8)  # how wide frames are tried, beside the shape of the sheet
WAYS: tuple[Literal["right", "down", "shelves"], ...] = ("right", "down", "shelves")
NEAR = 0.94  # of the largest font: placings that reach it are told apart by the length of their lines
ROUNDS = 8  # in how often boxes change places to come nearer to their neighbours


@dataclass(frozen=True, slots=True)
class _Spread:
    """Boxes and frames, by their numbers, in a rectangle that begins at 0, 0."""

    size: Size
    boxes: Mapping[int, Point]
    frames: Mapping[int, Area]


@dataclass(frozen=True, slots=True)
class _Plan:
    """One way to place: how wide frames are, how they are set, and in which order boxes stand in them."""

    factor: float
    way: Literal["right", "down", "shelves"]
    order: tuple[int, ...]


def blocks(network: SizedNetwork, fit: Fit, shape: float) -> Placed:
    """Place all boxes in frames, and let the engine draw the lines between them."""
    setter = _Setter(network, shape)
    usual = tuple(range(len(network.nodes)))
    plans = [_Plan(factor, way, usual) for factor in FACTORS for way in WAYS]
    tried = [(plan, setter.whole(plan)) for plan in plans]
    most = max(fit(found.size) for _, found in tried)
    good = [(plan, found) for plan, found in tried if fit(found.size) >= most * NEAR]
    plan, found = min(good, key=lambda one: setter.length(one[1]))
    for _ in range(ROUNDS):
        plan = replace(plan, order=setter.ordered(found))
        offer = setter.whole(plan)
        if fit(offer.size) < most * NEAR or setter.length(offer) >= setter.length(found):
            break
        found = offer
    return routed(network, found.size, found.boxes, found.frames)


def routed(network: SizedNetwork, size: Size, boxes: Mapping[int, Point], frames: Mapping[int, Area]) -> Placed:
    """The network with its boxes there, and its lines drawn around them."""
    number = {one.node.id: n for n, one in enumerate(network.nodes)}
    places = tuple(boxes[n] for n in range(len(network.nodes)))
    joins = tuple(Join(number[one.edge.source], number[one.edge.target]) for one in network.edges)
    sizes = tuple(one.size for one in network.nodes)
    lines = layout(Graph(sizes, (-1,) * len(sizes), (), joins, places=places)).lines if sizes else ()
    below: dict[int, Point] = {}
    for n, held in labels_at(network).items():
        y = places[n][1] + sizes[n].height / 2
        for k in held:
            high = network.edges[k].plate.height
            below[k] = places[n][0], y + LABEL_GAP + high / 2
            y += high + LABEL_GAP
    return Placed(
        network,
        size,
        tuple(area(place, one.size) for place, one in zip(places, network.nodes, strict=True)),
        tuple(frames.get(n) for n in range(len(network.frames))),
        lines,
        tuple(below.get(k) for k in range(len(lines))),
    )


def labels_at(network: SizedNetwork) -> dict[int, list[int]]:
    """For each box the lines whose label may stand below it: of its two ends a line has it where fewer lines are."""
    number = {one.node.id: n for n, one in enumerate(network.nodes)}
    count = Counter(end for one in network.edges for end in (one.edge.source, one.edge.target))
    found: dict[int, list[int]] = {n: [] for n in range(len(network.nodes))}
    for k, one in enumerate(network.edges):
        if one.plate.width:
            ends = one.edge.source, one.edge.target
            found[number[min(ends, key=lambda id: count[id])]].append(k)
    return found


class _Setter:
    """Sets one network; knows which boxes and frames stand in which frame."""

    def __init__(self, network: SizedNetwork, shape: float) -> None:
        self.network, self.shape = network, shape
        frame = {one.cluster.id: n for n, one in enumerate(network.frames)}
        self.frame_of = [frame.get(one.node.cluster, -1) for one in network.nodes]
        self.parent = [frame.get(one.cluster.parent, -1) for one in network.frames]
        top = tops(network)
        self.top = [frame[top[one.node.cluster]] if one.node.cluster in frame else -1 for one in network.nodes]
        number = {one.node.id: n for n, one in enumerate(network.nodes)}
        self.joins = [(number[one.edge.source], number[one.edge.target]) for one in network.edges]
        self.joined = {end for join in self.joins for end in join}
        self.labels = labels_at(network)

    def whole(self, plan: _Plan) -> _Spread:
        """All boxes and frames of one plan."""
        items, owner = self.items(plan)
        sizes = [item.size for item in items]
        if plan.way == "shelves":
            spots, size = packed(sizes, self.shape, FRAME_GAP)
        else:
            weights: dict[tuple[int, int], int] = defaultdict(int)
            for a, b in self.joins:
                if owner[a] != owner[b]:
                    weights[owner[a], owner[b]] += 1
            joins = tuple(Join(a, b, weight=weight) for (a, b), weight in weights.items())
            graph = Graph(tuple(sizes), (-1,) * len(sizes), (), joins, plan.way, FRAME_GAP * 1.5, FRAME_GAP)
            found = layout(graph)
            size = found.size
            spots = [(x - s.width / 2, y - s.height / 2) for (x, y), s in zip(found.boxes, sizes, strict=True)]
        return _together(items, spots, size)

    def items(self, plan: _Plan) -> tuple[list[_Spread], dict[int, int]]:
        """What stands for itself: outermost frames, boxes without one, and all boxes without frame and line."""
        items: list[_Spread] = []
        owner: dict[int, int] = {}
        lone = [n for n in plan.order if self.top[n] < 0 and n not in self.joined]
        for n in sorted({top for top in self.top if top >= 0}):
            owner |= {box: len(items) for box, top in enumerate(self.top) if top == n}
            items.append(self.frame(n, plan))
        for n in sorted(n for n in self.joined if self.top[n] < 0):
            owner[n] = len(items)
            items.append(self.grid([n], plan))
        if lone:
            items.append(self.grid(lone, plan))
        return items, owner

    def frame(self, number: int, plan: _Plan) -> _Spread:
        """A frame with its boxes in a grid, and the frames in it beside them."""
        own = [n for n in plan.order if self.frame_of[n] == number]
        inner = [n for n, parent in enumerate(self.parent) if parent == number and self.holds(n)]
        parts = ([self.grid(own, plan)] if own else []) + [self.frame(n, plan) for n in inner]
        spots, size = packed([part.size for part in parts], self.shape * plan.factor, FRAME_PAD)
        title = self.network.frames[number].title
        head = title.height + 0.3 if title.width else 0.0
        wide = max(size.width, title.width)
        left = FRAME_PAD + (wide - size.width) / 2
        spots = [(x + left, y + FRAME_PAD + head) for x, y in spots]
        whole = Size(wide + 2 * FRAME_PAD, size.height + 2 * FRAME_PAD + head)
        found = _together(parts, spots, whole)
        return replace(found, frames={**found.frames, number: Area(0.0, 0.0, whole.width, whole.height)})

    def holds(self, number: int) -> bool:
        """Whether any box stands in this frame, or in one in it."""
        return number in self.frame_of or any(p == number and self.holds(n) for n, p in enumerate(self.parent))

    def grid(self, boxes: list[int], plan: _Plan) -> _Spread:
        """Boxes in columns, filled from top to bottom."""
        sizes = [self.cell(n) for n in boxes]
        wide = max(s.width for s in sizes) + COLUMN_GAP
        high = sum(s.height for s in sizes) / len(sizes) + ROW_GAP
        columns = round(math.sqrt(len(boxes) * self.shape * plan.factor * high / wide))
        columns = min(max(1, columns), len(boxes))
        rows = math.ceil(len(boxes) / columns)
        columns = math.ceil(len(boxes) / rows)
        at = {n: (k // rows, k % rows) for k, n in enumerate(boxes)}
        widths, heights, below = [0.0] * columns, [0.0] * rows, [0.0] * rows
        for n, (column, row) in at.items():
            widths[column] = max(widths[column], self.cell(n).width)
            heights[row] = max(heights[row], self.network.nodes[n].size.height)
            below[row] = max(below[row], self.below(n))
        lefts = [sum(widths[:k]) + k * COLUMN_GAP for k in range(columns)]
        upper = [sum(heights[:k]) + sum(below[:k]) + k * ROW_GAP for k in range(rows)]
        middles = {n: (lefts[c] + widths[c] / 2, upper[r] + heights[r] / 2) for n, (c, r) in at.items()}
        return _Spread(Size(lefts[-1] + widths[-1], upper[-1] + heights[-1] + below[-1]), middles, {})

    def cell(self, n: int) -> Size:
        """What a box takes with the labels that stand below it."""
        size = self.network.nodes[n].size
        widest = max((self.network.edges[k].plate.width for k in self.labels[n]), default=0.0)
        return Size(max(size.width, widest), size.height + self.below(n))

    def below(self, n: int) -> float:
        return sum(self.network.edges[k].plate.height + LABEL_GAP for k in self.labels[n])

    def length(self, found: _Spread) -> float:
        """Length of all lines, as the crow flies."""
        return sum(math.dist(found.boxes[a], found.boxes[b]) for a, b in self.joins)

    def ordered(self, found: _Spread) -> tuple[int, ...]:
        """Boxes in an order that fills each frame so that they come near to their neighbours.

        Half of the wish of a box is to stay: so a box that forty others need comes into their middle.
        """
        ends = defaultdict(list)
        for a, b in self.joins:
            ends[a].append(found.boxes[b])
            ends[b].append(found.boxes[a])
        wish = {n: mean([found.boxes[n], mean(ends[n] or [found.boxes[n]])]) for n in found.boxes}
        held = defaultdict(list)
        for n, frame in enumerate(self.frame_of):
            held[frame].append(n)
        return tuple(n for boxes in held.values() for n in self.columned(boxes, found, wish))

    def columned(self, boxes: list[int], found: _Spread, wish: Mapping[int, Point]) -> Iterator[int]:
        """Boxes of one frame: by where they want to stand from left to right, in each column from top to bottom."""
        columns = defaultdict(list)
        for n in boxes:
            columns[round(found.boxes[n][0], 2)].append(n)
        queue = sorted(boxes, key=lambda n: (wish[n][0], wish[n][1], n))
        for x in sorted(columns):
            count = len(columns[x])
            yield from sorted(queue[:count], key=lambda n: (wish[n][1], n))
            queue = queue[count:]


def _together(items: list[_Spread], spots: list[Point], size: Size) -> _Spread:
    boxes: dict[int, Point] = {}
    frames: dict[int, Area] = {}
    for item, (x, y) in zip(items, spots, strict=True):
        boxes |= {n: (a + x, b + y) for n, (a, b) in item.boxes.items()}
        frames |= {n: where.moved(x, y) for n, where in item.frames.items()}
    return _Spread(size, boxes, frames)


def mean(points: list[Point]) -> Point:
    """The middle of some points."""
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
