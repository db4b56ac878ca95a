"""What is missing or wrong inside a list or a period is told with its place, and with what may stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kientruc.loading import load, load_text
from kientruc.views.remarks import remark
from tests.conftest import HEAD

TASK = "tasks:\n  t: {name: Việc, %s}\n"


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("period: {from: 01/2027}", "Viết một năm, ví dụ 2027, hoặc một ngày theo dạng năm-tháng-ngày"),
        ("cost: [{year: 2027, amount: 5 triệu}]", "Thêm `fund: …` vào mục thứ 1 của `cost` của “t”."),
        ("cost: [{year: 2027, fund: A, amount: 5 triệu}, {year: 2028, fund: A}]", "Thêm `amount: …` vào mục thứ 2"),
    ],
)
def test_the_remedy_says_where_and_what(written: str, remedy: str) -> None:
    (found,) = load_text(HEAD + TASK % written).findings
    assert remark(found, "vi").remedy.startswith(remedy)


@pytest.mark.parametrize(("key", "example"), [("edition", "qgs-1425"), ("cut_off", "2026-11-30")])
def test_what_the_head_lacks_has_an_example(key: str, example: str) -> None:
    keys = {"id": "a", "name": "A", "agency": "tinh", "edition": "cpdt-2.0", "cut_off": "2017-09-30"}
    head = "format: kientruc/1\norganisations: {tinh: {name: T}}\narchitecture:\n" + "".join(
        f"  {name}: {value}\n" for name, value in keys.items() if name != key
    )
    told = [remark(one, "vi").remedy for one in load_text(head).findings if one.code == "M-MISSING"]
    assert told == [f"Thêm `{key}: {example}` vào “architecture”."]


def test_what_looks_empty_because_of_a_comment_sign_is_explained() -> None:
    (found,) = load_text(HEAD + "goals:\n  g: {name: A}\ntasks:\n  t:\n    name: #1 Việc\n").findings
    assert found.code == "M-HASH"


def test_a_path_of_windows_is_told_with_its_slashes(tmp_path: Path) -> None:
    root = tmp_path / "a.yaml"
    root.write_text(HEAD.replace("a.yaml", "phan\\a.yaml"), encoding="utf-8")
    (found, *_) = load(root).findings
    assert remark(found, "vi").remedy.startswith("Dùng dấu / thay cho dấu \\: phan/a.yaml. ")


@pytest.mark.parametrize("data", [b"PK\x03\x04\x14\x00\x06\x00", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_document_that_is_no_text_is_named(tmp_path: Path, data: bytes) -> None:
    root = tmp_path / "a.yaml"
    root.write_bytes(data)
    (found,) = load(root).findings
    assert (found.code, found.refused) == ("Y-ENC", True)
    assert "Word, Excel, PDF" in remark(found, "vi").message
