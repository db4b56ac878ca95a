"""What formats that lay a picture out themselves need of it: boxes in frames, lines, each with a number for an id."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kientruc.renderers.layered_plan import NOTHING
from kientruc.renderers.text_metrics import clean
from kientruc.views.network import LineMark, NetworkPicture, Shape
from kientruc.views.picture import Band, LayeredPicture, Mark

MOST_LETTERS = 500  # of a label; the rest is cut, and said to be


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A box; its id is its place in the flow: `n0`, `n1`, …"""

    number: int
    label: str
    note: str
    mark: Mark
    shape: Shape


@dataclass(frozen=True, slots=True)
class FlowFrame:
    """A frame with boxes and frames in it; its id is `f0`, `f1`, …; an empty title draws none."""

    number: int
    label: str
    boxes: tuple[FlowBox, ...]
    frames: tuple[FlowFrame, ...] = ()
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line between two boxes, by their numbers; one without a mark only keeps an order and is not seen."""

    source: int
    target: int
    mark: LineMark | None
    label: str = ""
    arrow: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole; boxes and frames that stand in no frame are in `top`."""

    title: str
    direction: Literal["right", "down"]
    top: FlowFrame
    lines: tuple[FlowLine, ...]
    legend: tuple[tuple[Mark | LineMark, str], ...]

    def frames(self) -> Iterator[FlowFrame]:
        """All frames but the top, outer ones first."""
        queue = list(self.top.frames)
        while queue:
            frame = queue.pop(0)
            yield frame
            queue += frame.frames

    def boxes(self) -> tuple[FlowBox, ...]:
        """All boxes in order of their numbers."""
        held = (box for frame in (self.top, *self.frames()) for box in frame.boxes)
        return tuple(sorted(held, key=lambda box: box.number))


def flow(picture: NetworkPicture | LayeredPicture) -> Flow:
    """The picture as a flow; the bands of a layered one stand in their order by lines that are not seen."""
    return _network(picture) if isinstance(picture, NetworkPicture) else _layered(picture)


def _network(picture: NetworkPicture) -> Flow:
    number = {node.id: n for n, node in enumerate(picture.nodes)}
    frame = {cluster.id: n for n, cluster in enumerate(picture.clusters)}

    def boxes(cluster: str) -> tuple[FlowBox, ...]:
        return tuple(
            FlowBox(n, _label(node.label, node.signs), label_of(node.note), node.mark, node.shape)
            for n, node in enumerate(picture.nodes)
            if (node.cluster if node.cluster in frame else "") == cluster
        )

    def frames(parent: str) -> tuple[FlowFrame, ...]:
        found = (
            FlowFrame(frame[one.id], label_of(one.label), boxes(one.id), frames(one.id), one.mark)
            for one in picture.clusters
            if (one.parent if one.parent in frame else "") == parent
        )
        return tuple(one for one in found if one.boxes or one.frames)  # an empty one would be drawn as a box

    lines = tuple(
        FlowLine(number[edge.source], number[edge.target], edge.mark, label_of(edge.words), edge.arrow)
        for edge in picture.edges
    )
    legend: tuple[tuple[Mark | LineMark, str], ...] = (
        *((one.mark, _label(one.label, one.badge)) for one in picture.legend),
        *((one.mark, label_of(one.label)) for one in picture.lines),
    )
    return Flow(label_of(picture.title), picture.direction, FlowFrame(-1, "", boxes(""), frames("")), lines, legend)


def _layered(picture: LayeredPicture) -> Flow:
    bands: list[FlowFrame] = []
    boxes = frames = 0
    for band in (*picture.rows, *picture.left, *picture.right):
        found = _band(band, boxes, frames)
        bands.append(found)
        boxes += sum(len(one.boxes) for one in (found, *found.frames))
        frames += 1 + len(found.frames)
    firsts = [min(box.number for one in (band, *band.frames) for box in one.boxes) for band in bands]
    lines = tuple(FlowLine(a, b, None) for a, b in itertools.pairwise(firsts))
    legend: tuple[tuple[Mark | LineMark, str], ...] = tuple(
        (entry.mark, _label(entry.label, entry.badge)) for entry in picture.legend
    )
    return Flow(label_of(picture.title), "down", FlowFrame(-1, "", (), tuple(bands)), lines, legend)


def _band(band: Band, boxes: int, frames: int) -> FlowFrame:
    own: list[FlowBox] = []
    inner: list[FlowFrame] = []
    for group in band.groups:
        held = tuple(
            FlowBox(boxes + n, _label(block.label, block.signs), label_of(block.note), block.mark, Shape.BOX)
            for n, block in enumerate(group.blocks)
        )
        boxes += len(held)
        if group.label.strip() and held:
            inner.append(FlowFrame(frames + 1 + len(inner), label_of(group.title), held, (), group.mark))
        else:
            own += held
    if not own and not inner:
        own.append(FlowBox(boxes, label_of(band.empty) or NOTHING, "", Mark.SAME, Shape.BOX))
    return FlowFrame(frames, label_of(band.label), tuple(own), tuple(inner))


def _label(label: str, badge: str) -> str:
    return label_of(f"{badge} · {label}" if badge.strip() else label)


def label_of(text: str) -> str:
    """One line without anything unseen, cut where it has no end."""
    found = clean(text)
    return found if len(found) <= MOST_LETTERS else found[: MOST_LETTERS - 1] + "…"
