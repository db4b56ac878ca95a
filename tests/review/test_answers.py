"""Answers of a reviewer: each for one check of one requirement, and for one version of the architecture."""

from __future__ import annotations

import json

import pytest

from kientruc import api
from kientruc.loading import load
from kientruc.result import RequirementResult, Status

from .conftest import TWO, Desk

ID = "T20-KY-01"


def answer(sha256: str, status: str = "pass", **changes: str) -> str:
    fields = {
        "edition": "thu-2.0",
        "requirement": ID,
        "check": "q",
        "model_sha256": sha256,
        "status": status,
        **changes,
    }
    written = "".join(f"    {key}: {value}\n" for key, value in fields.items())
    return (
        "format: kientruc-answers/1\nanswers:\n  tl-01:\n"
        f"{written}    by: Trần Thị B\n    date: 2017-09-20\n    note: Đã xem bản gốc\n"
    )


def sha256(desk: Desk) -> str:
    architecture = load(desk.root).architecture
    assert architecture is not None
    return api.model_sha256(architecture)


def asked(report: api.Report, id: str = ID) -> RequirementResult:
    return next(one for one in report.result.requirements if one.requirement == id)


def codes(report: api.Report) -> list[str]:
    return [note.code for note in report.result.notes if note.code != "R-DECLARED"]


@pytest.mark.parametrize("status", [Status.PASS, Status.FAIL, Status.NOT_APPLICABLE])
def test_an_answer_takes_the_place_of_the_question(desk: Desk, status: Status) -> None:
    (before,) = desk.reports("thu-2.0")
    (after,) = desk.reports("thu-2.0", answers=answer(sha256(desk), status.value))
    assert (asked(before).status, asked(after).status) == (Status.MANUAL, status)
    (outcome,) = asked(after).outcomes
    assert (outcome.reason, outcome.values["who"], outcome.values["on"]) == ("answered", "Trần Thị B", "20/9/2017")
    assert codes(after) == []


def test_an_answer_to_another_version_counts_for_nothing_and_asks_again(desk: Desk) -> None:
    given = answer(sha256(desk))
    desk.submit(TWO.replace("Hệ thống B", "Hệ thống B mới"))
    (report,) = desk.reports("thu-2.0", answers=given)
    (outcome,) = asked(report).outcomes
    assert (outcome.status, outcome.reason) == (Status.MANUAL, "answered-before")
    assert [(note.code, str(note.span)) for note in report.result.notes[1:]] == [("R-STALE", "answers.yaml:7:19")]


def test_comments_and_the_order_of_files_do_not_make_another_version(desk: Desk) -> None:
    given = answer(sha256(desk))
    desk.submit(f"{TWO}# một ghi chú của người soạn\n")
    (report,) = desk.reports("thu-2.0", answers=given)
    assert (asked(report).status, codes(report)) == (Status.PASS, [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"requirement": "T20-KY-02"}, "R-REQUIREMENT"),
        ({"check": "z"}, "R-CHECK"),
        ({"edition": "khac-9.0"}, "R-EDITION"),
        ({"requirement": "C10-AT-01", "check": "a"}, "R-UNASKED"),
    ],
)
def test_an_answer_to_what_nobody_asked_is_told_and_changes_nothing(
    desk: Desk, changes: dict[str, str], code: str
) -> None:
    (plain,) = desk.reports("thu-2.0")
    (report,) = desk.reports("thu-2.0", answers=answer(sha256(desk), **changes))
    assert codes(report) == [code]
    loaded = load(desk.root)
    told = [json.loads(api.findings_json(loaded, one))["results"][0]["requirements"] for one in (plain, report)]
    assert told[0] == told[1]


def test_an_answer_cannot_settle_what_a_check_decides_by_itself(desk: Desk) -> None:
    desk.submit(TWO.replace("Hệ thống A, owner: so", "Hệ thống A, owner: so, security_level: {unknown: chưa rõ}"))
    given = answer(sha256(desk), requirement="C10-AT-01", check="a")
    (report,) = desk.reports("thu-2.0", answers=given)
    assert asked(report, "C10-AT-01").counts[Status.MANUAL] == 1


def test_a_partial_run_says_nothing_of_answers_it_did_not_need(desk: Desk) -> None:
    (report,) = desk.reports("thu-2.0", answers=answer(sha256(desk)), only=["C10-AT-01"])
    assert codes(report) == []
