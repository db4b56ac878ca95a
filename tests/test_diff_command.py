"""`kientruc diff`: every format in another maker's reader, names that do nothing in any of them, exit codes."""

from __future__ import annotations

import html
import io
import json
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import html5lib
import jsonschema
import openpyxl
import pytest
from markdown_it import MarkdownIt

from kientruc import api
from kientruc.cli import run

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/difference.schema.json").read_text(encoding="utf-8")))
HOSTILE = "=cmd|'/C calc'!A1 <script>alert(1)</script> | [x](javascript:1) `a` ::error:: &amp; @all"
OLD = """\
format: kientruc/1
architecture: {id: kt, name: "Kiến trúc <b>&", agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13, version: "0.1"}
organisations: {tinh: {name: Tỉnh}, so: {name: Sở}}
sources: {mau: {kind: sample, title: Mẫu}}
components: {tp: {name: Thành phần, order: 1}, khac: {name: Khác, order: 2}}
states: {nay: {name: Nay, role: baseline}}
rounds: {r: {name: Đợt}}
elements:
  a: {kind: application, name: Một cửa, component: tp, owner: so}
  b: {kind: platform, name: LGSP, component: khac}
tasks:
  xay: {name: Xây, cost: [{year: 2027, fund: tinh, amount: 100000000}]}
"""
NEW = (
    OLD.replace('"0.1"', '"0.2"')
    .replace("name: Một cửa, component: tp, owner: so", f'name: "{HOSTILE}", component: tp, owner: tinh, uses: [b]')
    .replace("100000000", "90000000")
    + f"""\
comments:
  yk-1: {{round: r, from: so, text: "{HOSTILE}", verdict: accepted, changed: [{{id: a, fields: [owner]}}]}}
  yk-2: {{round: r, from: so, text: Chuyển tiếp, verdict: accepted, changed: [khac]}}
"""
)


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("cu.yaml", OLD), ("moi.yaml", NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIENTRUC_LANG", raising=False)
    return tmp_path


def spelt(versions: Path, format: str, *options: str, lang: str = "vi") -> bytes:
    to = versions / f"so-sanh.{format}"
    assert run(["diff", "cu.yaml", "moi.yaml", "--to", to.name, "--lang", lang, *options]) == 0
    return to.read_bytes()


def test_the_text_tells_each_line_with_its_cause_or_that_it_has_none(
    versions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", "cu.yaml", "moi.yaml"]) == 0
    printed = capsys.readouterr().out
    for line in (
        "So sánh phiên bản: Kiến trúc <b>&",
        "  - phiên bản 0.1, số liệu đến 13/9/2017 [cu.yaml]",
        "Thành phần (3)",
        "      Sở [so] → Tỉnh [tinh]",
        "      Căn cứ: góp ý yk-1 của Sở",
        "      100.000.000 đồng → 90.000.000 đồng",
        "      không nêu căn cứ",
        "  ! góp ý yk-2 của Sở: Khác [khac]",
        "Dòng không nêu căn cứ: 3",
        "Nói đã sửa nhưng chưa thấy sửa: 1",
    ):
        assert line in printed.splitlines(), printed
    assert "kinh phí năm 2027 (tinh)\n" in printed


def test_a_long_value_is_cut_on_a_terminal_where_an_entry_ends(
    versions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = "; ".join(f"việc thứ {number}" for number in range(40))
    (versions / "moi.yaml").write_text(NEW.replace("name: Xây,", f'name: Xây, result: "{fields}",'), encoding="utf-8")
    assert run(["diff", "cu.yaml", "moi.yaml"]) == 0
    (cut,) = (line for line in capsys.readouterr().out.splitlines() if "việc thứ 0" in line)
    assert re.search(r"việc thứ \d+… \(đủ trong html\)$", cut)


def test_a_terminal_is_not_driven_by_names(versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (versions / "moi.yaml").write_text(
        OLD.replace("Một cửa", '"::error::x"').replace("Xây", '"##[command]x"'), encoding="utf-8"
    )
    assert run(["diff", "cu.yaml", "moi.yaml"]) == 0
    printed = capsys.readouterr().out
    assert not re.search(r"^\s*::|##\[|[\x00-\x08\x1b]", printed, re.MULTILINE)


def test_the_json_follows_its_schema_and_a_spoiled_one_does_not(versions: Path) -> None:
    data = json.loads(spelt(versions, "json"))
    SCHEMA.validate(data)
    (owner,) = (field for one in data["records"] for field in one["fields"] if field["path"] == "owner")
    assert (owner["before"], owner["after"], owner["causes"][0]["id"]) == ("so", "tinh", "yk-1")
    data["records"][0]["what"] = "moved"
    assert list(SCHEMA.iter_errors(data))


@pytest.mark.parametrize("part", [(), ("--component", "tp"), ("--only-uncaused",)])
def test_the_json_of_a_part_says_which_and_follows_the_schema(part: tuple[str, ...], versions: Path) -> None:
    data = json.loads(spelt(versions, "json", *part))
    SCHEMA.validate(data)
    only = {"component": "tp" if "tp" in part else None, "only_uncaused": "--only-uncaused" in part}
    assert data["filters"] == only | {"as_of": None}
    assert {one["id"] for one in data["records"]} >= {"a"}
    assert ("xay" in {one["id"] for one in data["records"]}) == ("tp" not in part)


def test_the_comparison_for_a_hearing_leaves_out_what_happened_from_its_day_on(
    versions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hearing = "hearings: {h: {name: Họp, order: 1, date: 2017-09-20, outcome: Đã thông qua.}}\n"
    (versions / "moi.yaml").write_text(NEW + hearing, encoding="utf-8")
    assert run(["diff", "cu.yaml", "moi.yaml"]) == 0
    assert "Đã thông qua." in capsys.readouterr().out
    assert run(["diff", "cu.yaml", "moi.yaml", "--as-of", "2017-09-20"]) == 0
    told = capsys.readouterr().out
    assert "Đã thông qua." not in told and "Không kể những gì diễn ra từ ngày 20/9/2017" in told
    data = json.loads(spelt(versions, "json", "--as-of", "2017-09-20"))
    SCHEMA.validate(data)
    assert data["filters"]["as_of"] == "2017-09-20"
    assert run(["diff", "cu.yaml", "moi.yaml", "--as-of", "hôm qua"]) == 2


def test_the_page_is_well_formed_runs_nothing_and_loads_nothing(versions: Path) -> None:
    for lang, cause in (("vi", "số 1: góp ý yk-1 của Sở yk-1"), ("en", "no. 1: comment yk-1 of Sở yk-1")):
        page = spelt(versions, "html", lang=lang).decode()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
        tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
        assert tags.isdisjoint({"script", "img", "iframe", "link", "object", "form", "b"})
        policy = next(one.attrib["content"] for one in tree.iter("meta") if "http-equiv" in one.attrib)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        ids = [one.attrib["id"] for one in tree.iter() if "id" in one.attrib]
        links = [one.attrib["href"] for one in tree.iter("a")]
        assert len(ids) == len(set(ids))
        assert {link.removeprefix("#") for link in links} <= {*ids, "main"}
        assert all(link.startswith("#") for link in links)
        words = ["".join(cell.itertext()).strip() for cell in tree.iter("td")]
        assert cause in words
        assert any(HOSTILE in word for word in words)


def test_the_workbook_has_its_sheets_a_filter_and_no_formula(versions: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(spelt(versions, "xlsx")))
    assert book.sheetnames == ["Thay đổi", "Căn cứ", "Chưa thấy sửa", "Tổng hợp"]
    assert book["Thay đổi"].auto_filter.ref == f"A1:K{book['Thay đổi'].max_row}"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell for cell in cells if cell.hyperlink] == []
    changes = [[cell.value for cell in row] for row in book["Thay đổi"].iter_rows(min_row=2)]
    owner = next(row for row in changes if row[10] == "owner")
    assert (owner[2], owner[5], owner[6], owner[8]) == (HOSTILE, "Sở", "Tỉnh", "số 1: góp ý yk-1 của Sở")
    hidden = [letter for letter, column in book["Thay đổi"].column_dimensions.items() if column.hidden]
    assert (owner[9], hidden) == ("a", ["J"])  # what only programs need is folded away: J to K
    (claim,) = book["Chưa thấy sửa"].iter_rows(min_row=2, values_only=True)
    assert claim[:2] == ("góp ý yk-2 của Sở", "Khác")


def test_names_do_nothing_in_markdown(versions: Path) -> None:
    page = (
        MarkdownIt("gfm-like", {"linkify": False, "html": True}).enable("table").render(spelt(versions, "md").decode())
    )
    assert not re.search(r"<(script|a|img|em)\b", page)
    cells = [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td>(.*?)</td>", page, re.DOTALL)]
    assert any("<script>alert(1)</script> | [x](javascript:1)" in cell for cell in cells)
    for rows in re.findall(r"<table>(.*?)</table>", page, re.DOTALL):
        assert len({row.count("<td>") + row.count("<th>") for row in re.findall(r"<tr>.*?</tr>", rows, re.DOTALL)}) == 1


@pytest.mark.parametrize("format", ["json", "md", "html", "xlsx"])
def test_the_same_versions_give_the_same_bytes_whatever_the_seed(format: str, versions: Path) -> None:
    found = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "kientruc", "diff", "cu.yaml", "moi.yaml", "--format", format]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        found.append(subprocess.run(command, cwd=versions, env=environment, capture_output=True, check=True).stdout)
    assert found[0] == found[1] != b""


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--exit-code",), 1)])
def test_changes_are_no_failure_unless_asked_for(options: tuple[str, ...], code: int, versions: Path) -> None:
    assert run(["diff", "cu.yaml", "moi.yaml", *options]) == code
    assert run(["diff", "cu.yaml", "cu.yaml", *options]) == 0


def test_a_version_that_does_not_load_is_told(versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (versions / "moi.yaml").write_text(NEW.replace("kind: platform", "kind: platfrom"), encoding="utf-8")
    assert run(["diff", "cu.yaml", "moi.yaml"]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("moi.yaml:10:13: ")
    assert "“moi.yaml” không đọc được (1 phát hiện)" in printed.err
    (versions / "moi.yaml").write_text("a: &a [*a]\n" + "x: " + "[" * 50, encoding="utf-8")
    assert run(["diff", "moi.yaml", "cu.yaml"]) == 3


def test_two_unrelated_models_are_compared_only_when_asked(versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = re.sub(r"\b(a|b|so|tp|khac|xay|r|mau|nay|tinh)(?=[:\],}])", r"\1-2", OLD).replace("id: kt", "id: khac-han")
    (versions / "moi.yaml").write_text(other, encoding="utf-8")
    assert run(["diff", "cu.yaml", "moi.yaml"]) == 2
    assert "“kt” và “khac-han”" in capsys.readouterr().err
    assert run(["diff", "cu.yaml", "moi.yaml", "--unrelated"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["khong-co.yaml", "moi.yaml"],
        ["cu.yaml", "moi.yaml", "--component", "khong-co"],
        ["cu.yaml", "moi.yaml", "--format", "docx"],
        ["cu.yaml", "moi.yaml", "--to", "so-sanh.txt"],
    ],
)
def test_wrong_usage_is_one_sentence(arguments: list[str], versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_somebody_else_wrote_is_never_overwritten(versions: Path) -> None:
    (versions / "so-sanh.md").write_text("# Của tôi\n", encoding="utf-8")
    assert run(["diff", "cu.yaml", "moi.yaml", "--to", "so-sanh.md"]) == 3
    assert (versions / "so-sanh.md").read_text(encoding="utf-8") == "# Của tôi\n"
    for format in ("json", "html", "xlsx"):
        assert spelt(versions, format) == spelt(versions, format)


def test_the_typed_interface_gives_the_difference(versions: Path) -> None:
    old, new = (api.load(versions / name).architecture for name in ("cu.yaml", "moi.yaml"))
    assert old is not None and new is not None
    found: Any = api.diff(old, new)
    assert [one.id for one in found.unconfirmed] == ["khac"]
    assert b"kientruc-difference/1" in api.spell_difference(found, old, new, "json")


def test_a_suffix_that_was_left_out_is_proposed(versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "cu", "moi.yaml"]) == 2
    assert "thư mục “cu”. Có phải “cu.yaml”? Đó cũng không phải bản ghi git" in capsys.readouterr().err
