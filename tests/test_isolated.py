"""One task, one child: whatever it does, it ends within its budget, changes nothing, and the next one runs."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from kientruc.api.isolated import Isolated, Reply, run_all
from kientruc.api.isolated_worker import Budget, End
from kientruc.reading.limits import MIB

TARGET = "tests.isolated_targets:make"
SMALL = Budget(memory=1024 * MIB, cpu=2, seconds=4.0, result=1 * MIB)
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither these bounds nor these signals")


def test_a_task_gets_what_was_set_up_and_gives_bytes() -> None:
    with Isolated(TARGET, b"setup ") as worker:
        assert worker.run(b"echo \xff\x00") == Reply(End.DONE, b"setup echo \xff\x00")
        assert worker.run(b"print") == Reply(End.DONE, b"printed")  # what a child prints reaches nobody


@posix
def test_each_way_to_die_is_told_and_the_same_worker_goes_on() -> None:
    with Isolated(TARGET, b"", SMALL) as worker:
        worker.run(b"echo")
        process = worker.process
        assert worker.run(b"hog") == Reply(End.MEMORY)
        assert worker.run(b"fault") == Reply(End.ERROR, b"", "ZeroDivisionError")
        assert worker.run(b"large") == Reply(End.LARGE)
        assert worker.run(b"die") == Reply(End.CRASH, b"", "SIGKILL")
        assert worker.run(b"spin") == Reply(End.TIME)
        assert worker.run(b"echo") == Reply(End.DONE, b"echo")
        assert worker.process is process


@posix
def test_a_child_connects_to_nobody_starts_nothing_and_changes_no_file(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("kept")
    new = tmp_path / "new"
    with Isolated(TARGET, b"", SMALL) as worker:
        for task in (b"connect", b"program", b"kill", b"write %s" % os.fsencode(new), b"remove %s" % os.fsencode(kept)):
            assert worker.run(task) == Reply(End.ERROR, b"", "Guarded")
    assert not new.exists() and kept.read_text() == "kept"


@posix
def test_one_that_never_ends_holds_up_the_others_for_its_budget_at_most() -> None:
    budget = Budget(memory=1024 * MIB, cpu=60, seconds=2.0, result=1 * MIB)
    start = time.monotonic()
    replies = list(run_all(TARGET, b"", [b"sleep", b"echo 1", b"echo 2", b"spin", b"echo 3"], 2, budget))
    assert replies == [
        Reply(End.TIME),
        Reply(End.DONE, b"echo 1"),
        Reply(End.DONE, b"echo 2"),
        Reply(End.TIME),
        Reply(End.DONE, b"echo 3"),
    ]
    assert time.monotonic() - start < 20


def test_a_worker_takes_no_module_from_the_folder_the_command_is_run_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("resource", "json", "kientruc", "select", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("import pathlib\npathlib.Path('ran').write_text('x')\n")
    monkeypatch.chdir(tmp_path)
    with Isolated(TARGET) as worker:
        assert worker.run(b"echo 1") == Reply(End.DONE, b"echo 1")
    assert not (tmp_path / "ran").exists()


def test_a_target_that_is_not_there_is_told() -> None:
    with Isolated("tests.isolated_targets:nothing") as worker:
        assert worker.run(b"echo") == Reply(End.START)
