"""The parts of a PowerPoint shape as DrawingML: place, outline, fill, border, text, the way of a connector."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from kientruc.renderers.layered_style import HATCH_INK
from kientruc.renderers.scene import Box, Line, Look, Rect, Words
from kientruc.renderers.scene_extents import margins
from kientruc.renderers.scene_outlines import Path, Step, depth, line_path, paths
from kientruc.renderers.text_metrics import clean

POINT = 12_700  # EMU
FONT = 'typeface="Noto Sans" panose="020B0502040504020204" pitchFamily="34"'  # else one that looks like it
ALIGN = {"start": "l", "middle": "ctr", "end": "r"}
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
ROUND_INSET = 0.29289  # of the radius: the program keeps the text of a rounded box so far from its border by itself
SITES = (("3cd4", "hc", "t"), ("cd2", "l", "vc"), ("cd4", "hc", "b"), ("0", "r", "vc"))  # where lines hang on a box
NEAR = 0.5  # px; a line this little off its axis runs along it


Points = tuple[tuple[float, float], ...]


def escaped(text: str) -> str:
    """Escape a text that stands in an attribute or an element."""
    return escape(text, {'"': "&quot;"})


def site(rect: Rect, point: tuple[float, float]) -> int:
    """The site of a box that is nearest to where a line ends."""
    middle, centre = rect.x + rect.width / 2, rect.y + rect.height / 2
    places = ((middle, rect.y), (rect.x, centre), (middle, rect.bottom), (rect.right, centre))
    away = [math.dist(point, place) for place in places]
    return away.index(min(away))


@dataclass(frozen=True, slots=True)
class Pen:
    """Turns px of a scene into EMU of a slide."""

    scale: float
    left: float
    top: float
    lang: str

    def size(self, px: float) -> int:
        return round(px * self.scale)

    def frame(self, rect: Rect, prefix: str = "") -> str:
        """The place of a shape; with a prefix that of what a group holds."""
        x, y = round(self.left + rect.x * self.scale), round(self.top + rect.y * self.scale)
        off, ext = (f"{prefix}Off", f"{prefix}Ext") if prefix else ("off", "ext")
        return (
            f'<a:{off} x="{x}" y="{y}"/><a:{ext} cx="{max(0, self.size(rect.width))}" '
            f'cy="{max(0, self.size(rect.height))}"/>'
        )

    def outline(self, box: Box) -> str:
        """The outline: a rectangle whose corners can be pulled, or a path of our own."""
        if box.outline not in ("rect", "rounded"):
            return self.drawn(paths(box), box.rect)
        shorter = min(box.rect.width, box.rect.height) or 1.0
        return _preset("roundRect", round(depth(box) / shorter * 100_000)) if depth(box) else _preset("rect")

    def drawn(self, found: tuple[Path, ...], rect: Rect) -> str:
        """A path of our own, with a rectangle's sites."""
        size = f'w="{self.size(rect.width)}" h="{self.size(rect.height)}"'
        spelt = ""
        for path in found:
            fill = "" if path.filled else ' fill="none"'
            spelt += f"<a:path {size}{fill}>{''.join(self.step(one, rect) for one in path.steps)}</a:path>"
        sites = "".join(f'<a:cxn ang="{angle}"><a:pos x="{x}" y="{y}"/></a:cxn>' for angle, x, y in SITES)
        return (
            f"<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst>{sites}</a:cxnLst>"
            f'<a:rect l="l" t="t" r="r" b="b"/><a:pathLst>{spelt}</a:pathLst></a:custGeom>'
        )

    def step(self, step: Step, rect: Rect) -> str:
        letter, numbers = step
        tag = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo", "Z": "close"}[letter]
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        points = "".join(f'<a:pt x="{self.size(x - rect.x)}" y="{self.size(y - rect.y)}"/>' for x, y in pairs)
        return f"<a:{tag}>{points}</a:{tag}>" if points else f"<a:{tag}/>"

    def connector(self, line: Line) -> str:
        """The way of a line that the program knows by itself: straight, or with elbows between its ends; else ""."""
        points = _axial(line.points)
        if len(line.points) == 2:
            return self.way(line.points, False) + _preset("straightConnector1")
        if line.curved or points is None or len(points) not in (3, 4):
            return ""
        upright = points[0][0] == points[1][0]
        if len(points) == 3:
            return self.way(points, upright) + _preset("bentConnector2")
        first, elbow, _, last = (point[upright] for point in points)
        if not min(first, last) < elbow < max(first, last):
            return ""  # the program could draw it, but others that read its files draw it straight
        part = round((elbow - first) / (last - first) * 100_000)
        return self.way(points, upright) + _preset("bentConnector3", part, "adj1")

    def way(self, points: Points, upright: bool) -> str:
        """The place of a connector from its first point to its last; one that begins upright is turned and flipped."""
        (x, y), (x2, y2) = points[0], points[-1]
        rect = around((points[0], points[-1]))
        flips = (y2 < y, x2 >= x) if upright else (x2 < x, y2 < y)
        if upright:
            (width, height), aside = (rect.height, rect.width), (rect.width - rect.height) / 2
            rect = Rect(rect.x + aside, rect.y - aside, width, height)
        turn = ' rot="5400000"' if upright else ""
        flipped = "".join(f' {name}="1"' for name, yes in zip(("flipH", "flipV"), flips, strict=True) if yes)
        return f"<a:xfrm{turn}{flipped}>{self.frame(rect)}</a:xfrm>"

    def own_way(self, line: Line) -> str:
        """The way of a line as a path of our own."""
        rect = around(line.points)
        path = Path(line_path(replace(line, arrow=False)), filled=False)
        return f"<a:xfrm>{self.frame(rect)}</a:xfrm>{self.drawn((path,), rect)}"

    def look(self, look: Look, arrow: bool = False) -> str:
        """Fill and border."""
        fill = "<a:noFill/>" if look.fill == "none" else _solid(look.fill)
        if look.hatched:
            ink, ground = (f'<a:srgbClr val="{colour[1:]}"/>' for colour in (HATCH_INK, look.fill))
            fill = f'<a:pattFill prst="wdUpDiag"><a:fgClr>{ink}</a:fgClr><a:bgClr>{ground}</a:bgClr></a:pattFill>'
        if look.stroke == "none":
            return f"{fill}<a:ln><a:noFill/></a:ln>"
        head = '<a:tailEnd type="triangle" w="med" len="lg"/>' if arrow else ""
        return f'{fill}<a:ln w="{self.size(look.width)}">{_solid(look.stroke)}{_dash(look)}<a:round/>{head}</a:ln>'

    def label(self, box: Box, words: Words) -> str:
        """The text of a box, in the room inside its outline."""
        own = depth(box) * ROUND_INSET if box.outline in ("rect", "rounded") else 0.0
        left, top, right, bottom = (max(0.0, side - own) for side in margins(box, words.text))
        return self.text(words, (left, top, right, bottom))

    def text(self, words: Words, beside: tuple[float, float, float, float] | None = None) -> str:
        """The text of a shape, line by line as it was measured; one by itself does not wrap."""
        text = words.text
        sides = zip(("lIns", "tIns", "rIns", "bIns"), beside or (0.0,) * 4, strict=True)
        inner = " ".join(f'{name}="{self.size(px)}"' for name, px in sides)
        fit = f'wrap="square" {inner} anchor="ctr"><a:normAutofit/>' if beside else f'wrap="none" {inner} anchor="ctr">'
        points = round(text.size * self.scale / POINT * 100)
        bold = ' b="1"' if text.bold else ' b="0"'
        letters = (
            f'lang="{LANGUAGES.get(self.lang, "vi-VN")}" sz="{points}"{bold}>{_solid(words.fill)}'
            f"<a:latin {FONT}/><a:cs {FONT}/>"
        )
        runs = f"<a:br><a:rPr {letters}</a:rPr></a:br>".join(
            f"<a:r><a:rPr {letters}</a:rPr><a:t>{escaped(clean(line))}</a:t></a:r>" for line in text.lines
        )
        leading = round(text.leading * self.scale / POINT * 100)
        return (
            f'<p:txBody><a:bodyPr {fit}</a:bodyPr><a:lstStyle/><a:p><a:pPr algn="{ALIGN[text.anchor]}"><a:lnSpc>'
            f'<a:spcPts val="{leading}"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef></a:pPr>{runs}</a:p>'
            "</p:txBody>"
        )

    def no_text(self) -> str:
        return "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody>"


def around(points: Points) -> Rect:
    """The rectangle around points."""
    xs, ys = ([point[axis] for point in points] for axis in (0, 1))
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _preset(name: str, part: int | None = None, guide: str = "adj") -> str:
    values = "" if part is None else f'<a:gd name="{guide}" fmla="val {part}"/>'
    return f'<a:prstGeom prst="{name}"><a:avLst>{values}</a:avLst></a:prstGeom>'


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'


def _dash(look: Look) -> str:
    """Dashes in parts of the line's width."""
    dash = look.square_dash
    if not dash or not look.width:
        return '<a:prstDash val="solid"/>'
    parts = [round(part / look.width * 100_000) for part in dash * (1 + len(dash) % 2)]  # pairs of dash and gap
    stops = "".join(f'<a:ds d="{d}" sp="{sp}"/>' for d, sp in zip(parts[::2], parts[1::2], strict=True))
    return f"<a:custDash>{stops}</a:custDash>"


def _axial(points: Points) -> Points | None:
    """The points of a line that runs along the axes by turns, exactly; None if it does not."""
    found, before = [points[0]], (False, False)
    for x, y in points[1:]:
        near = abs(x - found[-1][0]) < NEAR, abs(y - found[-1][1]) < NEAR
        if near[0] == near[1] or near == before:
            return None
        found.append((found[-1][0], y) if near[0] else (x, found[-1][1]))
        before = near
    return tuple(found)
