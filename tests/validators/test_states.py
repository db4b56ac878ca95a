"""Each kind of check that compares states, on the smallest architectures that show what it says."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kientruc.validators import CHECKS
from kientruc.validators.matter import Matter
from kientruc.validators.requirement import evaluate

from .conftest import architecture_of
from .stated import HEAD, cpdt, lines, outcomes, told

TIMELINES = ("waits", "states", "successors", "presence", "claims")
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


def test_a_declaration_whose_day_has_passed_covers_nothing() -> None:
    text = """\
elements:
  a: {kind: application, name: A, states: [sau]}
contents:
  nd:
    name: ND
    about: [a]
    open: {why: chưa rõ, who: so, by: 2017-12-31}
"""
    assert told(DELTA, text, date(2017, 12, 31)) == [("pass", "declared-open", "a")]
    assert told(DELTA, text, date(2018, 1, 1)) == [("fail", "overdue", "a")]
    found = outcomes(DELTA, text, date(2018, 1, 1))[0]
    assert (found.values["found"], found.values["found_en"], lines(found)) == ("31/12/2017", "2017-12-31", [2, 7])


def test_what_is_only_assumed_covers_nothing_and_fails_nobody() -> None:
    text = """\
elements:
  a: {kind: application, name: A, states: [sau]}
  b: {kind: application, name: B, states: [nay, sau], sends: [{to: c, status: planned, certainty: assumed}]}
  c: {kind: application, name: C, states: [nay, sau]}
tasks:
  nv-1: {name: NV1, delivers: a, certainty: assumed}
  nv-2: {name: NV2, delivers: a, progress: stopped}
"""
    assert told(DELTA, text) == [("manual", "cover-assumed", "a"), ("manual", "assumed", "b", "c")]
    assert outcomes(DELTA, text)[0].values["found"] == "NV1"


def test_a_relation_between_two_that_stay_is_a_gap_of_its_own() -> None:
    text = """\
elements:
  a:
    kind: application
    name: A
    states: [nay, sau]
    sends:
      - {to: b, states: [nay], protocol: SFTP}
      - {to: b, states: [sau], protocol: HTTPS}
    uses: [{to: b, status: planned}]
  b: {kind: application, name: B, states: [nay, sau]}
"""
    assert told(DELTA, text) == [("fail", "uncovered", "a", "b"), ("fail", "uncovered", "a", "b")]
    uses, sends = outcomes(DELTA, text)
    assert (uses.values["change"], uses.values["fields"]) == ("quan hệ “sử dụng B” được bổ sung", "sử dụng “B”")
    assert sends.values["change_en"] == "the relation “sends data to B” changes"
    assert sends.values["fields_en"] == "protocol (protocol)"
    assert (lines(uses), lines(sends)) == ([9], [8])
    assert told(DELTA, text + "tasks: {nv: {name: NV, covers: b}}\n")[0] == ("pass", "by-task", "a", "b")


def test_a_value_nobody_knows_is_asked_about() -> None:
    text = """\
elements:
  a:
    kind: application
    name: A
    states: [nay, sau]
    security_level: 2
    in_state: {sau: {security_level: {unknown: chưa lập hồ sơ, ask: so}}}
    treatment: upgrade
"""
    assert told(DELTA, text) == told(TREATMENTS, text) == [("manual", "unknown", "a")]
    found = outcomes(DELTA, text)[0]
    assert (found.values["why"], found.values["ask"]) == ("chưa lập hồ sơ", "Sở")


def test_what_is_planned_changes_something() -> None:
    text = """\
elements:
  a: {kind: application, name: A, states: [nay, sau]}
  b: {kind: application, name: B, states: [sau]}
  c: {kind: application, name: C, states: {nay: unknown, sau: present}}
contents:
  nd-1: {name: ND1, about: [a]}
  nd-2: {name: ND2, about: [a, b]}
  nd-3: {name: ND3, about: [a, c]}
  nd-4: {name: ND4}
tasks:
  nv-1: {name: NV1, covers: nd-1}
  nv-2: {name: NV2, delivers: [a], covers: nd-2}
"""
    assert told(DELTA | {"of": "contents"}, text) == [
        ("fail", "no-change", "nd-1"),
        ("pass", "touches", "nd-2"),
        ("manual", "membership-unknown", "nd-3"),
    ]
    assert told(DELTA | {"of": "tasks"}, text) == [("fail", "no-change", "nv-1"), ("pass", "touches", "nv-2")]


@pytest.mark.parametrize(
    ("fields", "reason", "places"),
    [
        ("treatment: keep, states: [sau]", "not-in-baseline", [2, 2]),
        ("treatment: keep, states: [nay, sau], scope: province, in_state: {sau: {scope: nation}}", "changed", [2, 2]),
        ("treatment: keep, states: [nay, sau], uses: [{to: moi, states: [sau]}]", "changed", [2, 2]),
        ("treatment: standardise, states: [nay, sau], description: x", "no-new-relation", [2, 2]),
        ("treatment: upgrade, states: [nay, sau], uses: [{to: cu, states: [nay]}]", "no-new-value", [2, 2]),
        ("treatment: upgrade, states: [nay, sau], owner: so, in_state: {sau: {owner: tinh}}", "no-new-value", [2, 2]),
        ("treatment: merge, states: [nay, sau]", "nothing-merged", [2, 2]),
        ("treatment: merge, states: [nay, sau], successor: moi", "still-in-target", [2, 2]),
        ("treatment: merge, states: [nay]", "no-successor", [2, 2]),
        ("treatment: merge, states: [nay], successor: cu", "successor-absent", [2, 2, 4]),
        ("treatment: merge, states: [nay], successor: moi", "no-task", [2, 2]),
        ("treatment: replace, states: [nay]", "no-reason", [2, 2]),
        ("treatment: replace, states: [nay], note: hết hạn, uses: [{to: moi, states: [sau]}]", "still-used", [2, 2]),
        ("treatment: add, states: [nay, sau]", "in-baseline", [2, 2]),
        ("treatment: add, states: [sau]", "no-task", [2, 2]),
    ],
)
def test_each_claim_that_does_not_hold_says_why_and_where(fields: str, reason: str, places: list[int]) -> None:
    text = f"""\
elements:
  a: {{kind: application, name: A, {fields}}}
  moi: {{kind: application, name: Mới, states: [nay, sau]}}
  cu: {{kind: application, name: Cũ, states: [nay]}}
"""
    found = outcomes(TREATMENTS, text)
    assert [(one.status.value, one.reason) for one in found] == [("fail", reason)]
    assert lines(found[0]) == places
    for lang in ("", "_en"):
        assert all(found[0].values[f"{name}{lang}"] for name in ("treatment", "found", "allowed"))


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("delivers: a", ("fail", "no-money")),
        ("delivers: a, total: 5", ("fail", "no-date")),
        ("delivers: a, total: 5, due: 2019-01-01", ("pass", "as-claimed")),
        ("delivers: a, cost: {unknown: chưa duyệt}, due: 2019-01-01", ("manual", "unknown")),
        (
            "delivers: a, cost: [{year: 2018, fund: x, amount: {unknown: chưa rõ}}], period: {from: 2018}",
            ("manual", "unknown"),
        ),
        ("delivers: a, total: 0, period: {unknown: chưa rõ}", ("manual", "unknown")),
        ("delivers: a, resources: [nhân lực của Sở], due: 2019-01-01", ("pass", "as-claimed")),
        ("delivers: a, programme: Đề án 06, due: 2019-01-01", ("pass", "as-claimed")),
        ("delivers: a, resources: {unknown: chưa rõ}, due: 2019-01-01", ("manual", "unknown")),
        ("delivers: a, resources: [], due: 2019-01-01", ("fail", "no-money")),
    ],
)
def test_what_is_added_has_a_task_with_money_and_date(task: str, expected: tuple[str, str]) -> None:
    element = "elements: {a: {kind: application, name: A, treatment: add, states: [sau]}}\n"
    found = outcomes(TREATMENTS, f"{element}tasks: {{nv: {{name: NV, {task}}}}}\n")
    assert [(one.status.value, one.reason) for one in found] == [expected]
    answered = element.replace("treatment", "own_because: không có nền tảng chung, treatment")
    check = TREATMENTS | {"reuse": True}
    tasks = "tasks: {nv: {name: NV, delivers: a, total: 5, due: 2019-01-01}}\n"
    assert told(check, element + tasks) == [("fail", "no-reuse-answer", "a")]
    assert told(check, answered + tasks) == [("pass", "as-claimed", "a")]


@pytest.mark.parametrize("of", ["a", "nv", "nd"])
def test_what_is_leased_needs_no_money_of_its_own(of: str) -> None:
    text = f"""\
elements: {{a: {{kind: application, name: A, treatment: add, states: [sau]}}}}
contents: {{nd: {{name: ND, about: [a]}}}}
tasks: {{nv: {{name: NV, covers: nd, due: 2019-01-01}}}}
sourcing: {{thue: {{of: {of}, form: lease}}}}
"""
    assert told(TREATMENTS, text) == [("pass", "as-claimed", "a")]
    other = text.replace(f"of: {of}", "of: khac") + "goals: {khac: {name: Khác}}\n"
    assert told(TREATMENTS, other) == [("fail", "no-money", "a")]


@pytest.mark.parametrize("field", ["owner", "operator", "data_owner", "technical_contact"])
def test_whose_a_thing_is_is_no_part_of_what_it_is(field: str) -> None:
    kept = f"treatment: keep, states: [nay, sau], {field}: so, in_state: {{sau: {{{field}: tinh}}}}"
    text = f"elements: {{a: {{kind: data_store, name: A, {kept}}}}}\n"
    assert told(TREATMENTS, text) == [("pass", "as-claimed", "a")]
    more = text.replace("sau: {", "sau: {description: khác, ")
    assert told(TREATMENTS, more) == [("fail", "changed", "a")]


@pytest.mark.parametrize("treatment", ["upgrade", "standardise", "merge"])
@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("tasks: {nv: {name: NV, covers: a}}", ("pass", "as-claimed")),
        ("contents: {nd: {name: ND, about: [a]}}", ("pass", "as-claimed")),
        ("tasks: {nv: {name: NV, covers: a, certainty: assumed}}", ("manual", "cover-assumed")),
        ("contents: {nd: {name: ND, about: [a], certainty: assumed}}", ("manual", "cover-assumed")),
        ("contents: {nd: {name: ND, about: [b]}}", ("fail", "")),
        ("tasks: {nv: {name: NV, covers: a, progress: stopped}}", ("fail", "")),
    ],
)
def test_a_task_or_content_about_a_thing_shows_its_change(treatment: str, plan: str, expected: tuple[str, str]) -> None:
    elements = f"""\
elements:
  a: {{kind: application, name: A, treatment: {treatment}, states: [nay, sau]}}
  b: {{kind: application, name: B, states: [nay, sau]}}
"""
    reasons = {"upgrade": "no-new-value", "standardise": "no-new-relation", "merge": "nothing-merged"}
    assert told(TREATMENTS, elements + plan + "\n") == [(expected[0], expected[1] or reasons[treatment], "a")]


def test_others_may_go_into_one_that_stays_whatever_is_said_of_them() -> None:
    text = """\
elements:
  a: {kind: application, name: A, treatment: replace, states: [nay], successor: b}
  b: {kind: application, name: B, treatment: merge, states: [nay, sau]}
  c: {kind: application, name: C, states: [nay], successor: b}
"""
    assert told(TREATMENTS, text) == [("pass", "as-claimed", "a"), ("pass", "as-claimed", "b")]


def test_the_one_that_others_are_merged_into_stays() -> None:
    text = """\
elements:
  a: {kind: application, name: A, treatment: merge, states: [nay], successor: b}
  b: {kind: application, name: B, treatment: merge, states: [nay, sau]}
tasks: {nv: {name: Chuyển dữ liệu, covers: a}}
"""
    assert told(TREATMENTS, text) == [("pass", "as-claimed", "a"), ("pass", "as-claimed", "b")]


def test_what_is_only_assumed_fails_nobody_and_what_says_nothing_gets_nothing() -> None:
    text = "elements: {a: {kind: application, name: A, treatment: keep, states: [nay], certainty: assumed}}\n"
    requirement = cpdt().requirements["C10-AT-01"]
    checks = CHECKS.validate_python(({"id": "a", **TREATMENTS},))
    whole = architecture_of(HEAD + text)
    result = evaluate(
        requirement.model_copy(update={"checks": checks, "applies_from": date(1945, 9, 2)}),
        Matter(whole, cpdt(), whole.cut_off),
    )
    assert [(one.status.value, one.reason) for one in result.outcomes] == [("manual", "assumed")]
    silent = "elements: {a: {kind: application, name: A, uses: b}, b: {kind: application, name: B}}\n"
    for check in (DELTA, TREATMENTS, *({"kind": "timeline", "what": what} for what in TIMELINES)):
        bare = architecture_of(
            re.sub(r"states:\n(  .*\n)+", "", HEAD) + silent.replace("name: A", "name: A, treatment: keep")
        )
        assert outcomes(check, bare) == []
        if check != {"kind": "timeline", "what": "states"}:
            assert outcomes(check, silent) == []
    assert told(TREATMENTS, silent.replace("name: A", "name: A, treatment: keep")) == [
        ("manual", "membership-unsaid", "a")
    ]


def test_nothing_in_the_target_needs_what_is_gone() -> None:
    text = """\
elements:
  a: {kind: application, name: A, states: [nay, sau], uses: [cu, {to: hong, states: [nay]}]}
  b: {kind: application, name: B, states: [nay, sau], uses: [cu, moi]}
  c: {kind: application, name: C, states: [nay, giua, sau], uses: [{to: moi, states: [giua]}]}
  cu: {kind: application, name: Cũ, states: [nay], successor: moi}
  moi: {kind: application, name: Mới, states: [sau]}
  hong: {kind: application, name: Hỏng, states: [nay], in_state: {sau: {description: x}}}
"""
    check = {"kind": "timeline", "what": "presence"}
    assert told(check, text) == [
        ("fail", "valued", "hong"),
        ("fail", "needed", "a", "cu"),
        ("pass", "there", "a", "hong"),
        ("pass", "there", "b", "cu"),
        ("pass", "there", "b", "moi"),
        ("fail", "absent", "c", "moi"),
    ]
    valued, needed, *_, absent = outcomes(check, text)
    assert [lines(one) for one in (valued, needed, absent)] == [[7, 7], [2, 5], [4, 6]]
    assert (needed.values["name"], needed.values["target"], needed.values["target_id"]) == ("A", "Cũ", "cu")
    assert (absent.values["found"], absent.values["found_en"]) == ("không có ở “Giữa”", "not in “Giữa”")


def test_a_successor_is_there_when_the_other_is_gone() -> None:
    text = """\
elements:
  a: {kind: application, name: A, states: [nay], successor: b}
  b: {kind: application, name: B, states: [sau]}
  c: {kind: application, name: C, states: [nay, giua], successor: b}
  d: {kind: application, name: D, states: [nay, giua], successor: e}
  e: {kind: application, name: E, states: {sau: unknown}, owner: so}
"""
    check = {"kind": "timeline", "what": "successors"}
    assert told(check, text) == [
        ("fail", "nobody-there", "a"),
        ("pass", "taken-over", "c"),
        ("manual", "membership-unknown", "d"),
    ]
    found = outcomes(check, text)[0]
    assert (lines(found), found.values["found"]) == ([2, 3, 2], "không có ở “Giữa”")
    assert outcomes(check, text)[2].values["ask"] == "Sở"


def test_the_status_of_a_relation_is_a_claim() -> None:
    text = """\
elements:
  a:
    kind: application
    name: A
    states: [nay, sau]
    uses:
      - {to: b, status: existing}
      - {to: c, status: existing}
      - {to: c, status: planned}
    sends:
      - {to: c, status: planned, states: [nay, sau]}
      - {to: c, status: retired, states: [nay]}
  b: {kind: application, name: B, states: [sau]}
  c: {kind: application, name: C, states: [nay, sau]}
"""
    check = {"kind": "timeline", "what": "claims"}
    assert told(check, text) == [
        ("fail", "claimed", "a", "b"),
        ("pass", "there", "a", "c"),
        ("fail", "claimed", "a", "c"),
        ("pass", "there", "a", "c"),
    ]
    existing, _, planned, _ = outcomes(check, text)
    assert (lines(existing), lines(planned)) == ([7, 13], [11, 11])
    assert (existing.values["found"], existing.values["allowed"]) == ("không có ở “Nay”", "đang có")


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("a: {role: baseline, until: 2017}", []),
        ("a: {role: baseline, from: 2018, until: 2017}", [("fail", "reversed", "a")]),
        ("a: {role: baseline, from: 2018}, b: {role: target, from: 2017}", [("fail", "reversed", "b")]),
        ("a: {role: baseline, until: 2017}, b: {role: target, from: 2016, until: 2020}", [("pass", "in-order", "b")]),
        ("a: {role: target, from: 2018, until: 2020}, b: {role: target, from: 2019, until: 2025}", [
            ("pass", "in-order", "a"), ("fail", "reversed", "b"),
        ]),
        ("a: {role: target}, b: {role: target}", [("fail", "undated", "b")]),
        ("a: {role: baseline, from: 2018}, b: {role: transition}, c: {role: target, from: 2017}", [
            ("fail", "reversed", "c"),
        ]),
    ],
)  # fmt: skip
def test_states_follow_each_other(states: str, expected: list[tuple[str, ...]]) -> None:
    dated = re.sub(r"(from|until): (\d{4})", r"\1: \2-01-01", states).replace("{role", "{name: X, role")
    whole = architecture_of(HEAD[: HEAD.index("states:")] + f"states: {{{dated}}}\n")
    assert told({"kind": "timeline", "what": "states"}, whole) == expected
