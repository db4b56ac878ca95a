"""Mẫu 03 read back: unedited it changes nothing, an edit is a patch, and a workbook alone is an architecture."""

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kientruc import api
from kientruc.errors import UsageError
from tests.renderers.test_form_xlsx import TEXT

Edit = Callable[[Workbook], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "architecture.yaml"
    path.write_text(TEXT.lstrip("\n").replace("mot-cua:", "mot-cua:   # hệ thống chính"), encoding="utf-8")
    api.assign_codes(api.load(path)).patch.write(tmp_path)
    return path


def exported(root: Path, edit: Edit | None = None, name: str = "mau.xlsx") -> Path:
    architecture = api.load(root).architecture
    assert architecture is not None
    book = load_workbook(io.BytesIO(api.form_workbook(architecture)))
    if edit:
        edit(book)
    path = root.parent / name
    book.save(path)
    return path


def column(sheet: Worksheet, heading: str) -> int:
    return next(number for number, cell in enumerate(sheet[2], start=1) if str(cell.value).rstrip(" *") == heading)


def put(sheet: str, key: str, heading: str, value: str) -> Edit:
    def edit(book: Workbook) -> None:
        row = next(row[0].row for row in book[sheet].iter_rows(min_row=3) if row[0].value == key)
        book[sheet].cell(row, column(book[sheet], heading)).value = value

    return edit


def codes(found: object) -> list[str]:
    return [one.code for one in found.findings]  # type: ignore[attr-defined]


def test_an_unedited_workbook_changes_no_byte(root: Path) -> None:
    found = api.form_changes(api.load(root), exported(root))
    assert (found.cells, found.patch.files, found.findings) == (0, (), ())


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (put("DM_DOITUONG", "KT-10", "Tên đối tượng", "Kho dùng chung"), "name: Kho dùng chung"),
        (put("DM_DOITUONG", "KT-02", "Trạng thái vòng đời", "Nâng cấp"), "lifecycle: upgrading"),
        (put("DM_DOITUONG", "KT-02", "Đơn vị vận hành", "UBND tỉnh"), "operator: tinh"),
        (
            put("DM_DOITUONG", "KT-10", "Cơ quan chủ quản", "Chưa xác định (hỏi Sở A; hạn 31/12/2026)"),
            "ask: so, by: 2026-12-31",
        ),
        (put("HOANTHIEN_NV", "ND-01", "Thời hạn/giai đoạn chuyển đổi dự kiến", "1/9/2027"), "due: 2027-09-01"),
        (put("HOANTHIEN_NV", "ND-01", "Yêu cầu cần đạt", "Có kho: đủ, đúng"), 'required: "Có kho: đủ, đúng"'),
    ],
)
def test_an_edited_cell_is_a_patch_of_one_value(root: Path, edit: Edit, line: str) -> None:
    before = root.read_text(encoding="utf-8")
    found = api.form_changes(api.load(root), exported(root, edit))
    assert (found.cells, codes(found)) == (1, [])
    found.patch.write(root.parent)
    after = root.read_text(encoding="utf-8")
    assert line.strip('"') in after.replace("'", "").replace('"', "") or line in after
    assert "# hệ thống chính" in after
    changed = [one for one in after.splitlines() if one not in before.splitlines()]
    assert 1 <= len(changed) <= 3
    assert api.form_changes(api.load(root), exported(root)).cells == 0


@pytest.mark.parametrize(
    ("edit", "code", "cell"),
    [
        (put("DM_DOITUONG", "KT-02", "Trạng thái vòng đời", "Đang chạy"), "F-VALUE", "DM_DOITUONG!O3"),
        (put("DM_DOITUONG", "KT-02", "Cơ quan chủ quản", "Sở Z"), "F-BODY", "DM_DOITUONG!K3"),
        (put("DM_DOITUONG", "KT-02", "Lớp kiến trúc/thành phần xuyên suốt", "Khác"), "F-EDIT", "DM_DOITUONG!F3"),
        (put("HOANTHIEN_NV", "ND-01", "Thời hạn/giai đoạn chuyển đổi dự kiến", "sớm"), "F-DAY", "HOANTHIEN_NV!N3"),
        (put("DM_DOITUONG", "KT-02", "Mã đối tượng", "KT-99"), "F-NEW", "DM_DOITUONG!A3"),
        (put("DM_DOITUONG", "KT-02", "Tên đối tượng", "=A1"), "X-FORMULA", "DM_DOITUONG!D3"),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_cell(root: Path, edit: Edit, code: str, cell: str) -> None:
    found = api.form_changes(api.load(root), exported(root, edit))
    places = {one.code: getattr(one.span, "cell", "") for one in found.findings}
    assert places[code] == cell
    assert api.form_remarks(found.findings, "vi")[0].remedy


def test_a_task_in_two_rows_must_say_the_same_in_both(root: Path) -> None:
    text = root.read_text(encoding="utf-8")
    root.write_text(
        text.replace("covers: [nd]", "covers: [nd, nd2]").replace(
            "contents:\n", "contents:\n  nd2: {name: Khác, codes: {mau03: ND-02}}\n"
        ),
        "utf-8",
    )
    edit = put("HOANTHIEN_NV", "ND-02", "Tên/mục tiêu nhiệm vụ", "Xây lại")
    found = api.form_changes(api.load(root), exported(root, edit))
    assert found.cells == 1  # the other row still says what the files say, so that only one cell differs


def test_headings_in_another_form_and_order_of_letters_are_known(root: Path) -> None:
    def edit(book: Workbook) -> None:
        for cell in book["DM_DOITUONG"][2]:
            cell.value = unicodedata.normalize("NFD", str(cell.value)).upper()
        book["DM_DOITUONG"].title = "dm doi tuong"

    assert api.form_changes(api.load(root), exported(root, edit)).findings == ()


def test_a_workbook_alone_becomes_the_architecture_it_was_made_from(root: Path) -> None:
    received = api.receive_form(exported(root))
    assert [one.code for one in received.findings] == []
    made = received.architecture
    assert made is not None
    assert (made.head.version, str(made.head.cut_off), str(made.head.effective)) == ("0.2", "2026-09-01", "2026-12-01")
    lgsp = made.elements["kt-02"]
    assert (lgsp.kind.value, lgsp.name, lgsp.places, lgsp.sharing, lgsp.treatment) == (
        *("platform", "=1+1", {"qgs-1425": "t-ntl-1"}, "province", "upgrade"),
    )
    assert made.organisations[str(lgsp.owner)].name == "Sở A"
    assert str(lgsp.operator.by) == "2026-12-31"  # type: ignore[union-attr]
    reference = next(one for one in made.elements.values() if one.reference)
    assert reference.reference.issuer == "Bộ Công an"  # type: ignore[union-attr]
    assert "Bộ Công an" not in {one.name for one in made.organisations.values()}
    tasks = made.records["tasks"]
    assert next((one.codes["mau03"], one.priority, str(one.due)) for one in tasks.values()) == (
        "NV-01",
        "urgent",
        "2027-06-30",
    )
    assert (tasks["nv-02"].period.from_, tasks["nv-02"].progress) == (2026, "running")
    verbs = sorted((one.source_id, one.verb.value, one.target) for one in made.relations)
    assert ("nv-01", "covers", "nd-01") in verbs
    table = load_workbook(io.BytesIO(api.form_workbook(made)))["DM_DOITUONG"]
    first = load_workbook(exported(root))["DM_DOITUONG"]
    names = [[cell.value for cell in row] for row in first.iter_rows(min_row=3, max_col=4)]
    assert [[cell.value or None for cell in row] for row in table.iter_rows(min_row=3, max_col=4)] == names


def by_hand(folder: Path, edit: Edit | None = None) -> Path:
    """Make a workbook as somebody would from the guide alone: bare sheets, headings of the tables, nothing of ours."""
    book = Workbook()
    objects = book.active
    assert objects is not None
    objects.title = "DM_DOITUONG"
    objects.append(
        ["Mã đối tượng", "Loại bản ghi", "Tên đối tượng", "Loại đối tượng", "Trạng thái mô hình", "Cơ quan chủ quản"]
    )
    objects.append(["KT-01", "Bản ghi gốc", "Hệ thống một cửa", "Hệ thống số/hệ thống thông tin", "Hiện trạng", "Sở B"])
    objects.append(["QG-01", "Bản ghi tham chiếu", "Nền tảng quốc gia", "Nền tảng số", "Hiện trạng", "Bộ C"])
    relations = book.create_sheet("QH_KETNOI")
    relations.append(["Đối tượng nguồn", "Loại quan hệ", "Đối tượng đích", "Dữ liệu/dịch vụ trao đổi", "Trạng thái"])
    relations.append(["KT-01", "Trao đổi dữ liệu", "QG-01", "Hồ sơ thủ tục", "Đang khai thác"])
    pairs = book.create_sheet("HOANTHIEN_NV")
    pairs.append(
        ["Mã nội dung", "Nội dung cần hoàn thiện", "Mã nhiệm vụ chuyển đổi kiến trúc", "Tên/mục tiêu nhiệm vụ"]
    )
    pairs.append(["ND-01", "Nâng cấp", "NV-01", "Nâng cấp một cửa"])
    if edit:
        edit(book)
    path = folder / "so-b.xlsx"
    book.save(path)
    return path


def test_a_workbook_made_by_hand_from_the_guide_alone_imports_and_checks(tmp_path: Path) -> None:
    path = by_hand(tmp_path)
    with pytest.raises(UsageError) as told:
        api.receive_form(path)
    assert told.value.key == "form.need-cut-off"
    received = api.receive_form(path, "Hồ sơ tỉnh B", "UBND tỉnh B", api.some_day("2026-10-01"))
    assert (received.findings, received.blocked) == ((), False)
    relation = next(one for one in received.architecture.relations if one.verb.value == "sends")  # type: ignore[union-attr]
    assert (relation.verb.value, relation.payload, relation.status) == ("sends", "Hồ sơ thủ tục", "existing")
    report = api.check(api.load_text(received.text), "huong-dan-2026")
    assert {one.status.value for one in report.result.requirements} >= {"pass", "fail"}


@pytest.mark.parametrize(
    ("sheet", "row", "code"),
    [
        ("DM_DOITUONG", ["KT-01", "Bản ghi gốc", "Hệ thống khác"], "F-TWICE"),
        ("DM_DOITUONG", [None, "Bản ghi gốc", None, "Nền tảng số"], "F-NAME"),
        ("QH_KETNOI", ["KT-01", "Phụ thuộc", "KT-77"], "F-REF"),
        ("HOANTHIEN_NV", ["ND-01", "Nâng cấp", "NV-01", "Tên khác"], "F-TWICE"),
        ("HOANTHIEN_NV", ["ND-01", "Nâng cấp", "NV-01", "Nâng cấp một cửa"], "F-PAIR"),
        ("DM_DOITUONG", ["KT-09", "Bản ghi lạ", "Hệ thống"], "F-VALUE"),
    ],
)
def test_what_contradicts_itself_is_told_and_stops_the_import(
    tmp_path: Path, sheet: str, row: list[str], code: str
) -> None:
    path = by_hand(tmp_path, lambda book: book[sheet].append(row))
    received = api.receive_form(path, cut_off=api.some_day("2026-10-01"))
    assert [one.code for one in received.findings] == [code]
    assert received.blocked


def test_a_kind_that_a_verb_cannot_join_becomes_a_dependency_and_is_told(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book["DM_DOITUONG"].append(["KT-05", "Bản ghi gốc", "Chức năng", "Thành phần logic"])
        book["QH_KETNOI"].append(["KT-05", "Trao đổi dữ liệu", "QG-01"])

    received = api.receive_form(by_hand(tmp_path, edit), cut_off=api.some_day("2026-10-01"))
    assert ([one.code for one in received.findings], received.blocked) == (["F-VERB"], False)


def test_a_workbook_without_the_tables_is_refused_with_the_sheets_there_are(tmp_path: Path) -> None:
    path = tmp_path / "khac.xlsx"
    book = Workbook()
    book.save(path)
    received = api.receive_form(path, cut_off=api.some_day("2026-10-01"))
    assert received.architecture is None
    assert {one.code for one in received.findings} == {"X-SHEET"}


def test_a_value_on_no_list_is_told_only_in_a_cell_that_was_edited(root: Path) -> None:
    text = root.read_text(encoding="utf-8")
    assert "name: Xây kho," in text
    root.write_text(text.replace("name: Xây kho,", "name: Xây kho, stage: ý tưởng,"), encoding="utf-8")
    found = api.form_changes(api.load(root), exported(root))
    assert (found.cells, found.findings) == (0, ())
    edit = put("HOANTHIEN_NV", "ND-01", "Tình trạng cụ thể hóa nhiệm vụ", "ý tưởng mới")
    told = api.form_changes(api.load(root), exported(root, edit)).findings
    assert [(one.code, one.values["found"]) for one in told] == [("F-VALUE", "ý tưởng mới")]
