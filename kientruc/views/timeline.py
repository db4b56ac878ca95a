"""What a roadmap shows: bars in lanes over the years, what waits for what, and the money of each year; no measure."""

from dataclasses import dataclass
from datetime import date

from kientruc.views.network import LineEntry
from kientruc.views.picture import LegendEntry, Mark


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of work; without a first or a last day it stands where its lane says that the time is open."""

    id: str
    label: str
    mark: Mark
    first: date | None
    last: date | None
    amount: str = ""
    note: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """Bars that belong together: a component, a body that leads, a phase."""

    id: str
    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A day that counts: a milestone, a hearing, the last day of a duty."""

    id: str
    label: str
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """A piece of work that waits for another; `broken` where it begins before the other ends."""

    waiting: str
    awaited: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """The whole roadmap. `sums` are the words for the money of each year, in order of the years; `lines` the sorts of
    waiting that occur, `undated` the words for work without days, `money` those that stand before the sums."""

    id: str
    title: str
    subtitle: str
    description: str
    lang: str
    lanes: tuple[Lane, ...]
    points: tuple[Point, ...]
    waits: tuple[Wait, ...]
    sums: tuple[tuple[int, str], ...]
    legend: tuple[LegendEntry, ...]
    footer: str
    notes: tuple[str, ...] = ()
    lines: tuple[LineEntry, ...] = ()
    undated: str = ""
    money: str = ""
