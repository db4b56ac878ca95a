"""JUnit: a suite for each clause, a case for each check, statuses as build servers know them, text for XML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import xmlschema
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase

from kientruc.renderers import junit
from kientruc.result import Status
from kientruc.views.outcomes import Results
from tests.renderers.conftest import NAMES, SMALL, changed, checked, crashed, of, told

SCHEMA = xmlschema.XMLSchema(Path(__file__).with_name("junit.xsd"))


def read(results: Results) -> JUnitXml:
    return JUnitXml.fromstring(junit.render(results).encode())


def cases(results: Results) -> dict[str, TestCase]:
    """Give each case by the id of its requirement and its check."""
    return {case.name.partition(":")[0]: case for suite in read(results) for case in suite}


def test_a_suite_is_a_clause_and_a_case_is_a_check(small: Results) -> None:
    suites = list(read(small))
    (edition,) = small.editions
    assert suites[0].name == "cpdt-1.0: 85/2016/NĐ-CP, Điều 5"
    assert len(cases(small)) == sum(len(rule.checks) for rule in edition.rules)
    checks = [*["cpdt-1.0.C10-AT-01"] * 3, "cpdt-1.0.C10-AT-02"]  # the first has three
    assert [case.classname for case in suites[0]] == checks


def test_sums_are_the_sums_of_the_cases(small: Results) -> None:
    page = read(small)
    assert page.tests == len(cases(small))
    assert page.failures == sum(isinstance(one, Failure) for case in cases(small).values() for one in case.result)
    for suite in page:
        assert suite.skipped == sum(isinstance(one, Skipped) for case in suite for one in case.result)


def test_a_failure_tells_place_message_remedy_and_basis(small: Results) -> None:
    (failure,) = cases(small)["C10-AT-01/a"].result
    assert isinstance(failure, Failure)
    assert failure.type == "stable-must"
    assert failure.message.startswith("Chưa đáp ứng: Hệ thống “Một cửa” chưa ghi chủ quản")
    lines = failure.text.splitlines()
    assert lines[0].startswith("architecture.yaml:9:3: Hệ thống “Một cửa”")
    assert "cách sửa: " in lines[0]
    assert lines[-1].startswith("căn cứ: 85/2016/NĐ-CP, Điều 5")


def test_what_does_not_apply_or_waits_is_skipped_and_says_why() -> None:
    loaded, report = checked(SMALL)
    waits = changed(report, "C10-AT-01", lambda outcome: replace(outcome, status=Status.WAIVED))
    found = cases(told(loaded, waits))
    assert [one.type for one in found["C10-AT-01/a"].result if isinstance(one, Skipped)] == ["waived"]
    (skipped,) = found["C10-AT-02/a"].result
    assert isinstance(skipped, Skipped)
    assert skipped.message.startswith("Không áp dụng: ")


def test_a_pass_is_told_with_its_evidence(small: Results) -> None:
    case = cases(small)["C10-KN-01/a"]
    assert case.result == []
    assert case.system_out is not None
    assert "Một cửa; Dân cư: Đi qua nền tảng" in case.system_out


def test_a_crash_is_an_error() -> None:
    loaded, report = checked(SMALL)
    page = told(loaded, crashed(report))
    (error,) = cases(page)["C10-AT-01/a"].result
    assert isinstance(error, Error)
    assert "ValueError" in error.message


def test_findings_of_loading_are_a_suite_and_nothing_claims_to_have_passed() -> None:
    (suite,) = read(of("format: kientruc/1\na: 1\na: 2\n"))
    assert suite.name == "đọc hồ sơ"
    assert suite.failures == sum(isinstance(one, Failure) for case in suite for one in case.result) >= 2
    assert [case.name for case in suite if not case.result] == []


def test_a_flood_is_cut_and_counted(flood: Results) -> None:
    (failure,) = cases(flood)["C10-AT-01/a"].result
    lines = failure.text.splitlines()
    assert len(lines) == 20 + 3
    assert "6980" in lines[20]
    assert "7000" in lines[-1] and "7010" in lines[-1]


def test_several_editions_stand_in_one_file(two: Results) -> None:
    names = [suite.name.partition(":")[0] for suite in read(two)]
    assert set(names) == {"cpdt-1.0", "khac-2.0"}


def test_row_44_poison_is_replaced_and_every_line_of_text_is_one_outcome(hostile: Results) -> None:
    loaded, report = checked(SMALL)
    poison = "\x00\x08\x1b[31m\ufffe\uffff\ud800 ]]> &lt; <b>"
    poisoned = changed(report, "C10-AT-01", lambda one: replace(one, values={**one.values, "name": poison}))
    (failure, *_) = cases(told(loaded, poisoned))["C10-AT-01/a"].result
    assert "\ufffd[31m\ufffd\ufffd\ufffd ]]> &lt; <b>" in failure.text
    (failure,) = cases(hostile)["C10-AT-01/a"].result
    assert len(failure.text.splitlines()) == len(NAMES) + 1


@pytest.mark.parametrize("name", ["small", "hostile", "two", "flood"])
def test_it_follows_the_schema_of_build_servers(name: str, request: pytest.FixtureRequest) -> None:
    page = junit.render(request.getfixturevalue(name))
    assert [str(error) for error in SCHEMA.iter_errors(page)] == []
    assert not SCHEMA.is_valid(page.replace("<testcase ", "<case ").replace("</testcase>", "</case>"))


def test_findings_of_loading_follow_the_schema() -> None:
    assert SCHEMA.is_valid(junit.render(of("format: kientruc/1\na: 1\na: 2\n")))


def test_the_same_results_give_the_same_bytes(small: Results) -> None:
    assert junit.render(small) == junit.render(of(SMALL))
