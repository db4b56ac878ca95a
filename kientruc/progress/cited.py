"""Which legal documents an architecture rests on, and where it cites each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kientruc.model.architecture import Architecture
from kientruc.source import Span

CITING = ("elements", "tasks", "principles", "goals", "sourcing")


def cited(architecture: Architecture, counts: Callable[[Any], bool] = lambda record: True) -> dict[str, list[Span]]:
    """Give the places where each document is cited as a basis, by its id.

    Args:
        counts: whether what a record or a relation cites is asked for; the head's own basis always is.
    """
    found: dict[str, list[Span]] = {}
    for index, id in enumerate(architecture.head.basis):
        _note(found, id, architecture.head.span("basis", index))
    sections: Iterable[Any] = (architecture.records[section].values() for section in CITING)
    for record in (*(one for section in sections for one in section), *architecture.relations):
        if record.basis and counts(record):
            for index, basis in enumerate(record.basis):
                _note(found, basis.document, record.span("basis", index))
    return found


def _note(found: dict[str, list[Span]], id: str, span: Span | None) -> None:
    places = found.setdefault(id, [])
    if span is not None:
        places.append(span)
