"""What runs by itself, run as its machine would run it: a real commit refused and accepted; the steps under bash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from kientruc import api
from kientruc.cli import run
from kientruc.messages import LANGUAGES
from kientruc.renderers.automation import quoted

ROOT = Path(__file__).parent.parent.parent
FOLDER = "tỉnh o'a [b] $HOME `id`"
BODIES = f"{FOLDER}/architecture/co-quan.yaml"
WHO = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.invalid", "GIT_COMMITTER_NAME": "a"}
GIT = {**WHO, "GIT_COMMITTER_EMAIL": "a@b.invalid", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **GIT, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an architecture in a folder whose name a shell would trip over."""
    for name, value in GIT.items():
        monkeypatch.setenv(name, value)
    top = tmp_path / "kho của tôi"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    monkeypatch.chdir(top)
    assert run(["init", FOLDER, "--cut-off", "2026-11-20"]) == 0
    return top


def spoil(top: Path, old: str, new: str) -> None:
    path = top / BODIES
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new), encoding="utf-8")


def test_the_hook_refuses_what_is_staged_and_wrong_and_nothing_else(repository: Path) -> None:
    assert run(["init", FOLDER, "--hook"]) == 0
    git(repository, "add", "-A")
    accepted = git(repository, "commit", "-m", "một")
    assert (accepted.returncode, accepted.stderr) == (0, "")
    spoil(repository, "    name:", "    nam:")
    (repository / "khac.txt").write_text("x", encoding="utf-8")
    git(repository, "add", "khac.txt")
    assert git(repository, "commit", "-m", "hai").returncode == 0  # the architecture is not in this one
    git(repository, "add", "-A")
    spoil(repository, "    nam:", "    name:")  # mended, but what is staged is not
    refused = git(repository, "commit", "-m", "ba")
    assert refused.returncode == 1
    assert f"{BODIES}:5:5: lỗi M-KEY" in refused.stderr and "commit bị chặn" in refused.stderr
    (repository / BODIES).write_text((repository / BODIES).read_text("utf-8") + "# xong\n", encoding="utf-8")
    assert git(repository, "commit", "-am", "ba").returncode == 0
    assert git(repository, "log", "--format=%s").stdout.split() == ["ba", "hai", "một"]


def test_the_hook_says_so_where_the_tool_is_gone(repository: Path) -> None:
    assert run(["init", FOLDER, "--hook", "--lang", "en"]) == 0
    hook = repository / ".git" / "hooks" / "pre-commit"
    script = hook.read_text(encoding="utf-8").replace(quoted(Path(sys.executable).as_posix()), "'gone'")
    hook.write_text(script.replace("command -v kientruc", "false"), encoding="utf-8")
    git(repository, "add", "-A")
    refused = git(repository, "commit", "-m", "một")
    assert refused.returncode == 1 and "the tool is not found" in refused.stderr
    assert b"\r" not in hook.read_bytes()


def test_a_hook_that_is_there_stays_and_so_does_a_pipeline(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n", encoding="utf-8")
    (repository / ".gitlab-ci.yml").write_text("test: {}\n", encoding="utf-8")
    assert run(["init", FOLDER, "--hook", "--ci", "gitlab"]) == 2
    assert not (repository / ".gitlab").exists() and hook.read_text(encoding="utf-8") == "#!/bin/sh\n"
    capsys.readouterr()
    assert run(["init", FOLDER, "--ci", "gitlab"]) == 0
    assert "include: [{local: .gitlab/kientruc.yml}]" in capsys.readouterr().out
    assert (repository / ".gitlab-ci.yml").read_text(encoding="utf-8") == "test: {}\n"


def test_without_a_repository_no_hook_and_no_architecture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert run(["init", "thu", "--hook", "--cut-off", "2026-11-20"]) == 2
    assert "git init" in capsys.readouterr().err
    assert run(["init", "thu", "--ci", "svn", "--cut-off", "2026-11-20"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_a_forge_would_take_for_a_command_is_refused(repository: Path) -> None:
    assert run(["init", "a${{ github.token }}", "--ci", "github", "--cut-off", "2026-11-20"]) == 2
    assert [path.name for path in repository.iterdir() if path.name != ".git"] == [FOLDER]


REAL = f'exec "{sys.executable}" -m kientruc "$@"'
PLAYED = """\
printf '%s\\n' "$*" >> "$PLAYED"
while [ $# -gt 1 ]; do [ "$1" = --to ] && { echo "$KIENTRUC_FILE" > "$2"; exit 0; }; shift; done
exit "$ENDS"
"""


def tools(folder: Path, log: Path, kientruc: str) -> Path:
    """Make programs that stand for those of the runner: the tool, and a curl that only notes what it is told."""
    folder.mkdir()
    (folder / "kientruc").write_text(f"#!/bin/sh\n{kientruc}\n", encoding="utf-8")
    (folder / "curl").write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{log}'\n", encoding="utf-8")
    for program in folder.iterdir():
        program.chmod(0o755)
    return folder


def bash(script: str, folder: Path, programs: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the runner does: `bash -e -o pipefail`."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{programs}:{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def two_commits(repository: Path) -> str:
    """Commit the architecture, change it, commit it again; give the first commit."""
    git(repository, "add", "-A")
    git(repository, "commit", "-m", "một")
    spoil(repository, "name: Cơ quan chủ quản (điền tên)", "name: Ủy ban nhân dân tỉnh Mẫu")
    git(repository, "commit", "-am", "hai")
    return git(repository, "rev-parse", "HEAD~1").stdout.strip()


def test_the_workflow_of_github_writes_findings_and_differences_to_the_summary(
    repository: Path, tmp_path: Path
) -> None:
    assert run(["init", FOLDER, "--ci", "github"]) == 0
    workflow: dict[str, Any] = yaml.safe_load((repository / ".github/workflows/kientruc.yml").read_text("utf-8"))
    job = workflow["jobs"]["check"]
    assert workflow["permissions"] == {"contents": "read"}
    uses = [step["uses"] for step in job["steps"] if "uses" in step]
    assert all(len(one.rpartition("@")[2]) == 40 for one in uses) and len(uses) == 1
    given = {name: value for name, value in job["env"].items() if "${{" not in value}
    assert given["KIENTRUC_FILE"] == f"{FOLDER}/architecture.yaml"
    base, summary = two_commits(repository), tmp_path / "tóm tắt"
    programs = tools(tmp_path / "bin", tmp_path / "curl.log", REAL)
    runner = {"KIENTRUC_BASE": base, "KIENTRUC_RESULTS": str(tmp_path / "kết quả"), "GITHUB_STEP_SUMMARY": str(summary)}
    step = next(step["run"] for step in job["steps"] if step.get("name") == "check")
    done = bash(step, repository, programs, **given, **runner)
    assert done.returncode == 0, done.stderr
    told = summary.read_text(encoding="utf-8")
    assert "<!-- kientruc check -->" in told and "Q1425-CT-02" in told
    assert "<!-- kientruc diff -->" in told and "Ủy ban nhân dân tỉnh Mẫu" in told
    played = tools(tmp_path / "bin2", tmp_path / "curl.log", PLAYED)
    first = {**runner, "KIENTRUC_BASE": "0" * 40, "PLAYED": str(tmp_path / "played"), "ENDS": "1"}  # of a new branch
    assert bash(step, repository, played, **given, **first).returncode == 1
    asked = (tmp_path / "played").read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in asked] == ["check", "check"]
    assert summary.read_text(encoding="utf-8") == f"{told}{given['KIENTRUC_FILE']}\n"


def test_the_pipeline_of_gitlab_leaves_a_report_and_posts_the_note(repository: Path, tmp_path: Path) -> None:
    assert run(["init", FOLDER, "--ci", "gitlab"]) == 0
    included = yaml.safe_load((repository / ".gitlab-ci.yml").read_text("utf-8"))
    assert included == {"include": [{"local": ".gitlab/kientruc.yml"}]}
    job: dict[str, Any] = yaml.safe_load((repository / ".gitlab/kientruc.yml").read_text("utf-8"))["kientruc"]
    variables = job["variables"]
    assert variables["KIENTRUC_FILE"] == {"value": f"{FOLDER}/architecture.yaml", "expand": False}
    given = {name: value["value"] if isinstance(value, dict) else value for name, value in variables.items()}
    log, played = tmp_path / "curl.log", tmp_path / "played"
    programs, base = tools(tmp_path / "bin", log, PLAYED), two_commits(repository)
    (script,) = job["script"]
    runner = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_MERGE_REQUEST_IID": "7", "CI_PROJECT_ID": "3"}
    runner |= {"CI_API_V4_URL": "https://x.invalid/api/v4", "PLAYED": str(played)}
    done = bash(script, repository, programs, **given, **runner, ENDS="0")
    assert (done.returncode, log.exists()) == (0, False), done.stderr
    asked = played.read_text(encoding="utf-8").splitlines()
    file, results = given["KIENTRUC_FILE"], "kientruc-results"
    assert asked == [
        f"check {file} --fail-on must",
        f"check {file} --fail-on never --format md --to {results}/check.md",
        f"diff {base} {file} --format md --to {results}/diff.md",
        f"check {file} --fail-on never --format junit --to {results}/check.xml",
    ]
    assert job["artifacts"]["paths"] == [f"{results}/"]
    assert job["artifacts"]["reports"]["junit"] == f"{results}/check.xml"
    assert (repository / results / "note.md").read_text(encoding="utf-8") == f"{file}\n{file}\n"
    failed = bash(script, repository, programs, **given, **runner, ENDS="3", KIENTRUC_NOTE_TOKEN="s")
    assert failed.returncode == 3
    posted = log.read_text(encoding="utf-8")
    assert "https://x.invalid/api/v4/projects/3/merge_requests/7/notes" in posted
    assert f"body@{results}/note.md" in posted


def test_both_install_from_a_name_a_wheel_or_a_folder_of_wheels(repository: Path, tmp_path: Path) -> None:
    assert run(["init", FOLDER, "--ci", "github"]) == 0
    workflow: dict[str, Any] = yaml.safe_load((repository / ".github/workflows/kientruc.yml").read_text("utf-8"))
    step = next(step["run"] for step in workflow["jobs"]["check"]["steps"] if step.get("name") == "install")
    log, programs = tmp_path / "pip.log", tmp_path / "bin"
    programs.mkdir()
    pip = f"#!/bin/sh\nprintf '%s ' \"$@\" >> '{log}'\n"
    make = '#!/bin/sh\nmkdir -p "$3/bin"\ncp "$0.pip" "$3/bin/python"\nchmod 755 "$3/bin/python"\n'
    (programs / "python3").write_text(make, encoding="utf-8")
    (programs / "python3.pip").write_text(pip, encoding="utf-8")
    (programs / "python3").chmod(0o755)
    (tmp_path / "bánh xe").mkdir()
    runner = {"KIENTRUC_VENV": str(tmp_path / "venv"), "GITHUB_PATH": str(tmp_path / "path")}
    for what, asked in (
        ("kientruc", "-m pip install --quiet kientruc "),
        ("./kientruc-1.0-py3-none-any.whl", "-m pip install --quiet ./kientruc-1.0-py3-none-any.whl "),
        ("../bánh xe", "-m pip install --quiet --no-index -f ../bánh xe kientruc "),
    ):
        log.write_text("", encoding="utf-8")
        done = bash(step, repository, programs, KIENTRUC_INSTALL=what, **runner)
        assert (done.returncode, log.read_text(encoding="utf-8")) == (0, asked), done.stderr
    assert (tmp_path / "path").read_text(encoding="utf-8").splitlines()[0] == f"{tmp_path / 'venv'}/bin"


def test_the_action_of_this_repository_runs_what_the_workflow_runs() -> None:
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    plan = api.automation(ROOT, False, ["github"])
    ((_, files),) = plan.files.items()
    ((_, words),) = files.items()
    steps: list[dict[str, Any]] = yaml.safe_load(words)["jobs"]["check"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == [step["run"] for step in action["runs"]["steps"]]
    assert [step["shell"] for step in action["runs"]["steps"]] == ["bash", "bash"]


def test_the_hook_of_the_pre_commit_framework_names_a_command_that_is_there(repository: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    program, *words = hook["entry"].split()
    assert (program, run([*words, f"{FOLDER}/architecture.yaml"])) == ("kientruc", 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_templates_is_in_the_language_asked_for(lang: str, repository: Path) -> None:
    assert run(["init", FOLDER, "--ci", "github", "--ci", "gitlab", "--hook", "--lang", lang]) == 0
    for path in (".github/workflows/kientruc.yml", ".gitlab/kientruc.yml"):
        assert f"KIENTRUC_LANG: {lang}" in (repository / path).read_text("utf-8")
    assert f"KIENTRUC_LANG={lang}" in (repository / ".git/hooks/pre-commit").read_text("utf-8")
