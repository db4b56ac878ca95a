"""Where the architecture wants to go and from where: assessments, principles, goals, milestones, and remarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Quantity
from kientruc.model.planning import Assessment, Goal, Milestone, Principle
from kientruc.model.record import Record, Unknown
from kientruc.views.words import as_of, day, doubt, name, number_words, source_titles

SORTS = (
    *("strength", "weakness", "figure", "principles"),
    *("objective", "direction", "property", "target", "milestones"),
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: what sort it is, the words, a number or day, how sure, and where it was seen."""

    id: str
    sort: str
    words: str
    about: str  # more of it, such as a rank; "" where nothing is said
    amount: str
    doubt: str
    source: str
    note: str


def statements(architecture: Architecture, lang: str) -> tuple[Statement, ...]:
    """List assessments, principles, goals and milestones, sort by sort, each in id order."""
    records = architecture.records
    found = [
        record
        for section in ("assessments", "principles", "goals", "milestones")
        for record in records[section].values()
    ]
    found.sort(key=lambda record: (SORTS.index(_sort(record)), record.id))
    return tuple(_statement(architecture, record, lang) for record in found)


def remarks(architecture: Architecture, lang: str) -> tuple[tuple[str, str], ...]:
    """Give the notes kept with the architecture: their ids and texts."""
    english = lang == "en"
    notes = architecture.records["notes"].values()
    return tuple((note.id, note.text_en if english and note.text_en else note.text) for note in notes)


def _sort(record: Record) -> str:
    return str(getattr(record, "type", record.section))


def _statement(architecture: Architecture, record: Record, lang: str) -> Statement:
    return Statement(
        id=record.id,
        sort=text(f"statement.{_sort(record)}", lang),
        words=name(record, lang),
        about=_said(record, "description", lang),
        amount=" · ".join(_amounts(record, lang)),
        doubt=doubt(record, lang),
        source=source_titles(architecture, record, lang),
        note=_said(record, "note", lang),
    )


def _said(record: Record, field: str, lang: str) -> str:
    english = getattr(record, f"{field}_en", None) if lang == "en" else None
    return english or getattr(record, field, None) or ""


def _amounts(record: Record, lang: str) -> Iterator[str]:
    if isinstance(record, Goal | Assessment) and record.quantity is not None:
        yield quantity_words(record.quantity, lang)
    if isinstance(record, Goal | Milestone) and record.year:
        yield str(record.year)
    if isinstance(record, Milestone) and record.date is not None:
        yield text("word.unknown", lang) if isinstance(record.date, Unknown) else day(record.date, lang)
    if isinstance(record, Principle | Goal | Assessment | Milestone) and record.as_of:
        yield as_of(record, lang)


def quantity_words(quantity: Quantity | Unknown, lang: str) -> str:
    """Write a quantity: exact, "khoảng" (about) or "trên" (over), with its unit; or that nobody knows it."""
    if isinstance(quantity, Unknown):
        return text("word.unknown", lang)
    for key in ("value", "about", "over"):
        number = getattr(quantity, key)
        if number is not None:
            words = text(f"quantity.{key}", lang, number=number_words(number, lang))
            return f"{words} {quantity.unit or ''}".strip()
    return quantity.unit or ""
