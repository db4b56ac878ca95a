"""Working days: the days off that ship, deadlines counted by them, years nobody entered, data that is wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientruc.frameworks import EditionError
from kientruc.frameworks.holidays import Calendar, UnknownYear, calendar, deadline_of, load_calendar
from kientruc.model.approval import Round
from kientruc.model.values import Certainty
from kientruc.reading.limits import DEFAULT
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile

DAYS = calendar()
# Written by hand from the notices and the law, weekdays off only; the data file lists whole runs.
OFF_2026 = (
    *("01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "04-27", "04-30", "05-01"),
    *("08-31", "09-01", "09-02", "11-24"),
)
OFF_2017 = ("01-02", "01-26", "01-27", "01-30", "01-31", "02-01", "04-06", "05-01", "05-02", "09-04")


def weekdays_off(year: int) -> tuple[str, ...]:
    days = (date(year, 1, 1) + timedelta(n) for n in range(365))
    return tuple(f"{day:%m-%d}" for day in days if day.weekday() < 5 and not DAYS.is_working(day))


@pytest.mark.parametrize(("year", "off"), [(2017, OFF_2017), (2026, OFF_2026)])
def test_the_weekdays_off_of_a_year(year: int, off: tuple[str, ...]) -> None:
    assert weekdays_off(year) == off


def test_saturdays_are_worked_where_a_day_was_swapped_and_nowhere_else() -> None:
    days = (date(year, 1, 1) + timedelta(n) for year in DAYS.years for n in range(365))
    worked = [str(day) for day in days if day.weekday() >= 5 and DAYS.is_working(day)]
    assert worked == ["2025-04-26", "2026-01-10", "2026-08-22"]


@pytest.mark.parametrize(
    ("opened", "working_days", "end"),
    [
        ("2017-09-01", 1, "2017-09-05"),  # over the weekend and the Monday in lieu of National Day
        ("2017-08-25", 10, "2017-09-11"),
        ("2026-08-20", 2, "2026-08-22"),  # a Saturday that is worked
        ("2026-08-20", 10, "2026-09-07"),
        ("2026-11-23", 1, "2026-11-25"),  # Vietnamese Culture Day
        ("2017-12-29", 1, "2018-01-02"),  # from one year into the next
        ("2026-02-14", 1, "2026-02-23"),  # opened on a day off
    ],
)
def test_a_deadline_counts_from_the_day_after(opened: str, working_days: int, end: str) -> None:
    assert DAYS.deadline(date.fromisoformat(opened), working_days) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("opened", "working_days"), [(date(2016, 12, 30), 1), (date(2026, 12, 31), 1), (date(2018, 12, 28), 5)]
)
def test_a_year_nobody_entered_is_refused_and_the_known_ones_are_told(opened: date, working_days: int) -> None:
    with pytest.raises(UnknownYear) as error:
        DAYS.deadline(opened, working_days)
    year = str(opened.year if opened.year not in DAYS.years else opened.year + 1)
    assert error.value.values == {"year": year, "known": "2017, 2018, 2025, 2026"}


def naive(opened: date, working_days: int) -> date:
    """Walk day by day, looking each up in what the years list."""
    years = DAYS.years.values()
    off = [(run.from_, run.until or run.from_) for year in years for run in year.free]
    off += [(swap.free, swap.free) for year in years for swap in year.swaps]
    worked = [swap.worked for year in years for swap in year.swaps]
    day, left = opened, working_days
    while left:
        day = day + timedelta(days=1)
        free = day.isoweekday() in (6, 7) or any(first <= day <= last for first, last in off)
        if day in worked or not free:
            left -= 1
    return day


OPENED = st.one_of(st.dates(date(2017, 1, 1), date(2018, 6, 30)), st.dates(date(2025, 1, 1), date(2026, 8, 31)))


@given(OPENED, st.integers(1, 60))
def test_a_deadline_is_what_a_walk_from_day_to_day_finds(opened: date, working_days: int) -> None:
    assert DAYS.deadline(opened, working_days) == naive(opened, working_days)


@given(OPENED, st.integers(1, 30), st.integers(1, 30))
def test_a_deadline_is_a_working_day_and_two_in_a_row_are_one(opened: date, first: int, second: int) -> None:
    middle = DAYS.deadline(opened, first)
    assert DAYS.is_working(middle)
    assert DAYS.deadline(middle, second) == DAYS.deadline(opened, first + second)


def test_what_is_written_of_a_round_goes_before_what_is_counted() -> None:
    counted = Round.model_validate({"name": "Đợt", "opened": "2017-09-01", "working_days": 5})
    written = counted.model_copy(update={"until": date(2017, 9, 30)})
    silent = Round.model_validate({"name": "Đợt", "opened": "2017-09-01"})
    assert [deadline_of(one, DAYS) for one in (counted, written, silent)] == [
        date(2017, 9, 11),
        date(2017, 9, 30),
        None,
    ]


def test_what_is_only_computed_says_so() -> None:
    assert {year: one.certainty for year, one in DAYS.years.items()} == {
        2017: Certainty.DERIVED,
        2018: Certainty.DERIVED,
        2025: Certainty.STATED,
        2026: Certainty.STATED,
    }
    assert all(one.seen and one.read_on for one in DAYS.years.values())


def read(text: str) -> Calendar:
    top, findings = parse(SourceFile("holidays.yaml", text), DEFAULT)
    assert list(findings) == []
    return load_calendar(top)


GOOD = """\
years:
  - year: 2030
    certainty: assumed
    read_on: 2026-11-25
    seen: [{title: Một nguồn}]
    free:
      - {from: 2030-01-01, name: {vi: Tết, en: New Year}}
      - {from: 2030-02-04, until: 2030-02-08, name: {vi: Tết, en: Lunar New Year}}
    swaps:
      - {free: 2030-05-02, worked: 2030-05-04}
"""


def test_small_data_are_read() -> None:
    assert read(GOOD).deadline(date(2030, 1, 31), 2) == date(2030, 2, 11)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("from: 2030-01-01", "from: 2031-01-01", "E-VALUE", 7, 9),
        ("until: 2030-02-08", "until: 2030-02-03", "E-VALUE", 8, 9),
        ("from: 2030-01-01", "from: 2030-02-08", "E-VALUE", 8, 9),
        ("free: 2030-05-02", "free: 2030-05-05", "E-VALUE", 10, 16),
        ("free: 2030-05-02", "free: 2030-02-05", "E-VALUE", 10, 16),
        ("worked: 2030-05-04", "worked: 2030-05-03", "E-VALUE", 10, 36),
        ("worked: 2030-05-04", "workd: 2030-05-04", "E-KEY", 10, 28),
        ("seen: [{title: Một nguồn}]", "seen: []", "E-VALUE", 5, 11),
        ("year: 2030\n", "year: 2030\n    certain: x\n", "E-KEY", 3, 5),
    ],
)
def test_days_that_cannot_be_are_refused_with_their_place(
    old: str, new: str, code: str, line: int, column: int
) -> None:
    assert old in GOOD
    with pytest.raises(EditionError) as error:
        read(GOOD.replace(old, new, 1))
    found = [(one.code, one.span.line, one.span.column) for one in error.value.findings if one.span]
    assert found == [(code, line, column)]


def test_a_year_stands_once() -> None:
    again = "  - {year: 2030, certainty: stated, read_on: 2026-11-25, seen: [{title: Một nguồn}], free: []}\n"
    with pytest.raises(EditionError) as error:
        read(GOOD + again)
    assert [(one.values["field"], one.values["found"], str(one.span)) for one in error.value.findings] == [
        ("year", "2030", "holidays.yaml:11:12")
    ]
