"""Scenes as a draw.io file, a page each: boxes, groups and lines that a department can edit, each with its model id.

A label is HTML there, so it is escaped once as HTML and once more as XML; a style never holds a word of the model.
"""

from __future__ import annotations

import base64
import html
import zlib
from collections.abc import Iterable, Sequence
from typing import assert_never
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from kientruc.renderers.layered_style import PAPER
from kientruc.renderers.scene import Box, Group, Item, Lettering, Line, Look, Rect, Scene, Words, unique, walk
from kientruc.renderers.scene_extents import bounds, extent, label_of, margins, middle, unturned
from kientruc.renderers.scene_outlines import depth, head_length, paths
from kientruc.renderers.text_metrics import clean

ROOT, LAYER = "0", "1"  # draw.io's own first two cells of a page
PLAIN = "html=1;whiteSpace=wrap;"
FONTS = "Noto Sans,Arial,sans-serif"
HEAD = 0.6  # of the length of a head of ours: what the program adds to one is left out
ALIGN = {"start": "left", "middle": "center", "end": "right"}


def render(scenes: Sequence[Scene]) -> bytes:
    """Spell scenes as an `mxfile`: UTF-8, not compressed, so that versions of it can be compared."""
    file = Element("mxfile", host="kientruc", type="device")
    taken: set[str] = set()
    for scene in scenes:
        page = SubElement(file, "diagram", id=unique(f"page-{scene.id}", taken), name=clean(scene.title) or "–")
        paper = {"pageWidth": str(scene.paper.width), "pageHeight": str(scene.paper.height)}
        view = {"grid": "0", "page": "1", "pageScale": "1", "math": "0", "shadow": "0", "background": PAPER}
        model = SubElement(page, "mxGraphModel", {**view, **paper})
        _Page(SubElement(model, "root")).write(scene)
    text: str = tostring(file, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


class _Page:
    """Writes the cells of one scene; an id stands once on a page."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.taken = {ROOT, LAYER}
        self.boxes: dict[str, tuple[str, Box]] = {}

    def write(self, scene: Scene) -> None:
        """Write all items in order of painting; a line may name a cell that comes after it."""
        for one in walk(scene.items):
            if isinstance(one, Box) and one.id and one.id not in self.boxes:
                self.boxes[one.id] = (unique(one.id, self.taken), one)
        SubElement(self.root, "mxCell", id=ROOT)
        SubElement(self.root, "mxCell", {"id": LAYER, "parent": ROOT})
        self.all(scene.items, LAYER, (0.0, 0.0))

    def all(self, items: Iterable[Item], parent: str, origin: tuple[float, float]) -> None:
        """Write items into a parent whose upper left corner is the origin."""
        for item in items:
            match item:
                case Group():
                    self.group(item, parent, origin)
                case Box():
                    self.box(item, parent, origin)
                case Words():
                    self.words(item, parent, origin)
                case Line():
                    self.line(item, parent, origin)
                case _:
                    assert_never(item)

    def group(self, group: Group, parent: str, origin: tuple[float, float]) -> None:
        """A named group moves as one, on its ground if it has one; another only holds what is drawn together."""
        rect = bounds(group.items)
        if not group.name or rect is None:
            self.all(group.items, parent, origin)
            return
        style, first = "group;", group.items[0]
        grounded = isinstance(first, Box) and first.rect == rect and not first.name and not first.words
        if isinstance(first, Box) and grounded:
            style = _outline(first) + _look(first.look) + "container=1;collapsible=0;"
        id, cell = self.cell(group, "", f"{style}connectable=0;", parent)
        _geometry(cell, rect, origin)
        self.all(group.items[1:] if grounded else group.items, id, (rect.x, rect.y))

    def box(self, box: Box, parent: str, origin: tuple[float, float]) -> None:
        """A box with its label; further words stand in it as cells of their own."""
        label = label_of(box)
        style = _outline(box) + _look(box.look) + (_lettering(label) + _within(box, label) if label else "")
        id, cell = self.cell(box, _html(label.text) if label else "", style, parent)
        _geometry(cell, box.rect, origin)
        for words in box.words:
            if words is not label:
                self.words(words, id, (box.rect.x, box.rect.y))

    def words(self, words: Words, parent: str, origin: tuple[float, float]) -> None:
        """Words by themselves, in a cell without border."""
        if not words.text.lines:
            return
        style = f"text;{PLAIN}strokeColor=none;fillColor=none;verticalAlign=middle;spacing=0;connectable=0;"
        turn = f"rotation={words.text.turn};" if words.text.turn else ""
        id = unique(words.sort, self.taken)
        drawn = {"style": style + _lettering(words) + turn, "parent": parent, "vertex": "1"}
        cell = SubElement(self.root, "mxCell", {"id": id, "value": _html(words.text), **drawn})
        _geometry(cell, unturned(words.text), origin)

    def line(self, line: Line, parent: str, origin: tuple[float, float]) -> None:
        """A line between the cells of its boxes, through its corners, with its label."""
        label = next(iter(line.words), None)
        ends = [(name, self.boxes.get(id)) for name, id in (("source", line.source), ("target", line.target))]
        style = f"html=1;rounded=0;edgeStyle=none;curved={int(line.curved)};labelBackgroundColor=none;"
        style += _look(line.look) + _arrow(line)
        for (_, found), side, point in zip(ends, ("exit", "entry"), (line.points[0], line.points[-1]), strict=True):
            style += _docked(side, found[1].rect, point) if found else ""
        style += _lettering(label) if label else ""
        _, cell = self.cell(line, _html(label.text) if label else "", style, parent, edge=True)
        for name, found in ends:
            if found:
                cell.set(name, found[0])
        _route(cell, line, label, origin)
        for words in line.words[1:]:
            self.words(words, parent, origin)

    def cell(
        self, item: Box | Line | Group, label: str, style: str, parent: str, edge: bool = False
    ) -> tuple[str, Element]:
        """A cell; that of something in the model bears its id and note."""
        id, known = self.boxes.get(item.id, ("", None))
        if known is not item:
            id = unique(item.id or item.sort.split(" ")[0], self.taken)
        about = {"id": id, "value" if not item.id else "label": label}
        drawn = {"style": style, "parent": parent, "edge" if edge else "vertex": "1"}
        if not item.id:
            return id, SubElement(self.root, "mxCell", {**about, **drawn})
        about["kientruc_id"] = clean(item.id)
        if item.note:
            about["tooltip"] = html.escape(clean(item.note))
        return id, SubElement(SubElement(self.root, "UserObject", about), "mxCell", drawn)


def _html(text: Lettering) -> str:
    return "<br>".join(html.escape(clean(line)) for line in text.lines)


def _outline(box: Box) -> str:
    """The style of an outline, as deep as ours."""
    d = _number(depth(box))
    match box.outline:
        case "rect" | "rounded":
            shape = f"rounded=1;absoluteArcSize=1;arcSize={_number(2 * depth(box))};" if depth(box) else ""
        case "cylinder":
            shape = f"shape=cylinder3;boundedLbl=0;backgroundOutline=1;size={_number(depth(box) / 2)};"
        case "person" | "cube":
            shape = f"shape=stencil({_stencil(box)});"
        case "document":
            shape = f"shape=document;boundedLbl=0;size={_number(depth(box) / box.rect.height)};"
        case "note":
            shape = f"shape=note;boundedLbl=0;backgroundOutline=1;size={d};"
        case "diamond":
            shape = "rhombus;"
        case _:
            assert_never(box.outline)
    return PLAIN + shape


def _stencil(box: Box) -> str:
    """An outline that draw.io lacks, in its language of shapes; packed as it wants it, but not made smaller."""
    rect, drawn = box.rect, ""
    for path in paths(box):
        drawn += f"<path>{''.join(_step(letter, numbers, rect) for letter, numbers in path.steps)}</path><fillstroke/>"
    size = f'w="{_number(rect.width)}" h="{_number(rect.height)}"'
    shape = f'<shape {size} aspect="variable" strokewidth="inherit"><foreground>{drawn}</foreground></shape>'
    packer = zlib.compressobj(0, wbits=-zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(quote(shape).encode()) + packer.flush()).decode()


def _step(letter: str, numbers: tuple[float, ...], rect: Rect) -> str:
    """A step of a path from the upper left corner of its box."""
    tag = {"M": "move", "L": "line", "C": "curve", "Z": "close"}[letter]
    x, y = numbers[::2], numbers[1::2]
    names = ("x1", "y1", "x2", "y2", "x3", "y3") if letter == "C" else ("x", "y")
    values = (_number(v) for pair in zip(x, y, strict=True) for v in (pair[0] - rect.x, pair[1] - rect.y))
    return f"<{tag}" + "".join(f' {name}="{value}"' for name, value in zip(names, values, strict=False)) + "/>"


def _look(look: Look) -> str:
    """Fill and border. Round ends are drawn square, which older versions know too; hatching is left out: the
    program's own looks drawn by hand.
    """
    dash = f"dashed=1;fixDash=1;dashPattern={' '.join(map(_number, look.square_dash))};" if look.dash else ""
    return f"fillColor={look.fill};strokeColor={look.stroke};strokeWidth={_number(look.width)};{dash}"


def _lettering(words: Words) -> str:
    """Font, size, colour and side of a text."""
    text = words.text
    bold = "fontStyle=1;" if text.bold else ""
    return f"fontFamily={FONTS};fontSize={_number(text.size)};fontColor={words.fill};align={ALIGN[text.anchor]};{bold}"


def _within(box: Box, label: Words) -> str:
    """Where in the box the label's room lies: what is beside it is spacing."""
    names = ("spacingLeft", "spacingTop", "spacingRight", "spacingBottom")
    sides = dict(zip(names, margins(box, label.text), strict=True))
    return "spacing=0;" + "".join(f"{name}={_number(size)};" for name, size in sides.items())


def _arrow(line: Line) -> str:
    end = f"endArrow=block;endFill=1;endSize={_number(head_length(line) * HEAD)};" if line.arrow else "endArrow=none;"
    return f"startArrow=none;{end}"


def _docked(side: str, rect: Rect, point: tuple[float, float]) -> str:
    """The point of a box's border where a line begins or ends, as parts of its width and height."""
    x = (point[0] - rect.x) / (rect.width or 1)
    y = (point[1] - rect.y) / (rect.height or 1)
    return f"{side}X={_number(x, 4)};{side}Y={_number(y, 4)};{side}Dx=0;{side}Dy=0;{side}Perimeter=0;"


def _route(cell: Element, line: Line, label: Words | None, origin: tuple[float, float]) -> None:
    """The corners of a line; the points of a curve are those that pull it. Its label is set off from its middle."""
    geometry = SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    points = [(x - origin[0], y - origin[1]) for x, y in line.points]
    inner = [point for at, point in enumerate(points[1:-1], 1) if not line.curved or at % 3]
    for name, point in (("sourcePoint", points[0]), ("targetPoint", points[-1])):
        SubElement(geometry, "mxPoint", {**_point(point), "as": name})
    if inner:
        corners = SubElement(geometry, "Array", {"as": "points"})
        for point in inner:
            SubElement(corners, "mxPoint", _point(point))
    if label:
        (x, y), rect = middle(line), extent(label.text)
        off = (rect.x + rect.width / 2 - x, rect.y + rect.height / 2 - y)
        SubElement(geometry, "mxPoint", {**_point(off), "as": "offset"})


def _geometry(cell: Element, rect: Rect, origin: tuple[float, float]) -> None:
    SubElement(
        cell, "mxGeometry",
        {**_point((rect.x - origin[0], rect.y - origin[1])), "width": _number(rect.width),
         "height": _number(rect.height), "as": "geometry"},
    )  # fmt: skip


def _point(point: tuple[float, float]) -> dict[str, str]:
    return {"x": _number(point[0]), "y": _number(point[1])}


def _number(value: float, decimals: int = 2) -> str:
    return f"{round(value, decimals) + 0.0:.{decimals}f}".rstrip("0").rstrip(".")
