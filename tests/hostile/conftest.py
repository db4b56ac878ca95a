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
import json, re, resource, sys, time
from pathlib import Path
from kientruc.loading import load
start = time.process_time()
loaded = load(Path(sys.argv[1]))
seconds = time.process_time() - start
kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if Path("/proc/self/status").exists():  # what the parent weighed before it forked is no fault of the child
    kilobytes = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
told = [(f.code, f.span.path, f.span.line, f.span.column) for f in loaded.findings]
print(json.dumps([told, loaded.refused, loaded.architecture is not None, loaded.more, seconds, kilobytes / 1024]))
"""
CPU_SECONDS, MEGABYTES = 2.0, 300.0


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
        child = subprocess.run(
            [sys.executable, "-c", CHILD, str(tmp_path / "root.yaml")],
            capture_output=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        )
        assert (child.returncode, child.stderr) == (0, b"")
        findings, refused, made, more, cpu, memory = json.loads(child.stdout)
        assert cpu < CPU_SECONDS
        assert memory < MEGABYTES
        return Told([tuple(finding) for finding in findings], refused, made, more)

    return load_it
