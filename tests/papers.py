"""A paper that holds one of everything, and an architecture that went through rounds and a hearing."""

from __future__ import annotations

from datetime import date
from typing import Any

from kientruc.views.document import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Clause,
    Column,
    Dash,
    Document,
    Enacting,
    Figure,
    HeadBlock,
    Heading,
    Paragraph,
    Point,
    Ref,
    Run,
    SignatureBlock,
    Table,
    TableOfContents,
    says,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 300" width="800" height="300">'
    '<rect x="10" y="10" width="780" height="280" fill="#eef" stroke="#336"/>'
    '<text x="40" y="150" font-family="Noto Sans" font-size="28">Nền tảng chia sẻ</text></svg>'
).encode()
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)
COLUMNS = (Column("STT", 1, "centre"), Column("Nội dung", 5), Column("Cơ quan", 3), Column("Số lượng", 2, "right"))
SAMPLE = "VĂN BẢN MẪU – DỮ LIỆU GIẢ ĐỊNH"


def rows(count: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(Cell(says(words)) for words in (str(i), f"Hệ thống thứ {i} & <các sở>", "Sở Nội vụ", "1.234"))
        for i in range(1, count + 1)
    )


def blocks() -> tuple[Block, ...]:
    grouped = (
        (Cell(says("Nhóm A"), columns=4),),
        (Cell(says("gộp"), rows=2), Cell(says("x")), Cell(says("y")), Cell(says("z"))),
        (Cell(says("x2")), Cell(says("y2")), Cell(says("z2"))),
    )
    return (
        Heading("Sự cần thiết"),
        Paragraph(says("Như ", Ref("h1"), " và ", Ref("b1"), ", ", Run("đậm", bold=True), "; xem ", Ref("b2"), ".")),
        Heading("Cơ sở", 2),
        Clause(says("Khoản một;")),
        Point(says("điểm một;")),
        Point(says("điểm hai;")),
        Dash(says("một ý.")),
        Figure("h1", "Kiến trúc tổng thể", "Sơ đồ khối của kiến trúc", SVG, PNG),
        Table(COLUMNS, rows(40), "b1", "Danh mục hệ thống"),
        Table(COLUMNS, grouped, "b2", "Bảng ngang", landscape=True),
        Paragraph(says("Kính trình xem xét, quyết định.")),
    )


def paper(**changes: Any) -> Document:
    whole: dict[str, Any] = {
        "id": "to-trinh",
        "title": "Tờ trình phê duyệt kiến trúc",
        "date": date(2017, 9, 13),
        "head": HeadBlock(
            "Sở Thông tin và Truyền thông", "UBND tỉnh Bà Rịa – Vũng Tàu", "TTr", "STTTT", "Bà Rịa – Vũng Tàu", True
        ),
        "type_name": "Tờ trình",
        "abstract": "Về việc phê duyệt Kiến trúc Chính quyền điện tử",
        "addressees": ("Ủy ban nhân dân tỉnh",),
        "bases": (says("Căn cứ Luật Tổ chức chính quyền địa phương"), says("Căn cứ Công văn số 1178/BTTTT-THH")),
        "blocks": blocks(),
        "signatures": (SignatureBlock(("TM. Ủy ban nhân dân", "Chủ tịch")),),
        "recipients": ("Như trên", "Lưu: VT"),
        "annexes": (
            Annex("Danh mục", (TableOfContents("Mục lục"), Heading("Một"), Paragraph(says("Nội dung.")))),
            Annex("Quy định", (Chapter("Chung", "Chương"), Article(says("Phạm vi")), Paragraph(says("Toàn tỉnh.")))),
        ),
        "mark": SAMPLE,
    }
    return Document(**{**whole, **changes})


def decision() -> Document:
    return paper(
        blocks=(
            Enacting("QUYẾT ĐỊNH:"),
            Article(says("Phê duyệt kiến trúc.")),
            Article(says("Quyết định có hiệu lực từ ngày ký.")),
            Article(says("Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này.")),
        ),
        annexes=(),
        type_name="Quyết định",
    )


ARCHITECTURE = """\
format: kientruc/1
architecture:
  id: kt
  name: Kiến trúc Chính quyền điện tử tỉnh Mẫu
  agency: ubnd
  authors: [so-tttt]
  edition: cpdt-1.0
  cut_off: 2017-09-13
  basis: [luat, nd-85]
sources: {mau: {kind: sample, title: Dữ liệu giả định}}
organisations:
  ubnd: {name: Ủy ban nhân dân tỉnh Mẫu, type: peoples_committee}
  so-tttt: {name: Sở Thông tin và Truyền thông, type: department, part_of: ubnd}
  so-nv: {name: Sở Nội vụ, type: department, part_of: ubnd}
  so-tc: {name: Sở Tài chính, type: department, part_of: ubnd}
  so-yt: {name: Sở Y tế, type: department, part_of: ubnd}
  thuong-truc: {name: Thường trực Tỉnh ủy Mẫu, type: party}
  bo-tttt: {name: Bộ Thông tin và Truyền thông, type: ministry}
legal:
  luat: {number: 77/2015/QH13, title: Luật Tổ chức chính quyền địa phương, date: 2015-06-19}
  nd-85: {number: 85/2016/NĐ-CP, title: Nghị định về bảo đảm an toàn, date: 2016-07-01, issuer: Chính phủ}
components: {ung-dung: {name: Ứng dụng, order: 1}}
states: {dich: {name: Đích, role: target}}
elements:
  mot-cua: {kind: application, name: Một cửa điện tử, component: ung-dung, states: [dich]}
tasks:
  xay:
    name: Xây dựng một cửa
    lead: so-tttt
    delivers: [mot-cua]
    period: {from: 2018, until: 2019}
    cost: [{year: 2018, fund: ns, amount: "4,5 tỷ"}, {year: 2019, fund: ns, amount: 500 triệu}]
  nang-cap: {name: Nâng cấp, cost: {unknown: chưa có dự toán}}
path:
  b-1: {order: 1, name: Xin ý kiến Thường trực Tỉnh ủy, actor: thuong-truc, state: ordered, since: 2017-09-13}
  b-2: {order: 2, name: Thẩm định, actor: bo-tttt, state: pending}
rounds:
  dot-1:
    name: Đợt lấy ý kiến thứ nhất
    letter: 12/STTTT-CNTT
    bodies: [so-nv, so-tc, so-yt]
    answers:
      so-nv: {position: comments-only, letter: 45/SNV-VP, date: 2017-08-10}
      so-tc: {position: agrees, letter: 46/STC-VP, date: 2017-08-11}
comments:
  y-1: {round: dot-1, from: so-nv, passage: Mục II, text: Bổ sung danh mục., verdict: accepted, response: Đã bổ sung.,
    changed: [mot-cua]}
  y-2: {round: dot-1, from: so-nv, passage: Mục II, text: Bỏ sơ đồ., verdict: explained, response: Sơ đồ là bắt buộc.}
  y-3: {round: dot-1, from: so-nv, about: [mot-cua],
    text: "Ghi rõ {author} {{7*7}} #let x = 1 <b>.", needs_leader: true}
hearings:
  hop:
    order: 1
    name: Cuộc họp thông qua kiến trúc
    date: 2017-09-13
    chair: {name: Nguyễn Văn Mẫu, title: Phó Chủ tịch UBND tỉnh}
    attendance: [so-nv, so-tc]
    outcome: Thống nhất thông qua.
    conclusions:
      k-1: {text: Hoàn thiện hồ sơ., who: so-tttt, by: 2017-10-01}
      k-2: {text: Bố trí kinh phí., who: {unknown: chưa giao}}
"""
