"""Matrices: each cell says what joins the two, what lacks something stands first, counts are those of the checks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kientruc import api
from kientruc.api import Report
from kientruc.result import Status
from kientruc.views.grid import MOST_COLUMNS, TURNED_FROM, Entry, Grid, Grids, Head, matrix

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "examples" / "tinh-mau" / "architecture.yaml"
TEXT = """
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: tinh, edition: qgs-1425, cut_off: 2026-09-01}
organisations: {tinh: {name: UBND tỉnh}}
contents:
  nd-1: {name: Kho chung, about: [kho]}
tasks:
  nv-1: {name: Làm kho, delivers: [kho], covers: [nd-1]}
  nv-2: {name: Không rõ việc}
elements:
  cap-phep: {kind: public_service, name: Cấp phép}
  ho-tich: {kind: public_service, name: Hộ tịch}
  xac-nhan: {kind: public_service, name: Xác nhận, uses: [xu-ly]}
  xu-ly: {kind: process, name: Xử lý, uses: [mot-cua]}
  mot-cua:
    kind: application
    name: Một cửa
    codes: {mau03: KT-01}
    realises: [cap-phep]
    reads: [kho]
    writes: [kho]
    sends: [{to: bao-cao, data: [ho-so]}]
  bao-cao: {kind: application, name: Báo cáo}
  trong: {kind: application, name: Ứng dụng trống}
  kho: {kind: data_store, name: Kho, part_of: [bao-cao]}
  ho-so: {kind: information, name: Hồ sơ}
"""


def view(text: str = TEXT, lang: str = "vi") -> Grids:
    return api.matrices(api.check_all(api.load_text(text)), lang)


def grid(key: str, lang: str = "vi") -> Grid:
    return next(one for one in view(lang=lang).grids if one.key == key)


READ = {"KT-01": "mot-cua", "Kho": "kho", "Hồ sơ": "ho-so", "Kho chung": "nd-1"}  # codes and names, never ids


def cells(found: Grid) -> Mapping[tuple[str, str], str]:
    """Give the words of the cells that hold any, by the id of the row and of the column."""
    heads = [column.words.partition(" · ")[0] for column in found.columns]
    ids = [READ.get(head, head) for head in heads]
    return {
        (row[1].words, ids[at]): entry.words
        for row in found.rows
        for at, entry in enumerate(row)
        if at > 1 and entry.words
    }


def test_a_service_rests_on_what_realises_it_and_on_what_its_process_uses() -> None:
    found = grid("services", "en")
    assert cells(found) == {
        ("ho-tich", "no application"): "no application",
        ("cap-phep", "mot-cua"): "realises",
        ("xac-nhan", "mot-cua"): "through a process or function",
    }
    assert found.rows[0][1].words == "ho-tich"
    assert found.remarks == ("1 public services without an application: Hộ tịch",)


def test_an_application_reads_writes_sends_receives_and_holds() -> None:
    assert cells(grid("data", "en")) == {
        ("trong", "no data"): "no data",
        ("mot-cua", "kho"): "reads, writes",
        ("mot-cua", "ho-so"): "sends data to",
        ("bao-cao", "ho-so"): "receives data",
        ("bao-cao", "kho"): "holds",
    }


def test_a_task_without_a_result_stands_first() -> None:
    found = grid("tasks", "en")
    assert [row[1].words for row in found.rows] == ["nv-2", "nv-1"]
    assert cells(found) == {
        ("nv-2", "no result"): "no result",
        ("nv-1", "kho"): "delivers",
        ("nv-1", "nd-1"): "covers",
    }


def test_tasks_without_a_result_are_those_that_the_check_finds() -> None:
    for loaded in (api.load_text(TEXT), api.load(SAMPLE)):
        report = api.check(loaded, "qgs-1425")
        found = next(one for one in api.matrices((report,)).grids if one.key == "tasks")
        failed = {
            id
            for one in report.result.requirements
            if one.requirement == "Q1425-NV-01"
            for outcome in one.outcomes
            if outcome.status is Status.FAIL
            for id in outcome.subjects
        }
        lacking = {row[1].words for row in found.rows if any(entry.sort == "lacking" for entry in row)}
        assert lacking == failed


def test_an_element_without_a_code_is_told_as_the_command_for_codes_tells_it() -> None:
    found = grid("codes")
    loaded = api.load_text(TEXT)
    assert loaded.architecture is not None
    without = {id for id, _ in api.assign_codes(loaded).codes if id in loaded.architecture.elements}
    assert {row for row, column in cells(found) if column == "chưa có mã"} == without
    assert cells(found)["mot-cua", "bang-1"] == "KT-01"


@pytest.fixture(scope="module", params=[ROOT / "architecture.yaml", SAMPLE], ids=["province", "sample"])
def reports(request: pytest.FixtureRequest) -> tuple[Report, ...]:
    loaded = api.load(request.param)
    return api.check_all(loaded, ("", "qgs-1425"))


@pytest.mark.parametrize("status", [Status.FAIL, Status.MANUAL])
def test_the_cells_are_as_many_as_the_pairs_of_requirement_and_subject(
    reports: tuple[Report, ...], status: Status
) -> None:
    grids = [one for one in api.matrices(reports).grids if one.key == "requirements"]
    assert len(grids) == len(reports)
    worse = {Status.FAIL: (Status.FAIL,), Status.MANUAL: (Status.FAIL, Status.ERROR)}[status]
    for report, found in zip(reports, grids, strict=True):
        pairs = {
            wanted: {
                (one.requirement, id)
                for one in report.result.requirements
                for outcome in one.outcomes
                if outcome.status is wanted
                for id in outcome.subjects
            }
            for wanted in (status, *worse)
        }
        heavier = set().union(*(pairs[one] for one in worse if one is not status))
        shown = sum(entry.sort == status.value for row in found.rows for entry in row)
        assert shown == len(pairs[status] - heavier)


def test_what_failed_stands_first(reports: tuple[Report, ...]) -> None:
    for found in api.matrices(reports).grids[: len(reports)]:
        failing = [any(entry.sort == "fail" for entry in row) for row in found.rows]
        assert failing == sorted(failing, reverse=True)


def test_a_matrix_that_is_wider_than_high_is_turned_and_keeps_what_lacks_first() -> None:
    rows = [Head("a", "A"), Head("b", "B")]
    columns = [Head(f"c{at:02}", "") for at in range(TURNED_FROM + 1)]
    marks = {("a", head.id): Entry("x") for head in columns}
    found = matrix("data", rows, columns, marks, "en", {"b"})
    assert [column.words for column in found.columns[2:]] == ["b · B", "a · A"]
    assert [entry.words for entry in found.rows[0]] == ["no data", "", "no data", ""]
    assert len(found.rows) == len(columns) + 1


def test_a_matrix_too_wide_for_a_sheet_is_a_list_of_all_its_cells() -> None:
    rows = [Head(f"r{at}", "") for at in range(MOST_COLUMNS + 1)]
    columns = [Head(f"c{at}", "") for at in range(MOST_COLUMNS + 1)]
    marks = {(f"r{at}", f"c{at}"): Entry("x") for at in range(MOST_COLUMNS + 1)}
    found = matrix("data", rows, columns, marks, "en")
    assert {(row[1].words, row[3].words, row[4].words) for row in found.rows} == {(*pair, "x") for pair in marks}
