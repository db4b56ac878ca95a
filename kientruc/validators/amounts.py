"""Amounts as they stand in a message: exact, with the marks of the language."""

from __future__ import annotations

from decimal import Decimal

from kientruc.views.words import number_words

GROUPED_FROM = 10_000  # years and small counts stay as they are


def figure(value: int | Decimal, lang: str) -> str:
    """Write a number: 4.500.000.000 in Vietnamese, 4,500,000,000 in English, 2018 in both."""
    return number_words(value, lang) if not isinstance(value, int) or abs(value) >= GROUPED_FROM else str(value)
