"""Parts of a paper are counted as the law counts them; what refers to nothing is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientruc.views.document import (
    Annex,
    Article,
    Block,
    Chapter,
    Clause,
    DocumentError,
    Heading,
    Paragraph,
    Point,
    Ref,
    numbered,
    plain,
    says,
)
from kientruc.views.document.numbering import LETTERS, letter, roman
from tests.papers import blocks, paper


def labels(*parts: Block) -> list[str]:
    return [getattr(one, "label", "") for one in numbered(paper(blocks=parts, annexes=())).blocks]


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert [letter(number) for number in (1, 4, 5, 6, 7, 23, 24)] == ["a", "d", "đ", "e", "g", "y", "aa"]
    assert not set("fjwz") & set(LETTERS)


@given(st.integers(1, 3000))
def test_every_point_has_a_letter_of_its_own(number: int) -> None:
    assert letter(number) not in {letter(other) for other in range(max(1, number - 60), number)}


@given(st.integers(1, 399))
def test_roman_numbers_can_be_read_back(number: int) -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    found = [values[sign] for sign in roman(number)]
    assert sum(-a if a < b else a for a, b in zip(found, [*found[1:], 0], strict=True)) == number


def test_articles_run_on_and_all_below_begins_anew() -> None:
    words = says("x")
    assert labels(
        *(Chapter("A", "Chương"), Article(words), Clause(words), Point(words), Point(words), Clause(words)),
        *(Point(words), Chapter("B", "Chương"), Article(words), Clause(words)),
    ) == ["Chương I", "Điều 1.", "1.", "a)", "b)", "2.", "a)", "Chương II", "Điều 2.", "1."]


def test_headings_have_three_levels() -> None:
    found = labels(*(Heading("x", level) for level in (1, 2, 3, 3, 2, 3, 1, 2)))
    assert found == ["I.", "1.", "a)", "b)", "2.", "a)", "II.", "1."]


def test_one_annex_has_no_number_and_several_have_roman_ones() -> None:
    annexes = (Annex("A", (), id="pl-a"), Annex("B", (), id="pl-b"))
    text = (Paragraph(says("Xem ", Ref("pl-b"), ".")),)
    two = numbered(paper(blocks=text, annexes=annexes))
    assert [one.label for one in two.annexes] == ["Phụ lục I", "Phụ lục II"]
    first = two.blocks[0]
    assert isinstance(first, Paragraph)
    assert plain(first.text) == "Xem Phụ\u00a0lục\u00a0II."
    assert numbered(paper(blocks=(), annexes=annexes[:1])).annexes[0].label == "Phụ lục"


def test_a_reference_gives_the_number_of_what_it_names() -> None:
    first = numbered(paper()).blocks[1]
    assert isinstance(first, Paragraph)
    assert plain(first.text) == "Như Hình\u00a01 và Bảng\u00a01, đậm; xem Bảng\u00a02."


def test_what_refers_to_nothing_or_stands_twice_is_refused() -> None:
    with pytest.raises(DocumentError, match="nowhere"):
        numbered(paper(blocks=(Paragraph(says(Ref("nowhere"))),)))
    with pytest.raises(DocumentError, match="b1"):
        numbered(paper(blocks=(*blocks(), blocks()[8])))
