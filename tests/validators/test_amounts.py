"""Fields held against each other and sums against their parts: years, days, money."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from .stated import outcomes, told


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


@pytest.mark.parametrize(
    ("left", "op", "right", "statuses"),
    [
        ("period.from", "le", "period.until", {"a": "pass", "b": "fail", "c": "manual"}),
        ("period.from", "ge", 2018, {"a": "pass", "b": "pass", "c": "manual"}),
        ("period.from", "lt", "2018-07-01", {"a": "pass", "b": "fail", "c": "manual"}),
        ("total", "gt", 3_000_000, {"a": "fail", "d": "pass"}),
        ("total", "eq", 2_000_000, {"a": "pass", "d": "fail"}),
    ],
)
def test_years_days_and_money_compare(left: str, op: str, right: object, statuses: dict[str, str]) -> None:
    text = """\
tasks:
  a: {name: A, period: {from: 2018, until: 2018-01-31}, total: 2 triệu}
  b: {name: B, period: {from: 2019-02-01, until: 2018}}
  c: {name: C, period: {unknown: chưa rõ}}
  d: {name: D, total: 4 triệu}
"""
    check = {"kind": "compare_props", "select": {"section": "tasks"}, "left": left, "op": op, "right": right}
    assert {one.subjects[0]: one.status.value for one in outcomes(check, text)} == statuses


def test_words_have_no_order_and_a_field_belongs_to_its_section() -> None:
    check = {"kind": "compare_props", "select": {"section": "tasks"}, "left": "name", "op": "lt", "right": "name"}
    with pytest.raises(TypeError):
        outcomes(check, "tasks: {a: {name: A}}\n")
    assert told(check | {"op": "eq"}, "tasks: {a: {name: A}}\n") == [("pass", "holds", "a")]
    for wrong in ({"left": "security_level"}, {"right": "security_level"}, {"right": "khong-co"}, {"right": 1.5}):
        with pytest.raises(ValidationError):
            outcomes(check | wrong, "")
    total = {"kind": "aggregate", "select": {"section": "sourcing"}, "sum": "shares.amount"}
    for more in ({}, {"equals": "amount", "at_most": "amount"}, {"equals": "due"}):
        with pytest.raises(ValidationError):
            outcomes(total | more, "")


@pytest.mark.parametrize(
    ("shares", "equals", "at_most"),
    [
        ("[{form: lease, amount: 2}, {form: invest, amount: 3}]", "pass", "pass"),
        ("[{form: lease, amount: 2}]", "fail", "pass"),
        ("[{form: lease, amount: 2}, {form: invest}]", None, None),
        ("[{form: lease, amount: 6}, {form: invest}]", "fail", "fail"),
        ("[{form: lease, amount: 6}, {form: invest, amount: {unknown: x}}]", "fail", "fail"),
        ("[{form: lease, amount: 2}, {form: invest, amount: {unknown: x}}]", "manual", "manual"),
        ("[{form: lease}]", None, None),
        ("[]", None, None),
    ],
)
def test_shares_add_up_as_far_as_they_are_known(shares: str, equals: str | None, at_most: str | None) -> None:
    text = f"sourcing: {{x: {{form: invest, amount: 5, shares: {shares}}}}}\n"
    for bound, expected in (("equals", equals), ("at_most", at_most)):
        check = {"kind": "aggregate", "select": {"section": "sourcing"}, "sum": "shares.amount", bound: "amount"}
        assert [one.status.value for one in outcomes(check, text)] == ([expected] if expected else [])
