"""The values of an architecture that are known to be unknown, wherever in a record they stand."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.model.architecture import Architecture
from kientruc.model.record import Record, Unknown


def unknown_values(record: Record) -> Iterator[tuple[tuple[str, ...], Unknown]]:
    """Give each unknown value of a record, also one level down, with the path to it."""
    for field, value in record.unknowns().items():
        yield (field,), value
    for field, nested in record.__dict__.items():
        if isinstance(nested, dict) and field != "extra":
            for key, inner in nested.items():
                for deeper, value in getattr(inner, "__dict__", {}).items():
                    if isinstance(value, Unknown):
                        yield (field, str(key), deeper), value


def count_unknowns(architecture: Architecture) -> int:
    """Count the values that are known to be unknown."""
    records = (architecture.head, *architecture.all_records(), *architecture.relations)
    return sum(1 for record in records for _ in unknown_values(record))
