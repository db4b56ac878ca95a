"""Papers in three formats: the same bytes each time, every text literally, the parts where their format wants them."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx as reader
import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc.frameworks.reader import EditionError
from kientruc.renderers.document import docx, html, pdf
from kientruc.renderers.document.laid_out import lay_out
from kientruc.renderers.document.measures import line_width
from kientruc.renderers.document.parts import Columns, Drawing, Grid, Line, Rule
from kientruc.renderers.document.print_style import words
from kientruc.renderers.document.profile import PROFILES, choose, load_profile, profiles
from kientruc.views.document import Cell, Column, Figure, Heading, Paragraph, Ref, Table, TableOfContents, says
from tests.papers import PNG, SAMPLE, SVG, decision, paper

ROOT = Path(__file__).parent.parent.parent
TODAY, THEN = choose(date(2026, 1, 1)), choose(date(2017, 9, 13))
HOSTILE = (
    '{{7*7}} {% if x %} #let x = 1 #read("/etc/passwd") $x$ *đậm* _n_ <b>&amp;</b> ]]> <!-- --> '
    '" onload="x" javascript:1 \\input{x} `raw` @ref <w:p/> {MERGEFIELD a}'
)


def laid(**changes: Any) -> Any:
    return lay_out(paper(**changes), TODAY)


def texts(data: bytes) -> list[str]:
    """Read all paragraphs back with the library."""
    found = [one for one in reader.Document(io.BytesIO(data)).element.iter() if one.tag.endswith("}p")]
    return ["".join(node.text or "" for node in one.iter() if node.tag.endswith("}t")) for one in found]


@pytest.mark.parametrize(
    ("day", "party", "id"),
    [
        (date(2000, 1, 1), False, "tt01-2011"),
        (date(2017, 9, 13), False, "tt01-2011"),
        (date(2017, 9, 13), True, "tt01-2011"),
        (date(2018, 4, 2), True, "tt01-2011"),
        (date(2018, 4, 3), True, "hd36-2018"),
        (date(2020, 3, 4), False, "tt01-2011"),
        (date(2020, 3, 5), False, "nd30-2020"),
        (date(2026, 11, 25), True, "hd36-2018"),
    ],
)
def test_the_day_and_the_sort_of_paper_choose_the_format(day: date, party: bool, id: str) -> None:
    assert choose(day, party).id == id


def test_formats_say_what_the_law_says() -> None:
    by_id = {one.id: one for one in profiles()}
    assert (by_id["tt01-2011"].page_number.place, by_id["nd30-2020"].page_number.place) == (
        "bottom-right",
        "top-centre",
    )
    assert (by_id["tt01-2011"].strings.last_basis_end, by_id["nd30-2020"].strings.last_basis_end) == (",", ".")
    assert by_id["nd30-2020"].strings.national_title == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert by_id["nd30-2020"].strings.motto == "Độc lập - Tự do - Hạnh phúc"
    assert by_id["hd36-2018"].strings.national_title == "ĐẢNG CỘNG SẢN VIỆT NAM"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("value: 20, least: 20", "value: 19, least: 20", "E-VALUE"),
        ("size: 12, least: 12, most: 13", "size: 15, least: 12, most: 13", "E-VALUE"),
        ("motto:", "mottoo:", "E-KEY"),
        ("  national_title: {size", "  title: {size", "E-WORD"),
        ("place: top-centre", "place: top-left", "E-WORD"),
    ],
)
def test_a_format_that_does_not_hold_together_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = (PROFILES / "nd30-2020.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "own.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EditionError) as error:
        load_profile(path)
    assert code in {one.code for one in error.value.findings}


def test_the_head_stands_side_by_side_and_its_rule_is_as_long_as_the_motto() -> None:
    first = laid().sheets[0].parts[0]
    assert isinstance(first, Columns)
    assert sum(first.widths) == pytest.approx(165)
    motto, rule = first.right[1], first.right[2]
    assert isinstance(motto, Line) and isinstance(rule, Rule)
    assert motto.text == "Độc lập - Tự do - Hạnh phúc"
    assert rule.width == pytest.approx(56.1, abs=0.1)


def test_no_column_is_narrower_than_its_longest_word() -> None:
    columns = (Column("STT", 0.1), Column("Nội dung", 9), Column("Kinh phí", 0.5, "right"))
    row = tuple(Cell(says(one)) for one in ("1", "Hệ thống", "125.000.000.000"))
    whole = laid(blocks=(Table(columns, (row,)), Paragraph(says("Hết."))))
    grid = next(part for part in whole.sheets[0].parts if isinstance(part, Grid))
    assert sum(grid.widths) == pytest.approx(165, abs=0.05)
    assert grid.widths[0] > line_width("STT", 12, bold=True) + 3.8
    assert grid.widths[2] > line_width("125.000.000.000", 12) + 3.8


def grid_of(*rows: tuple[str, ...]) -> Grid:
    columns = (Column("STT", 3), Column("Nội dung", 1), Column("Kết quả", 1))
    table = Table(columns, tuple(tuple(Cell(says(one)) for one in row) for row in rows))
    whole = laid(blocks=(table, Paragraph(says("Hết."))))
    return next(part for part in whole.sheets[0].parts if isinstance(part, Grid))


def test_the_column_with_most_to_read_is_the_widest_whatever_was_asked() -> None:
    long = "Tỉnh cung cấp tập trung nền tảng, xã phường khai thác và cập nhật dữ liệu. " * 4
    widths = grid_of(("1", long, "Tiếp thu"), ("2", long, "Giải trình")).widths
    assert widths[1] > 2 * max(widths[0], widths[2])
    turned = grid_of(("1", "Tiếp thu", long), ("2", "Giải trình", long)).widths
    assert turned[2] > 2 * max(turned[0], turned[1])


def test_a_row_higher_than_half_a_page_may_be_torn_and_no_word_of_it_leaves_the_paper(tmp_path: Path) -> None:
    last = "TừCuốiCùng"
    long = "Nâng trung tâm dữ liệu lên cấp độ 4 và có điểm dự phòng thuê. " * 200 + last
    grid = grid_of(("1", "ngắn", "ngắn"), ("2", long, "ngắn"))
    assert grid.torn == (False, True)
    table = Table((Column("STT", 1), Column("Nội dung", 5)), ((Cell(says("1")), Cell(says(long))),))
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf.render(laid(blocks=(table, Paragraph(says("Hết."))), annexes=())))
    read = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    (bottom,) = re.findall(rf'yMax="([\d.]+)">{last}<', read)
    assert float(bottom) < 842 - 20 / 25.4 * 72


def test_only_a_table_or_drawing_that_needs_it_lies_across() -> None:
    sheets = laid().sheets
    assert [(one.landscape, one.restart) for one in sheets] == [
        (False, True),
        (True, False),
        (False, False),
        (False, True),
        (False, True),
    ]
    small = SVG.replace(b'font-size="28"', b'font-size="12"')
    turned = laid(blocks=(Paragraph(says("Xem ", Ref("h"), ".")), Figure("h", "Nhỏ", "Nhỏ", small, PNG)))
    drawn = next(part for sheet in turned.sheets for part in sheet.parts if isinstance(part, Drawing))
    assert turned.sheets[1].landscape
    assert drawn.smallest > 8


def test_the_last_words_of_the_body_bear_the_sign_of_the_end() -> None:
    lines = [part.text for sheet in laid().sheets for part in sheet.parts if isinstance(part, Line)]
    assert [one for one in lines if "./." in one] == ["Kính trình xem xét, quyết định./."]
    ends = [part.text for part in lay_out(decision(), TODAY).sheets[0].parts if isinstance(part, Line)]
    assert ends[-1] == "Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./."


def test_a_docx_opens_and_says_what_was_said() -> None:
    data = docx.render(laid())
    found = texts(data)
    for one in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỜ TRÌNH",
        "Nơi nhận:",
        "Hệ thống thứ 40 & <các sở>",
        "b) điểm hai;",
    ):
        assert one in found
    document = reader.Document(io.BytesIO(data))
    assert [section.different_first_page_header_footer for section in document.sections] == [
        True,
        False,
        False,
        True,
        True,
    ]


def test_row_39_a_docx_holds_nothing_from_outside_and_counts_only_pages() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(laid()))) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name, text in parts.items() if 'TargetMode="External"' in text]
    fields = {field.split()[0] for text in parts.values() for field in re.findall(r"<w:instrText[^>]*>([^<]*)<", text)}
    assert fields == {"PAGE", "PAGEREF"}
    assert sum(name.endswith(".svg") for name in parts) == 1
    assert "svgBlip" in parts["word/document.xml"]


def test_the_heading_of_a_table_is_repeated_and_merged_cells_cover_what_they_should() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(laid()))) as archive:
        xml = archive.read("word/document.xml").decode()
    assert xml.count("<w:tblHeader/>") == 2
    assert xml.count('<w:vMerge w:val="restart"/>') == xml.count("<w:vMerge/>") == 1
    assert xml.count('<w:gridSpan w:val="4"/>') == 1
    grids = [part for sheet in laid().sheets for part in sheet.parts if isinstance(part, Grid)]
    assert [len(grid.rows) for grid in grids] == [40, 3]


@pytest.mark.parametrize("write", [docx.render, html.render, pdf.render], ids=["docx", "html", "pdf"])
def test_the_same_paper_is_the_same_bytes(write: Any) -> None:
    assert write(laid()) == write(laid())


def test_the_bytes_do_not_hang_on_the_hash_seed() -> None:
    code = (
        "import hashlib; from tests.renderers.test_papers import laid, docx, html, pdf\n"
        "print([hashlib.sha256(w.render(laid())).hexdigest() for w in (docx, html, pdf)])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("77", "Asia/Ho_Chi_Minh"))
    }
    assert len(found) == 1


def test_row_30_no_text_is_code_in_any_format() -> None:
    one = laid(title=HOSTILE, abstract=HOSTILE, blocks=(Paragraph(says(HOSTILE)),), recipients=(HOSTILE,))
    assert any(words(HOSTILE).rstrip(".;,") in text for text in texts(docx.render(one)))
    page = html5lib.parse(html.render(one).decode(), namespaceHTMLElements=False)
    assert words(HOSTILE) in "".join(page.itertext())
    assert not list(page.iter("script"))
    assert not [name for node in page.iter() for name in node.attrib if name.startswith("on") or name == "style"]
    assert pdf.render(one).startswith(b"%PDF-1.7")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@settings(max_examples=60)
def test_any_text_survives_each_formats_own_parser(text: str) -> None:
    one = laid(blocks=(Paragraph(says("đầu ", text, " cuối")),), annexes=())
    wanted = f"đầu {words(text)} cuối./."
    assert wanted.replace("  ", " ") in [found.replace("  ", " ") for found in texts(docx.render(one))]
    page = html5lib.parse(html.render(one).decode(), namespaceHTMLElements=False)
    found = ["".join(node.itertext()) for node in page.iter("p")]
    assert wanted.replace("  ", " ") in [line.replace("  ", " ") for line in found]


def test_row_32_the_page_is_strict_and_needs_no_network() -> None:
    page = html.render(laid()).decode()
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "http://" not in page and "https://" not in page
    parsed = html5lib.parse(page, namespaceHTMLElements=False)
    assert [node.text for node in parsed.iter("h1")] == ["TỜ TRÌNH"]
    plain = html.render(laid(annexes=())).decode()
    assert "<h2 " in plain and "<h3 " in plain and "<h4 " not in plain
    assert all(node.attrib["src"].startswith("data:image/svg+xml;base64,") for node in parsed.iter("img"))
    ids = {node.attrib["id"] for node in parsed.iter() if "id" in node.attrib}
    assert {node.attrib["href"].removeprefix("#") for node in parsed.iter("a")} <= ids
    assert SAMPLE in page


def test_contents_show_pages_before_anybody_counts_them_anew() -> None:
    text = [Paragraph(says("Chữ. " * 200))] * 6
    long = laid(blocks=(TableOfContents("Mục lục"), Heading("Đầu"), *text, Heading("Cuối"), Paragraph(says("Hết."))))
    pages = pdf.pages(long)
    assert pages["muc-1"] == 1 and pages["muc-2"] > 1
    with zipfile.ZipFile(io.BytesIO(docx.render(long, pages))) as archive:
        xml = archive.read("word/document.xml").decode()
    field = r'PAGEREF (\w+) .*?<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>(\d+)<'
    assert dict(re.findall(field, xml)) == {name.replace("-", "_"): str(page) for name, page in pages.items()}


def test_a_draft_is_marked_only_where_the_format_knows_the_mark() -> None:
    assert "DỰ THẢO" in texts(docx.render(lay_out(paper(), THEN)))
    assert "DỰ THẢO" not in texts(docx.render(lay_out(paper(), TODAY)))
