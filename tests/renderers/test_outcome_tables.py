"""The table of outcomes as CSV and XLSX: every outcome a row, text stays text, nothing computes, the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kientruc.messages import LANGUAGES
from kientruc.renderers import outcomes_csv, outcomes_xlsx
from kientruc.renderers.escapes import no_formula, one_line
from kientruc.result import Status
from kientruc.views.outcome_table import COLUMNS, assessment
from kientruc.views.outcomes import Results
from tests.renderers.conftest import NAMES, SMALL, changed, checked, of, told


def records(results: Results) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(outcomes_csv.render(results).decode("utf-8-sig"), newline="")))


def book(results: Results) -> Workbook:
    return load_workbook(io.BytesIO(outcomes_xlsx.render(results)))


def sheet(results: Results, index: int = 1) -> Worksheet:
    found = book(results).worksheets[index]
    assert isinstance(found, Worksheet)
    return found


def cells(found: Worksheet) -> list[dict[str, object]]:
    head, *rows = found.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_csv_has_a_mark_crlf_and_one_physical_line_a_record(hostile: Results) -> None:
    data = outcomes_csv.render(hostile)
    lines = data.decode("utf-8-sig").split("\r\n")
    assert data.startswith(b"\xef\xbb\xbf")
    assert lines[-1] == ""
    assert len(lines) - 2 == len(records(hostile)) == len(list(hostile.editions[0].lines()))
    assert [line for line in lines if "\n" in line or "\r" in line] == []


def test_each_outcome_is_a_row_with_its_columns(small: Results) -> None:
    row = next(row for row in records(small) if row["requirement"] == "C10-AT-01")
    assert tuple(row) == COLUMNS
    assert (row["edition"], row["check"], row["status"], row["assessment"]) == ("cpdt-1.0", "a", "fail", "Chưa đáp ứng")
    assert (row["subjects"], row["names"]) == ("mot-cua", "Một cửa")
    assert (row["file"], row["line"], row["column"]) == ("architecture.yaml", "9", "3")
    assert len(row["fingerprint"]) == 64
    witness = next(row for row in records(small) if row["requirement"] == "C10-KN-01")["witness"]
    assert witness == "Một cửa → LGSP → NGSP → Dân cư"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_status_has_one_of_the_four_words_of_the_check_list(lang: str) -> None:
    words = {
        "vi": {"Đáp ứng", "Chưa đáp ứng", "Chưa đủ cơ sở đánh giá", "Không áp dụng"},
        "en": {"Met", "Not met", "Not enough to assess", "Not applicable"},
    }
    assert {assessment(status, lang) for status in Status} == words[lang]


def test_row_37_no_text_of_a_csv_is_a_formula_and_numbers_stay_numbers(hostile: Results) -> None:
    rows = records(hostile)
    names = {row["names"] for row in rows}
    assert {no_formula(one_line(name)) for name in NAMES} <= names
    assert "'=cmd|'' /C calc'!A0".replace("''", "'") in names
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    raw = outcomes_csv.render(hostile).decode("utf-8-sig").split("\r\n")[1]
    assert ',"architecture.yaml",' in raw and raw.split(',"architecture.yaml",')[1].split(",")[0].isdigit()


def test_row_38_every_text_of_a_workbook_is_text_and_reads_as_it_was_written(hostile: Results) -> None:
    found = sheet(hostile)
    types = {cell.data_type for row in found.iter_rows() for cell in row if cell.value is not None}
    assert types == {"s", "n"}
    names = {row["Tên đối tượng"] for row in cells(found)}
    assert {name.replace("\r\n", "\n") for name in NAMES} <= names
    assert book(hostile).defined_names == {}
    parts = zipfile.ZipFile(io.BytesIO(outcomes_xlsx.render(hostile)))
    assert [name for name in parts.namelist() if b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name)] == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x00\x08\x1bb\ufffe\u202e", "a\ufffd\ufffd\ufffdb\ufffd\ufffd"),
        ("😀" * 20_000, "😀" * 16_383 + "…"),
        ("Đ" * 32_767, "Đ" * 32_767),
        ("Đ" * 32_768, "Đ" * 32_766 + "…"),
    ],
)
def test_row_38_control_characters_and_endless_texts_still_make_a_workbook(name: str, shown: str) -> None:
    loaded, report = checked(SMALL)
    results = told(loaded, changed(report, "C10-AT-01", lambda one: replace(one, subjects=(name,))))
    assert shown in {row["Mã đối tượng"] for row in cells(sheet(results))}


def test_a_workbook_is_ready_to_read_and_to_print(small: Results) -> None:
    found = sheet(small)
    assert found.page_setup is not None
    assert found.freeze_panes == "C2"
    assert found.auto_filter.ref == f"A1:S{found.max_row}"
    assert found.print_title_rows == "$1:$1"
    assert (found.page_setup.orientation, found.page_setup.paperSize) == ("landscape", 9)
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) in ((1, 0), (None, 0))
    assert found["A2"].alignment.wrap_text
    assert book(small).sheetnames == ["Tổng hợp", "Từng kết quả", "Nguồn gốc của báo cáo"]


def test_the_summary_says_verdict_and_counts(two: Results) -> None:
    rows = [[cell for cell in row if cell is not None] for row in sheet(two, 0).iter_rows(values_only=True)]
    name = two.editions[0].name
    assert [f"{name} (cpdt-1.0)", "Chưa đáp ứng", "13/9/2018"] in rows
    assert [f"{name} (khac-2.0)", "Chưa đáp ứng", "13/9/2018"] in rows
    for edition in two.editions:
        for group, numbers in edition.tally:
            assert [edition.id, group, *numbers] in rows


def test_findings_of_loading_have_a_sheet_and_rows() -> None:
    results = of("format: kientruc/1\na: 1\na: 2\n")
    assert book(results).sheetnames == ["Tổng hợp", "Lỗi khi đọc", "Nguồn gốc của báo cáo"]
    assert "Y-DUP" in {row["Yêu cầu"] for row in cells(sheet(results))}
    row = next(row for row in records(results) if row["requirement"] == "Y-DUP")
    assert (row["stage"], row["status"], row["assessment"], row["line"]) == ("đọc hồ sơ", "", "", "3")


@pytest.mark.thorough
def test_what_there_was_no_room_for_is_counted(flood: Results) -> None:
    assert records(flood)[-1]["message"] == "… và 10 mục nữa."
    assert cells(sheet(flood))[-1]["Nội dung"] == "… và 10 mục nữa."


def test_the_same_results_give_the_same_bytes_and_no_time(small: Results) -> None:
    again = of(SMALL)
    assert outcomes_csv.render(small) == outcomes_csv.render(again)
    data = outcomes_xlsx.render(small)
    assert data == outcomes_xlsx.render(again)
    assert {part.date_time for part in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert book(small).properties.created == datetime(1980, 1, 1)
