"""Tidying: what it changes, what it never changes, and that a second time changes nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc.editing.format import formatted
from kientruc.editing.refused import EditRefused
from kientruc.reading.limits import DEFAULT
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile
from tests.editing.written import Written, files, strict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1  \nb: 2\t\n", "a: 1\nb: 2\n"),
        ("a:\t1\t# chú\tthích \n", "a: 1 # chú thích\n"),
        ("a: 1", "a: 1\n"),
        ("a: 1\n\n\n", "a: 1\n"),
        ("a: 1\n\n\n\n\nb: 2\n", "a: 1\n\n\nb: 2\n"),
        ("\n\n\n\na: 1\n", "\n\na: 1\n"),
        ("te\u0302n: Hie\u0323\u0302n  # tra\u0323ng\n", "tên: Hiện  # trạng\n"),
        ("a: 1\r\nb: 2\r\nc: 3\n", "a: 1\r\nb: 2\r\nc: 3\r\n"),
        ("a: 1\r\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 3\n"),
        ("a: |  \n  x  \n\n\n\n\nb: 1\n", "a: |\n  x  \n\n\n\n\nb: 1\n"),
        ("a: |-\n  x\n\n\n\n\n\nb: 1\n", "a: |-\n  x\n\n\nb: 1\n"),
        ("a: |\n  x", "a: |\n  x"),
        ("a: |+\n  x\n\n\n\n\n", "a: |+\n  x\n\n\n\n\n"),
        ("a: 'x  \n\n\n\n\n  y'\n", "a: 'x  \n\n\n\n\n  y'\n"),
    ],
)
def test_what_is_tidied(text: str, expected: str) -> None:
    assert formatted(SourceFile("a.yaml", text)).text == expected


def test_a_byte_order_mark_goes() -> None:
    assert formatted(SourceFile("a.yaml", "a: 1\n", bom=True)).data == b"a: 1\n"


@pytest.mark.parametrize(("text", "key"), [("a: 1\na: 2 \n", "edit.twice"), ("a: [1 \n", "edit.unreadable")])
def test_a_file_that_is_not_understood_is_left_alone(text: str, key: str) -> None:
    with pytest.raises(EditRefused) as refused:
        formatted(SourceFile("a.yaml", text))
    assert refused.value.key == key


def untidy(draw: Any, text: str) -> str:
    """Add spaces, tabs, blank lines, other line breaks and loose marks, where they say nothing."""
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if re.search(r"# ghi chú: “\d+” \{x$", line):  # a line that ends in a comment is no part of a text
            line += draw(st.sampled_from(["", "  ", "\t", " \t "]))
            line += draw(st.sampled_from(["", "", "\n\n\n\n"])) if line.startswith("#") else ""
        lines.append(line)
    text = "\n".join(lines)
    text = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)
    if draw(st.booleans()):
        text = (
            "".join(part + draw(st.sampled_from(["\n", "\r\n"])) for part in text.split("\n")[:-1])
            + text.split("\n")[-1]
        )
    return text


@settings(max_examples=150)
@given(st.data(), files)
def test_tidying_changes_no_data_and_is_done_once(choices: st.DataObject, data: dict[str, Any]) -> None:
    written = Written(choices.draw)
    text = untidy(choices.draw, written.text(data))
    file = SourceFile("a.yaml", text)
    before, _ = parse(file, DEFAULT)
    once = formatted(file)
    after, _ = parse(SourceFile("a.yaml", once.text), DEFAULT)
    assert strict(after) == strict(before), (text, once.text)
    assert formatted(SourceFile("a.yaml", once.text)).text == once.text
    composed = unicodedata.normalize("NFC", text)
    assert yaml.load(once.text, Loader=yaml.BaseLoader) == yaml.load(composed, Loader=yaml.BaseLoader)
    assert unicodedata.is_normalized("NFC", once.text)
    assert "\t" not in once.text and not re.search(r"# ghi chú.* \r?$", once.text, re.MULTILINE)
    assert len({match.group() for match in re.finditer(r"\r?\n", once.text)}) <= 1
    for comment, _ in written.comments:
        assert comment in once.text
