"""What a shell proposes at Tab, asked as the scripts ask; the shells themselves are tried in tests/outside."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from kientruc.api import PICTURE_FORMATS, load
from kientruc.cli import run
from kientruc.cli.app import make_app
from kientruc.cli.completion import SHELLS
from kientruc.cli.proposals import PICTURES, _values
from kientruc.frameworks import edition_ids
from kientruc.model.architecture import SECTIONS
from kientruc.reading.limits import DEFAULT
from kientruc.reading.outline import Declared, declared, outline
from kientruc.views.catalog import BUILT_IN

ROOT = Path(__file__).resolve().parent.parent
TEXT = """\
format: kientruc/1
include: [phan/*.yaml, "khac.yaml"]   # hai nơi
components:
  chia-se: {name: "Chia sẻ, kết nối", order: 1}
elements:
  lgsp:  # trục
    kind: platform
    name: Nền tảng \x1b[31mđỏ
    names: {name: không phải}
    states: [nay]

  "mot-cua": {kind: application, name: Một cửa}
"""


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Ask as a shell does; the cursor is at the end of the line, on a new word after a space."""
    (tmp_path / "phan").mkdir()
    (tmp_path / "architecture.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "phan" / "co-quan.yaml").write_text("organisations:\n    so:\n        name: Sở\n", encoding="utf-8")
    (tmp_path / "khac.yaml").write_text("rounds:\n  vong-1: {name: Vòng 1}\nelements:\n  [hỏng", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIENTRUC_LANG", raising=False)

    def asked(line: str) -> list[tuple[str, str]]:
        words = shlex.split(line)
        count = len(words) if line.endswith(" ") or not line else len(words) - 1
        assert run(["__complete", str(count), *words]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        pairs = (row.partition("\t") for row in printed.out.splitlines())
        return [(value, help) for value, _, help in pairs]

    return asked


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("mig", ["migrate"]),
        ("--lang en mig", ["migrate"]),
        ("ask imp", ["impact"]),
        ("show ", ["lgsp", "mot-cua", "chia-se", "so", "vong-1"]),
        ("show m", ["mot-cua"]),
        ("show khong", []),
        ("rename l", ["lgsp"]),
        ("rename lgsp ", []),
        ("ask path lgsp mo", ["mot-cua"]),
        ("show -", ["--edition", "--on", "--before", "--format", "--access", "--lang", "--help"]),
        ("show --lang vi --la", []),
        ("show --edition cpdt-1.0 --ed", ["--edition"]),
        ("check --format s", ["sarif", "sarif-github"]),
        ("check --format=s", ["--format=sarif", "--format=sarif-github"]),
        ("check --format = s", ["sarif", "sarif-github"]),
        ("check --format =", ["text", "json", "sarif", "sarif-github", "junit", "md", "csv", "xlsx"]),
        ("check --lang ", ["vi", "en"]),
        ("check --edition qgs-1", ["qgs-1425"]),
        ("check --only C10-KN-01", ["C10-KN-01"]),
        ("explain C10-KN-01", ["C10-KN-01"]),
        ("migrate --to cps", ["cps-4.0"]),
        ("editions lint cps-4.0 cpdt-1", ["cpdt-1.0"]),
        ("comments list --round ", ["vong-1"]),
        ("export survey --for ", ["so"]),
        ("diff a b --component ", ["chia-se"]),
        ("rename lgsp x --section e", ["elements"]),
        ("view layered-", ["layered-observed", "layered-sourced"]),
        ("view layered --format p", ["png", "pdf", "pptx"]),
        ("ask reach lgsp --via uses,sen", ["uses,sends"]),
        ("bundle --with report,v", ["report,views"]),
        ("dossier --profile nd", ["nd30-2020"]),
        ("completion f", ["fish"]),
        ("check ", []),  # a file: that is the shell's to complete
        ("check --to ", []),
        ("nothing ", []),
        ("show --nothing ", ["lgsp", "mot-cua", "chia-se", "so", "vong-1"]),
        ("show --lang fr m", ["mot-cua"]),
    ],
)
def test_what_may_come_next(ask: Any, line: str, values: list[str]) -> None:
    assert [value for value, _ in ask(line)] == values


def test_every_command_and_option_is_proposed_with_its_help(ask: Any) -> None:
    tree: Any = get_command(make_app("vi"))
    assert dict(ask("")) == {name: one.get_short_help_str(200) for name, one in tree.commands.items()}
    helps = dict(ask("--lang en build --"))
    assert "edition" in helps["--edition"].lower()
    assert set(helps) >= {"--out", "--edition", "--fail-on", "--help"}


def test_names_are_shown_without_what_a_terminal_would_obey(ask: Any) -> None:
    assert ask("show l") == [("lgsp", "Nền tảng \ufffd[31mđỏ")]
    assert dict(ask("show c")) == {"chia-se": "Chia sẻ, kết nối"}
    assert ask("check --edition cpdt-1.0") == [
        ("cpdt-1.0", "Khung Kiến trúc Chính phủ điện tử Việt Nam, phiên bản 1.0")
    ]


def test_the_architecture_may_be_named_before_or_after(ask: Any, tmp_path: Path) -> None:
    (tmp_path / "kia").mkdir()
    (tmp_path / "kia" / "architecture.yaml").write_text("elements:\n  kia: {name: Kia}\n", encoding="utf-8")
    assert ask("ask impact -f kia ") == [("kia", "Kia")]
    assert ask("ask impact --file=kia/architecture.yaml ") == [("kia", "Kia")]
    assert run(["__complete", "1", "show", "", "kia"]) == 0


def test_a_file_after_the_cursor_counts(ask: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kia.yaml").write_text("elements:\n  kia: {name: Kia}\n", encoding="utf-8")
    assert run(["__complete", "1", "show", "", "kia.yaml"]) == 0
    assert capsys.readouterr().out == "kia\tKia\n"


@pytest.mark.parametrize(
    "words", [[], ["x"], ["-5", "show"], ["1"], ["9", "show"], ["0", "\x00"], ["1", "show", "\ud800"]]
)
def test_a_question_that_no_script_asks_gets_no_answer_and_no_error(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["__complete", *words]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"elements: [",
        b"include: [../../etc/passwd, /etc/passwd, architecture.yaml]",
        b"include:\n",
        b"",
    ],
)
def test_a_broken_file_is_silent(ask: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "architecture.yaml").write_bytes(content)
    assert ask("show ") == []


def test_a_link_and_what_lies_outside_are_not_followed(ask: Any, tmp_path: Path) -> None:
    other = tmp_path.parent / "ngoai.yaml"
    other.write_text("elements:\n  ngoai: {name: Ngoài}\n", encoding="utf-8")
    (tmp_path / "lien-ket.yaml").symlink_to(other)
    (tmp_path / "architecture.yaml").write_text("include: [lien-ket.yaml]\n", encoding="utf-8")
    assert ask("show ") == []
    (tmp_path / "architecture.yaml").write_text("include: [../ngoai.yaml]\n", encoding="utf-8")
    assert ask("show ") == []


def test_nothing_is_written(ask: Any, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    ask("show ")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("root", [ROOT / "architecture.yaml", ROOT / "examples" / "tinh-mau" / "architecture.yaml"])
def test_the_outline_has_every_record_that_loading_finds(root: Path) -> None:
    loaded = load(root)
    assert loaded.architecture is not None
    records = loaded.architecture.records
    found = {(section, id) for section in SECTIONS for id in records[section]}
    told = list(outline(root))
    assert {(one.section, one.id) for one in told} == found
    named = {(one.section, one.id): one.name for one in told if one.name and "\\" not in one.name}
    assert len(named) > len(found) / 2
    wrong = [key for key, name in named.items() if name != getattr(records[key[0]][key[1]], "name", name)]
    assert wrong == []


def test_an_outline_ends_at_its_budget() -> None:
    root = ROOT / "architecture.yaml"
    assert 0 < len(list(outline(root, replace(DEFAULT, files=5)))) < len(list(outline(root)))


@pytest.mark.parametrize(
    "text",
    [
        "elements:\n  a: " + " " * 400_000 + "x\n",
        "elements:\n  a: {" + ", " * 400_000 + "\n",
        "elements:\n" + " " * 400_000 + "\n",
        "include: [" + "x*, " * 200_000 + "]\n",
        "include:\n" + "- \n" * 200_000,
        '"' * 400_000,
    ],
)
def test_a_text_made_to_be_slow_is_not(ask: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "architecture.yaml").write_text(text, encoding="utf-8")
    began = time.process_time()
    ask("show ")
    assert time.process_time() - began < 2


def test_records_are_told_by_their_margin() -> None:
    assert list(declared(TEXT)) == [
        Declared("components", "chia-se", "Chia sẻ, kết nối"),
        Declared("elements", "lgsp", "Nền tảng \x1b[31mđỏ"),
        Declared("elements", "mot-cua", "Một cửa"),
    ]
    assert list(declared("elements:\r\n  a:\r\n    name: A\r\n")) == [Declared("elements", "a", "A")]
    assert [one.id for one in declared("elements:\n  a:\n    name: A\n    uses: [\n  b:\n")] == ["a", "b"]


def test_what_is_said_twice_is_said_alike() -> None:
    assert set(PICTURES) == set(PICTURE_FORMATS)
    told = [value for value, _ in _values(_Param("name", "NAME"), None, Path("nothing"), "vi")]  # type: ignore[arg-type]
    assert set(told) == set(BUILT_IN)
    told = [value for value, _ in _values(_Param("--edition", "ID"), None, Path("nothing"), "vi")]  # type: ignore[arg-type]
    assert set(told) == set(edition_ids())


class _Param:
    def __init__(self, called: str, metavar: str) -> None:
        self.opts, self.metavar = [called], metavar


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_a_script_that_asks(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert " __complete " in capsys.readouterr().out
    assert run(["completion", "cmd"]) == 2


def test_proposing_imports_neither_the_model_nor_the_reader_of_yaml() -> None:
    program = (
        "import sys\n"
        "from kientruc.cli import run\n"
        "run(['__complete', '1', 'show', 'l'])\n"
        "print(sorted({'pydantic', 'yaml', 'networkx', 'jinja2', 'rich'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=60
    ).stdout.decode()
    assert told.startswith("lan-huyen\t")
    assert told.splitlines()[-1] == "[]"
