"""Rows that come into an edited Mẫu 03, and rows that go: new records with their source, retired ids, or told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from kientruc import api
from kientruc.cli import run
from kientruc.intake.form_changes import Changes
from kientruc.model.architecture import Architecture
from tests.intake.test_form import Edit, codes, column, exported, put, root

__all__ = ["root"]

OBJECT = {
    **{"Mã đối tượng": "KT-30", "Loại bản ghi": "Bản ghi gốc", "Tên đối tượng": "Kho lưu trữ của Sở A"},
    **{"Loại đối tượng": "CSDL/tài sản dữ liệu", "Trạng thái mô hình": "Hiện trạng", "Cơ quan chủ quản": "Sở A"},
}
PAIR = {
    **{"Mã nội dung": "ND-01", "Mã nhiệm vụ chuyển đổi kiến trúc": "NV-30", "Tên/mục tiêu nhiệm vụ": "Thuê kho"},
    **{"Cơ quan/đơn vị chủ trì": "Sở A", "Thời hạn/giai đoạn chuyển đổi dự kiến": "2027–2028"},
}
CONTENT = {"Hiện trạng": "Chưa có", "Yêu cầu cần đạt": "Có kho", "Nội dung cần hoàn thiện": "Hoàn thiện kho"}
CONTENT |= {"Đối tượng liên quan": "KT-10; KT-11"}


def row(sheet: str, cells: Mapping[str, str]) -> Edit:
    """Put a row behind the last."""

    def edit(book: Workbook) -> None:
        found = book[sheet]
        last = max(cell.row or 0 for one in found.iter_rows() for cell in one if cell.value)
        for heading, words in cells.items():
            found.cell(last + 1, column(found, heading)).value = words

    return edit


def without(sheet: str, key: str) -> Edit:
    """Take away the rows whose first cell says something."""

    def edit(book: Workbook) -> None:
        rows = [one[0].row or 0 for one in book[sheet].iter_rows(min_row=3) if one[0].value == key]
        assert rows
        for number in reversed(rows):
            book[sheet].delete_rows(number)

    return edit


def both(*edits: Edit) -> Edit:
    def edit(book: Workbook) -> None:
        for one in edits:
            one(book)

    return edit


def taken(root: Path, edit: Edit, remove: bool = False) -> Changes:
    found = api.form_changes(api.load(root), exported(root, edit), remove_missing=remove)
    found.patch.write(root.parent)
    return found


def loaded(root: Path) -> Architecture:
    found = api.load(root)
    assert found.architecture is not None, found.findings
    return found.architecture


def test_a_new_object_is_an_element_with_the_workbook_as_its_source(root: Path) -> None:
    before = root.read_text(encoding="utf-8")
    found = taken(root, row("DM_DOITUONG", OBJECT))
    assert (codes(found), found.new, found.cells) == ([], ("kho-luu-tru",), 0)
    architecture = loaded(root)
    made = architecture.elements["kho-luu-tru"]  # whose it is does not belong in an id
    assert (made.kind.value, made.owner, made.states, made.codes) == (
        *("data_store", "so", {"nay": "present"}, {"mau03": "KT-30"}),
    )
    assert (made.source, made.certainty.value) == ("mau03-mau", "stated")
    source = architecture.records["sources"]["mau03-mau"]
    assert (source.kind, source.title) == ("submission", "Mẫu số 03 đã điền: mau.xlsx")
    kept = root.read_text(encoding="utf-8").splitlines()
    assert [line for line in before.splitlines() if line not in kept] == []


def test_the_same_workbook_twice_changes_nothing_the_second_time(root: Path) -> None:
    link = {"Đối tượng nguồn": "KT-30", "Loại quan hệ": "Trao đổi dữ liệu", "Đối tượng đích": "KT-10"}
    edits = row("DM_DOITUONG", OBJECT), row("QH_KETNOI", {**link, "Dữ liệu/dịch vụ trao đổi": "Hồ sơ"})
    path = exported(root, both(*edits, row("HOANTHIEN_NV", {**CONTENT, **PAIR})))
    first = api.form_changes(api.load(root), path)
    assert (codes(first), len(first.new)) == ([], 3)
    first.patch.write(root.parent)
    again = api.form_changes(api.load(root), path)
    assert (codes(again), again.patch.files) == ([], ())


def test_a_new_relation_may_join_what_is_there_and_what_is_new(root: Path) -> None:
    edits = (
        row("DM_DOITUONG", OBJECT),
        row(
            "QH_KETNOI",
            {
                **{"Đối tượng nguồn": "KT-02", "Loại quan hệ": "Trao đổi dữ liệu", "Đối tượng đích": "KT-30"},
                **{"Dữ liệu/dịch vụ trao đổi": "Nhật ký", "Cơ chế/kênh kết nối": "API", "Trạng thái": "Dự kiến"},
            },
        ),
    )
    found = taken(root, both(*edits))
    assert (codes(found), found.new[0]) == ([], "lgsp → kho-luu-tru")
    made = next(one for one in loaded(root).relations if one.target == "kho-luu-tru")
    assert (made.source_id, made.verb.value, made.payload, made.protocol, made.source) == (
        *("lgsp", "sends", "Nhật ký", "API", "mau03-mau"),
    )


def test_a_new_task_covers_the_gap_of_its_row_and_a_new_pair_joins_what_is_there(root: Path) -> None:
    found = taken(root, row("HOANTHIEN_NV", {**CONTENT, **PAIR}))
    assert (codes(found), found.new) == ([], ("thue-kho",))
    task = loaded(root).records["tasks"]["thue-kho"]
    assert (task.lead, task.period.from_, task.codes) == ("so", 2027, {"mau03": "NV-30"})
    second = {**CONTENT, "Mã nội dung": "ND-01", "Mã nhiệm vụ chuyển đổi kiến trúc": "NV-02"}
    found = taken(root, row("HOANTHIEN_NV", {**second, "Tên/mục tiêu nhiệm vụ": "Khảo sát"}))
    assert (set(codes(found)), found.new) == ({"F-DIFFERS"}, ("nv2 → nd",))  # cells left empty unsay nothing
    assert loaded(root).records["tasks"]["nv2"].progress == "running"
    covers = {(one.source_id, one.target) for one in loaded(root).relations if one.verb.value == "covers"}
    assert covers == {("nv", "nd"), ("thue-kho", "nd"), ("nv2", "nd")}


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (row("DM_DOITUONG", {**OBJECT, "Cơ quan chủ quản": "Sở Z"}), ["F-BODY DM_DOITUONG!K7"]),
        (row("DM_DOITUONG", {**OBJECT, "Loại đối tượng": "Máy"}), ["F-VALUE DM_DOITUONG!E7"]),
        (row("QH_KETNOI", {"Đối tượng nguồn": "KT-02", "Loại quan hệ": "Phụ thuộc", "Đối tượng đích": "KT-77"}),
         ["F-REF QH_KETNOI!D5"]),
        (row("DM_DOITUONG", {"Loại bản ghi": "Bản ghi gốc"}), ["F-NAME DM_DOITUONG!A7"]),
        (row("ANHXA", {"Mã đối tượng": "KT-11"}), ["F-NEW ANHXA!A6"]),
        (row("ANHXA", {"Mã đối tượng": "KT-02"}), ["F-TWICE ANHXA!A6"]),
        (put("DM_DOITUONG", "KT-02", "Mã đối tượng", "KT-99"), ["F-NEW DM_DOITUONG!A3", "F-GONE"]),
    ],
)  # fmt: skip
def test_what_of_a_new_row_cannot_be_said_is_told_with_sheet_and_cell(root: Path, edit: Edit, told: list[str]) -> None:
    found = taken(root, edit)
    assert [f"{one.code} {getattr(one.span, 'cell', '')}".strip() for one in found.findings][: len(told)] == told


def test_one_row_that_cannot_be_read_stops_all_of_them(root: Path) -> None:
    before = root.read_bytes()
    link = {"Đối tượng nguồn": "KT-30", "Loại quan hệ": "Phụ thuộc", "Đối tượng đích": "KT-77"}
    found = taken(root, both(row("DM_DOITUONG", OBJECT), row("QH_KETNOI", link)))
    assert (codes(found), found.new, root.read_bytes()) == (["F-REF"], (), before)


def test_a_missing_row_is_told_and_nothing_is_removed(root: Path) -> None:
    before = root.read_bytes()
    found = taken(root, without("DM_DOITUONG", "QG-01"))
    assert (codes(found), found.findings[0].values, found.gone) == (["F-GONE"], {"found": "qg 01"}, ())
    assert root.read_bytes() == before


def test_what_is_to_be_removed_is_retired_if_nothing_uses_it(root: Path) -> None:
    found = taken(root, without("DM_DOITUONG", "QG-01"), remove=True)
    assert (codes(found), found.gone) == ([], ("csdl-qg",))
    architecture = loaded(root)
    assert "csdl-qg" not in architecture.elements
    retired = architecture.records["retired"]["csdl-qg"]
    assert (retired.name, retired.reason) == ("CSDL quốc gia", "Không còn dòng trong Mẫu số 03 đã nhận: mau.xlsx")


def test_what_is_still_used_stays_and_is_told_with_its_place(root: Path) -> None:
    found = taken(root, without("DM_DOITUONG", "KT-10"), remove=True)
    assert (codes(found), found.gone) == (["F-USED"], ())
    assert found.findings[0].values["where"].startswith("architecture.yaml:")
    assert "kho" in loaded(root).elements


def test_relations_and_pairs_go_with_their_rows(root: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["QH_KETNOI"]
        verbs = column(sheet, "Loại quan hệ")
        number = next(
            one[0].row or 0 for one in sheet.iter_rows(min_row=3) if one[verbs - 1].value == "Sử dụng dịch vụ"
        )
        sheet.delete_rows(number)

    found = taken(root, both(edit, without("HOANTHIEN_NV", "ND-01")), remove=True)
    assert (codes(found), set(found.gone)) == ([], {"nd", "nv", "mot-cua → lgsp"})
    architecture = loaded(root)
    assert [one.verb.value for one in architecture.relations if one.source_id == "mot-cua"] == ["reads", "serves"]
    assert (architecture.records["contents"], [*architecture.records["tasks"]]) == ({}, ["nv2"])


def test_a_code_that_was_changed_retires_nothing(root: Path) -> None:
    found = taken(root, put("DM_DOITUONG", "QG-01", "Mã đối tượng", "QG-77"), remove=True)
    assert (codes(found), found.gone, found.patch.files) == (["F-NEW", "F-GONE"], (), ())


def test_new_edited_and_missing_rows_of_one_workbook_are_one_patch(root: Path) -> None:
    edits = row("DM_DOITUONG", OBJECT), put("DM_DOITUONG", "KT-10", "Tên đối tượng", "Kho mới")
    found = taken(root, both(*edits, without("DM_DOITUONG", "QG-01")), remove=True)
    assert (found.cells, found.new, found.gone) == (1, ("kho-luu-tru",), ("csdl-qg",))
    architecture = loaded(root)
    assert architecture.elements["kho"].name == "Kho mới"
    assert found.patch.diff().count("+++ ") == 1


def test_the_command_says_what_came_and_what_went(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported(root, both(row("DM_DOITUONG", OBJECT), without("DM_DOITUONG", "QG-01")))
    arguments = ["import", "mau03", str(path), "--into", str(root)]
    assert run(arguments) == 1  # what is missing waits for a decision
    assert run([*arguments, "--remove-missing"]) == 0
    assert "thêm 1, bỏ 1" in capsys.readouterr().err
    assert run([*arguments, "--remove-missing", "--apply"]) == 0
    assert "csdl-qg" in loaded(root).records["retired"]
