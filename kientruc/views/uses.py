"""Who relates to what and who mentions whom, gathered in one walk for any number of cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from kientruc.model.approval import Hearing, Place
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation
from kientruc.model.record import Record

OWN_WORDS = frozenset(("origin", "id", "name", "note", "description"))  # no mention of anything else


class Uses:
    """The relations of every thing, and the records that name its id."""

    def __init__(self, architecture: Architecture) -> None:
        self._out: dict[str, list[Relation]] = defaultdict(list)
        self._in: dict[str, list[Relation]] = defaultdict(list)
        self._naming: dict[str, list[Record]] = defaultdict(list)
        for relation in architecture.relations:
            self._out[relation.source_id].append(relation)
            self._in[relation.target].append(relation)
        for record in _naming(architecture):
            for words in dict.fromkeys(_words(record)):
                self._naming[words].append(record)

    def relations(self, id: str) -> Iterator[Relation]:
        """Give the relations of a thing, those it is the source of first."""
        yield from self._out.get(id, ())
        yield from self._in.get(id, ())

    def mentioning(self, id: str) -> Iterator[Record]:
        """Give the records that name an id; of a hearing, its conclusions that do."""
        return (one for one in self._naming.get(id, ()) if one.id != id)


def _naming(architecture: Architecture) -> Iterator[Record]:
    """Give every record; the conclusions of a hearing before it and by themselves."""
    for record in architecture.all_records():
        if isinstance(record, Hearing):
            yield from (one.model_copy(update={"id": key}) for key, one in record.conclusions.items())
            record = record.model_copy(update={"conclusions": {}})
        yield record


def _words(value: Any) -> Iterator[str]:
    """Give all texts of a record in which an id may stand."""
    stack = [value]
    while stack:
        found = stack.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, BaseModel):
            skipped = OWN_WORDS - {"id"} if isinstance(found, Place) else OWN_WORDS
            stack.extend(inner for field, inner in found if field not in skipped)
        elif isinstance(found, dict):
            stack.extend(found)
            stack.extend(found.values())
        elif isinstance(found, tuple | list):
            stack.extend(found)
