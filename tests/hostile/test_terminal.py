"""Escapes on the way to a terminal, row 43: what a finding shows of a file cannot steer the terminal that prints it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kientruc.reading.characters import FORBIDDEN

NAMES = ("A\x1b[31m", "A\x9b31m", "A\x1b]8;;http://x\x07B", "A\u202eB", "A\x08\x08B", '"\\e[31m"', "A\u2066B")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_row_43_no_control_character_reaches_the_terminal(tmp_path: Path, name: str, lang: str) -> None:
    bare = name.strip('"')
    text = f'format: kientruc/1\ngoals: {{g: {{name: {name}, {bare}: 1}}}}\ninclude: ["{bare}"]\n'
    (tmp_path / "a.yaml").write_bytes(text.encode())
    done = subprocess.run(
        [sys.executable, "-m", "kientruc", "check", str(tmp_path / "a.yaml"), "--lang", lang],
        capture_output=True,
        cwd=Path(__file__).parent.parent.parent,
    )
    out = (done.stdout + done.stderr).decode()
    assert done.returncode in (1, 3)
    assert "Y-CHAR" in out and "Traceback" not in out
    assert FORBIDDEN.search(out) is None
