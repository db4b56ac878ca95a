"""The condition grammar: three values, strict types, bounded size, one form at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from kientruc.frameworks import Edition
from kientruc.validators.conditions import MAX_DEPTH, ElementCondition, RelationCondition
from kientruc.validators.deciding import compiled
from kientruc.validators.matter import Matter

from .conftest import architecture_of

ADAPTER: TypeAdapter[Any] = TypeAdapter(ElementCondition)
TEXT = """
elements:
  a:
    kind: application
    name: A
    security_level: 3
    service_level: {unknown: chưa rõ}
    standards: [QCVN 102, XML]
    uses: [b]
  b: {kind: platform, role: lgsp, name: B}
"""


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ({"prop": "security_level", "ge": 3}, True),
        ({"prop": "security_level", "gt": 3}, False),
        ({"prop": "security_level", "lt": 4}, True),
        ({"prop": "security_level", "eq": 3}, True),
        ({"prop": "security_level", "eq": "3"}, False),  # strict in type
        ({"prop": "security_level", "eq": True}, False),
        ({"prop": "security_level", "in": [1, 2]}, False),
        ({"prop": "security_level", "not_in": [1, 2]}, True),
        ({"prop": "scope", "eq": "province"}, False),  # missing satisfies neither
        ({"prop": "scope", "ne": "province"}, False),
        ({"not": {"prop": "scope", "eq": "province"}}, True),
        ({"prop": "scope", "is": "unset"}, True),
        ({"prop": "scope", "is": "set"}, False),
        ({"prop": "service_level", "ge": 3}, None),  # known to be unknown
        ({"prop": "service_level", "is": "set"}, None),
        ({"prop": "service_level", "is": "unset"}, False),
        ({"prop": "service_level", "is": "unknown"}, True),
        ({"not": {"prop": "service_level", "ge": 3}}, None),
        ({"all": [{"prop": "service_level", "ge": 3}, {"kind": "platform"}]}, False),
        ({"any": [{"prop": "service_level", "ge": 3}, {"kind": "application"}]}, True),
        ({"any": [{"prop": "service_level", "ge": 3}, {"kind": "platform"}]}, None),
        ({"prop": "standards", "has_any": ["qcvn  102"]}, True),  # lenient in case and spacing
        ({"prop": "standards", "has_all": ["XML", "JSON"]}, False),
        ({"prop": "standards", "min_len": 2}, True),
        ({"prop": "standards", "max_len": 1}, False),
        ({"related": {"via": "uses", "role": "lgsp"}}, True),
        ({"related": {"via": "uses", "dir": "in", "role": "lgsp"}}, False),
        ({"related": {"via": ["dependency"], "kind": "platform", "min": 2}}, False),
        ({"role": ["lgsp"]}, False),
        ({"kind": ["application", "platform"]}, True),
    ],
)
def test_conditions_have_three_values(cpdt: Edition, condition: dict[str, Any], truth: bool | None) -> None:
    matter = Matter(architecture_of(cpdt.example(TEXT)), cpdt, date(2017, 9, 13))
    test = compiled(ADAPTER.validate_python(condition), matter)
    assert test(matter.architecture.elements["a"]) is truth


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"prop": "owner"},
        {"prop": "owner", "is": "set", "eq": "x"},
        {"prop": "owner", "is": "set", "kind": "site"},
        {"prop": "owne", "is": "set"},
        {"prop": "protocol", "is": "set"},  # a field of relations
        {"kind": "server"},
        {"related": {"via": "flows"}},
        {"related": {"via": "uses", "far": True, "over": True}},
        {"related": {"via": "uses", "far": True, "min": 2}},
        {"prop": "security_level", "ge": "3"},
        {"prop": "security_level", "ge": True},
        {"script": "1 + 1"},
    ],
)
def test_what_means_nothing_is_refused(condition: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(condition)


def test_depth_and_size_are_bounded() -> None:
    deep: dict[str, Any] = {"prop": "owner", "is": "set"}
    for _ in range(MAX_DEPTH - 1):
        deep = {"not": deep}
    ADAPTER.validate_python(deep)
    with pytest.raises(ValidationError):
        ADAPTER.validate_python({"not": deep})
    with pytest.raises(ValidationError):
        ADAPTER.validate_python({"any": [{"prop": "owner", "is": "set"}] * 64})


def test_relations_have_their_own_fields() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(RelationCondition)
    adapter.validate_python({"prop": "protocol", "is": "set"})
    with pytest.raises(ValidationError):
        adapter.validate_python({"prop": "security_level", "is": "set"})
