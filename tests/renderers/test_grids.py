"""Tables on paper and on screen: read back by another program, nothing in them is ever more than text."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kientruc import api
from kientruc.errors import OutputError, UsageError
from kientruc.views.grid import Column, Entry, Grid, Grids, Head, matrix

ROOT = Path(__file__).parent.parent.parent
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=30)


class Cells(HTMLParser):
    """Collects the texts of table cells and the names of all tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag in ("td", "th"):
            self.inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def one(*rows: tuple[Entry, ...]) -> Grids:
    columns = (Column("A"), Column("B"), Column("C"))
    facts = (("Đơn vị", "Tỉnh"),)
    return Grids("vi", "Bảng", "Mẫu", "DỮ LIỆU MẪU", facts, (), (Grid("x", "Trang x", (), columns, rows),))


@given(WORDS, WORDS)
def test_any_words_come_back_as_they_are(first: str, second: str) -> None:
    page = api.spell_tables(one((Entry("x"), Entry(first), Entry(second, "fail"))), "html").decode()
    parsed = Cells(page)
    assert parsed.texts[3:] == ["x", first, second]
    assert parsed.tags.isdisjoint({"script", "img", "iframe", "link", "object"})


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers() -> None:
    entries = (Entry("=1+1"), Entry("12"), Entry("4.500.000.000", "", 4_500_000_000))
    book = load_workbook(io.BytesIO(api.spell_tables(one(entries), "xlsx")))
    sheet = book["Trang x"]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), ("12", "s"), (4_500_000_000, "n")]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C2"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")
    assert sheet.page_setup.orientation == "landscape"


def test_a_wide_matrix_is_spread_over_pages_of_a3() -> None:
    columns = [Head(f"c{at}", "") for at in range(60)]
    rows = [Head(f"r{at}", "") for at in range(61)]
    found = matrix("data", rows, columns, {("r0", head.id): Entry("x") for head in columns}, "vi")
    view = Grids("vi", "Bảng", "Mẫu", "", (), (), (found,))
    sheet = load_workbook(io.BytesIO(api.spell_tables(view, "xlsx"))).worksheets[1]
    assert [str(sheet.page_setup.paperSize), str(sheet.page_setup.fitToWidth)] == ["8", "2"]


SAMPLE = pytest.param(ROOT / "examples" / "tinh-mau" / "architecture.yaml", marks=pytest.mark.thorough)


@pytest.mark.parametrize("path", [ROOT / "architecture.yaml", SAMPLE])
def test_the_same_architecture_gives_the_same_bytes_and_both_formats_the_same_cells(path: Path) -> None:
    reports = api.check_all(api.load(path))
    for view in (api.matrices(reports), api.money(reports)):
        assert api.spell_tables(view, "xlsx") == api.spell_tables(view, "xlsx")
        book = load_workbook(io.BytesIO(api.spell_tables(view, "xlsx")))
        words = [
            str(cell.value)
            for sheet in book.worksheets[1:]
            for row in sheet.iter_rows(min_row=2)
            for cell in row
            if cell.value is not None and cell.data_type == "s"
        ]
        shown = [
            entry.words
            for grid in view.grids
            for row in grid.rows
            for entry in row
            if entry.words and entry.value is None
        ]
        assert words == shown
        page = Cells(api.spell_tables(view, "html").decode())
        assert len(page.texts) == sum(len(grid.columns) * (len(grid.rows) + 1) for grid in view.grids if grid.rows)


def test_two_editions_have_a_sheet_each() -> None:
    reports = api.check_all(api.load(ROOT / "architecture.yaml"), ("cpdt-1.0", "qgs-1425"))
    names = load_workbook(io.BytesIO(api.spell_tables(api.matrices(reports), "xlsx"))).sheetnames
    assert names[1:3] == ["Yêu cầu và đối tượng", "Yêu cầu và đối tượng (2)"]


def test_tables_are_written_by_suffix_or_both_into_a_folder_and_over_nothing_foreign(tmp_path: Path) -> None:
    view = one((Entry("a"), Entry("b"), Entry("c")))
    assert [path.name for path in api.write_tables(view, tmp_path / "bang", "money")] == ["money.xlsx", "money.html"]
    assert api.write_tables(view, tmp_path / "a.html", "money") == (tmp_path / "a.html",)
    assert api.write_tables(view, tmp_path / "a.html", "money") == (tmp_path / "a.html",)
    (tmp_path / "b.html").write_text("<!doctype html>\n<p>của người khác</p>", encoding="utf-8")
    with pytest.raises(OutputError):
        api.write_tables(view, tmp_path / "b.html", "money")
    with pytest.raises(UsageError):
        api.write_tables(view, tmp_path / "a.pdf", "money")
