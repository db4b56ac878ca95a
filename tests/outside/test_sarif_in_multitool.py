"""Our SARIF against the standard's schema and the rules of another maker's validator: Microsoft's SARIF Multitool."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kientruc import api
from kientruc.renderers import sarif
from kientruc.views.outcomes import Results
from tests.renderers.conftest import HOSTILE, SMALL, checked, of, told

pytestmark = pytest.mark.outside


@pytest.fixture(scope="session")
def multitool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("multitool")
    npm = shutil.which("npm")
    assert npm, "Node and npm are needed for this test"
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "@microsoft/sarif-multitool@5"],
        cwd=folder,
        check=True,
        timeout=300,
    )
    name = "Sarif.Multitool.exe" if os.name == "nt" else "Sarif.Multitool"
    program = next(folder.rglob(name))
    program.chmod(0o755)
    return program


def validate(multitool: Path, folder: Path) -> dict[str, set[str]]:
    """Give the rules that each file breaks; the tool exits with 0 and says "successfully" in any case."""
    subprocess.run(
        [multitool, "validate", "*.sarif", "--output", "found.json", "--log", "ForceOverwrite"],
        cwd=folder,
        check=False,
        capture_output=True,
        timeout=120,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    rules: dict[str, set[str]] = {path.stem: set() for path in folder.glob("*.sarif")}
    for run in json.loads((folder / "found.json").read_text(encoding="utf-8-sig"))["runs"]:
        for one in run["results"]:
            uri = one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            rules[Path(uri).stem].add(one["ruleId"])
    return rules


def fixable() -> Results:
    """Findings that say how they are mended."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "architecture.yaml"
        root.write_text(SMALL.replace("application", "aplication").replace("name:", "nmae:", 1), encoding="utf-8")
        loaded = api.with_fixes(root, api.load(root))
    assert any(one.fix for one in loaded.findings)
    return told(loaded, *api.check_all(loaded))


def some() -> dict[str, Results]:
    loaded, report = checked(SMALL)
    return {
        "fixable": fixable(),
        "small": of(SMALL, base="thư mục/"),
        "english": of(SMALL, lang="en"),
        "hostile": of(HOSTILE),
        "loading": of("format: kientruc/1\na: 1\na: 2\n"),
        "two": told(loaded, report, report),
    }


def test_it_follows_the_schema_and_breaks_no_rule_and_a_spoiled_one_does(multitool: Path, tmp_path: Path) -> None:
    schema: dict[str, Any] = json.loads(multitool.with_name("sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name, results in some().items():
        for alerts in (False, True):
            text = sarif.render(results, alerts)
            assert [error.message for error in checker.iter_errors(json.loads(text))] == []
            (tmp_path / f"{name}-{alerts}.sarif").write_text(text, encoding="utf-8")
    spoiled = json.loads(sarif.render(some()["small"]))
    spoiled["runs"][0]["results"][0]["ruleIndex"] = 999
    (tmp_path / "spoiled.sarif").write_text(json.dumps(spoiled), encoding="utf-8")
    found = validate(multitool, tmp_path)
    assert "SARIF1009" in found.pop("spoiled")
    assert len(found) == 2 * len(some())
    assert set().union(*found.values()) == {"SARIF2005"}  # the tool has no page of its own yet
