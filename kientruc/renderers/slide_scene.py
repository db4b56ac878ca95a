"""A slide of words with everything in its place, as scenes: one, or as many as its points need to stay large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kientruc.renderers.layered_grid import Pen
from kientruc.renderers.layered_parts import SLIDE
from kientruc.renderers.layered_plan import LEADING
from kientruc.renderers.layered_style import INK, PALE_INK, PAPER, TITLE_INK
from kientruc.renderers.scene import Box, Item, Line, Look, Scene, Words
from kientruc.renderers.text_metrics import Measured, measure
from kientruc.views.deck import Say, Slide

FONT, SMALL = 26.0, 0.78  # px on a slide 1600 px wide, em
MARGIN, TITLE, OPENING, INDENT = 3.0, 1.5, 1.9, 1.1
GAP, HEADED = 0.45, 0.9  # before a point, before a heading
ACCENT, BULLET = "#2c6aa6", "–"


@dataclass(frozen=True, slots=True)
class _Point:
    """A point, wrapped for the width of the slide. Unit: em."""

    say: Say
    words: tuple[str, ...]
    beneath: tuple[str, ...]

    @property
    def before(self) -> float:
        return HEADED if self.say.strong else GAP

    @property
    def height(self) -> float:
        return len(self.words) * LEADING + len(self.beneath) * LEADING * SMALL


def pages(slide: Slide) -> tuple[Scene, ...]:
    """Set a slide; one whose points do not fit goes on, its headings with what they head."""
    setter = _Setter(slide)
    if slide.opening:
        return (setter.scene(slide.id, slide.title, setter.opening()),)
    parts = tuple(setter.parts())
    if len(parts) == 1:
        return (setter.scene(slide.id, slide.title, setter.body(slide.title, parts[0])),)
    titles = [f"{slide.title} ({number}/{len(parts)})" for number in range(1, len(parts) + 1)]
    return tuple(
        setter.scene(f"{slide.id}-{number}", title, setter.body(title, part))
        for number, (title, part) in enumerate(zip(titles, parts, strict=True), 1)
    )


class _Setter:
    """Sets one slide."""

    def __init__(self, slide: Slide) -> None:
        self.slide, self.pen = slide, Pen(FONT)
        self.width, self.height = SLIDE.width / FONT, SLIDE.height / FONT
        self.room = self.width - 2 * MARGIN

    def scene(self, id: str, title: str, items: Iterator[Item]) -> Scene:
        """The slide as a scene."""
        said = ". ".join(one.words for one in self.slide.says)
        return Scene(id, title, said, self.slide.lang, SLIDE, round(FONT * SMALL, 2), tuple(items))

    def opening(self) -> Iterator[Item]:
        """The first slide: a title in the middle, lines beneath."""
        yield Box("", "opening", self.pen.rect(0, 0, self.width, self.height), Look("#eef4fa"))
        yield Box("", "accent", self.pen.rect(0, 0, 0.7, self.height), Look(ACCENT))
        title = measure(self.slide.title.upper(), bold=True).wrapped(self.room / OPENING)
        y = self.height * 0.38
        yield Words("title", self.pen.text(title, self.width / 2, y, OPENING, bold=True, leading=1.3), TITLE_INK)
        y += len(title) * OPENING * 1.3 / 2 + 1.6
        for say in self.slide.says:
            lines = measure(say.words).wrapped(self.room)
            yield Words("label", self.pen.text(lines, self.width / 2, y + len(lines) * LEADING / 2), INK)
            y += len(lines) * LEADING + 0.5
        yield from self.foot()

    def body(self, title: str, points: tuple[_Point, ...]) -> Iterator[Item]:
        """Title, a line, points."""
        yield Box("", "paper", self.pen.rect(0, 0, self.width, self.height), Look(PAPER))
        lines = measure(title.upper(), bold=True).wrapped(self.room / TITLE)
        y = 1.3 + len(lines) * TITLE * 1.2
        text = self.pen.text(lines, MARGIN, 1.3 + len(lines) * TITLE * 0.6, TITLE, True, "start", leading=1.2)
        yield Words("title", text, TITLE_INK)
        if self.slide.subtitle:
            below = measure(self.slide.subtitle).wrapped(self.room / SMALL)
            text = self.pen.text(below, MARGIN, y + len(below) * LEADING * SMALL / 2, SMALL, anchor="start")
            yield Words("subtitle", text, PALE_INK)
            y += len(below) * LEADING * SMALL
        ends = ((self.pen.px(MARGIN), self.pen.px(y + 0.35)), (self.pen.px(self.width - MARGIN), self.pen.px(y + 0.35)))
        yield Line("", "rule", ends, Look("none", ACCENT, self.pen.px(0.1)))
        y += 0.6
        for point in points:
            y += point.before
            yield from self.point(point, y)
            y += point.height
        yield from self.foot()

    def point(self, point: _Point, y: float) -> Iterator[Item]:
        """One point, with its dash unless it is a heading."""
        left = MARGIN + (0.0 if point.say.strong else INDENT)
        middle = y + len(point.words) * LEADING / 2
        if not point.say.strong:
            yield Words("bullet", self.pen.text((BULLET,), MARGIN + 0.2, y + LEADING / 2, anchor="start"), ACCENT)
        text = self.pen.text(point.words, left, middle, bold=point.say.strong, anchor="start")
        yield Words("label", text, TITLE_INK if point.say.strong else INK)
        if point.beneath:
            at = y + len(point.words) * LEADING + len(point.beneath) * LEADING * SMALL / 2
            yield Words("beneath", self.pen.text(point.beneath, left, at, SMALL, anchor="start"), PALE_INK)

    def foot(self) -> Iterator[Item]:
        """What a slide that travels alone must say."""
        words = " ".join(one for one in (self.slide.mark, self.slide.footer) if one)
        lines = measure(words).wrapped((self.width - 2 * MARGIN) / SMALL)
        y = self.height - 0.7 - len(lines) * LEADING * SMALL / 2
        yield Words("footer", self.pen.text(lines, MARGIN, y, SMALL, anchor="start"), PALE_INK)

    def parts(self) -> Iterator[tuple[_Point, ...]]:
        """Fill slide after slide; no heading ends one."""
        lines = measure(self.slide.title.upper(), bold=True).lines_in(self.room / TITLE)
        used = 1.3 + lines * TITLE * 1.2 + 0.6 + (LEADING * SMALL * 2 if self.slide.subtitle else 0.0)
        free = self.height - used - 0.7 - 2 * LEADING * SMALL - 0.4
        part: list[_Point] = []
        height = 0.0
        for point in map(self.wrapped, self.slide.says):
            needed = point.before + point.height
            if part and height + needed > free:
                carried = [part.pop()] if part[-1].say.strong and len(part) > 1 else []
                yield tuple(part)
                part, height = carried, sum(one.before + one.height for one in carried)
            part.append(point)
            height += needed
        if part:
            yield tuple(part)

    def wrapped(self, say: Say) -> _Point:
        """A point in lines."""
        room = self.room - (0.0 if say.strong else INDENT)
        words: Measured = measure(say.words, bold=say.strong)
        beneath = measure(say.beneath).wrapped(room / SMALL) if say.beneath else ()
        return _Point(say, words.wrapped(room), beneath)
