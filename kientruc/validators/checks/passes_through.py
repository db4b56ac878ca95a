"""What goes from one group to another passes through a platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from pydantic import Field

from kientruc.graph import ArchitectureGraph, is_assumed
from kientruc.model.element import Element
from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, unknown
from kientruc.validators.conditions import Vias
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection

Ways = dict[str, tuple[str, ...]]


class PassesThrough(Check):
    """Every way along `via` from an element of `from` to one of `to` passes through one of `through`.

    It is asked by taking the platforms away, with every relation that says it goes over one: what can still be
    reached is reached around them. `partition: owner` leaves free what stays with one owner, a part following its
    whole; an element without an owner belongs to none. Without it only the element itself is free. Relations that are
    not connected, retired, or possible in no checked state lead nowhere.

    Passes: an element that reaches another group, and only through a platform; the witness is such a way. Fails: the
    witness is a shortest way around. Open: every way around rests on something only assumed, or on whose the ends
    are, which is known to be unknown. An element that reaches nothing of another group is not concerned. Cost: a
    search with the two nearest groups of each node, whatever their number.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"target", "target_id", "path"}

    kind: Literal["passes_through"]
    from_: Selection = Field(alias="from")
    to: Selection
    via: Vias
    through: Selection
    partition: Literal["owner"] | None = None

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each element that reaches another group."""
        platforms = self.through.of(matter)
        every, stated = (frozenset(one.id for one in few) for few in (platforms, _stated(platforms)))
        sources = [one for one in self.from_.of(matter) if one.id not in every]
        targets = [one for one in self.to.of(matter) if one.id not in every]
        whole, groups = matter.graph.submitted, _Groups(matter, self.partition)

        def ways(graph: ArchitectureGraph, ends: list[Element], without: frozenset[str]) -> Ways:
            starts = [one.id for one in sources]
            found = graph.bypasses(starts, [one.id for one in ends], without, self.via, groups.label)
            return {way.source: way.path for way in found}

        known = [one for one in _stated(targets) if groups.unknown(one.id) is None]
        sure, possible = ways(whole.stated, known, every), ways(whole, targets, stated)
        through = ways(whole, targets, frozenset())
        for source in sources:
            if source.id in sure and groups.unknown(source.id) is None:
                yield self._told(Status.FAIL, "around", source, sure[source.id], matter)
            elif source.id in possible:
                yield self._open(source, possible[source.id], groups, matter)
            elif source.id in through:
                yield Found(Status.PASS, "through", (source.id,), {}, through[source.id], source.span())

    def _open(self, source: Element, way: tuple[str, ...], groups: _Groups, matter: Matter) -> Found:
        told = self._told(Status.MANUAL, "on-assumption", source, way, matter)
        for id in (source.id, way[-1]):
            why = groups.unknown(id)
            if why is not None:
                end = matter.architecture.elements[id]
                return unknown(why, "owner", end, told.subjects, told.values, matter)
        return told

    def _told(self, status: Status, reason: str, source: Element, way: tuple[str, ...], matter: Matter) -> Found:
        values = {**matter.about(source), "target_id": way[-1], **matter.names(way[-1:], "target")}
        values |= matter.names(way, "path", " → ")
        return Found(status, reason, (source.id,), values, way, source.span())


class _Groups:
    """Whose each element is; where nobody is said to own it, or who does is unknown, it is a group by itself."""

    def __init__(self, matter: Matter, partition: str | None) -> None:
        self._graph, self._by_owner = matter.graph, partition is not None

    def label(self, id: str) -> str:
        """Name the group of an element."""
        held = self._graph.owner_of(id) if self._by_owner else None
        return held.value if held is not None and isinstance(held.value, str) else f"\0{id}"

    def unknown(self, id: str) -> Unknown | None:
        """Give what is said of an owner that is known to be unknown."""
        held = self._graph.owner_of(id) if self._by_owner else None
        return held.value if held is not None and isinstance(held.value, Unknown) else None


def _stated(elements: Iterable[Element]) -> list[Element]:
    return [one for one in elements if not is_assumed(one)]
