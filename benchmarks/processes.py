"""Whole child processes, measured: CPU seconds and the largest resident memory, as the system counts them.

Memory is counted from the moment of the fork on, so a small parent is part of the measurement: nothing heavy may be
imported here or in `__main__`, and the generator runs in a child of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
_SCRIPT = Path(PYTHON).with_name("kientruc")
KIENTRUC = (str(_SCRIPT),) if _SCRIPT.exists() else (PYTHON, "-m", "kientruc")
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KIENTRUC"))}


@dataclass(frozen=True, slots=True)
class Run:
    """One run: CPU seconds, mebibytes, what it printed; `problem` is "" if it ended as it may."""

    seconds: float
    memory: float
    printed: str
    problem: str


def run(command: Sequence[str], may_exit: Sequence[int] = (0,)) -> Run:
    """Run a command to its end, in the project's folder, without any Python setting of the caller's."""
    with subprocess.Popen(
        command, cwd=HERE, env=_ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as child:
        assert child.stdout is not None
        printed = child.stdout.read().decode("utf-8", "replace")
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    problem = ""
    if child.returncode not in may_exit:
        last = printed.strip().splitlines()[-1:] or [""]
        problem = f"exit {child.returncode}: {last[0][:100]}"
    scale = 1024 if sys.platform == "darwin" else 1
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale / 1024, printed, problem)
