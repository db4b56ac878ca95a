"""Where each component and element belongs in another edition: what a crosswalk settles, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kientruc.frameworks.route import Destination, Route
from kientruc.frameworks.vocabulary import Bilingual, Words
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.organisation import Component
from kientruc.model.record import Unknown
from kientruc.model.values import Certainty, least_sure


class Fate(StrEnum):
    """What becomes of a component or an element."""

    PROPOSED = "proposed"  # it gets a place
    SAID = "said"  # the architecture says already where it belongs, or why nowhere
    FOLLOWS = "follows"  # an element belongs where its component does
    APART = "apart"  # a component gets none: some of its elements may belong elsewhere, so each goes by itself
    DECIDE = "decide"  # several places: a person decides
    NOWHERE = "nowhere"  # the crosswalk has no place for it
    UNPLACED = "unplaced"  # it has no place in the edition it comes from, so nothing is known


@dataclass(frozen=True, slots=True)
class Move:
    """One component or element on its way.

    `at` are its places in the edition it comes from; `to` the place it gets or has, or those among which to decide.
    """

    record: Component | Element
    fate: Fate
    at: tuple[str, ...]
    to: tuple[str, ...]
    ways: tuple[Destination, ...]
    certainty: Certainty
    decider: str  # the organisation that should know

    @property
    def questions(self) -> tuple[Bilingual, ...]:
        """What a person is asked, also where the place is clear."""
        rows = (row for way in self.ways for row in way.rows)
        return tuple(dict.fromkeys(row.decide for row in rows if row.decide))

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide something: until the place is stated, not only proposed."""
        if self.fate is Fate.SAID:
            return bool(self.questions) and self.certainty is not Certainty.STATED
        if self.fate is Fate.FOLLOWS:
            return bool(self.questions) and any(way.narrowed for way in self.ways)
        return self.fate is Fate.DECIDE or (self.fate is Fate.PROPOSED and bool(self.questions))


@dataclass(frozen=True, slots=True)
class Moves:
    """What becomes of all components and elements, in id order."""

    components: tuple[Move, ...]
    elements: tuple[Move, ...]

    @property
    def all(self) -> tuple[Move, ...]:
        """Components first."""
        return (*self.components, *self.elements)


def moves(architecture: Architecture, origin: Words, target: Words, route: Route) -> Moves:
    """Tell where everything belongs.

    Args:
        origin: the words of the edition it comes from.
        target: those of the edition it goes to.
        route: leads from the one to the other.
    """
    planner = _Planner(architecture, origin, target, route)
    components = {id: planner.component(component) for id, component in architecture.components.items()}
    elements = (planner.element(element, components) for element in architecture.elements.values())
    return Moves(tuple(components.values()), tuple(elements))


class _Planner:
    def __init__(self, architecture: Architecture, origin: Words, target: Words, route: Route) -> None:
        self.architecture, self.origin, self.target, self.route = architecture, origin, target, route
        self.first, self.last = route.editions[0], route.editions[-1]
        self.members: dict[str, list[Element]] = {}
        for element in architecture.elements.values():
            self.members.setdefault(element.component or "", []).append(element)

    def component(self, component: Component) -> Move:
        """Plan a component: by the rows that hold for all its elements, if nothing in it may belong elsewhere."""
        at = component.maps.get(self.first, ())
        ways = tuple(self.route.destination(place) for place in at)
        to = _places(ways)
        field = f"maps.{self.last}"
        if self.last in component.maps:
            fate, to = Fate.SAID, component.maps[self.last]
        elif not at:
            fate = Fate.UNPLACED
        elif len(to) != 1:
            fate = Fate.DECIDE if to else Fate.NOWHERE
        else:
            apart = any(self._may_lie_elsewhere(element, to[0]) for element in self.members.get(component.id, ()))
            fate = Fate.APART if apart else Fate.PROPOSED
        certainty = self._certainty(component, fate, field, ways)
        return Move(component, fate, at, to, ways, certainty, self._decider(component.responsible))

    def element(self, element: Element, components: dict[str, Move]) -> Move:
        """Plan an element: where its component goes, unless its own place, its kind or its role say another."""
        inside = components.get(element.component or "")
        settled = inside.to if inside and inside.fate in (Fate.SAID, Fate.PROPOSED) else ()
        at, ways = self._ways(element)
        to = _places(ways)
        own = self.first in element.places or any(way.narrowed for way in ways)
        if self.last in element.places or self.last in element.outside:
            fate, to = Fate.SAID, tuple(filter(None, (element.places.get(self.last),)))
        elif settled and (not own or to == settled or (len(to) > 1 and not set(settled).isdisjoint(to))):
            fate, to = Fate.FOLLOWS, settled
        elif not at:
            fate = Fate.UNPLACED
        elif len(to) != 1:
            fate = Fate.DECIDE if to else Fate.NOWHERE
        else:
            fate = Fate.PROPOSED
        certainty = self._certainty(element, fate, f"places.{self.last}", ways)
        component = inside.record if inside else None
        responsible = component.responsible if isinstance(component, Component) else None
        return Move(element, fate, at, to, ways, certainty, self._decider(element.owner, responsible))

    def _ways(self, element: Element) -> tuple[tuple[str, ...], tuple[Destination, ...]]:
        """Give the places of an element in the edition it comes from, and where each leads."""
        own = element.places.get(self.first)
        component = self.architecture.components.get(element.component or "")
        at = (own,) if own else component.maps.get(self.first, ()) if component else ()
        roles = tuple(self._wider(element.role))
        return at, tuple(self.route.destination(place, element.kind, roles) for place in at)

    def _wider(self, role: str | None) -> Iterator[str]:
        while role is not None and role in self.origin.roles:
            yield role
            role = self.origin.roles[role].is_

    def _may_lie_elsewhere(self, element: Element, place: str) -> bool:
        """Tell whether nobody knows that an element without a place of its own lies at this place or below it."""
        if self.last in element.places or self.last in element.outside:
            return False
        to = _places(self._ways(element)[1])
        return len(to) != 1 and not (to and all(self._is_below(one, place) for one in to))

    def _is_below(self, place: str, other: str) -> bool:
        at: str | None = place
        while at is not None and at != other:
            at = self.target.places[at].parent
        return at is not None

    def _certainty(
        self, record: Component | Element, fate: Fate, field: str, ways: tuple[Destination, ...]
    ) -> Certainty:
        """Tell how sure a place is: as said; or no surer than the way there, and than where the way begins."""
        if fate is Fate.SAID:
            return record.certainty_of(field)
        said = [record.certainty_of(f"{field.partition('.')[0]}.{self.first}")]
        if isinstance(record, Element) and record.component and self.first not in record.places:
            component = self.architecture.components[record.component]
            said = [record.certainty_of("component"), component.certainty_of(f"maps.{self.first}")]
        return least_sure(*said, *(way.certainty for way in ways))

    def _decider(self, *who: str | Unknown | None) -> str:
        """Name who should know: who is responsible, or else is to be asked, or else the agency."""
        for one in who:
            found = one.ask if isinstance(one, Unknown) else one
            if found:
                return found
        return self.architecture.head.agency


def _places(ways: Iterable[Destination]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for way in ways for place in way.to))
