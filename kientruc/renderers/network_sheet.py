"""What surrounds a network on its sheet: title, subtitle, notes, legend, footer, and the room they leave. Unit: em."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from kientruc.renderers.graph_layout import Area, Size
from kientruc.renderers.layered_grid import Pen
from kientruc.renderers.layered_plan import LEADING, MARGIN, PAD_X
from kientruc.renderers.layered_sheet import (
    ENTRY_DROP,
    ENTRY_GAP,
    LOUDEST,
    SWATCH_HEIGHT,
    SWATCH_WIDTH,
    TITLE_LEADING,
    TITLE_SIZES,
    MeasuredPicture,
    entry_room,
    entry_width,
    footer_fits_beside,
    footer_height,
    header_height,
    legend_line_height,
    legend_lines,
)
from kientruc.renderers.layered_style import INK, PALE_INK, TITLE_INK, look
from kientruc.renderers.network_style import line_look
from kientruc.renderers.network_texts import badge_of
from kientruc.renderers.scene import (
    SLIDE_WIDTH,
    SMALLEST_PT,
    SMALLEST_PX,
    Box,
    Group,
    Item,
    Lettering,
    Line,
    Paper,
    Words,
)
from kientruc.renderers.text_metrics import Measured, measure
from kientruc.views.network import LineEntry
from kientruc.views.picture import LegendEntry


class Framed(Protocol):
    """A picture as far as what surrounds it goes."""

    @property
    def id(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def subtitle(self) -> str: ...
    @property
    def footer(self) -> str: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def legend(self) -> tuple[LegendEntry, ...]: ...
    @property
    def lines(self) -> tuple[LineEntry, ...]: ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The texts around a network, measured."""

    picture: Framed
    measured: MeasuredPicture
    notes: tuple[Measured, ...]

    @property
    def entries(self) -> tuple[LegendEntry | LineEntry, ...]:
        """Marks first, then sorts of line."""
        return (*self.picture.legend, *self.picture.lines)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The surroundings at one font size: where the body begins, how high it is, and which entries share a line."""

    around: Surroundings
    paper: Paper
    font_px: float
    width: float
    height: float
    title_size: float
    top: float
    body: float
    legend: tuple[tuple[int, ...], ...]
    beside: bool

    @property
    def limits(self) -> Area:
        """The body: where boxes and lines may be."""
        return Area(MARGIN, self.top, self.width - MARGIN, self.top + self.body)


def surroundings(picture: Framed) -> Surroundings:
    """Measure what surrounds a picture."""
    measured = MeasuredPicture(
        title=measure(picture.title.upper(), bold=True),
        subtitle=measure(picture.subtitle),
        footer=measure(picture.footer),
        legend=(*(measure(one.label) for one in picture.legend), *(measure(one.label) for one in picture.lines)),
        rows=(),
        left=(),
        right=(),
    )
    return Surroundings(picture, measured, tuple(measure(note) for note in picture.notes if note.strip()))


def sheet(around: Surroundings, paper: Paper, font_px: float) -> Sheet:
    """The sheet at this font size; its body may have no height left."""
    width, height, measured = paper.width / font_px, paper.height / font_px, around.measured
    room = width - 2 * MARGIN
    loudest = paper.width * LOUDEST / font_px
    sizes = [size for size in TITLE_SIZES if size <= loudest] or [TITLE_SIZES[-1]]
    size = next((size for size in sizes if measured.title.needed[0] <= room / size), sizes[len(sizes) // 2])
    legend = legend_lines(measured.legend, room)
    beside = footer_fits_beside(measured, legend, room)
    notes = sum(note.lines_in(room) for note in around.notes) * LEADING
    top = MARGIN + header_height(measured, size, room)
    bottom = MARGIN + footer_height(measured, legend, beside, room) + notes + (0.3 if notes else 0.0)
    return Sheet(around, paper, font_px, width, height, size, top, height - top - bottom, legend, beside)


def largest_font(around: Surroundings, paper: Paper, size: Size) -> float:
    """The largest font, in tenths of a px, at which a network of this size fits; 0.0 if none does."""
    low, high = 0, round(paper.largest * 10)
    while low < high:  # a smaller font never fits less
        middle = (low + high + 1) // 2
        page = sheet(around, paper, middle / 10)
        fits = page.body >= size.height and page.width - 2 * MARGIN >= size.width
        low, high = (middle, high) if fits else (low, middle - 1)
    return low / 10


def least_px(paper: Paper) -> float:
    """The smallest letters that can be read: on the wall for a slide, in print for any other paper."""
    if paper.name == "slide":
        return SMALLEST_PX * paper.width / SLIDE_WIDTH
    return SMALLEST_PT * paper.width / paper.points


def header(page: Sheet, pen: Pen) -> Iterator[Item]:
    """Title and subtitle."""
    room, middle, measured = page.width - 2 * MARGIN, page.width / 2, page.around.measured
    title = measured.title.wrapped(room / page.title_size)
    high = len(title) * page.title_size * TITLE_LEADING
    yield from _words(
        "title",
        pen.text(title, middle, MARGIN + high / 2, page.title_size, bold=True, leading=TITLE_LEADING),
        TITLE_INK,
    )
    subtitle = measured.subtitle.wrapped(room)
    yield from _words("subtitle", pen.text(subtitle, middle, MARGIN + high + len(subtitle) * LEADING / 2), PALE_INK)


def footing(page: Sheet, pen: Pen) -> Iterator[Item]:
    """Notes, legend and footer, from the end of the body to the lower edge."""
    room, measured = page.width - 2 * MARGIN, page.around.measured
    footer = measured.footer.wrapped(room)
    heights = [legend_line_height(measured.legend, line, room) for line in page.legend]
    y = page.height - MARGIN - (0 if page.beside else len(footer) * LEADING) - sum(heights)
    notes = [note.wrapped(room) for note in page.around.notes]
    at = y - sum(map(len, notes)) * LEADING
    for lines in notes:
        yield from _words("note", pen.text(lines, MARGIN, at + len(lines) * LEADING / 2, anchor="start"), INK)
        at += len(lines) * LEADING
    for line, height in zip(page.legend, heights, strict=True):
        x = MARGIN
        for number in line:
            yield _entry(page, number, (x, y + (height - ENTRY_DROP) / 2), pen)
            x += entry_width(measured.legend[number], room) + ENTRY_GAP
        y += height
    below = page.height - MARGIN - len(footer) * LEADING / 2
    if page.beside:
        text = pen.text(footer, page.width - MARGIN, below - ENTRY_DROP, anchor="end")
    else:
        text = pen.text(footer, MARGIN, below, anchor="start")
    yield from _words("footer", text, PALE_INK)


def _entry(page: Sheet, number: int, at: tuple[float, float], pen: Pen) -> Group:
    """A small box or line, and what it means."""
    (x, middle), entry, em = at, page.around.entries[number], page.font_px
    words = page.around.measured.legend[number].wrapped(entry_room(page.width - 2 * MARGIN))
    label = _words("label", pen.text(words, x + SWATCH_WIDTH + PAD_X, middle, anchor="start"), INK)
    if isinstance(entry, LineEntry):
        ends = ((pen.px(x), pen.px(middle)), (pen.px(x + SWATCH_WIDTH), pen.px(middle)))
        line = Line("", "line", ends, line_look(entry.mark, em), arrow=True)
        return Group("", f"legend line-{entry.mark.value}", (line, *label))
    rect = pen.rect(x, middle - SWATCH_HEIGHT / 2, SWATCH_WIDTH, SWATCH_HEIGHT)
    badge = badge_of(entry.badge)
    sign = _words("badge", pen.text((badge,), x + SWATCH_WIDTH / 2, middle, bold=True), INK) if badge else ()
    box = Box("", "box", rect, look(entry.mark, em), corner=pen.px(0.2), words=sign)
    return Group("", f"legend mark-{entry.mark.value}", (box, *label))


def _words(sort: str, text: Lettering, fill: str) -> tuple[Words, ...]:
    return (Words(sort, text, fill),) if text.lines else ()
