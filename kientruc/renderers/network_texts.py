"""How large the boxes, titles and labels of a network are, by their texts in the shipped font. Unit: em."""

from __future__ import annotations

from dataclasses import dataclass

from kientruc.renderers.graph_layout import NOTHING, Size
from kientruc.renderers.layered_plan import LEADING, PAD_X, PAD_Y
from kientruc.renderers.network_style import OUTLINES, corner
from kientruc.renderers.scene import Box, Look, Rect
from kientruc.renderers.scene_outlines import room
from kientruc.renderers.text_metrics import HAIR, Measured, clean, measure, width
from kientruc.views.network import Cluster, Edge, NetworkPicture, Node, Shape

LABEL_SIZE = 0.9  # of a line's label, beside the names in boxes
NAME_STEPS = (5.0, 7.5, 10.0)  # widths of names in boxes: in steps, so that one name more seldom changes all boxes
NAME_ROOM, LABEL_ROOM, TITLE_ROOM = 10.0, 9.0, 18.0  # in their own em
LOWEST = 2.6  # a box of one line is drawn this high
TALL = 5  # lines; a name of more gets a wider box
WIDER = (1.0, 1.5, 2.0, 3.0)
PLATE_PAD = 0.22
BADGE_GAP = 0.25
LARGE = Rect(0.0, 0.0, 20.0, 20.0)  # em; a box by which outlines are asked for their insets


def inset(shape: Shape) -> tuple[float, float, float]:
    """What an outline takes of its box: above, on the right, below."""
    inner = room(Box("", "", LARGE, Look(), OUTLINES[shape], corner(shape)))
    return inner.y, LARGE.right - inner.right, LARGE.bottom - inner.bottom


@dataclass(frozen=True, slots=True)
class SizedNode:
    """A box with its lines of text; `beside` is what its badge takes on the left."""

    node: Node
    lines: tuple[str, ...]
    badge: str
    beside: float
    size: Size


@dataclass(frozen=True, slots=True)
class SizedEdge:
    """A line with the lines of its label, and the plate they need."""

    edge: Edge
    lines: tuple[str, ...]
    plate: Size


@dataclass(frozen=True, slots=True)
class SizedFrame:
    """A frame with the lines of its title."""

    cluster: Cluster
    lines: tuple[str, ...]
    title: Size


@dataclass(frozen=True, slots=True)
class SizedNetwork:
    """A picture with all of its texts in lines."""

    picture: NetworkPicture
    nodes: tuple[SizedNode, ...]
    edges: tuple[SizedEdge, ...]
    frames: tuple[SizedFrame, ...]


def sized(picture: NetworkPicture) -> SizedNetwork:
    """Wrap every text. Nothing but the texts decides: a box that is drawn again has the size it had."""
    return SizedNetwork(
        picture,
        _nodes(picture.nodes),
        tuple(map(_edge, picture.edges)),
        tuple(map(_frame, picture.clusters)),
    )


def badge_of(text: str) -> str:
    """The letters of a badge: two at most, for it is a sign and no text."""
    return clean(text)[:2].strip()


def _nodes(nodes: tuple[Node, ...]) -> tuple[SizedNode, ...]:
    """Boxes of one width, but for those whose names need more."""
    found = [(node, *_wrapped(measure(node.label), NAME_ROOM)) for node in nodes]
    widest = max((wide for _, _, wide in found if wide <= NAME_ROOM), default=NAME_ROOM)
    usual = next(step for step in NAME_STEPS if step >= widest)
    beside = max((width(badge_of(node.signs), bold=True) + BADGE_GAP for node in nodes if node.signs), default=0.0)
    return tuple(_node(node, lines, max(usual, wide), beside) for node, lines, wide in found)


def _wrapped(text: Measured, room: float) -> tuple[tuple[str, ...], float]:
    """Lines, and the width of the widest: in wider boxes only where the text would take too many."""
    widest = max((piece.width for piece in text.pieces), default=0.0)
    lines: tuple[str, ...] = ()
    for factor in WIDER:
        lines = text.wrapped(max(room * factor, widest), TALL)
        if len(lines) <= TALL:
            break
    return lines, max((width(line, text.bold) for line in lines), default=0.0)


def _node(node: Node, lines: tuple[str, ...], wide: float, beside: float) -> SizedNode:
    above, right, below = inset(node.shape)
    high = max(LOWEST, len(lines) * LEADING + 2 * PAD_Y)
    size = Size(wide + HAIR + beside + 2 * PAD_X + right, high + above + below)
    return SizedNode(node, lines, badge_of(node.signs), beside, size)


def _edge(edge: Edge) -> SizedEdge:
    lines, wide = _wrapped(measure(edge.words), LABEL_ROOM)
    if not lines:
        return SizedEdge(edge, (), NOTHING)
    size = Size(wide * LABEL_SIZE + 2 * PLATE_PAD, len(lines) * LEADING * LABEL_SIZE + PLATE_PAD)
    return SizedEdge(edge, lines, size)


def _frame(cluster: Cluster) -> SizedFrame:
    lines, wide = _wrapped(measure(cluster.label, bold=True), TITLE_ROOM)
    return SizedFrame(cluster, lines, Size(wide, len(lines) * LEADING) if lines else NOTHING)
