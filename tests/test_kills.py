"""kill -9 at seeded moments of what writes: outputs are the previous or the new, and the next run makes them the new.

`KIENTRUC_KILLS=200 pytest tests/test_kills.py` kills more often; a few in `make thorough`, and so in CI.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COUNT = int(os.environ.get("KIENTRUC_KILLS", "21"))


@pytest.mark.thorough
def test_whenever_it_is_killed_outputs_are_the_previous_or_the_new(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "tests.killing", str(tmp_path), str(COUNT), "20260701"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (found.returncode, found.stderr) == (0, "")
    *faults, told = found.stdout.splitlines()
    assert faults == []
    killed, runs = map(int, told.split())
    assert runs == COUNT and killed >= COUNT // 2  # the others ended before their moment came
