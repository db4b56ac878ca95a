"""What papers say as an official says it: citations, capitals, what does not apply, what goes with what, blanks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kientruc import api
from kientruc.api.papers import made_papers
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture
from kientruc.views.document import Document, Table, plain
from kientruc.views.dossier import Dossier, papers, wording
from kientruc.views.dossier.blocks import capital, filled, row
from kientruc.views.dossier.check_sheet import cited
from tests.papers import ARCHITECTURE
from tests.test_dossier import said

SAMPLE = Path(__file__).parent.parent.parent / "examples" / "tinh-mau" / "architecture.yaml"


def architecture(text: str = ARCHITECTURE) -> Architecture:
    loaded = load_text(text)
    assert loaded.architecture is not None, loaded.findings
    return loaded.architecture


def dossier(text: str = ARCHITECTURE, prescribed: bool = False) -> Dossier:
    found = architecture(text)
    guide = api.edition("huong-dan-2026")
    outline = guide.forms.outline if prescribed and guide.forms else None
    return Dossier(found, wording(), "Khung", next(iter(found.records["hearings"].values())), outline=outline)


def made(name: str, text: str = ARCHITECTURE, prescribed: bool = False) -> Document:
    return papers(dossier(text, prescribed), (name,))[0][0]


def cells(paper: Document, caption: str) -> list[list[str]]:
    found = next(one for one in paper.blocks if isinstance(one, Table) and one.caption == caption)
    return [[plain(cell.text) for cell in line] for line in found.rows]


@pytest.mark.parametrize(
    ("number", "article", "told"),
    [
        ("1425/QĐ-TTg", "Điều 2", "Điều 2 Quyết định số 1425/QĐ-TTg"),
        ("224/2026/NĐ-CP", "Điều 23 khoản 5 điểm b", "điểm b khoản 5 Điều 23 Nghị định số 224/2026/NĐ-CP"),
        ("06/2026/TT-BKHCN", "", "Thông tư số 06/2026/TT-BKHCN"),
        ("116/2025/QH15", "", "Luật số 116/2025/QH15"),
        ("1425/QĐ-TTg", "Khung, mục II", "Quyết định số 1425/QĐ-TTg (Khung, mục II)"),
        ("1178/BTTTT-THH", "", "Văn bản số 1178/BTTTT-THH"),
        ("QCVN 102:2016/BTTTT", "", "QCVN 102:2016/BTTTT"),
    ],
)
def test_a_law_is_cited_by_sort_number_and_article(number: str, article: str, told: str) -> None:
    assert dossier().cite(number, article) == told
    assert cited(dossier(), f"{number}, {article} (giả định, chưa xác nhận)" if article else number) == told


def test_cells_and_lines_begin_with_a_capital_but_names_stay_as_they_are() -> None:
    assert [capital(one) for one in ("đã xong", "eKYC", "API", "", "–")] == ["Đã xong", "eKYC", "API", "", "–"]


def test_columns_in_which_nothing_is_told_are_left_out_but_the_first() -> None:
    columns, rows = filled((("a", 1), ("b", 2), ("c", 3)), [row("–", "–", "x"), row("–", "–", "–")])
    assert [one[0] for one in columns] == ["a", "c"]
    assert [[plain(cell.text) for cell in line] for line in rows] == [["–", "X"], ["–", "–"]]


KINDS = """
  nguoi-dan: {kind: user_group, name: Người dân, component: ung-dung, states: [dich]}
  dan-cu:
    kind: data_store
    name: Dân cư
    component: ung-dung
    states: [dich]
    reference: {issuer: Bộ Công an}
  kho: {kind: data_store, name: Kho, component: ung-dung, states: [dich], treatment: add}
"""


def test_what_is_nobodys_to_say_does_not_apply_and_the_rest_is_unknown() -> None:
    text = ARCHITECTURE.replace("elements:\n", f"elements:{KINDS}", 1)
    counted = said(made("bao-cao-thuyet-minh", text))
    assert "Bổ sung mới: 1 đối tượng" in counted
    assert "Không áp dụng: 2 đối tượng (thành phần của cơ quan khác; người sử dụng" in counted
    assert "Chưa xác định: 1 đối tượng; Sở Thông tin và Truyền thông xác định, bổ sung." in counted


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("to-trinh", ()),
        ("bao-cao-thuong-truc", ("Biên bản",)),
        ("cong-van-tham-dinh", ("Biên bản", "Thông báo kết luận")),
    ],
)
def test_a_paper_names_what_goes_with_it_before_its_last_words(name: str, without: tuple[str, ...]) -> None:
    paper = next(one for one in papers(dossier())[0] if one.id == name)
    told = said(paper).splitlines()
    (at,) = (index for index, one in enumerate(told) if one.startswith("Hồ sơ gửi kèm"))
    listed = told[at + 1 : -1]
    assert any(one.startswith("Dự thảo Quyết định phê duyệt") for one in listed)
    assert not any(one.startswith(("Phiếu lưu ý", *without)) for one in listed)


def test_the_board_is_told_money_by_year_and_what_to_decide() -> None:
    told = said(made("bao-cao-thuong-truc"))
    assert "Tổng kinh phí của 1 nhiệm vụ đã có số liệu là 5.000.000.000 đồng." in told
    assert told.index("cho ý kiến trước khi hoàn thiện") < told.index("Tổng kinh phí, nguồn kinh phí và lộ trình")
    assert "1 ý kiến góp ý cần xin ý kiến lãnh đạo" in told


@pytest.mark.parametrize(("day", "below"), [(date(2025, 6, 30), "cấp huyện"), (date(2025, 7, 1), "cấp xã")])
def test_a_decision_names_the_committees_that_there_are(day: date, below: str) -> None:
    text = ARCHITECTURE.replace("date: 2017-09-13\n    chair", f"date: {day}\n    chair")
    assert f"Chủ tịch Ủy ban nhân dân {below} và các" in said(made("quyet-dinh", text))


def test_the_head_says_the_province_once() -> None:
    text = ARCHITECTURE.replace("name: Sở Thông tin và Truyền thông,", "name: Sở Thông tin và Truyền thông tỉnh Mẫu,")
    head = made("to-trinh", text).head
    assert (head.superior, head.issuer, head.draft) == ("UBND tỉnh Mẫu", "Sở Thông tin và Truyền thông", False)


def test_a_note_may_be_written_for_a_heading_that_no_record_fills() -> None:
    text = f"{ARCHITECTURE}notes: {{ghi: {{about: M01-VIII-5, text: Mỗi sở một người phụ trách.}}}}\n"
    paper = made("kien-truc", text, prescribed=True)
    assert "Mỗi sở một người phụ trách." in said(paper)
    sheet = [said(made("phieu-luu-y", one, prescribed=True)) for one in (ARCHITECTURE, text)]
    assert ["Giải pháp về nguồn nhân lực" in one for one in sheet] == [True, False]


def test_sources_that_no_paper_rests_on_are_for_the_drafter_to_replace() -> None:
    seen = "sources: {bao: {kind: press, title: Một tờ báo}, vb: {kind: official, title: Một văn bản}, "
    text = ARCHITECTURE.replace("sources: {", seen)
    told = said(made("bao-cao-thuyet-minh", text))
    assert "Một văn bản" in told and "Một tờ báo" not in told
    assert "Có 1 nguồn là báo, bản sao" in said(made("phieu-luu-y", text))


def test_no_key_of_the_format_and_no_doubt_stands_on_the_check_sheet() -> None:
    loaded = api.load(SAMPLE)
    assert loaded.architecture is not None
    made_ = made_papers(loaded.architecture, only=("phieu-kiem-tra",)).files["phieu-kiem-tra.html"].decode()
    words = re.sub(r"<[^>]*>", " ", made_.partition("<main>")[2])
    assert "Đáp ứng ở cả" in words
    assert re.findall(r"[a-z]+_[a-z]+|role:|evidence:|giả định|còn nghi vấn|thử nghiệm|hồ sơ khai báo\.", words) == []


def test_milestones_stand_in_the_order_of_time() -> None:
    text = ARCHITECTURE + (
        "milestones: {a: {name: Cuối, year: 2020}, b: {name: Giữa, date: 2020-03-31}, "
        "c: {name: Đầu, date: 2019-12-31}}\n"
    )
    assert [one[1] for one in cells(made("bao-cao-thuong-truc", text), "Mốc thực hiện")] == ["Đầu", "Giữa", "Cuối"]
