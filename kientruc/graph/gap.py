"""The gap between two states, computed: what comes, what goes, what changes field by field, what nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from kientruc.graph.architecture_graph import ArchitectureGraph
from kientruc.graph.states import latest, value_in
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation, Stated
from kientruc.model.planning import StateRole
from kientruc.model.record import Record, Unknown
from kientruc.model.verbs import Verb

PLANNING = frozenset((Verb.DELIVERS, Verb.COVERS, Verb.WAITS_FOR))  # of tasks; no part of any state
ENDS = frozenset(("verb", "source_id", "target"))
CLAIMS = frozenset(("status", "states"))  # what is said of the states, not of the relation in one of them
SAID = tuple(name for name in Relation.model_fields if name not in {*Record.model_fields, *ENDS, *CLAIMS})


class Change(StrEnum):
    """What becomes of a thing from one state to another."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    KEPT = "kept"
    UNKNOWN = "unknown"  # nobody knows whether it is in one of the two states


class FieldChange(NamedTuple):
    """One field in both states; None where nothing is said of it."""

    field: str
    before: Any
    after: Any

    @property
    def unknown(self) -> Unknown | None:
        """The value that is known to be unknown, on either side: then nobody can tell whether anything changes."""
        values = (self.after, self.before)
        return next((value for value in values if isinstance(value, Unknown)), None)


@dataclass(frozen=True, slots=True)
class Changed:
    """What becomes of something, and in which fields."""

    change: Change
    fields: tuple[FieldChange, ...]

    @property
    def differs(self) -> bool | None:
        """Whether the two states surely differ in it; None where that depends on something unknown."""
        if self.change is Change.UNKNOWN or (
            self.change is Change.CHANGED and all(one.unknown is not None for one in self.fields)
        ):
            return None
        return self.change is not Change.KEPT


@dataclass(frozen=True, slots=True)
class ElementChange(Changed):
    """What becomes of one element; of one that comes or goes, `fields` are all that is said of it."""

    id: str


@dataclass(frozen=True, slots=True)
class RelationChange(Changed):
    """What becomes of one relation. Where one goes and one of the same verb and ends comes, it changes."""

    before: Relation | None
    after: Relation | None

    @property
    def relation(self) -> Relation:
        """The relation in the later state, or the one that is gone."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def ends(self) -> tuple[str, str]:
        """The ids of source and target."""
        return (self.relation.source_id, self.relation.target)


class Gap(NamedTuple):
    """All that is known to be in one of two states, or not known to be: elements by id, relations in canonical order.

    What says nothing of states, and what is absent from both, is not in it.
    """

    before: str
    after: str
    elements: Mapping[str, ElementChange]
    relations: tuple[RelationChange, ...]

    def __bool__(self) -> bool:
        return any(one.differs is not False for one in (*self.elements.values(), *self.relations))

    def ids(self, *changes: Change) -> tuple[str, ...]:
        """Give the ids of the elements of which one of these becomes, in id order."""
        return tuple(id for id, one in self.elements.items() if one.change in changes)

    def change(self, id: str) -> Change | None:
        """Tell what becomes of an element; None where neither state has it."""
        return self.elements[id].change if id in self.elements else None


def gap(architecture: Architecture, before: str | None = None, after: str | None = None) -> Gap | None:
    """Compute the gap between two states; unless they are named, from the latest baseline to the latest target.

    Returns:
        None where the architecture has no such state: then it says nothing that could differ.
    """
    before = before or latest(architecture, StateRole.BASELINE)
    after = after or latest(architecture, StateRole.TARGET)
    if before is None or after is None or not {before, after} <= architecture.states.keys():
        return None
    graph = ArchitectureGraph(architecture)
    elements = {element.id: _element(element, before, after, graph) for element in architecture.elements.values()}
    there = {id: one for id, one in elements.items() if one is not None}
    return Gap(before, after, there, tuple(_relations(graph, before, after)))


def stated(element: Element, state: str) -> dict[str, Any]:
    """Give the fields that may differ from state to state as they are in one: its own word, or the element's."""
    return {name: value_in(element, name, state) for name in Stated.model_fields}


def in_state(thing: Element | Relation, state: str, graph: ArchitectureGraph) -> str:
    """Tell "present", "absent", "unknown" or "unsaid"; a relation goes with its ends, whatever it says itself."""
    own = graph.membership(thing, state)
    if isinstance(thing, Element) or own == "absent":
        return own
    elements = graph.architecture.elements
    ends = [graph.membership(elements[id], state) for id in (thing.source_id, thing.target) if id in elements]
    words = ("absent", "unknown") if thing.states else ("absent", "unknown", "unsaid")
    return next((word for word in words if word in ends), own)


def _element(element: Element, before: str, after: str, graph: ArchitectureGraph) -> ElementChange | None:
    change = _change(graph.membership(element, before), graph.membership(element, after))
    if change is None or change is Change.UNKNOWN:
        return ElementChange(change, (), element.id) if change else None
    nothing: dict[str, Any] = {}
    then = nothing if change is Change.ADDED else stated(element, before)
    now = nothing if change is Change.REMOVED else stated(element, after)
    fields = tuple(_differences(then, now, tuple(Stated.model_fields)))
    return ElementChange(Change.CHANGED if fields and change is Change.KEPT else change, fields, element.id)


def _change(then: str, now: str) -> Change | None:
    if "unknown" in (then, now):
        return Change.UNKNOWN
    match (then == "present", now == "present"):
        case (True, True):
            return Change.KEPT
        case (True, False):
            return Change.REMOVED
        case (False, True):
            return Change.ADDED
        case _:
            return None


def _differences(then: Mapping[str, Any], now: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[FieldChange]:
    for name in names:
        before, after = _said(then.get(name)), _said(now.get(name))
        if before != after:
            yield FieldChange(name, before, after)


def _said(value: Any) -> Any:
    return None if value == () or value == {} else value


def _relations(graph: ArchitectureGraph, before: str, after: str) -> Iterator[RelationChange]:
    """Relations between the same ends with the same verb are one place where something may change."""
    places: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
    for relation in graph.architecture.relations:
        if relation.verb not in PLANNING:
            places[relation.source_id, relation.verb, relation.target].append(relation)
    for place in places.values():  # in canonical order, for the relations are
        found = [(_change(in_state(one, before, graph), in_state(one, after, graph)), one) for one in place]
        gone, come = ([one for change, one in found if change is wanted] for wanted in (Change.REMOVED, Change.ADDED))
        if len(gone) == len(come) == 1:
            then, now = ({name: getattr(one, name) for name in SAID} for one in (gone[0], come[0]))
            fields = tuple(_differences(then, now, SAID))
            yield RelationChange(Change.CHANGED if fields else Change.KEPT, fields, gone[0], come[0])
            found = [pair for pair in found if pair[1] is not gone[0] and pair[1] is not come[0]]
        for change, one in found:
            if change is not None:
                then_there, now_there = change is not Change.ADDED, change is not Change.REMOVED
                yield RelationChange(change, (), one if then_there else None, one if now_there else None)
