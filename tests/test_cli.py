"""The command line as a user meets it: whole processes, exit classes, both languages, any console."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from kientruc.__main__ import files_named
from kientruc.cli.app import make_app

ROOT = Path(__file__).parent.parent
SMALL = """\
format: kientruc/1
architecture:
  id: nho
  name: Kiến trúc nhỏ
  agency: ubnd
  edition: cpdt-1.0
  cut_off: 2017-09-13
organisations:
  ubnd:
    name: Ủy ban nhân dân
components:
  chia-se: {name: Chia sẻ, order: 1}
states:
  nay: {name: Hiện trạng, role: baseline}
elements:
  lgsp:
    kind: platform
    role: lgsp
    name: Nền tảng “chia sẻ” <&> [đỏ]
    component: chia-se
    owner: ubnd
    states: [nay]
"""

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "kientruc", *arguments],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""), **environment},
            capture_output=True,
            check=False,
            timeout=120,
        )

    (tmp_path / "architecture.yaml").write_text(SMALL, encoding="utf-8")
    return command


def spoil(folder: Path, old: str, new: str) -> None:
    text = (folder / "architecture.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "architecture.yaml").write_text(text.replace(old, new), encoding="utf-8")


def test_version(run: Run) -> None:
    from kientruc import __version__

    assert run("--version").stdout.decode().split() == ["kientruc", __version__]


def test_a_mistake_is_told_with_place_caret_and_nearest_name(run: Run, tmp_path: Path) -> None:
    spoil(tmp_path, "owner: ubnd", "owner: ubdn")
    result = run("check")
    lines = result.stdout.decode().splitlines()
    assert result.returncode == 1
    assert lines[0].startswith("architecture.yaml:21:12: lỗi M-REF: ")
    assert "Có phải “ubnd”?" in lines[0]
    assert lines[1].endswith("owner: ubdn")
    assert lines[2].index("^") == lines[1].index("ubdn")
    assert lines[2].count("^") == 4
    assert "Traceback" not in result.stdout.decode() + result.stderr.decode()


def test_the_same_in_english(run: Run, tmp_path: Path) -> None:
    spoil(tmp_path, "owner: ubnd", "owner: ubdn")
    out = run("check", "--lang", "en").stdout.decode()
    assert "error M-REF: There is no “ubdn” in organisations. Did you mean “ubnd”?" in out


def test_findings_as_json_name_code_and_place(run: Run, tmp_path: Path) -> None:
    spoil(tmp_path, "owner: ubnd", "owner: ubdn")
    data = json.loads(run("check", "--format", "json").stdout)
    assert data["results"][0]["verdict"] == "not-evaluated"
    assert [(one["code"], one["at"]["line"], one["at"]["column"]) for one in data["loading"]] == [("M-REF", 21, 12)]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "--fail-on", "never"), 0),
        (("chek",), 2),
        (("check", "--fail-on", "sometimes"), 2),
        (("check", "--edition", "cpdt-9"), 2),
        (("check", "--on", "2017-02-30"), 2),
        (("show", "lgps"), 2),
        (("explain", "C10-XX-99"), 2),
        (("view", "nothing"), 2),
        (("--lang", "fr", "check"), 2),
        (("check", "missing.yaml"), 2),
        (("show", "lgsp"), 0),
        (("explain", "M-REF"), 0),
        (("explain", "C10-KN-01"), 0),
        (("explain", "reach"), 0),
        (("explain", "cpdt-1.0"), 0),
        (("schema",), 0),
        (("rename", "lgps", "x"), 2),
        (("rename", "lgsp", "Nền tảng"), 2),
        (("rename", "lgsp", "ubnd"), 2),
        (("rename", "lgsp", "x", "--section", "states"), 2),
        (("rename", "lgsp"), 2),
        (("rename", "lgsp", "x", "--dry-run"), 0),
        (("rename", "lgsp", "x"), 0),
        (("view", "layered"), 0),
        (("migrate",), 2),
        (("migrate", "--to", "cpdt-9"), 2),
        (("migrate", "--to", "cpdt-1.0"), 2),
        (("migrate", "--to", "cpdt-2.0", "--format", "yaml"), 2),
        (("migrate", "--to", "cpdt-2.0"), 0),
    ],
)
def test_exit_classes(run: Run, arguments: tuple[str, ...], code: int) -> None:
    result = run(*arguments)
    assert result.returncode == code, result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()
    assert (result.stdout if code == 0 else result.stdout + result.stderr) != b""


def test_hostile_input_is_refused_with_its_own_code(run: Run, tmp_path: Path) -> None:
    (tmp_path / "architecture.yaml").write_text("a: " + "[" * 100_000, encoding="utf-8")
    result = run("check")
    assert result.returncode == 3
    assert "Y-DEPTH" in result.stdout.decode()


def test_a_wrong_name_of_a_picture_is_told_with_the_right_ones(run: Run) -> None:
    error = run("view", "layerd").stderr.decode()
    assert "“layered”" in error
    assert "layered-observed" in error


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp1258"])
def test_vietnamese_survives_any_console(run: Run, tmp_path: Path, encoding: str) -> None:
    spoil(tmp_path, "owner: ubnd", "owner: ubdn")
    for arguments in (("check",), ("--help",), ("show",)):
        result = run(*arguments, PYTHONIOENCODING=encoding)
        assert b"Traceback" not in result.stderr
        assert "ế" in (result.stdout + result.stderr).decode() or "ệ" in (result.stdout + result.stderr).decode()


def test_brackets_in_names_are_printed_as_they_are(run: Run) -> None:
    assert "<&> [đỏ]" in run("show", "lgsp").stdout.decode()


def test_build_writes_all_and_says_where(run: Run, tmp_path: Path) -> None:
    result = run("build", "-o", "ra")
    assert result.returncode == 0, result.stderr.decode()
    names = {path.relative_to(tmp_path / "ra").as_posix() for path in (tmp_path / "ra").rglob("*") if path.is_file()}
    assert names >= {"bao-cao.html", "findings.json", "model.json", "manifest.json", "pictures/layered-slide.svg"}
    assert "bao-cao.html" in result.stdout.decode().splitlines()[-1]


def test_a_refused_input_leaves_the_previous_output(run: Run, tmp_path: Path) -> None:
    run("build")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    spoil(tmp_path, "owner: ubnd", "owner: ubdn")
    assert run("build").returncode == 1
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_an_edited_report_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    run("build")
    report = tmp_path / "out" / "bao-cao.html"
    report.write_text("edited", encoding="utf-8")
    spoil(tmp_path, "Kiến trúc nhỏ", "Kiến trúc lớn")
    result = run("build")
    assert result.returncode == 3
    assert "bao-cao.html" in result.stderr.decode()
    assert report.read_text(encoding="utf-8") == "edited"


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("vi", "Đã đổi “ubnd” thành “ubnd-tinh” ở 3 chỗ trong 1 tệp."),
        ("en", "Renamed “ubnd” to “ubnd-tinh” in 3 places"),
    ],
)
def test_rename_changes_an_id_wherever_it_is_meant(run: Run, tmp_path: Path, lang: str, sentence: str) -> None:
    result = run("rename", "ubnd", "ubnd-tinh", "--lang", lang)
    assert result.returncode == 0
    assert result.stdout.decode().startswith(sentence)
    new = (tmp_path / "architecture.yaml").read_text(encoding="utf-8")
    assert new == SMALL.replace("ubnd", "ubnd-tinh")


def test_a_dry_run_of_rename_prints_a_diff_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("rename", "lgsp", "truc", "--dry-run")
    assert result.stdout.decode().splitlines()[:2] == ["--- a/architecture.yaml", "+++ b/architecture.yaml"]
    assert [line for line in result.stdout.decode().splitlines()[2:] if line[0] in "+-"] == ["-  lgsp:", "+  truc:"]
    assert "architecture.yaml:18" in result.stderr.decode()  # the role of the same word
    assert (tmp_path / "architecture.yaml").read_text(encoding="utf-8") == SMALL


def test_what_does_not_load_is_not_renamed(run: Run, tmp_path: Path) -> None:
    spoil(tmp_path, "owner: ubnd", "owner: ubdn")
    result = run("rename", "lgsp", "truc")
    assert result.returncode == 1
    assert "M-REF" in result.stdout.decode()
    assert "  lgsp:" in (tmp_path / "architecture.yaml").read_text(encoding="utf-8")


PLACED = SMALL.replace("order: 1}", "order: 1, maps: {cpdt-1.0: [chia-se-tich-hop]}}")
ROLE_MOVES = "    places:\n      qgs-1425: {value: t-ntl-1, certainty: doubtful}\n"


def test_migrate_prints_a_plan_and_a_diff_and_writes_nothing_unless_asked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "architecture.yaml").write_text(PLACED, encoding="utf-8")
    result = run("migrate", "--to", "qgs-1425")
    out = result.stdout.decode()
    assert result.returncode == 0
    assert out.index("Tự xếp được (2)") < out.index("Kết quả theo từng yêu cầu") < out.index("--- a/architecture.yaml")
    assert "+      qgs-1425: {value: t-ntl-1, certainty: doubtful}" in out.splitlines()
    assert "Sẽ ghi 2 vị trí vào 1 tệp" in result.stderr.decode()
    assert (tmp_path / "architecture.yaml").read_text(encoding="utf-8") == PLACED


def test_migrate_writes_when_asked_then_says_what_remains(run: Run, tmp_path: Path) -> None:
    undecided = PLACED.replace(
        "components:\n", "components:\n  ud: {name: Ứng dụng, order: 2, maps: {cpdt-1.0: [ung-dung-csdl]}}\n"
    )
    (tmp_path / "architecture.yaml").write_text(undecided, encoding="utf-8")
    result = run("migrate", "--to", "qgs-1425", "--apply", "--lang", "en")
    assert result.returncode == 0
    assert result.stdout.decode().startswith("To be decided (1 questions about 1 things)")
    assert "--- a/" not in result.stdout.decode()
    assert "Renaming alone is not compliance" in result.stderr.decode()
    text = (tmp_path / "architecture.yaml").read_text(encoding="utf-8")
    assert ROLE_MOVES in text
    assert text.replace(ROLE_MOVES, "").replace(", qgs-1425: {value: [ntl], certainty: doubtful}", "") == undecided
    again = run("migrate", "--to", "qgs-1425", "--apply", "--lang", "en")
    assert again.stderr.decode().startswith("Wrote 0 places into 0 files.")
    assert (tmp_path / "architecture.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("name", "begins"), [("ke-hoach.md", "## Chuyển từ"), ("ke-hoach.json", '{\n  "format"')])
def test_a_plan_is_written_in_the_format_its_suffix_names(run: Run, tmp_path: Path, name: str, begins: str) -> None:
    assert run("migrate", "--to", "cpdt-2.0", "-o", name).returncode == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    (tmp_path / name).write_text("của tôi", encoding="utf-8")
    assert run("migrate", "--to", "cpdt-2.0", "-o", name).returncode == 3
    assert (tmp_path / name).read_text(encoding="utf-8") == "của tôi"


def test_what_does_not_load_is_not_migrated(run: Run, tmp_path: Path) -> None:
    spoil(tmp_path, "owner: ubnd", "owner: ubdn")
    result = run("migrate", "--to", "qgs-1425", "--apply")
    assert (result.returncode, b"M-REF" in result.stdout) == (1, True)
    assert "qgs-1425" not in (tmp_path / "architecture.yaml").read_text(encoding="utf-8")


def test_fmt_lists_what_it_tidies_also_where_the_model_is_wrong(run: Run, tmp_path: Path) -> None:
    spoil(tmp_path, "owner: ubnd\n", "owner: ubdn  \n")
    untidy = (tmp_path / "architecture.yaml").read_bytes()
    result = run("fmt", "--check")
    assert (result.returncode, result.stdout.decode()) == (1, "architecture.yaml\n")
    assert (tmp_path / "architecture.yaml").read_bytes() == untidy
    result = run("fmt")
    assert (result.returncode, result.stdout.decode()) == (0, "architecture.yaml\n")
    assert (tmp_path / "architecture.yaml").read_text(encoding="utf-8") == SMALL.replace("owner: ubnd", "owner: ubdn")
    assert (run("fmt").stdout, run("fmt", "--check").returncode) == (b"", 0)
    assert run("fmt", "--lang", "en").stderr.decode() == "Tidied 0 of 1 files.\n"


def test_fmt_says_which_files_it_leaves(run: Run, tmp_path: Path) -> None:
    spoil(tmp_path, "name: Kiến trúc nhỏ", "name: [Kiến trúc nhỏ")
    result = run("fmt", "--lang", "en")
    assert result.returncode == 1
    assert "cannot be read as YAML" in result.stderr.decode()
    spoil(tmp_path, "format: kientruc/1\n", "format: kientruc/1\ninclude: [khong-co.yaml]\n")
    spoil(tmp_path, "name: [Kiến trúc nhỏ", "name: Kiến trúc nhỏ")
    result = run("fmt")
    assert (result.returncode, "I-MISSING" in result.stdout.decode()) == (1, True)


def test_progress_and_errors_never_mix_with_results(run: Run) -> None:
    assert run("check", "--format", "json").stderr == b""


DRAWING = ("networkx", "jinja2", "graphviz", "resvg_py")
OTHERS = (  # of our own: what neither the province nor its edition needs
    *("kientruc.frameworks.forms", "kientruc.frameworks.crosswalk", "kientruc.frameworks.holidays"),
    *("kientruc.validators.checks.delta", "kientruc.validators.checks.treatments", "kientruc.validators.in_words"),
    *("kientruc.views.status", "kientruc.renderers.html_report", "kientruc.comparing", "rapidfuzz"),
    *("kientruc.reading.archive_limits", "email.message"),  # of mails: below importlib.metadata, which pydantic imports
)
SLOW = ("networkx", "jinja2", "rich", "typer", "pydantic", "yaml", "rapidfuzz", "graphviz", "resvg_py")


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["--version"], (*SLOW, "importlib.metadata", "gettext")),
        (["--help"], ("networkx", "jinja2", "pydantic", "yaml", "rapidfuzz", "graphviz", "resvg_py")),
        (["check", str(ROOT / "architecture.yaml")], (*DRAWING, *OTHERS)),
    ],
)
def test_what_a_command_must_not_import(arguments: list[str], forbidden: tuple[str, ...]) -> None:
    program = (
        "import os, sys\n"
        "os._exit = lambda code: None\n"
        f"sys.argv = ['kientruc', *{arguments!r}]\n"
        "from kientruc.__main__ import main\n"
        "main()\n"
        "print(sorted(sys.modules), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60)
    loaded = set(eval(result.stderr.decode().splitlines()[-1]))  # a list of names this test printed itself
    assert loaded.isdisjoint(forbidden), loaded & set(forbidden)


@pytest.mark.parametrize(
    "ask",
    [
        "from importlib.metadata import PackageNotFoundError, version\nprint(version('pydantic'))",
        "import importlib.metadata\nprint(importlib.metadata.version('pydantic'))",
        "import importlib.metadata as it\nprint(it.version('pydantic'))",
        "from importlib.metadata import entry_points\nprint(len(entry_points(group='console_scripts')) > 0)",
    ],
)
def test_a_module_that_is_put_off_is_there_when_it_is_asked(ask: str) -> None:
    program = (
        "import sys\n"
        "from kientruc.__main__ import later\n"
        "later('importlib.metadata', 'entry_points')\n"
        "from importlib.metadata import entry_points\n"
        "assert 'email.message' not in sys.modules\n"
        f"{ask}\n"
        "assert 'email.message' in sys.modules"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60).stdout
    assert told.decode().strip() in (metadata.version("pydantic"), "True")


@pytest.mark.parametrize(
    ("arguments", "commands", "groups"),
    [(("check", "--lang", "en"), {"check"}, set()), (("editions", "list"), set(), {"editions"})],
)
def test_only_the_command_that_is_asked_for_is_built(
    arguments: tuple[str, ...], commands: set[str], groups: set[str]
) -> None:
    every, app = make_app("vi"), make_app("vi", arguments)
    assert {one.callback.__name__ for one in app.registered_commands if one.callback} == commands
    assert {one.name for one in app.registered_groups} == groups
    for unclear in ((), ("--lang", "en", "check"), ("chek",)):  # its help, or what it proposes, needs them all
        built = make_app("vi", unclear)
        assert len(built.registered_commands) == len(every.registered_commands) > 1
        assert len(built.registered_groups) == len(every.registered_groups)


def test_a_pattern_is_the_files_it_names_where_the_shell_leaves_that_to_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "phieu").mkdir()
    for name in ("b.xlsx", "a.xlsx", "a.txt"):
        (tmp_path / "phieu" / name).touch()
    monkeypatch.chdir(tmp_path)
    given = ["import", "survey", "phieu/*.xlsx", "khong/*.xlsx"]
    assert files_named(given, windows=False) == given
    assert files_named(given, windows=True) == ["import", "survey", "phieu/a.xlsx", "phieu/b.xlsx", "khong/*.xlsx"]
