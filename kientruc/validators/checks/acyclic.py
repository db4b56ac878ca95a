"""Nothing leads back to itself."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

from kientruc.graph import ArchitectureGraph, Cycle
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.conditions import Vias
from kientruc.validators.matter import SHOWN, Found, Matter
from kientruc.validators.selection import RecordSelection


class Acyclic(Check):
    """Steps along `via` from a selected record to a selected record never come back to where they began.

    A record that points at itself is a cycle of one. Relations that are not connected, retired, or possible in no
    checked state lead nowhere, and a cycle lies within one state. Passes: once for all that is selected, with its first
    record as witness. Fails: once for each knot of records that reach each other, whose members are the subjects; the
    witness is a shortest cycle through the one with the smallest id, its relations are the places. Open: a knot that is
    only tied by something assumed. Cost: one pass over the relations in each state with relations of its own; cycles
    are never enumerated, for a knot can hold more of them than atoms.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"path", "found"}

    kind: Literal["acyclic"]
    select: RecordSelection
    via: Vias

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each knot, or one for the whole where there is none."""
        selected = {record.id: record for record in self.select.records(matter)}
        states = matter.graph.submitted.by_state
        sure = self._knots([graph.stated for graph in states], selected)
        tied = frozenset(id for knot in sure for id in knot.members)
        for knot, graph in sure.items():
            yield self._judge(selected[knot.path[0]], knot, Status.FAIL, graph, matter)
        possible = self._knots([graph for graph in states if graph.stated is not graph], selected)
        for knot, graph in possible.items():
            if tied.isdisjoint(knot.members):
                yield self._judge(selected[knot.path[0]], knot, Status.MANUAL, graph, matter)
        if selected and not sure and not possible:
            first = next(iter(selected.values()))
            yield Found(Status.PASS, "no-cycle", (first.id,), {}, (first.id,), first.span())

    def _knots(
        self, graphs: Sequence[ArchitectureGraph], selected: Mapping[str, Any]
    ) -> dict[Cycle, ArchitectureGraph]:
        """Find the knots of each state, and one state of each; what is part of a larger knot is not told apart."""
        knots = [(knot, graph) for graph in graphs for knot in graph.cycles(self.via, selected)]
        kept: dict[Cycle, ArchitectureGraph] = {}
        holding: dict[str, list[frozenset[str]]] = {}
        for knot, graph in sorted(knots, key=lambda one: -len(one[0].members)):
            own = frozenset(knot.members)
            if not any(own <= other for other in holding.get(knot.members[0], ())):
                kept[knot] = graph
                for id in own:
                    holding.setdefault(id, []).append(own)
        return {knot: kept[knot] for knot in sorted(kept)}

    def _judge(self, first: Any, knot: Cycle, status: Status, graph: ArchitectureGraph, matter: Matter) -> Found:
        values = {**matter.about(first), "found": str(len(knot.members))}
        values |= matter.names((*knot.path, knot.path[0]), "path", " → ")
        reason = "cycle" if status is Status.FAIL else "on-assumption"
        spans = self._spans(knot.path, graph)
        return Found(status, reason, knot.members[:SHOWN], values, knot.path, spans[0], tuple(filter(None, spans[1:])))

    def _spans(self, path: tuple[str, ...], graph: ArchitectureGraph) -> list[Span | None]:
        hops = graph.hops(self.via)
        steps = zip(path, (*path[1:], path[0]), strict=True)
        return [next(relation.span() for id, relation, _ in hops(start) if id == end) for start, end in steps]
