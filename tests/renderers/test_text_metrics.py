"""Widths are those of the shipped fonts; lines break where a Vietnamese reader would break them."""

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from kientruc.renderers import text_metrics
from kientruc.renderers.text_metrics import DASHES, HAIR, clean, compounds, measure, width, widths

FONTS = Path(text_metrics.__file__).parent / "fonts"
NEEDED = "ảạếơưắọữẨỢỸđĐ₫–—“”‘’…→←≤≥×·•°№"
PHRASES = st.lists(
    st.sampled_from([*"abgđ", "cơ", "sở", "dữ", "liệu", "–", "-", "&", "nghiêng", "(SSO)", "4", "x" * 30])
)


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_the_table_holds_exactly_what_the_shipped_font_says(weight: str) -> None:
    font = TTFont(FONTS / f"NotoSans-{weight.title()}.ttf")
    metrics, names, per_em = font["hmtx"], font.getBestCmap(), font["head"].unitsPerEm
    assert widths()[weight] == {chr(code): round(metrics[name][0] * 1000 / per_em) for code, name in names.items()}
    assert set(NEEDED) <= set(widths()[weight])


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_the_table_of_tinos_holds_exactly_what_its_fonts_say(style: str) -> None:
    font = TTFont(FONTS / f"Tinos-{style}.ttf")
    metrics, names, per_em = font["hmtx"], font.getBestCmap(), font["head"].unitsPerEm
    table = widths("tinos")[style.lower()]
    assert table == {chr(code): round(metrics[name][0] * 1000 / per_em) for code, name in names.items()}
    assert set(NEEDED) <= set(table)


def test_every_vietnamese_letter_is_in_both_fonts() -> None:
    vowels = [
        unicodedata.normalize("NFC", v + mark)
        for v in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for mark in ("", *"\u0300\u0301\u0303\u0309\u0323")
    ]
    assert all(len(letter) == 1 for letter in vowels)
    for table in (*widths().values(), *widths("tinos").values()):
        assert set(vowels) <= set(table)


def test_a_width_is_the_sum_of_its_letters_and_an_unknown_letter_counts_as_wide() -> None:
    table = widths()["regular"]
    assert width("Cổng") == pytest.approx(sum(table[c] for c in "Cổng") / 1000)
    assert width("漢") > 1.0
    assert width("a\u0301") == width("a")


def test_compounds_stay_whole_when_that_costs_no_line() -> None:
    assert measure("Trung tâm tích hợp dữ liệu tỉnh").wrapped(9.6) == ("Trung tâm tích hợp", "dữ liệu tỉnh")
    assert measure("Ứng dụng chia sẻ").wrapped(6.5) == ("Ứng dụng", "chia sẻ")


def test_one_more_line_is_taken_for_a_compound_only_where_there_is_height() -> None:
    text = measure("Wi-Fi công cộng Bãi Trước")
    assert text.wrapped(7.1) == ("Wi-Fi công", "cộng Bãi Trước")
    assert text.wrapped(7.1, most=2) == text.wrapped(7.1)
    assert text.wrapped(7.1, most=3) == ("Wi-Fi", "công cộng", "Bãi Trước")


def test_a_compound_before_a_dash_stays_whole() -> None:
    assert measure("Quản lý tài chính – kế toán").wrapped(7.6, most=3) == ("Quản lý", "tài chính –", "kế toán")


def test_only_a_word_no_field_would_hold_is_cut() -> None:
    for word in ("INFRASTRUCTURE", "Internationalisation", "interconnection"):
        assert [piece.text for piece in measure(word, bold=True).pieces] == [word]
    for word in ("x" * 21, "M" * 20, "漢" * 12):
        assert len(measure(word, bold=True).pieces) > 1
    assert [piece.text for piece in measure("interoperability/administration").pieces] == [
        "interoperability/",
        "administration",
    ]


def test_the_whole_widths_cut_no_compound() -> None:
    text = measure("Dịch vụ thanh toán điện tử")
    assert all(whole >= need - 0.002 for whole, need in zip(text.whole, text.needed, strict=False))
    assert text.wrapped(text.whole[1]) == ("Dịch vụ", "thanh toán điện tử")


def test_a_number_stays_with_its_word() -> None:
    assert measure("Dịch vụ công mức độ 4").wrapped(7.0) == ("Dịch vụ công", "mức độ 4")


def test_the_list_of_compounds_is_sorted_nfc_and_lower_case() -> None:
    text = (FONTS.parent / "compounds_vi.txt").read_text(encoding="utf-8")
    lines = text.splitlines()[1:]
    assert lines == sorted(set(lines))
    assert all(line == unicodedata.normalize("NFC", line).lower() and " " in line for line in lines)
    assert len(compounds()) == len(lines) >= 90


@pytest.mark.parametrize(
    "character", ["\0", "\x1b", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\ufffe", "\U0002ffff"]
)
def test_what_no_xml_reader_or_no_eye_may_get_is_taken_out(character: str) -> None:
    cleaned = clean(f"a{character}b")
    assert character not in cleaned
    cleaned.encode("utf-8")
    assert cleaned[0] == "a"
    assert cleaned[-1] == "b"


def test_nfd_and_nfc_are_drawn_alike() -> None:
    assert measure(unicodedata.normalize("NFD", "Ứng dụng")) == measure("Ứng dụng")


@given(PHRASES, st.floats(4.0, 20.0), st.integers(0, 6))
def test_lines_fit_hold_every_letter_and_never_start_with_a_dash(words: list[str], room: float, most: int) -> None:
    text = measure(" ".join(words))
    room = max(room, max((piece.width for piece in text.pieces), default=0.0))
    lines = text.wrapped(room, most)
    assert all(width(line) <= room + 2 * HAIR for line in lines)
    assert "".join(lines).replace(" ", "") == text.text.replace(" ", "")
    assert not any(line[0] in DASHES for line in lines[1:])
    assert len(lines) <= max(text.lines_in(room), most)


@given(PHRASES)
def test_needed_widths_are_enough_and_shrink_with_the_lines(words: list[str]) -> None:
    text = measure(" ".join(words))
    assert list(text.needed) == sorted(text.needed, reverse=True)
    for count, need in enumerate(text.needed, 1):
        assert text.lines_in(need) <= count
