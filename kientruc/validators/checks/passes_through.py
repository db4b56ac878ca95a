"""What goes from one group to another passes through a platform."""

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from pydantic import Field

from kientruc.graph import ArchitectureGraph, Bypass, is_assumed
from kientruc.model.element import Element
from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, Kept, unknown
from kientruc.validators.conditions import Vias
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection

Ways = dict[str, Bypass]


class PassesThrough(Check):
    """Every way along `via` from an element of `from` to one of `to` passes through one of `through`.

    It is asked by taking the platforms away, with every relation that says it goes over one: what can still be
    reached is reached around them. `partition: owner` leaves free what stays with one owner, a part following its
    whole; an element without an owner belongs to none. Without it only the element itself is free. A way is one
    within one of the checked states: relations of different states make none together, and those that are not
    connected or retired lead nowhere.

    Passes: an element that reaches another group, and only through a platform; the witness is such a way. Fails: the
    witness is a shortest way around. Open: every way around rests on something only assumed, or on whose the ends
    are, which is known to be unknown. An element that reaches nothing of another group is not concerned. Cost: a
    search with the two nearest groups of each node, whatever their number, in each state with relations of its own.
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
        every = frozenset(one.id for one in platforms)
        stated = frozenset(one.id for one in platforms if not is_assumed(one))
        sources = [one for one in self.from_.of(matter) if one.id not in every]
        targets = [one for one in self.to.of(matter) if one.id not in every]
        states, groups = matter.graph.submitted.by_state, _Groups(matter, self.partition)

        def ways(graphs: Iterable[ArchitectureGraph], ends: list[Element], without: frozenset[str]) -> Ways:
            starts, wanted = [one.id for one in sources], [one.id for one in ends]
            found: Ways = {}
            for graph in graphs:
                for way in graph.bypasses(starts, wanted, without, self.via, groups.label):
                    found.setdefault(way.source, way)
            return found

        known = [one for one in targets if groups.unknown(one.id) is None]
        sure, possible = ways((one.stated for one in states), known, every), ways(states, targets, stated)
        through = ways(states, targets, frozenset())
        kept = Kept()
        for source in sources:
            id = source.id
            if id in sure and groups.unknown(id) is None:
                status, reason, way = Status.FAIL, "around", sure[id]
            elif id in possible:
                status, reason, way = Status.MANUAL, "on-assumption", possible[id]
            elif id in through:
                status, reason, way = Status.PASS, "through", through[id]
            else:
                continue
            if not kept.one_more(status):
                yield Found(status, reason, (id,))
            elif status is Status.MANUAL:
                yield self._open(source, way.path, groups, matter)
            else:
                yield self._told(status, reason, source, way.path, matter)

    def _open(self, source: Element, way: tuple[str, ...], groups: "_Groups", matter: Matter) -> Found:
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
        owner = self._owner(id)
        return owner if isinstance(owner, str) else f"\0{id}"

    def unknown(self, id: str) -> Unknown | None:
        """Give what is said of an owner that is known to be unknown."""
        owner = self._owner(id)
        return owner if isinstance(owner, Unknown) else None

    def _owner(self, id: str) -> object:
        held = self._graph.owner_of(id) if self._by_owner else None
        return held.value if held is not None else None
