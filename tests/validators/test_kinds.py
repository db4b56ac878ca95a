"""Each kind of check on the smallest architectures that show what it passes, fails and leaves open."""

from __future__ import annotations

from datetime import date

import pytest

from kientruc.result import Answer, Status

from .kinds import ID, evaluated, outcomes, told

LGSP = """
elements:
  lgsp: {kind: platform, role: lgsp, name: LGSP, owner: so-tttt}
  a: {kind: application, name: Một cửa, owner: so-tttt, sends: [lgsp]}
  b: {kind: application, name: Văn bản, owner: ubnd-tinh, sends: [a]}
  c: {kind: application, name: Lẻ, owner: ubnd-tinh}
"""
APPS = {"kind": "application"}


def test_count_is_exact() -> None:
    check = {"kind": "count", "select": {"role": "lgsp"}, "min": 1, "max": 1}
    assert told(check, LGSP) == [("pass", "counted", ("lgsp",))]
    found = outcomes(check | {"select": APPS}, LGSP)[0]
    assert (found.status, found.reason, found.subjects) == (Status.FAIL, "too-many", ("a", "b", "c"))
    assert (found.values["found"], found.values["allowed"]) == ("3", "1")
    assert found.values["others"] == "Một cửa, Văn bản, Lẻ"


def test_unique_folds_what_readers_take_for_the_same() -> None:
    text = """
elements:
  a: {kind: application, name: Quản lý  Hòa giải}
  b: {kind: application, name: quản lý hoà giải}
  c: {kind: application, name: Quản lý hòa bình}
"""
    check = {"kind": "unique", "select": APPS, "by": ["name"]}
    assert told(check, text) == [("fail", "duplicate", ("a", "b")), ("pass", "alone", ("c",))]
    assert [one[0] for one in told(check | {"fold": False}, text)] == ["pass", "pass", "pass"]


def test_require_relation_counts_neighbours() -> None:
    check = {"kind": "require_relation", "select": APPS, "via": "sends", "to": {"role": "lgsp"}}
    assert told(check, LGSP) == [
        ("fail", "too-few", ("b",)),
        ("fail", "too-few", ("c",)),
        ("pass", "counted", ("a", "lgsp")),
    ]


def test_forbid_relation_tells_each_relation() -> None:
    check = {"kind": "forbid_relation", "from": APPS, "to": APPS, "via": "sends", "unless_same": "owner"}
    assert told(check, LGSP) == [
        ("fail", "joined", ("b", "a")),
        ("pass", "apart", ("a",)),
        ("pass", "apart", ("c",)),
    ]


def test_reach_shows_the_way_or_where_it_ends() -> None:
    check = {"kind": "reach", "select": APPS, "via": "data_flow", "to": {"role": "lgsp"}}
    assert told(check, LGSP) == [
        ("fail", "no-path", ("c",)),
        ("pass", "reaches", ("a", "lgsp")),
        ("pass", "reaches", ("b", "a", "lgsp")),
    ]


def test_passes_through_shows_the_way_around() -> None:
    text = """
elements:
  lgsp: {kind: platform, role: lgsp, name: LGSP}
  a: {kind: application, name: A, owner: so-tttt, sends: [{to: c, over: [lgsp]}]}
  b: {kind: application, name: B, owner: so-tttt, sends: [a, d]}
  c: {kind: application, name: C, owner: ubnd-tinh}
  d: {kind: application, name: D, owner: ubnd-tinh}
"""
    check = {
        "kind": "passes_through", "from": APPS, "to": APPS, "via": "data_flow", "through": {"role": "lgsp"},
        "partition": "owner",
    }  # fmt: skip
    assert told(check, text) == [("fail", "around", ("b", "d")), ("pass", "through", ("a", "lgsp", "c"))]
    assert outcomes(check, text)[0].values["path"] == "B → D"


def test_acyclic_shows_one_shortest_cycle() -> None:
    text = """
elements:
  a: {kind: application, name: A, depends_on: [b]}
  b: {kind: application, name: B, depends_on: [c, d]}
  c: {kind: application, name: C, depends_on: [a]}
  d: {kind: application, name: D}
"""
    check = {"kind": "acyclic", "select": APPS, "via": "depends_on"}
    found = outcomes(check, text)
    assert [(one.reason, one.witness, one.values["path"]) for one in found] == [
        ("cycle", ("a", "b", "c"), "A → B → C → A")
    ]
    assert len(found[0].also) == 2
    assert told(check, text.replace(", depends_on: [a]", "")) == [("pass", "no-cycle", ("a",))]


def test_chain_says_where_it_stops() -> None:
    text = """
elements:
  a: {kind: application, name: A}
contents:
  nd: {name: Nội dung, about: [a]}
tasks:
  xong: {name: Xong, covers: [nd], waits_for: [sau], delivers: [a]}
  sau: {name: Sau, delivers: [a]}
  dut: {name: Đứt, waits_for: [le]}
  le: {name: Lẻ}
"""
    check = {
        "kind": "chain",
        "select": {"section": "tasks", "where": {"related": {"via": "waits_for", "section": "tasks"}}},
        "path": [
            {"via": "waits_for", "to": {"section": "tasks"}},
            {"via": "delivers", "to": APPS},
        ],
    }
    assert told(check, text) == [("fail", "broken", ("dut", "le")), ("pass", "chained", ("xong", "sau", "a"))]
    values = outcomes(check, text)[0].values
    assert (values["step"], values["found"], values["missing"]) == ("2", "Lẻ", "ứng dụng")


def test_mapped_asks_for_a_place_or_a_reason() -> None:
    text = """
components:
  hai: {order: 1, name: Hai, maps: {cpdt-1.0: [kenh-truy-cap, ung-dung-csdl]}}
elements:
  a: {kind: application, name: A, component: hai, places: {cpdt-1.0: ung-dung-cap-tinh}}
  b: {kind: application, name: B, component: hai}
  c: {kind: application, name: C, outside: {cpdt-1.0: Của Trung ương}}
  d: {kind: application, name: D}
"""
    check = {"kind": "mapped", "select": APPS}
    assert [(one[0], one[1]) for one in told(check, text)] == [
        ("fail", "unplaced"),
        ("manual", "several-places"),
        ("pass", "placed"),
        ("pass", "outside"),
    ]


def test_mapped_tells_once_of_a_component_what_its_elements_share() -> None:
    text = """
components:
  hai: {order: 1, name: Hai, maps: {cpdt-1.0: [kenh-truy-cap, ung-dung-csdl]}}
  khong: {order: 2, name: Không}
elements:
  a: {kind: application, name: A, component: khong}
  b: {kind: application, name: B, component: khong}
  c: {kind: application, name: C, component: khong, places: {cpdt-1.0: ung-dung-csdl}}
  e: {kind: application, name: E}
  f: {kind: application, name: F, component: hai}
"""
    found = outcomes({"kind": "mapped", "select": APPS, "by_component": True}, text)
    assert [(one.reason, one.subjects, one.values.get("size")) for one in found] == [
        ("unplaced", ("e",), "1"),
        ("unplaced", ("khong", "a", "b"), "2"),
        ("several-places", ("hai", "f"), "1"),
        ("placed", ("c",), None),
    ]
    assert (found[1].values["name"], found[2].values["kind"]) == ("Không", "thành phần chính")


def test_coverage_may_go_below_the_places_on_top() -> None:
    check = {"kind": "coverage", "obligation": ["optional"], "deep": True}
    assert told(check, "elements:\n  a: {kind: application, name: A}\n") == []
    text = "elements:\n  a: {kind: application, name: A, places: {cpdt-1.0: ung-dung-cap-tinh}}\n"
    found = outcomes(check, text)
    assert [one.subjects for one in found if one.status is Status.PASS] == [("ung-dung-cap-tinh",)]
    assert ("dich-vu-thu-muc",) in [one.subjects for one in found if one.status is Status.FAIL]


def test_evidence_is_dated_and_names_its_subject() -> None:
    text = """
elements:
  a: {kind: application, name: A}
  b: {kind: application, name: B}
  c: {kind: application, name: C}
evidence:
  qd: {name: Quyết định, type: level-approval, about: [a], date: 2017-01-01, until: 2018-01-01}
  cu: {name: Cũ, type: level-approval, about: [b], date: 2015-01-01, until: 2016-01-01}
"""
    check = {
        "kind": "evidence", "select": APPS, "must": {"prop": "type", "eq": "level-approval"}, "valid": True,
    }  # fmt: skip
    assert told(check, text) == [
        ("fail", "expired", ()),
        ("fail", "unproved", ()),
        ("pass", "proved", ("a", "qd")),
    ]


def test_no_text_never_repeats_what_it_found() -> None:
    text = """
elements:
  a: {kind: application, name: A, extra: {ghi-chu: ["mat khau: hunter2"]}}
"""
    sort = {"vi": "mật khẩu", "en": "a password"}
    check = {"kind": "no_text", "patterns": [{"id": "mk", "pattern": "(?i)mat khau: *[^ ]+", "says": sort}]}
    found = outcomes(check, text)[0]
    assert (found.status, found.subjects, found.values["found"]) == (Status.FAIL, ("a",), "mật khẩu")
    assert found.values["field"] == "extra.ghi-chu.0"
    assert "hunter2" not in str(found.values)
    assert found.span is not None
    assert found.span.text == '"mat khau: hunter2"'
    assert told(check, LGSP) == [("pass", "clean", ("vi-du",))]


def test_a_question_waits_for_its_answer() -> None:
    check = {"kind": "manual", "question": {"vi": "Đã ký chưa?", "en": "Signed?"}}
    assert told(check, LGSP) == [("manual", "question", ("vi-du",))]
    answer = Answer(Status.PASS, "Nguyễn Văn A", date(2017, 9, 20), "Đã xem bản gốc")
    result = evaluated(check, LGSP, answers={(ID, "a"): answer})
    assert (result.status, result.outcomes[0].reason) == (Status.PASS, "answered")
    assert result.outcomes[0].values["on_en"] == "2017-09-20"
    assert evaluated(check, LGSP, answers={(ID, "b"): answer}).status is Status.MANUAL


@pytest.mark.parametrize(
    ("setting", "asked"),
    [
        ({}, ["moi", "cu"]),
        ({"numbers": ["Quyết định 3090/QĐ-BKHCN"]}, ["cu"]),
        ({"without": ["3090/qđ-bkhcn"]}, ["moi"]),
    ],
)
def test_in_force_may_be_asked_of_some_documents_alone(setting: dict[str, list[str]], asked: list[str]) -> None:
    text = """
legal:
  cu: {number: 3090/QĐ-BKHCN, title: Cũ}
  moi: {number: 39/2017/TT-BTTTT, title: Mới}
elements:
  a: {kind: application, name: A, basis: [cu, moi]}
"""
    found = outcomes({"kind": "in_force", **setting}, text)
    assert sorted(one.subjects[0] for one in found) == sorted(asked)


def test_each_unknown_field_keeps_its_reason_and_its_place() -> None:
    text = """
elements:
  a:
    kind: application
    name: A
    owner: {unknown: nguồn không nêu}
    security_level: {unknown: chưa có hồ sơ}
"""
    (found,) = outcomes({"kind": "require_props", "select": APPS, "props": ["owner", "security_level"]}, text)
    assert (found.status.value, found.values["why"]) == ("manual", "nguồn không nêu; chưa có hồ sơ")
    assert found.span is not None
    assert [span.line - found.span.line for span in found.also] == [1]
