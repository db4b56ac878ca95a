"""Text into other formats: any text, however made, does nothing there and can be read back."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kientruc.reading.characters import FORBIDDEN
from kientruc.renderers import escapes

ANY = st.text(alphabet=st.one_of(st.sampled_from("=+-@\t\r\n;,\"'|`*_~#[]<>&\\!.:/ $%^{}"), st.characters()))
READER = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
FORMULA = re.compile("^\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]")  # what a spreadsheet takes for the start of a formula


@given(ANY)
def test_a_clean_text_is_one_that_xml_can_hold(text: str) -> None:
    assert FORBIDDEN.search(escapes.clean(text)) is None
    assert len(escapes.clean(text)) == len(text)


@given(ANY)
def test_one_line_is_one_line(text: str) -> None:
    assert len(escapes.one_line(text).splitlines()) <= 1


@given(ANY)
def test_a_text_in_a_cell_of_markdown_shows_itself_and_stays_in_its_cell(text: str) -> None:
    page = READER.render(f"| a | b |\n| --- | --- |\n| {escapes.markdown(text)} | end |\n")
    cells = re.findall(r"<td>(.*?)</td>", page, re.DOTALL)
    assert len(cells) == 2
    assert cells[1] == "end"
    assert set(re.findall(r"<(/?\w+)", cells[0])) <= {"code", "/code"}
    shown = html.unescape(re.sub(r"</?code>", "`", cells[0])).replace("\u2060", "")
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", escapes.one_line(text)).replace("\u2060", "")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("ghi `owner:` và `a_b`", "ghi `owner:` và `a_b`"),
        ("@ai #1 A&B", "@\u2060ai \\#\u20601 A&amp;\u2060B"),
        ("https://x.vn www.x.vn", "https\\://x.vn www\\.x.vn"),
        ("`", "\\`"),
        ("<b>|", "&lt;b&gt;\\|"),
    ],
)
def test_markdown_examples(text: str, markdown: str) -> None:
    assert escapes.markdown(text) == markdown


@given(ANY)
def test_code_in_a_cell_shows_itself(text: str) -> None:
    page = READER.render(f"| a | b |\n| --- | --- |\n| {escapes.markdown_code(text)} | end |\n")
    cells = re.findall(r"<td>(.*?)</td>", page, re.DOTALL)
    assert cells[1:] == ["end"]
    assert html.unescape(re.sub(r"</?code>", "", cells[0])) == escapes.one_line(text)


@given(st.lists(ANY, min_size=2, max_size=4), st.sampled_from(",;\t|"))
def test_no_cell_is_a_formula_whatever_separator_a_program_believes_in(texts: list[str], separator: str) -> None:
    stream = io.StringIO()
    safe = [escapes.no_formula(escapes.one_line(text)) for text in texts]
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerow(safe)
    stream.seek(0)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        stream.seek(0)
        for row in csv.reader(stream, delimiter=separator, quoting=quoting):
            assert [cell for cell in row if FORMULA.search(cell.strip('"'))] == []


@pytest.mark.parametrize("text", ["Kết nối – 5", "a - b", "1.5", "cấp độ 3+", "x=1", "ub@tinh.vn"])
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert escapes.no_formula(text) == text


@given(ANY)
def test_no_line_of_a_log_holds_a_command_for_a_build_runner(text: str) -> None:
    line = escapes.log_line(text)
    assert len(line.splitlines()) <= 1
    assert not line.lstrip().startswith("::")
    assert re.search(r"##\w*\[", line) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n::error::b", "a ::error::b"),
        ("::error file=x::b", "\ufffd:error file=x::b"),
        ("  ::debug::b", "  \ufffd:debug::b"),
        ("a ##[error]b", "a \ufffd#[error]b"),
        ("##vso[task]b", "\ufffd#vso[task]b"),
        ("::", "\ufffd:"),
        ("a::b", "a::b"),
    ],
)
def test_commands_for_a_build_runner(text: str, line: str) -> None:
    assert escapes.log_line(text) == line
