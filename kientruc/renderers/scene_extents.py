"""How much room the items of a scene take. Unit: px."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator

from kientruc.renderers.scene import Box, Group, Item, Lettering, Line, Rect, Words
from kientruc.renderers.scene_outlines import room
from kientruc.renderers.text_metrics import width

SLACK = 1.06  # of a text's width
STEPS = 16  # parts into which a curve is cut to find its middle


def extent(text: Lettering) -> Rect:
    """The rectangle of a lettering that has lines: as wide as its longest line, as high as their leading."""
    wide = max(width(line, text.bold) for line in text.lines) * text.size
    high = (len(text.lines) - 1) * text.leading + text.size
    x = {"middle": text.x - wide / 2, "start": text.x, "end": text.x - wide}[text.anchor]
    if text.turn:
        return Rect(text.x - high / 2, text.y - wide / 2, high, wide)
    return Rect(x, text.y - high / 2, wide, high)


def unturned(text: Lettering) -> Rect:
    """The rectangle of a lettering before it is turned around its middle; a little wider, for lack of our font."""
    rect = extent(text)
    x, y = rect.x + rect.width / 2, rect.y + rect.height / 2
    width, height = (rect.height, rect.width) if text.turn else (rect.width, rect.height)
    wide = width * SLACK
    anchor = "middle" if text.turn else text.anchor
    left = {"start": rect.x, "middle": x - wide / 2, "end": rect.right - wide}[anchor]
    return Rect(left, y - height / 2, wide, height)


def margins(box: Box, text: Lettering) -> tuple[float, float, float, float]:
    """What is beside the room of a box's words: left, above, right, below; the words stand in its middle."""
    rect, inside = box.rect, room(box)
    aside = 2 * (text.x - inside.x - inside.width / 2) if text.anchor == "middle" else 0.0
    down = 2 * (text.y - inside.y - inside.height / 2)
    left, top = inside.x - rect.x + max(0.0, aside), inside.y - rect.y + max(0.0, down)
    right, bottom = rect.right - inside.right + max(0.0, -aside), rect.bottom - inside.bottom + max(0.0, -down)
    if text.anchor == "start":
        left = text.x - rect.x
    elif text.anchor == "end":
        right = rect.right - text.x
    return left, top, right, bottom


def label_of(box: Box) -> Words | None:
    """The words that are the text of a box; others, such as a badge, stand beside them."""
    return next((one for one in box.words if one.sort != "badge"), None)


def bounds(items: Iterable[Item]) -> Rect | None:
    """The rectangle around items, lines left out; None around nothing."""
    rects = list(_rects(items))
    if not rects:
        return None
    x, y = min(one.x for one in rects), min(one.y for one in rects)
    return Rect(x, y, max(one.right for one in rects) - x, max(one.bottom for one in rects) - y)


def _rects(items: Iterable[Item]) -> Iterator[Rect]:
    for item in items:
        match item:
            case Group():
                yield from _rects(item.items)
            case Box():
                yield item.rect
            case Words() if item.text.lines:
                yield extent(item.text)


def middle(line: Line) -> tuple[float, float]:
    """The point half way along a line."""
    points = tuple(_flat(line))
    lengths = [math.dist(one, other) for one, other in itertools.pairwise(points)]
    rest = sum(lengths) / 2
    for ((x, y), (x2, y2)), length in zip(itertools.pairwise(points), lengths, strict=True):
        if rest <= length and length:
            return x + (x2 - x) * rest / length, y + (y2 - y) * rest / length
        rest -= length
    return points[-1]


def _flat(line: Line) -> Iterator[tuple[float, float]]:
    """The line's points; of a curve, points on it."""
    points = line.points
    yield points[0]
    if not line.curved:
        yield from points[1:]
        return
    for at in range(0, len(points) - 3, 3):
        for step in range(1, STEPS + 1):
            yield _on(points[at : at + 4], step / STEPS)


def _on(points: tuple[tuple[float, float], ...], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(w * point[axis] for w, point in zip(weights, points, strict=True)) for axis in (0, 1))
    return x, y
