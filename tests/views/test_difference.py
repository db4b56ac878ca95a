"""A difference for a secretary: what came or went whole, in words, with verdicts, hearings, money and dates first."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from enum import StrEnum
from html import unescape
from typing import Any, Literal, get_args, get_origin

import openpyxl
import pytest
from pydantic import BaseModel

from kientruc import api
from kientruc.comparing import Nature, compare
from kientruc.model.architecture import RECORDS
from kientruc.model.element import Relation
from kientruc.views.difference import DifferenceView, difference
from kientruc.views.difference_causes import runs
from kientruc.views.difference_lines import Line
from kientruc.views.difference_words import Words
from tests.comparing.versions import architecture

BASE = """\
organisations: {tinh: {name: Tỉnh}, so: {name: Sở}, ban: {name: Ban}}
states: {nay: {name: Nay, role: baseline}}
components: {tp: {name: Thành phần, order: 1}}
rounds: {r: {name: Đợt}}
legal: {qd: {number: 1/QĐ, title: Quyết định}}
"""
OLD = f"""\
{BASE}versions: {{b1: {{number: "0.1", date: 2017-01-01}}}}
elements:
  a: {{kind: data_store, name: Kho, component: tp, owner: so}}
  cu: {{kind: node, name: Máy chủ cũ}}
tasks:
  viec: {{name: Việc, partners: [so, ban], due: 2018-01-01, total: 100, cost: [{{year: 2018, fund: x, amount: 100}}]}}
  thoi: {{name: Thôi, total: 30, cost: [{{year: 2018, fund: x, amount: 30}}]}}
"""
NEW = f"""\
{BASE}versions: {{b1: {{number: "0.1", date: 2017-01-01}}, b2: {{number: "0.2", date: 2017-02-01}}}}
elements:
  a:
    kind: data_store
    name: Kho
    component: tp
    owner: ban
    data_type: transaction
    data_models: [conceptual]
    level_dossier: [mo-ta-tong-quan]
    continuity: [backup]
    depends_on: [b]
  b: {{kind: application, name: Mới, name_en: New, component: tp, owner: so, note: Ghi chú, ask: ban}}
tasks:
  viec: {{name: Việc, partners: [so, tinh], due: 2019-01-01, total: 80, cost: [{{year: 2018, fund: x, amount: 80}}]}}
assessments: {{yeu: {{name: Yếu, type: weakness}}}}
retired: {{cu: {{name: Máy chủ cũ, version: b2}}, thoi: {{name: Thôi, version: b2}}}}
hearings:
  h1: {{name: Họp một, order: 1, date: 2017-01-10, version: b1}}
  h2:
    name: Họp hai
    name_en: Hearing two
    order: 2
    date: 2017-02-10
    version: b2
    chair: {{name: Bà A, title: Phó Chủ tịch}}
    conclusions:
      k1: {{text: Đổi chủ quản kho., text_en: Change, who: so, state: partly, by: 2017-03-01, answer: Mới đổi kho.,
        answered_by: [{{id: a, fields: [owner]}}]}}
      k2: {{text: {"Viết cho đủ. " * 60}, state: open}}
comments:
  y1: {{round: r, from: so, text: Lùi hạn., verdict: partly, response: Lùi một năm., about: [cu],
    changed: [{{id: viec, fields: [due, cost.2018]}}]}}
  y2: {{round: r, from: ban, text: Bỏ máy., verdict: accepted, changed: [cu]}}
"""


@pytest.fixture(scope="module")
def view() -> DifferenceView:
    return viewed("vi")


def viewed(lang: str, old_text: str = OLD, new_text: str = NEW, cites: bool = True) -> DifferenceView:
    old, new = architecture(old_text, ', version: "0.1"'), architecture(new_text, ', version: "0.2"')
    return difference(compare(old, new), old, new, ("thu-muc/cu", "thu-muc/moi"), lang, cites=cites)


def line(view: DifferenceView, id: str, path: str = "") -> Line:
    (found,) = (one for group in view.groups for one in group.lines if (one.id, one.path) == (id, path))
    return found


def spelt(format: str) -> str:
    old, new = architecture(OLD, ', version: "0.1"'), architecture(NEW, ', version: "0.2"')
    data = api.spell_difference(compare(old, new), old, new, format, "vi")
    if format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    return re.sub(r"<[^>]+>", "", unescape(data.decode())).replace("\\", "")


@pytest.mark.parametrize("format", ["html", "md", "xlsx"])
def test_what_came_is_told_whole(format: str) -> None:
    assert ("Viết cho đủ. " * 60).strip() in spelt(format)


def test_on_a_terminal_it_is_cut_and_says_where_the_rest_is() -> None:
    long = NEW.replace("note: Ghi chú", f"note: {'Viết cho đủ. ' * 60}")
    old, new = architecture(OLD), architecture(long)
    told = api.spell_difference(compare(old, new), old, new, "text").decode()
    assert ("Viết cho đủ. " * 60).strip() not in told
    assert "… (đủ trong html)" in told


def test_the_page_folds_what_came_and_is_printed_open() -> None:
    old, new = architecture(OLD), architecture(NEW)
    page = api.spell_difference(compare(old, new), old, new, "html").decode()
    assert page.count("<details") == page.count("<details open>") == page.count("<summary>") > 3


def test_what_matters_comes_first_and_english_and_whom_to_ask_are_left_out(view: DifferenceView) -> None:
    assert [one.field for one in line(view, "b").told] == ["loại", "chủ quản", "ghi chú"]
    hearing = {one.field: one.value for one in line(view, "h2").told}
    assert list(hearing)[:2] == ["người chủ trì", "ngày"]
    assert hearing["người chủ trì"] == "tên: Bà A; chức vụ: Phó Chủ tịch"
    assert hearing["kết luận"] == "nêu tại số 3–4 của bảng ý kiến, kết luận"
    told = {one.field: one.value for one in line(view, "y1").told}
    assert told == {"nội dung": "nêu tại số 1 của bảng ý kiến, kết luận"}
    assert "Change" in [one.asked for one in viewed("en").causes]


def test_each_cause_has_its_verdict_and_what_is_done_in_part_says_so(view: DifferenceView) -> None:
    assert {one.key: (one.verdict, one.partly) for one in view.causes} == {
        "comments/y1": ("Tiếp thu một phần", True),
        "comments/y2": ("Tiếp thu", False),
        "conclusions/h2/k1": ("Kết luận: xong một phần", True),
        "conclusions/h2/k2": ("Kết luận: còn mở", False),
    }
    (cause,) = line(view, "a", "owner").causes
    assert cause.words == "kết luận của Họp hai ngày 10/2/2017, chưa có số thông báo – mới một phần"
    for format in ("html", "md", "xlsx"):
        assert "Kết luận: xong một phần" in spelt(format)


def test_the_head_names_the_hearings_and_the_paths_stand_apart(view: DifferenceView) -> None:
    assert (view.old, view.new) == (
        "phiên bản 0.1, đưa ra tại Họp một (10/1/2017); số liệu đến 13/9/2017",
        "phiên bản 0.2, đưa ra tại Họp hai (10/2/2017); số liệu đến 13/9/2017",
    )
    assert view.called == ("thu-muc/cu", "thu-muc/moi")


def test_content_and_course_are_counted_apart(view: DifferenceView) -> None:
    counts = dict(view.counts)
    assert (counts["… thêm đối tượng"], counts["… bỏ đối tượng"], counts["… sửa thông tin"]) == (2, 2, 9)
    assert counts["… thêm mục (ý kiến, cuộc họp, quyết định …)"] == 7


def test_what_is_counted_adds_up(view: DifferenceView) -> None:
    found: dict[str, list[int]] = {}
    for words, number in view.counts:
        if words.startswith("Thay đổi "):
            found[words] = [number]
        elif words.startswith("… ") and "trong đó" not in words:
            found[[*found][-1]].append(number)
    assert len(found) == 2
    assert {key: some[0] - sum(some[1:]) for key, some in found.items()} == dict.fromkeys(found, 0)
    content = [one for group in view.groups for one in group.lines if one.nature is Nature.CONTENT]
    assert [one.number for one in content] == [*range(1, len(content) + 1)]
    assert len(content) == found["Thay đổi về nội dung kiến trúc"][0]


def test_the_course_says_so_where_a_cause_would_stand(view: DifferenceView) -> None:
    assert (line(view, "h2").no_cause, line(view, "b").no_cause) == ("quá trình phê duyệt", "không nêu căn cứ")
    for format in ("md", "xlsx", "text", "html"):
        assert "quá trình phê duyệt" in spelt(format)


@pytest.mark.parametrize(
    ("id", "path", "words"),
    [
        ("a", "data_type", "dữ liệu giao dịch"),
        ("a", "data_models", "mức khái niệm"),
        ("a", "level_dossier", "mô tả tổng quan"),
        ("a", "continuity", "sao lưu"),
        ("yeu", "", "kiểu: hạn chế"),
        ("a", "depends_on[b]", "có quan hệ"),
        ("viec", "partners", "thêm: Tỉnh [tinh] (1 mục khác giữ nguyên)"),
    ],
)
def test_codes_are_words(view: DifferenceView, id: str, path: str, words: str) -> None:
    assert line(view, id, path).after == words


def test_of_a_list_only_what_went_and_came_is_told(view: DifferenceView) -> None:
    assert line(view, "viec", "partners").before == "bỏ: Ban [ban]"


def test_what_is_gone_has_its_name_and_what_has_none_is_named_once(view: DifferenceView) -> None:
    named = [(line(view, id).subject, line(view, id).known_by) for id in ("y1", "b2", "b")]
    assert named == [("góp ý y1 của Sở", ""), ("phiên bản 0.2", "b2"), ("Mới", "b")]


def test_the_account_tells_what_has_no_cause_what_is_partly_done_and_what_moved(view: DifferenceView) -> None:
    told = view.account
    assert "owner" not in [one.path for one in told.bare] and "b" in [one.id for one in told.bare]
    assert [one.key for one in told.partly] == ["comments/y1", "conclusions/h2/k1"]
    assert [(one.words, one.before, one.after) for one in told.money] == [
        ("Tổng kinh phí các nhiệm vụ", "130 đồng", "80 đồng"),
        ("Trong đó năm 2018", "130 đồng", "80 đồng"),
        ("Việc", "100 đồng", "80 đồng"),
        ("Thôi (bỏ)", "30 đồng", "–"),
    ]
    assert [(one.words, one.before, one.after) for one in told.dates] == [("Việc – thời hạn", "1/1/2018", "1/1/2019")]


def test_what_is_only_of_sources_comes_after_all_content_and_english_is_left_out_in_vietnamese() -> None:
    before = (
        f"{BASE}elements: {{a: {{kind: node, name: A, name_en: A, certainty: assumed}}, b: {{kind: node, name: B}}}}\n"
    )
    after = before.replace("name_en: A, certainty: assumed", "name_en: AA").replace("name: B", "name: BB")

    def told(lang: str) -> list[tuple[str, int, str]]:
        groups = viewed(lang, before, after).groups
        return [(group.key, one.number, one.path) for group in groups for one in group.lines if one.id in "ab"]

    assert told("vi") == [("elements", 2, "name"), ("evidence", 3, "certainty")]
    assert told("en") == [("elements", 2, "name_en"), ("elements", 3, "name"), ("evidence", 4, "certainty")]


@pytest.mark.parametrize(("numbers", "told"), [([], ""), ([3], "3"), ([9, 4, 6, 5], "4–6, 9"), ([1, 2, 4], "1–2, 4")])
def test_numbers_that_follow_each_other_are_told_as_one(numbers: list[int], told: str) -> None:
    assert ", ".join(map(str, runs(numbers))) == told


def choices(kind: Any) -> Iterator[str]:
    """Give the words that a type of the model may be, not those of the models in it."""
    if get_origin(kind) is Literal:
        yield from (one for one in get_args(kind) if isinstance(one, str))
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        yield from (one.value for one in kind)
    else:
        for inner in get_args(kind):
            yield from choices(inner)


def models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation)
    for inner in get_args(kind):
        yield from models(inner)


def test_every_word_that_the_format_chooses_from_has_vietnamese_words() -> None:
    words = Words(architecture(OLD), architecture(OLD), "vi", cites=False)
    assert not {
        (model.__name__, name, choice)
        for record in (*RECORDS, Relation)
        for model in models(record)
        for name, field in model.model_fields.items()
        for choice in choices(field.annotation)
        if words.value(choice, name) == choice
    }
