"""Passing through: what can still be reached once the platforms that should lie between are taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kientruc.graph.reach import Hop, Hops, written

Label = str
Held = dict[str, dict[Label, int]]


@dataclass(frozen=True, slots=True)
class Bypass:
    """A source with a way around, and whose target it leads to; the way is found when it is asked for."""

    source: str
    label: Label
    ways: Ways = field(repr=False, compare=False)

    @property
    def path(self) -> tuple[str, ...]:
        """The ids it visits by the shortest way, from the source to a target of another group."""
        return self.ways.path(self.source, self.label)


class Ways:
    """Shortest ways from anywhere to the nearest target of a group."""

    def __init__(self, targets: Mapping[str, Label], hops: Hops, hops_back: Hops) -> None:
        self._hops, self._held = hops, nearest_two(targets, hops_back)
        self._next: dict[tuple[str, Label], Hop] = {}  # a hub's steps are looked through once for each of its groups

    def around(self, source: str, own: Label) -> Bypass | None:
        """Tell whether a source reaches a target of a group that is not its own; the nearest counts."""
        others = [(distance, label) for label, distance in self._held.get(source, {}).items() if label != own]
        return Bypass(source, min(others)[1], self) if others else None

    def path(self, source: str, label: Label) -> tuple[str, ...]:
        """Give the shortest way to the nearest target of a group; the one with the smallest ids."""
        path, id = [source], source
        for left in range(self._held[source][label], 0, -1):
            if (id, label) not in self._next:
                hops = self._hops(id)
                self._next[id, label] = next(hop for hop in hops if self._held.get(hop[0], {}).get(label) == left - 1)
            id, relation, against = self._next[id, label]
            path.extend(written(relation, against))
            path.append(id)
        return tuple(path)


def nearest_two(targets: Mapping[str, Label], hops_back: Hops) -> Held:
    """Tell, for every node, the two nearest groups of targets and how far they are.

    Two are enough: whichever group a source belongs to, the nearest other group is among them. So the search stays
    linear, where one search per group would not.
    """
    held: Held = {id: {label: 0} for id, label in sorted(targets.items())}
    wave = [(id, label) for id, label in sorted(targets.items())]
    depth = 0
    while wave:
        depth += 1
        following = []
        for id, label in wave:
            for neighbour, _, _ in hops_back(id):
                known = held.setdefault(neighbour, {})
                if label not in known and len(known) < 2:
                    known[label] = depth
                    following.append((neighbour, label))
        wave = following
    return held
