"""Cycles by components: one shortest cycle for each knot, never all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kientruc.graph.reach import Hops


class Cycle(NamedTuple):
    """A set of things that all reach each other, and the shortest cycle through the one with the smallest id.

    `path` starts with that id and does not repeat it at the end.
    """

    members: tuple[str, ...]
    path: tuple[str, ...]


def cycles(nodes: Sequence[str], hops: Hops) -> tuple[Cycle, ...]:
    """Find every knot, in the order of its smallest id."""
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((node, hop[0]) for node in nodes for hop in hops(node))
    knots = [tuple(sorted(knot)) for knot in networkx.strongly_connected_components(graph)]
    looped = [knot for knot in knots if len(knot) > 1 or graph.has_edge(knot[0], knot[0])]
    return tuple(Cycle(knot, _shortest(knot, hops)) for knot in sorted(looped))


def _shortest(knot: tuple[str, ...], hops: Hops) -> tuple[str, ...]:
    """Search forwards from the smallest id until it is met again; neighbours come in id order."""
    start, inside = knot[0], frozenset(knot)
    before: dict[str, str] = {}
    wave = [start]
    while start not in before:
        following = []
        for id in wave:
            for neighbour, _, _ in hops(id):
                if neighbour in inside and neighbour not in before:
                    before[neighbour] = id
                    following.append(neighbour)
        wave = following
    path = [before[start]]
    while path[-1] != start:
        path.append(before[path[-1]])
    return tuple(reversed(path))
