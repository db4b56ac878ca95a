"""Mẫu 03 in a workbook of the user's own: rows under its headings, and every other part as it was."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from kientruc import api
from kientruc.cli import run
from kientruc.renderers.form_template import FilledIn
from kientruc.renderers.sheet_cells import put_cells
from tests.renderers.test_form_xlsx import TEXT, architecture, table

Edit = Callable[[Workbook], None]
PRESCRIBED = ("DM_DOITUONG", "QH_KETNOI", "HOANTHIEN_NV")


def template(folder: Path, edit: Edit | None = None, name: str = "mau.xlsx") -> Path:
    """Make a template as an agency has one: its own headings, colours, a chart, a sheet of formulas."""
    ours = load_workbook(io.BytesIO(api.form_workbook(architecture())))
    book = Workbook()
    cover = book.active
    assert isinstance(cover, Worksheet)
    cover.title = "BIA"
    cover["A1"], cover["B1"], cover["A3"] = "Tỉnh A", "=COUNTA(DM_DOITUONG!T6:T99)", "Phiên bản dữ liệu"
    chart = BarChart()
    chart.add_data(Reference(cover, min_col=2, min_row=1, max_row=1))
    cover.add_chart(chart, "D2")  # type: ignore[call-arg]
    for sheet in PRESCRIBED:
        there = book.create_sheet(sheet)
        headings = [str(cell.value) for cell in ours[sheet][2]]
        there.append(["UBND TỈNH A"])
        there.merge_cells("A1:D1")
        there.append([])
        there.append([unicodedata.normalize("NFD", heading).upper() for heading in reversed(headings)])
        there.append([f"({number})" for number in range(1, len(headings) + 1)])
        for column in range(1, len(headings) + 2):
            cell = there.cell(5, column)
            cell.fill, cell.font = PatternFill("solid", start_color="FFFFEEDD"), Font(name="Times New Roman", size=13)
        there.cell(5, len(headings) + 2).value = "=1+1"  # a column of their own
    if edit:
        edit(book)
    path = folder / name
    book.save(path)
    return path


def filled(path: Path) -> FilledIn:
    return api.form_in_template(architecture(), path)


def codes(found: FilledIn) -> list[str]:
    return [f"{one.code} {getattr(one.span, 'cell', '')}".strip() for one in found.findings]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_rows_stand_under_their_headings_in_the_words_and_order_of_the_template(tmp_path: Path) -> None:
    found = filled(template(tmp_path))
    assert codes(found) == ["F-NOSHEET"]
    theirs, ours = load_workbook(io.BytesIO(found.data)), load_workbook(io.BytesIO(api.form_workbook(architecture())))
    for sheet in PRESCRIBED:
        heads = [str(cell.value) for cell in ours[sheet][2]]
        rows = [[cell or None for cell in row] for row in ours[sheet].iter_rows(min_row=3, values_only=True)]
        got = theirs[sheet].iter_rows(min_row=5, max_col=len(heads), values_only=True)
        assert [[*reversed(row)] for row in got] == rows
    assert theirs["DM_DOITUONG"]["A4"].value == "(1)"
    assert theirs["DM_DOITUONG"].cell(5, 17).value == "=1+1"  # the name of LGSP, a text
    assert theirs["DM_DOITUONG"].cell(5, 17).data_type == "s"


def test_styles_other_columns_and_all_other_parts_stay_as_they_are(tmp_path: Path) -> None:
    path = template(tmp_path)
    found = filled(path)
    sheet = load_workbook(io.BytesIO(found.data))["DM_DOITUONG"]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:D1"]
    for row in (5, 8):
        assert (sheet.cell(row, 3).fill.start_color.rgb, sheet.cell(row, 3).font.name) == (
            "FFFFEEDD",
            "Times New Roman",
        )
    assert sheet.cell(5, 22).value == "=1+1"
    before, after = parts(path.read_bytes()), parts(found.data)
    assert [*before] == [*after]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"xl/worksheets/sheet{number}.xml" for number in (2, 3, 4)}
    assert any(name.startswith("xl/charts/") for name in after)


def test_what_the_template_computes_is_computed_anew(tmp_path: Path) -> None:
    path = template(tmp_path)
    there = parts(path.read_bytes())
    there["xl/workbook.xml"] = there["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in there.items():
            archive.writestr(name, content)
    assert b'fullCalcOnLoad="1"' in parts(filled(path).data)["xl/workbook.xml"]


def test_a_label_without_a_value_gets_its_particular(tmp_path: Path) -> None:
    words = load_workbook(io.BytesIO(api.form_workbook(architecture())))["HUONG_DAN"]
    labels = {row[0]: row[1] for row in words.iter_rows(min_row=3, max_row=7, values_only=True)}
    label = next(label for label, value in labels.items() if value == "0.2")

    def named(book: Workbook) -> None:
        book["BIA"]["A3"], book["BIA"]["A4"], book["BIA"]["B4"] = label, label, "giữ"

    sheet = load_workbook(io.BytesIO(filled(template(tmp_path, named)).data))["BIA"]
    assert (sheet["B3"].value, sheet["B4"].value) == ("0.2", "giữ")


def test_the_same_bytes_twice_and_the_template_is_only_read(tmp_path: Path) -> None:
    path = template(tmp_path)
    before = path.read_bytes()
    assert filled(path).data == filled(path).data
    assert path.read_bytes() == before


def test_what_was_filled_in_reads_back_as_the_form(tmp_path: Path) -> None:
    root = tmp_path / "architecture.yaml"
    root.write_text(TEXT.lstrip("\n"), encoding="utf-8")
    path = tmp_path / "da-ghi.xlsx"
    path.write_bytes(filled(template(tmp_path)).data)
    changes = api.form_changes(api.load(root), path)
    assert (changes.cells, changes.patch.files, [one.code for one in changes.findings]) == (0, (), [])


def without_column(book: Workbook) -> None:
    for cell in book["DM_DOITUONG"][3]:
        if str(cell.value).startswith(unicodedata.normalize("NFD", "TÊN ĐỐI")):
            cell.value = "Khác"


def without_note(book: Workbook) -> None:
    for cell in book["DM_DOITUONG"][3]:
        if str(cell.value).startswith(unicodedata.normalize("NFD", "ĐƠN VỊ VẬN")):
            cell.value = "Khác"


def twice(book: Workbook) -> None:
    book["QH_KETNOI"].cell(3, 20).value = book["QH_KETNOI"].cell(3, 1).value


@pytest.mark.parametrize(
    ("edit", "code", "stops"),
    [
        (lambda book: book.remove(book["DM_DOITUONG"]), "X-SHEET", True),
        (without_column, "X-COLUMN DM_DOITUONG!A3", True),
        (without_note, "F-NOCOLUMN DM_DOITUONG!A3", False),
        (twice, "X-TWICE QH_KETNOI!T3", True),
        (lambda book: book["DM_DOITUONG"].merge_cells("B3:C3"), "X-COLUMN DM_DOITUONG!A3", True),
        (lambda book: book["DM_DOITUONG"].merge_cells("A3:A4"), "X-MERGED DM_DOITUONG!A3", True),
        (lambda book: book["DM_DOITUONG"].merge_cells("A6:B6"), "X-MERGED DM_DOITUONG!A6", True),
        (lambda book: book["HOANTHIEN_NV"].cell(6, 2, "Người ký"), "F-FULL HOANTHIEN_NV!B6", True),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_sheet_and_cell(tmp_path: Path, edit: Edit, code: str, stops: bool) -> None:
    found = filled(template(tmp_path, edit))
    assert code in codes(found)
    assert (found.data == b"") is stops


def test_a_sheet_that_is_named_otherwise_is_known_by_its_headings(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book["DM_DOITUONG"].title = "Bảng 1"

    found = filled(template(tmp_path, edit))
    assert load_workbook(io.BytesIO(found.data))["Bảng 1"].cell(5, 20).value == "KT-02"


def test_hostile_templates_are_refused(tmp_path: Path) -> None:
    path = template(tmp_path)
    book = load_workbook(path, keep_vba=True)
    book.save(tmp_path / "macro.xlsm")
    (tmp_path / "ole.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "bom.xlsx").write_bytes(b"PK")
    for name, code in (("macro.xlsm", "X-MACRO"), ("ole.xlsx", "X-OLE"), ("bom.xlsx", "X-ZIP")):
        found = filled(tmp_path / name)
        assert ([one.code for one in found.findings], found.data) == ([code], b"")
        assert all(one.refused for one in found.findings)


def test_the_command_never_writes_over_the_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "architecture.yaml"
    root.write_text(TEXT.lstrip("\n"), encoding="utf-8")
    path = template(tmp_path)
    before = path.read_bytes()
    export = ["export", "mau03", str(root), "--template", str(path)]
    assert run([*export, "-o", str(path)]) == 2
    assert path.read_bytes() == before
    assert run([*export, "-o", str(tmp_path / "ra.xlsx")]) == 0
    assert run([*export, "-o", str(tmp_path / "ra.xlsx"), "--lang", "en"]) == 0
    assert table(load_workbook(tmp_path / "ra.xlsx"), "DM_DOITUONG")
    assert run(["export", "mau03", str(root), "--template", str(tmp_path / "khong.xlsx"), "-o", str(path)]) == 2
    assert (
        run([*export[:-1], str(template(tmp_path, without_column, "thieu.xlsx")), "-o", str(tmp_path / "b.xlsx")]) == 1
    )
    assert "X-COLUMN" in capsys.readouterr().err
    assert not (tmp_path / "b.xlsx").exists()


SHEET = (
    b'<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<x:sheetData>%s</x:sheetData></x:worksheet>"
)


@pytest.mark.parametrize(
    ("rows", "inside"),
    [
        (b"", b'<x:row r="2"><x:c r="B2"'),
        (b'<x:row r="1" spans="1:2"/><x:row r="3"/>', b'spans="1:2"/><x:row r="2"><x:c r="B2"'),
        (b'<x:row r="2" spans="1:1" ht="20"><x:c r="A2" s="4"/></x:row>', b'<x:row r="2" ht="20"><x:c r="A2" s="4"/>'),
        (
            b'<x:row r="2"><x:c r="B2" s="7"><x:v>1</x:v></x:c><x:c r="C2"/></x:row>',
            b'<x:c r="B2" s="7" t="inlineStr">',
        ),
    ],
)
def test_a_cell_goes_into_a_sheet_whatever_it_holds(rows: bytes, inside: bytes) -> None:
    assert inside in put_cells(SHEET % rows, {2: {2: "a"}})
    assert put_cells(SHEET % rows, {}) == SHEET % rows
    assert b'<x:row r="2">' in put_cells(SHEET.replace(b">%s</x:sheetData", b"/") % (), {2: {2: "a"}})


def test_a_row_becomes_as_high_as_its_texts_and_never_lower() -> None:
    rows = b'<x:row r="2" ht="300" customHeight="1"/><x:row r="3" ht="12"/>'
    long = "một hai ba bốn năm sáu bảy tám chín mười " * 3
    found = put_cells(SHEET % rows, {2: {1: long}, 3: {1: long}, 4: {1: "một"}}, 2)
    heights = [float(one) for one in re.findall(rb' ht="([0-9.]+)"', found)]
    assert heights[0] == 300
    assert heights[1] > 150 > heights[2]


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 30), st.integers(1, 40)),
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co")), max_size=20),
        max_size=20,
    )
)
def test_any_text_in_any_cell_is_read_back_by_another_program(cells: dict[tuple[int, int], str]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(2, 20, 3):
        sheet.cell(row, 3).value = f"giữ {row}"
        sheet.cell(row, 30).value = row
    stream = io.BytesIO()
    book.save(stream)
    wanted: dict[int, dict[int, str]] = {}
    for (row, column), words in cells.items():
        wanted.setdefault(row, {})[column] = words
    found = parts(stream.getvalue())
    found["xl/worksheets/sheet1.xml"] = put_cells(found["xl/worksheets/sheet1.xml"], wanted)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    again = load_workbook(out).active
    assert again is not None
    for row in range(1, 31):
        for column in range(1, 41):
            words = cells.get((row, column), "")
            before = sheet.cell(row, column).value
            got = again.cell(row, column).value
            assert (str(got).replace("_x005F_", "_") if words else got) == (words or before)
