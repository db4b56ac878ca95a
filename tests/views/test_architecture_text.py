"""The Architecture's own paper: every heading of the outline answered, sums exact, every block drawn once."""

from __future__ import annotations

import html
import unicodedata
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kientruc import api
from kientruc.frameworks.forms import Heading as Asked
from kientruc.loading import Loaded, load_text
from kientruc.model.architecture import Architecture
from kientruc.model.unknown_values import unknown_values
from kientruc.views.document import (
    BLANK,
    Clause,
    Dash,
    Document,
    Figure,
    Heading,
    Paragraph,
    Ref,
    Table,
    TableOfContents,
    plain,
)
from kientruc.views.document.numbering import numbered
from kientruc.views.dossier import Dossier, papers, wording
from kientruc.views.dossier.outline import TELLERS, own_outline
from kientruc.views.parted import halves, packed, size
from kientruc.views.picture import Band, Block, Group, Mark
from tests.papers import ARCHITECTURE

ROOT = Path(__file__).parent.parent.parent


def made(architecture: Architecture, prescribed: bool) -> Document:
    guide = api.edition("huong-dan-2026")
    assert guide.forms
    about = Dossier(
        architecture, wording(), "Khung", outline=guide.forms.outline if prescribed else None, words=guide.words
    )
    return numbered(papers(about, ("kien-truc",))[0][0])


@cache
def sample() -> tuple[Architecture, Document]:
    loaded = api.load(ROOT / "examples" / "tinh-mau" / "architecture.yaml")
    assert loaded.architecture
    return loaded.architecture, made(loaded.architecture, True)


@cache
def small() -> Document:
    loaded = load_text(ARCHITECTURE)
    assert loaded.architecture
    return made(loaded.architecture, False)


def prescribed() -> dict[str, Asked]:
    forms = api.edition("huong-dan-2026").forms
    assert forms
    return forms.outline


def table(document: Document, caption: str) -> Table:
    blocks = [*document.blocks, *(one for annex in document.annexes for one in annex.blocks)]
    return next(one for one in blocks if isinstance(one, Table) and one.caption == caption)


def cells(found: Table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row] for row in found.rows]


def test_every_heading_of_the_outline_stands_there_in_order_and_none_is_empty() -> None:
    _, document = sample()
    asked = list(prescribed().items())
    headings = [one.title for one in document.blocks if isinstance(one, Heading)]
    assert headings == [one.name.vi for id, one in asked if "PL" not in id]
    assert [one.title for one in document.annexes] == [one.name.vi for id, one in asked if "PL" in id]
    assert all(annex.blocks for annex in document.annexes)
    for one, after in zip(document.blocks, document.blocks[1:], strict=False):
        deeper = isinstance(one, Heading) and isinstance(after, Heading) and after.level > one.level
        assert not isinstance(one, Heading) or not isinstance(after, Heading) or deeper, one.title


def test_every_word_of_the_outlines_is_one_that_can_be_told() -> None:
    outlines = (prescribed(), own_outline(), own_outline("explanation"))
    told = {one.tells for outline in outlines for one in outline.values() if one.tells}
    assert told - {"annexes"} == set(TELLERS)


def test_the_text_is_attached_to_a_decision_and_has_contents_but_no_symbol() -> None:
    _, document = sample()
    assert document.attached.startswith(f"Kèm theo Quyết định số{BLANK}/QĐ-UBND ngày{BLANK}")
    assert sum(isinstance(one, TableOfContents) for one in document.blocks) == 1
    assert document.head.symbol == ""
    assert {annex.landscape for annex in document.annexes} == {True}


def test_money_by_year_and_fund_is_what_the_tasks_cost_to_the_dong() -> None:
    architecture, document = sample()
    parts = [part for one in architecture.records["tasks"].values() for part in one.cost]
    *funds, total = cells(table(document, "Kinh phí theo năm và nguồn (đơn vị tính: triệu đồng)"))
    numbers = [[int(one.replace(".", "")) if one != "–" else 0 for one in row[1:]] for row in (*funds, total)]
    assert numbers[-1][-1] * 1_000_000 == sum(part.amount for part in parts)
    assert {row[0] for row in funds} == {part.fund for part in parts}
    for column in range(len(numbers[0])):
        assert sum(row[column] for row in numbers[:-1]) == numbers[-1][column]


def test_lists_hold_what_the_data_hold() -> None:
    architecture, document = sample()
    own, shared = (
        table(document, caption)
        for caption in (
            "Đối tượng do cơ quan, tổ chức quản lý",
            "Thành phần dùng chung và thành phần tham chiếu bên ngoài",
        )
    )
    assert len(table(document, "Đối tượng và vị trí trong khung").rows) == len(own.rows) + len(shared.rows)
    assert len(cells(table(document, "Nhiệm vụ chuyển đổi kiến trúc"))) == len(architecture.records["tasks"])
    assert len(cells(table(document, "Kiểm tra trước khi ban hành"))) == 12
    gaps = cells(table(document, "Nội dung cần hoàn thiện"))
    covered = [not row[-1].startswith("Chưa có nhiệm vụ") for row in gaps]
    assert covered == sorted(covered)  # what no task covers comes first


def test_what_an_architecture_does_not_hold_is_said_not_to_be_determined() -> None:
    document = small()
    titles = [one.title for one in document.blocks if isinstance(one, Heading)]
    assert titles[:2] == ["Mục đích, phạm vi áp dụng", "Mục đích"]
    place = titles.index("Mục đích") + next(i for i, one in enumerate(document.blocks) if isinstance(one, Heading))
    below = document.blocks[place + 1]
    assert isinstance(below, Paragraph)
    assert plain(below.text) == ("Chưa xác định; Sở Thông tin và Truyền thông xác định, bổ sung.")


def words_of(document: Document) -> str:
    bodies = (document.blocks, *(one.blocks for one in document.annexes))
    return "\n".join(
        " ".join(plain(cell.text) for row in one.rows for cell in row) if isinstance(one, Table) else plain(one.text)
        for body in bodies
        for one in body
        if isinstance(one, Table | Paragraph | Dash | Clause)
    )


def test_what_is_not_certain_stands_on_the_drafters_sheet_and_in_no_paper_that_is_signed() -> None:
    text = ARCHITECTURE.replace("name: Một cửa điện tử,", "name: Một cửa điện tử, certainty: assumed,", 1)
    architecture = load_text(text).architecture
    assert architecture
    about = Dossier(architecture, wording(), "Khung", next(iter(architecture.records["hearings"].values())))
    made, _ = papers(about)
    sheet = next(one for one in made if one.id == "phieu-luu-y")
    for one in made:
        for mark in (
            "giả định, chưa xác nhận",
            "suy ra",
            "Công cụ",
            "đề cương do bộ",
            "Dữ liệu kiến trúc",
        ):
            assert one is sheet or mark.lower() not in words_of(one).lower(), (one.id, mark)
    told = words_of(sheet)
    assert "Giả định, chưa xác nhận" in told and "đề cương do bộ ban hành cho Khung" in told
    assert not sheet.signatures


def test_the_sheet_tells_who_answers_what_by_when_and_which_headings_are_empty() -> None:
    architecture, _ = sample()
    sheet = papers(Dossier(architecture, wording(), "Khung", outline=prescribed()), ("phieu-luu-y",))[0][0]
    told = words_of(sheet)
    assert "Hệ thống thư điện tử công vụ thống nhất Mã Nguồn chưa công bố mã Bộ Khoa học và Công nghệ 31/3/2027" in told
    assert "Căn cứ 356/2025/NĐ-CP chưa có ngày ban hành" in told
    assert "chưa có Luật Tổ chức chính quyền địa phương" in told
    assert "Giải pháp về nguồn nhân lực" not in told and "chọn một thẩm quyền" not in told
    bare = load_text(ARCHITECTURE.replace("name: Thẩm định", "name: Trình Chủ tịch ban hành")).architecture
    assert bare
    for chairman in (False, True):
        about = Dossier(bare, wording(), "Khung", outline=prescribed(), chairman=chairman)
        told = words_of(papers(about, ("phieu-luu-y",))[0][0])
        assert "Mục “Giải pháp về nguồn nhân lực” của bản Kiến trúc chưa có nội dung" in told
        assert ("chọn một thẩm quyền" in told) is not chairman


def test_a_picture_too_full_for_a_page_comes_in_parts_that_are_all_spoken_of() -> None:
    from kientruc.api.paper_drawings import _whole

    architecture, _ = sample()
    figures = _whole(architecture, wording())
    assert len({one.id for one in figures}) == len(figures) > 1
    about = Dossier(architecture, wording(), "Khung", outline=prescribed(), figures=figures)
    document = papers(about, ("kien-truc",))[0][0]
    assert [one for one in document.blocks if isinstance(one, Figure)] == list(figures)
    spoken = [
        part.id for one in document.blocks if isinstance(one, Paragraph) for part in one.text if isinstance(part, Ref)
    ]
    assert {one.id for one in figures} <= set(spoken)


def test_the_diagrams_that_are_owed_come_first_with_code_state_and_version_and_none_says_not_approved() -> None:
    from kientruc.api.paper_drawings import drawings

    architecture, _ = sample()
    assert any(step.state != "done" for step in architecture.records["path"].values())
    diagrams, whole = drawings(Loaded(architecture, (), ()), wording())
    assert [one.id for one in diagrams[:3]] == ["so-do-t-01", "so-do-t-02", "so-do-t-03"] and not whole
    for one in diagrams:
        for figure in one.figures:
            drawn = unicodedata.normalize("NFC", html.unescape(figure.svg.decode()))
            assert "Chưa phê duyệt" not in drawn and "Không thấy quyết định" not in drawn
            assert figure.caption.startswith(architecture.records["views"][one.id].code)
            assert "Trạng thái" in drawn and "Phiên bản" in drawn
    about = Dossier(architecture, wording(), "Khung", outline=prescribed(), diagrams=diagrams)
    (submission, document), _ = papers(about, ("to-trinh", "kien-truc"))
    assert [one for one in document.blocks if isinstance(one, Figure)] == [f for one in diagrams for f in one.figures]
    listed = table(document, "Danh mục sơ đồ").rows
    refs = [[part.id for part in row[-1].text if isinstance(part, Ref)] for row in listed]
    assert refs == [[figure.id for figure in one.figures] for one in diagrams]
    (annex,) = submission.annexes
    assert [one for one in annex.blocks if isinstance(one, Figure)] == list(diagrams[0].figures)


def test_the_report_tells_sources_options_money_and_what_is_open() -> None:
    architecture, _ = sample()
    document = papers(Dossier(architecture, wording(), "Khung"), ("bao-cao-thuyet-minh",))[0][0]
    headings = [one.title for one in document.blocks if isinstance(one, Heading)]
    assert headings == [one.name.vi for one in own_outline("explanation").values()]
    decided = [row[1] for row in cells(table(document, "Lựa chọn đã quyết định"))]
    assert sorted(decided) == sorted(one.name for one in architecture.records["decisions"].values())
    left = cells(table(document, "Thông tin chưa xác định theo cơ quan trả lời"))
    assert sum(int(row[2]) for row in left) == sum(1 for one in unknown_fields(architecture))


def unknown_fields(architecture: Architecture) -> list[object]:
    records = (architecture.head, *architecture.all_records(), *architecture.relations)
    return [value for record in records for value in unknown_values(record)]


bands = st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=6)


def band(number: int, groups: list[int]) -> Band:
    return Band(
        f"b{number}",
        f"Dải {number}",
        tuple(
            Group(f"g{at}", "", tuple(Block(f"{number}.{at}.{i}", "x", Mark.PRESENT) for i in range(count)))
            for at, count in enumerate(groups)
        ),
    )


@given(bands, st.integers(1, 12))
def test_parts_hold_every_block_once_in_order_and_no_more_than_was_asked(shape: list[list[int]], most: int) -> None:
    whole = [band(number, groups) for number, groups in enumerate(shape)]
    parts = list(packed(whole, most))
    assert all(0 < size(part) <= most for part in parts)
    assert ids(one for part in parts for one in part) == ids(whole)
    for part in parts:
        if size(part) > 1:
            both = halves(part)
            assert ids(one for half in both for one in half) == ids(part)
            assert all(size(half) < size(part) for half in both)


def ids(found: object) -> list[str]:
    return [block.id for one in found for group in one.groups for block in group.blocks]  # type: ignore[attr-defined]
