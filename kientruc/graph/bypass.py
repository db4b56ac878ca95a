"""Passing through: what can still be reached once the platforms that should lie between are taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kientruc.graph.reach import Hops, written


@dataclass(frozen=True, slots=True)
class Bypass:
    """One source's shortest way around: the ids it visits, from the source to a target of another group."""

    source: str
    path: tuple[str, ...]


Label = str
Held = dict[str, dict[Label, int]]


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


def shortest(source: str, own: Label, held: Held, hops: Hops) -> Bypass | None:
    """Give the shortest way from a source to a target of a group that is not its own."""
    others = [(distance, label) for label, distance in held.get(source, {}).items() if label != own]
    if not others:
        return None
    left, label = min(others)
    path, id = [source], source
    while left:
        hop = next(hop for hop in hops(id) if held.get(hop[0], {}).get(label) == left - 1)
        path.extend(written(hop[1], hop[2]))
        id = hop[0]
        path.append(id)
        left -= 1
    return Bypass(source, tuple(path))
