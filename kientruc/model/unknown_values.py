"""The values of an architecture that are known to be unknown, wherever in a record they stand."""

from collections.abc import Iterator

from kientruc.model.architecture import Architecture
from kientruc.model.record import Frozen, Record, Unknown

HOLDERS = (Frozen, dict, tuple)
APART = frozenset(("extra", "origin", "provenance"))
Path = tuple[str | int, ...]  # fields, keys and positions that lead to a value


def unknown_values(record: Record) -> Iterator[tuple[Path, Unknown]]:
    """Give each unknown value of a record, also inside what its fields hold, with the path to it."""
    said = record.model_fields_set
    inside: list[tuple[str, object]] = []
    for field, value in record.__dict__.items():  # what was left out is not unknown: most of a record is passed over
        if isinstance(value, Unknown):
            yield (field,), value
        elif isinstance(value, HOLDERS) and field in said and field not in APART:
            inside.append((field, value))
    for field, value in inside:
        yield from _inside(value, (field,))


def _inside(value: object, path: Path) -> Iterator[tuple[Path, Unknown]]:
    """Walk what a field holds: records by name, lists, and values with fields of their own; a few levels at most."""
    if isinstance(value, Unknown):
        yield path, value
    elif isinstance(value, Frozen):
        for name, inner in value.__dict__.items():
            yield from _inside(inner, (*path, name))
    elif isinstance(value, dict | tuple):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _inside(inner, (*path, key))


def count_unknowns(architecture: Architecture) -> int:
    """Count the values that are known to be unknown."""
    records = (architecture.head, *architecture.all_records(), *architecture.relations)
    return sum(1 for record in records for _ in unknown_values(record))
