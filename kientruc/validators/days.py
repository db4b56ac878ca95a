"""Days and years side by side: a year is all its days, so two of them contradict each other only where none fits."""

from __future__ import annotations

from datetime import date

from kientruc.validators.matter import day

When = int | date  # a year or a day


def first(when: When) -> date:
    """Give the earliest day that is meant."""
    return when if isinstance(when, date) else date(when, 1, 1)


def last(when: When) -> date:
    """Give the latest day that is meant."""
    return when if isinstance(when, date) else date(when, 12, 31)


def surely_before(one: When, other: When) -> bool:
    """Tell whether one is before the other whichever days are meant: 2018 is before 2019, not before 1/6/2018."""
    return last(one) < first(other)


def told(when: When, lang: str = "vi") -> str:
    """Write a year or a day as it stands in a message."""
    return day(when, lang) if isinstance(when, date) else str(when)


def saying(key: str, when: When, sign: str = "") -> dict[str, str]:
    """Fill a placeholder with a year or a day."""
    return {key: sign + told(when), f"{key}_en": sign + told(when, "en")}
