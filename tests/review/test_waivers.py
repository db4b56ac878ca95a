"""Waivers as a reviewer keeps them: what they cover, on which days, what keeps them from it, what is said."""

from __future__ import annotations

from datetime import date

import pytest

from kientruc import api
from kientruc.finding import Finding
from kientruc.loading import load
from kientruc.result import CheckResult, RequirementResult, Status, Verdict

from .conftest import TWO, WAIVER, Desk

ID = "C10-AT-01"


def of(result: CheckResult, id: str = ID) -> RequirementResult:
    return next(one for one in result.requirements if one.requirement == id)


def notes(result: CheckResult) -> list[Finding]:
    """Give the notes but the one that the edition was chosen by the reviewer, which all these tests do."""
    return [note for note in result.notes if note.code != "R-DECLARED"]


def codes(result: CheckResult) -> list[str]:
    return [note.code for note in notes(result)]


def test_a_waiver_turns_what_fails_into_waived_and_says_what_would_be_without_it(desk: Desk) -> None:
    result = desk.result(WAIVER)
    assert [(one.status, one.subjects, one.waiver) for one in of(result).outcomes] == [
        (Status.WAIVED, ("a",), "mt-01"),
        (Status.WAIVED, ("b",), "mt-01"),
    ]
    assert of(result).status is Status.WAIVED
    assert result.unwaived is Verdict.NOT_MET
    assert result.verdict is not Verdict.NOT_MET
    (line,) = result.waivers
    assert (line.covers, line.effective, line.days_left) == (2, True, 109)
    assert codes(result) == []


def test_a_waiver_never_changes_what_was_found(desk: Desk) -> None:
    with_it, without = of(desk.result(WAIVER)), of(desk.result())
    assert [one.fingerprint for one in with_it.outcomes] == [one.fingerprint for one in without.outcomes]
    assert [one.values for one in with_it.outcomes] == [one.values for one in without.outcomes]


@pytest.mark.parametrize(
    ("on", "status", "code", "left"),
    [
        (date(2017, 8, 31), Status.FAIL, ["R-EARLY"], 122),
        (date(2017, 9, 1), Status.WAIVED, [], 121),
        (date(2017, 12, 30), Status.WAIVED, [], 1),
        (date(2017, 12, 31), Status.WAIVED, [], 0),
        (date(2018, 1, 1), Status.FAIL, ["R-EXPIRED"], -1),
    ],
)
def test_both_ends_of_its_days_belong_to_it(desk: Desk, on: date, status: Status, code: list[str], left: int) -> None:
    result = desk.result(WAIVER, on)
    assert (of(result).status, codes(result), result.waivers[0].days_left) == (status, code, left)
    assert {one.waiver for one in of(result).outcomes if one.status is status} == {"mt-01"}


def test_a_leap_day_is_a_day(desk: Desk) -> None:
    waiver = WAIVER.replace("expires: 2017-12-31", "expires: 2016-02-29").replace("2017-09-01", "2016-02-01")
    last, after = date(2016, 2, 29), date(2016, 3, 1)
    assert [codes(desk.result(waiver, on)) for on in (last, after)] == [["R-UNUSED"], ["R-EXPIRED"]]


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("state: approved", "state: requested", "R-STATE", "waivers.yaml:7:12"),
        ("state: approved", "state: revoked", "R-STATE", "waivers.yaml:7:12"),
        ("state: approved", "state: rejected", "R-STATE", "waivers.yaml:7:12"),
        ("expires: 2017-12-31", "expires: 2018-03-20", "R-OVERLONG", "waivers.yaml:13:14"),
        ("name: Nguyễn Văn A", "name: sở thông tin  và truyền thông", "R-SELF", "waivers.yaml:12:18"),
        ("requirement: C10-AT-01", "requirement: C10-AT-10", "R-REQUIREMENT", "waivers.yaml:5:18"),
        ("edition: thu-2.0", "edition: cpdt-1.0", "R-EDITION", "waivers.yaml:4:14"),
    ],
)
def test_what_keeps_a_waiver_from_its_effect_is_said_at_its_place(
    desk: Desk, old: str, new: str, code: str, place: str
) -> None:
    result = desk.result(WAIVER.replace(old, new))
    assert of(result).status is Status.FAIL
    assert [(note.code, str(note.span)) for note in notes(result)] == [(code, place)]
    assert result.unwaived is None


def test_the_longest_a_waiver_may_last_counts_both_days(desk: Desk) -> None:
    longest = WAIVER.replace("expires: 2017-12-31", "expires: 2018-03-19")  # 200 days from 1 September 2017
    assert of(desk.result(longest)).status is Status.WAIVED


def test_a_requirement_can_be_beyond_any_waiver(desk: Desk) -> None:
    desk.submit(TWO + "  lgsp: {kind: platform, role: lgsp, name: LGSP, owner: so, security_level: 2}\n")
    waiver = WAIVER.replace(ID, "T20-AT-03").replace("[a, b]", "[lgsp]")
    result = desk.result(waiver)
    assert (of(result, "T20-AT-03").status, codes(result)) == (Status.FAIL, ["R-NEVER"])


def test_an_edition_without_waivers_tells_one_and_stays_with_its_failure(desk: Desk) -> None:
    result = desk.result(WAIVER.replace("thu-2.0", "cpdt-1.0"), edition="cpdt-1.0")
    assert of(result).status is Status.FAIL
    assert [one.waiver for one in of(result).outcomes] == ["mt-01", "mt-01"]
    assert (codes(result), result.verdict, result.unwaived) == (["R-NOWAIVERS"], Verdict.NOT_MET, None)
    assert (result.waivers[0].covers, result.waivers[0].effective) == (2, False)


def test_only_exact_ids_count_and_a_new_failure_is_never_covered(desk: Desk) -> None:
    result = desk.result(WAIVER.replace("[a, b]", '[a, "*"]'))
    assert [(one.status, one.subjects) for one in of(result).outcomes] == [
        (Status.FAIL, ("b",)),
        (Status.WAIVED, ("a",)),
    ]
    assert of(result).status is Status.FAIL
    assert [(note.code, note.values["found"]) for note in notes(result)] == [("R-SUBJECT", "*")]


def test_a_finding_about_several_things_needs_them_all_named(desk: Desk) -> None:
    desk.submit(
        TWO
        + """
  lgsp: {kind: platform, role: lgsp, name: LGSP, owner: so, security_level: 3}
  dan-cu: {kind: data_store, role: national_database, name: Dân cư, reference: {issuer: Bộ}}
  c: {kind: application, name: C, owner: so, security_level: 2, reads: [{to: dan-cu, over: [lgsp]}]}
"""
    )
    waiver = WAIVER.replace(ID, "C10-KN-01")
    named = of(desk.result(), "C10-KN-01").outcomes[0].subjects
    assert len(named) == 2
    one, both = (desk.result(waiver.replace("a, b", ", ".join(ids))) for ids in (named[:1], named))
    assert (of(one, "C10-KN-01").status, of(both, "C10-KN-01").status) == (Status.FAIL, Status.WAIVED)


def test_what_is_not_needed_is_said(desk: Desk) -> None:
    desk.submit(TWO.replace("Hệ thống B, owner: so", "Hệ thống B, owner: so, security_level: 2"))
    idle = desk.result(WAIVER)
    assert [(note.code, note.values["subjects"]) for note in notes(idle)] == [("R-IDLE", "b")]
    assert of(idle).status is Status.WAIVED
    unused = desk.result(WAIVER.replace("[a, b]", "[b]"))
    assert codes(unused) == ["R-UNUSED"]
    assert of(unused).status is Status.FAIL


def test_a_request_in_the_submission_changes_nothing_but_is_shown(desk: Desk) -> None:
    plain = of(desk.result())
    desk.submit(f"{TWO}\nwaiver_requests:\n  dn-01: {{requirement: {ID}, subjects: [a], reason: Xin thêm thời gian}}\n")
    asked = of(desk.result())
    assert [one.requested for one in asked.outcomes] == [("dn-01",), ()]
    assert (asked.status, asked.counts) == (plain.status, plain.counts)


def test_files_of_the_reviewer_that_lie_in_the_submission_are_told(desk: Desk) -> None:
    inside = desk.root.parent / "waivers.yaml"
    inside.write_text(WAIVER, encoding="utf-8")
    (report,) = api.check_all(load(desk.root), ("thu-2.0",), None, api.review(desk.root, inside))
    assert codes(report.result) == ["R-INSIDE"]


def test_another_edition_than_the_declared_one_is_told(desk: Desk) -> None:
    assert [note.code for note in desk.reports("thu-2.0")[0].result.notes] == ["R-DECLARED"]
    assert [one.result.notes for one in desk.reports("cpdt-1.0", "thu-2.0")] == [(), ()]


def test_a_waiver_of_the_other_edition_of_the_same_run_is_nobodys_business(desk: Desk) -> None:
    old, new = desk.reports("cpdt-1.0", "thu-2.0", waivers=WAIVER)
    assert (codes(old.result), codes(new.result)) == ([], [])
    assert (of(old.result).status, of(new.result).status) == (Status.FAIL, Status.WAIVED)
    assert (old.result.waivers, [one.id for one in new.result.waivers]) == ((), ["mt-01"])
