"""A picture with everything in its place: boxes, lines, words, in groups; every format of pictures spells one of these.

Unit: px, y downwards. A layout makes a scene out of a view; no format measures or wraps anything itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

SLIDE_WIDTH = 1600  # px; the width at which a reader on a slide sees the picture
SMALLEST_PX, SMALLEST_PT = 12.0, 8.0  # the design's reading sizes: on a slide, in a document


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet to draw on; `points` is its printed width, `largest` the largest font that still looks calm."""

    name: str
    width: int
    height: int
    points: float
    largest: float


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, rounded to hundredths of a px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Lettering:
    """Lines of text around a point: `x` is their middle (or their start), `y` the middle of their height.

    `turn` is in degrees, clockwise, around that point; `leading` the distance of two base lines.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    leading: float
    bold: bool = False
    anchor: str = "middle"
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """Fill, and a border or stroke. Unit of width and dash: px. `fill` and `stroke` are "#rrggbb" or "none"."""

    fill: str = "none"
    stroke: str = "none"
    width: float = 0.0
    dash: tuple[float, ...] = ()
    hatched: bool = False
    round_ends: bool = False

    @property
    def square_dash(self) -> tuple[float, ...]:
        """The dash for a format without round ends: what these would add is drawn, what they would take is left out."""
        if not (self.round_ends and self.dash):
            return self.dash
        return tuple(
            round(max(self.width, part + (-self.width if at % 2 else self.width)), 2)
            for at, part in enumerate(self.dash)
        )


Side = Literal["", "left", "right"]
Outline = Literal["rect", "rounded", "cylinder", "person", "document", "cube", "note", "diamond"]


@dataclass(frozen=True, slots=True)
class Box:
    """An outline with its words. `sort` is its class (`block mark-added`), `id` that of what it stands for.

    `corner` is the radius of its corners, of other outlines the depth of cap, fold or side; `square` the side whose
    corners stay square. `name` is what listeners hear, `note` what those who point get; "" for what only decorates.
    """

    id: str
    sort: str
    rect: Rect
    look: Look
    outline: Outline = "rect"
    corner: float = 0.0
    words: tuple[Words, ...] = ()
    name: str = ""
    note: str = ""
    square: Side = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Lettering with its colour; `sort` is its class (`label`, `title`, `badge`)."""

    sort: str
    text: Lettering
    fill: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one box to another (`source`, `target`: their ids, "" for a line that only decorates).

    `points` are the corners of a polyline; with `curved` they are cubic Bézier points: 1 + 3n of them.
    """

    id: str
    sort: str
    points: tuple[tuple[float, float], ...]
    look: Look
    source: str = ""
    target: str = ""
    arrow: bool = False
    curved: bool = False
    words: tuple[Words, ...] = ()
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together: a band, a frame with its blocks, a lane; in order of painting."""

    id: str
    sort: str
    items: tuple[Item, ...]
    name: str = ""
    note: str = ""


Item = Box | Line | Words | Group


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole sheet. `font_px` is the smallest type on it; ids are those of the model, made unique by each format."""

    id: str
    title: str
    description: str
    lang: str
    paper: Paper
    font_px: float
    items: tuple[Item, ...]

    @property
    def effective_px(self) -> float:
        """Size of the smallest text once the picture fills a slide 1600 px wide. Unit: px."""
        return round(self.font_px * SLIDE_WIDTH / self.paper.width, 2)

    @property
    def printed_pt(self) -> float:
        """Size of the smallest text once the picture fills its own paper. Unit: pt."""
        return round(self.font_px * self.paper.points / self.paper.width, 2)

    @property
    def is_readable(self) -> bool:
        """Whether its smallest letters are as large as what it is made for asks: a slide, or print."""
        if self.paper.name == "slide":
            return self.effective_px >= SMALLEST_PX
        return self.printed_pt >= SMALLEST_PT - 0.05


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """Every item and what is in it, in order of painting; the words of a box or line after it."""
    for item in items:
        yield item
        match item:
            case Group():
                yield from walk(item.items)
            case Box() | Line():
                yield from item.words


def unique(wanted: str, taken: set[str]) -> str:
    """This id in letters that every format takes, or the next one free; then it is taken."""
    wanted = re.sub(r"[^A-Za-z0-9._-]", "-", wanted)
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}--{number}", number + 1
    taken.add(found)
    return found
