"""docs/hostile-input.md names, for each of its rows, an answer and tests that exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from kientruc.messages import has

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*) ?\|")


@cache
def rows() -> dict[int, tuple[str, list[str]]]:
    lines = (ROOT / "docs" / "hostile-input.md").read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := ROW.fullmatch(line))]
    return {int(match[1]): (match[3], re.findall(r"`(test_\w+)`", match[4])) for match in found}


@cache
def known() -> frozenset[str]:
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE))


def test_there_are_55_rows() -> None:
    assert list(rows()) == list(range(1, 56))


@pytest.mark.parametrize("row", range(1, 56))
def test_a_row_has_an_answer_and_its_tests(row: int) -> None:
    answer, named = rows()[row]
    assert named and set(named) <= known()
    codes = re.findall(r"`([A-Z]-[A-Z]+)`", answer)
    assert all(has(f"finding.{code}", "vi") for code in codes)


def test_every_test_that_the_page_names_exists() -> None:
    page = (ROOT / "docs" / "hostile-input.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(test_\w+)`", page)) - known() == set()


def test_every_test_of_a_row_is_in_the_table() -> None:
    named = {name for _, names in rows().values() for name in names}
    assert {name for name in known() if name.startswith("test_row_")} <= named
