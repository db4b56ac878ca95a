"""What elements can be filtered by: component, owner, kind, state, treatment, verdict, with the values that occur."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.record import Unknown
from kientruc.model.values import Treatment
from kientruc.result import Status
from kientruc.views.marks import mark
from kientruc.views.picture import Mark
from kientruc.views.words import label, name

UNKNOWN, UNSAID = "?", "-"  # values that no id can be: nobody knows it yet, nothing is said
STATES = (Mark.PRESENT, Mark.CHANGED, Mark.ADDED, Mark.OBSERVED, Mark.ASSUMED, Mark.ABSENT, Mark.UNSAID)
ORDER = (Status.FAIL, Status.ERROR, Status.MANUAL, Status.WAIVED, Status.PASS)
Value = tuple[str, str]  # an id, and its words
Read = Callable[[Element], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to filter by, with the values that occur, in the order they are offered."""

    id: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet, and how an element's values are read."""

    facet: Facet
    read: Read
    positions: Mapping[str, int]

    def chosen(self, element: Element) -> tuple[int, ...]:
        """Give the positions of an element's values."""
        return tuple(self.positions[id] for id in self.read(element))


def facets_of(
    architecture: Architecture, elements: Sequence[Element], verdicts: Mapping[str, str], lang: str
) -> Iterator[Filter]:
    """Give the filters of these elements.

    Args:
        verdicts: the heaviest status of the outcomes about each element, by id.
    """

    def words(id: str) -> str:
        return label(architecture, id, lang)

    components = {one.id: name(one, lang) for one in architecture.components_in_order}
    made = _Maker(elements, lang).made
    yield made("component", lambda one: (one.component or UNSAID,), components)
    owning = {id for one in elements for id in owners(one)} - {UNKNOWN, UNSAID}
    bodies = sorted(owning, key=lambda id: (words(id).casefold(), id))
    yield made("owner", owners, {id: words(id) for id in bodies})
    kinds = {one.value: one.in_(lang) for one in Kind}
    yield made("kind", lambda one: (one.kind.value,), kinds)
    marks = {one.value: text(f"mark.{one.value}", lang) for one in Mark if one in STATES}
    yield made("state", lambda one: (mark(architecture, one).value,), marks)
    yield made("treatment", _treatment, {one.value: text(f"treatment.{one.value}", lang) for one in Treatment})
    statuses = {one.value: text(f"status.{one.value}", lang) for one in ORDER}
    yield made("verdict", lambda one: (verdicts.get(one.id, UNSAID),), statuses)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes filters of elements."""

    elements: Sequence[Element]
    lang: str

    def made(self, id: str, read: Read, known: Mapping[str, str]) -> Filter:
        """Offer the known values that occur in their order, then what nobody knows and what is not said."""
        found = {value for element in self.elements for value in read(element)}
        last = {UNKNOWN: text("word.unknown", self.lang), UNSAID: text(f"explorer-unsaid.{id}", self.lang)}
        values = tuple((one, words) for one, words in {**known, **last}.items() if one in found)
        facet = Facet(id, text(f"explorer.{id}", self.lang), values)
        return Filter(facet, read, {one: position for position, (one, _) in enumerate(values)})


def owners(element: Element) -> tuple[str, ...]:
    """Give who owns an element, the first of several first."""
    first = UNKNOWN if isinstance(element.owner, Unknown) else element.owner or UNSAID
    return tuple(dict.fromkeys((first, *element.co_owners)))


def _treatment(element: Element) -> tuple[str, ...]:
    if isinstance(element.treatment, Unknown):
        return (UNKNOWN,)
    return (element.treatment.value if element.treatment else UNSAID,)
