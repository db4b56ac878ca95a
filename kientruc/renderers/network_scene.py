"""A network with everything in its place, as a scene: frames, lines, boxes, labels, and what surrounds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kientruc.renderers.graph_layout import Area, Point
from kientruc.renderers.graphviz_wasm import LayoutTooLarge
from kientruc.renderers.layered_grid import Pen
from kientruc.renderers.layered_plan import LEADING, PAD_X, PAD_Y
from kientruc.renderers.layered_scene import meaning
from kientruc.renderers.layered_sheet import PictureTooFull
from kientruc.renderers.layered_style import INK, PAPER, frame_look, look
from kientruc.renderers.network_parts import Placed
from kientruc.renderers.network_plan import Fonts, place
from kientruc.renderers.network_plates import plates, titles
from kientruc.renderers.network_recall import NOWHERE, Place, recall
from kientruc.renderers.network_sheet import Sheet, footing, header, largest_font, least_px, sheet, surroundings
from kientruc.renderers.network_style import (
    FRAME_BORDER,
    FRAME_FILL,
    FRAME_INK,
    INNER_FILL,
    OUTLINES,
    corner,
    line_look,
)
from kientruc.renderers.network_texts import LABEL_SIZE, SizedNode, inset
from kientruc.renderers.scene import Box, Group, Item, Line, Look, Paper, Rect, Scene, Words
from kientruc.renderers.text_metrics import clean
from kientruc.views.network import NetworkPicture

FRAME_CORNER = 0.4
ROUGH_BODY = 0.84  # of the sheet's height, before anything is measured


class NetworkTooFull(PictureTooFull):
    """At no size that can be read does the network fit its paper; `pages` may split it."""

    def __init__(self, picture: str, paper: str) -> None:
        super(PictureTooFull, self).__init__("cli.network-too-full", picture=picture, paper=paper)


def scene(picture: NetworkPicture, paper: Paper, remembered: Mapping[str, Place] = NOWHERE) -> Scene:
    """The picture on this paper, with the largest letters that fit.

    Args:
        remembered: where boxes stood when it was last drawn on this paper; what is new finds room among them. If too
            little is remembered or there is no room, the picture is laid out anew: `layout_memory.drift` tells.
    Raises:
        NetworkTooFull: it has too many boxes or lines, or its letters would be too small to read.
        ModuleNotFoundError: the extra `layout` is not installed.
    """
    around = surroundings(picture)
    fonts = Fonts(least_px(paper) / LABEL_SIZE, paper.largest)
    shape = paper.width / (paper.height * ROUGH_BODY)
    try:
        recalled = recall(picture, around, paper, remembered) if remembered else None
        if recalled:
            return _drawn(*recalled, (0.0, 0.0))
        placed, font = place(picture, lambda size: largest_font(around, paper, size), fonts, shape)
    except LayoutTooLarge as error:
        raise NetworkTooFull(picture.id, paper.name) from error
    if not font:
        raise NetworkTooFull(picture.id, paper.name)
    page = sheet(around, paper, font)
    left, over = page.width - placed.size.width, page.body - placed.size.height
    return _drawn(placed, page, (left / 2, page.top + over / 2))


def _drawn(placed: Placed, page: Sheet, origin: Point) -> Scene:
    picture, paper = page.around.picture, page.paper
    smallest = round(page.font_px * LABEL_SIZE, 2) if any(one.lines for one in placed.network.edges) else page.font_px
    items = tuple(_Setter(page, placed, origin).items())
    drawn = Scene(picture.id, picture.title, picture.description, picture.lang, paper, smallest, items)
    if drawn.font_px < least_px(paper):
        raise NetworkTooFull(picture.id, paper.name)
    return drawn


class _Setter:
    """Sets one placed network, its upper left corner there on its sheet."""

    def __init__(self, page: Sheet, placed: Placed, origin: Point) -> None:
        self.page, self.placed, self.pen, self.em = page, placed, Pen(page.font_px), page.font_px
        self.x, self.y = origin
        self.limits = page.limits.moved(-self.x, -self.y)

    def items(self) -> Iterator[Item]:
        """The whole sheet, in order of painting."""
        yield from header(self.page, self.pen)
        yield from self.frames()
        yield from self.lines()
        yield from self.titles()
        yield from self.boxes()
        yield from self.plates()
        yield from footing(self.page, self.pen)

    def frames(self) -> Iterator[Item]:
        """Frames, those around others first."""
        for n in sorted(range(len(self.placed.frames)), key=lambda n: (self.deep(n), n)):
            frame, cluster = self.placed.frames[n], self.placed.network.frames[n].cluster
            if frame is None:
                continue
            fill = INNER_FILL if self.deep(n) % 2 else FRAME_FILL
            plain = Look(fill, FRAME_BORDER, self.pen.px(0.06))
            drawn = frame_look(cluster.mark, self.em) if cluster.mark else plain
            mark = f" mark-{cluster.mark.value}" if cluster.mark else ""
            ground = Box("", f"frame{mark}", self.rect(frame), drawn, "rounded", self.pen.px(FRAME_CORNER))
            yield Group(cluster.id, "cluster", (ground,), clean(cluster.label))

    def deep(self, n: int) -> int:
        """How many frames are around a frame."""
        frames = self.placed.network.frames
        parent = {one.cluster.id: one.cluster.parent for one in frames}
        id, count = frames[n].cluster.parent, 0
        while id in parent and count < len(frames):
            id, count = parent[id], count + 1
        return count

    def titles(self) -> Iterator[Item]:
        """Titles of frames, on a ground of their own: lines pass beneath."""
        for n, where in enumerate(titles(self.placed)):
            if where is None:
                continue
            one = self.placed.network.frames[n]
            text = self.pen.text(one.lines, *self.middle(where), bold=True)
            ground = frame_look(one.cluster.mark, self.em).fill if one.cluster.mark else ""
            ground = ground or (INNER_FILL if self.deep(n) % 2 else FRAME_FILL)
            yield Box("", "title-plate", self.rect(where), Look(ground), words=(Words("group-title", text, FRAME_INK),))

    def lines(self) -> Iterator[Item]:
        """Lines, in their order."""
        entries = {entry.mark: clean(entry.label) for entry in self.placed.network.picture.lines}
        names = {one.node.id: clean(one.node.label) for one in self.placed.network.nodes}
        for one, points in zip(self.placed.network.edges, self.placed.lines, strict=True):
            edge = one.edge
            label = clean(edge.label) or entries.get(edge.mark, "")
            name = f"{names[edge.source]} → {names[edge.target]}" + (f": {label}" if label else "")
            corners = tuple((self.pen.px(x + self.x), self.pen.px(y + self.y)) for x, y in points)
            yield Line(
                edge.id, f"line line-{edge.mark.value}", corners, line_look(edge.mark, self.em),
                edge.source, edge.target, edge.arrow, curved=True, name=name, note=clean(edge.note) or name,
            )  # fmt: skip

    def boxes(self) -> Iterator[Item]:
        """Boxes with their names and badges."""
        for one, where in zip(self.placed.network.nodes, self.placed.boxes, strict=True):
            node, label = one.node, clean(one.node.label)
            means = meaning(self.placed.network.picture.legend, node)
            yield Box(
                node.id, f"block mark-{node.mark.value}", self.rect(where), look(node.mark, self.em),
                OUTLINES[node.shape], self.pen.px(corner(node.shape)), tuple(self.words(one, where)),
                name=f"{label} ({means})" if means else label or node.id, note=clean(node.note) or label,
            )  # fmt: skip

    def words(self, one: SizedNode, where: Area) -> Iterator[Words]:
        """A badge in the upper left of the room inside the outline, and the name in the rest."""
        above, right, below = inset(one.node.shape)
        top, bottom, left = where.top + above, where.bottom - below, where.left + one.beside
        if one.badge:
            at = where.left + PAD_X + self.x, top + PAD_Y + LEADING / 2 + self.y
            yield Words("badge", self.pen.text((one.badge,), *at, bold=True, anchor="start"), INK)
        if one.lines:
            yield Words(
                "label", self.pen.text(one.lines, *self.middle(Area(left, top, where.right - right, bottom))), INK
            )

    def plates(self) -> Iterator[Item]:
        """Labels of lines, each on a white plate."""
        for one, where in zip(self.placed.network.edges, plates(self.placed, self.limits), strict=True):
            if where:
                text = self.pen.text(one.lines, *self.middle(where), LABEL_SIZE)
                plate = Look(PAPER)
                words = (Words("line-label", text, INK),)
                yield Box(
                    "",
                    f"plate line-{one.edge.mark.value}",
                    self.rect(where),
                    plate,
                    "rounded",
                    self.pen.px(0.25),
                    words,
                )

    def rect(self, where: Area) -> Rect:
        return self.pen.rect(
            where.left + self.x, where.top + self.y, where.right - where.left, where.bottom - where.top
        )

    def middle(self, where: Area) -> tuple[float, float]:
        return (where.left + where.right) / 2 + self.x, (where.top + where.bottom) / 2 + self.y
