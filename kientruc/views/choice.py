"""What a view is asked to show, settled: which things, how put together, in which colours; no condition is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kientruc.frameworks import Edition
from kientruc.graph import ArchitectureGraph
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.view_request import Colouring, Grouping, Ordering
from kientruc.result import CheckResult

RelationKey = tuple[str, str, str, str]


def relation_key(relation: Relation) -> RelationKey:
    """Give what tells a relation from others: its verb, its ends, its id."""
    return (relation.verb.value, relation.source_id, relation.target, relation.id)


@dataclass(frozen=True, slots=True)
class Choice:
    """What one view shows; None leaves a thing to the view.

    Args:
        elements: the ids it may show.
        relations: those it may show, of those between what it shows.
        state: the id of the state it shows.
        within: by what things are put together under each heading; by the whole they are part of where none is named.
        heading: instead of its own title; `code` and `about` stand in the line beneath.
    """

    elements: frozenset[str] | None = None
    relations: frozenset[RelationKey] | None = None
    group_by: Grouping | None = None
    within: Grouping | None = None
    order_by: Ordering | None = None
    colour_by: Colouring | None = None
    edition: str = ""
    state: str = ""
    id: str = ""
    heading: str = ""
    about: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def takes(self, element: Element) -> bool:
        """Tell whether an element may be shown."""
        return self.elements is None or element.id in self.elements

    def takes_relation(self, relation: Relation) -> bool:
        """Tell whether a relation may be shown."""
        return self.relations is None or relation_key(relation) in self.relations


EVERYTHING = Choice()


@dataclass(frozen=True)
class Material:
    """What views are made from: an architecture, the editions it was held against with what was found, an earlier one.

    Args:
        checked: editions with their results, the declared one first where it was checked.
        earlier: the version a difference is shown to.
    """

    architecture: Architecture
    lang: str
    checked: Sequence[tuple[Edition, CheckResult]] = ()
    editions: Sequence[Edition] = field(default=())
    earlier: Architecture | None = None

    @cached_property
    def graph(self) -> ArchitectureGraph:
        """The architecture as a graph, made once for all views."""
        return ArchitectureGraph(self.architecture)

    def edition(self, id: str = "") -> Edition | None:
        """Give an edition by its id, the declared one where none is named; None where nobody handed it in."""
        wanted = id or self.architecture.head.edition
        return next((one for one in self.editions if one.id == wanted), None)

    def places(self, id: str = "") -> Mapping[str, tuple[str, ...]]:
        """Give the elements at each place of an edition, or of the one beside which it stands."""
        found = self.edition(id)
        return self.graph.places(found.places_of if found else id or self.architecture.head.edition)

    def elements(self, choice: Choice, ids: Collection[str] | None = None) -> Iterable[Element]:
        """Give the elements a choice takes, or those of them that are among these, in id order."""
        all = self.architecture.elements
        return (one for id, one in all.items() if choice.takes(one) and (ids is None or id in ids))
