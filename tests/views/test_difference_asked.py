"""What was asked between two versions: all of it, cited as papers cite it, with what became of it and who owes what."""

from __future__ import annotations

from pathlib import Path

import pytest

from kientruc import api
from kientruc.comparing import compare
from kientruc.views.difference import DifferenceView, difference
from kientruc.views.difference_lines import Line
from tests.comparing.versions import architecture
from tests.papers import ARCHITECTURE
from tests.test_dossier import architecture as loaded

BASE = """\
organisations: {tinh: {name: Tỉnh}, so: {name: Sở}, ban: {name: Ban}}
states: {nay: {name: Nay, role: baseline}, dich: {name: Đích, role: target}}
legal: {nd: {number: 278/2025/NĐ-CP, title: Nghị định}}
"""
OLD = f"""\
{BASE}elements:
  a: {{kind: application, name: A, owner: so, security_level: 2, states: [nay, dich], codes: {{mau03: KT-1}}}}
  b: {{kind: node, name: B, states: [nay, dich]}}
  cu: {{kind: node, name: Cũ, successor: b}}
  x: {{kind: node, name: X, note: Một}}
  x2: {{kind: node, name: X2, note: Một}}
  x3: {{kind: node, name: X3, note: Một}}
path: {{buoc: {{order: 1, name: Bước, actor: so, state: running}}}}
"""
NEW = f"""\
{BASE}elements:
  a:
    kind: application
    name: A
    owner: ban
    security_level: 2
    states: [nay, dich]
    in_state: {{dich: {{security_level: 3}}}}
    uses: [b]
  b: {{kind: node, name: B, states: [nay]}}
  moi: {{kind: application, name: Mới, owner: so, codes: {{mau03: KT-2}}, scope: province}}
  x: {{kind: node, name: X, note: Hai}}
  x2: {{kind: node, name: X2, note: Hai}}
  x3: {{kind: node, name: X3, note: Hai}}
retired: {{cu: {{name: Cũ, successor: b, reason: Nhập vào B.}}}}
path: {{buoc: {{order: 1, name: Bước, actor: so, state: done, since: 2017-09-01}}}}
rounds: {{r: {{name: Đợt, answers: {{so: {{position: agrees, date: 2017-09-02, letter: 12/SO-TH}}}}}}}}
hearings:
  h: {{name: Họp, order: 1, date: 2017-09-05, notice: 7/TB-VP, conclusions: {{k: {{text: Làm., state: open, who: so,
    by: 2017-10-01}}}}}}
comments:
  g1: {{round: r, from: so, text: Đổi., verdict: accepted, changed: [{{id: a, fields: [owner, in_state, uses]}}, b]}}
  g2: {{round: r, from: so, text: Giữ., verdict: explained, response: Không giữ vì trùng.}}
  g3: {{round: r, from: ban, text: Hỏi., responsible: so, by: 2017-10-02, needs_leader: true}}
conditions: {{dk: {{round: r, from: so, text: Dưới 230 tỷ., met_on: 2017-09-03, note: Tổng là 225 tỷ.}}}}
decisions: {{qd: {{name: Ưu tiên, date: 2017-09-04, decided_by: ban, document: nd, changed: [x]}}}}
"""


@pytest.fixture(scope="module")
def view() -> DifferenceView:
    old, new = architecture(OLD), architecture(NEW)
    return difference(compare(old, new), old, new, ("", ""), "vi")


def line(view: DifferenceView, id: str, path: str = "") -> Line:
    lines = (one for group in view.groups if group.key != "retired" for one in group.lines)
    (found,) = (one for one in lines if (one.id, one.path) == (id, path))
    return found


def test_everything_asked_stands_in_the_list_with_its_result_and_who_owes_what(view: DifferenceView) -> None:
    assert [(one.id, one.standing, one.owed) for one in view.causes] == [
        ("g1", "accepted", ""),
        ("g2", "explained", ""),
        ("g3", "pending", "đơn vị trả lời: Sở; thời hạn: 2/10/2017; chờ ý kiến lãnh đạo"),
        ("k", "open", "đơn vị thực hiện: Sở; thời hạn: 1/10/2017"),
        ("dk", "met", ""),
        ("qd", "decided", ""),
    ]
    assert [one.number for one in view.causes] == [1, 2, 3, 4, 5, 6]


def test_of_a_part_only_the_causes_of_its_lines_are_told() -> None:
    old, new = architecture(OLD), architecture(NEW)
    part = difference(compare(old, new), old, new, ("", ""), "vi", is_part=True)
    assert [one.id for one in part.causes] == ["g1", "qd"]


def test_letters_notices_and_decisions_are_cited_by_number_day_and_body(view: DifferenceView) -> None:
    assert {one.id: one.words for one in view.causes} == {
        "g1": "công văn 12/SO-TH, 2/9/2017, Sở",
        "g2": "công văn 12/SO-TH, 2/9/2017, Sở",
        "g3": "góp ý g3 của Ban",
        "k": "thông báo 7/TB-VP, kết luận cuộc họp ngày 5/9/2017",
        "dk": "điều kiện tại công văn 12/SO-TH, 2/9/2017, Sở",
        "qd": "Ban quyết định ngày 4/9/2017, căn cứ 278/2025/NĐ-CP: Ưu tiên",
    }
    (cause,) = line(view, "a", "owner").causes
    assert (cause.numbered, cause.short) == ("số 1: công văn 12/SO-TH, 2/9/2017, Sở", "số 1: công văn 12/SO-TH")


def test_the_note_of_a_condition_stands_beside_it(view: DifferenceView) -> None:
    assert [one.answered for one in view.causes if one.id == "dk"] == ["Tổng là 225 tỷ."]


def test_what_held_for_all_states_is_the_value_before_that_of_one(view: DifferenceView) -> None:
    level = line(view, "a", "in_state.dich.security_level")
    assert (level.field, level.before, level.after) == ("cấp độ an toàn thông tin (Đích)", "2", "3")


def test_fields_are_told_in_words(view: DifferenceView) -> None:
    assert line(view, "a", "codes.mau03").field == "mã hiệu · mã Mẫu 03"
    state = line(view, "b", "states.dich")
    assert (state.field, state.before, state.after) == ("có mặt ở Đích", "có", "không")
    assert line(view, "buoc", "since").field == "xong từ ngày"
    relation = line(view, "a", "uses[b]")
    assert (relation.before, relation.after) == ("không có quan hệ", "có quan hệ")


def test_what_came_or_went_stands_on_one_side_with_what_matters_and_why_it_went(view: DifferenceView) -> None:
    assert (line(view, "moi").before, line(view, "moi").after) == ("–", "loại: ứng dụng; chủ quản: Sở")
    gone = line(view, "cu")
    assert "thay bằng" not in gone.before
    assert gone.after == "thay bằng: B; lý do bỏ: Nhập vào B."


def test_the_same_change_of_three_things_is_one_line_with_three_numbers() -> None:
    old = architecture(OLD)
    new = architecture(NEW.replace(", changed: [x]", ", changed: [x, x2, x3]"))
    view = difference(compare(old, new), old, new, ("", ""), "vi")
    (alike,) = (one for group in view.groups for one in group.lines if one.path == "note")
    assert (alike.ids, alike.subject, alike.last - alike.number) == (("x", "x2", "x3"), "X; X2; X3", 2)
    assert alike.label == f"{alike.number}–{alike.last}"
    (decided,) = (one for one in view.causes if one.id == "qd")
    assert decided.lines == (alike.number, alike.number + 1, alike.last)


def test_a_relation_names_each_cause_once() -> None:
    old = architecture(OLD)
    new = architecture(
        NEW.replace("uses: [b]", "uses: [moi]").replace("fields: [owner, in_state, uses]}, b]", "fields: [uses]}, moi]")
    )
    (relation,) = (one for one in compare(old, new).relations if one.target == "moi")
    assert [(cause.id, cause.fields) for cause in relation.causes] == [("g1", ("uses",))]


def test_the_page_is_printed_with_numbers_of_pages_and_without_ids_or_the_tool() -> None:
    old, new = architecture(OLD), architecture(NEW)
    page = api.spell_difference(compare(old, new), old, new, "html").decode()
    printed = page.partition("@media print")[2].partition("</style>")[0]
    assert "counter(page)" in printed and "summary,.id,.called,nav,footer{display:none}" in printed
    assert "[so]" not in page and "[ban]" not in page


def test_the_report_for_a_hearing_says_nothing_of_what_came_of_it(tmp_path: Path) -> None:
    later = "\n  hop-sau: {order: 2, name: Họp sau, date: 2017-12-01}\n"
    for hearing, text, told in (("hop", ARCHITECTURE, False), ("hop-sau", ARCHITECTURE.rstrip() + later, True)):
        before = loaded(ARCHITECTURE.partition("hearings:")[0].replace("Một cửa điện tử", "Một cửa"))
        api.dossier(loaded(text), tmp_path / hearing, hearing, only=("bao-cao-chinh-sua",), before=before)
        page = (tmp_path / hearing / "bao-cao-chinh-sua.html").read_text(encoding="utf-8")
        assert ("Hoàn thiện hồ sơ" in page) is told
        assert ("1 kết luận chưa làm" in page or "2 kết luận chưa làm" in page) is told
