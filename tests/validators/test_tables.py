"""Kinds of check that read an architecture as the tables of Mẫu 03: columns, unknown values, prescribed diagrams."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from kientruc.model.architecture import Architecture
from kientruc.result import Outcome, Status
from kientruc.validators import CHECKS, edition
from kientruc.validators.matter import Matter

from .conftest import architecture_of
from .kinds import outcomes, told

APPS = {"kind": "columns", "select": {"kind": "application"}, "columns": ["owner"]}
GUIDE = edition("huong-dan-2026")


def app(id: str, *more: str) -> str:
    return f"  {id}: {{{', '.join(('kind: application', f'name: {id.upper()}', *more))}}}\n"


def test_a_column_that_is_left_out_is_told_once_with_its_rows() -> None:
    (found,) = outcomes(APPS, "elements:\n" + app("a") + app("b", "owner: so-tttt") + app("c"))
    assert (found.status, found.reason, found.subjects) == (Status.FAIL, "missing", ("owner",))
    assert {key: found.values[key] for key in ("found", "allowed", "others")} == {
        "found": "2",
        "allowed": "3",
        "others": "A, C",
    }
    assert found.span is not None
    assert [found.span.line, *(span.line for span in found.also)] == [12, 14]


def test_a_full_column_passes_with_its_rows_and_an_empty_table_says_nothing() -> None:
    assert told(APPS, "elements:\n" + app("a", "owner: so-tttt")) == [("pass", "said", ("a",))]
    assert told(APPS, "elements:\n  a: {kind: network, name: A}\n") == []


def test_many_rows_are_counted_and_a_few_are_named() -> None:
    (found,) = outcomes(APPS, "elements:\n" + "".join(app(f"a{number:02}") for number in range(30)))
    assert found.values["found"] == "30"
    assert found.values["others"] == "A00, A01, A02, A03, A04, A05 và 24 mục khác"
    assert found.values["others_en"].endswith(" and 24 more")
    assert len(found.also) == 19


def test_a_row_that_is_only_assumed_fails_nobody() -> None:
    assumed = app("a", "certainty: assumed")
    assert told(APPS, "elements:\n" + assumed) == [("manual", "assumed", ())]
    (found,) = outcomes(APPS, "elements:\n" + assumed + app("b"))
    assert found.status is Status.FAIL
    assert [found.values[key] for key in ("found", "allowed", "others")] == ["1", "1", "B"]


def test_what_nobody_knows_is_asked_unless_it_must_be_known() -> None:
    unknown = "elements:\n" + app("a", "owner: {unknown: chưa giao, ask: so-tttt, by: 2017-12-31}")
    (found,) = outcomes(APPS, unknown)
    assert (found.status, found.reason, found.values["why"]) == (Status.MANUAL, "unknown", "chưa giao")
    (found,) = outcomes({**APPS, "known": True}, unknown)
    assert (found.status, found.values["found"]) == (Status.FAIL, "1")


def test_a_column_of_several_fields_needs_one_and_a_part_may_follow_its_whole() -> None:
    either = {**APPS, "columns": [["type_", "owner"]]}
    with pytest.raises(ValidationError):
        outcomes(either, "elements:\n" + app("a"))
    either = {**APPS, "columns": [["security_level", "owner"]]}
    assert told(either, "elements:\n" + app("a", "security_level: 2")) == [("pass", "said", ("a",))]
    whole = "elements:\n" + app("a", "owner: so-tttt") + app("b", "part_of: [a]")
    assert [one[0] for one in told(APPS, whole)] == ["fail"]
    assert [one[0] for one in told({**APPS, "from_whole": True}, whole)] == ["pass"]


def test_relations_are_rows_too_and_are_called_by_their_ends() -> None:
    check = {
        "kind": "columns",
        "exchanges": {"from": {"kind": "application"}, "with": {"kind": "application"}},
        "columns": ["owner"],
    }
    with pytest.raises(ValidationError):
        outcomes(check, "elements:\n" + app("a"))
    check["columns"] = ["about"]
    with pytest.raises(ValidationError):
        outcomes(check, "elements:\n" + app("a"))
    check["columns"] = ["protocol"]
    snippet = "elements:\n" + app("a", "uses: [b]") + app("b", "uses: [{to: a, protocol: HTTPS}]")
    (found,) = outcomes(check, snippet)
    assert (found.values["found"], found.values["allowed"], found.values["others"]) == ("1", "2", "A → B")


def test_a_column_may_be_a_relation() -> None:
    says = {"vi": "thành phần", "en": "component"}
    check = {
        "kind": "columns",
        "select": {"section": "goals"},
        "columns": [{"via": "realises", "dir": "in", "says": says}],
    }
    goals = "goals:\n  mot: {name: Một}\n  hai: {name: Hai}\nelements:\n"
    (found,) = outcomes(check, goals + app("a", "realises: [mot]"))
    assert (found.status, found.values["field"], found.values["others"]) == (Status.FAIL, "thành phần", "Hai")
    assert told(check, goals + app("a", "realises: [mot, hai]")) == [("pass", "said", ("hai", "mot"))]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "columns", "columns": ["owner"]},
        {"kind": "columns", "select": {}, "exchanges": {"from": {}, "with": {}}, "columns": ["owner"]},
        {"kind": "columns", "select": {"section": "tasks"}, "columns": ["owner"]},
    ],
)
def test_a_table_has_one_source_of_rows_and_columns_they_have(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        outcomes(wrong, "elements:\n" + app("a"))


# --- unknown values ---

UNKNOWNS = {"kind": "unknowns"}


def test_unknown_values_are_told_by_section_with_what_they_lack() -> None:
    snippet = (
        "elements:\n"
        + app("a", "owner: {unknown: chưa rõ, ask: so-tttt}")
        + app("b", "owner: {unknown: chưa rõ, ask: so-tttt, by: 2017-12-31}")
        + "tasks:\n  t: {name: T, lead: {unknown: chưa rõ, by: 2017-12-31}}\n"
    )
    elements, tasks = outcomes(UNKNOWNS, snippet)
    assert [(one.status, one.subjects) for one in (elements, tasks)] == [
        (Status.FAIL, ("elements",)),
        (Status.FAIL, ("tasks",)),
    ]
    assert (elements.values["found"], elements.values["allowed"], elements.values["others"]) == ("1", "2", "A")
    assert "(by)" in elements.values["missing"]
    assert "(ask)" not in elements.values["missing"]
    assert "(ask)" in tasks.values["missing"]
    assert elements.span is not None
    assert elements.span.line == 12


@pytest.mark.parametrize(
    "inside",
    [
        "elements:\n  a: {kind: platform, name: A, reference: {issuer: B, usage: {unknown: chưa rõ}}}\n",
        "elements:\n  a: {kind: platform, name: A, uses: [{to: b, protocol: {unknown: chưa rõ}}]}\n"
        "  b: {kind: platform, name: B}\n",
        "tasks:\n  t: {name: T, cost: [{year: 2018, fund: tinh, amount: {unknown: chưa rõ}}]}\n",
    ],
)
def test_unknown_values_are_found_wherever_they_stand(inside: str) -> None:
    (found,) = outcomes(UNKNOWNS, inside)
    assert (found.status, found.values["found"]) == (Status.FAIL, "1")


def test_what_says_who_and_when_passes_and_nothing_unknown_says_nothing() -> None:
    good = "elements:\n" + app("a", "owner: {unknown: chưa rõ, ask: so-tttt, by: 2017-12-31}")
    assert told(UNKNOWNS, good) == [("pass", "said", ("a",))]
    assert told(UNKNOWNS, "elements:\n" + app("a")) == []


# --- prescribed diagrams ---


def drawn(what: str, text: str) -> list[Outcome | Any]:
    (check,) = CHECKS.validate_python(({"id": "a", "kind": "diagrams", "what": what},), context=GUIDE.words)
    return list(check.outcomes(Matter(guided(text), GUIDE, date(2026, 11, 25))))


def guided(text: str) -> Architecture:
    head = "architecture: {id: a, name: A, agency: o, edition: huong-dan-2026, cut_off: 2026-11-25%s}\n"
    type, _, rest = text.partition("\n")
    return architecture_of(
        "format: kientruc/1\n" + head % type + "organisations: {o: {name: O}}\nelements:\n" + app("a") + rest
    )


def test_each_type_of_framework_has_its_own_diagrams() -> None:
    found = drawn("present", ", type: ministry\nviews:\n  v: {code: sđ-b-01, name: Khái quát}\n")
    assert [(one.status, one.subjects, one.witness) for one in found] == [
        (Status.PASS, ("SĐ-B-01",), ("v",)),
        (Status.FAIL, ("SĐ-B-02",), ()),
    ]
    assert found[1].values["allowed"] == "Hình 6"


def test_while_the_type_is_not_said_a_person_decides() -> None:
    found = drawn("present", "\nviews:\n  v: {code: SĐ-T-01, name: Tổng thể}\n")
    assert [(one.status, one.reason) for one in found] == [(Status.PASS, "drawn"), (Status.MANUAL, "undecided")]


@pytest.mark.parametrize(
    ("head", "view", "status"),
    [
        (', version: "1.0"', ', version: "1.0"', Status.PASS),
        (', version: "1.0"', ', version: "1.1"', Status.FAIL),
        (', version: "1.0"', "", None),
        ("", ', version: "1.0"', None),
    ],
)
def test_a_diagram_bears_the_version_of_the_whole(head: str, view: str, status: Status | None) -> None:
    found = drawn("version", f"{head}\nviews:\n  v: {{code: SĐ-T-01, name: Tổng thể{view}}}\n  w: {{name: Khác}}\n")
    assert [one.status for one in found] == ([status] if status else [])
