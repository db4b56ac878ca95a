"""The graph against a second, naive implementation on random architectures of up to twelve elements."""

from __future__ import annotations

from datetime import date
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kientruc.graph import ArchitectureGraph
from kientruc.model.architecture import SECTIONS, Architecture, Head
from kientruc.model.element import Element, Relation
from kientruc.model.verbs import Verb

IDS = [f"e{index:02}" for index in range(12)]
Edge = tuple[str, str, tuple[str, ...]]
node = st.sampled_from(IDS)
edges_of = st.lists(st.tuples(node, node, st.lists(node, max_size=1).map(tuple)), max_size=30)


def build(edges: list[Edge]) -> ArchitectureGraph:
    elements = {id: Element.model_validate({"\0id": id, "kind": "application", "name": id}) for id in IDS}
    made = [
        Relation.model_validate({"\0verb": Verb.SENDS, "\0from": source, "\0to": target, "over": over})
        for source, target, over in edges
    ]
    made.sort(key=lambda relation: (relation.source_id, relation.target))
    head = Head.model_validate(
        {"\0id": "a", "name": "A", "agency": "so", "edition": "cpdt-1.0", "cut_off": date(2017, 9, 13)}
    )
    records: dict[str, dict[str, Element]] = {section: {} for section in SECTIONS} | {"elements": elements}
    return ArchitectureGraph(Architecture(head, records, tuple(made)))


def distances(edges: list[Edge], source: str) -> dict[str, int]:
    """Bellman and Ford, without a queue."""
    found = {source: 0}
    for _ in IDS:
        for start, end, _over in edges:
            if start in found:
                found[end] = min(found.get(end, 99), found[start] + 1)
    return found


def is_way(edges: list[Edge], path: tuple[str, ...]) -> bool:
    """Tell whether ids can be read as relations one after another, with what each goes over between its ends."""
    if len(path) == 1:
        return True
    return any(
        start == path[0] and path[1 : 1 + len(over)] == over and len(path) > 1 + len(over)
        and end == path[1 + len(over)] and is_way(edges, path[1 + len(over) :])
        for start, end, over in edges
    )  # fmt: skip


@given(edges_of, st.lists(node, min_size=1, max_size=3))
def test_reach_is_what_a_naive_search_finds(edges: list[Edge], targets: list[str]) -> None:
    routes = build(edges).routes_to(targets, "data_flow")
    for source in IDS:
        wanted = min((d for id, d in distances(edges, source).items() if id in targets), default=None)
        assert routes.distance(source) == wanted
        path = routes.path(source)
        if wanted is None:
            assert path is None
        else:
            assert path is not None
            assert path[0] == source
            assert path[-1] in targets
            assert is_way(edges, path)


@given(edges_of, st.lists(node, min_size=1, max_size=4), st.lists(node, max_size=3))
def test_bypasses_are_what_is_left_without_the_platforms(
    edges: list[Edge], targets: list[str], through: list[str]
) -> None:
    group = {id: str(index % 3) for index, id in enumerate(IDS)}
    left = [e for e in edges if not {e[0], e[1], *e[2]} & set(through)]
    ways = build(edges).bypasses(IDS, targets, through, "data_flow", group=group.__getitem__)
    found = {way.source: way.path for way in ways}
    for source in IDS:
        reached = distances(left, source) if source not in through else {}
        others = [d for id, d in reached.items() if id in targets and id not in through and group[id] != group[source]]
        assert (source in found) == bool(others)
        if others:
            assert is_way(left, found[source])
            assert len(found[source]) >= min(others) + 1
            assert group[found[source][-1]] != group[source]
            assert found[source][-1] in targets
            assert reached[found[source][-1]] == min(others)


@given(edges_of)
def test_knots_are_what_reaches_each_other(edges: list[Edge]) -> None:
    reached = {id: distances(edges, id) for id in IDS}
    loops = {start for start, end, _ in edges if start == end}
    knots = {frozenset(b for b in IDS if b in reached[a] and a in reached[b]) for a in IDS}
    wanted = sorted(tuple(sorted(knot)) for knot in knots if len(knot) > 1 or knot & loops)
    found = build(edges).cycles("sends")
    pairs = {(start, end) for start, end, _ in edges}
    assert [knot.members for knot in found] == wanted
    for knot in found:
        assert knot.path[0] == knot.members[0]
        assert set(knot.path) <= set(knot.members)
        assert set(zip(knot.path, (*knot.path[1:], knot.path[0]), strict=True)) <= pairs
        first = knot.members[0]
        shortest = min(reached[end][first] + 1 for start, end in pairs if start == first and first in reached[end])
        assert len(knot.path) == shortest


@given(st.lists(st.tuples(node, node, st.just(())), max_size=5))
def test_the_order_of_relations_means_nothing(edges: list[Edge]) -> None:
    answers = set()
    for order in list(permutations(edges))[:24]:
        graph = build(list(order))
        answers.add((tuple(graph.routes_to(IDS[:2], "sends").path(id) for id in IDS), graph.cycles("sends")))
    assert len(answers) == 1


@given(edges_of)
def test_neighbours_agree_with_the_list(edges: list[Edge]) -> None:
    graph = build(edges)
    for id in IDS:
        assert graph.neighbours(id, "sends") == tuple(sorted({end for start, end, _ in edges if start == id}))
        assert graph.neighbours(id, "sends", back=True) == tuple(sorted({s for s, end, _ in edges if end == id}))
