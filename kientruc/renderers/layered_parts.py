"""What a layered picture is made of once it has found its place: papers, rectangles, letterings. Unit: px."""

from dataclasses import dataclass

from kientruc.renderers.scene import Lettering, Paper, Rect
from kientruc.views.picture import Band, Block, Group, LegendEntry

SLIDE = Paper("slide", 1600, 900, points=960.0, largest=28.0)  # 13.33 inch wide
A3 = Paper("a3", 2263, 1600, points=1190.55, largest=38.0)  # 420 mm wide
PAGE = Paper("page", 1600, 912, points=714.33, largest=30.0)  # 252 mm: the text of a paper on A4 across
PAPERS = {paper.name: paper for paper in (SLIDE, A3)}


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block in its rectangle; the badge stands in its upper left corner, beside the room of the text."""

    block: Block
    rect: Rect
    text: Lettering
    badge: Lettering | None = None


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """A group: its frame and title if it has one, its blocks, and a box that says "none" if there are no blocks."""

    group: Group
    frame: Rect | None
    text: Lettering | None
    blocks: tuple[PlacedBlock, ...]
    empty: tuple[Rect, Lettering] | None = None


@dataclass(frozen=True, slots=True)
class PlacedBand:
    """A band: `place` is row, left or right; `head` the field of its title; `tone` counts through the palette."""

    band: Band
    place: str
    tone: int
    rect: Rect
    head: Rect
    text: Lettering
    groups: tuple[PlacedGroup, ...]


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """A legend entry: a small block, with its badge, and its words."""

    entry: LegendEntry
    swatch: Rect
    text: Lettering
    badge: Lettering | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A picture with every rectangle and line of text in its place."""

    paper: Paper
    font_px: float
    title: Lettering
    subtitle: Lettering
    footer: Lettering
    bands: tuple[PlacedBand, ...]
    legend: tuple[PlacedEntry, ...]
