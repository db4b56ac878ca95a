"""A sound paper has no departure; each rule, broken alone, is told alone, with its article."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientruc.errors import KientrucError
from kientruc.linting import NotADocument, lint_docx
from kientruc.renderers.document import docx
from kientruc.renderers.document.laid_out import lay_out
from kientruc.renderers.document.profile import Profile, choose, profiles
from tests.papers import decision, paper

TODAY, THEN = choose(date(2026, 1, 1)), choose(date(2017, 9, 13))
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
SOUND = docx.render(lay_out(paper(), TODAY))


def spoilt(change: Callable[[dict[str, str]], None], data: bytes = SOUND) -> bytes:
    """Take a paper apart, change its XML, and pack it again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    parts = {name: content.decode() for name, content in raw.items() if name.endswith((".xml", ".rels", ".svg"))}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in {**raw, **{name: words.encode() for name, words in parts.items()}}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def replaced(part: str, old: str, new: str) -> Callable[[dict[str, str]], None]:
    """Change the first place that a pattern finds."""

    def change(parts: dict[str, str]) -> None:
        found, count = re.subn(old, lambda match: match.expand(new), parts[part], count=1, flags=re.DOTALL)
        assert count == 1, old
        parts[part] = found

    return change


def rules(data: bytes, profile: Profile = TODAY) -> list[str]:
    return [one.rule for one in lint_docx(data, profile)]


@pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.id)
def test_a_paper_of_ours_keeps_every_format_it_was_set_in(profile: Profile) -> None:
    for one in (paper(), decision(), paper(landscape=True), paper(type_name="", abstract="V/v thẩm định")):
        assert lint_docx(docx.render(lay_out(one, profile)), profile) == ()


SPOILT = {
    "paper": replaced(DOCUMENT, r'w:w="11906" w:h="16838"', r'w:w="12240" w:h="15840"'),
    "margins": replaced(DOCUMENT, r'<w:pgMar w:top="1134" w:right="850"', r'<w:pgMar w:top="1134" w:right="567"'),
    "font": replaced(DOCUMENT, r'("KtBody"/></w:pPr>)<w:r>', r'\1<w:r><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr>'),
    "colour": replaced(DOCUMENT, r'("KtBody"/></w:pPr>)<w:r>', r'\1<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr>'),
    "size": replaced(DOCUMENT, r'("KtBody"/></w:pPr>)<w:r>', r'\1<w:r><w:rPr><w:sz w:val="22"/></w:rPr>'),
    "bold": replaced(DOCUMENT, r'("KtBody"/></w:pPr>)<w:r>', r"\1<w:r><w:rPr><w:b/></w:rPr>"),
    "italic": replaced(DOCUMENT, r'("KtBasis"/></w:pPr>)<w:r>', r'\1<w:r><w:rPr><w:i w:val="0"/></w:rPr>'),
    "national-title": replaced(DOCUMENT, "CỘNG HÒA XÃ HỘI", "CỘNG HÀ XÃ HỘI"),
    "motto": replaced(DOCUMENT, "Độc lập - Tự do", "Độc lập – Tự do"),
    "one-line": replaced(STYLES, r'(w:styleId="KtNationalTitle">.*?)<w:sz w:val="24"/>', r'\1<w:sz w:val="26"/>'),
    "rule": replaced(DOCUMENT, r'(Hạnh phúc</w:t>.*?<w:ind w:left=")\d+(" w:right=")\d+', r"\g<1>0\g<2>0"),
    "page-number": replaced("word/header1.xml", r'<w:jc w:val="center"/>', r'<w:jc w:val="right"/>'),
    "page-number-size": replaced(STYLES, r'(w:styleId="KtPageNumber">.*?)<w:sz w:val="28"/>', r'\1<w:sz w:val="20"/>'),
    "first-page": replaced(DOCUMENT, r"<w:titlePg/>", r'<w:titlePg w:val="0"/>'),
    "lost-number": replaced(DOCUMENT, r'(w:orient="landscape"/><w:pgMar [^>]*/>)', r"\1<w:titlePg/>"),
    "annex-count": replaced(DOCUMENT, r'(Danh mục hệ thống.*)<w:pgNumType w:start="1"/>', r"\1"),
    "basis": replaced(DOCUMENT, r'(địa phương</w:t></w:r><w:r><w:t xml:space="preserve">);', r"\1,"),
    "last-basis": replaced(DOCUMENT, r'(THH</w:t></w:r><w:r><w:t xml:space="preserve">)\.', r"\1,"),
    "end": replaced(DOCUMENT, r"quyết định\./\.", "quyết định."),
    "early-end": replaced(DOCUMENT, "Khoản một;", "Khoản một./."),
    "table-heading": replaced(DOCUMENT, "<w:tblHeader/>", ""),
    "wide-table": replaced(DOCUMENT, r'(<w:tblBorders>.*?<w:gridCol w:w=")\d+', r"\g<1>9000"),
    "empty-heading": replaced(DOCUMENT, "I\\. SỰ CẦN THIẾT", "I. "),
    "unreferenced-figure": replaced(DOCUMENT, "Hình\u00a01", "Sơ đồ"),
    "unreferenced-table": replaced(DOCUMENT, "Bảng\u00a01", "bảng dưới"),
    "caption": replaced(DOCUMENT, r"Hình 1\. Kiến trúc tổng thể", "Hình 1."),
    "alt": replaced(DOCUMENT, r'(<wp:docPr [^>]*descr=)"[^"]*"', r'\1""'),
    "glyph": replaced(DOCUMENT, "Khoản một", "Khoản 漢"),
    "nfc": replaced(DOCUMENT, "Khoản một", "Khoa\u0309n một"),
    "capitals": replaced(DOCUMENT, "SỞ THÔNG TIN", "Sở THÔNG TIN"),
    "align": replaced(STYLES, r'(w:styleId="KtClause">.*?)<w:jc w:val="both"/>', r'\1<w:jc w:val="left"/>'),
    "indent": replaced(STYLES, r'(w:styleId="KtClause">.*?w:firstLine=")\d+', r"\g<1>0"),
    "spacing": replaced(STYLES, r'(w:styleId="KtClause">.*?w:before=")\d+', r"\g<1>40"),
    "symbol": replaced(DOCUMENT, "/TTr-STTTT", "/CV-STTTT"),
    "missing": replaced(DOCUMENT, r'(w:val="Kt)PlaceDate("/>)', r"\1Note\2"),
    "role": replaced(DOCUMENT, r'("KtClause"/>)', r'"Normal"/>'),
    "field": replaced("word/header1.xml", r" PAGE ", " INCLUDETEXT C:/a "),
    "outside": replaced(
        "word/_rels/document.xml.rels",
        "</Relationships>",
        '<Relationship Id="x" Type="t" Target="http://example.org/a.png" TargetMode="External"/></Relationships>',
    ),
    "legible": replaced("word/media/hinh-1.svg", 'font-size="28"', 'font-size="9"'),
}
# What cannot be broken alone: a date that is set as a note has a note's looks; a number without its field is none.
ALONG = {
    "missing": {"size", "align"},
    "field": {"page-number"},
}


@pytest.mark.parametrize("rule", SPOILT)
def test_each_rule_that_is_broken_alone_is_told_alone(rule: str) -> None:
    found = lint_docx(spoilt(SPOILT[rule]), TODAY)
    assert {one.rule for one in found} - ALONG.get(rule, set()) <= {rule}
    assert rule in {one.rule for one in found}
    told = next(one for one in found if one.rule == rule)
    assert told.clause
    assert told.clause in told.words("vi")
    assert told.words("vi") != told.words("en")


def test_a_draft_mark_is_told_where_the_format_has_none() -> None:
    old = docx.render(lay_out(paper(), THEN))
    assert rules(old, THEN) == []
    assert "draft-mark" in rules(old, TODAY)


def test_an_old_paper_departs_from_todays_format_where_the_two_differ() -> None:
    found = {one.rule for one in lint_docx(docx.render(lay_out(paper(), THEN)), TODAY)}
    assert found == {"page-number", "italic", "last-basis", "draft-mark"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 torn",
        SOUND[: len(SOUND) // 2],
        b"%PDF-1.7",
    ],
    ids=["empty", "torn", "half", "pdf"],
)
def test_what_is_no_docx_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(NotADocument) as error:
        lint_docx(data, TODAY)
    assert isinstance(error.value, KientrucError)
    assert error.value.exit_code == 3


def test_declarations_and_bombs_are_refused() -> None:
    bomb = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(NotADocument):
        lint_docx(spoilt(replaced(DOCUMENT, "<w:document", bomb + "<w:document")), TODAY)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 300_000_000)
    with pytest.raises(NotADocument):
        lint_docx(stream.getvalue(), TODAY)


@given(st.binary(max_size=400), st.integers(0, len(SOUND) - 1))
def test_a_damaged_file_never_does_more_than_be_refused(noise: bytes, at: int) -> None:
    try:
        lint_docx(SOUND[:at] + noise + SOUND[at + len(noise) :], TODAY)
    except KientrucError:
        return
