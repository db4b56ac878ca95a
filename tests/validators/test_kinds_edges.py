"""The edges of each kind of check: nothing, one and many, loops, unknown and assumed, states, other writings."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from kientruc.result import Answer, Status
from kientruc.validators import CHECKS

from .kinds import APPS, ID, LGSP, evaluated, outcomes, status, told, words_of

# --- count ---

ONE_LGSP: dict[str, Any] = {"kind": "count", "select": LGSP, "min": 1, "max": 1}


def test_what_is_left_out_fails_but_an_empty_architecture_does_not() -> None:
    (one,) = outcomes(ONE_LGSP, "elements:\n  a: {kind: application, name: A}\n")
    assert (one.status, one.reason, one.subjects) == (Status.FAIL, "too-few", ())
    assert (one.values["found"], one.values["others"], one.values["others_en"]) == ("0", "chưa ghi", "nothing")
    assert one.span is not None
    assert one.span.line == 2  # the head
    assert outcomes(ONE_LGSP, "") == ()
    assert outcomes(ONE_LGSP | {"min": 0}, "elements:\n  a: {kind: application, name: A}\n") == ()


def test_what_is_only_assumed_neither_counts_nor_is_too_much() -> None:
    text = "elements:\n  a: {kind: platform, role: lgsp, name: A, certainty: assumed}\n"
    both = text + "  b: {kind: platform, role: lgsp, name: B}\n"
    assert told(ONE_LGSP, text) == [("manual", "on-assumption", ("a",))]
    assert told(ONE_LGSP, both) == [("manual", "on-assumption", ("a", "b"))]
    assert told(ONE_LGSP | {"max": 2}, both) == [("pass", "counted", ("b",))]
    assert told(ONE_LGSP | {"min": 3, "max": 3}, both) == [("fail", "too-few", ("b",))]
    assert told(ONE_LGSP | {"min": 2, "max": 3}, text) == [("fail", "too-few", ())]  # however it turns out


def test_an_unknown_value_is_asked_about_before_anything_is_counted() -> None:
    text = """
elements:
  a: {kind: application, name: A, security_level: {unknown: chưa rõ, ask: so-tttt}}
  b: {kind: application, name: B, security_level: 3}
"""
    check = {"kind": "count", "select": APPS | {"where": {"prop": "security_level", "ge": 3}}, "max": 1}
    (one,) = outcomes(check, text)
    assert (one.status, one.reason, one.values["ask_en"]) == (
        Status.MANUAL,
        "unknown",
        "Sở Thông tin và Truyền thông",
    )
    assert status(check | {"max": 2}, text) == ["pass"]


def test_each_group_is_counted_apart() -> None:
    text = """
elements:
  a: {kind: application, name: A, owner: so-tttt, standards: [XML, "xml "]}
  b: {kind: application, name: B, owner: so-tttt, standards: [JSON, XML]}
  c: {kind: application, name: C, owner: ubnd-tinh}
  d: {kind: application, name: D}
  e: {kind: application, name: E, owner: {unknown: chưa rõ}}
"""
    check = {"kind": "count", "select": APPS, "max": 1, "group_by": "owner"}
    first = outcomes(check, text)[0]
    assert (first.subjects, first.values["group"]) == (("a", "b"), "Sở Thông tin và Truyền thông")
    assert told(check, text)[1:] == [("manual", "unknown", ()), ("pass", "counted", ("c",))]
    by_standard = check | {"group_by": "standards", "max": 9}
    assert [one.subjects for one in outcomes(by_standard, text)] == [("a", "b"), ("b",)]


def test_only_twenty_are_named_but_all_are_counted() -> None:
    text = "elements:\n" + "".join(f"  a{n:02}: {{kind: application, name: A{n}}}\n" for n in range(25))
    (one,) = outcomes({"kind": "count", "select": APPS, "max": 3}, text)
    assert (len(one.subjects), one.values["found"], one.values["allowed"]) == (20, "25", "≤ 3")
    assert one.values["others"].endswith(", A19, …")


# --- unique ---

NAMES: dict[str, Any] = {"kind": "unique", "select": APPS, "by": ["name"]}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hòa giải", "hoà  giải", True),
        ("Sức khỏe", "Sức khoẻ", True),
        ("Thủy lợi", "THUỶ LỢI", True),
        ("Thúy", unicodedata.normalize("NFD", "thuý"), True),
        ("Hoàn thuế", "Hòan thuế", True),
        ("Hoặc", unicodedata.normalize("NFD", "họăc"), True),
        ("Hòa", "Hóa", False),
        ("Hoa", "Hòa", False),
        ("Đất đai", "Dat dai", False),
        ("Quý", "Quy", False),
        ("straße", "STRASSE", True),
    ],
)
def test_names_are_the_same_where_a_reader_takes_them_so(one: str, other: str, same: bool) -> None:
    text = f"elements:\n  a: {{kind: application, name: {one}}}\n  b: {{kind: application, name: {other}}}\n"
    assert status(NAMES, text) == (["fail"] if same else ["pass", "pass"])


def test_each_place_of_a_duplicate_is_told_the_second_first() -> None:
    text = """elements:
  a: {kind: application, name: Trùng}
  b: {kind: application, name: Lẻ}
  c: {kind: application, name: trùng}
  d: {kind: application, name: Trùng}
"""
    found = outcomes(NAMES, text)[0]
    lines = [span.text for span in (found.span, *found.also) if span]
    assert (found.subjects, lines) == (("a", "c", "d"), ["trùng", "Trùng", "Trùng"])
    assert found.span is not None
    assert found.span.line < found.also[0].line
    assert found.values["others"] == "trùng, Trùng"


def test_the_silent_are_not_compared_and_the_unknown_are_asked() -> None:
    text = """
elements:
  a: {kind: application, name: A, security_level: 3, owner: so-tttt}
  b: {kind: application, name: B, security_level: 3}
  c: {kind: application, name: C, security_level: 3, owner: {unknown: chưa rõ}}
  d: {kind: application, name: D, security_level: 3, owner: so-tttt}
"""
    check = {"kind": "unique", "select": APPS, "by": ["security_level", "owner"]}
    assert told(check, text) == [("fail", "duplicate", ("a", "d")), ("manual", "unknown", ())]


def test_documents_have_numbers_of_their_own() -> None:
    text = """
legal:
  a: {number: 1/QĐ-TTg, title: A}
  b: {number: 1/qđ-ttg, title: B}
"""
    found = outcomes({"kind": "unique", "select": {"section": "legal"}, "by": "number"}, text)
    assert [(one.status.value, one.subjects, one.values["name"]) for one in found] == [("fail", ("a", "b"), "1/QĐ-TTg")]


# --- mapped, evidence ---


def test_a_place_below_the_parents_or_a_reason() -> None:
    text = """
components:
  mot: {order: 1, name: Một, maps: {cpdt-1.0: [ung-dung-cap-tinh, ung-dung-so-huyen-xa]}}
elements:
  a: {kind: application, name: A, component: mot}
  b: {kind: application, name: B, places: {cpdt-1.0: kenh-truy-cap}}
"""
    check = {"kind": "mapped", "select": APPS}
    assert told(check, text) == [("pass", "placed", ("a", "mot")), ("pass", "placed", ("b",))]
    below = check | {"parents": ["ung-dung-csdl"]}
    found = outcomes(below, text)
    assert [(one.status.value, one.reason, one.subjects) for one in found] == [
        ("fail", "other-place", ("b",)),
        ("pass", "placed", ("a",)),
    ]
    assert found[0].values["allowed_en"] == "Applications and databases"
    assert found[0].span is not None
    assert found[0].span.text == "kenh-truy-cap"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2016, 12, 31), "fail"),
        (date(2017, 1, 1), "pass"),
        (date(2018, 1, 1), "pass"),
        (date(2018, 1, 2), "fail"),
    ],
)
def test_a_paper_holds_from_its_date_to_its_last_day(on: date, expected: str) -> None:
    text = """
elements:
  a: {kind: application, name: A}
evidence:
  qd: {name: Quyết định, about: [a], date: 2017-01-01, until: 2018-01-01}
"""
    assert status({"kind": "evidence", "select": APPS, "valid": True}, text, on) == [expected]
    undated = text.replace(", date: 2017-01-01", "")
    assert status({"kind": "evidence", "select": APPS, "valid": True}, undated, on) == ["fail"]
    assert status({"kind": "evidence", "select": APPS}, undated, on) == ["pass"]


def test_a_decision_or_work_can_prove_as_well() -> None:
    text = """
elements:
  a: {kind: application, name: A}
  b: {kind: application, name: B}
sourcing:
  thue: {of: a, form: lease, reason: cost}
  mua: {of: [b], form: {unknown: chưa quyết}}
tasks:
  lam: {name: Làm, delivers: [b]}
"""
    lease = {"kind": "evidence", "select": APPS, "section": "sourcing", "must": {"prop": "form", "eq": "lease"}}
    assert told(lease, text) == [("manual", "unknown", ()), ("pass", "proved", ("a", "thue"))]
    assert told({"kind": "evidence", "select": APPS, "section": "tasks"}, text) == [
        ("fail", "unproved", ()),
        ("pass", "proved", ("b", "lam")),
    ]
    assert status({"kind": "evidence", "select": APPS, "section": "tasks", "named_in": "covers"}, text) == ["fail"] * 2
    invest = lease | {"must": {"prop": "form", "eq": "invest"}}
    first = outcomes(invest, text)[0]
    assert (first.subjects, first.reason, first.values["found"]) == (("a",), "differs", "lease")


# --- no_text, manual ---

KEY = {
    "id": "khoa",
    "pattern": "-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "says": {"vi": "khóa bí mật", "en": "a private key"},
}
ADDRESS = {
    "id": "dia-chi",
    "pattern": r"\b(10|192\.168)\.\d+\.\d+(\.\d+)?\b",
    "says": {"vi": "địa chỉ IP nội bộ", "en": "an inner IP address"},
}
SECRETS: dict[str, Any] = {"kind": "no_text", "patterns": [KEY, ADDRESS]}


def test_every_text_is_read_wherever_it_stands() -> None:
    text = """
elements:
  a:
    kind: application
    name: A
    note: http://10.1.2.3/admin
    certainty: assumed
    extra: {"máy 10.9.9.9": x, sâu: {hơn: ["-----BEGIN RSA PRIVATE KEY----- 192.168.1.1"]}}
    sends: [{to: a, protocol: HTTP 10.0.0.1}]
tasks:
  t: {name: T, period: {from: 2017}, cost: [{year: 2017, fund: quỹ 10.2.3.4, amount: 5}]}
"""
    found = outcomes(SECRETS, text)
    assert [(one.subjects, one.values["field"], one.values["found_en"]) for one in found] == [
        (("a",), "ghi chú (note)", "an inner IP address"),
        (("a",), "extra.máy 10.9.9.9", "an inner IP address"),
        (("a",), "extra.sâu.hơn.0", "a private key"),
        (("a",), "extra.sâu.hơn.0", "an inner IP address"),
        (("t",), "cost.0.fund", "an inner IP address"),
        (("a",), "giao thức (protocol)", "an inner IP address"),
    ]
    assert {one.status for one in found} == {Status.FAIL}  # also of what is only assumed
    some = SECRETS | {"sections": ["tasks"]}
    assert [one.subjects for one in outcomes(some, text)] == [("t",)]
    assert told(SECRETS | {"sections": ["legal"]}, text) == [("pass", "clean", ("vi-du",))]


def test_a_question_is_asked_where_it_concerns_something() -> None:
    check = {
        "kind": "manual",
        "question": {"vi": "Đã ký chưa?", "en": "Signed?"},
        "guidance": {"vi": "Xem bản gốc.", "en": "See the original."},
        "when": LGSP,
    }
    assert outcomes(check, "elements:\n  a: {kind: application, name: A}\n") == ()
    assert outcomes({"kind": "manual", "question": check["question"]}, "") == ()
    text = "elements:\n  b: {kind: platform, role: lgsp, name: Bê}\n"
    (one,) = outcomes(check, text)
    assert (one.status, one.subjects, one.values["name"]) == (Status.MANUAL, ("b",), "Bê")
    for answered in (Status.PASS, Status.FAIL, Status.NOT_APPLICABLE):
        result = evaluated(check, text, answers={(ID, "a"): Answer(answered, "Bà Ba", date(2017, 9, 20), "Rõ")})
        assert (result.status, result.counts[answered], result.outcomes[0].reason) == (answered, 1, "answered")


def test_an_answer_changes_nothing_but_its_question() -> None:
    answers = {(ID, "a"): Answer(Status.PASS, "Bà Ba", date(2017, 9, 20))}
    text = "elements:\n  a: {kind: application, name: A, owner: {unknown: chưa rõ}}\n"
    result = evaluated({"kind": "require_props", "select": APPS, "props": ["owner"]}, text, answers=answers)
    assert (result.status, result.outcomes[0].reason) == (Status.MANUAL, "unknown")


# --- require_props, when_then of any section ---


def test_fields_of_any_section_can_be_asked_for() -> None:
    text = """
elements:
  a: {kind: application, name: A, codes: {mau03: U1}}
tasks:
  co: {name: Có, lead: so-tttt, period: {from: 2017, until: 2018}}
  chua: {name: Chưa, lead: {unknown: chưa rõ, ask: so-tttt}, period: {from: 2017}}
"""
    lead = {"kind": "require_props", "select": {"section": "tasks"}, "props": ["lead"]}
    assert told(lead, text) == [("manual", "unknown", ()), ("pass", "said", ("co",))]
    until = lead | {"props": ["lead", "period.until"]}
    (first, _) = outcomes(until, text)
    assert (first.subjects, first.values["missing"], first.values["kind"]) == (("chua",), "period.until", "nhiệm vụ")
    coded = {"kind": "require_props", "select": APPS, "props": ["codes.mau03"]}
    assert told(coded, text) == [("pass", "said", ("a",))]
    must = {"kind": "when_then", "select": {"section": "tasks"}, "must": {"prop": "period.until", "eq": 2018}}
    assert [(one.subjects, one.reason) for one in outcomes(must, text)] == [(("chua",), "missing"), (("co",), "holds")]
    assert outcomes(must, text)[0].values["allowed"] == "2018"


# --- what an edition may not write ---


@pytest.mark.parametrize(
    "check",
    [
        {"kind": "count", "select": APPS},
        {"kind": "count", "select": APPS, "min": 2, "max": 1},
        {"kind": "count", "select": APPS, "min": -1},
        {"kind": "require_relation", "select": APPS, "via": "sends", "min": 0},
        {"kind": "require_relation", "select": APPS, "via": "flows"},
        {"kind": "unique", "select": APPS, "by": []},
        {"kind": "unique", "select": APPS, "by": ["lead"]},
        {"kind": "unique", "select": APPS, "by": ["owner", "name", "kind", "security_level", "standards"]},
        {"kind": "forbid_relation", "from": APPS, "to": APPS, "via": "sends", "unless_same": "codes.mau03"},
        {"kind": "forbid_relation", "from": APPS, "to": APPS, "via": "sends", "unless_same": "lead"},
        {"kind": "passes_through", "from": APPS, "to": APPS, "via": "sends", "through": LGSP, "partition": "name"},
        {"kind": "reach", "select": APPS, "via": "sends", "to": {"role": "lgps"}},
        {"kind": "chain", "select": APPS, "path": []},
        {"kind": "chain", "select": APPS, "path": [{"via": "sends", "to": APPS}] * 6},
        {"kind": "mapped", "select": APPS, "parents": ["kenh-truy-cp"]},
        {"kind": "evidence", "select": APPS, "section": "notes"},
        {"kind": "evidence", "select": APPS, "section": "tasks", "valid": True},
        {"kind": "evidence", "select": APPS, "named_in": "subjects"},
        {"kind": "evidence", "select": APPS, "must": {"prop": "owner", "is": "set"}},
        {"kind": "no_text", "patterns": []},
        {"kind": "no_text", "patterns": [KEY | {"pattern": "(?=a)"}]},
        {"kind": "no_text", "patterns": [KEY], "sections": ["element"]},
        {"kind": "manual", "question": {"vi": "Chỉ tiếng Việt?"}},
        {"kind": "require_props", "select": {"section": "tasks"}, "props": ["owner"]},
        {"kind": "require_props", "select": {"section": "tasks"}, "props": ["lead"], "from_whole": True},
        {"kind": "when_then", "select": {"section": "tasks"}, "must": {"prop": "owner", "is": "set"}},
    ],
)
def test_what_means_nothing_is_refused(check: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CHECKS.validate_python(({"id": "a", **check},), context=words_of("cpdt-1.0").words)
