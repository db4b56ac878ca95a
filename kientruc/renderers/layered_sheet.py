"""The largest font at which a whole layered picture fits a paper, and who gets the room that is left. Unit: em."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from kientruc.errors import OutputError
from kientruc.renderers.layered_needs import NEVER
from kientruc.renderers.layered_plan import (
    BAND_GAP,
    BAND_PAD,
    EVEN,
    LEADING,
    MARGIN,
    PAD_X,
    UNEVEN,
    BandPlan,
    MeasuredBand,
    measured_band,
    plan_row,
    plan_side,
)
from kientruc.renderers.scene import Paper, Scene
from kientruc.renderers.text_metrics import HAIR, Measured, measure
from kientruc.views.picture import LayeredPicture

TITLE_SIZES = (1.7, 1.5, 1.3)
TITLE_LEADING = 1.3
LOUDEST = 0.027  # of the paper's width: no title is larger
HEADER_GAP, FOOTER_GAP = 0.5, 0.5
SWATCH_WIDTH, SWATCH_HEIGHT = 2.0, 1.1
ENTRY_GAP = 1.6  # between two entries of the legend
ENTRY_DROP = 0.2  # between two lines of the legend
LABEL_COST = 0.1  # of each em of the titles' width
LABEL_WIDTHS = (6.5, 7.5, 8.5, 9.5, 10.25, 11.0, 12.0, 13.0)
CALM = 0.965  # of the largest font: so much is given for compounds kept whole
ROW_CELL, SIDE_CELL = 6.5, 16.0  # a block that has room is drawn up to this height


class PictureTooFull(OutputError):
    """No font of a tenth of a px or more lets the picture fit."""

    def __init__(self, picture: str, paper: str) -> None:
        super().__init__("cli.too-full", picture=picture, paper=paper)


@dataclass(frozen=True, slots=True)
class MeasuredPicture:
    """A picture with its texts measured."""

    title: Measured
    subtitle: Measured
    footer: Measured
    legend: tuple[Measured, ...]
    rows: tuple[MeasuredBand, ...]
    left: tuple[MeasuredBand, ...]
    right: tuple[MeasuredBand, ...]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """Everything but the coordinates; `title_size` is a multiple of the font size."""

    font_px: float
    width: float
    height: float
    title_size: float
    body_top: float
    body_height: float
    legend: tuple[tuple[int, ...], ...]
    footer_beside: bool
    label_width: float
    rows: tuple[BandPlan, ...]
    left: tuple[BandPlan, ...]
    right: tuple[BandPlan, ...]
    measured: MeasuredPicture

    @property
    def broken(self) -> int:
        """Blocks in the rows whose text must be cut inside a compound."""
        return sum(row.broken for row in self.rows)


@lru_cache(maxsize=16)
def smallest_readable(paper: Paper) -> float:
    """The smallest font that can be read on a paper, in whole tenths of a px."""
    sizes = (tenth / 10 for tenth in range(1, round(paper.largest * 10) + 1))
    return next(size for size in sizes if Scene("", "", "", "", paper, size, ()).is_readable)


def is_readable(picture: LayeredPicture, paper: Paper) -> bool:
    """Whether the picture fits the paper in letters that can be read: told without looking for the largest ones."""
    return _plan_at(_measured(picture), paper, smallest_readable(paper), any_will_do=True) is not None


def plan_sheet(picture: LayeredPicture, paper: Paper) -> SheetPlan:
    """Plan with the largest font that fits.

    Raises:
        PictureTooFull: the texts fit at no size.
    """
    measured = _measured(picture)
    tenths = range(1, round(paper.largest * 10) + 1)
    low, high, best = 0, len(tenths) - 1, None
    while low <= high:  # a smaller font never fits less
        middle = (low + high) // 2
        plan = _plan_at(measured, paper, tenths[middle] / 10)
        if plan:
            best, low = plan, middle + 1
        else:
            high = middle - 1
    if best is None:
        raise PictureTooFull(picture.id, paper.name)
    return _filled(_calmest(best, paper))


def _calmest(largest: SheetPlan, paper: Paper) -> SheetPlan:
    """The plan that cuts the fewest compounds at a font hardly smaller than the largest, and readable."""
    if not largest.broken:
        return largest
    smallest = smallest_readable(paper) if largest.font_px >= smallest_readable(paper) else 0.0
    tenths = range(math.ceil(max(largest.font_px * CALM, smallest) * 10), round(largest.font_px * 10), 3)
    plans = [largest, *(_plan_at(largest.measured, paper, tenth / 10) for tenth in tenths)]
    return min((plan for plan in plans if plan), key=lambda plan: (plan.broken, -plan.font_px))


def _measured(picture: LayeredPicture) -> MeasuredPicture:
    return MeasuredPicture(
        title=measure(picture.title.upper(), bold=True),
        subtitle=measure(picture.subtitle),
        footer=measure(picture.footer),
        legend=tuple(measure(entry.label) for entry in picture.legend),
        rows=tuple(map(measured_band, picture.rows)),
        left=tuple(map(measured_band, picture.left)),
        right=tuple(map(measured_band, picture.right)),
    )


def _plan_at(measured: MeasuredPicture, paper: Paper, font_px: float, any_will_do: bool = False) -> SheetPlan | None:
    """The plan at this font size, with every row as low as its texts allow; None if it does not fit.

    Args:
        any_will_do: whether it fits at all is what is asked: the first plan found serves.
    """
    width, height = paper.width / font_px, paper.height / font_px
    room = width - 2 * MARGIN
    size = _title_size(measured.title, room, paper.width * LOUDEST / font_px)
    legend = legend_lines(measured.legend, room)
    beside = footer_fits_beside(measured, legend, room)
    top = MARGIN + header_height(measured, size, room)
    bottom = MARGIN + footer_height(measured, legend, beside, room)
    body = height - top - bottom
    left = tuple(plan_side(band, body) for band in measured.left)
    right = tuple(plan_side(band, body) for band in measured.right)
    sides = [plan for plan in (*left, *right) if plan]
    if body <= 0 or len(sides) < len(left) + len(right):
        return None
    row_room = room - sum(plan.width + BAND_GAP for plan in sides)
    found = _plan_rows(measured.rows, row_room, body, any_will_do)
    if found is None:
        return None
    return SheetPlan(
        font_px, width, height, size, top, body, legend, beside, found[0], found[1],
        tuple(plan for plan in left if plan), tuple(plan for plan in right if plan), measured,
    )  # fmt: skip


def _title_size(title: Measured, room: float, loudest: float) -> float:
    """The largest size at which the title takes one line; a middle one if none does."""
    quiet = [size for size in TITLE_SIZES if size <= loudest] or [TITLE_SIZES[-1]]
    return next((size for size in quiet if title.needed[0] <= room / size), quiet[len(quiet) // 2])


Rows = tuple[float, tuple[BandPlan, ...]]


def _plan_rows(rows: tuple[MeasuredBand, ...], room: float, body: float, any_will_do: bool) -> Rows | None:
    """The label width and the rows, with blocks of unlike width only where the rows would be too high without."""
    widest = room - LABEL_WIDTHS[0] - 2 * BAND_PAD
    if widest <= 0 or sum(band.least_height(widest) + BAND_GAP for band in rows) - BAND_GAP > body:
        return None
    even = _lowest_rows(rows, room, body, EVEN, any_will_do)
    if even:
        return even
    uneven = _lowest_rows(rows, room, body, UNEVEN, any_will_do)
    return (uneven[0], _evened(uneven[1], room, uneven[0], body)) if uneven and not any_will_do else uneven


def _lowest_rows(
    rows: tuple[MeasuredBand, ...], room: float, body: float, spread: float, any_will_do: bool
) -> Rows | None:
    """The label width that makes the rows lowest, and the rows; None if they are too high."""
    best: Rows | None = None
    cheapest = NEVER
    for label_width in LABEL_WIDTHS:
        beside = LABEL_COST * label_width
        found = _rows_within(rows, room, label_width, body, spread, cheapest - beside)
        cost = sum(plan.cost for plan in found) + beside if found is not None else NEVER
        if found is not None and cost < cheapest:
            best, cheapest = (label_width, found), cost
            if any_will_do:
                return best
    return best


def _rows_within(
    rows: tuple[MeasuredBand, ...], room: float, label_width: float, body: float, spread: float, limit: float
) -> tuple[BandPlan, ...] | None:
    """The rows, or None as soon as one does not fit, there is no height left, or they cost more than the limit."""
    if room <= label_width + 2 * BAND_PAD:
        return None
    least = [band.least_height(room - label_width - 2 * BAND_PAD) for band in rows]
    found: tuple[BandPlan, ...] = ()
    cost, ahead = 0.0, sum(least)
    for band, bound in zip(rows, least, strict=True):
        ahead -= bound
        plan = _row(band, room, label_width, spread, limit - cost - ahead + HAIR)
        found = (*found, plan) if plan else found
        if plan is None or rows_height(found) + ahead - HAIR > body:
            return None
        cost += plan.cost
    return found


def _evened(rows: tuple[BandPlan, ...], room: float, label_width: float, body: float) -> tuple[BandPlan, ...]:
    """The rows, each with blocks of one width again if there is height for it and it cuts no more compounds."""
    found = rows
    for number, row in enumerate(rows):
        even = _row(row.measured, room, label_width, EVEN)
        calmer = even if even and even.broken <= row.broken else row
        offer = (*found[:number], calmer, *found[number + 1 :])
        found = offer if rows_height(offer) <= body else found
    return found


def _row(band: MeasuredBand, room: float, label_width: float, spread: float, limit: float = NEVER) -> BandPlan | None:
    return plan_row(band, room - label_width - 2 * BAND_PAD, label_width - 2 * PAD_X, spread, limit)


def rows_height(rows: tuple[BandPlan, ...]) -> float:
    """Height of all rows with the gaps between them."""
    return sum(plan.height for plan in rows) + BAND_GAP * max(0, len(rows) - 1)


def _filled(plan: SheetPlan) -> SheetPlan:
    """Give the room that is left to the blocks, the lowest first, so that they come to be of one height."""
    low, high = 0.0, ROW_CELL
    for _ in range(40):
        middle = (low + high) / 2
        taller = tuple(row.stretched(middle) for row in plan.rows)
        low, high = (middle, high) if rows_height(taller) <= plan.body_height else (low, middle)
    rows = tuple(row.stretched(low) for row in plan.rows)
    used = rows_height(rows)
    needed = max((side.height for side in (*plan.left, *plan.right)), default=0.0)
    if not rows:
        wanted = max((s.stretched(SIDE_CELL).height for s in (*plan.left, *plan.right)), default=0.0)
        needed = min(plan.body_height, wanted)
    share = max(0.0, needed - used) / len(rows) if rows else 0.0
    rows = tuple(row.filling(row.height + share) for row in rows)
    body = max(used, needed)
    top = plan.body_top + (plan.body_height - body) / 2  # a picture of few blocks stands in the middle of its sheet
    left, right = _sides(plan.left, body), _sides(plan.right, body)
    return replace(plan, rows=rows, body_top=top, body_height=body, left=left, right=right)


def _sides(sides: tuple[BandPlan, ...], body: float) -> tuple[BandPlan, ...]:
    """Side bands whose blocks fill the height, as far as a block may grow."""
    return tuple(min(side.filling(body), side.stretched(SIDE_CELL), key=lambda plan: plan.height) for side in sides)


def header_height(measured: MeasuredPicture, size: float, room: float) -> float:
    """Title, subtitle and the gap below."""
    title = measured.title.lines_in(room / size) * size * TITLE_LEADING if measured.title.text else 0.0
    subtitle = measured.subtitle.lines_in(room) * LEADING if measured.subtitle.text else 0.0
    return title + subtitle + (HEADER_GAP if title or subtitle else 0.0)


def footer_height(measured: MeasuredPicture, legend: tuple[tuple[int, ...], ...], beside: bool, room: float) -> float:
    """Legend, footer and the gap above."""
    lines = sum(legend_line_height(measured.legend, line, room) for line in legend)
    footer = 0.0 if beside or not measured.footer.text else measured.footer.lines_in(room) * LEADING
    return lines + footer + (FOOTER_GAP if lines or footer else 0.0)


def entry_room(room: float) -> float:
    """Width for the words of a legend entry that has a line of its own."""
    return room - SWATCH_WIDTH - 2 * PAD_X


def entry_width(text: Measured, room: float) -> float:
    """Width of a legend entry: the swatch and its words."""
    return SWATCH_WIDTH + PAD_X + min(text.needed[0], entry_room(room))


def legend_line_height(legend: tuple[Measured, ...], line: tuple[int, ...], room: float) -> float:
    """Height of one line of the legend, with the gap to the next."""
    return max(legend[number].lines_in(entry_room(room)) for number in line) * LEADING + ENTRY_DROP


def legend_lines(legend: tuple[Measured, ...], room: float) -> tuple[tuple[int, ...], ...]:
    """Which entries of the legend stand on which line."""
    lines: list[list[int]] = []
    used = 0.0
    for number, text in enumerate(legend):
        step = entry_width(text, room) + ENTRY_GAP
        if not lines or used + step - ENTRY_GAP > room:
            lines.append([])
            used = 0.0
        lines[-1].append(number)
        used += step
    return tuple(map(tuple, lines))


def footer_fits_beside(measured: MeasuredPicture, legend: tuple[tuple[int, ...], ...], room: float) -> bool:
    """Whether the footer may share the one line of the legend."""
    if len(legend) != 1 or not measured.footer.text:
        return False
    used = sum(entry_width(measured.legend[number], room) + ENTRY_GAP for number in legend[0])
    return used + ENTRY_GAP + measured.footer.needed[0] <= room
