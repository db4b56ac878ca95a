"""Scenes as slides of PowerPoint's own shapes: boxes with text, glued lines, groups; made to be edited."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu

from kientruc.renderers.packed import repacked
from kientruc.renderers.pptx_shapes import Pen, escaped, site
from kientruc.renderers.scene import Box, Group, Item, Line, Rect, Scene, Words, walk
from kientruc.renderers.scene_extents import bounds, label_of, unturned
from kientruc.renderers.text_metrics import clean

WIDTH, HEIGHT = 12_192_000, 6_858_000  # EMU: 13.333 x 7.5 inch
TEMPLATE_WIDTH = 9_144_000  # of the library's own slides; what its layouts hold is set wider
TITLE_ONLY = 5  # the layout of the library's template that has a title and nothing else
UNUSED = ("thumbnail", "extended-properties", "printerSettings")
FONT = "Arial"  # of the theme: what a user adds; and where a program lacks ours
LONGEST = 255  # letters in a name or title; the format knows no more
SPACES = nsdecls("a", "p", "r")


def render(scenes: Sequence[Scene]) -> bytes:
    """Spell scenes as a presentation, a slide each.

    Raises:
        ModuleNotFoundError: the extra `pptx` is not installed.
    """
    deck = _empty(scenes)
    for scene in scenes:
        add_slide(deck, scene)
    stream = io.BytesIO()
    deck.save(stream)
    return repacked(stream.getvalue())


def add_slide(deck: Deck, scene: Scene) -> None:
    """Add a slide with the whole scene on it, as large as it goes."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _Slide(slide, scene).write()


def _empty(scenes: Sequence[Scene]) -> Deck:
    """A presentation for a wide screen without slides; no clock, no name, nothing of its template's maker."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in holder.shapes:
            shape.left, shape.width = (Emu(round(size * WIDTH / TEMPLATE_WIDTH)) for size in (shape.left, shape.width))
    core = deck.core_properties
    core.title = clean(scenes[0].title)[:LONGEST] if scenes else ""
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    for element in list(core._element):
        if etree.QName(element).localname in ("created", "modified", "revision"):
            core._element.remove(element)
    for rels in (deck.part.package._rels, deck.part.rels):
        for id in [id for id, rel in rels.items() if rel.reltype.rpartition("/")[2] in UNUSED]:
            rels.pop(id)
    theme = deck.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _with_font(theme.blob)
    return deck


def _with_font(theme: bytes) -> bytes:
    """The theme with one font for titles and text."""
    root = etree.fromstring(theme)  # the library's own file
    for latin in root.iter(qn("a:latin")):
        latin.set("typeface", FONT)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


class _Slide:
    """Writes one slide; shapes are numbered, boxes are known by id to the lines that hang on them."""

    def __init__(self, slide: Slide, scene: Scene) -> None:
        self.slide, self.scene = slide, scene
        paper = scene.paper
        scale = min(WIDTH / paper.width, HEIGHT / paper.height)
        self.pen = Pen(scale, (WIDTH - paper.width * scale) / 2, (HEIGHT - paper.height * scale) / 2, scene.lang)
        boxes = {one.id: one for one in reversed([*walk(scene.items)]) if isinstance(one, Box) and one.id}
        self.boxes = {id: (number, box) for number, (id, box) in enumerate(boxes.items(), 2)}
        self.count = len(boxes) + 1
        self.titled = False

    def write(self) -> None:
        """Write all shapes in order of painting; a line may name a shape that comes after it."""
        tree = self.slide.shapes._spTree
        for old in list(self.slide.shapes):
            tree.remove(old._element)
        for shape in parse_xml(f"<p:spTree {SPACES}>{''.join(self.all(self.scene.items))}</p:spTree>"):
            tree.append(shape)
        self.slide._element.cSld.set("name", clean(self.scene.title)[:LONGEST])

    def all(self, items: Iterable[Item]) -> Iterator[str]:
        """Spell items in order of painting."""
        for item in items:
            match item:
                case Group():
                    yield from self.group(item)
                case Box():
                    yield from self.box(item)
                case Words():
                    yield from self.words(item)
                case Line():
                    yield from self.line(item)
                case _:
                    assert_never(item)

    def group(self, group: Group) -> Iterator[str]:
        """A named group moves as one; another only holds what is drawn together."""
        rect = bounds(group.items)
        if not group.name or rect is None:
            yield from self.all(group.items)
            return
        about = self.about(group.id, group.name, group.note)
        yield self.grouped(about, rect, self.all(group.items))

    def grouped(self, about: str, rect: Rect, parts: Iterator[str]) -> str:
        place, inner = self.pen.frame(rect), self.pen.frame(rect, "ch")
        return (
            f"<p:grpSp><p:nvGrpSpPr>{about}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{place}{inner}"
            f"</a:xfrm></p:grpSpPr>{''.join(parts)}</p:grpSp>"
        )

    def box(self, box: Box) -> Iterator[str]:
        """A box with its label; with further words in it, they are a group."""
        label = label_of(box)
        others = [words for words in box.words if words is not label]
        number, known = self.boxes.get(box.id, (0, None))
        about = self.about(box.id or box.sort.split(" ")[0], box.name, box.note, number if known is box else 0)
        text = self.pen.label(box, label) if label else self.pen.no_text()
        shape = (
            f"<p:sp><p:nvSpPr>{about}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{self.pen.frame(box.rect)}"
            f"</a:xfrm>{self.pen.outline(box)}{self.pen.look(box.look)}</p:spPr>{text}</p:sp>"
        )
        if not others:
            yield shape
            return
        parts = (shape, *(spelt for words in others for spelt in self.words(words)))
        yield self.grouped(self.about(box.id or "group", box.name, ""), box.rect, iter(parts))

    def words(self, words: Words) -> Iterator[str]:
        """Words by themselves: a box of text, or the title of the slide."""
        if not words.text.lines:
            return
        title = words.sort == "title" and not self.titled
        self.titled |= title
        about = self.about(words.sort, "", "")
        holder = '<p:cNvSpPr/><p:nvPr><p:ph type="title"/></p:nvPr>' if title else '<p:cNvSpPr txBox="1"/><p:nvPr/>'
        rect, turn = unturned(words.text), words.text.turn % 360 * 60_000
        if title:
            rect = self.wide(words, rect)
        rotated = f' rot="{turn}"' if turn else ""
        yield (
            f"<p:sp><p:nvSpPr>{about}{holder}</p:nvSpPr><p:spPr><a:xfrm{rotated}>{self.pen.frame(rect)}</a:xfrm>"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>{self.pen.text(words)}</p:sp>'
        )

    def wide(self, words: Words, rect: Rect) -> Rect:
        """All the width there is for a title, which some programs wrap whatever they are told."""
        x, whole = words.text.x, self.scene.paper.width
        half = min(x, whole - x)
        left, width = {"start": (x, whole - x), "middle": (x - half, 2 * half), "end": (0.0, x)}[words.text.anchor]
        return Rect(left, rect.y, width, rect.height)

    def line(self, line: Line) -> Iterator[str]:
        """A connector glued to its boxes, which stays as it is until one is moved; where none takes its way, a path."""
        about = self.about(line.id or line.sort.split(" ")[0], line.name, line.note)
        look, way = self.pen.look(line.look, line.arrow), self.pen.connector(line)
        if not way:
            about = f"<p:nvSpPr>{about}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            yield f"<p:sp>{about}<p:spPr>{self.pen.own_way(line)}{look}</p:spPr></p:sp>"
        else:
            glued = f"<p:cNvCxnSpPr>{self.glue(line)}</p:cNvCxnSpPr>"
            about = f"<p:nvCxnSpPr>{about}{glued}<p:nvPr/></p:nvCxnSpPr>"
            yield f"<p:cxnSp>{about}<p:spPr>{way}{look}</p:spPr></p:cxnSp>"
        yield from (spelt for words in line.words for spelt in self.words(words))

    def glue(self, line: Line) -> str:
        """What the ends of a connector hang on: the number of a box, and which of its sites."""
        ends = (("st", line.source, line.points[0]), ("end", line.target, line.points[-1]))
        return "".join(
            f'<a:{tag}Cxn id="{self.boxes[id][0]}" idx="{site(self.boxes[id][1].rect, point)}"/>'
            for tag, id, point in ends
            if id in self.boxes
        )

    def about(self, name: str, title: str, note: str, number: int = 0) -> str:
        """Number, the next one or one given before, and name of a shape; what it is for those who cannot see it."""
        self.count += not number
        told = clean(note) or clean(title)
        described = f' descr="{escaped(told)}"' if told else ""
        return f'<p:cNvPr id="{number or self.count}" name="{escaped(clean(name)[:LONGEST] or "–")}"{described}/>'
