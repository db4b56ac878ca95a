"""The workbook of a form, read by another program: sheets, columns, words of the lists, codes, no formula."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from kientruc import api
from kientruc.errors import UsageError
from kientruc.model.architecture import Architecture

TEXT = """
format: kientruc/1
architecture:
  {id: mau, name: Mẫu, agency: tinh, edition: qgs-1425, cut_off: 2026-09-01, version: "0.2", effective: 2026-12-01}
organisations:
  tinh: {name: UBND tỉnh}
  so: {name: Sở A}
states:
  nay: {name: Nay, role: baseline}
  mai: {name: Mai, role: target}
legal:
  qd-1: {number: 1/QĐ, title: Quyết định}
versions:
  v1: {number: "0.1", date: 2026-08-01, summary: Dự thảo đầu}
elements:
  dan: {kind: user_group, name: Người dân}
  lgsp:
    kind: platform
    name: =1+1
    role: lgsp
    codes: {mau03: KT-02}
    places: {qgs-1425: t-ntl-1}
    owner: so
    operator: {unknown: chưa giao, ask: so, by: 2026-12-31}
    sharing: province
    lifecycle: operating
    treatment: upgrade
    scope: province
    states: [nay, mai]
  kho: {kind: data_store, name: Kho, codes: {mau03: KT-10}, places: {qgs-1425: x4}, states: [mai]}
  csdl-qg: {kind: data_store, name: CSDL quốc gia, reference: {issuer: Bộ Công an, code: QG-9}, sharing: nation-a}
  mot-cua:
    kind: application
    name: Một cửa
    states: [nay]
    uses: [lgsp]
    serves: [dan]
    reads:
      - to: kho
        over: lgsp
        protocol: https
        frequency: hằng ngày
        sla: "99%"
        status: existing
        basis: [{document: qd-1, article: Điều 2}]
contents:
  nd: {name: Hoàn thiện kho, codes: {mau03: ND-01}, about: [kho, mot-cua], now: Chưa có, required: Có kho}
tasks:
  nv:
    {name: Xây kho, codes: {mau03: NV-01}, lead: so, priority: urgent, due: 2027-06-30, covers: [nd], waits_for: [nv2]}
  nv2: {name: Khảo sát, codes: {mau03: NV-02}, period: {from: 2026, until: 2027}, progress: running}
"""


ASKED = "Chưa xác định (hỏi UBND tỉnh; chưa ấn định hạn)"  # where nobody is asked, the agency whose dossier it is
SO = "Chưa xác định (hỏi Sở A; hạn 31/12/2026)"  # the day by which the dossier asks that body for something else


def architecture(text: str = TEXT) -> Architecture:
    loaded = api.load_text(text)
    assert loaded.architecture is not None, [(one.code, one.values) for one in loaded.findings]
    return loaded.architecture


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(api.form_workbook(architecture())))


def table(book: Workbook, sheet: str) -> list[dict[str, str]]:
    rows = [[cell or "" for cell in row] for row in book[sheet].iter_rows(min_row=2, values_only=True)]
    return [
        {str(head).rstrip(" *"): str(cell) for head, cell in zip(rows[0], row, strict=True) if cell} for row in rows[1:]
    ]


def test_the_sheets_are_the_prescribed_ones_in_their_order(book: Workbook) -> None:
    assert book.sheetnames == [
        *("HUONG_DAN", "DM_DOITUONG", "QH_KETNOI", "ANHXA", "HOANTHIEN_NV"),
        *("DM_GIATRI", "TU_DIEN_TRUONG", "LS_PHIENBAN"),
    ]


def test_objects_come_in_the_order_of_their_codes_in_the_words_of_the_lists(book: Workbook) -> None:
    rows = table(book, "DM_DOITUONG")
    assert [row.get("Mã đối tượng") for row in rows] == ["KT-02", "KT-10", ASKED, ASKED]
    assert rows[0] == {
        "Mã đối tượng": "KT-02",
        "Loại bản ghi": "Bản ghi gốc",
        "Tên đối tượng": "=1+1",
        "Loại đối tượng": "Nền tảng số",
        "Lớp kiến trúc/thành phần xuyên suốt": "Dữ liệu và nền tảng cốt lõi",
        "Thành phần trong lớp": "Nền tảng lõi",
        "Trạng thái mô hình": "Đồng thời hiện trạng và mục tiêu",
        "Phạm vi sử dụng": "Cấp tỉnh",
        "Phạm vi/hình thức dùng chung": "Dùng chung cấp tỉnh",
        "Cơ quan chủ quản": "Sở A",
        "Đơn vị vận hành": "Chưa xác định (hỏi Sở A; hạn 31/12/2026)",
        "Trạng thái vòng đời": "Đang vận hành",
        "Phương án hoàn thiện": "Nâng cấp/mở rộng",
        "Đầu mối kỹ thuật/vận hành": SO,
        "Tình trạng khai thác tại cơ quan": "Không áp dụng",
        "Nguồn/minh chứng": SO,
        "Đầu mối xác nhận": SO,
    }
    assert rows[1]["Thành phần trong lớp"] == "Không áp dụng"
    reference = rows[2]
    assert (reference["Loại bản ghi"], reference["Cơ quan chủ quản"], reference["Mã định danh gốc/mã nguồn"]) == (
        *("Bản ghi tham chiếu", "Bộ Công an", "QG-9"),
    )


def test_a_user_group_is_no_object_and_what_serves_it_no_relation(book: Workbook) -> None:
    assert "Người dân" not in str(table(book, "DM_DOITUONG"))
    assert [row["Loại quan hệ"] for row in table(book, "QH_KETNOI")] == ["Sử dụng dịch vụ", "Trao đổi dữ liệu"]


def test_the_sender_comes_first_whoever_wrote_the_relation(book: Workbook) -> None:
    row = table(book, "QH_KETNOI")[1]
    assert row == {
        "Đối tượng nguồn": "KT-10",
        "Loại quan hệ": "Trao đổi dữ liệu",
        "Đối tượng đích": "Một cửa",
        "Dữ liệu/dịch vụ trao đổi": "Kho",
        "Cơ chế/kênh kết nối": "LGSP; =1+1; https",
        "Trạng thái": "Đang khai thác",
        "Tần suất/mức dịch vụ": "hằng ngày; 99%",
        "Căn cứ/nguồn xác nhận": "1/QĐ Điều 2",
        "Phân loại và yêu cầu bảo vệ dữ liệu": ASKED,
    }


def test_a_row_for_each_pair_of_content_and_task_and_none_is_lost(book: Workbook) -> None:
    rows = table(book, "HOANTHIEN_NV")
    assert [(row.get("Mã nội dung"), row["Mã nhiệm vụ chuyển đổi kiến trúc"]) for row in rows] == [
        ("ND-01", "NV-01"),
        (ASKED, "NV-02"),
    ]
    assert rows[0]["Đối tượng liên quan"] == "KT-10; Một cửa"
    assert rows[0]["Mức ưu tiên/phụ thuộc"] == "cấp bách; chờ NV-02"
    assert rows[0]["Thời hạn/giai đoạn chuyển đổi dự kiến"] == "30/6/2027"
    assert rows[1]["Thời hạn/giai đoạn chuyển đổi dự kiến"] == "2026–2027"
    assert rows[1]["Trạng thái thực hiện"] == "Đang thực hiện"


def test_no_cell_calculates_and_every_list_is_offered(book: Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    rules = book["DM_DOITUONG"].data_validations.dataValidation
    assert len(rules) == 9
    offered = {cell.value for row in book["DM_GIATRI"].iter_rows(min_row=3) for cell in row if cell.value}
    assert {"Nền tảng số", "Đang vận hành", "Bổ sung mới", "Kế thừa nguyên trạng"} <= offered


def test_the_versions_are_there(book: Workbook) -> None:
    assert table(book, "LS_PHIENBAN") == [{"Phiên bản": "0.1", "Ngày": "1/8/2026", "Nội dung thay đổi": "Dự thảo đầu"}]
    particulars = {row[0]: row[1] for row in book["HUONG_DAN"].iter_rows(min_row=3, max_row=7, values_only=True)}
    assert (particulars["Phiên bản"], particulars["Ngày hiệu lực"], particulars["Ngày chốt số liệu"]) == (
        *("0.2", "1/12/2026", "1/9/2026"),
    )


def test_the_same_architecture_gives_the_same_bytes() -> None:
    assert api.form_workbook(architecture()) == api.form_workbook(architecture())


def test_an_edition_without_forms_is_told(book: Workbook) -> None:
    with pytest.raises(UsageError) as told:
        api.form_workbook(architecture(), "cpdt-1.0")
    assert "huong-dan-2026" in told.value.values["allowed"]


def test_no_cell_that_must_be_filled_in_is_empty(book: Workbook) -> None:
    for sheet in ("DM_DOITUONG", "QH_KETNOI", "ANHXA", "HOANTHIEN_NV"):
        rows = list(book[sheet].iter_rows(min_row=2, values_only=True))
        musts = [at for at, head in enumerate(rows[0]) if str(head).endswith(" *")]
        assert musts
        assert rows[1:]
        assert [(row, at) for row in rows[1:] for at in musts if not row[at]] == []


def test_every_relation_joins_two_rows_of_the_table_of_objects(book: Workbook) -> None:
    objects = table(book, "DM_DOITUONG")
    known = {row[key] for row in objects for key in ("Mã đối tượng", "Tên đối tượng")}
    for row in table(book, "QH_KETNOI"):
        assert {row["Đối tượng nguồn"], row["Đối tượng đích"]} <= known


def test_a_relation_is_planned_where_an_end_is_not_there_yet_and_else_unknown(book: Workbook) -> None:
    text = TEXT.replace("uses: [lgsp]", "uses: [lgsp]\n    depends_on: [kho]").replace(
        "states: [nay]", "states: [nay, mai]"
    )
    rows = table(load_workbook(io.BytesIO(api.form_workbook(architecture(text)))), "QH_KETNOI")
    assert {row["Loại quan hệ"]: row["Trạng thái"] for row in rows} == {
        "Sử dụng dịch vụ": ASKED,
        "Phụ thuộc": "Dự kiến",
        "Trao đổi dữ liệu": "Đang khai thác",
    }


def test_tables_print_on_one_page_of_a3_across_in_8_points(book: Workbook) -> None:
    for name in ("DM_DOITUONG", "QH_KETNOI", "ANHXA", "HOANTHIEN_NV"):
        sheet = book[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert sum(column.width for column in sheet.column_dimensions.values()) <= 275
