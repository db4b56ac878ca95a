"""SARIF: kinds, levels, places, fingerprints, clauses; what is cut is counted; the same results, the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from kientruc import api
from kientruc.reading.characters import FORBIDDEN
from kientruc.renderers import sarif
from kientruc.result import Status
from kientruc.source import SourceFile, Span
from kientruc.views.outcomes import Results
from tests.renderers.conftest import NAMES, SMALL, changed, checked, crashed, of, told


def runs(results: Results, alerts: bool = False) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(sarif.render(results, alerts))["runs"]
    return found


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []


def test_each_status_has_its_kind_and_only_what_fails_has_a_level(small: Results) -> None:
    (run,) = runs(small)
    found = {(one["properties"]["status"], one["kind"], one["level"]) for one in run["results"]}
    assert {(status, kind) for status, kind, _ in found} == {
        ("fail", "fail"),
        ("pass", "pass"),
        ("manual", "review"),
        ("not-applicable", "notApplicable"),
    }
    assert {level for _, kind, level in found if kind == "fail"} == {"error", "warning", "note"}
    assert {level for _, kind, level in found if kind != "fail"} == {"none"}


def test_a_result_names_its_rule_its_place_and_its_subject(small: Results) -> None:
    (run,) = runs(small)
    found = next(one for one in run["results"] if one["ruleId"] == "C10-AT-01")
    line = SMALL.splitlines().index(next(row for row in SMALL.splitlines() if "mot-cua:" in row)) + 1
    (location,) = found["locations"]
    assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == "C10-AT-01"
    assert location["physicalLocation"]["region"] == {
        **{"startLine": line, "startColumn": 3, "endLine": line, "endColumn": 10}
    }
    assert location["physicalLocation"]["artifactLocation"] == {
        **{"uri": "architecture.yaml", "uriBaseId": "SRCROOT", "index": 0}
    }
    assert location["logicalLocations"] == [
        {"fullyQualifiedName": "mot-cua", "name": "Một cửa", "kind": "element"},
    ]
    assert SMALL.splitlines()[line - 1][2:9] == "mot-cua"


def test_a_witness_is_a_flow_through_the_elements(small: Results) -> None:
    (run,) = runs(small)
    found = next(one for one in run["results"] if one["ruleId"] == "C10-KN-01" and one["kind"] == "pass")
    flow = found["codeFlows"][0]["threadFlows"][0]["locations"]
    assert found["properties"]["witness"] == ["mot-cua", "lgsp", "ngsp", "dan-cu"]
    assert [step["location"]["message"]["text"] for step in flow] == ["Một cửa", "LGSP", "NGSP", "Dân cư"]


def test_a_rule_tells_what_its_clause_asks_and_where_it_stands(small: Results) -> None:
    (run,) = runs(small)
    rule = next(one for one in run["tool"]["driver"]["rules"] if one["id"] == "C10-AT-01")
    target = rule["relationships"][0]["target"]
    document = run["taxonomies"][target["toolComponent"]["index"]]
    assert document["name"] == "85/2016/NĐ-CP"
    assert document["taxa"][target["index"]] == {"id": target["id"]}
    assert target["id"] == "Điều 5"
    assert rule["properties"]["modality"] == "must"
    assert rule["properties"]["clauses"][0] == {
        **{"document": "85/2016/NĐ-CP", "article": "Điều 5", "certainty": "stated"}
    }
    assert rule["defaultConfiguration"]["level"] == "error"
    assert "Căn cứ: 85/2016/NĐ-CP, Điều 5" in rule["help"]["text"]


def test_a_waived_failure_stays_a_failure_with_its_suppression() -> None:
    loaded, report = checked(SMALL)
    waived = changed(report, "C10-AT-01", lambda outcome: replace(outcome, status=Status.WAIVED, reason="missing"))
    (run,) = runs(told(loaded, waived))
    found = next(one for one in run["results"] if one["ruleId"] == "C10-AT-01")
    assert (found["kind"], found["level"]) == ("fail", "error")
    assert [(one["kind"], one["status"]) for one in found["suppressions"]] == [("external", "accepted")]
    assert found["suppressions"][0]["justification"]


def test_a_check_that_crashed_is_told_twice_and_the_run_was_no_success() -> None:
    loaded, report = checked(SMALL)
    (run,) = runs(told(loaded, crashed(report)))
    (invocation,) = run["invocations"]
    notices = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert {(one["level"], one["associatedRule"]["id"]) for one in notices} == {("error", "C10-AT-01")}
    assert {one["kind"] for one in run["results"] if one["ruleId"] == "C10-AT-01"} == {"open"}


def test_findings_of_loading_are_results_with_their_codes_as_rules() -> None:
    (run,) = runs(of("format: kientruc/1\narchitecture: {id: a, name: A, agency: x, edition: cpdt-1.0}\n"))
    codes = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert codes == {one["ruleId"] for one in run["results"]} >= {"M-MISSING"}
    assert {one["kind"] for one in run["results"]} == {"fail"}
    assert run["automationDetails"]["id"] == "kientruc/loading/"


def test_the_other_half_of_a_duplicate_is_a_related_location() -> None:
    (run,) = runs(of("format: kientruc/1\na: 1\na: 2\n"))
    (found,) = (one for one in run["results"] if one["ruleId"] == "Y-DUP")
    places = [one["physicalLocation"]["region"]["startLine"] for one in found["locations"] + found["relatedLocations"]]
    assert places == [3, 2]


def test_several_editions_are_several_runs_and_loading_is_told_once(two: Results) -> None:
    found = runs(two)
    assert [run["automationDetails"]["id"] for run in found] == ["kientruc/cpdt-1.0/", "kientruc/khac-2.0/"]
    assert [run["properties"]["edition"]["id"] for run in found] == ["cpdt-1.0", "khac-2.0"]
    assert found[0]["results"] == found[1]["results"]


def test_a_fingerprint_knows_no_place_no_words_and_no_order(small: Results) -> None:
    moved = of(SMALL.replace("elements:", "\n\nelements:"), lang="en")
    prints = [
        {one["partialFingerprints"]["kientruc/v1"] for one in run["results"]} for run in (*runs(small), *runs(moved))
    ]
    assert prints[0] == prints[1]
    assert len(prints[0]) > 30


def test_a_fingerprint_is_the_one_of_findings_json() -> None:
    loaded, report = checked(SMALL)
    data = json.loads(api.findings_json(loaded, report))
    known = {outcome["fingerprint"] for one in data["results"][0]["requirements"] for outcome in one["outcomes"]}
    (run,) = runs(told(loaded, report))
    prints = {one["partialFingerprints"]["kientruc/v1"] for one in run["results"] if one["properties"]["check"]}
    assert prints == known


def test_a_fingerprint_of_a_loading_finding_stays_when_lines_move() -> None:
    prints = [
        runs(of(f"format: kientruc/1\n{blank}a: 1\n{blank}a: 2\n"))[0]["results"][0]["partialFingerprints"]
        for blank in ("", "\n\n")
    ]
    assert prints[0] == prints[1]


@pytest.mark.thorough
def test_of_a_flood_five_thousand_are_shown_the_rest_is_counted(flood: Results) -> None:
    (run,) = runs(flood)
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    count = run["properties"]["results"]["count"]
    assert len(run["results"]) == run["properties"]["results"]["shown"] == 5000
    assert run["properties"]["outcomes"]["fail"] >= 7010
    assert count > 7010
    assert (notice["level"], str(count) in notice["message"]["text"]) == ("warning", True)
    assert {one["kind"] for one in run["results"]} == {"fail"}


def test_alerts_are_failures_alone_each_with_a_file() -> None:
    loaded, report = checked(SMALL)
    lost = changed(report, "C10-AT-01", lambda outcome: replace(outcome, status=Status.FAIL, span=None))
    (run,) = runs(told(loaded, lost), alerts=True)
    assert {one["kind"] for one in run["results"]} == {"fail"}
    uris = {at["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"] for at in one["locations"]}
    assert uris == {"architecture.yaml"}
    assert run["properties"]["results"]["count"] == len(run["results"])


@pytest.mark.parametrize("path", ["thư mục/kiến trúc #1 %20.yaml", "a/b c.yaml", "x?y.yaml"])
def test_row_44_a_path_is_a_relative_uri(path: str) -> None:
    loaded, report = checked(SMALL)
    span = Span(SourceFile(path, "abc\n"), 0, 3)
    (run,) = runs(told(loaded, changed(report, "C10-AT-01", lambda outcome: replace(outcome, span=span)), base="sâu/"))
    found = next(one for one in run["results"] if one["ruleId"] == "C10-AT-01")
    uri = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == f"sâu/{path}"
    assert uri.isascii()
    assert set(uri).isdisjoint(' #?"<>\\^`{|}')


def test_row_44_no_control_or_non_character_is_written_and_no_name_is_lost(hostile: Results) -> None:
    loaded, report = checked(SMALL)
    poison = "\x00\x08\x1b[31m\ufffe\uffff\ud800\u202e"
    poisoned = changed(report, "C10-AT-01", lambda one: replace(one, values={**one.values, "name": poison}))
    for results in (told(loaded, poisoned), hostile):
        data = sarif.render(results)
        assert data.encode("utf-8").decode("utf-8") == data
        assert [text for text in texts(json.loads(data)) if FORBIDDEN.search(text)] == []
    said = " ".join(one["message"]["text"] for run in runs(hostile) for one in run["results"])
    assert [name for name in NAMES if name not in said] == []


def test_the_same_results_give_the_same_bytes(small: Results) -> None:
    assert sarif.render(small) == sarif.render(of(SMALL))
