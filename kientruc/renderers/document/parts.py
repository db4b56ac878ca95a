"""A paper as it is set: sheets of lines, rules, columns, grids and drawings, every measure decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kientruc.views.document import Run


@dataclass(frozen=True, slots=True)
class Style:
    """How lines of one role are set; points, and millimetres for the indent."""

    size: float
    bold: bool
    italic: bool
    align: str
    indent: float
    before: float
    after: float
    line: float


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of one role. `level` 1 to 4 makes it an entry of the contents; `keep` holds it to the next."""

    role: str
    runs: tuple[Run, ...]
    anchor: str = ""
    level: int = 0
    keep: bool = False
    boxed: bool = False

    @property
    def text(self) -> str:
        """The words without their style."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line, centred in the room there is; millimetres."""

    width: float
    room: float


@dataclass(frozen=True, slots=True)
class Space:
    """Height left free for what is written by hand, or between parts; points."""

    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns side by side without borders, and their widths in millimetres."""

    left: tuple[Line | Rule | Space, ...]
    right: tuple[Line | Rule | Space, ...]
    widths: tuple[float, float]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid."""

    runs: tuple[Run, ...]
    align: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with borders; widths in millimetres; the heading is repeated on each page.

    Attributes:
        torn: which rows the end of a page may tear.
        whole: whether all of it stays on one page.
    """

    widths: tuple[float, ...]
    heading: tuple[GridCell, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    torn: tuple[bool, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as wide and high as it is printed, in millimetres; `smallest` is its smallest print in points."""

    name: str
    svg: bytes
    png: bytes
    width: float
    height: float
    alt: str
    smallest: float


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of what has a level: level, words, anchor."""

    entries: tuple[tuple[int, str, str], ...]


Part = Line | Rule | Space | Columns | Grid | Drawing | Contents


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pages of one orientation; `restart` begins the count of pages anew, and leaves the first without its number."""

    parts: tuple[Part, ...]
    landscape: bool
    restart: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A whole paper, set; millimetres."""

    title: str
    date: tuple[int, int, int]
    font: str
    paper: tuple[float, float]
    margins: tuple[float, float, float, float]  # top, right, bottom, left of every sheet, upright or across
    page_number: str
    styles: Mapping[str, Style]
    sheets: tuple[Sheet, ...]
    mark: str
