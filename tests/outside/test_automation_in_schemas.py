"""Workflow, action, pipeline and manifest of hooks against other people's schemas, and pre-commit's own reader."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kientruc.cli import run

pytestmark = pytest.mark.outside
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install other people's readers, whose schemas lie in their packages: no network is asked when they run."""
    folder = tmp_path_factory.mktemp("readers")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    found = folder / ("Scripts" if os.name == "nt" else "bin")
    wanted = ("check-jsonschema==0.39.0", "pre-commit==4.6.2")
    subprocess.run([found / "python", "-m", "pip", "install", "--quiet", *wanted], check=True, timeout=300)
    return found


def reads(programs: Path, schema: str, path: Path) -> bool:
    words: list[str | Path] = [programs / "check-jsonschema", "--builtin-schema", f"vendor.{schema}"]
    words += ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    return subprocess.run([*words, path], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("schema", "file", "old", "new"),
    [
        ("github-workflows", ".github/workflows/kientruc.yml", "runs-on:", "runs-of:"),
        ("github-actions", "action.yml", "using:", "used:"),
        ("gitlab-ci", ".gitlab/kientruc.yml", "when: always", "when: sometimes"),
        ("gitlab-ci", ".gitlab-ci.yml", "local:", "locale:"),
    ],
)
def test_what_is_written_follows_the_schema_and_a_spoiled_one_does_not(
    schema: str,
    file: str,
    old: str,
    new: str,
    programs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--cut-off", "2026-11-20", "--ci", "github", "--ci", "gitlab"]) == 0
    words = (ROOT if file == "action.yml" else tmp_path).joinpath(file).read_text(encoding="utf-8")
    right, spoiled = tmp_path / "right.yml", tmp_path / "spoiled.yml"
    right.write_text(words, encoding="utf-8")
    assert old in words
    spoiled.write_text(words.replace(old, new), encoding="utf-8")
    assert (reads(programs, schema, right), reads(programs, schema, spoiled)) == (True, False)


def test_the_manifest_of_the_pre_commit_framework_is_read_by_it(programs: Path) -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    assert subprocess.run([programs / "pre-commit", "validate-manifest", manifest], check=False).returncode == 0
