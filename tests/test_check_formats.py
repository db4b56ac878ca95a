"""Results of a check in every format: printed or written, found by suffix, never over what is not ours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from kientruc.cli import run
from tests.test_cli import SMALL, Run, spoil


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Give a function that runs a command in a folder with a small architecture, in this process."""
    (tmp_path / "architecture.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIENTRUC_LANG", raising=False)

    def command(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        code = run(list(arguments))
        out, err = capfdbinary.readouterr()
        return subprocess.CompletedProcess(arguments, code, out, err)

    return command


@pytest.mark.parametrize("format", ["json", "sarif", "sarif-github", "junit", "md", "csv", "xlsx"])
def test_results_in_each_format_are_the_same_printed_or_written_and_written_again(
    here: Run, tmp_path: Path, format: str
) -> None:
    printed = here("check", "--format", format, "--fail-on", "never")
    assert (printed.returncode, printed.stderr) == (0, b"")
    for _ in range(2):
        written = here("check", "--format", format, "--fail-on", "never", "--to", "ra")
        assert (written.returncode, written.stdout, written.stderr) == (0, b"", b"")
        assert (tmp_path / "ra").read_bytes() == printed.stdout


@pytest.mark.parametrize(
    ("name", "first"),
    [("a.sarif", b"{"), ("a.xml", b"<?xml"), ("a.md", b"<!--"), ("a.csv", b"\xef\xbb\xbf"), ("a.xlsx", b"PK")],
)
def test_the_suffix_tells_the_format(here: Run, tmp_path: Path, name: str, first: bytes) -> None:
    assert here("check", "--to", name, "--fail-on", "never").returncode == 0
    assert (tmp_path / name).read_bytes().startswith(first)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("package.json", b'{\n  "name": "x"\n}\n'),
        ("README.md", b"<!-- mine -->\n# x\n"),
        ("a.xml", b'<?xml version="1.0" encoding="UTF-8"?>\n<project/>\n'),
        ("a.csv", b'\xef\xbb\xbf"name","x"\r\n'),
        ("a.xlsx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00[Content_Types].xml"),
    ],
)
def test_a_file_of_the_same_suffix_that_is_not_ours_is_kept(
    here: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    result = here("check", "--to", name)
    assert result.returncode == 3
    assert name in result.stderr.decode()
    assert (tmp_path / name).read_bytes() == content


def test_text_is_for_reading_not_for_a_file(here: Run, tmp_path: Path) -> None:
    result = here("check", "--to", "a.txt")
    assert (result.returncode, (tmp_path / "a.txt").exists()) == (2, False)
    assert "sarif" in result.stderr.decode()


def test_a_workbook_is_not_printed_to_a_terminal(here: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    result = here("check", "--format", "xlsx")
    assert (result.returncode, result.stdout) == (2, b"")
    assert "--to TỆP.xlsx" in result.stderr.decode()


def test_findings_of_loading_come_out_in_every_format(here: Run, tmp_path: Path) -> None:
    spoil(tmp_path, "owner: ubnd", "owner: ubdn")
    for format in ("sarif", "junit", "md", "csv"):
        result = here("check", "--format", format)
        assert result.returncode == 1
        assert "M-REF" in result.stdout.decode()


def test_formats_for_build_servers_give_paths_from_where_the_user_stands(here: Run, tmp_path: Path) -> None:
    (tmp_path / "tinh").mkdir()
    (tmp_path / "architecture.yaml").rename(tmp_path / "tinh" / "architecture.yaml")
    spoil(tmp_path / "tinh", "owner: ubnd", "owner: ubdn")
    for format, path in (("sarif", '"uri": "tinh/architecture.yaml"'), ("md", "`tinh/architecture.yaml:21:12`")):
        assert path in here("check", "tinh", "--format", format).stdout.decode()
        below = here("check", str(tmp_path / "tinh"), "--format", format).stdout.decode()
        assert path.replace("tinh/", "") in below
        assert str(tmp_path) not in below


@pytest.mark.parametrize("command", [("check",), ("show", "lgsp")])
def test_row_42_a_name_gives_a_build_runner_no_command(here: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    name = r'"A\n::error file=x::y\r\n  ::add-mask::z ##[error]w ##vso[task.setvariable]v"'
    spoil(tmp_path, "name: Nền tảng “chia sẻ” <&> [đỏ]", f"name: {name}")
    spoil(tmp_path, "    owner: ubnd\n", f"    operator: {{unknown: {name}}}\n")
    out = here(*command).stdout.decode()
    assert "::error file=x::y" in out
    assert [line for line in out.splitlines() if line.lstrip().startswith("::")] == []
    assert [line for line in out.splitlines() if re.search(r"##\w*\[", line)] == []
    assert len([line for line in out.splitlines() if "C10-AT-01: " in line]) == (command == ("check",))


def test_a_reader_that_applies_the_fixes_of_json_or_sarif_gets_files_that_load(here: Run, tmp_path: Path) -> None:
    spoil(tmp_path, "kind: platform", "knid: platform")
    spoil(tmp_path, "owner: ubnd", "owner: ubdn")
    spoil(tmp_path, "role: baseline", "role: basline")
    before = (tmp_path / "architecture.yaml").read_text(encoding="utf-8")
    told = json.loads(here("check", "--format", "json").stdout)
    schema = json.loads((Path(__file__).parent.parent / "docs" / "findings.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(told)
    ours = [
        ((one["line"], one["column"]), (one["end_line"], one["end_column"]), one["text"])
        for finding in told["loading"]
        for one in finding.get("fix", ())
    ]
    (run_,) = json.loads(here("check", "--format", "sarif").stdout)["runs"]
    theirs = [
        (
            (one["deletedRegion"]["startLine"], one["deletedRegion"]["startColumn"]),
            (one["deletedRegion"]["endLine"], one["deletedRegion"]["endColumn"]),
            one["insertedContent"]["text"],
        )
        for result in run_["results"]
        for fix in result.get("fixes", ())
        for change in fix["artifactChanges"]
        for one in change["replacements"]
    ]
    assert sorted(theirs) == sorted(ours) and len(ours) == 3
    lines = before.splitlines(keepends=True)
    for (line, column), (end_line, end), text in sorted(ours, reverse=True):
        assert line == end_line
        lines[line - 1] = f"{lines[line - 1][: column - 1]}{text}{lines[line - 1][end - 1 :]}"
    assert "".join(lines) == SMALL
    assert here("check", "--fix", "--format", "json", "--fail-on", "never").returncode == 0
    assert (tmp_path / "architecture.yaml").read_text(encoding="utf-8") == SMALL
