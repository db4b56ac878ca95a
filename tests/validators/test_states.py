"""Each kind of check that reads states, days and money, on the smallest architectures that show what it says."""

from __future__ import annotations

from .stated import lines, outcomes, told

DELTA = {"kind": "delta"}
TREATMENTS = {"kind": "treatments"}


def test_delta_asks_for_a_task_or_a_declaration_for_each_change() -> None:
    text = """\
elements:
  a: {kind: application, name: A, states: [sau]}
  b: {kind: application, name: B, states: [nay]}
  c: {kind: application, name: C, states: [nay, sau], owner: so, in_state: {sau: {owner: tinh}}}
  d: {kind: application, name: D, states: [nay, sau]}
  e: {kind: application, name: E, states: {nay: unknown, sau: present}, owner: so}
  f: {kind: application, name: F, states: [sau]}
contents:
  nd-1: {name: ND1, about: [b]}
  nd-2: {name: ND2, about: [c], open: {why: chưa rõ, who: so, by: 2017-12-31}}
tasks:
  nv-1: {name: NV1, delivers: a, covers: nd-1}
"""
    assert told(DELTA, text) == [
        ("pass", "by-task", "a"),
        ("pass", "by-task", "b"),
        ("pass", "declared-open", "c"),
        ("manual", "membership-unknown", "e"),
        ("fail", "uncovered", "f"),
    ]
    assert [one.witness for one in outcomes(DELTA, text)] == [
        ("a", "nv-1"),
        ("b", "nd-1", "nv-1"),
        ("c", "nd-2"),
        (),
        (),
    ]


def test_a_treatment_is_held_against_the_states_and_both_places_are_shown() -> None:
    text = """\
elements:
  a:
    kind: application
    name: A
    treatment: replace
    note: hết hỗ trợ
    states: [nay, sau]
  b: {kind: application, name: B, treatment: keep, states: [nay, sau]}
"""
    assert told(TREATMENTS, text) == [("fail", "still-in-target", "a"), ("pass", "as-claimed", "b")]
    found = outcomes(TREATMENTS, text)[0]
    assert lines(found) == [5, 7]
    assert found.values["treatment"] == "thay thế, kết thúc"
    assert found.values["found"] == "có ở “Nay”; có ở “Sau”"
    assert found.values["allowed_en"] == "gone from the target"


def test_nothing_begins_before_what_it_waits_for() -> None:
    text = """\
tasks:
  a: {name: A, period: {from: 2018, until: 2019}, waits_for: [b, c]}
  b: {name: B, period: {from: 2017, until: 2018}}
  c: {name: C, due: 2019-06-30}
"""
    check = {"kind": "timeline", "what": "waits"}
    assert told(check, text) == [("pass", "in-order", "a"), ("fail", "too-early", "a")]
    found = outcomes(check, text)[1]
    assert (found.values["found"], found.values["allowed"], found.values["target_id"]) == ("2018", "≥ 30/6/2019", "c")
    assert lines(found) == [2, 4]


def test_two_fields_are_compared_where_both_are_written() -> None:
    text = """\
tasks:
  a: {name: A, period: {from: 2018, until: 2019}, due: 2019-06-30}
  b: {name: B, period: {from: 2018, until: 2019}, due: 2020-06-30}
  c: {name: C, due: 2020-06-30}
"""
    check = {
        "kind": "compare_props",
        "select": {"section": "tasks"},
        "left": "period.until",
        "op": "le",
        "right": "due",
    }
    assert told(check, text) == [("fail", "differs", "a"), ("pass", "holds", "b")]
    found = outcomes(check, text)[0]
    assert (found.values["found"], found.values["allowed"]) == ("2019", "≤ 30/6/2019")


def test_the_parts_of_a_sum_add_up() -> None:
    text = """\
tasks:
  a: {name: A, total: "5 tỷ", cost: [{year: 2018, fund: x, amount: "4,5 tỷ"}, {year: 2019, fund: x, amount: "1 tỷ"}]}
  b: {name: B, total: "5 tỷ", cost: [{year: 2018, fund: x, amount: "4 tỷ"}, {year: 2019, fund: x, amount: "1 tỷ"}]}
  c: {name: C, total: "5 tỷ", cost: [{year: 2018, fund: x, amount: {unknown: chưa duyệt}}]}
  d: {name: D, total: "5 tỷ"}
"""
    check = {"kind": "aggregate", "select": {"section": "tasks"}, "sum": "cost.amount", "equals": "total"}
    assert told(check, text) == [("fail", "differs", "a"), ("pass", "adds-up", "b"), ("manual", "unknown", "c")]
    found = outcomes(check, text)[0]
    assert found.values["operands"] == "4.500.000.000 + 1.000.000.000"
    assert (found.values["found_en"], found.values["allowed_en"]) == ("5,500,000,000", "= 5,000,000,000")
