"""How many rows, columns and lines everything in a layered picture takes, at a given font size. Unit: em."""

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kientruc.renderers.layered_needs import NEVER, Column, allowed, most_lines
from kientruc.renderers.text_metrics import HAIR, MOST_LINES, Measured, clean, measure
from kientruc.views.picture import Band, Group

MARGIN = 0.75  # around the sheet
BAND_GAP = 0.42  # between bands
BAND_PAD = 0.38  # between a band's border and what is inside
GROUP_GAP = 0.5  # between groups
GROUP_PAD = 0.34  # between a group's frame and its blocks
GAP = 0.4  # between blocks
PAD_X, PAD_Y = 0.35, 0.26  # between a block's border and its text
LEADING = 1.27  # between base lines; Vietnamese letters carry marks above and below
NARROWEST = 4.4  # a narrower block holds hardly a word
MOST_ROWS, MOST_SHELVES = 12, 6
SIDE_COLUMNS = (1, 2, 3, 4)
SIDE_WIDTHS = (6.0, 6.5, 7.0, 7.5, 8.0, 9.0, 10.0, 12.0, 14.0)  # of a block in a side band
EVEN, UNEVEN = 1.0, 1.6  # how much wider than its neighbours a column of blocks may be
BADGE_GAP = 0.25  # between a badge and the room of the text
WIDEST_BADGE = 1.6  # must stand in a swatch of the legend
SHELF_COST = 0.4  # of one shelf more
NOTHING = "—"  # for what is empty without a word why


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredGroup:
    """A group with its texts measured; `framed` if it has a title; `nothing` stands there if it has no block.

    `pad` is what is not room of text in the width of each of its blocks: what a badge needs, if one has a badge, too.
    """

    group: Group
    label: Measured
    blocks: tuple[Measured, ...]
    nothing: Measured
    pad: float
    _columns: dict[int, tuple[Column, ...]] = field(default_factory=dict, init=False, repr=False)

    @property
    def count(self) -> int:
        """Cells it needs: an empty group still shows one."""
        return max(1, len(self.blocks))

    @property
    def framed(self) -> bool:
        return bool(self.label.text)

    @property
    def texts(self) -> tuple[Measured, ...]:
        """What its cells hold."""
        return self.blocks or (self.nothing,)

    def columns(self, count: int) -> tuple[Column, ...]:
        """What its texts need when they are dealt to so many columns."""
        if count not in self._columns:
            self._columns[count] = tuple(Column(self.texts[at::count]) for at in range(count))
        return self._columns[count]

    @property
    def area(self) -> float:
        """What its blocks take at least, each with the gap after it; a bound, whatever their lines. Unit: em²."""
        return sum(_least_area(text, self.pad) for text in self.texts)


@dataclass(frozen=True, eq=False)
class MeasuredBand:
    """A band with its texts measured."""

    band: Band
    label: Measured
    groups: tuple[MeasuredGroup, ...]

    @cached_property
    def area(self) -> float:
        """What its blocks take at least. Unit: em²."""
        return sum(group.area for group in self.groups)

    def least_height(self, room: float) -> float:
        """What a row of this inner width is high at least: a bound found without placing anything."""
        return 2 * BAND_PAD + max(LEADING + 2 * PAD_Y, self.area / (room + GAP) - GAP)


def measured_band(band: Band) -> MeasuredBand:
    """Measure a band; its title in capitals. Nameless empty groups vanish, but a band shows at least one box."""
    kept = [group for group in band.groups if group.blocks or group.label.strip()]
    groups = kept or [Group(id=band.id, label="", blocks=())]
    words = measure("" if any(group.blocks for group in groups) else band.empty)
    nothing = words if words.text else measure(NOTHING)
    return MeasuredBand(
        band, measure(band.label.upper(), bold=True), tuple(_measured_group(group, nothing) for group in groups)
    )


def _least_area(text: Measured, pad: float) -> float:
    sized = enumerate(text.needed, 1)
    least = min((max(NARROWEST, need + pad) + GAP) * (lines * LEADING + 2 * PAD_Y + GAP) for lines, need in sized)
    if len(text.needed) < MOST_LINES:
        return least
    return min(least, sum(piece.width for piece in text.pieces) * LEADING)


def _measured_group(group: Group, nothing: Measured) -> MeasuredGroup:
    blocks = tuple(measure(block.label) for block in group.blocks)
    beside = max((measured_badge(block.signs).needed[0] for block in group.blocks), default=0.0)
    pad = 2 * PAD_X + (beside + BADGE_GAP if beside else 0.0)
    return MeasuredGroup(group, measure(group.title, bold=True), blocks, nothing, pad)


def measured_badge(badge: str) -> Measured:
    """Measure a badge: two letters or one, for it is a sign and no text."""
    letters = clean(badge).replace(" ", "\u00a0")
    two = measure(letters[:2], bold=True)
    return two if two.needed[0] <= WIDEST_BADGE else measure(letters[:1], bold=True)


@dataclass(frozen=True, eq=False)
class Shelf:
    """Groups side by side, with the widths of their columns, and as many rows as the fullest group needs."""

    groups: tuple[MeasuredGroup, ...]
    widths: tuple[tuple[float, ...], ...]
    rows: int
    cell_height: float
    head: float
    lines: int

    @property
    def frame_pad(self) -> float:
        return GROUP_PAD if any(group.framed for group in self.groups) else 0.0

    @property
    def height(self) -> float:
        return self.head + 2 * self.frame_pad + self.rows * self.cell_height + (self.rows - 1) * GAP

    @property
    def holes(self) -> int:
        """Places of the grid that stay without a block."""
        sized = ((group.count, len(widths)) for group, widths in zip(self.groups, self.widths, strict=True))
        return sum(-count % columns for count, columns in sized)

    @property
    def uneven(self) -> int:
        """Groups with fewer rows than the fullest one."""
        sized = zip(self.groups, self.widths, strict=True)
        return sum(math.ceil(group.count / len(widths)) < self.rows for group, widths in sized)

    @property
    def spread(self) -> float:
        """How much wider the widest column is than the narrowest."""
        widths = [width for group in self.widths for width in group]
        return max(widths) / min(widths)

    @cached_property
    def broken(self) -> int:
        """Blocks whose text must be cut inside a compound."""
        return sum(
            column.broken(self.lines, width - group.pad)
            for group, widths in zip(self.groups, self.widths, strict=True)
            for column, width in _columns(group, widths)
        )

    @cached_property
    def cost(self) -> float:
        """Height, made a little worse by what looks restless."""
        restless = 0.12 * self.holes + 0.9 * self.uneven + 0.3 * (self.spread - 1) + 0.25 * self.broken
        return self.height + restless + 0.5 * max(0, self.lines - 3)


@dataclass(frozen=True, eq=False)
class BandPlan:
    """A band's shelves, and how many lines its title takes."""

    measured: MeasuredBand
    shelves: tuple[Shelf, ...]
    label_lines: int
    turned: bool = False

    @property
    def stacked(self) -> float:
        """Height of the shelves with the gaps between them."""
        return sum(shelf.height for shelf in self.shelves) + GROUP_GAP * (len(self.shelves) - 1)

    @property
    def label_height(self) -> float:
        """Height of the title; of a turned one the length of its lines."""
        if not self.turned:
            return self.label_lines * LEADING + 2 * PAD_Y
        needed = self.measured.label.needed
        return needed[min(self.label_lines, len(needed)) - 1]

    @cached_property
    def height(self) -> float:
        return 2 * BAND_PAD + max(self.stacked, self.label_height)

    @cached_property
    def cost(self) -> float:
        return max(self.height, sum(shelf.cost for shelf in self.shelves) + SHELF_COST * (len(self.shelves) - 1))

    @property
    def broken(self) -> int:
        """Blocks whose text must be cut inside a compound."""
        return sum(shelf.broken for shelf in self.shelves)

    @property
    def strip(self) -> float:
        """Width of the turned title of a side band."""
        return self.label_lines * LEADING + 2 * PAD_Y

    @property
    def width(self) -> float:
        """Width of a side band: its turned title and its blocks."""
        return self.strip + self.inner + 2 * BAND_PAD

    @property
    def inner(self) -> float:
        """Width of the widest group of a side band; the others are drawn as wide."""
        sized = (pair for shelf in self.shelves for pair in zip(shelf.groups, shelf.widths, strict=True))
        return max(group_width(group, widths) for group, widths in sized)

    def stretched(self, cell_height: float) -> "BandPlan":
        """The same with no block lower than this."""
        shelves = tuple(replace(shelf, cell_height=max(shelf.cell_height, cell_height)) for shelf in self.shelves)
        return replace(self, shelves=shelves)

    def filling(self, height: float) -> "BandPlan":
        """The same with what is left of this height shared among the rows of blocks."""
        share = max(0.0, height - 2 * BAND_PAD - self.stacked) / sum(shelf.rows for shelf in self.shelves)
        shelves = tuple(replace(shelf, cell_height=shelf.cell_height + share) for shelf in self.shelves)
        return replace(self, shelves=shelves)


def _columns(group: MeasuredGroup, widths: tuple[float, ...]) -> Iterator[tuple[Column, float]]:
    """What each column holds, with its width; columns of one width count as one."""
    if min(widths) == max(widths):
        yield group.columns(1)[0], widths[0]
    else:
        yield from zip(group.columns(len(widths)), widths, strict=True)


def group_width(group: MeasuredGroup, widths: tuple[float, ...]) -> float:
    """Width of a group with its frame."""
    return sum(widths) + (len(widths) - 1) * GAP + (2 * GROUP_PAD if group.framed else 0.0)


def plan_row(
    measured: MeasuredBand, room: float, label_room: float, spread: float = EVEN, limit: float = NEVER
) -> BandPlan | None:
    """The best way to place a band in a row of this inner width, or None if its texts do not fit.

    Args:
        spread: how much wider than the others a column of blocks may be if that lowers the row.
        limit: a plan that costs more is of no use to anybody.
    """
    lines = measured.label.lines_in(label_room)
    if lines > allowed(measured.label, 4):
        return None
    best: BandPlan | None = None
    for cut in [[measured.groups]] if measured.band.aligned else _cuts(measured.groups):
        shelves = _shelves(cut, room, spread, min(limit, best.cost) if best else limit, measured.band.aligned)
        plan = BandPlan(measured, shelves, lines) if shelves else None
        if plan and (best is None or plan.cost < best.cost):
            best = plan
    return best


def _shelves(
    cut: list[tuple[MeasuredGroup, ...]], room: float, spread: float, limit: float, aligned: bool
) -> tuple[Shelf, ...] | None:
    """The cheapest shelf for each part of a cut; None as soon as all together cost more than the limit."""
    found: list[Shelf] = []
    least = [_frame_height(groups) + _cells_height(1, 1) for groups in cut]
    left = limit - SHELF_COST * (len(cut) - 1) - sum(least)
    for groups, bound in zip(cut, least, strict=True):
        left += bound
        shelf = _best_shelf(groups, room, spread, left, aligned) if left > 0 else None
        if shelf is None:
            return None
        found.append(shelf)
        left -= shelf.cost
    return tuple(found)


def plan_side(measured: MeasuredBand, height: float) -> BandPlan | None:
    """The narrowest way to place a band in a column of this height, or None."""
    lines = measured.label.lines_in(height - 2 * BAND_PAD)
    if lines > allowed(measured.label, 3):
        return None
    tried = (
        _all(_shelf((group,), ((cell_width,) * min(columns, group.count),)) for group in measured.groups)
        for columns in SIDE_COLUMNS
        for cell_width in SIDE_WIDTHS
    )
    plans = (BandPlan(measured, shelves, lines, turned=True) for shelves in tried if shelves)
    return min((plan for plan in plans if plan.height <= height), key=_side_cost, default=None)


def _all(shelves: Iterable[Shelf | None]) -> tuple[Shelf, ...] | None:
    """The shelves, or None if one is missing."""
    found: list[Shelf] = []
    for shelf in shelves:
        if shelf is None:
            return None
        found.append(shelf)
    return tuple(found)


def _side_cost(plan: BandPlan) -> float:
    return plan.width + 0.9 * max(0, max(shelf.lines for shelf in plan.shelves) - 2)


def _cuts(groups: tuple[MeasuredGroup, ...]) -> Iterator[list[tuple[MeasuredGroup, ...]]]:
    """The groups on one shelf, on two, on three ...: in order, with about as many blocks on each."""
    total = sum(group.count for group in groups)
    for shelves in range(1, min(len(groups), MOST_SHELVES) + 1):
        found: list[list[MeasuredGroup]] = [[]]
        seen = 0.0
        for group in groups:
            if found[-1] and seen + group.count / 2 > total * len(found) / shelves:
                found.append([])
            found[-1].append(group)
            seen += group.count
        yield [tuple(shelf) for shelf in found]


def _best_shelf(
    groups: tuple[MeasuredGroup, ...], room: float, spread: float, limit: float, aligned: bool
) -> Shelf | None:
    """The cheapest shelf within a limit; no more rows are tried than could still be cheaper with a line each."""
    best: Shelf | None = None
    frame = _frame_height(groups)
    limit -= frame  # what is left for the blocks
    for rows in range(1, MOST_ROWS + 1):
        if _cells_height(rows, 1) > limit:
            break
        if aligned:
            shelf = _aligned_shelf(groups, rows, room, limit)
        else:
            shelf = _shelf_of_rows(groups, rows, room, spread, limit)
        if shelf and (best is None or shelf.cost < best.cost):
            best, limit = shelf, min(limit, shelf.cost - frame)
    return best


def _frame_height(groups: tuple[MeasuredGroup, ...]) -> float:
    """Height that titles and frames of groups take at least; a hair less, as with blocks."""
    return LEADING + 2 * GROUP_PAD - HAIR if any(group.framed for group in groups) else 0.0


def _cells_height(rows: int, lines: float) -> float:
    """Height of so many rows of blocks; a hair less, so that nothing that costs the same is thrown away."""
    return rows * (lines * LEADING + 2 * PAD_Y) + (rows - 1) * GAP - HAIR


def _shelf_of_rows(
    groups: tuple[MeasuredGroup, ...], rows: int, room: float, spread: float, limit: float
) -> Shelf | None:
    """The shelf with this many rows and the fewest lines in its blocks."""
    if rows > max(group.count for group in groups):
        return None
    counts = tuple(math.ceil(group.count / rows) for group in groups)
    bare = sum(group_width(g, (0.0,) * count) for g, count in zip(groups, counts, strict=True))
    left = room - bare - GROUP_GAP * (len(groups) - 1)
    level = left / sum(counts)
    if level < NARROWEST:
        return None
    if spread == EVEN:
        return _shelf(groups, tuple((level,) * count for count in counts), limit)
    dealt = [(c, g.pad) for g, count in zip(groups, counts, strict=True) for c in g.columns(count)]
    full = max(math.ceil(group.count / count) for group, count in zip(groups, counts, strict=True))
    for lines in range(1, MOST_LINES + 1):
        if _cells_height(full, lines) > limit:
            return None
        for whole in (True, False):
            needs = [(column.whole if whole else column.needed)[lines - 1] + pad + HAIR / 2 for column, pad in dealt]
            widths = _column_widths(needs, left, spread)
            shelf = _shelf(groups, _dealt(widths, counts), limit) if widths else None
            if shelf:
                return shelf
    return None


def _aligned_shelf(groups: tuple[MeasuredGroup, ...], rows: int, room: float, limit: float) -> Shelf | None:
    """The shelf with this many rows in which every group is as wide as the others."""
    if rows > max(group.count for group in groups):
        return None
    each = (room - GROUP_GAP * (len(groups) - 1)) / len(groups)
    counts = [math.ceil(group.count / rows) for group in groups]
    widths = [(each - group_width(g, (0.0,) * count)) / count for g, count in zip(groups, counts, strict=True)]
    if min(widths) < NARROWEST:
        return None
    return _shelf(groups, tuple((width,) * count for width, count in zip(widths, counts, strict=True)), limit)


def _column_widths(needs: Sequence[float], room: float, spread: float) -> tuple[float, ...] | None:
    """Widths, as alike as can be, with what each column needs; None if they would differ too much."""
    if sum(needs) > room:
        return None
    rest = sorted(needs)
    fixed, level = 0.0, room / len(rest)
    while rest and rest[-1] > level:
        fixed += rest.pop()
        level = (room - fixed) / max(1, len(rest))
    widths = tuple(max(level, need) for need in needs)
    return widths if rest and level >= NARROWEST and max(widths) <= level * spread else None


def _dealt(widths: tuple[float, ...], counts: tuple[int, ...]) -> tuple[tuple[float, ...], ...]:
    """The widths of all columns, group by group."""
    rest = iter(widths)
    return tuple(tuple(itertools.islice(rest, count)) for count in counts)


def _shelf(
    groups: tuple[MeasuredGroup, ...], widths: tuple[tuple[float, ...], ...], limit: float = NEVER
) -> Shelf | None:
    """A shelf with columns of these widths, or None if a text would take too many lines, or all be too high."""
    sized = tuple(zip(groups, widths, strict=True))
    rows = max(math.ceil(group.count / len(columns)) for group, columns in sized)
    lines = 1.0
    for group, columns in sized:
        for column, width in _columns(group, columns):
            lines = max(lines, column.lines_in(width - group.pad))
            if lines >= NEVER or _cells_height(rows, lines) > limit:
                return None
    heads = max(
        most_lines([group.label], group_width(group, columns) - 2 * GROUP_PAD, 2) if group.framed else 0
        for group, columns in sized
    )
    if heads >= NEVER:
        return None
    height = int(lines) * LEADING + 2 * PAD_Y
    return Shelf(groups, widths, rows, height, heads * LEADING, int(lines))
