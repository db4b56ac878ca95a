"""A pass says when nothing surer bears it than what is assumed or doubtful."""

from __future__ import annotations

from typing import Any

import pytest

from kientruc.result import Status
from tests.validators.kinds import outcomes

COVERAGE = {"kind": "coverage", "obligation": ["mandatory", "expected"], "organisational": ["quan-ly-chi-dao"]}
MAPPED = {"kind": "mapped", "select": {"kind": "application"}}
PROPS = {"kind": "require_props", "select": {"kind": "application"}, "props": ["owner", "security_level"]}
MUST = {
    "kind": "when_then",
    "select": {"kind": "application"},
    "must": {"all": [{"prop": "owner", "is": "set"}, {"any": [{"prop": "name", "is": "set"}]}]},
}


def rests(check: dict[str, Any], element: str, component: str = "") -> list[str]:
    """What the passes about the element, or about the place it is at, rest on."""
    text = f"""
components: {{c: {{order: 1, name: C, maps: {component or "{cpdt-1.0: [ung-dung-csdl]}"}}}}}
elements:
  a: {{kind: application, name: A, {element}}}
"""
    found = [one for one in outcomes(check, text) if one.status is Status.PASS]
    return [one.rests_on for one in found if one.subjects in (("a",), ("ung-dung-csdl",))]


@pytest.mark.parametrize(
    ("element", "component", "expected"),
    [
        ("component: c", "", ""),
        ("component: {value: c, certainty: derived}", "", ""),
        ("component: {value: c, certainty: doubtful}", "", "doubtful"),
        ("component: c, certainty: doubtful", "", "doubtful"),
        ("component: c", "{value: {cpdt-1.0: [ung-dung-csdl]}, certainty: doubtful}", "doubtful"),
        ("component: c", "{value: {cpdt-1.0: [ung-dung-csdl]}, certainty: assumed}", "assumed"),
        ("component: {value: c, certainty: doubtful}, places: {cpdt-1.0: ung-dung-csdl}", "", ""),
        ("places: {value: {cpdt-1.0: ung-dung-csdl}, certainty: doubtful}", "", "doubtful"),
    ],
)
@pytest.mark.parametrize("check", [COVERAGE, MAPPED], ids=["coverage", "mapped"])
def test_a_place_is_as_sure_as_the_way_to_it(
    check: dict[str, Any], element: str, component: str, expected: str
) -> None:
    assert rests(check, element, component) == [expected]


def test_one_that_is_surely_there_is_enough_for_a_place() -> None:
    doubtful = "component: {value: c, certainty: doubtful}}\n  "
    assert rests(COVERAGE, doubtful + "b: {kind: application, name: B, component: c") == [""]


@pytest.mark.parametrize(
    ("check", "element", "expected"),
    [
        (PROPS, "owner: so-tttt, security_level: 3", ""),
        (PROPS, "owner: so-tttt, security_level: {value: 3, certainty: doubtful}", "doubtful"),
        (PROPS, "owner: {value: so-tttt, certainty: assumed}, security_level: 3", "assumed"),
        (PROPS, "owner: so-tttt, security_level: 3, component: {value: c, certainty: doubtful}", ""),  # not asked for
        (PROPS, "owner: so-tttt, security_level: 3, certainty: assumed", "assumed"),
        (MUST, "owner: {value: so-tttt, certainty: doubtful}", "doubtful"),
        (MUST, "owner: so-tttt, component: {value: c, certainty: doubtful}", ""),
    ],
)
def test_a_value_that_a_check_needs_counts(check: dict[str, Any], element: str, expected: str) -> None:
    assert rests(check, element) == [expected]


def test_what_fails_rests_on_nothing() -> None:
    text = "elements:\n  a: {kind: application, name: A, certainty: doubtful}\n"
    assert [(one.status, one.rests_on) for one in outcomes(PROPS, text)] == [(Status.FAIL, "")]


PARTS = {"kind": "compare_along", "select": {"role": "lgsp"}, "prop": "security_level"}
WHOLE = "elements:\n  a: {kind: platform, role: lgsp, name: A, security_level: {unknown: chưa xét}}\n"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (", certainty: assumed}", "parts-assumed"),
        ("}", "parts-silent"),
        (", certainty: assumed}\n  c: {kind: platform, name: C, part_of: a}", "parts-silent"),
    ],
)
def test_parts_that_are_all_only_assumed_are_told_to_be_so(parts: str, reason: str) -> None:
    (found,) = outcomes(PARTS, f"{WHOLE}  b: {{kind: platform, name: B, part_of: a{parts}\n")
    assert (found.status, found.reason) == (Status.MANUAL, reason)
