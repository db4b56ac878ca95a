"""Reach: one search backwards from all targets at once tells every source its shortest way, in linear time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kientruc.model.element import Relation

Hop = tuple[str, Relation, bool]  # the neighbour, the relation that leads there, whether walked against its way
Hops = Callable[[str], Sequence[Hop]]


class Routes:
    """Shortest ways from anywhere to the nearest of some targets.

    A way is the ids it visits, with what a relation goes over written between its ends; among equally short ways it is
    the one whose next id is smallest at every step, so that the same architecture always gives the same witness.
    Length is counted in relations.
    """

    def __init__(self, hops: Hops, distances: dict[str, int]) -> None:
        self._hops, self._distances = hops, distances
        self._next: dict[str, Hop] = {}  # so that a hub's steps are looked through once, not once for each way

    def sources(self) -> tuple[str, ...]:
        """Give all from which a target can be reached, the targets too, the nearest first, then in id order."""
        return tuple(sorted(self._distances, key=lambda id: (self._distances[id], id)))

    def distance(self, id: str) -> int | None:
        """Tell how many relations lie between; None if no target can be reached."""
        return self._distances.get(id)

    def path(self, id: str) -> tuple[str, ...] | None:
        """Give the way; a target's own way is itself; None if no target can be reached."""
        left = self._distances.get(id)
        if left is None:
            return None
        path = [id]
        while left:
            if id not in self._next:
                self._next[id] = next(hop for hop in self._hops(id) if self._distances.get(hop[0]) == left - 1)
            id, relation, against = self._next[id]
            path.extend(written(relation, against))
            path.append(id)
            left -= 1
        return tuple(path)


def routes(targets: Iterable[str], hops: Hops, hops_back: Hops) -> Routes:
    """Search backwards from all targets at once. Each node and each relation is looked at once."""
    distances = dict.fromkeys(sorted(targets), 0)
    wave = list(distances)
    depth = 0
    while wave:
        depth += 1
        following = []
        for id in wave:
            for neighbour, _, _ in hops_back(id):
                if neighbour not in distances:
                    distances[neighbour] = depth
                    following.append(neighbour)
        wave = following
    return Routes(hops, distances)


def written(relation: Relation, against: bool) -> tuple[str, ...]:
    """Give what a relation goes over, in the order in which it is walked."""
    return relation.over[::-1] if against else relation.over
