"""A layered picture as rectangles: every band, group, block and line of text gets its coordinates."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kientruc.renderers.layered_parts import Arrangement, PlacedBand, PlacedBlock, PlacedEntry, PlacedGroup
from kientruc.renderers.layered_plan import (
    BAND_GAP,
    BAND_PAD,
    GAP,
    GROUP_GAP,
    GROUP_PAD,
    LEADING,
    MARGIN,
    PAD_X,
    PAD_Y,
    BandPlan,
    MeasuredGroup,
    Shelf,
    group_width,
    measured_badge,
)
from kientruc.renderers.layered_sheet import (
    ENTRY_DROP,
    ENTRY_GAP,
    SWATCH_HEIGHT,
    SWATCH_WIDTH,
    TITLE_LEADING,
    SheetPlan,
    entry_room,
    entry_width,
    legend_line_height,
    plan_sheet,
)
from kientruc.renderers.scene import Lettering, Paper, Rect
from kientruc.renderers.text_metrics import Measured
from kientruc.renderers.text_metrics import width as line_width
from kientruc.views.picture import LayeredPicture


@dataclass(frozen=True, slots=True)
class Pen:
    """Turns em into px, rounded so that the same picture has the same bytes on every machine."""

    font_px: float

    def px(self, em: float) -> float:
        return round(em * self.font_px, 2) + 0.0

    def rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """A rectangle whose right and lower edges are rounded too, so that neighbours never overlap."""
        left, top = self.px(x), self.px(y)
        return Rect(left, top, round(self.px(x + width) - left, 2), round(self.px(y + height) - top, 2))

    def text(
        self, lines: tuple[str, ...], x: float, y: float,
        size: float = 1.0, bold: bool = False, anchor: str = "middle", turn: int = 0, leading: float = LEADING,
    ) -> Lettering:  # fmt: skip
        return Lettering(lines, self.px(x), self.px(y), self.px(size), self.px(size * leading), bold, anchor, turn)


def arrange(picture: LayeredPicture, paper: Paper) -> Arrangement:
    """Place the picture on the paper with the largest font that fits."""
    plan = plan_sheet(picture, paper)
    pen = Pen(plan.font_px)
    title, subtitle = _header(plan, pen)
    return Arrangement(
        paper=paper,
        font_px=plan.font_px,
        title=title,
        subtitle=subtitle,
        footer=_footer(plan, pen),
        bands=tuple(_bands(plan, pen)),
        legend=tuple(_legend(picture, plan, pen)),
    )


def _header(plan: SheetPlan, pen: Pen) -> tuple[Lettering, Lettering]:
    room, middle, measured = plan.width - 2 * MARGIN, plan.width / 2, plan.measured
    title = measured.title.wrapped(room / plan.title_size)
    subtitle = measured.subtitle.wrapped(room)
    title_height = len(title) * plan.title_size * TITLE_LEADING
    below = MARGIN + title_height + len(subtitle) * LEADING / 2
    return (
        pen.text(title, middle, MARGIN + title_height / 2, plan.title_size, bold=True, leading=TITLE_LEADING),
        pen.text(subtitle, middle, below),
    )


def _footer(plan: SheetPlan, pen: Pen) -> Lettering:
    room = plan.width - 2 * MARGIN
    lines = plan.measured.footer.wrapped(room)
    y = plan.height - MARGIN - len(lines) * LEADING / 2
    if plan.footer_beside:
        return pen.text(lines, plan.width - MARGIN, y - ENTRY_DROP, anchor="end")
    return pen.text(lines, MARGIN, y, anchor="start")


def _legend(picture: LayeredPicture, plan: SheetPlan, pen: Pen) -> Iterator[PlacedEntry]:
    room, texts = plan.width - 2 * MARGIN, plan.measured.legend
    footer = 0 if plan.footer_beside else len(plan.measured.footer.wrapped(room))
    heights = [legend_line_height(texts, line, room) for line in plan.legend]
    y = plan.height - MARGIN - footer * LEADING - sum(heights)
    for line, height in zip(plan.legend, heights, strict=True):
        x = MARGIN
        for number in line:
            middle = y + (height - ENTRY_DROP) / 2
            swatch = pen.rect(x, middle - SWATCH_HEIGHT / 2, SWATCH_WIDTH, SWATCH_HEIGHT)
            words = texts[number].wrapped(entry_room(room))
            text = pen.text(words, x + SWATCH_WIDTH + PAD_X, middle, anchor="start")
            badge = measured_badge(picture.legend[number].badge).wrapped(SWATCH_WIDTH)
            sign = pen.text(badge, x + SWATCH_WIDTH / 2, middle, bold=True) if badge else None
            yield PlacedEntry(picture.legend[number], swatch, text, sign)
            x += entry_width(texts[number], room) + ENTRY_GAP
        y += height


def _bands(plan: SheetPlan, pen: Pen) -> Iterator[PlacedBand]:
    """Left columns, rows from top to bottom, right columns: the order of reading."""
    x = MARGIN
    for tone, side in enumerate(plan.left):
        yield _side(side, tone, "left", (x, plan.body_top, plan.body_height), pen)
        x += side.width + BAND_GAP
    right = plan.width - MARGIN - sum(side.width + BAND_GAP for side in plan.right)
    y = plan.body_top
    for tone, row in enumerate(plan.rows):
        yield _row(row, tone, (x, y, right - x), plan.label_width, pen)
        y += row.height + BAND_GAP
    x = right + BAND_GAP
    for tone, side in enumerate(plan.right):
        yield _side(side, tone, "right", (x, plan.body_top, plan.body_height), pen)
        x += side.width + BAND_GAP


def _row(plan: BandPlan, tone: int, at: tuple[float, float, float], label_width: float, pen: Pen) -> PlacedBand:
    x, y, width = at
    lines = plan.measured.label.wrapped(label_width - 2 * PAD_X, _lines_high(plan.height))
    return PlacedBand(
        band=plan.measured.band,
        place="row",
        tone=tone,
        rect=pen.rect(x, y, width, plan.height),
        head=pen.rect(x, y, label_width, plan.height),
        text=pen.text(lines, x + label_width / 2, y + plan.height / 2, bold=True),
        groups=tuple(_shelves(plan, x + label_width + BAND_PAD, y + BAND_PAD, pen)),
    )


def _side(plan: BandPlan, tone: int, place: str, at: tuple[float, float, float], pen: Pen) -> PlacedBand:
    x, y, height = at
    head = x if place == "left" else x + plan.width - plan.strip
    blocks = x + plan.strip + BAND_PAD if place == "left" else x + BAND_PAD
    lines = plan.measured.label.wrapped(height - 2 * BAND_PAD)
    turn = -90 if place == "left" else 90
    return PlacedBand(
        band=plan.measured.band,
        place=place,
        tone=tone,
        rect=pen.rect(x, y, plan.width, height),
        head=pen.rect(head, y, plan.strip, height),
        text=pen.text(lines, head + plan.strip / 2, y + height / 2, bold=True, turn=turn),
        groups=tuple(_shelves(plan, blocks, y + (height - plan.stacked) / 2, pen)),
    )


def _shelves(plan: BandPlan, x: float, y: float, pen: Pen) -> Iterator[PlacedGroup]:
    for shelf in plan.shelves:
        at = x
        for group, columns in zip(shelf.groups, shelf.widths, strict=True):
            widths = _even(group, len(columns), plan.inner) if plan.turned else columns
            yield _group(group, widths, shelf, (at, y), pen)
            at += group_width(group, widths) + GROUP_GAP
        y += shelf.height + GROUP_GAP


def _even(group: MeasuredGroup, columns: int, width: float) -> tuple[float, ...]:
    """Columns of one width in a group of this width."""
    return ((width - group_width(group, (0.0,) * columns)) / columns,) * columns


def _group(
    group: MeasuredGroup, widths: tuple[float, ...], shelf: Shelf, at: tuple[float, float], pen: Pen
) -> PlacedGroup:
    (x, y), width = at, group_width(group, widths)
    frame, text, pad, head = None, None, 0.0, 0.0
    if group.framed:
        pad, head = GROUP_PAD, shelf.head
        frame = pen.rect(x, y, width, shelf.height)
        lines = group.label.wrapped(width - 2 * GROUP_PAD)
        text = pen.text(lines, x + width / 2, y + pad / 2 + head / 2, bold=True)
    room = (x + pad, y + pad + head, width - 2 * pad, shelf.height - 2 * pad - head)
    if not group.blocks:
        return PlacedGroup(group.group, frame, text, (), _box(group.nothing, room[:2], room[2:], group.pad, pen))
    return PlacedGroup(group.group, frame, text, tuple(_blocks(group, widths, room, pen)))


def _blocks(
    group: MeasuredGroup, widths: tuple[float, ...], room: tuple[float, float, float, float], pen: Pen
) -> Iterator[PlacedBlock]:
    """Blocks line by line; the group's rows share its height."""
    x, y, _, height = room
    starts = [x + sum(widths[:column]) + column * GAP for column in range(len(widths))]
    step = (height + GAP) / math.ceil(len(group.blocks) / len(widths))
    for number, (block, text) in enumerate(zip(group.group.blocks, group.blocks, strict=True)):
        line, column = divmod(number, len(widths))
        at, sign = (starts[column], y + line * step), measured_badge(block.signs)
        badge = pen.text((sign.text,), at[0] + PAD_X + sign.needed[0] / 2, at[1] + PAD_Y + 0.5, bold=True)
        box = _box(text, at, (widths[column], step - GAP), group.pad, pen)
        yield PlacedBlock(block, *box, badge if sign.text else None)


def _box(
    text: Measured, at: tuple[float, float], size: tuple[float, float], pad: float, pen: Pen
) -> tuple[Rect, Lettering]:
    (x, y), (width, height) = at, size
    lines = text.wrapped(width - pad, _lines_high(height))
    widest = max((line_width(line) for line in lines), default=0.0)
    middle = max(x + width / 2, x + pad - PAD_X + widest / 2)  # a badge moves only the text that would touch it
    return pen.rect(x, y, width, height), pen.text(lines, middle, y + height / 2)


def _lines_high(height: float) -> int:
    """Lines that fit a box of this height."""
    return int((height - 2 * PAD_Y + 1e-6) / LEADING)
