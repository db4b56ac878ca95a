"""What stops if a thing stops: all that needs it, each with the shortest way; and what no longer passes."""

from __future__ import annotations

from dataclasses import dataclass

from kientruc.graph.architecture_graph import ArchitectureGraph
from kientruc.model.element import Relation
from kientruc.model.verbs import Verb

EXCHANGES = (Verb.SENDS, Verb.READS, Verb.WRITES)


@dataclass(frozen=True, slots=True)
class Impact:
    """Ways from each element hit to what stops, both ends included, the nearest first; and the exchanges it carries."""

    id: str
    ways: tuple[tuple[str, ...], ...]
    exchanges: tuple[Relation, ...]


def impact(graph: ArchitectureGraph, id: str) -> Impact:
    """Tell what stops with an element, as far as the relations say.

    A relation that is not connected, retired, or possible in no state of the architecture carries nothing. What needs
    one of several equal things is told too: nobody wrote down which of them would do.
    """
    joined = graph.submitted
    routes = joined.routes_to([id], "need")
    ways = (routes.path(hit) for hit in routes.sources() if hit != id)
    return Impact(id, tuple(way for way in ways if way), joined.touching([id], EXCHANGES, over=True))
