"""Where a paper may break: no symbol, no name, no head torn; no last row and no signature alone on a page."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import docx as reader
import pytest

from kientruc.renderers.document import docx, pdf
from kientruc.renderers.document.laid_out import lay_out
from kientruc.renderers.document.measures import line_width
from kientruc.renderers.document.parts import Columns, Line
from kientruc.renderers.document.print_style import words
from kientruc.renderers.document.profile import PROFILES, load_profile
from kientruc.views.document import Cell, Column, HeadBlock, Paragraph, Table, says
from tests.papers import paper

TODAY = load_profile(PROFILES / "nd30-2020.yaml")
FILLER = "Nội dung của đoạn này đủ dài để sang một dòng khác, như mọi đoạn của một văn bản."


def read(path: Path, **changes: Any) -> list[str]:
    """Give the text of each page of a paper as PDF, line by line as it stands there."""
    path.write_bytes(pdf.render(lay_out(paper(annexes=(), **changes), TODAY)))
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return told.split("\f")[:-1]


@pytest.mark.parametrize(
    "written, printed",
    [
        ("ngày 9/10/2026", "ngày 09/10/2026"),
        ("từ 1/2/2026 đến 12/1/2027", "từ 01/02/2026 đến 12/01/2027"),
        ("20/11/2026, tháng 8/2026", "20/11/2026, tháng 8/2026"),
        ("số 1/2/2026/QĐ", "số 1/2/2026/QĐ"),
        ("đạt 52 %, tăng 9,6 %", "đạt 52%, tăng 9,6%"),
        ("tỉnh Bà Rịa – Vũng Tàu về", "tỉnh Bà\u00a0Rịa\u00a0– Vũng\u00a0Tàu về"),
        ("trung ương – tỉnh – xã", "trung ương\u00a0– tỉnh\u00a0– xã"),
    ],
)
def test_words_are_printed_as_papers_write_them(written: str, printed: str) -> None:
    assert words(written) == printed


@pytest.mark.parametrize("at", range(0, 20, 3))
def test_no_symbol_breaks_nor_a_name_of_two_halves_in_a_title(tmp_path: Path, at: int) -> None:
    said = f"{'chữ ' * at}theo Quyết định số 1425/QĐ-TTg của tỉnh Bà Rịa – Vũng Tàu. {FILLER}"
    (page,) = read(tmp_path / "p.pdf", blocks=(Paragraph(says(said)),), abstract=said.split(".")[0])
    assert page.count("1425/QĐ-TTg") == 2
    flat = " ".join(page.split())
    assert flat.count("Bà Rịa –") == 3 and flat.count("Vũng Tàu") == 3  # not torn in head, title, text
    assert "Bà Rịa – Vũng Tàu" in page.replace("\u00a0", " ").partition("Kính gửi")[0]


@pytest.mark.parametrize("rows", range(30, 66, 3))
def test_the_last_row_of_a_table_is_never_alone_on_a_page(tmp_path: Path, rows: int) -> None:
    cells = tuple((Cell(says(f"dòng-{at}")), Cell(says("x"))) for at in range(rows))
    table = Table((Column("STT", 1), Column("Nội dung", 4)), cells)
    pages = read(tmp_path / "p.pdf", blocks=(table, Paragraph(says("Hết."))))
    (there,) = (page for page in pages if f"dòng-{rows - 1}\n" in page.replace(" ", "").replace("x\n", "\n"))
    assert f"dòng-{rows - 2}" in there.replace(" ", "")


def test_the_name_of_the_issuer_and_the_day_stand_on_one_line_where_both_have_room() -> None:
    head = HeadBlock("Sở Thông tin và Truyền thông", "UBND tỉnh Bà Rịa – Vũng Tàu", "TTr", "STTTT", "Bà Rịa – Vũng Tàu")
    title, number = (part for part in lay_out(paper(head=head), TODAY).sheets[0].parts[:2] if isinstance(part, Columns))
    assert sum(title.widths) == pytest.approx(165)
    left, right = title.left[1], number.right[0]
    assert isinstance(left, Line) and isinstance(right, Line)
    assert title.widths[0] > line_width(left.text, 12, bold=True)
    assert title.widths[1] > line_width(right.text, 13, italic=True)
    assert title.widths[1] > line_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)


@pytest.mark.parametrize("lines", range(20, 34))
def test_who_signs_is_never_alone_on_a_page(tmp_path: Path, lines: int) -> None:
    blocks = tuple(Paragraph(says(f"đoạn-{at}")) for at in range(lines))
    pages = read(tmp_path / "p.pdf", blocks=blocks)
    (signed,) = (page for page in pages if "Nơi nhận" in page)
    assert f"đoạn-{lines - 1}./." in signed


@pytest.mark.parametrize("lines", range(18, 30, 2))
def test_a_low_table_stays_on_one_page(tmp_path: Path, lines: int) -> None:
    before = tuple(Paragraph(says(f"đoạn-{at}")) for at in range(lines))
    cells = tuple((Cell(says(f"dòng-{at}")), Cell(says("x"))) for at in range(6))
    table = Table((Column("STT", 1), Column("Nội dung", 4)), cells)
    pages = read(tmp_path / "p.pdf", blocks=(*before, table, Paragraph(says("Hết."))))
    assert len([page for page in pages if "dòng-" in page]) == 1


def test_a_symbol_is_one_word_in_word_and_reads_as_it_is_written() -> None:
    said = "Nghị định số 224/2026/NĐ-CP, Độc lập - Tự do, QCVN 102:2016/BTTTT"
    made = docx.render(lay_out(paper(annexes=(), blocks=(Paragraph(says(said)),)), TODAY))
    found = reader.Document(io.BytesIO(made)).paragraphs
    (told,) = (one for one in found if "224/2026" in one.text)
    assert told.text == f"{said}./."
    assert told._p.xml.count("<w:noBreakHyphen/>") == 1
