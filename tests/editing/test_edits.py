"""Single edits as people would see them in a diff, and the edits that are refused."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kientruc.editing.edits import Edits
from kientruc.editing.refused import EditRefused
from kientruc.editing.spelling import Unwritable, flow, key, spell, tidy
from kientruc.reading.limits import DEFAULT
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile

FILE = """\
# đầu tệp
elements:  # các thành phần
  lgsp:  # nền tảng
    kind: platform   # loại
    # chú thích
    owner: so-tttt  # chủ
    codes: {khoi: K6, ma: "x"}  # mã
    uses:
      - trung-tam  # một
      - {to: b, over: c}
    note: >-
      Dài dòng
      hai dòng

  # bản ghi sau
  khac: {kind: node, name: "Khác"}
rong: {}
khong:
tasks:
- a
- b: 1
  c: 2
"""
LGSP = ("elements", "lgsp")


def edited(text: str, *operations: tuple[Any, ...]) -> str:
    edits = Edits([SourceFile("a.yaml", text)])
    for name, *arguments in operations:
        getattr(edits, name)("a.yaml", *arguments)
    patch = edits.patch()
    return patch.files[0].text if patch.files else text


def changed(text: str, *operations: tuple[Any, ...]) -> list[str]:
    """Give the lines that go, with a minus, and those that come, with a plus."""
    edits = Edits([SourceFile("a.yaml", text)])
    for name, *arguments in operations:
        getattr(edits, name)("a.yaml", *arguments)
    lines = edits.patch().diff().splitlines()[2:]
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    ("operation", "lines"),
    [
        (("replace", (*LGSP, "owner"), "ubnd"), ["-    owner: so-tttt  # chủ", "+    owner: ubnd  # chủ"]),
        (("replace", (*LGSP, "owner"), "no"), ["-    owner: so-tttt  # chủ", '+    owner: "no"  # chủ']),
        (
            ("replace", (*LGSP, "codes", "ma"), "y, z"),
            ['-    codes: {khoi: K6, ma: "x"}  # mã', '+    codes: {khoi: K6, ma: "y, z"}  # mã'],
        ),
        (("replace", (*LGSP, "note"), "Ngắn"), ["-      Dài dòng", "-      hai dòng", "+      Ngắn"]),
        (
            ("replace", (*LGSP, "uses"), "b"),
            ["-    uses:", "-      - trung-tam  # một", "-      - {to: b, over: c}", "+    uses: b"],
        ),
        (("replace", ("khong",), {"a": "b c"}), ["+  a: b c"]),
        (("replace", ("tasks", 1), "x"), ["-- b: 1", "-  c: 2", "+- x"]),
        (("insert", (*LGSP, "name"), "Tên: có dấu"), ['+    name: "Tên: có dấu"']),
        (("insert", (*LGSP, "role"), "lgsp", "kind"), ["+    role: lgsp"]),
        (("insert", ("elements", "moi"), {"kind": "node", "name": "Mới"}), ["+  moi: {kind: node, name: Mới}"]),
        (("insert", ("rong", "a"), "b"), ["-rong: {}", "+rong: {a: b}"]),
        (("insert", ("rong", "a"), {"name": "B c"}), ["-rong: {}", "+rong:", "+  a:", "+    name: B c"]),
        (("append", (*LGSP, "uses"), "ngsp"), ["+      - ngsp"]),
        (("insert", (*LGSP, "uses", 0), "ngsp"), ["+      - ngsp"]),
        (("append", ("khong",), "x"), ["-khong:", "+khong: [x]"]),
        (("append", ("tasks",), {"b": 3, "ten": "C d"}), ["+- b: 3", "+  ten: C d"]),
        (("delete", (*LGSP, "owner")), ["-    owner: so-tttt  # chủ"]),
        (
            ("delete", (*LGSP, "codes", "khoi")),
            ['-    codes: {khoi: K6, ma: "x"}  # mã', '+    codes: {ma: "x"}  # mã'],
        ),
        (("delete", (*LGSP, "uses", "trung-tam")), ["-      - trung-tam  # một"]),
        (("delete", ("tasks", 1, "b")), ["-- b: 1", "-  c: 2", "+- c: 2"]),
        (("rename", LGSP, "ngsp"), ["-  lgsp:  # nền tảng", "+  ngsp:  # nền tảng"]),
    ],
)
def test_one_edit_changes_its_own_lines_only(operation: tuple[Any, ...], lines: list[str]) -> None:
    assert changed(FILE, operation) == lines


def test_the_last_record_of_a_section_leaves_its_comments_and_empty_braces() -> None:
    text = "elements:  # phần\n  # chú thích\n  a:\n    kind: node  # n\nten: x\n"
    assert edited(text, ("delete", ("elements", "a"))) == "elements: {}  # phần\n  # chú thích\nten: x\n"
    assert edited(text, ("delete", ("elements", "a", "kind"))) == text.replace("a:\n    kind: node  # n", "a: {}")


def test_all_paths_are_those_of_the_file_as_it_was_read() -> None:
    text = "a: [x, y, z]\nb:\n  c: 1\n  d: 2\n"
    operations = [("delete", ("a", 0)), ("delete", ("a", 2)), ("append", ("a",), "w"), ("rename", ("b", "c"), "d")]
    assert edited(text, *operations, ("delete", ("b", "d"))) == "a: [y, w]\nb:\n  d: 1\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\r\n  b: 1\r\nc: 2\r\n", "a:\r\n  b: 1\r\n  moi: Số 1\r\nc: 2\r\n"),
        ("a:\n  b: 1", "a:\n  b: 1\n  moi: Số 1\n"),
        ("a:\n  b: |\n    chữ", "a:\n  b: |-\n    chữ\n  moi: Số 1\n"),
        ("a: {b: 1,}\n", "a: {b: 1, moi: Số 1,}\n"),
        ("a: {\n  b: 1  # x\n}\n", "a: {\n  b: 1,  # x\n  moi: Số 1\n}\n"),
        ("a:\n    b: 1\n\n\n# sau\n", "a:\n    b: 1\n    moi: Số 1\n\n\n# sau\n"),
    ],
)
def test_a_key_is_inserted_as_its_neighbours_are_written(text: str, expected: str) -> None:
    assert edited(text, ("insert", ("a", "moi"), "Số 1")) == expected


@pytest.mark.parametrize(
    ("text", "item", "expected"),
    [
        ("a: [x, y]\n", "x", "a: [y]\n"),
        ("a: [x, y]\n", "y", "a: [x]\n"),
        ("a: [x, y, ]\n", "y", "a: [x, ]\n"),
        ("a: [x]\n", "x", "a: []\n"),
        ("a: [x, # một\n    y]\n", "x", "a: [ # một\n    y]\n"),
        ("a: [\n  x,  # một\n  y  # hai\n]\n", "x", "a: [\n  y  # hai\n]\n"),
        ("a: [\n  x,  # một\n  y  # hai\n]\n", "y", "a: [\n  x  # một\n]\n"),
        ("a:\n  - x  # một\n  # giữa\n  - y\n", "x", "a:\n  # giữa\n  - y\n"),
        ("a:\n- x\n", "x", "a: []\n"),
        ("- - x\n  # giữa\n  - y\n", "x", "-\n  # giữa\n  - y\n"),
    ],
)
def test_an_item_goes_with_its_comma_and_no_other_comment_than_its_own(text: str, item: str, expected: str) -> None:
    assert edited(text, ("delete", (0 if text[0] == "-" else "a", item))) == expected


def test_a_record_takes_the_indent_and_the_style_of_the_one_before() -> None:
    text = "elements:\n    a:\n        kind: node\n        name: A\n"
    new = edited(text, ("insert", ("elements", "b"), {"kind": "node", "uses": ["a"], "note": "Một câu\nhai dòng"}))
    assert new.removeprefix(text) == dedent("""\
        b:
            kind: node
            uses: [a]
            note: |-
                Một câu
                hai dòng
        """).replace("\n", "\n    ").rstrip(" ").join(["    ", ""])


def test_a_byte_order_mark_stays() -> None:
    edits = Edits([SourceFile("a.yaml", "a: 1\n", bom=True)])
    edits.replace("a.yaml", ("a",), 2)
    assert edits.patch().files[0].data == b"\xef\xbb\xbfa: 2\n"


def test_what_is_equal_already_is_not_written_anew() -> None:
    edits = Edits([SourceFile("a.yaml", "a: 'x'\nb: e\u0301\n")])
    edits.replace("a.yaml", ("a",), "x")
    edits.replace("a.yaml", ("b",), "é")
    assert edits.patch().files == ()


@pytest.mark.parametrize(
    ("operations", "error"),
    [
        ([("replace", ("khong-co",), 1)], "edit.no-place"),
        ([("delete", ("tasks", 2))], "edit.no-place"),
        ([("replace", (), 1)], "edit.no-place"),
        ([("insert", ("tasks", 0, "k"), 1)], "edit.no-place"),
        ([("insert", ("tasks", "k"), 1)], "edit.no-place"),
        ([("rename", ("tasks", 0), "k")], "edit.no-place"),
        ([("insert", (*LGSP, "owner"), 1)], "edit.taken"),
        ([("rename", (*LGSP, "owner"), "kind")], "edit.taken"),
        ([("insert", ("khong", "k"), 1), ("insert", ("khong", "k"), 2)], "edit.taken"),
        ([("insert", ("khong", "k"), 1), ("append", ("khong",), 2)], "edit.taken"),
        ([("delete", LGSP), ("replace", (*LGSP, "owner"), "x")], "edit.overlap"),
        ([("replace", (*LGSP, "owner"), "x"), ("replace", (*LGSP, "owner"), "y")], "edit.overlap"),
        ([("replace", (*LGSP, "owner"), "x"), ("delete", (*LGSP, "owner"))], "edit.overlap"),
        ([("replace", (*LGSP, "owner"), "a\u202eb")], "edit.value"),
        ([("replace", (*LGSP, "owner"), 2**60)], "edit.value"),
        ([("replace", (*LGSP, "owner"), object())], "edit.value"),
    ],
)
def test_what_cannot_be_done_is_refused(operations: list[tuple[Any, ...]], error: str) -> None:
    with pytest.raises(EditRefused) as refused:
        edited(FILE, *operations)
    assert refused.value.key == error
    assert refused.value.values["path"] == "a.yaml"


def test_data_that_would_change_elsewhere_are_refused_with_the_line() -> None:
    with pytest.raises(EditRefused) as refused:
        edited("x: 0\na: |+\n  chữ\n\nb: 1\n\n\nc: 2\n", ("delete", ("b",)))  # the blank lines below would join `a`
    assert (refused.value.key, refused.value.values["line"]) == ("edit.differs", "2")


@pytest.mark.parametrize("text", ["a: [1\n", "- - : [", "just text\n", ""])
def test_a_file_that_is_no_collection_is_refused(text: str) -> None:
    with pytest.raises(EditRefused) as refused:
        edited(text, ("delete", ("a",)))
    assert refused.value.key == "edit.unreadable"


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=40)
    | st.sampled_from(
        ["010", "1e3", "0x1F", "12:30", "no", "~", "=", "<<", "1_000", "a: b", "a #b", "- x", "? y", "---"]
    )
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1000, max_value=1000)
    | st.booleans()
    | st.none()
)
def test_a_spelling_is_read_back_by_us_and_by_others(value: object) -> None:
    value = tidy(value)
    try:
        inline, block = flow(value), spell(value)
    except Unwritable:
        return  # a character that the reader forbids
    below = "".join(f"\n  {line}" for line in block.below)
    for text in (f"{{k: {inline}}}", f"k: {block.inline}{below}\n"):
        found, _ = parse(SourceFile("", text), DEFAULT)
        assert isinstance(found, dict)
        assert (type(found["k"]), found["k"]) == (type(value), value)
        if isinstance(value, str):
            assert str(yaml.safe_load(text)["k"]) == value, text  # a day aside, other readers take it for text too


@pytest.mark.parametrize("text", ["010", "1e3", "0x1F", "12:30", "no", "Yes", "~", "1_000", "3", "0.2", "", "null"])
def test_what_other_readers_take_for_a_number_or_a_truth_is_quoted(text: str) -> None:
    assert spell(text).inline[0] == '"'
    assert key(text, False)[0] == '"'


def test_days_and_decimals_are_written_bare() -> None:
    assert spell("2017-09-13").inline == "2017-09-13"
    assert [spell(value).inline for value in (Decimal("4.50"), Decimal(4), True, None, 7)] == [
        "4.50",
        "4.0",
        "true",
        "null",
        "7",
    ]
