"""The architecture as a graph: what is there in which state, whose it is, where it stands, and how it is joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple

from kientruc.graph.relation_graph import RelationGraph
from kientruc.graph.states import in_order, latest, value_in
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Lifecycle, Relation
from kientruc.model.kinds import Kind
from kientruc.model.planning import StateRole
from kientruc.model.record import Record, Unknown
from kientruc.model.values import Certainty

GONE = frozenset(
    (
        ("not-connected", StateRole.BASELINE),
        ("planned", StateRole.BASELINE),
        ("proposed", StateRole.BASELINE),
        ("retired", StateRole.TARGET),
    )
)  # where a relation with such a status is not, unless it names its states itself
CHECKED = frozenset((StateRole.BASELINE, StateRole.TRANSITION, StateRole.TARGET))
MOST_STATES = 24  # that are told apart where ways are sought
NOT_JOINED = frozenset(("not-connected", "retired"))  # what a relation's status says where nothing passes


class Held(NamedTuple):
    """A value, and the ids it was found by: the element itself, or the wholes up to the one that says it."""

    value: Any
    path: tuple[str, ...]


class ArchitectureGraph(RelationGraph):
    """Typed questions to one architecture: what is there in which state, what is said of it, where it stands."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__(architecture)
        self._states: dict[str, ArchitectureGraph] = {}  # what is there in each, once it was asked for
        self._stays: dict[str, Mapping[str, str]] = {}  # the states of parts that follow their wholes
        self._found: dict[tuple[str, str], Held | None] = {}  # what wholes say; a hub is asked once for each neighbour

    # --- what of it counts ---

    @cached_property
    def submitted(self) -> ArchitectureGraph:
        """Give the graph of the relations that count: not said to be unjoined, and possible in a checked state.

        A relation is possible in a state where neither it nor an end of it is absent; so one that hangs in the air in
        every state joins nothing.
        """
        return self._of(lambda one: one.status not in NOT_JOINED and self._is_possible(one))

    @cached_property
    def stated(self) -> ArchitectureGraph:
        """Give the graph of the relations that somebody has stated, between things that somebody has stated."""

        def is_stated(relation: Relation) -> bool:
            ends = (self.architecture.find(id) for id in (relation.source_id, relation.target))
            return not any(is_assumed(one) for one in (relation, *ends))

        return self._of(is_stated)

    @cached_property
    def by_state(self) -> tuple[ArchitectureGraph, ...]:
        """Give one graph for each checked state that differs: of the relations that are possible there together.

        A way that is made of relations of different states is no way in any of them. What is only planned is not there
        in the baseline where a later state is told of. Without states, or with more of them than anybody draws, it is
        this graph alone: a submission must not make us look at everything as often as it likes.
        """
        if len(self._checked_states) > MOST_STATES:
            return (self,)
        found: dict[tuple[bool, ...], ArchitectureGraph] = {}
        for state in sorted(self._checked_states):
            there = self._there(state)
            if there not in found:
                found[there] = self._kept(compress(self.architecture.relations, there))
        return tuple(found.values()) or (self,)

    def last(self, thing: Record) -> ArchitectureGraph:
        """Give the graph of the relations that count for a thing: those of the last submitted state that it is in.

        Values are those of the target, and so is what something is joined to: what the current state alone has does
        not meet what is asked of the target. A part that names no states goes with the whole it is part of. Of a record
        that is in no state, all that are submitted count; also where there are more states than anybody draws.
        """
        if isinstance(thing, Element) and len(self._checked_states) <= MOST_STATES:
            told = thing.states or self._followed(thing.id)
            for state in self._latest_first:
                if not told or told.get(state, "absent") != "absent":
                    return self._in_state(state)
        return self.submitted

    def _followed(self, id: str) -> Mapping[str, str]:
        """Give the states of the nearest whole that names any, along the first whole of each part."""
        way: dict[str, None] = {}
        while id not in self._stays:
            way[id] = None
            states = self.architecture.elements[id].states
            above = self.submitted.neighbours(id, "whole")[:1]
            if states or not above or above[0] in way:  # of a circle, none tells the others
                self._stays[id] = states
            else:
                id = above[0]
        self._stays.update(dict.fromkeys(way, self._stays[id]))
        return self._stays[id]

    def _in_state(self, state: str) -> ArchitectureGraph:
        if state not in self._states:
            whole = self.submitted
            kept = compress(whole.architecture.relations, whole._there(state))  # one of the same
            self._states[state] = whole._kept(kept)
        return self._states[state]

    def _there(self, state: str) -> tuple[bool, ...]:
        later = any(self._role_of(one) is not StateRole.BASELINE for one in self._checked_states)
        today = later and self._role_of(state) is StateRole.BASELINE
        return tuple(self._is_possible_in(one, state, today=today) for one in self.architecture.relations)

    def _is_possible_in(self, relation: Relation, state: str, *, today: bool) -> bool:
        if today and not relation.states and (relation.status, StateRole.BASELINE) in GONE:
            return False
        things: tuple[Element | Relation, ...] = (relation, *self._ends(relation))
        return all(not one.states or one.states.get(state, "absent") != "absent" for one in things)

    def within(self, ids: Collection[str]) -> ArchitectureGraph:
        """Give the graph of the relations of which both ends are among these."""
        return self._of(lambda one: one.source_id in ids and one.target in ids)

    def _of(self, wanted: Callable[[Relation], bool]) -> ArchitectureGraph:
        return self._kept(filter(wanted, self.architecture.relations))

    def _kept(self, relations: Iterable[Relation]) -> ArchitectureGraph:
        whole, kept = self.architecture, tuple(relations)
        if len(kept) == len(whole.relations):
            return self
        return ArchitectureGraph(Architecture(whole.head, whole.records, kept, whole.sources_sha256))

    def _is_possible(self, relation: Relation) -> bool:
        things: tuple[Element | Relation, ...] = (relation, *self._ends(relation))
        told = [thing.states for thing in things if thing.states]
        named = self._checked_states.intersection(*told)
        for state in named:
            for states in told:
                if states[state] == "absent":
                    break
            else:
                return True
        return not told

    # --- what there is ---

    def elements(
        self,
        *,
        kind: Kind | str | Collection[str] | None = None,
        role: str | Collection[str] | None = None,
        component: str | Collection[str] | None = None,
        state: str | None = None,
    ) -> tuple[Element, ...]:
        """Select elements: of one of the kinds, with one of the roles, in one of the components, present in a state."""
        chosen: Collection[str] | None = None
        for index, wanted in ((self._by_kind, kind), (self._by_role, role), (self._by_component, component)):
            if wanted is not None:
                found = {id for name in _many(wanted) for id in index.get(name, ())}
                chosen = found if chosen is None else found.intersection(chosen)
        all = self.architecture.elements
        picked = all.values() if chosen is None else (all[id] for id in sorted(chosen))
        return tuple(element for element in picked if state is None or self.membership(element, state) == "present")

    def membership(self, thing: Element | Relation, state: str) -> str:
        """Tell "present", "absent", "unknown" or, where nothing is said of any state, "unsaid".

        An element that names states is absent from those it does not name. A relation that names none is where both
        its ends are; one that is only planned is not there today, a retired one not in the target.
        """
        if thing.states or isinstance(thing, Element):
            return thing.states.get(state, "absent") if thing.states else "unsaid"
        if (thing.status, self._role_of(state)) in GONE:
            return "absent"
        said = [self.membership(end, state) for end in self._ends(thing)]
        return next((word for word in ("absent", "unknown", "present") if word in said), "unsaid")

    def is_checked(self, thing: Element | Relation) -> bool:
        """Tell whether a thing belongs to the architecture as submitted: not only to states observed afterwards."""
        if not thing.states:
            return isinstance(thing, Element) or all(self.is_checked(end) for end in self._ends(thing))
        for state, word in thing.states.items():  # noqa: SIM110  # each check asks it of each element
            if word != "absent" and state in self._checked_states:
                return True
        return False

    def value(self, element: Element, field: str) -> Any:
        """Give a field as the target state has it, where the target says it differently; otherwise as written."""
        return value_in(element, field, self._target)

    def held(self, id: str, field: str) -> Held | None:
        """Find a field's value on an element or, where it is silent, on the nearest whole it is part of.

        A list of nothing says nothing. The wholes are those of the last state that the element is in.

        Source: NĐ 85/2016, Điều 5 speaks of the owner of a system; a part without its own word follows its whole.
        """
        if (id, field) not in self._found:
            self._found[id, field] = self._hold(id, field)
        return self._found[id, field]

    def _hold(self, id: str, field: str) -> Held | None:
        seen = {id}
        wave: list[tuple[str, ...]] = [(id,)]
        joined: ArchitectureGraph | None = None
        while wave:
            following: list[tuple[str, ...]] = []
            for path in wave:
                element = self.architecture.elements.get(path[-1])
                value = self.value(element, field) if element is not None else None
                if value is not None and value != () and value != {}:
                    return Held(value, path)
                if joined is None:
                    joined = self.last(self.architecture.elements[id]) if element is not None else self
                for whole in joined.neighbours(path[-1], "whole"):
                    if whole not in seen:
                        seen.add(whole)
                        following.append((*path, whole))
            wave = following
        return None

    def has_ended(self, id: str) -> bool:
        """Tell whether an element has ended: by its own word, or by that of the whole it is part of."""
        held = self.held(id, "lifecycle")
        return held is not None and held.value == Lifecycle.ENDED

    def owner_of(self, id: str) -> Held | None:
        """Give the owner of an element, its own or that of the whole it is part of; the value may be Unknown."""
        return self.held(id, "owner")

    def answerer_of(self, id: str) -> str:
        """Give who answers what is open about an element: whoever it names, or its owner or operator; "" for nobody."""
        element = self.architecture.elements[id]
        held = (self.held(id, field) for field in ("owner", "operator"))
        values = [one.value for one in held if one is not None]
        asked = [value.ask if isinstance(value, Unknown) else value for value in values]
        return next(filter(None, (element.ask, *asked)), "")

    # --- places of an edition ---

    def places(self, edition: str) -> Mapping[str, tuple[str, ...]]:
        """Give the elements at each place of an edition: by their own word, or by what their component maps to."""
        found: dict[str, list[str]] = defaultdict(list)
        components = self.architecture.components
        for id, element in self.architecture.elements.items():
            own = element.places.get(edition)
            component = components.get(element.component) if element.component else None
            for place in (own,) if own else component.maps.get(edition, ()) if component else ():
                found[place].append(id)
        return {place: tuple(found[place]) for place in sorted(found)}

    def mapped_components(self, edition: str, place: str) -> tuple[str, ...]:
        """Give the components that stand for a place, whether or not they hold an element."""
        components = self.architecture.components
        return tuple(id for id, component in components.items() if place in component.maps.get(edition, ()))

    # --- indexes ---

    @cached_property
    def _by_kind(self) -> Mapping[str, list[str]]:
        return self._index(lambda element: element.kind)

    @cached_property
    def _by_role(self) -> Mapping[str, list[str]]:
        return self._index(lambda element: element.role)

    @cached_property
    def _by_component(self) -> Mapping[str, list[str]]:
        return self._index(lambda element: element.component)

    def _index(self, key: Callable[[Element], str | None]) -> Mapping[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for id, element in self.architecture.elements.items():
            name = key(element)
            if name is not None:
                index[name].append(id)
        return index

    @cached_property
    def _checked_states(self) -> frozenset[str]:
        return frozenset(id for id, state in self.architecture.states.items() if state.role in CHECKED)

    @cached_property
    def _latest_first(self) -> tuple[str, ...]:
        return tuple(state.id for state in reversed(in_order(self.architecture)))

    @cached_property
    def _target(self) -> str | None:
        return latest(self.architecture, StateRole.TARGET)

    def _role_of(self, state: str) -> StateRole | None:
        known = self.architecture.states.get(state)
        return known.role if known else None

    def _ends(self, relation: Relation) -> tuple[Element, ...]:
        elements = self.architecture.elements
        source, target = elements.get(relation.source_id), elements.get(relation.target)
        return (source, target) if source and target else tuple(filter(None, (source, target)))


def is_assumed(record: Record | None) -> bool:
    """Tell whether nobody has stated yet that this is there."""
    return record is not None and record.certainty is Certainty.ASSUMED


def _many(names: str | Collection[str]) -> Collection[str]:
    return (names,) if isinstance(names, str) else names
