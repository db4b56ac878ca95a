"""A card as Markdown, read back with somebody else's parser: it looks as it reads, and a code block holds all of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kientruc.renderers.card_md import render
from kientruc.renderers.escapes import one_line
from kientruc.views.card import Card, Row

LINE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="`@#!&%~"), min_size=1)
YAML = st.lists(st.sampled_from(("a: 1", "```", "  ````yaml", "</details>", "~~~", "- b")), min_size=1).map("\n".join)


def none(ref: str) -> str:
    return ""


def inline(page: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(page)
    return ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]


@given(LINE, LINE, LINE)
def test_rows_look_as_they_read(title: str, label: str, words: str) -> None:
    page = render("Trang", "", [Card(title, (Row(label, words, (Row("", words),)),))], none)
    assert inline(page) == ["Trang", one_line(title), f"{one_line(label)}: {one_line(words)}", one_line(words)]


@given(YAML)
def test_an_example_is_whole_in_its_block(text: str) -> None:
    page = render("Trang", "", [Card("A", (), (("Ví dụ <1>", text),))], none)
    tokens = MarkdownIt("commonmark").parse(page)
    assert [token.content for token in tokens if token.type == "fence"] == [f"{text}\n"]
    html = [token.content.strip() for token in tokens if token.type == "html_block"]
    assert html == ["<details><summary>Ví dụ &lt;1&gt;</summary>", "</details>"]


def test_what_a_row_leads_to_is_linked_by_its_id_or_else_by_its_words() -> None:
    rows = (
        Row("C10-KN-01", "Kết nối", (), "C10-KN-01"),
        Row("Kiểm tra a", "Tới được (reach)", (), "reach"),
        Row("x", "y"),
    )
    page = render("Trang", "", [Card("A", rows, (), "A 1")], lambda ref: f"p.md#{ref}")
    assert page.splitlines()[2:] == [
        '<a id="a-1"></a>',
        "",
        "## A",
        "",
        "- **[C10-KN-01](p.md#C10-KN-01)**: Kết nối",
        "- **Kiểm tra a**: [Tới được (reach)](p.md#reach)",
        "- **x**: y",
    ]
