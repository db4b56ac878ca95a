"""How the things of an architecture are joined: relations by their ends, neighbours, ways, detours and circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from kientruc.graph import bypass, cycles, reach
from kientruc.graph.reach import Hop, Hops
from kientruc.graph.verb_groups import Step, Via, steps, verbs
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation
from kientruc.model.verbs import Verb

Adjacency = dict[str, list[Hop]]


class RelationGraph:
    """Questions to the relations of one architecture, whatever its states. Every answer is in id order."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self._adjacency: dict[tuple[Step, ...], Adjacency] = {}

    def relations(
        self, via: Via | None = None, *, source: str | None = None, target: str | None = None
    ) -> tuple[Relation, ...]:
        """Select relations by verb and ends, in canonical order; verbs of a group count whatever their direction."""
        found: Iterable[Relation] = self.architecture.relations
        if source is not None or target is not None:
            near = self._out.get(source, ()) if source is not None else self._into.get(target or "", ())
            found = [self.architecture.relations[at] for at in near]
        wanted = None if via is None else verbs(via)
        return tuple(
            relation
            for relation in found
            if (wanted is None or relation.verb in wanted) and (target is None or relation.target == target)
        )

    def neighbours(self, id: str, via: Via, *, back: bool = False) -> tuple[str, ...]:
        """Give the ids one step away, in id order; `back` walks against the steps."""
        relations = self.architecture.relations
        found: set[str] = set()
        for verb, against in steps(via):
            if against != back:
                found.update(relations[at].source_id for at in self._into.get(id, ()) if relations[at].verb is verb)
            else:
                found.update(relations[at].target for at in self._out.get(id, ()) if relations[at].verb is verb)
        return tuple(sorted(found))

    def touching(self, ids: Iterable[str], via: Via, *, over: bool = False) -> tuple[Relation, ...]:
        """Give the relations that start or end at any of these, whatever their direction, in canonical order.

        Args:
            over: those that go over one of these too.
        """
        relations, wanted = self.architecture.relations, verbs(via)
        ids = tuple(ids)
        indexes = (self._out, self._into, self._over) if over else (self._out, self._into)
        found = {at for id in ids for index in indexes for at in index.get(id, ())}
        return tuple(relations[at] for at in sorted(found) if relations[at].verb in wanted)

    def hops(self, via: Via, *, back: bool = False) -> Hops:
        """Give, for an id, where its steps lead: neighbour, relation, whether against its way; in id order."""
        wanted = tuple((verb, against != back) for verb, against in steps(via))
        adjacency = self._adjacency.get(wanted)
        if adjacency is None:
            adjacency = self._adjacency[wanted] = self._joined_by(wanted)
        return lambda id: adjacency.get(id, ())

    def routes_to(self, targets: Iterable[str], via: Via, *, back: bool = False) -> reach.Routes:
        """Give the shortest ways from anywhere to the nearest target: ask once, not once for each source."""
        return reach.routes(targets, self.hops(via, back=back), self.hops(via, back=not back))

    def path(self, source: str, targets: Iterable[str], via: Via) -> tuple[str, ...] | None:
        """Give one shortest way, always the same one; None if there is none."""
        return self.routes_to(targets, via).path(source)

    def reached_from(self, sources: Iterable[str], via: Via) -> dict[str, int]:
        """Tell what can be reached from any of the sources, and over how many relations."""
        found = reach.routes(sources, self.hops(via, back=True), self.hops(via))
        return {id: found.distance(id) or 0 for id in sorted(found._distances)}

    def bypasses(
        self,
        sources: Iterable[str],
        targets: Iterable[str],
        through: Collection[str],
        via: Via,
        group: Callable[[str], str] = str,
    ) -> tuple[bypass.Bypass, ...]:
        """Find the sources that reach a target of another group without passing through, each with its shortest way.

        A relation that says it goes `over` one of those things passes through it.

        Args:
            group: what a source may reach freely, for instance its owner; without it, only itself.
        """
        without = frozenset(through)
        hops, back = (_without(self.hops(via, back=against), without) for against in (False, True))
        ways = bypass.Ways({id: group(id) for id in targets if id not in without}, hops, back)
        found = (ways.around(id, group(id)) for id in sorted(set(sources) - without))
        return tuple(way for way in found if way is not None)

    def cycles(self, via: Via, within: Collection[str] | None = None) -> tuple[cycles.Cycle, ...]:
        """Find every knot of things that reach each other, each with one shortest cycle; `within` these alone."""
        joined = self._joined(via)
        return cycles.cycles(sorted(joined if within is None else joined.intersection(within)), self.hops(via))

    # --- indexes ---

    @cached_property
    def _out(self) -> Mapping[str, list[int]]:
        index: dict[str, list[int]] = {}  # positions among the relations: no object more for the collector to walk
        for at, relation in enumerate(self.architecture.relations):
            index.setdefault(relation.source_id, []).append(at)
        return index

    @cached_property
    def _into(self) -> Mapping[str, list[int]]:
        index: dict[str, list[int]] = {}
        for at, relation in enumerate(self.architecture.relations):
            index.setdefault(relation.target, []).append(at)
        return index

    @cached_property
    def _over(self) -> Mapping[str, list[int]]:
        index: dict[str, list[int]] = {}
        for at, relation in enumerate(self.architecture.relations):
            for id in relation.over:
                index.setdefault(id, []).append(at)
        return index

    def _joined_by(self, wanted: tuple[Step, ...]) -> Adjacency:
        ways: dict[Verb, list[bool]] = defaultdict(list)
        for verb, against in wanted:
            ways[verb].append(against)
        adjacency: Adjacency = defaultdict(list)
        for relation in self.architecture.relations:
            for against in ways.get(relation.verb, ()):
                start, end = (relation.target, relation.source_id) if against else (relation.source_id, relation.target)
                adjacency[start].append((end, relation, against))
        for hops in adjacency.values():
            hops.sort(key=_by_id)
        return adjacency

    def _joined(self, via: Via) -> set[str]:
        wanted = verbs(via)
        joined: set[str] = set()
        for relation in self.architecture.relations:
            if relation.verb in wanted:
                joined.update((relation.source_id, relation.target))
        return joined


def _without(hops: Hops, gone: frozenset[str]) -> Hops:
    """Leave out the steps that lead to some things, or over them."""
    return lambda id: [hop for hop in hops(id) if hop[0] not in gone and gone.isdisjoint(hop[1].over)]


def _by_id(hop: Hop) -> str:
    return hop[0]
