"""What papers count, name and enclose: one number for one thing, exact sums by form, no id, no place of nowhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kientruc import api
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture
from kientruc.views.difference import difference
from kientruc.views.document import Document, Table, plain
from kientruc.views.document.numbering import numbered
from kientruc.views.dossier import Dossier, papers, wording
from kientruc.views.words import number_words
from tests.papers import ARCHITECTURE
from tests.test_dossier import BEFORE, said

SAMPLE = Path(__file__).parent.parent.parent / "examples" / "tinh-mau" / "architecture.yaml"
MONEY = """\
  xay-1: {name: Xây một, cost: [{year: 2018, fund: ns, amount: 45 tỷ}]}
  xay-2: {name: Xây hai, cost: [{year: 2018, fund: ns, amount: 10 tỷ}]}
sourcing:
  ht-1: {of: xay-1, name: Hai cách, form: socialise, amount: 45 tỷ,
    shares: [{form: socialise, amount: 25 tỷ}, {form: invest, amount: 20 tỷ}]}
  ht-2: {of: mot-cua, name: Một số nội dung nên thuê, form: lease}
path:
"""


def architecture(text: str) -> Architecture:
    loaded = load_text(text)
    assert loaded.architecture is not None, [str(one) for one in loaded.findings]
    return loaded.architecture


def made(found: Architecture, name: str, prescribed: bool = False) -> Document:
    guide = api.edition("huong-dan-2026")
    assert guide.forms
    outline = guide.forms.outline if prescribed else None
    hearing = next(iter(found.records["hearings"].values()))
    return numbered(
        papers(Dossier(found, wording(), "Khung", hearing, outline=outline, words=guide.words), (name,))[0][0]
    )


@cache
def sample() -> Architecture:
    loaded = api.load(SAMPLE)
    assert loaded.architecture is not None
    return loaded.architecture


def rows(document: Document, caption: str) -> list[list[str]]:
    blocks = [*document.blocks, *(one for annex in document.annexes for one in annex.blocks)]
    table = next(one for one in blocks if isinstance(one, Table) and one.caption == caption)
    return [[plain(cell.text) for cell in row] for row in table.rows]


def test_money_by_form_is_split_by_shares_and_comes_to_the_whole() -> None:
    text = ARCHITECTURE.replace("path:\n", MONEY, 1)
    for name in ("kien-truc", "bao-cao-thuyet-minh"):
        paper = made(architecture(text), name)
        assert rows(paper, "Kinh phí theo hình thức thực hiện") == [
            ["Đầu tư", "20.000.000.000"],
            ["Xã hội hóa", "25.000.000.000"],
            ["Nhiệm vụ chưa ghi hình thức thực hiện", "15.000.000.000"],
            ["Tổng cộng", "60.000.000.000"],
        ]
        assert rows(paper, "Hình thức thực hiện")[0][2] == "Xã hội hóa: 25.000.000.000; đầu tư: 20.000.000.000"
    words = said(made(architecture(text), "to-trinh"))
    assert "Hai cách: xã hội hóa, đầu tư;\nMột số nội dung nên thuê.\n" in words


def test_the_sample_comes_to_one_sum_by_year_by_form_and_by_task() -> None:
    paper = made(sample(), "kien-truc", prescribed=True)
    assert rows(paper, "Kinh phí theo hình thức thực hiện")[-1][-1] == "604.000.000.000"
    assert rows(paper, "Kinh phí theo năm và nguồn (đơn vị tính: triệu đồng)")[-1][-1] == "604.000"
    assert "Tổng kinh phí của 41 nhiệm vụ đã có số liệu là 604.000.000.000 đồng." in said(paper)


def test_the_cost_is_said_to_be_unknown_where_it_is() -> None:
    none = re.sub(r"    cost: \[.*\]\n", "", ARCHITECTURE)
    assert "Kinh phí của 2 nhiệm vụ: chưa xác định." in said(made(architecture(none), "bao-cao-thuyet-minh"))


def test_objects_by_sharing_come_to_all_objects() -> None:
    found = rows(made(sample(), "kien-truc", prescribed=True), "Đối tượng theo hình thức dùng chung")
    counts = [int(row[1]) for row in found]
    assert (found[-1][0], counts[-1]) == ("Tổng cộng", sum(counts[:-1])) == ("Tổng cộng", 456)


def test_the_scope_names_every_body_that_owns_runs_or_leads() -> None:
    words = said(made(sample(), "kien-truc", prescribed=True))
    leads = {one.lead for one in sample().records["tasks"].values() if isinstance(one.lead, str)}
    owns = {
        id
        for one in sample().elements.values()
        if one.reference is None and one.sharing not in ("nation-a", "nation-b", "ministry")
        for id in (one.owner, one.operator)
        if isinstance(id, str)
    }
    assert "cong-an-tinh" in leads
    assert f"hệ thống, dữ liệu và nhiệm vụ của {len(leads | owns)} cơ quan, đơn vị sau:" in words
    for id in leads | owns:
        assert sample().organisations[id].name in words


def test_two_papers_count_the_same_changes() -> None:
    new, old = architecture(ARCHITECTURE), architecture(BEFORE)
    compared = difference(api.diff(old, new), old, new, ("", ""), "vi")
    about = Dossier(new, wording(), "Khung", before=old, compared=compared)
    first, second = (said(one) for one in papers(about, ("bao-cao-thuyet-minh", "bao-cao-chinh-sua"))[0])
    line = next(one for one in second.splitlines() if "nội dung kiến trúc thay đổi" in one)
    counted = line.partition(" thông tin của đối tượng và quan hệ")[0]
    assert counted.startswith("Có 2 nội dung kiến trúc thay đổi")
    assert counted.removeprefix("Có") in first


def test_verdicts_come_to_all_comments() -> None:
    comments = sample().records["comments"]
    lines = said(made(sample(), "bang-tiep-thu-4-cot", prescribed=True)).splitlines()
    at = lines.index(f"Tổng số {number_words(len(comments), 'vi')} ý kiến, gồm:")
    counts = [int(one.rpartition(": ")[2].split()[0]) for one in lines[at + 1 : at + 6]]
    assert sum(counts) == len(comments) == 62


def test_papers_show_no_id_where_nothing_has_a_code() -> None:
    text = ARCHITECTURE.replace(
        "elements:\n",
        "elements:\n  dan-cu: {kind: data_store, name: Dân cư, component: ung-dung, states: [dich],\n"
        "    reference: {issuer: bo-tttt, document: Đề án}}\n",
    )
    paper = made(architecture(text), "kien-truc")
    assert [row[:2] for row in rows(paper, "Đối tượng và vị trí trong khung")] == [
        ["1", "Dân cư"],
        ["2", "Một cửa điện tử"],
    ]
    assert [row[1] for row in rows(paper, "Thành phần dẫn chiếu theo cơ quan chủ quản")] == [
        "Bộ Thông tin và Truyền thông"
    ]
    words = said(paper)
    assert not [id for id in ("bo-tttt", "dan-cu", "mot-cua", "nang-cap", "Mã hồ sơ") if id in words]


def test_a_comment_names_only_passages_that_the_architecture_has() -> None:
    paper = made(sample(), "bang-tiep-thu-4-cot", prescribed=True)
    groups = [row[0] for row in rows(paper, "Ý kiến góp ý và việc tiếp thu, giải trình")]
    forms = api.edition("huong-dan-2026").forms
    assert forms and forms.outline
    codes = {one.code for one in forms.outline.values()}
    named = [one.split(";")[0].removeprefix("Mục ") for one in groups if one.startswith("Mục ")]
    assert len(named) > 40 and set(named) <= codes
    words = said(paper)
    for phrase in ("(tạo ra)", "(theo trạng thái)", "tên tiếng Anh", "Đã sửa. Đã sửa", "Ghi nhận. Ghi nhận"):
        assert phrase not in words
    assert "nêu mục không có" not in said(made(sample(), "phieu-luu-y", prescribed=True))
    lost = architecture(ARCHITECTURE.replace("passage: Mục II,", "passage: Mục VI.14,"))
    assert "VI.14" not in said(made(lost, "bang-tiep-thu-4-cot", prescribed=True))
    assert "Có 2 ý kiến nêu mục không có trong bản Kiến trúc (Mục VI.14)" in said(
        made(lost, "phieu-luu-y", prescribed=True)
    )


def test_the_submission_encloses_every_paper_before_its_last_words() -> None:
    made_, _ = papers(
        Dossier(
            architecture(ARCHITECTURE),
            wording(),
            "Khung",
            next(iter(architecture(ARCHITECTURE).records["hearings"].values())),
        )
    )
    lines = [one for one in said(made_[0]).splitlines() if one]
    at = lines.index("Hồ sơ gửi kèm theo Tờ trình gồm:")
    titles = [one.rstrip(".;") for one in lines[at + 1 :]]
    sent = [
        one.title for one in made_[1:] if one.id not in ("bao-cao-thuong-truc", "cong-van-tham-dinh", "phieu-luu-y")
    ]
    count = len(dict.fromkeys(sent))
    assert titles[:count] == [*dict.fromkeys(sent)]
    assert lines[at + 1 + count].startswith("Kính đề nghị")


def test_a_step_that_is_not_done_has_no_day_and_says_its_actor_once() -> None:
    words = said(made(architecture(ARCHITECTURE), "to-trinh"))
    assert "1 | Xin ý kiến Thường trực Tỉnh ủy | Thường trực Tỉnh ủy Mẫu | Đã giao thực hiện | –" in words
    assert "\nXin ý kiến Thường trực Tỉnh ủy;\nThẩm định (Bộ Thông tin và Truyền thông).\n" in words
