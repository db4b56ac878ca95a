"""Typed questions to the graph, each on the smallest architecture that shows the answer."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kientruc.graph import ArchitectureGraph, steps
from kientruc.loading import load_text
from kientruc.model.kinds import Kind
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb

HEAD = """format: kientruc/1
architecture: {id: a, name: A, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {so: {name: Sở}}
states:
  nay: {role: baseline, name: Nay}
  sau: {role: target, name: Sau}
  xem: {role: observed, name: Xem}
"""


def graph_of(text: str) -> ArchitectureGraph:
    loaded = load_text(HEAD + text)
    assert loaded.architecture is not None, loaded.findings
    return ArchitectureGraph(loaded.architecture)


CHAIN = graph_of("""
elements:
  a: {kind: application, role: one_stop, name: A, owner: so, sends: [c, b]}
  b: {kind: application, name: B, sends: [d]}
  c: {kind: application, name: C, sends: [d]}
  d: {kind: platform, role: lgsp, name: D, reads: [kho]}
  kho: {kind: data_store, name: Kho}
  le: {kind: application, name: Lẻ, part_of: [a]}
""")


def test_elements_are_selected_in_id_order() -> None:
    assert [e.id for e in CHAIN.elements(kind=Kind.APPLICATION)] == ["a", "b", "c", "le"]
    assert [e.id for e in CHAIN.elements(kind=["platform", "data_store"])] == ["d", "kho"]
    assert [e.id for e in CHAIN.elements(kind="application", role="one_stop")] == ["a"]
    assert CHAIN.elements(role="sso") == ()


def test_neighbours_know_direction_and_groups() -> None:
    assert CHAIN.neighbours("a", Verb.SENDS) == ("b", "c")
    assert CHAIN.neighbours("d", "sends", back=True) == ("b", "c")
    assert CHAIN.neighbours("kho", "data_flow") == ("d",)  # reading brings data to the reader
    assert CHAIN.neighbours("d", "data_flow") == ()
    assert CHAIN.neighbours("a", "parts") == ("le",)
    with pytest.raises(KeyError):
        steps("flows")


def test_the_witness_is_the_shortest_way_and_always_the_same() -> None:
    routes = CHAIN.routes_to(["d"], "sends")
    assert routes.path("a") == ("a", "b", "d")
    assert routes.path("d") == ("d",)
    assert routes.path("kho") is None
    assert CHAIN.reached_from(["a"], "sends") == {"a": 0, "b": 1, "c": 1, "d": 2}


def test_what_a_relation_goes_over_belongs_to_the_way() -> None:
    graph = graph_of("""
elements:
  a: {kind: application, name: A, sends: [{to: z, over: [lgsp, ngsp]}]}
  lgsp: {kind: platform, name: LGSP}
  ngsp: {kind: platform, name: NGSP}
  z: {kind: application, name: Z}
""")
    assert graph.path("a", ["z"], "data_flow") == ("a", "lgsp", "ngsp", "z")
    assert graph.bypasses(["a"], ["z"], ["lgsp"], "data_flow") == ()
    assert [way.path for way in graph.bypasses(["a"], ["z"], ["le"], "data_flow")] == [("a", "lgsp", "ngsp", "z")]


def test_a_bypass_is_found_by_taking_the_platform_away() -> None:
    ways = CHAIN.bypasses(["a"], ["d"], ["b"], "sends")
    assert [(way.source, way.path) for way in ways] == [("a", ("a", "c", "d"))]
    assert CHAIN.bypasses(["a"], ["d"], ["b", "c"], "sends") == ()


def test_a_department_talking_to_itself_goes_around_nothing() -> None:
    group = {"a": "so-1", "b": "so-1", "c": "so-2", "d": "so-2"}.get
    ways = CHAIN.bypasses(["a", "b"], ["b", "c"], [], "sends", group=lambda id: group(id) or id)
    assert [(way.source, way.path) for way in ways] == [("a", ("a", "c"))]


def test_cycles_are_told_by_knots() -> None:
    graph = graph_of("""
elements:
  a: {kind: application, name: A, uses: [b]}
  b: {kind: application, name: B, uses: [c, d]}
  c: {kind: application, name: C, uses: [a]}
  d: {kind: application, name: D, uses: [c]}
  e: {kind: application, name: E, uses: [a]}
  f: {kind: application, name: F, depends_on: [f]}
""")
    assert [(knot.members, knot.path) for knot in graph.cycles("dependency")] == [
        (("a", "b", "c", "d"), ("a", "b", "c")),
        (("f",), ("f",)),
    ]


def test_an_owner_is_ones_own_or_that_of_the_whole() -> None:
    held = CHAIN.owner_of("le")
    assert held is not None
    assert (held.value, held.path) == ("so", ("le", "a"))
    assert CHAIN.owner_of("kho") is None
    unknown = graph_of("elements:\n  a: {kind: application, name: A, owner: {unknown: chưa rõ}}\n").owner_of("a")
    assert unknown is not None
    assert isinstance(unknown.value, Unknown)


def test_places_come_from_the_component_or_from_the_element_itself() -> None:
    graph = graph_of("""
components:
  hai: {order: 1, name: Hai, maps: {cpdt-1.0: [kenh-truy-cap, ung-dung-csdl]}}
  rong: {order: 2, name: Rỗng, maps: {cpdt-1.0: [ha-tang-ky-thuat]}}
elements:
  a: {kind: application, name: A, component: hai}
  b: {kind: application, name: B, component: hai, places: {cpdt-1.0: an-toan-thong-tin}}
""")
    assert graph.places("cpdt-1.0") == {"an-toan-thong-tin": ("b",), "kenh-truy-cap": ("a",), "ung-dung-csdl": ("a",)}
    assert graph.mapped_components("cpdt-1.0", "ha-tang-ky-thuat") == ("rong",)
    assert graph.places("cpdt-2.0") == {}


def test_states_are_membership_and_silence_is_not_absence() -> None:
    graph = graph_of("""
elements:
  a: {kind: application, name: A, states: {nay: present, sau: unknown}, sends: [b, c]}
  b: {kind: application, name: B}
  c: {kind: application, name: C, states: [xem]}
  d: {kind: application, name: D, states: {nay: absent}}
""")
    elements = graph.architecture.elements
    in_states = [graph.membership(elements["a"], state) for state in ("nay", "sau", "xem")]
    assert in_states == ["present", "unknown", "absent"]
    assert graph.membership(elements["b"], "nay") == "unsaid"
    to_b, to_c = graph.architecture.relations
    assert [graph.membership(to_b, state) for state in ("nay", "sau", "xem")] == ["present", "unknown", "absent"]
    assert graph.membership(to_c, "nay") == "absent"
    assert [graph.is_checked(elements[id]) for id in "abcd"] == [True, True, False, False]
    assert [graph.is_checked(to_b), graph.is_checked(to_c)] == [True, False]
    assert [element.id for element in graph.elements(state="nay")] == ["a"]


def test_a_check_does_not_import_networkx() -> None:
    code = "import sys, kientruc.validators as v; v.edition('cpdt-1.0'); print('networkx' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
