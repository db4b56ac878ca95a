"""The whole run: days, unknown against missing, crashes, caps, order, and the verdict."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kientruc import api
from kientruc.frameworks import Edition
from kientruc.frameworks.requirement import Combine
from kientruc.loading import load_text
from kientruc.result import RequirementResult, Status, Verdict
from kientruc.validators import run
from kientruc.validators.check import KEPT, Check
from kientruc.validators.matter import Found, Matter
from kientruc.validators.requirement import evaluate, rolled_up

from .conftest import CheckText, architecture_of

GOOD = """
elements:
  van-ban: {kind: application, name: Quản lý văn bản, owner: so-tttt, security_level: 2}
"""
UNSAID = """
elements:
  van-ban: {kind: application, name: Quản lý văn bản, owner: so-tttt}
"""
UNKNOWN = """
elements:
  van-ban:
    kind: application
    name: Quản lý văn bản
    owner: so-tttt
    security_level: {unknown: chưa lập hồ sơ, ask: so-tttt, by: 2017-12-31}
"""
CITIZENS = """
elements:
  dan-cu: {kind: data_store, role: national_population_database, name: Dân cư, reference: {issuer: Bộ Công an}}
  mot-cua: {kind: application, role: one_stop, name: Một cửa, reads: [dan-cu], sends: [van-ban]}
  van-ban: {kind: application, name: Văn bản}
"""


# --- unknown and missing ---


def test_missing_fails_and_unknown_waits_for_the_one_who_must_answer(check: CheckText) -> None:
    assert check("C10-AT-01", UNSAID).status is Status.FAIL
    result = check("C10-AT-01", UNKNOWN)
    outcome = result.outcomes[0]
    assert (result.status, outcome.reason) == (Status.MANUAL, "unknown")
    assert outcome.values["why"] == "chưa lập hồ sơ"
    assert outcome.values["ask"] == "Sở Thông tin và Truyền thông"
    assert (outcome.values["by"], outcome.values["by_en"]) == ("31/12/2017", "2017-12-31")
    assert outcome.values["field"] == "cấp độ an toàn thông tin (security_level)"
    assert outcome.span is not None
    assert outcome.span.file.text[outcome.span.start :].startswith("{unknown")


def test_a_failure_stands_where_the_thing_is_written(check: CheckText, cpdt: Edition) -> None:
    span = check("C10-AT-01", UNSAID).outcomes[0].span
    assert span is not None
    assert cpdt.example(UNSAID).splitlines()[span.line - 1].startswith("  van-ban:")


def test_a_part_follows_its_whole_and_the_witness_is_the_way_there(check: CheckText) -> None:
    result = check(
        "C10-AT-01",
        """
elements:
  he-thong: {kind: application, name: Hệ thống, owner: so-tttt, security_level: 3}
  phan-he: {kind: application, name: Phân hệ, part_of: [he-thong]}
""",
    )
    assert [(o.status, o.witness) for o in result.outcomes] == [
        (Status.PASS, ("he-thong",)),
        (Status.PASS, ("phan-he", "he-thong")),
    ]


def test_what_was_only_observed_later_is_not_held_to_the_law_of_2017(check: CheckText) -> None:
    observed = """
states:
  quan-sat: {role: observed, name: Quan sát 2020}
  muc-tieu: {role: target, name: Mục tiêu}
elements:
  moi: {kind: application, name: Hệ thống mới, states: [quan-sat]}
"""
    assert check("C10-AT-01", observed).status is Status.NOT_APPLICABLE
    assert check("C10-AT-01", observed.replace("[quan-sat]", "[muc-tieu]")).status is Status.FAIL


def test_the_target_state_has_the_word_where_it_says_something_else(check: CheckText) -> None:
    text = """
states:
  muc-tieu: {role: target, name: Mục tiêu}
elements:
  lgsp: {kind: platform, role: lgsp, name: Nền tảng, security_level: 2, in_state: {muc-tieu: {security_level: 3}}}
"""
    assert check("C10-AT-03", text).status is Status.PASS


# --- days ---


@pytest.mark.parametrize(
    ("on", "status", "why"),
    [
        (date(2017, 9, 13), Status.NOT_APPLICABLE, "not-yet-in-force"),
        (date(2017, 9, 30), Status.NOT_APPLICABLE, "not-yet-in-force"),
        (date(2017, 10, 1), Status.FAIL, ""),
        (date(2017, 10, 2), Status.FAIL, ""),
    ],
)
def test_a_look_ahead_never_fails_before_its_day(check: CheckText, on: date, status: Status, why: str) -> None:
    result = check("C10-TC-02", CITIZENS, on)
    assert (result.status, result.why) == (status, why)
    assert [outcome.subjects for outcome in result.outcomes] == [("mot-cua",)]
    assert result.outcomes[0].reason == ("missing" if status is Status.FAIL else "ahead-missing")


@pytest.mark.parametrize(
    ("id", "first"),
    [
        ("C10-TC-02", date(2017, 10, 1)),
        ("C10-TC-03", date(2018, 7, 1)),
        ("C10-KN-04", date(2018, 6, 1)),
        ("C10-KN-01", date(2017, 8, 10)),
        ("C10-AT-01", date(2016, 7, 1)),
    ],
)
def test_the_days_come_from_the_law(cpdt: Edition, check: CheckText, id: str, first: date) -> None:
    assert cpdt.applies(cpdt.requirements[id])[0] == first
    fails = cpdt.requirements[id].fails
    assert check(id, fails, first).status is Status.FAIL
    assert check(id, fails, date.fromordinal(first.toordinal() - 1)).status is Status.NOT_APPLICABLE


def test_what_has_been_replaced_no_longer_applies(check: CheckText) -> None:
    assert check("C10-TP-01", GOOD, date(2019, 12, 30)).status is Status.FAIL
    result = check("C10-TP-01", GOOD, date(2019, 12, 31))
    assert (result.status, result.why) == (Status.NOT_APPLICABLE, "no-longer-in-force")


@pytest.mark.parametrize(
    ("number", "status", "found"),
    [
        ("13/2017/TT-BTTTT", Status.PASS, ""),
        ("Thông tư 13/2017/TT-BTTTT", Status.PASS, ""),
        ("QCVN 109:2017/BTTTT", Status.FAIL, "1/10/2017"),
        ("32/2017/TT-BTTTT", Status.FAIL, "1/6/2018"),
        ("61/2018/NĐ-CP", Status.FAIL, "21/6/2018"),
        ("23/2018/TT-BTTTT", Status.FAIL, "11/2/2019"),
        ("73/2019/NĐ-CP", Status.FAIL, "2019"),
        ("47/2020/NĐ-CP", Status.FAIL, "25/5/2020"),
        ("22/2013/TT-BTTTT", Status.PASS, "2013"),
        ("1819/QĐ-TTg", Status.MANUAL, "chưa ghi"),
        ("1425/QĐ-TTg", Status.FAIL, "29/7/2026"),
        ("1425/QĐ-UBND", Status.MANUAL, "chưa ghi"),
    ],
)
def test_a_basis_is_held_against_the_day_of_the_data(check: CheckText, number: str, status: Status, found: str) -> None:
    text = f"""
legal:
  van-ban: {{number: "{number}", title: Văn bản}}
elements:
  lgsp: {{kind: platform, name: Nền tảng, basis: [{{document: van-ban}}]}}
"""
    outcome = check("C10-PL-01", text, date(2026, 11, 23)).outcomes[0]
    assert (outcome.status, outcome.values.get("found", "")) == (status, found)


# --- platforms ---


def test_one_platform_alone_needs_a_reason(check: CheckText) -> None:
    text = """
elements:
  lgsp: {kind: platform, role: lgsp, name: LGSP}
  dan-cu: {kind: data_store, role: national_database, name: Dân cư, reference: {issuer: Bộ}}
  mot-cua: {kind: application, name: Một cửa, reads: [{to: dan-cu, over: [lgsp]WHY}]}
"""
    outcome = check("C10-KN-01", text.replace("WHY", "")).outcomes[0]
    assert (outcome.status, outcome.values["missing"]) == (Status.FAIL, "NGSP")
    reason = check("C10-KN-01", text.replace("WHY", ", direct_because: NGSP chưa sẵn sàng"))
    assert reason.outcomes[0].reason == "reason-given"
    later = check("C10-KN-01", text.replace("WHY", ", direct_because: {unknown: chưa hỏi, ask: so-tttt}"))
    assert later.status is Status.MANUAL


def test_a_reason_without_states_is_left_to_a_person(check: CheckText) -> None:
    text = """
elements:
  lgsp: {kind: platform, role: lgsp, name: LGSP}
  dan-cu: {kind: data_store, role: national_database, name: Dân cư, reference: {issuer: Bộ}}
  mot-cua: {kind: application, name: Một cửa, reads: [{to: dan-cu, direct_because: Chưa sẵn sàng}]}
"""
    assert check("C10-KN-02", text).outcomes[0].reason == "not-said"


# --- the run itself ---


class Crashes(Check):
    """A check that fails as a program."""

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome, then fall over."""
        yield Found(Status.PASS, "said")
        raise ZeroDivisionError


class Many(Check):
    """A check with very many outcomes."""

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give 1,500 passes and then 1,500 failures."""
        for status in (Status.PASS, Status.FAIL):
            for index in range(1500):
                yield Found(status, "made", (f"x{index:04}",))


def _with(edition: Edition, id: str, *checks: Check) -> Edition:
    changed = edition.requirements[id].model_copy(update={"checks": checks})
    return replace(edition, requirements={**edition.requirements, id: changed})


def test_a_check_that_crashes_is_an_error_and_the_rest_still_runs(cpdt: Edition) -> None:
    edition = _with(cpdt, "C10-AT-01", Crashes(id="a"))
    result = run(architecture_of(cpdt.example(UNSAID)), edition, date(2017, 9, 13))
    crashed = next(one for one in result.requirements if one.requirement == "C10-AT-01")
    assert crashed.status is Status.ERROR
    assert crashed.outcomes[0].values == {"problem": "ZeroDivisionError"}
    assert crashed.counts[Status.PASS] == 0
    assert len(result.requirements) == len(cpdt.requirements)
    assert result.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(("id", "code"), [("C10-AT-01", True), ("C10-TP-01", False)])
def test_a_crash_counts_as_a_finding_where_the_requirement_binds(cpdt: Edition, id: str, code: bool) -> None:
    architecture, edition = architecture_of(cpdt.example(GOOD)), _with(cpdt, id, Crashes(id="a"))
    report = api.Report(run(architecture, edition, date(2017, 9, 13)), architecture, edition)
    assert (api.fails(report, "must"), report.result.verdict is Verdict.UNDETERMINED) == (code, code)


def test_a_failure_beside_a_crash_stays_a_failure(cpdt: Edition) -> None:
    own = cpdt.requirements["C10-AT-01"].checks[0]
    edition = _with(cpdt, "C10-AT-01", Crashes(id="z"), own)
    result = run(architecture_of(cpdt.example(UNSAID)), edition, date(2017, 9, 13))
    assert result.verdict is Verdict.NOT_MET


def test_everything_is_counted_and_the_gravest_is_kept(cpdt: Edition) -> None:
    edition = _with(cpdt, "C10-AT-01", Many(id="a"))
    result = _only(run(architecture_of(cpdt.example(GOOD)), edition, date(2017, 9, 13)).requirements, "C10-AT-01")
    assert (result.counts[Status.PASS], result.counts[Status.FAIL]) == (1500, 1500)
    assert len(result.outcomes) == KEPT
    assert {outcome.status for outcome in result.outcomes} == {Status.FAIL}
    assert result.outcomes[-1].subjects == ("x0999",)


def test_only_binding_requirements_decide(cpdt: Edition) -> None:
    def verdict(snippet: str) -> Verdict:
        return run(architecture_of(cpdt.example(snippet)), cpdt, date(2017, 9, 13)).verdict

    assert verdict(GOOD) is Verdict.MET  # the outline and the diagram, both on trial, fail here
    assert verdict(UNSAID) is Verdict.NOT_MET
    assert verdict(UNKNOWN) is Verdict.UNDETERMINED
    assert verdict("") is Verdict.UNDETERMINED  # nothing was held against anything


def test_trial_requirements_never_bind(cpdt: Edition) -> None:
    assert {id for id, one in cpdt.requirements.items() if one.status == "trial"} == {
        "C10-DC-01",
        "C10-PL-01",
        "C10-TP-01",
    }
    assert not any(one.binds for one in cpdt.requirements.values() if one.status == "trial")


def test_the_roll_up_is_the_gravest() -> None:
    assert rolled_up({}) is Status.NOT_APPLICABLE
    assert rolled_up({Status.PASS: 9, Status.MANUAL: 1}) is Status.MANUAL
    assert rolled_up({Status.ERROR: 1, Status.FAIL: 1}) is Status.FAIL
    assert rolled_up({Status.PASS: 1, Status.NOT_APPLICABLE: 5}) is Status.PASS


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_what_is_written_means_nothing(cpdt: Edition, seed: int) -> None:
    lines = [
        "  lgsp: {kind: platform, role: lgsp, name: LGSP, security_level: 2}",
        "  dan-cu: {kind: data_store, role: national_database, name: Dân cư, reference: {issuer: Bộ}}",
        "  a: {kind: application, name: A, reads: [dan-cu], sends: [b]}",
        "  b: {kind: application, name: B, part_of: [a], security_level: 4, owner: so-tttt}",
        "  c: {kind: application, name: C, reads: [dan-cu], security_level: {unknown: chưa hỏi}}",
    ]
    shuffled = lines.copy()
    random.Random(seed).shuffle(shuffled)
    results = []
    for order in (lines, shuffled):
        loaded = load_text(cpdt.example("elements:\n" + "\n".join(order) + "\n"))
        assert loaded.architecture is not None
        results.append(_bare(run(loaded.architecture, cpdt, date(2018, 9, 1)).requirements))
    assert results[0] == results[1]


def _bare(results: tuple[RequirementResult, ...]) -> list[Any]:
    return [
        (r.requirement, r.status, dict(r.counts), r.why, [replace(o, span=None, also=()) for o in r.outcomes])
        for r in results
    ]


def _only(results: tuple[RequirementResult, ...], id: str) -> RequirementResult:
    return next(one for one in results if one.requirement == id)


# --- check, requirement, verdict ---


class Says(Check):
    """A check with one outcome for each status it is told."""

    says: tuple[Status, ...]

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give them, with a witness that is too long to be kept."""
        for index, status in enumerate(self.says):
            yield Found(status, "made", (f"x{index}",), {}, tuple(f"w{number}" for number in range(25)))


def _checked(cpdt: Edition, combine: Combine, *says: tuple[Status, ...]) -> RequirementResult:
    checks = tuple(Says(id=letter, says=found) for letter, found in zip("abc", says, strict=False))
    edition = _with(cpdt, "C10-AT-01", *checks)
    requirement = edition.requirements["C10-AT-01"].model_copy(update={"combine": combine})
    return evaluate(requirement, Matter(architecture_of(cpdt.example(GOOD)), edition, date(2017, 9, 13)))


@pytest.mark.parametrize(
    ("one", "two", "every", "either"),
    [
        (Status.PASS, Status.FAIL, Status.FAIL, Status.PASS),
        (Status.PASS, Status.MANUAL, Status.MANUAL, Status.PASS),
        (Status.FAIL, Status.MANUAL, Status.FAIL, Status.MANUAL),
        (Status.FAIL, Status.ERROR, Status.FAIL, Status.ERROR),
        (Status.ERROR, Status.MANUAL, Status.ERROR, Status.MANUAL),
        (Status.FAIL, Status.FAIL, Status.FAIL, Status.FAIL),
        (Status.NOT_APPLICABLE, Status.FAIL, Status.FAIL, Status.FAIL),
        (Status.NOT_APPLICABLE, Status.PASS, Status.PASS, Status.PASS),
    ],
)
def test_several_checks_make_one_requirement(
    cpdt: Edition, one: Status, two: Status, every: Status, either: Status
) -> None:
    assert _checked(cpdt, Combine.ALL, (one,), (two,)).status is every
    result = _checked(cpdt, Combine.ANY, (one,), (two,))
    assert (result.status, [check.status for check in result.checks]) == (either, [one, two])


def test_within_one_check_a_failure_stays_one_even_where_one_check_is_enough(cpdt: Edition) -> None:
    result = _checked(cpdt, Combine.ANY, (Status.PASS, Status.FAIL), (Status.NOT_APPLICABLE,))
    assert [check.status for check in result.checks] == [Status.FAIL, Status.NOT_APPLICABLE]
    assert result.status is Status.FAIL
    assert result.counts[Status.PASS] == 1


def test_a_long_witness_is_cut_and_counted(cpdt: Edition) -> None:
    (outcome,) = _checked(cpdt, Combine.ALL, (Status.PASS,)).outcomes
    assert (len(outcome.witness), outcome.more) == (20, 5)


def test_a_run_of_some_requirements_leaves_the_rest_open(cpdt: Edition) -> None:
    architecture = architecture_of(cpdt.example(GOOD))
    whole = run(architecture, cpdt, date(2017, 9, 13))
    part = run(architecture, cpdt, date(2017, 9, 13), only=("C10-AT-01",))
    assert (whole.partial, whole.verdict) == (False, Verdict.MET)
    assert (part.partial, part.verdict) == (True, Verdict.UNDETERMINED)
    assert _only(part.requirements, "C10-AT-01") == _only(whole.requirements, "C10-AT-01")
    assert {one.status for one in part.requirements if one.requirement != "C10-AT-01"} == {Status.NOT_EVALUATED}


def test_a_definite_failure_stays_one_in_a_partial_run(cpdt: Edition) -> None:
    part = run(architecture_of(cpdt.example(UNSAID)), cpdt, date(2017, 9, 13), only=("C10-AT-01",))
    assert (part.partial, part.verdict) == (True, Verdict.NOT_MET)


# --- what replaces a basis ---


REPLACED = """
legal:
  cu: {number: 1/QĐ-UBND, title: Cũ, date: 2010-01-01, replaced_by: [giua]}
  sua: {number: 2/QĐ-UBND, title: Sửa, date: 2011-01-01, amends: [cu]}
  giua: {number: 3/QĐ-UBND, title: Giữa, date: 2012-01-01}
  moi: {number: 4/QĐ-UBND, title: Mới, date: 2014-01-01, replaces: [giua]}
  sau: {number: 5/QĐ-UBND, title: Sau, date: 2020-01-01, replaces: [moi]}
  vong: {number: 6/QĐ-UBND, title: Vòng, date: 2013-01-01, amends: [vong-2]}
  vong-2: {number: 7/QĐ-UBND, title: Vòng, date: 2013-01-01, amends: [vong], replaced_by: [vong-2]}
elements:
  lgsp: {kind: platform, name: Nền tảng, basis: [{document: ID}]}
"""


@pytest.mark.parametrize(
    ("id", "status", "found", "successor"),
    [
        ("cu", Status.FAIL, "31/12/2011", "4/QĐ-UBND"),  # two steps on; the fifth is not in force yet
        ("sua", Status.FAIL, "31/12/2011", "4/QĐ-UBND"),  # an amendment ends with what it amends
        ("giua", Status.FAIL, "31/12/2013", "4/QĐ-UBND"),
        ("moi", Status.PASS, "", ""),
        ("sau", Status.FAIL, "1/1/2020", "—"),
        ("vong", Status.PASS, "", ""),
        ("vong-2", Status.PASS, "", ""),
    ],
)
def test_a_basis_ends_with_what_replaces_it(
    check: CheckText, id: str, status: Status, found: str, successor: str
) -> None:
    outcome = next(one for one in check("C10-PL-01", REPLACED.replace("ID", id)).outcomes if one.subjects == (id,))
    assert (outcome.status, outcome.values.get("found", "")) == (status, found)
    assert outcome.values.get("successor", "") == successor


def test_a_submission_cannot_lengthen_what_the_register_ends(check: CheckText) -> None:
    text = """format: kientruc/1
architecture: {id: a, name: A, agency: so, edition: cpdt-1.0, cut_off: 2025-06-01}
organisations: {so: {name: Sở}}
legal:
  khung: {number: 2568/QĐ-BTTTT, title: Khung 3.0, date: 2023-12-29, until: 2199-01-01}
elements:
  lgsp: {kind: platform, name: Nền tảng, basis: [{document: khung}]}
"""
    outcome = check("C10-PL-01", text).outcomes[0]
    assert (outcome.status, outcome.values["found"], outcome.values["successor"]) == (
        Status.FAIL,
        "24/3/2025",
        "292/QĐ-BKHCN",
    )
