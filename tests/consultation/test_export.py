"""Forms that go out: lists, locks, keys, codes as another reader sees them; nothing that computes, nothing secret."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kientruc import api
from kientruc.errors import UsageError
from kientruc.messages import LANGUAGES
from kientruc.reading.workbook import read
from tests.consultation.conftest import Province


def forms(province: Province, body: str = "", joint: bool = False, lang: str = "vi") -> dict[str, bytes]:
    architecture = province.load().architecture
    assert architecture
    return api.comment_forms(architecture, "", body, lang, joint)


def words(data: bytes) -> str:
    """Give all words of a workbook."""
    book = load_workbook(io.BytesIO(data))
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def test_a_form_for_each_body_that_is_asked(province: Province) -> None:
    assert list(forms(province)) == ["gop-y-v1-so-yt.xlsx", "gop-y-v1-so-tp.xlsx"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_architecture_gives_the_same_bytes(province: Province, lang: str) -> None:
    assert forms(province, lang=lang) == forms(province, lang=lang)


def test_keys_are_hidden_in_the_workbook(province: Province) -> None:
    form = province.form()
    sheet = form.book["_kientruc"]
    keys = {str(row[0]): row[1] for row in sheet.iter_rows(values_only=True)}
    assert (sheet.sheet_state, keys["architecture"], keys["version"]) == ("veryHidden", "kt", "0.2")
    assert (keys["round"], keys["body"], len(str(keys["model"]))) == ("v1", "so-yt", 64)
    assert form.sheet.column_dimensions["K"].hidden


def test_what_is_to_be_filled_is_open_and_the_rest_locked(province: Province) -> None:
    form = province.form()
    assert form.sheet.protection.sheet
    open_cells = {cell.column for cell in form.sheet[form.heading + 1] if not cell.protection.locked}
    assert open_cells == {form.column(key) for key in form_columns() if key not in ("number", "id", "body")}
    assert all(cell.protection.locked for cell in form.sheet[form.heading])


def form_columns() -> tuple[str, ...]:
    from kientruc.consultation.form import COLUMNS

    return COLUMNS


def test_lists_to_choose_from_hold_every_code_with_its_name(province: Province) -> None:
    form = province.form()
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in form.sheet.data_validations.dataValidation}
    start, end = str(lists["C13"]).rpartition("!")[2].replace("$", "").split(":")
    codes = form.book["Danh mục mã"]
    assert isinstance(codes, Worksheet)
    assert [row[0].value for row in codes[f"{start}:{end}"]] == [
        "lgsp – Nền tảng chia sẻ, tích hợp dữ liệu",
        "kin – Dữ liệu hạn chế",
        "mot-cua – Một cửa điện tử",
    ]
    assert lists["C8"] == '"Đồng ý,Đồng ý có điều kiện,Không đồng ý,Chỉ góp ý"'


def test_a_restricted_element_is_shown_only_to_the_body_that_owns_it(province: Province) -> None:
    assert "Dữ liệu hạn chế" in words(forms(province, "so-yt")["gop-y-v1-so-yt.xlsx"])
    for others in (forms(province, "so-tp"), forms(province, joint=True)):
        found = "\n".join(words(data) for data in others.values())
        assert ("Dữ liệu hạn chế" in found, "kin" in found.split()) == (False, False)


def test_comments_about_restricted_elements_stay_out_of_a_joint_form(province: Province) -> None:
    secret = "  a: {round: v1, from: so-yt, about: [kin], text: Bí mật}\n"
    province.add("y.yaml", f"comments:\n{secret}  b: {{round: v1, from: so-tp, text: Thường}}\n")
    joint = words(forms(province, joint=True)["gop-y-v1.xlsx"])
    assert ("Thường" in joint, "Bí mật" in joint) == (True, False)
    assert "Bí mật" in words(forms(province, "so-yt")["gop-y-v1-so-yt.xlsx"])
    assert "Thường" not in words(forms(province, "so-yt")["gop-y-v1-so-yt.xlsx"])


def test_what_the_draft_says_of_an_element_stands_beside_its_code(province: Province) -> None:
    found = words(forms(province, "so-tp")["gop-y-v1-so-tp.xlsx"])
    assert "Chủ quản: Tỉnh; Có trong: Nay" in found
    assert "Định hướng: nâng cấp" in found


def test_no_text_is_a_formula_and_our_own_reader_reads_it(province: Province, tmp_path: Path) -> None:
    root = province.root.read_text(encoding="utf-8").replace("Một cửa điện tử", "=cmd|' /c calc'!A1")
    province.add("architecture.yaml", root)
    ((name, data),) = forms(province, "so-tp").items()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(path) for path in archive.namelist() if path.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    (tmp_path / name).write_bytes(data)
    cells = [cell for sheet in read(tmp_path / name).sheets for row in sheet.rows for cell in row]
    assert [cell for cell in cells if cell.formula] == []
    assert "=cmd|' /c calc'!A1" in {cell.text for cell in cells}


def test_rounds_and_bodies_that_are_not_there_are_told(province: Province) -> None:
    architecture = province.load().architecture
    assert architecture
    with pytest.raises(UsageError, match=r"comments\.no-round"):
        api.comment_forms(architecture, "v9", "", "vi")
    with pytest.raises(UsageError, match=r"comments\.no-body"):
        api.comment_forms(architecture, "v1", "so-y", "vi")
    province.add("vong.yaml", "rounds: {v1: {name: Vòng}}\n")
    architecture = province.load().architecture
    assert architecture
    with pytest.raises(UsageError, match=r"comments\.nobody-asked"):
        api.comment_forms(architecture, "v1", "", "vi")
