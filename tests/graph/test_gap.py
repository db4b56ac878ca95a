"""Which states the gap lies between, and what it says of the smallest architectures."""

from __future__ import annotations

from kientruc.graph import ArchitectureGraph, Change, gap, in_order
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture

HEAD = """format: kientruc/1
architecture: {id: a, name: A, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {so: {name: Sở}, tinh: {name: Tỉnh}}
"""
STATES = """
states:
  b-2018: {role: baseline, name: Nay, from: 2018-01-01}
  a-2020: {role: baseline, name: Nay, until: 2020-01-01}
  c: {role: baseline, name: Nay}
  t-2030: {role: target, name: Sau, from: 2030-01-01}
  u-2025: {role: target, name: Sau, from: 2025-01-01}
  g: {role: transition, name: Giữa, from: 2040-01-01}
  o: {role: observed, name: Xem, from: 2050-01-01}
"""


def loaded(text: str) -> Architecture:
    found = load_text(HEAD + text)
    assert found.architecture is not None, found.findings
    return found.architecture


def test_the_latest_baseline_and_target_are_compared_and_any_two_states_that_are_named() -> None:
    whole = loaded(STATES + "elements: {a: {kind: application, name: A, states: [a-2020, g]}}\n")
    assert [state.id for state in in_order(whole)] == ["c", "b-2018", "a-2020", "g", "u-2025", "t-2030"]
    found = gap(whole)
    assert found is not None
    assert (found.before, found.after, found.change("a")) == ("a-2020", "t-2030", Change.REMOVED)
    other = gap(whole, "a-2020", "g")
    assert other is not None
    assert not other
    assert (other.ids(Change.KEPT), other.change("khac")) == (("a",), None)


def test_without_both_states_there_is_no_gap() -> None:
    assert gap(loaded("")) is None
    assert gap(loaded("states: {nay: {role: baseline, name: Nay}, xem: {role: observed, name: Xem}}\n")) is None
    assert gap(loaded(STATES), "khong-co", "t-2030") is None


def test_a_value_is_that_of_the_latest_target_and_a_state_takes_over_what_it_does_not_say() -> None:
    whole = loaded(
        STATES
        + """
elements:
  a:
    kind: application
    name: A
    states: [a-2020, t-2030, u-2025]
    owner: so
    co_owners: [so, tinh]
    in_state: {t-2030: {operator: so}, u-2025: {owner: tinh}}
"""
    )
    graph, element = ArchitectureGraph(whole), whole.elements["a"]
    assert [graph.value(element, name) for name in ("owner", "operator", "co_owners")] == ["so", "so", ("so", "tinh")]
    found = gap(whole)
    assert found is not None
    assert [(one.field, one.before, one.after) for one in found.elements["a"].fields] == [("operator", None, "so")]


def test_a_planned_relation_is_not_there_today_and_a_retired_one_not_in_the_target() -> None:
    whole = loaded(
        STATES
        + """
elements:
  a:
    kind: application
    name: A
    states: [a-2020, t-2030]
    uses:
      - {to: b, status: planned}
      - {to: c, status: retired}
      - {to: d, status: planned, states: [a-2020, t-2030]}
    hosted_on: {to: e}
  b: {kind: application, name: B, states: [a-2020, t-2030]}
  c: {kind: application, name: C, states: [a-2020, t-2030]}
  d: {kind: application, name: D, states: [a-2020, t-2030]}
  e: {kind: site, name: E}
tasks: {nv: {name: NV, delivers: [a, b]}}
"""
    )
    found = gap(whole)
    assert found is not None
    assert [(one.ends[1], one.change) for one in found.relations] == [
        ("b", Change.ADDED),
        ("c", Change.REMOVED),
        ("d", Change.KEPT),
    ]
    assert found
