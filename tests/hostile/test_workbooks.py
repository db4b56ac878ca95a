"""Workbooks of strangers, rows 24 to 29 and 38 for what is read: each refused with its code, and soon."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kientruc.reading.archive_limits import WorkbookLimits
from kientruc.reading.refusal import Refusal
from kientruc.reading.workbook import Column, find_table, read
from kientruc.reading.workbook.cells import read_bytes

COLUMNS = (Column("a", ("A",), True), Column("b", ("B",)))
SHEET = "xl/worksheets/sheet1.xml"
REFERENCES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@cache
def _plain() -> dict[str, bytes]:
    book, stream = Workbook(), io.BytesIO()
    book.worksheets[0].append(["A", "B"])
    book.worksheets[0].append(["x", "y"])
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plain() -> dict[str, bytes]:
    """Give the parts of a small workbook."""
    return dict(_plain())


def packed(parts: dict[str, bytes], **more: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | more).items():
            archive.writestr(name, data)
    return stream.getvalue()


def sheet(rows: str, before: str = "", after: str = "") -> bytes:
    xml = f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    return packed(plain() | {SHEET: xml.encode()})


def refused(data: bytes, limits: WorkbookLimits | None = None) -> str:
    """Give the code of the refusal, which comes soon."""
    start = time.process_time()
    with pytest.raises(Refusal) as found:
        read_bytes("a.xlsx", data, limits or WorkbookLimits())
    assert time.process_time() - start < 2
    assert found.value.finding.refused
    return found.value.finding.code


def text(value: str) -> str:
    return f'<c r="A1" t="inlineStr"><is><t>{value}</t></is></c>'


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "C:/a.xml", "xl\\a.xml", "xl/../../a.xml"])
def test_row_24_names_in_a_workbook_that_leave_it_are_refused(name: str) -> None:
    assert refused(packed(plain(), **{name: b"<a/>"})) == "X-NAME"


def test_row_25_a_link_in_a_workbook_is_refused() -> None:
    stream = io.BytesIO(packed(plain()))
    with zipfile.ZipFile(stream, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refused(stream.getvalue()) == "X-NAME"


def test_row_26_a_workbook_that_grows_is_refused_before_it_does() -> None:
    assert refused(packed(plain(), **{"xl/a.xml": b" " * 50_000_000})) == "X-BOMB"
    assert refused(packed(plain(), **{f"xl/{n}.xml": b"" for n in range(2_001)})) == "X-BOMB"
    assert refused(packed(plain()), WorkbookLimits(inflated=1000)) == "X-BOMB"


def test_row_26_a_size_that_lies_and_a_file_cut_short_are_refused() -> None:
    data = bytearray(packed(plain()))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refused(bytes(data)) == "X-ZIP"
    assert refused(packed(plain())[:-30]) == "X-ZIP"
    assert refused(b"PK\x03\x04") == "X-ZIP"


def test_row_27_two_parts_of_one_name_are_refused() -> None:
    assert refused(packed(plain(), **{"XL/workbook.xml": b"<a/>"})) == "X-NAME"


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("head", [ENTITY, LAUGHS, "<!DOCTYPE a>", '<!DOCTYPE a SYSTEM "http://localhost/a.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "docProps/core.xml", "_rels/.rels"])
def test_row_28_no_part_of_a_workbook_may_declare_a_doctype(head: str, encoding: str, part: str) -> None:
    found = f'<?xml version="1.0" encoding="{encoding}"?>{head}<a>&x;</a>'.encode(encoding)
    assert refused(packed(plain() | {part: found})) == "X-DTD"


def test_row_29_deep_and_broken_xml_in_a_workbook_is_refused() -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    assert refused(packed(plain(), **{"xl/deep.xml": deep})) in ("X-XML", "X-BOMB")
    assert refused(packed(plain() | {SHEET: b"<a><b></a>"})) == "X-XML"
    assert refused(packed(plain() | {"xl/_rels/workbook.xml.rels": b"<a/>"})) == "X-BROKEN"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xl/vbaProject.bin", "X-MACRO"),
        ("xl/macrosheets/sheet1.xml", "X-MACRO"),
        ("xl/activeX/activeX1.xml", "X-MACRO"),
        ("xl/externalLinks/externalLink1.xml", "X-EXTERNAL"),
        ("xl/connections.xml", "X-EXTERNAL"),
        ("xl/queryTables/queryTable1.xml", "X-EXTERNAL"),
    ],
)
def test_macros_and_links_to_elsewhere_are_refused(name: str, code: str) -> None:
    assert refused(packed(plain(), **{name: b"<a/>"})) == code


def test_a_macro_told_only_by_its_content_type_is_refused() -> None:
    parts = plain()
    usual = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
    types = parts["[Content_Types].xml"].replace(usual, b"ms-excel.sheet.macroEnabled.main")
    assert refused(packed(parts | {"[Content_Types].xml": types})) == "X-MACRO"


def test_files_that_are_no_workbooks_are_told_apart() -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512) == "X-OLE"
    assert refused(b"") == "X-NOTXLSX"
    assert refused(b"a;b;c\n") == "X-NOTXLSX"
    assert refused(packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})) == "X-NOTXLSX"


def test_an_encrypted_part_is_told() -> None:
    data = bytearray(packed(plain()))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)) == "X-OLE"


def test_sizes_past_the_limits_are_refused() -> None:
    assert refused(sheet('<row r="50001"><c r="A50001"><v>1</v></c></row>')) == "X-LIMIT"
    assert refused(sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')) == "X-LIMIT"
    assert refused(sheet("<row><c><v>1</v></c></row>" * 3), WorkbookLimits(cells=2)) == "X-LIMIT"
    assert refused(sheet(f'<row r="1">{text("x" * 32_768)}</row>')) == "X-LONG"
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 5_002))
    assert refused(sheet("", after=f"<mergeCells>{merged}</mergeCells>")) == "X-LIMIT"


def test_what_many_rows_and_sheets_leave_empty_is_weighed_too() -> None:
    wide = "".join(f'<row r="{n}"><c r="IV{n}"><v>1</v></c></row>' for n in range(1, 5_001))
    assert refused(sheet(wide)) == "X-LIMIT"
    start = time.process_time()
    far = read_bytes("a.xlsx", sheet('<row r="1"><c r="IV1"><v>1</v></c></row><row r="50000"><c><v>1</v></c></row>'))
    assert [len(row) for row in far.sheets[0].rows[:3]] == [256, 0, 0]
    assert time.process_time() - start < 2


def sheets(count: int, reference: str, rows: int) -> bytes:
    """Make a workbook of so many sheets of so many rows; `reference` of a number names a sheet's part."""
    parts = plain()
    one = re.search(rb"<sheet .*?/>", parts["xl/workbook.xml"])
    assert one
    listed = (
        f'<sheet xmlns:r="{REFERENCES}" name="S{n}" sheetId="{n}" r:id="{reference.format(n)}"/>'
        for n in range(1, count + 1)
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(one[0], "".join(listed).encode())
    types = "".join(
        f'<Relationship Id="t{n}" Type="{REFERENCES}/worksheet" Target="/xl/worksheets/s{n}.xml"/>'
        for n in range(1, count + 1)
    )
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", types.encode() + b"</Relationships>")
    cells = "<row><c><v>1</v></c></row>" * rows
    body = f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>".encode()
    return packed(parts | {f"xl/worksheets/s{n}.xml": body for n in range(1, count + 1)})


def test_a_sheet_is_read_once_and_all_sheets_share_one_budget() -> None:
    assert refused(sheets(2, "rId1", 1)) == "X-XML"
    assert refused(sheets(101, "t{}", 1)) == "X-LIMIT"
    assert refused(sheets(6, "t{}", 10_000)) == "X-LIMIT"


def test_definitions_and_elements_that_only_fill_the_memory_are_refused() -> None:
    names = "".join(f'<definedName name="n{n}">Sheet!$A$1</definedName>' for n in range(100_000))
    parts = plain()
    end = b"</sheets>"
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        end, end + f"<definedNames>{names}</definedNames>".encode()
    )
    assert refused(packed(parts)) == "X-LIMIT"
    assert refused(sheet("<row/>" * 100_000), WorkbookLimits(tags=50_000)) == "X-LIMIT"


def test_a_fault_of_ours_is_not_called_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kientruc.reading.workbook.cells._tidy", lambda text: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        read_bytes("a.xlsx", packed(plain()))


@pytest.mark.parametrize(
    "cells", ['<c r="B1"/><c r="A1"/>', '<c r="A1"/><c r="A1"/>', '<c r="A2"/>', '<c r="a1"/>', '<c r="A0"/>']
)
def test_cells_out_of_order_are_refused(cells: str) -> None:
    assert refused(sheet(f'<row r="1">{cells}</row>')) == "X-XML"


def test_what_a_sheet_says_of_its_size_is_not_believed() -> None:
    start = time.process_time()
    rows = f'<row r="1">{text("A")}</row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    book = read_bytes("a.xlsx", sheet(rows, '<dimension ref="A1:XFD1048576"/>'))
    assert [[cell.text for cell in row] for row in book.sheets[0].rows] == [["A"]]
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "cell",
    ['<c r="A1" t="s"><v>99999</v></c>', '<c r="A1" t="s"><v>x</v></c>', f'<c r="A1"><v>{"9" * 5000}</v></c>'],
)
def test_cells_that_lead_nowhere_end_in_a_message(cell: str) -> None:
    assert refused(sheet(f'<row r="1">{cell}</row>')) == "X-BROKEN"


def test_a_link_to_a_workbook_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.xlsx").write_bytes(packed(plain()))
    (tmp_path / "a.xlsx").symlink_to("real.xlsx")
    with pytest.raises(Refusal, match="I-LINK"):
        read(tmp_path / "a.xlsx")


@pytest.mark.parametrize("formula", ["1+1", "cmd|' /c calc'!A1", 'HYPERLINK("http://a")', "WEBSERVICE(A1)"])
def test_row_38_a_formula_that_comes_in_is_told_and_never_computed(formula: str) -> None:
    heading = '<row r="1"><c r="A1" t="str"><v>A</v></c></row>'
    data = sheet(f'{heading}<row r="2"><c r="A2" t="str"><f>{formula.replace("&", "&amp;")}</f><v>7</v></c></row>')
    table = find_table(read_bytes("a.xlsx", data), COLUMNS)
    assert [(one.code, str(one.span)) for one in table.findings] == [("X-FORMULA", "a.xlsx [Sheet!A2]")]
    assert table.rows[0].said("a") == ""


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_broken_byte_ends_in_a_traceback(data: st.DataObject) -> None:
    whole = bytearray(packed(plain()))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        find_table(read_bytes("a.xlsx", bytes(whole)), COLUMNS)
    except Refusal as refusal:
        assert refusal.finding.code.startswith("X-")
