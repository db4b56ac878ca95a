"""A network in its parts, each placed by the engine and packed to the shape of the sheet. Unit: em."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kientruc.renderers.graph_layout import (
    Area,
    FrameOf,
    Graph,
    Join,
    Layout,
    Point,
    Size,
    area,
    layout,
)
from kientruc.renderers.graphviz_wasm import LayoutTooLarge
from kientruc.renderers.network_blocks import blocks
from kientruc.renderers.network_parts import Fit, Placed, packed, tops
from kientruc.renderers.network_texts import SizedNetwork, sized
from kientruc.views.network import NetworkPicture

FAN = 4  # boxes with the same neighbours; so many may stand in several ranks
CALM = 0.8  # of the largest font of the paper: a picture that reaches it needs no other try
DENSER = 1.15  # by so much the other way must be better


@dataclass(frozen=True, slots=True)
class Try:
    """How one placing is made: ranks over which boxes with the same neighbours spread; ranks through all frames."""

    spread: int = 1
    aligned: bool = True


@dataclass(frozen=True, slots=True)
class Fonts:
    """Sizes of names on a paper. Unit: px."""

    least: float
    largest: float


def place(picture: NetworkPicture, fit: Fit, fonts: Fonts, shape: float) -> tuple[Placed, float]:
    """The placing that allows the largest font, and that font.

    Args:
        fonts: what can just be read; what is as large as the paper likes it.
        shape: width by height of the room for the picture.
    Raises:
        LayoutTooLarge: the engine cannot place it.
    """
    network = sized(picture)
    try:
        best, font = _flowing(network, fit, fonts, shape)
    except LayoutTooLarge:
        best, font = None, 0.0
    if best and font >= fonts.least:
        return best, font
    found = blocks(network, fit, shape)
    return (best, font) if best and fit(found.size) <= font * DENSER else (found, fit(found.size))


def _flowing(network: SizedNetwork, fit: Fit, fonts: Fonts, shape: float) -> tuple[Placed, float]:
    """The network in ranks, in the way that allows the largest font."""
    best = _placed(network, Try(), shape)
    for wanted in _others(network.picture, best.size, shape):
        if fit(best.size) >= fonts.largest * CALM:
            break
        found = _placed(network, wanted, shape)
        best = found if fit(found.size) > fit(best.size) else best
    return best, fit(best.size)


def _others(picture: NetworkPicture, usual: Size, shape: float) -> tuple[Try, ...]:
    """What makes a picture less long across its lines, or along them."""
    across = (usual.height * shape > usual.width) is (picture.direction == "right")
    return (Try(2), Try(3)) if across else (Try(aligned=False),)


def _placed(network: SizedNetwork, wanted: Try, shape: float) -> Placed:
    parts = [(part, layout(part.graph(wanted, shape))) for part in _parts(network)]
    spots, size = packed([found.size for _, found in parts], shape)
    boxes: dict[int, Area] = {}
    frames: dict[int, Area | None] = {}
    lines: dict[int, tuple[Point, ...]] = {}
    labels: dict[int, Point | None] = {}
    for (part, found), (x, y) in zip(parts, spots, strict=True):
        moved = shifted(found, x, y)
        for n, middle in zip(part.nodes, moved.boxes, strict=True):
            boxes[n] = area(middle, network.nodes[n].size)
        frames |= dict(zip(part.frames, moved.frames, strict=True))
        lines |= dict(zip(part.edges, moved.lines, strict=False))
        labels |= dict(zip(part.edges, moved.labels, strict=False))
    return Placed(
        network,
        size,
        tuple(boxes[n] for n in range(len(network.nodes))),
        tuple(frames.get(n) for n in range(len(network.frames))),
        tuple(lines[n] for n in range(len(network.edges))),
        tuple(labels[n] for n in range(len(network.edges))),
    )


def shifted(found: Layout, x: float, y: float) -> Layout:
    """The layout somewhere else."""

    def moved(points: Iterable[Point]) -> tuple[Point, ...]:
        return tuple((a + x, b + y) for a, b in points)

    return replace(
        found,
        boxes=moved(found.boxes),
        frames=tuple(frame and frame.moved(x, y) for frame in found.frames),
        lines=tuple(map(moved, found.lines)),
        labels=tuple(label and (label[0] + x, label[1] + y) for label in found.labels),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Boxes that lines or frames join, by their numbers; with the frames and lines among them."""

    network: SizedNetwork
    nodes: tuple[int, ...]
    frames: tuple[int, ...]
    edges: tuple[int, ...]

    def graph(self, wanted: Try, shape: float) -> Graph:
        """The part as a graph with numbers of its own."""
        nodes, frames = self.network.nodes, self.network.frames
        number = {nodes[n].node.id: at for at, n in enumerate(self.nodes)}
        frame = {frames[n].cluster.id: at for at, n in enumerate(self.frames)}
        inside = tuple(frame.get(nodes[n].node.cluster, -1) for n in self.nodes)
        joins = tuple(
            Join(number[one.edge.source], number[one.edge.target], one.plate)
            for one in (self.network.edges[n] for n in self.edges)
        )
        sizes = tuple(nodes[n].size for n in self.nodes)
        return Graph(
            sizes,
            inside,
            tuple(FrameOf(frames[n].title, frame.get(frames[n].cluster.parent, -1)) for n in self.frames),
            (*_fanned(joins, inside, wanted.spread), *_rows(joins, inside, sizes, shape, self.network)),
            direction=self.network.picture.direction,
            aligned=wanted.aligned,
        )


def _fanned(joins: tuple[Join, ...], inside: tuple[int, ...], spread: int) -> Iterator[Join]:
    """Boxes of one frame with the same neighbours take turns in ranks: a platform with forty users stays low."""
    before, after = defaultdict(set), defaultdict(set)
    for join in joins:
        after[join.source].add(join.target)
        before[join.target].add(join.source)
    alike = defaultdict(list)
    for box, frame in enumerate(inside):
        if before[box] or after[box]:
            alike[frame, frozenset(before[box]), frozenset(after[box])].append(box)
    turn = {box: at % spread for boxes in alike.values() if len(boxes) >= FAN for at, box in enumerate(boxes)}
    for join in joins:
        step = turn.get(join.target, 0) + (spread - 1 - turn[join.source] if join.source in turn else 0)
        yield replace(join, length=1 + step, weight=2 if inside[join.source] == inside[join.target] else 1)


def _rows(
    joins: tuple[Join, ...], inside: tuple[int, ...], sizes: tuple[Size, ...], shape: float, network: SizedNetwork
) -> Iterator[Join]:
    """Unseen joins that set the boxes without a line into rows, as wide to high as the sheet."""
    joined = {end for join in joins for end in (join.source, join.target)}
    lone = defaultdict(list)
    for box, frame in enumerate(inside):
        if box not in joined:
            lone[frame].append(box)
    for boxes in lone.values():
        wide, high = max(sizes[box].width for box in boxes) + 2, max(sizes[box].height for box in boxes) + 1
        columns = max(1, round(math.sqrt(len(boxes) * shape * high / wide)))
        along = columns if network.picture.direction == "right" else math.ceil(len(boxes) / columns)
        for at, box in enumerate(boxes[1:], 1):
            if at % along:
                yield Join(boxes[at - 1], box, unseen=True)


def _parts(network: SizedNetwork) -> Iterator[_Part]:
    """The parts in order of their first box; all boxes that nothing joins are one part, the last."""
    top_of = tops(network)
    root = {one.node.id: one.node.id for one in network.nodes}

    def top(id: str) -> str:
        while root[id] != id:
            root[id] = root[root[id]]
            id = root[id]
        return id

    first: dict[str, str] = {}
    for one in network.nodes:
        if one.node.cluster in top_of:
            root[top(one.node.id)] = top(first.setdefault(top_of[one.node.cluster], one.node.id))
    for line in network.edges:
        root[top(line.edge.source)] = top(line.edge.target)
    joined = {end for line in network.edges for end in (line.edge.source, line.edge.target)}
    held = defaultdict(list)
    for number, one in enumerate(network.nodes):
        lone = one.node.id not in joined and one.node.cluster not in top_of
        held["" if lone else "=" + top(one.node.id)].append(number)
    for key in sorted(held, key=lambda key: (not key, held[key][0])):
        yield _part(network, tuple(held[key]), top_of)


def _part(network: SizedNetwork, numbers: tuple[int, ...], top_of: dict[str, str]) -> _Part:
    ids = {network.nodes[n].node.id for n in numbers}
    top = {top_of[network.nodes[n].node.cluster] for n in numbers if network.nodes[n].node.cluster in top_of}
    frames = tuple(n for n, one in enumerate(network.frames) if top_of[one.cluster.id] in top)
    edges = tuple(n for n, one in enumerate(network.edges) if one.edge.source in ids)
    return _Part(network, numbers, frames, edges)
