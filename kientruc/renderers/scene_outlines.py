"""Outlines of boxes and heads of arrows as paths of lines and curves, for every format that draws paths. Unit: px."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import assert_never

from kientruc.renderers.scene import Box, Line, Rect

ROUND = 0.5523  # of the radius: where the control points of a quarter of a circle lie
DEPTH = 0.15  # of the shorter side: cap, fold or side of an outline that does not say how deep it is
HEAD_LENGTH, HEAD_WIDTH = 5.0, 4.0  # of an arrow, in widths of its line …
SHORTEST_HEAD = 7.0  # … and px, so that the head of a thin line is seen

Step = tuple[str, tuple[float, ...]]  # M, L, C or Z, and absolute coordinates


@dataclass(frozen=True, slots=True)
class Path:
    """One path of an outline; one that is not filled only adds strokes."""

    steps: tuple[Step, ...]
    filled: bool = True


def depth(box: Box) -> float:
    """How deep the corner, cap, fold or side of a box is."""
    shorter = min(box.rect.width, box.rect.height)
    return min(box.corner or (0.0 if box.outline == "rect" else shorter * DEPTH), shorter / 2)


def room(box: Box) -> Rect:
    """Where words may stand inside the outline."""
    (x, y, width, height), d = _sides(box.rect), depth(box)
    match box.outline:
        case "rect" | "rounded":
            return box.rect
        case "cylinder":
            return Rect(x, y + d, width, height - 1.5 * d)
        case "person":
            return Rect(x, y + 1.5 * d, width, height - 1.5 * d)
        case "document":
            return Rect(x, y, width, height - d)
        case "cube":
            return Rect(x, y + d, width - d, height - d)
        case "note":
            return Rect(x, y, width - d, height)
        case "diamond":
            return Rect(x + width / 4, y + height / 4, width / 2, height / 2)
        case _:
            assert_never(box.outline)


def paths(box: Box) -> tuple[Path, ...]:
    """The outline of a box: what is filled, and the strokes inside it."""
    d = depth(box)
    match box.outline:
        case "rect" | "rounded":
            return (Path(rounded(box.rect, d, box.square)),)
        case "cylinder":
            return _cylinder(box.rect, d / 2)
        case "person":
            return _person(box.rect, d)
        case "document":
            return (_document(box.rect, d / 2),)
        case "cube":
            return _cube(box.rect, d)
        case "note":
            return _note(box.rect, d)
        case "diamond":
            return (_diamond(box.rect),)
        case _:
            assert_never(box.outline)


def rounded(rect: Rect, r: float, square: str = "") -> tuple[Step, ...]:
    """A rectangle with round corners, but for those on its `square` side."""
    (x, y, width, height), r = _sides(rect), min(r, rect.width / 2, rect.height / 2)
    left, right = (0.0 if square == side else r for side in ("left", "right"))
    corners = (
        (x + width, y, (-right, 0.0), (0.0, right)),
        (x + width, y + height, (0.0, -right), (-right, 0.0)),
        (x, y + height, (left, 0.0), (0.0, -left)),
        (x, y, (0.0, left), (left, 0.0)),
    )
    steps: list[Step] = [("M", (x + left, y))]
    for at_x, at_y, into, out in corners:
        steps.append(("L", (at_x + into[0], at_y + into[1])))
        if into != out:
            near = (at + (1 - ROUND) * way for ways in (into, out) for at, way in zip((at_x, at_y), ways, strict=True))
            steps.append(("C", (*near, at_x + out[0], at_y + out[1])))
    return (*steps, ("Z", ()))


def _cylinder(rect: Rect, r: float) -> tuple[Path, ...]:
    """A drum: caps `2 r` high."""
    (x, y, width, height), k = _sides(rect), r * 4 / 3
    right, top, low = x + width, y + r, y + height - r
    body: tuple[Step, ...] = (
        ("M", (x, top)), ("C", (x, top - k, right, top - k, right, top)), ("L", (right, low)),
        ("C", (right, low + k, x, low + k, x, low)), ("Z", ()),
    )  # fmt: skip
    return Path(body), Path((("M", (x, top)), ("C", (x, top + k, right, top + k, right, top))), False)


def _person(rect: Rect, d: float) -> tuple[Path, ...]:
    """A body with round shoulders, and a head `2 d` high that sinks a little into it."""
    top = rect.y + 1.5 * d
    body = Rect(rect.x, top, rect.width, rect.height - 1.5 * d)
    head = Rect(rect.x + rect.width / 2 - d, rect.y, 2 * d, 2 * d)
    return Path(rounded(body, min(1.5 * d, body.width / 2, body.height / 2))), Path(rounded(head, d))


def _document(rect: Rect, r: float) -> Path:
    """A sheet whose lower edge is a wave, `r` above and below its middle."""
    (x, y, width, height), k = _sides(rect), r * 3.4
    right, low = x + width, y + height - r
    wave = ("C", (x + width * 0.66, low - k, x + width * 0.34, low + k, x, low))
    return Path((("M", (x, y)), ("L", (right, y)), ("L", (right, low)), wave, ("Z", ())))


def _cube(rect: Rect, d: float) -> tuple[Path, ...]:
    """A block seen from its upper right; the front is where the words stand."""
    (x, y, width, height) = _sides(rect)
    right, bottom, front, top = x + width, y + height, x + width - d, y + d
    body = _closed((x, top), (x + d, y), (right, y), (right, bottom - d), (front, bottom), (x, bottom))
    return (
        Path(body),
        Path(_line((x, top), (front, top), (front, bottom)), False),
        Path(_line((front, top), (right, y)), False),
    )


def _note(rect: Rect, d: float) -> tuple[Path, ...]:
    """A sheet with its upper right corner folded over."""
    (x, y, width, height) = _sides(rect)
    right, bottom = x + width, y + height
    sheet = _closed((x, y), (right - d, y), (right, y + d), (right, bottom), (x, bottom))
    return Path(sheet), Path(_line((right - d, y), (right - d, y + d), (right, y + d)), False)


def _diamond(rect: Rect) -> Path:
    middle, centre = rect.x + rect.width / 2, rect.y + rect.height / 2
    return Path(_closed((middle, rect.y), (rect.right, centre), (middle, rect.bottom), (rect.x, centre)))


def line_path(line: Line) -> tuple[Step, ...]:
    """A line up to the foot of its arrow head, or to its end."""
    points = line.points
    if line.arrow and len(points) > 1:
        points = (*points[:-1], _foot(line))
    if not line.curved:
        return _line(*points)
    curves = zip(points[1::3], points[2::3], points[3::3], strict=False)
    return (("M", points[0]), *(("C", (*one, *two, *end)) for one, two, end in curves))


def head_path(line: Line) -> tuple[Step, ...]:
    """The head of an arrow: a triangle, its tip at the end of the line."""
    (x, y), (along, across) = line.points[-1], _direction(line)
    (foot_x, foot_y), half = _foot(line), head_length(line) * HEAD_WIDTH / HEAD_LENGTH / 2
    return _closed(
        (x, y), (foot_x - across * half, foot_y + along * half), (foot_x + across * half, foot_y - along * half)
    )


def head_length(line: Line) -> float:
    return max(SHORTEST_HEAD, line.look.width * HEAD_LENGTH)


def _foot(line: Line) -> tuple[float, float]:
    (x, y), (along, across) = line.points[-1], _direction(line)
    length = head_length(line)
    return x - along * length, y - across * length


def _direction(line: Line) -> tuple[float, float]:
    """The way a line goes at its end; to the right where it has no length."""
    (x, y) = line.points[-1]
    before = next(((a, b) for a, b in reversed(line.points[:-1]) if (a, b) != (x, y)), (x - 1, y))
    length = math.hypot(x - before[0], y - before[1])
    return (x - before[0]) / length, (y - before[1]) / length


def _line(*points: tuple[float, float]) -> tuple[Step, ...]:
    return (("M", points[0]), *(("L", point) for point in points[1:]))


def _closed(*points: tuple[float, float]) -> tuple[Step, ...]:
    return (*_line(*points), ("Z", ()))


def _sides(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.width, rect.height
