"""Each defect of loading has its smallest input in tests/cases/; it is told once, at its place, with a near name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kientruc.finding import Finding
from kientruc.loading import load
from kientruc.messages import keys
from tests.conftest import HEAD

CASES = Path(__file__).parent.parent / "cases"
# Codes that no single text can bring about: each has its test among the includes, files and budgets.
ELSEWHERE = {"I-", "M-COUNT", "Y-ENC", "Y-NODES", "Y-SIZE"}


def spelt(finding: Finding) -> str:
    """Spell a finding as the cases do."""
    near = f" near={finding.values['near']}" if finding.values.get("near") else ""
    return f"{finding.span} {finding.code}{near}{' refused' if finding.refused else ''}"


def cases() -> list[str]:
    return sorted(path.stem for path in CASES.glob("*.yaml"))


@pytest.mark.parametrize("name", cases())
def test_case(name: str, tmp_path: Path) -> None:
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    purpose, expects = (line.partition(": ") for line in text.split("\n")[:2])
    assert (purpose[0], expects[0]) == ("# purpose", "# expects")
    (tmp_path / "root.yaml").write_text(HEAD, encoding="utf-8")
    shutil.copy(CASES / f"{name}.yaml", tmp_path / expects[2].partition(":")[0])  # the root itself, or included by it
    loaded = load(tmp_path / "root.yaml")
    assert [spelt(finding) for finding in loaded.findings] == [expects[2]]
    assert name.startswith(loaded.findings[0].code)
    assert (loaded.architecture is None) == (loaded.findings[0].severity.value == "blocker")


def test_every_code_has_a_case() -> None:
    codes = {key.removeprefix("finding.") for key in keys("vi") if re.match(r"finding\.[IMTY]-", key)}
    missing = {code for code in codes if not any(name.startswith(code) for name in cases())}
    assert {code for code in missing if not code.startswith(tuple(ELSEWHERE))} == set()
