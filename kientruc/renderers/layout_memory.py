"""Where the boxes of a picture stood when it was last drawn: a small file beside it, so that little moves next time."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from kientruc.errors import OutputError
from kientruc.renderers.network_recall import Place
from kientruc.renderers.scene import Box, Scene, walk

FORMAT = "kientruc-layout/1"
MOST_BYTES, MOST_PLACES = 1_000_000, 2_000
FARTHEST, LARGEST = 16_384.0, 400.0  # px: no sheet is wider, no letter larger
STILL = 0.5  # px; less is no move
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


class LayoutRefused(OutputError):
    """A file of places is not one of ours, or no longer one."""

    def __init__(self, path: str, at: str) -> None:
        super().__init__("layout.refused", path=path, at=at, format=FORMAT)


@dataclass(frozen=True, slots=True)
class Moved:
    """A box that stands elsewhere than before. Unit: px, from middle to middle."""

    id: str
    distance: float


def remember(drawn: Scene) -> Mapping[str, Place]:
    """Where the boxes of a scene stand, by the id of what they stand for."""
    found = {}
    for item in walk(drawn.items):
        if isinstance(item, Box) and item.sort.split(" ")[0] == "block" and item.words:
            rect = item.rect
            middle = round(rect.x + rect.width / 2, 2), round(rect.y + rect.height / 2, 2)
            found[item.id] = Place(*middle, item.words[-1].text.size)
    return found


def drift(before: Mapping[str, Place], after: Mapping[str, Place]) -> tuple[Moved, ...]:
    """What is in both and moved, the farthest first."""
    ways = ((id, math.dist((before[id].x, before[id].y), (after[id].x, after[id].y))) for id in before if id in after)
    moved = [Moved(id, round(way, 2)) for id, way in ways if way > STILL]
    return tuple(sorted(moved, key=lambda one: (-one.distance, one.id)))


def write(view: str, paper: str, places: Mapping[str, Place]) -> str:
    """The places as JSON, one a line, in order of their ids: what changed is seen in a comparison of lines."""
    lines = (f"    {json.dumps(id)}: [{p.x:.2f}, {p.y:.2f}, {p.em:.2f}]" for id, p in sorted(places.items()))
    head = f'{{\n  "format": {json.dumps(FORMAT)},\n  "paper": {json.dumps(paper)},\n  "places": {{\n'
    return head + ",\n".join(lines) + f'\n  }},\n  "view": {json.dumps(view)}\n}}\n'


def read(data: bytes, path: str, view: str, paper: str) -> Mapping[str, Place]:
    """The places of this view on this paper; none if the file tells of another view or paper.

    Args:
        path: only named where the file is refused.
    Raises:
        LayoutRefused: it is too large, no JSON, of another format, or a place is no place.
    """
    if len(data) > MOST_BYTES:
        raise LayoutRefused(path, f"> {MOST_BYTES} B")
    try:
        held = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise LayoutRefused(path, "JSON") from error
    if not isinstance(held, dict) or held.keys() != {"format", "paper", "places", "view"} or held["format"] != FORMAT:
        raise LayoutRefused(path, "format")
    places = held["places"]
    if not isinstance(places, dict) or len(places) > MOST_PLACES:
        raise LayoutRefused(path, "places")
    for id, numbers in places.items():
        if not _ID.fullmatch(id) or not _is_place(numbers):
            raise LayoutRefused(path, f"places.{ascii(id)[:60]}")
    if (held["view"], held["paper"]) != (view, paper):
        return {}
    return {id: Place(*map(float, numbers)) for id, numbers in sorted(places.items())}


def _is_place(numbers: Any) -> bool:
    if not isinstance(numbers, list) or len(numbers) != 3 or not all(type(n) in {int, float} for n in numbers):
        return False
    x, y, em = numbers
    return bool(0 <= x <= FARTHEST and 0 <= y <= FARTHEST and 0.1 <= em <= LARGEST)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)
