"""What a drawn picture must satisfy, whatever it shows. Each gate gives its faults in words; `faults` asks them all.

It measures with the fonts themselves, not with the table that layouts use. A legend is a group of sort `legend ...`
for each entry, with the box or line it explains.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

from fontTools.ttLib import TTFont

from kientruc.renderers import png, scene_svg
from kientruc.renderers.layered_style import HATCH_INK, PAPER
from kientruc.renderers.scene import Box, Group, Item, Lettering, Line, Rect, Scene, Words, walk
from kientruc.renderers.scene_outlines import room
from kientruc.renderers.text_metrics import clean

SPARE = 0.02  # px, from rounding
SMALLEST_PX, SMALLEST_PT = 12.0, 8.0  # on a slide 1600 px wide; printed
CONTRAST = 4.5  # WCAG 2.2, 1.4.3
LIGHTER = 5.0  # steps of CIE lightness that are seen side by side in grey
THICKER = 1.6  # times: a border that is seen to be thicker
UNKNOWN = 1.3  # em; a letter that is not shipped comes from an unknown font
SVG = "{http://www.w3.org/2000/svg}"
TAGS = frozenset(("svg", "title", "desc", "defs", "pattern", "g", "rect", "path", "text", "tspan"))


@cache
def advances(bold: bool) -> dict[str, float]:
    """The width of each letter of the shipped font. Unit: em."""
    font = TTFont(png.FONTS / png.FONT_FILES[bold])
    per_em = font["head"].unitsPerEm
    return {chr(code): font["hmtx"][name][0] / per_em for code, name in font.getBestCmap().items()}


def extent(text: Lettering) -> Rect:
    """The rectangle that the letters of a lettering with lines may take."""
    table = advances(text.bold)
    wide = text.size * max(
        sum(table.get(c, 0.0 if unicodedata.combining(c) else UNKNOWN) for c in line) for line in text.lines
    )
    high = (len(text.lines) - 1) * text.leading + text.size
    x = {"middle": text.x - wide / 2, "start": text.x, "end": text.x - wide}[text.anchor]
    if text.turn:
        return Rect(text.x - high / 2, text.y - wide / 2, high, wide)
    return Rect(x, text.y - high / 2, wide, high)


def inside(inner: Rect, outer: Rect) -> bool:
    return (
        inner.x >= outer.x - SPARE
        and inner.y >= outer.y - SPARE
        and inner.right <= outer.right + SPARE
        and inner.bottom <= outer.bottom + SPARE
    )


def apart(one: Rect, other: Rect) -> bool:
    return (
        one.right <= other.x + SPARE
        or other.right <= one.x + SPARE
        or one.bottom <= other.y + SPARE
        or other.bottom <= one.y + SPARE
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """Words on the sheet: their rectangle, whose they are, and the colours they may stand on."""

    words: Words
    rect: Rect
    owner: Box | Line | None
    grounds: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words.text.lines)


def placed(scene: Scene) -> list[Placed]:
    """All words, in order of painting."""
    grounds: list[tuple[Rect, tuple[str, ...]]] = [(Rect(0, 0, scene.paper.width, scene.paper.height), (PAPER,))]
    return list(_placed(scene.items, grounds))


def _placed(items: tuple[Item, ...], grounds: list[tuple[Rect, tuple[str, ...]]]) -> Iterator[Placed]:
    for item in items:
        match item:
            case Group():
                yield from _placed(item.items, grounds)
            case Words() if item.text.lines:
                yield _stood(item, None, grounds)
            case Box() | Line():
                if isinstance(item, Box) and item.look.fill != "none":
                    hatch = (HATCH_INK,) if item.look.hatched else ()
                    grounds.append((item.rect, (item.look.fill, *hatch)))
                yield from (_stood(words, item, grounds) for words in item.words if words.text.lines)


def _stood(words: Words, owner: Box | Line | None, grounds: list[tuple[Rect, tuple[str, ...]]]) -> Placed:
    rect = extent(words.text)
    under = next(colours for ground, colours in reversed(grounds) if not apart(ground, rect) or len(grounds) == 1)
    return Placed(words, rect, owner, under)


def overlapping(scene: Scene) -> Iterator[str]:
    """Words that stand on other words."""
    for one, other in itertools.combinations(placed(scene), 2):
        if not apart(one.rect, other.rect):
            yield f"“{one.text}” stands on “{other.text}”"


def spilling(scene: Scene) -> Iterator[str]:
    """Words out of their box, out of the sheet, across a border, or on a thing that is not theirs."""
    sheet = Rect(0, 0, scene.paper.width, scene.paper.height)
    boxes = [one for one in walk(scene.items) if isinstance(one, Box)]
    yield from (f"the box {box.id or box.sort} leaves the sheet" for box in boxes if not inside(box.rect, sheet))
    for one in placed(scene):
        if not inside(one.rect, sheet):
            yield f"“{one.text}” leaves the sheet"
        if isinstance(one.owner, Box) and not inside(one.rect, room(one.owner)):
            yield f"“{one.text}” leaves its box"
        for box in boxes:
            if box is one.owner or apart(one.rect, box.rect):
                continue
            if box.name or not inside(one.rect, box.rect):
                yield f"“{one.text}” lies across {box.id or box.sort}"


def struck(scene: Scene) -> Iterator[str]:
    """Words through which a line runs."""
    lines = [one for one in walk(scene.items) if isinstance(one, Line)]
    for one, line in itertools.product(placed(scene), lines):
        if any(_crosses(one.rect, *pair) for pair in itertools.pairwise(_flat(line))):
            yield f"the line {line.id or line.sort} runs through “{one.text}”"


def _flat(line: Line) -> list[tuple[float, float]]:
    """Points on the line, so close that straight parts between them tell its way."""
    if not line.curved:
        return list(line.points)
    found = [line.points[0]]
    for at in range(0, len(line.points) - 3, 3):
        for t in (step / 24 for step in range(1, 25)):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            four = line.points[at : at + 4]
            x, y = (sum(w * p[axis] for w, p in zip(weights, four, strict=True)) for axis in (0, 1))
            found.append((x, y))
    return found


def _crosses(rect: Rect, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a straight part has a point inside a rectangle (the part is cut down to it, side by side)."""
    low, high = 0.0, 1.0
    for axis, (first, last) in enumerate(((rect.x, rect.right), (rect.y, rect.bottom))):
        way = end[axis] - start[axis]
        if math.isclose(way, 0.0):
            if not first + SPARE < start[axis] < last - SPARE:
                return False
            continue
        into, out = sorted(((first + SPARE - start[axis]) / way, (last - SPARE - start[axis]) / way))
        low, high = max(low, into), min(high, out)
    return low < high


def small(scene: Scene) -> Iterator[str]:
    """Letters that cannot be read where the picture is shown, and a scene that does not tell its smallest."""
    sizes = [words.words.text.size for words in placed(scene)]
    if sizes and min(sizes) < scene.font_px - SPARE:
        yield f"letters of {min(sizes)} px, though the scene tells of {scene.font_px}"
    if scene.paper.name == "slide" and scene.effective_px < SMALLEST_PX:
        yield f"letters of {scene.effective_px} px on a slide"
    if scene.paper.name != "slide" and scene.printed_pt < SMALLEST_PT:
        yield f"letters of {scene.printed_pt} pt in print"


def unprintable(scene: Scene) -> Iterator[str]:
    """Letters that the shipped fonts lack."""
    for one in placed(scene):
        lost = [c for c in one.text if c not in advances(one.words.text.bold)]
        if lost:
            yield f"“{one.text}” has {', '.join(f'U+{ord(c):04X}' for c in dict.fromkeys(lost))}"


def pale(scene: Scene) -> Iterator[str]:
    """Words that do not stand out from what is under them."""
    for one in placed(scene):
        least = min(contrast(one.words.fill, ground) for ground in one.grounds)
        if least < CONTRAST:
            yield f"“{one.text}” has a contrast of {least:.2f}"


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """CIE L*: 0 for black, 100 for white; as many steps as an eye tells apart in grey."""
    y = luminance(colour)
    return 116 * (y ** (1 / 3) if y > 216 / 24389 else (24389 / 27 * y + 16) / 116) - 16


def alike(scene: Scene) -> Iterator[str]:
    """Entries of the legend that a print without colour does not tell apart."""
    entries = [one for one in walk(scene.items) if isinstance(one, Group) and one.sort.split(" ")[0] == "legend"]
    samples = [
        (entry.sort, next((one for one in walk(entry.items) if isinstance(one, Box | Line)), None)) for entry in entries
    ]
    for (name, one), (other_name, other) in itertools.combinations(samples, 2):
        if one and other and type(one) is type(other) and not _told_apart(one, other):
            yield f"{name} looks like {other_name}"


def _told_apart(one: Box | Line, other: Box | Line) -> bool:
    a, b = one.look, other.look
    if (bool(a.dash), a.hatched, a.round_ends) != (bool(b.dash), b.hatched, b.round_ends):
        return True
    if _pattern(a.dash) != _pattern(b.dash) or max(a.width, b.width) >= THICKER * min(a.width, b.width):
        return True
    signs = [next((words.text.lines for words in sample.words), ()) for sample in (one, other)]
    fills = [look.fill if look.fill != "none" else PAPER for look in (a, b)]
    inks = [PAPER if look.stroke == "none" else look.stroke for look in (a, b)]
    grey = inks if isinstance(one, Line) else fills
    return signs[0] != signs[1] or abs(lightness(grey[0]) - lightness(grey[1])) >= LIGHTER


def _pattern(dash: tuple[float, ...]) -> tuple[float, ...]:
    """A dash in parts of its longest part: what is left when one is drawn larger."""
    return tuple(round(part / max(dash), 1) for part in dash)


def unlike(scene: Scene) -> Iterator[str]:
    """What in the SVG is not of the scene, is missing from it, or has no place in a page with a strict policy."""
    root = ElementTree.fromstring(scene_svg.render(scene))
    for element in root.iter():
        if element.tag.removeprefix(SVG) not in TAGS:
            yield f"an element {element.tag}"
        yield from (f"an attribute {key}" for key in element.attrib if key.startswith(("on", "style")) or "href" in key)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    yield from (f"the id {id} stands twice" for id in sorted({id for id in ids if ids.count(id) > 1 and id}))
    drawn = [(one.get("data-id"), one.get("aria-label"), _label(one)) for one in root.iter() if "data-id" in one.attrib]
    named = [one for one in walk(scene.items) if isinstance(one, Box | Line) and one.name]
    wanted = [(clean(one.id), clean(one.name), "".join(_lines(one))) for one in named]
    if drawn != wanted:
        yield f"{len(drawn)} things with these words are drawn, {len(wanted)} are meant"


def _lines(thing: Box | Line) -> Iterator[str]:
    for words in thing.words:
        yield from (clean(line) for line in words.text.lines)


def _label(group: ElementTree.Element) -> str:
    return "".join(span.text or "" for span in group.iter(f"{SVG}tspan"))


def unsteady(make: Callable[[], Scene]) -> Iterator[str]:
    """A picture that is another one when it is made again."""
    if scene_svg.render(make()) != scene_svg.render(make()):
        yield "two runs draw two pictures"


Gate = Callable[[Scene], Iterator[str]]
GATES: tuple[Gate, ...] = (overlapping, spilling, struck, small, unprintable, pale, alike, unlike)


def faults(scene: Scene, gates: tuple[Gate, ...] = GATES) -> list[str]:
    """All that is wrong with a drawn picture, each with its gate."""
    return [f"{gate.__name__}: {found}" for gate in gates for found in gate(scene)]
