"""What of comments is open, and how they are listed."""

from __future__ import annotations

import io
import json

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from kientruc import api
from kientruc.consultation.rules import Lack, count
from kientruc.messages import LANGUAGES
from kientruc.model.architecture import Architecture
from tests.consultation.conftest import Province

COMMENTS = """\
comments:
  a: {round: v1, from: so-yt, text: Một}
  b: {round: v1, from: so-yt, text: Hai, verdict: accepted}
  c: {round: v1, from: so-yt, text: Ba, verdict: accepted, changed: [{id: lgsp, fields: [owner]}]}
  d: {round: v1, from: so-tp, text: Bốn, verdict: explained}
  e: {round: v1, from: so-tp, text: Năm, verdict: explained, response: Vì luật, needs_leader: true}
  f: {round: v1, from: so-tp, text: Sáu, verdict: partly}
  g: {round: v1, from: so-tp, text: Bảy, verdict: noted, about: [lgsp], passage: chia-se, proposal: Sửa, grounds: Luật}
  h: {round: v1, from: so-tp, text: "=1+1 | **đậm**", verdict: explained, response: "Vì <b>"}
"""


@pytest.fixture
def architecture(province: Province) -> Architecture:
    province.add("y.yaml", COMMENTS)
    answers = "    answers:\n      tinh: {position: agrees, letter: 3/UBND}\n"
    answers += "      so-yt: {position: disagrees, date: 2017-08-15}\n"
    rounds = province.folder / "vong.yaml"
    province.add("vong.yaml", rounds.read_text(encoding="utf-8") + answers)
    found = province.load().architecture
    assert found, province.load().findings
    return found


def test_every_lack_is_told_with_its_place(architecture: Architecture) -> None:
    found = api.open_comments(architecture, "v1")
    assert {one.comment.id: one.lacks for one in found} == {
        "a": (Lack.VERDICT,),
        "b": (Lack.CHANGE,),
        "d": (Lack.RESPONSE,),
        "e": (Lack.LEADER,),
        "f": (Lack.RESPONSE, Lack.CHANGE),
    }
    assert [str(one.span) for one in found][:2] == ["y.yaml:2:3", "y.yaml:3:51"]
    assert api.open_comments(architecture, "v0") == ()


def test_what_came_back_is_counted(architecture: Architecture) -> None:
    found = count(architecture, architecture.records["rounds"]["v1"])
    assert (found.asked, found.answered, found.silent) == (("so-yt", "so-tp", "tinh"),) * 2 + ((),)
    assert (found.positions, found.comments, found.open) == ({"agrees": 1, "disagrees": 1}, 8, 5)
    assert found.verdicts == {"": 1, "accepted": 2, "explained": 3, "noted": 1, "partly": 1}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_open_ones_are_listed_and_counted_in_every_format(architecture: Architecture, lang: str) -> None:
    data = json.loads(api.spell_comments(architecture, "v1", True, "json", lang))
    assert ([line["id"] for line in data["lines"]], data["open"]) == (["d", "e", "f", "a", "b"], 5)
    shown = api.spell_comments(architecture, "v1", True, "text", lang).decode()
    assert [id for id in "abcdefgh" if f"[{id}]" in shown] == ["a", "b", "d", "e", "f"]


def test_the_table_of_four_columns_survives_a_reader_of_markdown(architecture: Architecture) -> None:
    text = api.spell_comments(architecture, "", False, "md", "vi").decode()
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert (html.count("<tr>"), html.count("<td>"), "<strong>đậm" in html) == (9, 32, False)
    assert "<td>Chia sẻ, tích hợp; Nền tảng chia sẻ, tích hợp dữ liệu</td>" in html
    assert "Tỉnh (3/UBND)" in html


def test_the_table_of_seven_columns_is_text_for_another_program(architecture: Architecture) -> None:
    data = api.spell_comments(architecture, "", False, "xlsx", "vi")
    assert data == api.spell_comments(architecture, "", False, "xlsx", "vi")
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True)]
    start = next(index for index, row in enumerate(rows) if row[0] == "STT")
    assert rows[start][:7] == (
        *("STT", "Nhóm vấn đề, mục, phần tử", "Chủ thể góp ý", "Văn bản góp ý", "Nội dung góp ý"),
        *("Ý kiến tiếp thu, giải trình", "Nơi đã sửa"),
    )
    by_id = {row[8]: row for row in rows[start + 1 :]}
    assert by_id["c"][5:7] == ("Tiếp thu", "Nền tảng chia sẻ, tích hợp dữ liệu (chủ quản)")
    assert by_id["a"][3] == "15/8/2017"
    assert by_id["g"][4] == "Bảy\nĐề xuất: Sửa\nCăn cứ: Luật"
    assert by_id["h"][4] == "=1+1 | **đậm**"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
