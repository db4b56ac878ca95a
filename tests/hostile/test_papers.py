"""Papers of strangers handed to the linter: measures that are none, chains, many parts, encodings, what is printed."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from kientruc.cli import run
from kientruc.linting import Deviation, NotADocument, lint_docx
from kientruc.renderers.document.profile import profiles

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
PROFILE = profiles()[0]
Deviations = tuple[Deviation, ...]


def paper(body: str | bytes, styles: str = "", **more: str) -> bytes:
    xml = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body!s}</w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body if isinstance(body, bytes) else xml)
        archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>')
        for name, data in more.items():
            archive.writestr(name, data)
    return stream.getvalue()


def linted(data: bytes) -> Deviations:
    """Lint a paper, soon."""
    start = time.process_time()
    found = lint_docx(data, PROFILE)
    assert time.process_time() - start < 4
    return found


def words(text: str, about: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


NONE = ("x", "", "nan", "inf", "1e999", "9" * 5000, "٣", "0x10", "1_0")


@pytest.mark.parametrize("value", NONE)
def test_a_measure_that_is_none_ends_in_no_traceback(value: str) -> None:
    about = f'<w:ind w:firstLine="{value}" w:left="{value}"/><w:spacing w:before="{value}"/>'
    drawing = f'<w:p><w:r><w:drawing><x:extent xmlns:x="{DRAWING}" cx="{value}"/></w:drawing></w:r></w:p>'
    page = f'<w:sectPr><w:pgNumType w:start="{value}"/><w:pgSz w:w="{value}" w:h="{value}"/></w:sectPr>'
    found = linted(paper(words("x", about, f'<w:sz w:val="{value}"/>') + drawing + page))
    assert ("paper", "0 x 0 mm") in {(one.rule, one.found) for one in found}


def test_a_chain_of_5_000_styles_is_followed_as_far_as_programs_do() -> None:
    chain = "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(5_000))
    assert linted(paper(words("x", '<w:pStyle w:val="s0"/>') * 2_000 + PAGE, chain))


def test_a_header_of_many_sections_is_read_once() -> None:
    rels = f'<Relationships xmlns="r"><Relationship Id="r1" Type="{R}/header" Target="h.xml"/></Relationships>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r1"/></w:sectPr>'
    head = f'<w:hdr xmlns:w="{W}">{words("x") * 2_000}</w:hdr>'
    more = {"word/_rels/document.xml.rels": rels, "word/h.xml": head}
    assert linted(paper(words("x", section) * 500, **more))


def test_captions_headings_and_tables_take_no_time_of_each_other() -> None:
    number = random.Random(7)
    caption = '<w:pStyle w:val="KtCaptionTable"/>'
    lines = (words(f"Bảng {n}. {number.random()}", caption) + words(f"Xem Hình {n}.") for n in range(6_000))
    assert linted(paper("".join(lines) + PAGE))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_no_part_of_a_paper_may_declare_a_doctype(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = f'{head}<w:document xmlns:w="{W}"><w:body>{words("&x;")}{PAGE}</w:body></w:document>'
    with pytest.raises(NotADocument, match="DOCTYPE"):
        lint_docx(paper(body.encode(encoding)), PROFILE)


def test_more_marks_than_any_paper_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kientruc.linting.word.MARKS", 1_000)
    with pytest.raises(NotADocument, match="XML"):
        lint_docx(paper(words("x") + PAGE, **{"word/more.xml": f"<m>{'<a/>' * 1_000}</m>"}), PROFILE)


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "word/DOCUMENT.xml", "C:/a.xml"])
def test_names_in_a_paper_that_lead_out_or_are_there_twice_are_refused(name: str) -> None:
    with pytest.raises(NotADocument, match=r"name|twice"):
        lint_docx(paper(words("x"), **{name: "<a/>"}), PROFILE)


def test_what_a_paper_says_reaches_the_terminal_as_one_clean_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "::error::\u202e\u009b31m\u200b" + "x" * 1_000
    (tmp_path / "a.docx").write_bytes(paper(words(evil, f'<w:pStyle w:val="{evil}"/>') * 200 + PAGE))
    assert run(["lint-paper", str(tmp_path / "a.docx"), "--profile", PROFILE.id]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 101
    assert not [line for line in lines if len(line) > 900 or line.startswith("::")]
    assert not set("\u202e\u009b\u200b").intersection("".join(lines))


def test_only_a_plain_file_is_read_as_a_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "real.docx").write_bytes(paper(words("x")))
    (tmp_path / "link.docx").symlink_to("real.docx")
    os.mkfifo(tmp_path / "pipe.docx")
    (tmp_path / "folder.docx").mkdir()
    with (tmp_path / "large.docx").open("wb") as stream:
        stream.truncate(65 * 2**20)
    for name, code in {"link": 3, "pipe": 3, "folder": 3, "large": 3, "none": 2}.items():
        assert run(["lint-paper", str(tmp_path / f"{name}.docx"), "--profile", PROFILE.id]) == code, name
    assert "Traceback" not in capsys.readouterr().err
