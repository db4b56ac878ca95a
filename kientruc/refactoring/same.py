"""Whether two architectures say the same, but for one id that became another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kientruc.loading.places import places
from kientruc.loading.relations import order
from kientruc.loading.uses import dangling
from kientruc.model.architecture import Architecture
from kientruc.model.record import Record
from kientruc.refactoring.in_fields import Meant, conclusions_of, meant
from kientruc.refactoring.occurrences import in_order, resolve


@dataclass(frozen=True, slots=True)
class Renaming:
    """One id of a section that became another, from one architecture to the next."""

    before: Architecture
    after: Architecture
    section: str
    old: str
    new: str

    def first_difference(self) -> tuple[str, str] | None:
        """Find what says something else than before.

        Returns:
            Section and id of a record before (for a relation, "relations" and its source); None if all is the same.
        """
        for section, id, one, other in self._pairs():
            if one is None or other is None or not self._same(one, other):
                return section, id
        pairs = zip(self._in_fields(self.before), self._in_fields(self.after), strict=True)
        return next((one[0] for one, other in pairs if one[1:] != other[1:]), None)

    def _in_fields(self, architecture: Architecture) -> list[tuple[tuple[str, str], str, Meant | None]]:
        """Give what the fields of places mean, as ids are after: where each stands, its place and what it means."""
        found = []
        for holder, _, place in places(architecture.records):
            at = type(holder).section, self._renamed(holder.id)
            for field in place.fields:
                one = meant(architecture, place.id, field)
                if one and architecture is self.before:
                    one = self._meant_after(one)
                found.append((at, self._renamed(place.id), one))
        return sorted(found, key=lambda one: one[0])  # of one holder, they stay in order

    def _meant_after(self, one: Meant) -> Meant:
        if one[:2] == (self.section, self.old):
            return one._replace(id=self.new)
        if self.section == "hearings" and one.section == conclusions_of(self.old):
            return one._replace(section=conclusions_of(self.new))
        return one

    def _pairs(self) -> Iterator[tuple[str, str, Record | None, Record | None]]:
        """Put together what must be the same."""
        yield "architecture", self.before.head.id, self.before.head, self.after.head
        for section, records in self.before.records.items():
            others = dict(self.after.records[section])
            for id, record in records.items():
                renamed = (section, id) == (self.section, self.old)
                yield section, id, record, others.pop(self.new if renamed else id, None)
            yield from ((section, id, None, record) for id, record in others.items())
        ours, theirs = (self._in_order(one) for one in (self.before, self.after))
        for one, other in zip(ours, theirs, strict=False):
            yield "relations", one.source_id, one, other
        if len(ours) != len(theirs):
            yield "relations", "", None, None

    def _in_order(self, architecture: Architecture) -> list[Any]:
        return sorted(architecture.relations, key=lambda one: tuple(self._renamed(part) for part in order(one)))

    def _renamed(self, part: Any) -> Any:
        return self.new if part == self.old else part

    def _same(self, one: Record, other: Record) -> bool:
        meant = [
            (self.section, self.new, *rest) if (section, id) == (self.section, self.old) else (section, id, *rest)
            for section, id, *rest in self._meant(one, self.before)
        ]
        return self._alike(one.model_dump(), other.model_dump()) and sorted(meant) == self._meant(other, self.after)

    def _meant(self, record: Record, architecture: Architecture) -> list[tuple[Any, ...]]:
        """Give what a record refers to: the section an id is found in, the id, where the reference stands."""
        found = dangling(record, defaultdict(frozenset))
        return sorted(
            (
                resolve(architecture, in_order(sections), id),
                id,
                sections,
                tuple(str(self._renamed(part)) for part in path),
            )
            for sections, id, path, _ in found
        )

    def _alike(self, one: Any, other: Any) -> bool:
        """Tell whether two values are equal, or differ only by the id; what it may stand for, `_meant` tells."""
        if isinstance(one, dict) and isinstance(other, dict):
            keys = [(str(key).replace(self.old, self.new), str(its)) for key, its in zip(one, other, strict=False)]
            return (
                len(one) == len(other)
                and all(key == its or own == its for (key, its), own in zip(keys, one, strict=True))
                and all(map(self._alike, one.values(), other.values()))
            )
        if isinstance(one, list | tuple) and isinstance(other, list | tuple):
            return len(one) == len(other) and all(map(self._alike, one, other))
        return type(one) is type(other) and (
            one == other or (one, other) == (self.old, self.new) or other == self._in_field(one)
        )

    def _in_field(self, text: Any) -> Any:
        """Give the field of a place with the id as it is after, if it is one."""
        match = re.fullmatch(rf"([a-z_]+[.\[]){re.escape(self.old)}([.,\[\]].*)?", text) if type(text) is str else None
        return match and f"{match[1]}{self.new}{match[2] or ''}"
