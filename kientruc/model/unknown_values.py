"""The values of an architecture that are known to be unknown, wherever in a record they stand."""

from collections.abc import Iterator
from typing import Any

from kientruc.model.architecture import Architecture
from kientruc.model.record import Frozen, Record, Unknown

Holder = Frozen | dict[Any, Any] | tuple[Any, ...]
HOLDERS = (Frozen, dict, tuple)
APART = frozenset(("extra", "origin", "provenance"))
Path = tuple[str | int, ...]  # fields, keys and positions that lead to a value


def unknown_values(record: Record) -> Iterator[tuple[Path, Unknown]]:
    """Give each unknown value of a record, also inside what its fields hold, with the path to it."""
    said = record.model_fields_set - APART
    inside: list[tuple[str, Holder]] = []
    for field, value in record.__dict__.items():  # in the order of the fields; `said` has none
        if field not in said:
            continue  # what was left out is not unknown: most of a record is passed over
        if isinstance(value, Unknown):
            yield (field,), value
        elif isinstance(value, HOLDERS):
            inside.append((field, value))
    for field, value in inside:
        yield from _inside(value, (field,))


def _inside(value: Holder, path: Path) -> Iterator[tuple[Path, Unknown]]:
    """Walk what a field holds: records by name, lists, and values with fields of their own; a few levels at most."""
    if isinstance(value, Unknown):
        yield path, value
        return
    if isinstance(value, Frozen):
        value = value.__dict__
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, HOLDERS):
            yield from _inside(inner, (*path, key))


def count_unknowns(architecture: Architecture) -> int:
    """Count the values that are known to be unknown."""
    records = (architecture.head, *architecture.all_records(), *architecture.relations)
    return sum(1 for record in records for _ in unknown_values(record))
