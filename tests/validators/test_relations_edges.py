"""The edges of the kinds of check that follow relations: loops, ways with a direction, owners, what is only assumed."""

from __future__ import annotations

from typing import Any

import pytest

from kientruc.result import Status

from .kinds import APPS, LGSP, STATES, outcomes, status, told

# --- require_relation ---


def test_a_neighbour_counts_once_and_nobody_is_ones_own() -> None:
    text = """
elements:
  a: {kind: application, name: A, sends: [a, b, {to: b, protocol: HTTP}]}
  b: {kind: application, name: B}
"""
    check = {"kind": "require_relation", "select": APPS, "via": "sends", "max": 1}
    assert told(check, text) == [("fail", "too-few", ("b",)), ("pass", "counted", ("a", "b"))]
    back = check | {"dir": "in", "min": 0, "max": 0}
    assert told(back, text) == [("fail", "too-many", ("b", "a")), ("pass", "counted", ("a",))]


@pytest.mark.parametrize(
    ("a", "relation", "b", "expected"),
    [
        ("", "", "", "pass"),
        ("", ", status: not-connected", "", "fail"),
        ("", ", status: retired", "", "fail"),
        ("", ", status: planned", "", "pass"),
        ("", ", states: [xem]", "", "fail"),  # only seen afterwards
        (", states: [nay]", "", ", states: [sau]", "fail"),  # never there together
        (", states: [nay, sau]", "", ", states: [sau]", "pass"),
        (", states: [nay]", ", states: [sau]", "", "fail"),  # hangs in the air where it is said to be
        ("", "", ", states: {sau: unknown}", "pass"),
        ("", ", certainty: assumed", "", "manual"),
        ("", "", ", certainty: assumed", "manual"),
    ],
)
def test_a_relation_counts_where_both_its_ends_can_be(a: str, relation: str, b: str, expected: str) -> None:
    text = f"""{STATES}
elements:
  a: {{kind: application, name: A{a}, sends: [{{to: b{relation}}}]}}
  b: {{kind: platform, role: lgsp, name: B{b}}}
"""
    joined = {"via": "sends", "to": LGSP}
    assert status({"kind": "require_relation", "select": APPS, **joined}, text) == [expected]
    assert status({"kind": "reach", "select": APPS, **joined}, text) == [expected]
    assert status({"kind": "chain", "select": APPS, "path": [joined]}, text) == [expected]
    turned = {"pass": "fail", "fail": "pass", "manual": "manual"}[expected]
    assert status({"kind": "forbid_relation", "from": APPS, **joined}, text) == [turned]


def test_a_neighbour_of_which_too_little_is_known_is_asked_about() -> None:
    text = """
elements:
  a: {kind: application, name: A, sends: [b]}
  b: {kind: platform, name: B, security_level: {unknown: chưa rõ}}
"""
    to = {"kind": "platform", "where": {"prop": "security_level", "ge": 3}}
    for check in (
        {"kind": "require_relation", "select": APPS, "via": "sends", "to": to},
        {"kind": "chain", "select": APPS, "path": [{"via": "sends", "to": to}]},
    ):
        (one,) = outcomes(check, text)
        assert (one.status, one.reason, one.subjects, one.values["why"]) == (
            Status.MANUAL,
            "unknown",
            ("a",),
            "chưa rõ",
        )


@pytest.mark.parametrize("relations", ["{to: b, certainty: assumed}, b", "b, {to: b, certainty: assumed}"])
def test_one_stated_relation_is_enough(relations: str) -> None:
    text = f"""
elements:
  a: {{kind: application, name: A, sends: [{relations}]}}
  b: {{kind: platform, role: lgsp, name: B}}
"""
    check = {"kind": "require_relation", "select": APPS, "via": "sends", "to": LGSP}
    assert told(check, text) == [("pass", "counted", ("a", "b"))]


# --- forbid_relation ---


def test_who_reads_is_who_receives() -> None:
    text = """
elements:
  kho: {kind: data_store, name: Kho, owner: ubnd-tinh}
  a: {kind: application, name: A, owner: so-tttt, reads: [kho], sends: [a]}
"""
    stores = {"kind": "data_store"}
    check = {"kind": "forbid_relation", "via": "data_flow"}
    assert told(check | {"from": stores, "to": APPS}, text) == [("fail", "joined", ("a", "kho"))]
    assert told(check | {"from": APPS, "to": stores}, text) == [("pass", "apart", ("a",))]
    assert told(check | {"from": APPS, "to": APPS}, text) == [("pass", "apart", ("a",))]
    assert told(check | {"from": APPS, "to": LGSP}, text) == []
    both = check | {"from": APPS, "to": stores, "via": ["exchange", "reads"]}
    (one,) = outcomes(both, text)  # told once, whichever way it is walked
    assert (one.subjects, one.values["verb"], one.values["target_id"]) == (("a", "kho"), "đọc", "kho")
    assert one.span is not None
    assert one.span.text == "kho"


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        (", owner: so-tttt", "pass"),
        (", owner: ubnd-tinh", "fail"),
        ("", "fail"),  # saying nothing excuses nothing
        (", part_of: [a]", "pass"),
        (", owner: {unknown: chưa rõ}", "manual"),
    ],
)
def test_what_belongs_to_one_owner_may_be_joined(owner: str, expected: str) -> None:
    text = f"""
elements:
  a: {{kind: application, name: A, owner: so-tttt, sends: [b]}}
  b: {{kind: application, role: one_stop, name: B{owner}}}
"""
    ends = {"from": {"kind": "application", "where": {"prop": "name", "eq": "A"}}, "to": {"role": "one_stop"}}
    assert status({"kind": "forbid_relation", **ends, "via": "sends", "unless_same": "owner"}, text) == [expected]
    through = {"kind": "passes_through", **ends, "via": "sends", "through": LGSP, "partition": "owner"}
    assert status(through, text) == ([] if expected == "pass" else [expected])


def test_two_owners_that_nobody_knows_are_not_the_same() -> None:
    text = """
elements:
  a: {kind: application, name: A, owner: {unknown: chưa rõ}, sends: [b]}
  b: {kind: platform, role: lgsp, name: B, owner: {unknown: chưa rõ}}
"""
    check = {"kind": "forbid_relation", "from": APPS, "to": LGSP, "via": "sends", "unless_same": "owner"}
    (one,) = outcomes(check, text)
    assert (one.status, one.reason, one.values["why"]) == (Status.MANUAL, "unknown", "chưa rõ")


# --- reach, passes_through ---


def test_what_is_wanted_has_arrived_and_a_way_has_a_direction() -> None:
    text = """
elements:
  a: {kind: application, name: A, sends: [lgsp]}
  b: {kind: application, role: sso, name: B}
  lgsp: {kind: platform, role: lgsp, name: LGSP, sends: [b]}
"""
    check = {"kind": "reach", "select": APPS, "via": "data_flow", "to": {"role": "sso"}}
    assert told(check, text) == [("pass", "reaches", ("a", "lgsp", "b")), ("pass", "reaches", ("b",))]
    back = check | {"to": LGSP, "back": True}
    assert told(back, text) == [("fail", "no-path", ("a",)), ("pass", "reaches", ("b", "lgsp"))]


def test_a_way_that_ends_says_what_it_meets() -> None:
    text = """
elements:
  a: {kind: application, name: A, sends: [b, c]}
  b: {kind: application, role: one_stop, name: Bê}
  c: {kind: application, name: Xê, sends: [b]}
"""
    check = {"kind": "reach", "select": APPS | {"where": {"prop": "name", "eq": "A"}}, "via": "sends", "to": LGSP}
    (one,) = outcomes(check, text)
    assert (one.witness, one.values["found"], one.values["target_en"]) == (("a", "b", "c"), "Bê, Xê", "LGSP")


def test_without_any_platform_everything_goes_around() -> None:
    text = """
elements:
  a: {kind: application, name: A, owner: so-tttt, sends: [a, b]}
  b: {kind: application, name: B, owner: ubnd-tinh, sends: [a]}
  c: {kind: application, name: C, owner: ubnd-tinh}
"""
    check = {"kind": "passes_through", "from": APPS, "to": APPS, "via": "sends", "through": LGSP}
    by_owner = told(check | {"partition": "owner"}, text)
    assert by_owner == [("fail", "around", ("a", "b")), ("fail", "around", ("b", "a"))]
    assumed = text + "  lgsp: {kind: platform, role: lgsp, name: LGSP, certainty: assumed}\n"
    over = assumed.replace("[a, b]", "[{to: b, over: [lgsp]}]").replace("[a]}", "[{to: a, over: [lgsp]}]}")
    assert [one[:2] for one in told(check, over)] == [("manual", "on-assumption")] * 2
    assert [one[:2] for one in told(check, over.replace(", certainty: assumed", ""))] == [("pass", "through")] * 2


# --- acyclic, chain ---


def test_each_knot_is_told_once_and_a_loop_is_one() -> None:
    text = """
elements:
  a: {kind: application, name: A}
tasks:
  m: {name: Một, waits_for: [o]}
  o: {name: Hai, waits_for: [m]}
  p: {name: Ba, waits_for: [p, q]}
  q: {name: Bốn}
"""
    check: dict[str, Any] = {"kind": "acyclic", "select": {"section": "tasks"}, "via": "waits_for"}
    assert told(check, text) == [("fail", "cycle", ("m", "o")), ("fail", "cycle", ("p",))]
    assert [one.values["path"] for one in outcomes(check, text)] == ["Một → Hai → Một", "Ba → Ba"]
    some = check | {"select": {"section": "tasks", "where": {"prop": "name", "in": ["Một", "Bốn"]}}}
    assert told(some, text) == [("pass", "no-cycle", ("m",))]
    assert told(check, "elements:\n  a: {kind: application, name: A}\n") == []


def test_a_cycle_that_rests_on_an_assumption_is_not_yet_one() -> None:
    text = """
elements:
  a: {kind: application, name: A, depends_on: [{to: b, certainty: assumed}]}
  b: {kind: application, name: B, depends_on: [a]}
"""
    check = {"kind": "acyclic", "select": APPS, "via": "depends_on"}
    assert told(check, text) == [("manual", "on-assumption", ("a", "b"))]


def test_a_chain_may_not_even_begin() -> None:
    text = """
elements:
  a: {kind: application, name: A, sends: [b]}
  b: {kind: application, name: B, sends: [a]}
"""
    step = {"via": "sends", "to": APPS}
    check = {"kind": "chain", "select": APPS, "path": [step, step, step]}
    assert told(check, text)[0] == ("pass", "chained", ("a", "b", "a", "b"))  # the same may be met twice
    lost = check | {"path": [{"via": "sends", "to": {"section": "tasks"}}, step]}
    (one, _) = outcomes(lost, text)
    assert (one.witness, one.values["step"], one.values["found"], one.values["missing"]) == (
        ("a",),
        "1",
        "A",
        "nhiệm vụ",
    )
