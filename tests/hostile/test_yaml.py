"""Hostile YAML, rows 1 to 15 and 51: refused or told at its place, quickly and in little memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kientruc.loading import Loaded
from kientruc.reading.characters import FORBIDDEN

Send = Callable[..., Any]
LoadText = Callable[..., Loaded]


def told(loaded: Loaded) -> list[str]:
    return [f"{finding.code} {finding.span}" for finding in loaded.findings]


def test_row_1_an_alias_bomb_is_refused_at_its_first_anchor(send: Send) -> None:
    bomb = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 11))
    answer = send(bomb)
    assert answer.places == ["Y-ALIAS a.yaml:1:5"]
    assert answer.refused


def test_row_2_a_chain_of_merge_keys_is_refused(send: Send) -> None:
    chain = "a0: {b: c}\n" + "".join(f"a{n}:\n  <<: [{{a: b}}, {{a: b}}]\n" for n in range(1, 26))
    assert send(chain).places == ["Y-MERGE a.yaml:3:3"]
    anchored = "a0: &a0 {b: c}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 26))
    assert send(anchored).places == ["Y-ALIAS a.yaml:1:5"]


def test_row_3_an_alias_of_itself_is_refused(send: Send) -> None:
    assert send("goals: &a [*a]\n").places == ["Y-ALIAS a.yaml:1:8"]


@pytest.mark.parametrize("depth", [500, 2_000, 30_000, 100_000])
def test_row_4_brackets_end_at_depth_33(send: Send, depth: int) -> None:
    answer = send("goals: " + "[" * depth + "]" * depth)
    assert answer.places == ["Y-DEPTH a.yaml:1:39"]
    assert answer.refused


@pytest.mark.parametrize("opener", ["[", "{a: ", "[{a: ", "- ", "? "])
def test_row_4_unclosed_openers_end_soon(send: Send, opener: str) -> None:
    answer = send("goals:\n  " + opener * 20_000)
    assert [finding[0] for finding in answer.findings] in (["Y-DEPTH"], ["Y-KEY"])


def test_row_4_nested_block_mappings_end_at_depth_33(send: Send) -> None:
    assert send("\n".join(" " * n + "a:" for n in range(2_000))).places == ["Y-DEPTH a.yaml:33:33"]


def test_row_4_the_command_ends_with_3_not_with_a_crash(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("format: kientruc/1\ngoals: " + "[" * 100_000)
    done = subprocess.run(
        [sys.executable, "-m", "kientruc", "check", str(tmp_path / "a.yaml")],
        capture_output=True,
        cwd=Path(__file__).parent.parent.parent,
        encoding="utf-8",
    )
    assert done.returncode == 3
    assert "a.yaml:2:39" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_row_5_a_file_of_100_mb_is_not_read(send: Send, tmp_path: Path) -> None:
    send("goals: {}")
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(100 << 20)
    answer = send()
    assert answer.places == ["Y-SIZE root.yaml:4:11"]
    assert answer.refused


HUGE = ("name: " + "A" * 70_000, 'name: "' + "A" * 70_000 + '"', "name: >\n      " + "A " * 40_000)


@pytest.mark.parametrize("scalar", HUGE)
def test_row_5_a_huge_scalar_is_refused(send: Send, scalar: str) -> None:
    assert send(f"goals:\n  g:\n    {scalar}").places == ["Y-LONG a.yaml:3:11"]


def test_row_5_many_values_are_refused_before_they_fill_the_memory(send: Send) -> None:
    answer = send("goals: [" + "a," * 2_100_000 + "]")
    assert [finding[0] for finding in answer.findings] == ["Y-NODES"]


@pytest.mark.parametrize("number", ["9" * 5_000, "-" + "9" * 5_000, "9007199254740992"])
def test_row_6_an_integer_no_reader_keeps_is_told(send: Send, number: str) -> None:
    assert send(f"goals: {{g: {{name: G, quantity: {number}}}}}").places == ["Y-INT a.yaml:1:32"]


def test_row_6_a_sexagesimal_number_is_text(send: Send) -> None:
    sexagesimal = "1" + ":59" * 1_000
    assert send(f"goals: {{g: {{name: G, quantity: '{sexagesimal}'}}}}").places == ["M-TYPE a.yaml:1:32"]


@pytest.mark.parametrize("number", [".nan", ".NaN", ".inf", "-.INF", "1e999", "1E5", "-1.5e-3", ".5e3"])
def test_row_7_numbers_that_compare_badly_are_told(load_text: LoadText, number: str) -> None:
    assert told(load_text(f"goals: {{g: {{name: G, quantity: {number}}}}}")) == ["Y-FLOAT a.yaml:1:32"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "inf", "nan"])
def test_row_7_words_for_no_number_are_no_numbers(load_text: LoadText, number: str) -> None:
    assert told(load_text(f"goals: {{g: {{name: G, quantity: {number}}}}}")) == ["M-TYPE a.yaml:1:32"]


def test_row_8_a_duplicate_key_names_both_places(load_text: LoadText) -> None:
    loaded = load_text("goals:\n  g: {name: A}\n  g: {name: B}\n")
    assert told(loaded) == ["Y-DUP a.yaml:3:3"]
    assert [str(span) for span in loaded.findings[0].also] == ["a.yaml:2:3"]


def test_row_8_25_000_duplicate_keys_are_counted_not_listed(send: Send) -> None:
    answer = send("goals:\n" + "".join(f"  g{n}: {{}}\n" for n in range(25_000)) * 2)
    assert len(answer.findings) == 1_000
    assert answer.more > 24_000


def test_row_9_keys_that_differ_only_in_composition_are_duplicates(load_text: LoadText) -> None:
    loaded = load_text("goals: {g: {name: G, extra: {C\u00f4: 1, Co\u0302: 2}}}")
    assert told(loaded) == ["Y-DUP a.yaml:1:37"]


@pytest.mark.parametrize("word", ["NO", "no", "off", "y", "Yes", "ON", "n", "On", "N", "Y"])
def test_row_10_norway_is_told(load_text: LoadText, word: str) -> None:
    assert told(load_text(f"goals: {{g: {{name: {word}}}}}")) == ["Y-AMBIG a.yaml:1:19"]
    assert load_text(f"goals: {{g: {{name: '{word}'}}}}").findings == ()


TEXTS = "22:30 012 1_000 2024-13-45 0x1F 0o17 1.2.3 +84 Null. nay"


@pytest.mark.parametrize("text", TEXTS.split())
def test_row_10_what_looks_like_a_number_or_a_day_stays_text(load_text: LoadText, text: str) -> None:
    loaded = load_text(f"goals: {{g: {{name: {text}}}}}")
    if text == "+84":  # a number with its sign, by YAML 1.2
        assert told(loaded) == ["M-TYPE a.yaml:1:19"]
    else:
        assert loaded.architecture is not None
        assert loaded.architecture.records["goals"]["g"].name == text


def test_row_10_a_version_must_be_quoted(load_text: LoadText) -> None:
    assert told(load_text("legal: {l: {number: 1.10, title: T}}")) == ["M-TYPE a.yaml:1:21"]


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [ls]", "!!binary aGk=", "!!set {a}", "!include b.yaml", "!!str a", "! a"]
)
def test_row_11_every_tag_is_refused(load_text: LoadText, tag: str) -> None:
    loaded = load_text(f"goals:\n  g: {tag}\n")
    assert told(loaded) == ["Y-TAG a.yaml:2:6"]
    assert loaded.refused


@pytest.mark.parametrize("key", ["1", "true", "null", "~", "1.5", "? [a]\n :", "? {a: b}\n :", "? |\n   a\n :", ".inf"])
def test_row_12_keys_are_text(load_text: LoadText, key: str) -> None:
    codes = {finding.code for finding in load_text(f"goals:\n {key}: {{name: G}}\n").findings}
    assert codes <= {"Y-KEY", "Y-INDENT", "M-ID"} and codes


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"goals: {}\n---\ngoals: {}\n", ["Y-DOCS a.yaml:2:1"]),
        (b"goals: {}\n...\n---\ngoals: {}\n", ["Y-DOCS a.yaml:3:1"]),
        (b"", ["Y-EMPTY a.yaml:1:1"]),
        (b"\xef\xbb\xbf", ["Y-EMPTY a.yaml:1:1"]),
        (b"\xef\xbb\xbfgoals: {}\n", []),
        ("goals: {g: {name: Cô}}".encode("utf-16"), ["Y-ENC a.yaml:1:1"]),
        ("goals: {g: {name: Cô}}".encode("utf-16-le"), ["Y-ENC a.yaml:1:39"]),
        ("goals:\n  g: {name: Cô}".encode("latin-1"), ["Y-ENC a.yaml:2:14"]),
        (b"goals: {g: {name: \xed\xa0\x80}}", ["Y-ENC a.yaml:1:19"]),
        (b"goals:\n  g: {name: A\0}\n", ["Y-CHAR a.yaml:2:14"]),
        (b"goals:\n\tg: {name: A}\n", ["Y-TAB a.yaml:2:1"]),
        (b"goals:\n  g:\n  \tname: A\n", ["Y-TAB a.yaml:3:3"]),
        (b"goals:\r\n  g: {nam: A}\r\n", ["M-KEY a.yaml:2:7"]),
        (b"goals:\r  g: {nam: A}\r", ["M-KEY a.yaml:2:7"]),
        (b"%YAML 9.9\n---\ngoals: {}\n", ["Y-TAG a.yaml:1:1"]),
        (b"%TAG ! tag:x,2000:\n---\ngoals: {}\n", ["Y-TAG a.yaml:1:1"]),
        (b"- a\n", ["M-TOP a.yaml:1:1"]),
        (b"goals\n", ["M-TOP a.yaml:1:1"]),
        (b"---\n", ["M-TOP a.yaml:1:1"]),
    ],
)
def test_row_13_files_that_are_not_one_utf_8_mapping(send: Send, data: bytes, expected: list[str]) -> None:
    assert send(data).places == expected


@pytest.mark.parametrize(
    ("escape", "code"),
    [
        ("\\0", "Y-CHAR"),
        ("\\e[31m", "Y-CHAR"),
        ("\\a", "Y-CHAR"),
        ("\\N", "Y-CHAR"),
        ("\\L", "Y-CHAR"),
        ("\\x9b", "Y-CHAR"),
        ("\\u202e", "Y-CHAR"),
        ("\\uFFFF", "Y-CHAR"),
        ("\\U000E0041", "Y-CHAR"),
        ("\\ud800", "Y-ESCAPE"),
        ("\\U00110000", "Y-ESCAPE"),
        ("\\q", "Y-ESCAPE"),
    ],
)
def test_row_14_escapes_bring_in_nothing_that_is_refused(load_text: LoadText, escape: str, code: str) -> None:
    loaded = load_text(f'goals: {{g: {{name: "A{escape}"}}}}')
    assert [finding.code for finding in loaded.findings] == [code]
    assert loaded.findings[0].span and loaded.findings[0].span.line == 1


BAD = [chr(n) for n in range(0x110000) if FORBIDDEN.match(chr(n)) and not 0xD800 <= n <= 0xDFFF]


@pytest.mark.parametrize(
    "character",
    [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u3164"],
)
def test_row_15_each_invisible_character_is_told_at_its_place(load_text: LoadText, character: str) -> None:
    loaded = load_text(f"goals:\n  g: {{name: A{character}B}}\n")
    assert told(loaded) == ["Y-CHAR a.yaml:2:14"]
    assert loaded.findings[0].values["found"] == f"U+{ord(character):04X}"


def test_row_15_none_of_all_bad_characters_gets_through() -> None:
    from kientruc.loading import load_text as load_one

    assert len(BAD) > 500
    for character in BAD:
        codes = [finding.code for finding in load_one(f"goals: {{g: {{name: 'A{character}B'}}}}").findings]
        assert "Y-CHAR" in codes, hex(ord(character))


DAYS = "2017-02-30 2017-02-29 31/02/2017 13-09-2017 17-09-13 2560-09-13 0001-01-01 2017-9-13 2017-09-13T00:00:00"


@pytest.mark.parametrize("day", DAYS.split())
def test_row_51_days_are_written_one_way(load_text: LoadText, day: str) -> None:
    code = "M-DAYFORM" if day in ("13-09-2017", "2017-9-13") else "M-DAY"  # a real day, but for how it is written
    assert told(load_text(f"legal: {{l: {{number: 1/QĐ, title: T, date: '{day}'}}}}")) == [f"{code} a.yaml:1:43"]


def test_row_51_a_leap_day_is_a_day(load_text: LoadText) -> None:
    assert load_text("legal: {l: {number: 1/QĐ, title: T, date: 2016-02-29}}").findings == ()
