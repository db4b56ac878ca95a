"""Text that looks like other text, rows 16 to 19: one model for one meaning, and a warning where eyes are fooled."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest

from kientruc.finding import Severity
from kientruc.loading import Loaded, load_text
from kientruc.renderers import model_json

LoadText = Callable[..., Loaded]
TEXT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc tỉnh Bà Rịa – Vũng Tàu, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations:
  tinh: {name: Ủy ban nhân dân tỉnh, people: [{name: Nguyễn Văn Trình, title: Chủ tịch}]}
elements:
  mot-cua:
    kind: application
    name: "Hệ thống một cửa điện tử \\u1ebf"
    codes: {mã: ƯD-01}
    extra: {khóa: [Tiếng Việt có dấu nặng: Lệ]}
"""


def mixed(text: str) -> str:
    """Compose every second letter: neither NFC nor NFD, as some keyboards write."""
    return "".join(
        unicodedata.normalize("NFD" if index % 2 else "NFC", letter) for index, letter in enumerate(text)
    ).replace("ế", "ê\u0301")


@pytest.mark.parametrize("form", ["NFC", "NFD", "mixed"])
def test_row_16_one_model_however_letters_are_composed(form: Literal["NFC", "NFD", "mixed"]) -> None:
    written = mixed(TEXT) if form == "mixed" else unicodedata.normalize(form, TEXT)
    loaded, plain = load_text(written), load_text(TEXT)
    assert loaded.findings == () and loaded.architecture and plain.architecture
    assert model_json.render(loaded.architecture) == model_json.render(plain.architecture)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_row_16_findings_are_the_same_apart_from_columns(form: Literal["NFC", "NFD"]) -> None:
    written = TEXT.replace("kind: application", "loại: ứng dụng").replace("tinh: {", "tỉnh: {")
    loaded = load_text(unicodedata.normalize(form, written))
    told = [(one.code, one.span.line, one.values) for one in loaded.findings if one.span]
    plain = [(one.code, one.span.line, one.values) for one in load_text(written).findings if one.span]
    assert told == plain and len(told) == 3


def test_row_17_the_place_of_a_tone_mark_is_no_identity(load_text: LoadText) -> None:
    loaded = load_text("goals:\n  a: {name: Hòa Bình}\n  b: {name: Hoà Bình}\n")
    assert loaded.findings == () and loaded.architecture
    names = [goal.name for goal in loaded.architecture.records["goals"].values()]
    assert names[0] != names[1]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("\u00d0iện", "Đ"), ("\u0189iện", "Đ"), ("H\u0430 Nội", "a"), ("C\u041e", "O"), ("p\u0435", "e")],
)
def test_row_18_a_letter_of_another_script_is_a_warning(load_text: LoadText, word: str, meant: str) -> None:
    loaded = load_text(f"goals: {{g: {{name: {word}}}}}")
    assert [(one.code, one.severity, one.values["meant"]) for one in loaded.findings] == [
        ("T-CONFUSABLE", Severity.MINOR, meant)
    ]
    assert loaded.architecture is not None


@pytest.mark.parametrize("word", ["Москва", "Ελλάδα", "Quốc gia α", "5 µm"])
def test_row_18_a_word_in_one_script_is_fine(load_text: LoadText, word: str) -> None:
    assert load_text(f"goals: {{g: {{name: {word}}}}}").findings == ()


@pytest.mark.parametrize("id", ["Đề-án", "\u0430b", "a b", "A", "-a", "a\u2010b", '"a "', "đ"])
def test_row_18_and_19_ids_are_plain_letters(load_text: LoadText, id: str) -> None:
    loaded = load_text(f"goals: {{{id}: {{name: G}}}}")
    assert "M-ID" in {finding.code for finding in loaded.findings}


CLASHES = [("so-tttt", "so_tttt"), ("so.tttt", "sotttt"), ("a1", "a-1"), ("a-1.2", "a-1-2")]


@pytest.mark.parametrize(("one", "other"), CLASHES)
def test_row_19_ids_that_differ_by_a_separator_are_a_warning(load_text: LoadText, one: str, other: str) -> None:
    loaded = load_text(f"goals:\n  {one}: {{name: A}}\n  {other}: {{name: B}}\n")
    assert [(found.code, str(found.span), str(found.also[0])) for found in loaded.findings] == [
        ("M-IDCLASH", "a.yaml:3:3", "a.yaml:2:3")
    ]
    assert loaded.architecture is not None


def test_row_19_numbers_in_ids_are_kept_apart(load_text: LoadText) -> None:
    assert load_text("goals:\n  tt-1-13: {name: A}\n  tt-11-3: {name: B}\n  tt-113: {name: C}\n").findings == ()
