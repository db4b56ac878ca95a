"""A layered picture with everything in its place, as a scene: bands with their titles, groups, blocks, legend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kientruc.renderers.layered_grid import arrange
from kientruc.renderers.layered_parts import Arrangement, PlacedBand, PlacedBlock, PlacedEntry, PlacedGroup
from kientruc.renderers.layered_style import (
    EMPTY_BORDER,
    EMPTY_FILL,
    INK,
    PALE_INK,
    TITLE_INK,
    Tone,
    frame_look,
    look,
    tone,
)
from kientruc.renderers.scene import Box, Group, Item, Lettering, Look, Paper, Rect, Scene, Side, Words
from kientruc.renderers.text_metrics import clean
from kientruc.views.network import Node
from kientruc.views.picture import SIGNS, Block, LayeredPicture, LegendEntry, Mark

CORNER = 0.28  # em


def scene(picture: LayeredPicture, paper: Paper) -> Scene:
    """The picture on this paper, with the largest letters that fit.

    Raises:
        PictureTooFull: the texts fit at no size.
    """
    placed = arrange(picture, paper)
    items = tuple(_Setter(picture, placed).items())
    return Scene(picture.id, picture.title, picture.description, picture.lang, paper, placed.font_px, items)


class _Setter:
    """Sets one arrangement."""

    def __init__(self, picture: LayeredPicture, placed: Arrangement) -> None:
        self.picture, self.placed, self.em = picture, placed, placed.font_px

    def items(self) -> Iterator[Item]:
        """The whole sheet, in order of painting."""
        placed = self.placed
        yield from _words("title", placed.title, TITLE_INK)
        yield from _words("subtitle", placed.subtitle, PALE_INK)
        yield from map(self.band, placed.bands)
        yield from map(self.entry, placed.legend)
        yield from _words("footer", placed.footer, PALE_INK)

    def band(self, band: PlacedBand) -> Group:
        """A band: ground, field of its title, border, title, groups."""
        colours = tone(band.place, band.tone)
        inner: Side = "left" if band.place == "right" else "right"
        items: tuple[Item, ...] = (
            self.box("ground", band.rect, Look(colours.ground)),
            Box("", "head", band.head, Look(colours.head), corner=self.px(CORNER), square=inner),
            self.box("border", band.rect, Look("none", colours.border, self.px(0.08))),
            *_words("band-title", band.text, colours.ink),
            *(self.group(group, colours) for group in band.groups),
        )
        return Group(band.band.id, f"band {band.place}", items, clean(band.band.label))

    def group(self, group: PlacedGroup, colours: Tone) -> Group:
        """A group: frame and title if it has them, then its blocks, or the box that says that there are none."""
        items: list[Item] = [*self.frame(group, colours)]
        if group.text:
            items += _words("group-title", group.text, colours.ink)
        if group.empty:
            dash = (self.px(0.1), self.px(0.25))
            items.append(self.box("empty", group.empty[0], Look(EMPTY_FILL, EMPTY_BORDER, self.px(0.05), dash)))
            items += _words("nothing", group.empty[1], PALE_INK)
        items += map(self.block, group.blocks)
        return Group(group.group.id, "group", tuple(items), clean(group.group.label))

    def frame(self, group: PlacedGroup, colours: Tone) -> Iterator[Box]:
        """The frame of a group, with the border of the whole's mark if it has one."""
        mark = group.group.mark
        if group.frame and mark:
            yield self.box(f"frame mark-{mark.value}", group.frame, frame_look(mark, self.em))
        elif group.frame:
            yield self.box("frame", group.frame, Look(colours.group, colours.border, self.px(0.05)))

    def block(self, placed: PlacedBlock) -> Box:
        """A block: what it is and means for those who listen, its note for those who point, its badge and label."""
        block, label = placed.block, clean(placed.block.label)
        means = meaning(self.picture.legend, block)
        words = (*_words("badge", placed.badge, INK), *_words("label", placed.text, INK))
        return Box(
            block.id, f"block mark-{block.mark.value}", placed.rect, look(block.mark, self.em),
            corner=self.px(CORNER), words=words,
            name=f"{label} ({means})" if means else label or block.id, note=clean(block.note) or label,
        )  # fmt: skip

    def entry(self, placed: PlacedEntry) -> Group:
        """An entry of the legend: a small block, with its badge, and its words."""
        mark = placed.entry.mark
        swatch = Box(
            "", "box", placed.swatch, look(mark, self.em), corner=self.px(CORNER),
            words=_words("badge", placed.badge, INK),
        )  # fmt: skip
        return Group("", f"legend mark-{mark.value}", (swatch, *_words("label", placed.text, INK)))

    def box(self, sort: str, rect: Rect, drawn: Look) -> Box:
        """A box that only decorates."""
        return Box("", sort, rect, drawn, corner=self.px(CORNER))

    def px(self, em: float) -> float:
        return round(em * self.em, 2)


def meaning(legend: Iterable[LegendEntry], box: Block | Node) -> str:
    """What the mark of a box and the sign in its corner mean, for those who listen; "" where no legend says it."""
    entries = [(one.mark, one.badge, clean(one.label)) for one in legend]
    marked = [words for mark, badge, words in entries if mark is box.mark and badge in ("", box.badge)]
    sign = SIGNS[box.certainty]
    signed = [words for mark, badge, words in entries if mark is Mark.SIGN and badge == sign]
    return "; ".join((*marked[:1], *signed))


def _words(sort: str, text: Lettering | None, fill: str) -> tuple[Words, ...]:
    return (Words(sort, text, fill),) if text and text.lines else ()
