"""Loads what a stranger sends in a process of its own, and weighs what that cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import HEAD

CHILD = """
import json, sys
from pathlib import Path
from kientruc.loading import load
loaded = load(Path(sys.argv[1]))
told = [(f.code, f.span.path, f.span.line, f.span.column) for f in loaded.findings]
print(json.dumps([told, loaded.refused, loaded.architecture is not None, loaded.more]))
"""
CPU_SECONDS, MEGABYTES = 2.0, 300.0
START_SECONDS = 1.0  # Python and its imports, on a slow machine; not the input's doing


@dataclass(frozen=True)
class Told:
    """What the child said."""

    findings: list[tuple[str, str, int, int]]
    refused: bool
    made: bool
    more: int

    @property
    def places(self) -> list[str]:
        """Each finding as `CODE file:line:column`."""
        return [f"{code} {path}:{line}:{column}" for code, path, line, column in self.findings]


Send = Callable[..., Told]


@pytest.fixture
def send(tmp_path: Path) -> Send:
    """Give a function that loads a text as a file included by a usual root (or a folder's root), within the budgets."""

    def load_it(text: str | bytes | None = None, root: str = HEAD) -> Told:
        if text is not None:
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / "a.yaml").write_bytes(data)
            (tmp_path / "root.yaml").write_text(root, encoding="utf-8")
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path / "root.yaml")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        )
        assert child.stdout and child.stderr
        with child.stdout, child.stderr:
            out, err = child.stdout.read(), child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert (child.returncode, err) == (0, b"")
        assert usage.ru_utime + usage.ru_stime < CPU_SECONDS + START_SECONDS
        assert usage.ru_maxrss / 1024 < MEGABYTES
        findings, refused, made, more = json.loads(out)
        return Told([tuple(finding) for finding in findings], refused, made, more)

    return load_it
