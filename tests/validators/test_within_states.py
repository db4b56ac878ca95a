"""What is compared or joined within one state: levels of wholes and parts, ways, ways around."""

from __future__ import annotations

import pytest

from .stated import outcomes, told

LEVELS = {"kind": "compare_along", "select": {"kind": "application"}, "prop": "security_level"}


@pytest.mark.parametrize(
    ("states", "joint", "expected"),
    [
        ("[nay]", "a", ("fail", "lower")),
        ("{nay: unknown}", "a", ("manual", "membership-unknown")),
        ("[nay, sau]", "{to: a, states: {sau: unknown}}", ("manual", "relation-unknown")),
        ("[nay, sau]", "{to: a, states: [sau]}", ("fail", "lower")),
        ("[nay, sau]", "{to: a, certainty: assumed}", ("manual", "on-assumption")),
        ("[nay, sau], certainty: assumed", "a", ("manual", "on-assumption")),
        ("[nay]", "{to: a, status: planned}", None),
        ("[nay, sau]", "{to: a, status: not-connected}", None),
        ("[giua]", "a", None),
    ],
)
def test_a_part_counts_where_it_is_and_is_part(states: str, joint: str, expected: tuple[str, str] | None) -> None:
    text = f"""\
elements:
  a: {{kind: application, name: A, security_level: 2, owner: so, states: [nay, sau]}}
  b: {{kind: application, name: B, security_level: 3, states: {states}, part_of: {joint}}}
"""
    found = outcomes(LEVELS, text)
    assert [(one.status.value, one.reason) for one in found] == ([expected] if expected else [])
    assert all(one.witness == ("a", "b") and one.subjects == ("a",) for one in found)


def test_levels_are_compared_as_the_state_has_them_below_silent_parts_too() -> None:
    text = """\
elements:
  a: {kind: application, name: A, security_level: 2, states: [nay, sau], in_state: {sau: {security_level: 3}}}
  m: {kind: application, name: M, states: {nay: unknown, sau: present}, part_of: a, owner: so}
  b: {kind: application, name: B, security_level: 3, states: [nay, sau], part_of: m}
"""
    (found,) = outcomes(LEVELS, text)
    assert (found.status.value, found.reason, found.values["name"]) == ("manual", "membership-unknown", "M")
    assert told(LEVELS, text.replace("nay: unknown", "nay: present")) == [("fail", "lower", "a")]
    assert told(LEVELS, text.replace("nay: unknown", "nay: absent")) == [("pass", "highest", "a")]


@pytest.mark.parametrize(
    "check",
    [
        {"kind": "reach", "select": {"role": "one_stop"}, "via": "data_flow", "to": {"role": "lgsp"}},
        {
            "kind": "chain",
            "select": {"role": "one_stop"},
            "path": [{"via": "sends", "to": {"kind": "application"}}, {"via": "sends", "to": {"role": "lgsp"}}],
        },
    ],
)
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("[nay]", "[nay]", "fail"),  # of what the current state alone has, nothing is left in the target
        ("[nay, giua]", "[giua, sau]", "fail"),
        ("[nay, sau]", "[giua, sau]", "pass"),
        ("[nay]", "[sau]", "fail"),
        ("{nay: present, sau: unknown}", "[sau]", "pass"),
    ],
)
def test_a_way_is_one_within_the_last_state(check: dict[str, object], first: str, second: str, expected: str) -> None:
    text = f"""\
elements:
  a: {{kind: application, role: one_stop, name: A, sends: [{{to: b, states: {first}}}]}}
  b: {{kind: application, name: B, sends: [{{to: l, states: {second}}}]}}
  l: {{kind: platform, role: lgsp, name: LGSP}}
"""
    assert [one.status.value for one in outcomes(check, text)] == [expected]


def test_what_is_only_planned_makes_no_way_with_what_is_gone_by_then() -> None:
    check = {"kind": "reach", "select": {"role": "one_stop"}, "via": "data_flow", "to": {"role": "lgsp"}}
    text = """\
elements:
  a: {kind: application, role: one_stop, name: A, sends: [{to: b, states: [nay]}]}
  b: {kind: application, name: B, sends: [{to: l, status: planned}]}
  l: {kind: platform, role: lgsp, name: LGSP}
"""
    assert told(check, text) == [("fail", "no-path", "a")]
    assert told(check, text.replace("[nay]", "[sau]")) == [("pass", "reaches", "a")]


def test_a_way_around_is_one_within_one_state() -> None:
    check = {
        "kind": "passes_through",
        "from": {"role": "one_stop"},
        "to": {"kind": "data_store"},
        "via": "data_flow",
        "through": {"role": "lgsp"},
    }
    text = """\
elements:
  a: {kind: application, role: one_stop, name: A, sends: [{to: b, states: [nay]}, l]}
  b: {kind: application, name: B, sends: [{to: c, states: [sau]}]}
  l: {kind: platform, role: lgsp, name: LGSP, sends: [c]}
  c: {kind: data_store, name: C}
"""
    assert told(check, text) == [("pass", "through", "a")]
    assert told(check, text.replace("[nay]", "[sau]")) == [("fail", "around", "a")]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("[nay]", "[sau]", [("pass", "no-cycle", "a")]),
        ("[nay]", "[nay]", [("fail", "cycle", "a")]),
        ("[nay, sau]", "[sau]", [("fail", "cycle", "a")]),
        ("[nay, sau]", "[nay, sau]", [("fail", "cycle", "a")]),
    ],
)
def test_a_circle_lies_within_one_state(first: str, second: str, wanted: list[tuple[str, str, str]]) -> None:
    text = f"""\
elements:
  a: {{kind: application, name: A, states: [nay, sau], uses: [{{to: b, states: {first}}}]}}
  b: {{kind: application, name: B, states: [nay, sau], uses: [{{to: a, states: {second}}}]}}
"""
    check = {"kind": "acyclic", "select": {"kind": "application"}, "via": "uses"}
    assert [(status, reason, names[0]) for status, reason, *names in told(check, text)] == wanted
