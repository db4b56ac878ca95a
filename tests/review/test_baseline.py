"""A baseline: new, unchanged and gone by fingerprint; the report stays as long, and only what is new counts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kientruc import api
from kientruc.errors import UsageError
from kientruc.finding import Change
from kientruc.loading import load
from kientruc.result import CheckResult, Compared, RequirementResult, Status
from kientruc.review import baseline

from .conftest import TWO, WAIVER, Desk

ID = "C10-AT-01"


def earlier(desk: Desk, *ids: str, waivers: str = "") -> Path:
    """Keep the findings.json of the submission as it stands."""
    text = api.findings_json(load(desk.root), desk.reports(*ids or ("thu-2.0",), waivers=waivers))
    return desk.keep("findings.json", text)


def compared(report: api.Report) -> Compared:
    assert report.result.compared is not None
    return report.result.compared


def numbers(report: api.Report) -> tuple[int, int, int, int]:
    found = compared(report)
    return found.size, found.new, found.unchanged, found.gone_count


def test_the_same_again_is_unchanged_and_fails_nothing_any_more(desk: Desk) -> None:
    before = earlier(desk)
    (report,) = desk.reports("thu-2.0", baseline=before)
    size = compared(report).size
    assert numbers(report) == (size, 0, size, 0)
    assert size >= 2
    assert not api.fails(report, "must")
    (plain,) = desk.reports("thu-2.0")
    assert api.fails(plain, "must")
    assert [one.counts for one in plain.result.requirements] == [one.counts for one in report.result.requirements]


def test_lines_words_and_order_mean_nothing_and_a_new_thing_is_new(desk: Desk) -> None:
    before = earlier(desk)
    head, elements = TWO.split("elements:\n")
    lines = elements.strip("\n").replace("Hệ thống A", "Tên khác").split("\n")
    desk.submit(f"{head}\n\n\nelements:\n{lines[1]}\n{lines[0]}\n  c: {{kind: application, name: C, owner: so}}\n")
    (report,) = desk.reports("thu-2.0", baseline=before)
    marks = {
        one.subjects: one.change
        for result in report.result.requirements
        if result.requirement == ID
        for one in result.outcomes
    }
    assert marks == {("a",): Change.UNCHANGED, ("b",): Change.UNCHANGED, ("c",): Change.NEW}
    assert compared(report).new == 1
    assert api.fails(report, "must")


def test_what_is_mended_is_gone_and_named(desk: Desk) -> None:
    before = earlier(desk)
    desk.submit(TWO.replace("Hệ thống B, owner: so", "Hệ thống B, owner: so, security_level: 1"))
    (report,) = desk.reports("thu-2.0", baseline=before)
    assert (compared(report).gone_count, [key[:2] for key in compared(report).gone]) == (1, [(ID, "a")])


def test_a_waiver_that_ends_brings_its_findings_back_as_new(desk: Desk) -> None:
    before = earlier(desk, waivers=WAIVER)
    (report,) = desk.reports("thu-2.0", baseline=before)
    assert compared(report).new == 2
    assert api.fails(report, "must")


def test_what_a_partial_run_leaves_out_is_not_gone(desk: Desk) -> None:
    before = earlier(desk)
    (report,) = desk.reports("thu-2.0", baseline=before, only=["C10-AT-02"])
    assert compared(report).gone_count == 0


def test_a_baseline_of_another_edition_is_refused(desk: Desk) -> None:
    before = earlier(desk, "cpdt-1.0")
    with pytest.raises(UsageError) as told:
        desk.reports("thu-2.0", baseline=before)
    assert (told.value.key, told.value.exit_code) == ("cli.baseline-edition", 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "R-JSON"),
        ("{", "R-JSON"),
        ("[]", "R-FORMAT"),
        ("null", "R-FORMAT"),
        ('{"format": "kientruc-findings/1"}', "R-FORMAT"),
        ('{"format": "kientruc-findings/3", "results": []}', "R-FORMAT"),
        ('{"format": ["kientruc-findings/2"]}', "R-FORMAT"),
        ('{"format": "kientruc-findings/2"}', "R-JSON"),
        ('{"format": "kientruc-findings/2", "loading": [], "results": 5}', "R-JSON"),
        ('{"format": "kientruc-findings/2", "loading": [], "results": [{}]}', "R-JSON"),
        ('{"format": "kientruc-findings/2", "loading": [7], "results": []}', "R-JSON"),
        ("[" * 200_000, "R-JSON"),
        ('{"format": ' + "9" * 5_000 + "}", "R-JSON"),
    ],
    ids=lambda value: value[:40],
)
def test_what_is_no_baseline_is_refused_without_a_crash(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "findings.json"
    path.write_text(text, encoding="utf-8")
    _, found, findings = baseline.read(path)
    assert (found, [finding.code for finding in findings]) == (None, [code])


def test_a_status_nobody_knows_is_refused(desk: Desk) -> None:
    path = earlier(desk)
    data = json.loads(path.read_text(encoding="utf-8"))
    data["results"][0]["requirements"][0]["outcomes"].append({"check": "a", "status": "passed", "fingerprint": "x"})
    path.write_text(json.dumps(data), encoding="utf-8")
    assert [finding.code for finding in baseline.read(path)[2]] == ["R-JSON"]


def test_we_never_write_a_baseline(desk: Desk) -> None:
    before = earlier(desk)
    bytes_before = before.read_bytes()
    desk.submit(TWO.replace("name: Hệ thống B", "name: B"))
    desk.reports("thu-2.0", baseline=before)
    assert before.read_bytes() == bytes_before


def test_what_neither_run_had_room_for_is_counted_against_each_other(desk: Desk) -> None:
    (report,) = desk.reports("thu-2.0")
    (one,) = (one for one in report.result.requirements if one.requirement == ID)
    kept = {(ID, outcome.check, outcome.fingerprint): 1 for outcome in one.outcomes}

    def grown(hidden: int) -> CheckResult:
        counts = {**one.counts, Status.FAIL: len(one.outcomes) + hidden}
        larger: RequirementResult = replace(one, counts=counts)
        return replace(report.result, requirements=(larger,))

    for hidden_before, hidden_now, new, gone in ((10, 10, 0, 0), (10, 13, 3, 0), (10, 4, 0, 6)):
        found = baseline.compare(grown(hidden_now), baseline.Earlier("", kept, {ID: hidden_before})).compared
        assert found is not None
        assert (found.new, found.gone_count) == (new, gone)
        assert found.size + found.new - found.gone_count == found.new + found.unchanged
