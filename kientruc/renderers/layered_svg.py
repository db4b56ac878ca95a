"""A layered picture as SVG: presentation attributes only, so a page with a strict content policy can hold it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from kientruc.renderers.layered_grid import arrange
from kientruc.renderers.layered_parts import Arrangement, PlacedBand, PlacedBlock, PlacedEntry, PlacedGroup
from kientruc.renderers.layered_style import (
    EMPTY_BORDER,
    EMPTY_FILL,
    HATCH_INK,
    INK,
    MARKS,
    PALE_INK,
    PAPER,
    TITLE_INK,
    MarkStyle,
    Tone,
    tone,
)
from kientruc.renderers.scene import Lettering, Paper, Rect
from kientruc.renderers.text_metrics import clean
from kientruc.views.picture import LayeredPicture, Mark

FONTS = "'Noto Sans', 'Segoe UI', Arial, sans-serif"
CAP_MIDDLE = 0.36  # em from the middle of a capital letter to its base line
CORNER = 0.28  # em


@dataclass(frozen=True, slots=True)
class Drawing:
    """The text of an SVG, and how large its smallest letters are.

    Args:
        effective_px: their size on a slide 1600 px wide; below 12 a caller should warn or split the picture.
        printed_pt: their size on the picture's own paper; below 8 it should not be printed.
    """

    svg: str
    font_px: float
    width: int
    height: int
    effective_px: float
    printed_pt: float


def render(picture: LayeredPicture, paper: Paper) -> str:
    """The picture as SVG text."""
    return draw(picture, paper).svg


def draw(picture: LayeredPicture, paper: Paper) -> Drawing:
    """The picture as SVG text, with its reading size.

    Raises:
        PictureTooFull: the texts fit at no size.
    """
    arrangement = arrange(picture, paper)
    svg = "\n".join(_Speller(picture, arrangement).document()) + "\n"
    size = arrangement.font_px
    return Drawing(svg, size, paper.width, paper.height, arrangement.effective_px, arrangement.printed_pt)


@dataclass(slots=True)
class _Speller:
    """Spells one arrangement; remembers the ids it has given, for an id may stand only once in a document."""

    picture: LayeredPicture
    placed: Arrangement
    taken: set[str] = field(default_factory=set)

    def document(self) -> Iterator[str]:
        """All lines of the file."""
        picture, paper = self.picture, self.placed.paper
        title, description, hatch = (self.unique(part) for part in ("title", "desc", "hatch"))
        yield "<svg" + _attributes(
            xmlns="http://www.w3.org/2000/svg", width=paper.width, height=paper.height,
            viewBox=f"0 0 {paper.width} {paper.height}", lang=clean(picture.lang), role="graphics-document",
            aria_labelledby=title, aria_describedby=description, class_="layered", font_family=FONTS, fill=INK,
        ) + ">"  # fmt: skip
        yield f'<title id="{title}">{_text(picture.title)}</title>'
        yield f'<desc id="{description}">{_text(picture.description)}</desc>'
        yield from self.hatch(hatch)
        yield f'<rect class="paper" width="{paper.width}" height="{paper.height}" fill="{PAPER}"/>'
        yield from _lettering(self.placed.title, "title", TITLE_INK)
        yield from _lettering(self.placed.subtitle, "subtitle", PALE_INK)
        for band in self.placed.bands:
            yield from self.band(band, hatch)
        yield from self.legend(hatch)
        yield from _lettering(self.placed.footer, "footer", PALE_INK)
        yield "</svg>"

    def hatch(self, name: str) -> Iterator[str]:
        """The slanting lines, if a mark needs them."""
        blocks = [block.block.mark for band in self.placed.bands for g in band.groups for block in g.blocks]
        if not any(MARKS[mark].hatched for mark in (*blocks, *(entry.mark for entry in self.picture.legend))):
            return
        step, line = _number(self.placed.font_px * 0.42), _number(self.placed.font_px * 0.14)
        ground = next(style.fill for style in MARKS.values() if style.hatched)
        yield (
            f'<defs><pattern id="{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="{step}" height="{step}" fill="{ground}"/>'
            f'<rect width="{line}" height="{step}" fill="{HATCH_INK}"/></pattern></defs>'
        )

    def band(self, band: PlacedBand, hatch: str) -> Iterator[str]:
        """A band: ground, title field, border, title, groups."""
        colours = tone(band.place, band.tone)
        em = self.placed.font_px
        yield "<g" + _attributes(
            id=self.unique(f"band-{band.band.id}"), class_=f"band {band.place}", role="graphics-object",
            aria_label=clean(band.band.label),
        ) + ">"  # fmt: skip
        yield _rect(band.rect, em, class_="ground", fill=colours.ground)
        yield f'<path class="head" d="{_head(band, em * CORNER)}" fill="{colours.head}"/>'
        yield _rect(band.rect, em, class_="border", fill="none", stroke=colours.border, stroke_width=_number(em * 0.08))
        yield from _lettering(band.text, "band-title", colours.ink)
        for group in band.groups:
            yield from self.group(group, colours, hatch)
        yield "</g>"

    def group(self, group: PlacedGroup, colours: Tone, hatch: str) -> Iterator[str]:
        """A group: frame and title if it has them, then its blocks."""
        em = self.placed.font_px
        label = clean(group.group.label)
        named = {"role": "graphics-object", "aria_label": label} if label else {}
        yield "<g" + _attributes(id=self.unique(f"group-{group.group.id}"), class_="group", **named) + ">"
        if group.frame:
            yield self.frame(group.frame, group.group.mark, colours)
        if group.text:
            yield from _lettering(group.text, "group-title", colours.ink)
        if group.empty:
            yield _rect(
                group.empty[0], em, class_="empty", fill=EMPTY_FILL, stroke=EMPTY_BORDER,
                stroke_width=_number(em * 0.05), stroke_dasharray=f"{_number(em * 0.1)} {_number(em * 0.25)}",
            )  # fmt: skip
            yield from _lettering(group.empty[1], "nothing", PALE_INK)
        for block in group.blocks:
            yield from self.block(block, hatch)
        yield "</g>"

    def frame(self, rect: Rect, mark: Mark | None, colours: Tone) -> str:
        """The frame of a group, with the border of the whole's mark if it has one."""
        em = self.placed.font_px
        if mark is None:
            width = _number(em * 0.05)
            return _rect(rect, em, class_="frame", fill=colours.group, stroke=colours.border, stroke_width=width)
        border = self.border(MARKS[mark])
        return _rect(rect, em, class_=f"frame mark-{mark.value}", fill=_pale(MARKS[mark].fill), **border)

    def border(self, style: MarkStyle) -> dict[str, str]:
        """The attributes of a mark's border."""
        em = self.placed.font_px
        dash = {"stroke_dasharray": " ".join(_number(part * em) for part in style.dash)} if style.dash else {}
        ends = {"stroke_linecap": "round"} if style.round_ends else {}
        return {"stroke": style.border, "stroke_width": _number(style.width * em), **dash, **ends}

    def block(self, placed: PlacedBlock, hatch: str) -> Iterator[str]:
        """A block: its name for those who listen, its note for those who point, its box and its label."""
        block, label = placed.block, clean(placed.block.label)
        means = next((clean(entry.label) for entry in self.picture.legend if entry.mark is block.mark), "")
        yield "<g" + _attributes(
            id=self.unique(f"b-{block.id}"), class_=f"block mark-{block.mark.value}", data_id=clean(block.id),
            role="graphics-symbol", aria_label=f"{label} ({means})" if means else label,
        ) + ">"  # fmt: skip
        yield f"<title>{_text(block.note) or escape(label)}</title>"
        yield self.marked(placed.rect, block.mark, hatch)
        yield from _lettering(placed.text, "label", INK)
        yield "</g>"

    def legend(self, hatch: str) -> Iterator[str]:
        """All entries of the legend."""
        for entry in self.placed.legend:
            yield from self.entry(entry, hatch)

    def entry(self, entry: PlacedEntry, hatch: str) -> Iterator[str]:
        """A small block and its words."""
        yield f'<g class="legend mark-{entry.entry.mark.value}">'
        yield self.marked(entry.swatch, entry.entry.mark, hatch)
        yield from _lettering(entry.text, "label", INK)
        yield "</g>"

    def marked(self, rect: Rect, mark: Mark, hatch: str) -> str:
        """The box of a block in the fill and border of its mark."""
        style = MARKS[mark]
        fill = f"url(#{hatch})" if style.hatched else style.fill
        return _rect(rect, self.placed.font_px, class_="box", fill=fill, **self.border(style))

    def unique(self, wanted: str) -> str:
        """This id behind the picture's own, or the next one free: a page may hold several pictures."""
        wanted = re.sub(r"[^A-Za-z0-9._-]", "-", f"{self.picture.id}-{wanted}")
        found, number = wanted, 2
        while found in self.taken:
            found, number = f"{wanted}--{number}", number + 1
        self.taken.add(found)
        return found


def _lettering(text: Lettering, class_: str, fill: str) -> Iterator[str]:
    """One text element with a tspan for each line; nothing for no lines."""
    if not text.lines:
        return
    first = text.y - (len(text.lines) - 1) / 2 * text.leading + CAP_MIDDLE * text.size
    x = _number(text.x)
    spans = "".join(
        f'<tspan x="{x}" y="{_number(first + number * text.leading)}">{escape(line)}</tspan>'
        for number, line in enumerate(text.lines)
    )
    turn = {"transform": f"rotate({text.turn} {x} {_number(text.y)})"} if text.turn else {}
    bold = {"font_weight": "700"} if text.bold else {}
    yield "<text" + _attributes(
        class_=class_, font_size=_number(text.size), text_anchor=text.anchor, fill=fill, **bold, **turn
    ) + f">{spans}</text>"  # fmt: skip


def _rect(rect: Rect, em: float, **attributes: str) -> str:
    place = _attributes(
        x=_number(rect.x), y=_number(rect.y), width=_number(rect.width), height=_number(rect.height),
        rx=_number(min(em * CORNER, rect.width / 2, rect.height / 2)),
    )  # fmt: skip
    return f"<rect{place}{_attributes(**attributes)}/>"


def _head(band: PlacedBand, corner: float) -> str:
    """The field of the title as a path: round where the band is, straight towards the blocks."""
    rect, r = band.head, min(corner, band.head.width / 2, band.head.height / 2)
    outer, inner, way = (rect.right, rect.x, -1) if band.place == "right" else (rect.x, rect.right, 1)
    turn = 0 if band.place != "right" else 1
    points = (
        inner,
        rect.y,
        outer + way * r,
        r,
        r,
        turn,
        outer,
        rect.y + r,
        rect.bottom - r,
        outer + way * r,
        rect.bottom,
    )
    x, y, x1, r1, r2, sweep, x2, y2, y3, x4, y4 = map(_number, points)
    return f"M{x} {y}H{x1}A{r1} {r2} 0 0 {sweep} {x2} {y2}V{y3}A{r1} {r2} 0 0 {sweep} {x4} {y4}H{x}Z"


def _pale(colour: str) -> str:
    """The colour two thirds of the way to white: what is inside a frame must stand out from it."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - part) // 3:02x}" for part in parts)


def _number(value: float) -> str:
    """At most two decimals, no trailing zeros, no minus zero."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _attributes(**values: str | int) -> str:
    return "".join(f" {name.rstrip('_').replace('_', '-')}={quoteattr(str(value))}" for name, value in values.items())


def _text(text: str) -> str:
    return escape(clean(text))
