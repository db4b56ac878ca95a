"""A roadmap with everything in its place, as scenes: names at the left, bars over the years, what waits for what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kientruc.renderers.layered_grid import Pen
from kientruc.renderers.layered_plan import LEADING, MARGIN, PAD_X, PAD_Y
from kientruc.renderers.layered_sheet import PictureTooFull
from kientruc.renderers.layered_style import INK, PALE_INK, PAPER, look, tone
from kientruc.renderers.network_sheet import (
    Sheet,
    Surroundings,
    footing,
    header,
    least_px,
    sheet,
    surroundings,
)
from kientruc.renderers.network_style import line_look
from kientruc.renderers.network_texts import badge_of
from kientruc.renderers.scene import Box, Group, Item, Line, Look, Paper, Rect, Scene, Words
from kientruc.renderers.text_metrics import Measured, clean, measure
from kientruc.views.network import LineMark
from kientruc.views.timeline import Bar, Lane, TimelinePicture

NAMES = 0.34  # of the width: the column of names
NAME_LINES = 2  # lines a name usually takes
HEAD = LEADING + 2 * PAD_Y  # height of the row of years
GAP = 0.3
BAR = 1.5  # height of a bar
DIAMOND = 0.9
GRID, STRONG = "#c9d1da", "#8593a3"
CALM = 0.75  # of the largest letters of a paper: a table of bars needs no larger ones


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the roadmap: the title of a lane, or a bar with its name."""

    lane: Lane
    tone: int
    bar: Bar | None
    text: Measured

    def height(self, room: float) -> float:
        """How high it is where its name has this room. Unit: em."""
        if self.bar is None:
            return self.text.lines_in(room) * LEADING + 2 * PAD_Y
        return max(BAR + 2 * PAD_Y, self.text.lines_in(room) * LEADING + PAD_Y)


@dataclass(frozen=True, slots=True)
class _Years:
    """The years that are shown, both included."""

    first: int
    last: int

    def at(self, day: date) -> float:
        """Where a day lies, from 0 for the beginning of the first year to 1 for the end of the last."""
        days = date(day.year, 12, 31).toordinal() - date(day.year, 1, 1).toordinal() + 1
        within = (day.toordinal() - date(day.year, 1, 1).toordinal()) / days
        return (day.year - self.first + within) / (self.last - self.first + 1)


def pages(picture: TimelinePicture, paper: Paper) -> tuple[Scene, ...]:
    """Draw a roadmap on as many pages as its letters need to be read.

    Raises:
        PictureTooFull: not even one row has room.
    """
    rows = tuple(_rows(picture))
    around = surroundings(picture)
    if (font := _largest(around, paper, rows)) >= least_px(paper):
        return (_Setter(picture, sheet(around, paper, font), rows).scene(picture.id, picture.title),)
    font = least_px(paper)
    cut = tuple(_cut(rows, sheet(around, paper, font), picture))
    if not cut:
        raise PictureTooFull(picture.id, paper.name)
    found = []
    for number, part in enumerate(cut, 1):
        named = replace(picture, title=f"{picture.title} ({number}/{len(cut)})")
        again = surroundings(named)
        size = max(font, min(_largest(again, paper, part), font * 1.3))
        found.append(_Setter(named, sheet(again, paper, size), part).scene(f"{picture.id}-{number}", named.title))
    return tuple(found)


def _rows(picture: TimelinePicture) -> Iterator[_Row]:
    for number, lane in enumerate(picture.lanes):
        yield _Row(lane, number, None, measure(lane.label, bold=True))
        for bar in lane.bars:
            badge = badge_of(bar.badge)
            yield _Row(lane, number, bar, measure(f"{badge} · {bar.label}" if badge else bar.label))


def _largest(around: Surroundings, paper: Paper, rows: tuple[_Row, ...]) -> float:
    """The largest font, in tenths of a px, at which these rows fit; 0.0 if none does."""
    low, high = 0, round(paper.largest * CALM * 10)
    while low < high:
        middle = (low + high + 1) // 2
        page = sheet(around, paper, middle / 10)
        low, high = (middle, high) if _needed(page, rows) <= page.body else (low, middle - 1)
    return low / 10


def _needed(page: Sheet, rows: tuple[_Row, ...]) -> float:
    picture = page.around.picture
    assert isinstance(picture, TimelinePicture)
    room = _name_room(page)
    return _head(picture, page) + sum(row.height(room) for row in rows) + _foot(picture) + GAP


def _name_room(page: Sheet) -> float:
    return (page.width - 2 * MARGIN) * NAMES - 2 * PAD_X


def _head(picture: TimelinePicture, page: Sheet) -> float:
    return HEAD + len(_point_lines(picture, page)) * LEADING + (GAP if picture.points else 0.0)


def _foot(picture: TimelinePicture) -> float:
    return HEAD if picture.sums else 0.0


def _cut(rows: tuple[_Row, ...], page: Sheet, picture: TimelinePicture) -> Iterator[tuple[_Row, ...]]:
    """Fill page after page; a lane that goes on has its title again."""
    room, free = _name_room(page), page.body - _head(picture, page) - _foot(picture) - GAP
    part: list[_Row] = []
    used = 0.0
    title: _Row | None = None
    for row in rows:
        title = row if row.bar is None else title
        height = row.height(room)
        if part and used + height > free:
            if part[-1].bar is None:
                part.pop()
            if part:
                yield tuple(part)
            part = [title] if title is not None and row.bar is not None else []
            used = sum(one.height(room) for one in part)
        if used + height > free:
            return
        part.append(row)
        used += height
    if part:
        yield tuple(part)


def _years(picture: TimelinePicture) -> _Years:
    days = [day for lane in picture.lanes for bar in lane.bars for day in (bar.first, bar.last) if day]
    found = [day.year for day in (*days, *(point.day for point in picture.points))] + [year for year, _ in picture.sums]
    return _Years(min(found), max(found)) if found else _Years(1, 1)


def _point_lines(picture: TimelinePicture, page: Sheet) -> list[list[tuple[int, float, float]]]:
    """Put the words of points on as few lines as keep them apart: number of the point, where it begins, its width."""
    left, wide, years = _axis(page), _axis_width(page), _years(picture)
    lines: list[list[tuple[int, float, float]]] = []
    order = sorted(range(len(picture.points)), key=lambda n: (picture.points[n].day, n))
    for number in order:
        point = picture.points[number]
        width = min(measure(point.label).needed[0], wide)
        middle = left + wide * years.at(point.day)
        begin = min(max(left, middle - width / 2), left + wide - width)
        for line in lines:
            if line[-1][1] + line[-1][2] + 1.0 <= begin:
                line.append((number, begin, width))
                break
        else:
            lines.append([(number, begin, width)])
    return lines


def _axis(page: Sheet) -> float:
    return MARGIN + (page.width - 2 * MARGIN) * NAMES


def _axis_width(page: Sheet) -> float:
    return (page.width - 2 * MARGIN) * (1 - NAMES)


class _Setter:
    """Sets some rows on one sheet."""

    def __init__(self, picture: TimelinePicture, page: Sheet, rows: tuple[_Row, ...]) -> None:
        self.picture, self.page, self.rows = picture, page, rows
        self.pen, self.em, self.years = Pen(page.font_px), page.font_px, _years(picture)
        self.left, self.wide = _axis(page), _axis_width(page)
        self.top = page.top + _head(picture, page)
        room = _name_room(page)
        self.heights = [row.height(room) for row in rows]
        self.bottom = self.top + sum(self.heights)
        self.places: dict[str, Rect] = {}

    def scene(self, id: str, title: str) -> Scene:
        """The whole sheet."""
        picture = self.picture
        items = tuple(self.items())
        return Scene(id, title, picture.description, picture.lang, self.page.paper, self.em, items)

    def items(self) -> Iterator[Item]:
        """All of it in order of painting."""
        yield from header(self.page, self.pen)
        yield from self.lanes()
        yield from self.grid()
        yield from self.points()
        bars = tuple(self.bars())
        yield from self.waits()
        yield from bars
        yield from self.sums()
        yield from footing(self.page, self.pen)

    def x(self, day: date) -> float:
        """Where a day lies. Unit: em."""
        return self.left + self.wide * self.years.at(day)

    def lanes(self) -> Iterator[Item]:
        """The grounds of lanes and their titles."""
        y = self.top
        for row, height in zip(self.rows, self.heights, strict=True):
            colours = tone("row", row.tone)
            rect = self.pen.rect(MARGIN, y, self.page.width - 2 * MARGIN, height)
            fill = colours.head if row.bar is None else colours.group
            yield Box("", "lane", rect, Look(fill))
            if row.bar is None:
                lines = row.text.wrapped(_name_room(self.page))
                text = self.pen.text(lines, MARGIN + PAD_X, y + height / 2, bold=True, anchor="start")
                yield Group(
                    f"lane-{row.lane.id}", "lane", (Words("lane-title", text, colours.ink),), clean(row.lane.label)
                )
            y += height

    def grid(self) -> Iterator[Item]:
        """The years, and a line between each two of them."""
        count = self.years.last - self.years.first + 1
        if self.years.first == 1:
            return
        for number in range(count + 1):
            x = self.pen.px(self.left + self.wide * number / count)
            ends = ((x, self.pen.px(self.top - HEAD)), (x, self.pen.px(self.bottom + _foot(self.picture))))
            yield Line("", "grid", ends, Look("none", STRONG if number in (0, count) else GRID, self.em * 0.05))
        for number in range(count):
            middle = self.left + self.wide * (number + 0.5) / count
            text = self.pen.text((str(self.years.first + number),), middle, self.top - HEAD / 2, bold=True)
            yield Words("year", text, INK)

    def points(self) -> Iterator[Item]:
        """Days that count: their words above the years, a thin line down through the bars."""
        lines = _point_lines(self.picture, self.page)
        for at, line in enumerate(lines):
            y = self.top - HEAD - GAP - (len(lines) - at - 0.5) * LEADING
            for number, begin, width in line:
                point = self.picture.points[number]
                x, label = self.x(point.day), clean(point.label)
                ends = ((self.pen.px(x), self.pen.px(y + LEADING / 2)), (self.pen.px(x), self.pen.px(self.bottom)))
                dash = (round(self.em * 0.2, 2), round(self.em * 0.2, 2))
                text = self.pen.text((label,), begin + width / 2, y)
                yield Group(
                    point.id,
                    "point",
                    (Line("", "point", ends, Look("none", STRONG, self.em * 0.06, dash)), Words("label", text, INK)),
                    label,
                    clean(point.note) or label,
                )

    def bars(self) -> Iterator[Item]:
        """Names and bars; the money beside or on each."""
        y = self.top
        for row, height in zip(self.rows, self.heights, strict=True):
            if row.bar is not None:
                lines = row.text.wrapped(_name_room(self.page))
                name = self.pen.text(lines, MARGIN + PAD_X, y + height / 2, anchor="start")
                yield Group(
                    f"row-{row.bar.id}",
                    "row",
                    (Words("label", name, INK), *self.bar(row.bar, y + height / 2)),
                )
            y += height

    def bar(self, bar: Bar, middle: float) -> Iterator[Item]:
        """One bar; where a day is not said it ends at the edge of what is known, or says that nothing is."""
        right = self.left + self.wide
        if bar.first is None and bar.last is None:
            said = " · ".join(one for one in (self.picture.undated, bar.amount) if one)
            if said:
                text = self.pen.text((said,), self.left + PAD_X, middle, anchor="start")
                yield Words("undated", text, PALE_INK)
            return
        begin = self.x(bar.first) if bar.first else self.left
        end = self.x(bar.last) + self.wide / ((self.years.last - self.years.first + 1) * 365) if bar.last else right
        end = min(max(end, begin + 0.3), right)
        rect = self.pen.rect(begin, middle - BAR / 2, end - begin, BAR)
        self.places[bar.id] = rect
        amount = measure(bar.amount)
        words: tuple[Words, ...] = ()
        if bar.amount and amount.needed[0] + 2 * PAD_X <= end - begin:
            words = (Words("amount", self.pen.text((amount.text,), (begin + end) / 2, middle), INK),)
        label, note = clean(bar.label), clean(bar.note)
        yield Box(bar.id, f"block mark-{bar.mark.value}", rect, look(bar.mark, self.em), corner=self.pen.px(0.25),
                  words=words, name=label, note=note or label)  # fmt: skip
        if bar.amount and not words:
            yield self.beside(amount, begin, end, middle)

    def beside(self, amount: Measured, begin: float, end: float, middle: float) -> Words:
        """The money of a short bar: behind it, or before it where there is no room."""
        if end + PAD_X + amount.needed[0] <= self.left + self.wide:
            return Words("amount", self.pen.text((amount.text,), end + PAD_X / 2, middle, anchor="start"), INK)
        return Words("amount", self.pen.text((amount.text,), begin - PAD_X / 2, middle, anchor="end"), INK)

    def waits(self) -> Iterator[Item]:
        """From the end of what is awaited to the beginning of what waits, along the edges of rows."""
        for wait in self.picture.waits:
            one, other = self.places.get(wait.awaited), self.places.get(wait.waiting)
            if one is None or other is None:
                continue
            mark = LineMark.MISSING if wait.broken else LineMark.PRESENT
            step = self.pen.px(0.45)
            down = other.y > one.y
            edge = other.y if down else other.bottom
            x, from_y = one.right, one.y + one.height / 2
            into = min(other.x + step, other.right)
            turn = edge + (-step if down else step)
            kept = ((x, from_y), (x + step, from_y), (x + step, turn), (into, turn), (into, edge))
            yield Line(
                f"{wait.awaited}--{wait.waiting}", f"line line-{mark.value}", kept, line_look(mark, self.em),
                wait.awaited, wait.waiting, arrow=True,
            )  # fmt: skip

    def sums(self) -> Iterator[Item]:
        """The money of each year, beneath the bars."""
        if not self.picture.sums:
            return
        y, count = self.bottom, self.years.last - self.years.first + 1
        rect = self.pen.rect(MARGIN, y, self.page.width - 2 * MARGIN, HEAD)
        yield Box("", "sums", rect, Look(PAPER, STRONG, self.em * 0.05))
        text = self.pen.text((clean(self.picture.money),), MARGIN + PAD_X, y + HEAD / 2, bold=True, anchor="start")
        yield Words("label", text, INK)
        for year, words in self.picture.sums:
            middle = self.left + self.wide * (year - self.years.first + 0.5) / count
            yield Words("sum", self.pen.text((clean(words),), middle, y + HEAD / 2, bold=True), INK)
