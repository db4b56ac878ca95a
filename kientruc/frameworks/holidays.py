"""The working days of the agencies: days off and worked Saturdays as data per year; a year not in it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from kientruc.errors import KientrucError
from kientruc.finding import Finding
from kientruc.frameworks.reader import EditionError, read, validated
from kientruc.frameworks.vocabulary import Bilingual, Late
from kientruc.model.approval import Round
from kientruc.model.record import adapter
from kientruc.model.values import Certainty, Day, Line, Text, Year
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT

ONE_DAY = timedelta(1)
SATURDAY = 5


class UnknownYear(KientrucError):
    """Nobody entered the days off of a year: what falls into it cannot be counted."""

    def __init__(self, year: int, known: Iterable[int]) -> None:
        super().__init__("calendar.unknown-year", year=str(year), known=", ".join(map(str, sorted(known))))


class DaysOff(Late):
    """A run of days off, both ends included; weekends in it are off anyway."""

    from_: Day = Field(alias="from")
    until: Day | None = None
    name: Bilingual

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.until or self.from_

    def days(self) -> Iterator[date]:
        """Give each day."""
        return (self.from_ + ONE_DAY * index for index in range((self.last - self.from_).days + 1))


class Swap(Late):
    """A working day that was made free, and the free day on which its work is done; that may lie in the next year."""

    free: Day
    worked: Day


class Seen(Late):
    """Where days off were read."""

    title: Line
    address: Line | None = None
    says: Text | None = None


class CalendarYear(Late):
    """The days off of one year, how sure we are of them, and what was not found."""

    year: Year
    certainty: Certainty
    read_on: Day
    seen: Annotated[tuple[Seen, ...], Field(min_length=1)]
    free: tuple[DaysOff, ...]
    swaps: tuple[Swap, ...] = ()
    not_found: Bilingual | None = None


class HolidayFile(Late):
    """The whole of `holidays.yaml`."""

    years: tuple[CalendarYear, ...]


@dataclass(frozen=True)
class Calendar:
    """Working days, Monday to Friday but for days off, and weekend days that are worked instead of others."""

    years: Mapping[int, CalendarYear]

    def is_working(self, day: date) -> bool:
        """Tell whether the agencies work on a day.

        Raises:
            UnknownYear: its year is not in the data.
        """
        if day.year not in self.years:
            raise UnknownYear(day.year, self.years)
        return day in self._worked or (day.weekday() < SATURDAY and day not in self._off)

    def deadline(self, opened: date, working_days: int) -> date:
        """Give the last of so many working days, at least one, the first of them after the day something was opened.

        Raises:
            UnknownYear: a year on the way is not in the data.
        """
        day = opened
        for _ in range(working_days):
            day += ONE_DAY
            while not self.is_working(day):
                day += ONE_DAY
        return day

    @cached_property
    def _off(self) -> frozenset[date]:
        runs = (day for year in self.years.values() for run in year.free for day in run.days())
        return frozenset((*runs, *(swap.free for year in self.years.values() for swap in year.swaps)))

    @cached_property
    def _worked(self) -> frozenset[date]:
        return frozenset(swap.worked for year in self.years.values() for swap in year.swaps)


def deadline_of(round: Round, calendar: Calendar) -> date | None:
    """Give the last day of a round: as written, else counted; None where neither is told.

    Raises:
        UnknownYear: it must be counted, and a year on the way is not in the data.
    """
    if round.until or not round.opened or not round.working_days:
        return round.until
    return calendar.deadline(round.opened, round.working_days)


@cache
def calendar() -> Calendar:
    """Give the calendar that ships."""
    return load_calendar(read(Workspace(Path(__file__).parent, DEFAULT), "holidays.yaml")[0])


def load_calendar(top: Any) -> Calendar:
    """Read days off.

    Raises:
        EditionError: a day stands in another year, twice, or is no working day that could be swapped.
    """
    file: HolidayFile = validated(adapter(HolidayFile), top, top)
    wrong = list(_wrong(file, top))
    if wrong:
        raise EditionError(wrong)
    return Calendar({year.year: year for year in file.years})


def _wrong(file: HolidayFile, top: Any) -> Iterator[Finding]:
    years, days = set[int](), set[date]()
    for index, year in enumerate(file.years):
        at = ("years", index)
        if year.year in years:
            yield _bad(top, (*at, "year"), year.year, "≠")
        years.add(year.year)
        for number, run in enumerate(year.free):
            here = (*at, "free", number)
            if run.from_.year != year.year or run.last.year != year.year:
                yield _bad(top, here, run.from_, str(year.year))
            elif run.last < run.from_ or not days.isdisjoint(run.days()):
                yield _bad(top, here, run.last, f"> {run.from_}")
            days.update(run.days() if run.last.year == run.from_.year else ())
        for number, swap in enumerate(year.swaps):
            if swap.free.year != year.year or swap.free.weekday() >= SATURDAY or swap.free in days:
                yield _bad(top, (*at, "swaps", number, "free"), swap.free, f"{year.year}, 1–5")
            if swap.worked.weekday() < SATURDAY or swap.worked in days:
                yield _bad(top, (*at, "swaps", number, "worked"), swap.worked, "6–7")
            days.update((swap.free, swap.worked))


def _bad(top: Any, path: tuple[str | int, ...], found: object, allowed: str) -> Finding:
    return Finding("E-VALUE", top.span(*path), {"field": str(path[-1]), "found": str(found), "allowed": allowed})
