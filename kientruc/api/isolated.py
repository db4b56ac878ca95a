"""One input of a stranger in one process of its own: bounded in memory, time and size, without network or files."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, NamedTuple

import kientruc
from kientruc.api.isolated_worker import FRAME, POSIX, USUAL, Budget, End, read_exactly

GRACE = 10.0  # seconds the worker has to end a child by itself, and to get ready, before it is killed as a whole
START = 60.0  # seconds a worker may take to be ready
COMMAND = (  # never the folder the command is run in: what lies there was sent by strangers
    "import sys; sys.path.append({home!r}); from kientruc.api.isolated_worker import serve; serve({target!r})"
)


class Reply(NamedTuple):
    """How one task ended, and the bytes it gave; without any where it did not end well. `detail` is a code or name."""

    end: End
    data: bytes = b""
    detail: str = ""


class Isolated:
    """A worker that has read nothing of strangers, and forks a child for each task; where there is no fork, it is used
    once and another is started.

    The bytes a task gives were made from hostile input: whoever takes them must read them as such.
    """

    def __init__(self, target: str, setup: bytes = b"", budget: Budget = USUAL) -> None:
        """Prepare; nothing is started yet.

        Args:
            target: `module:function` of ours. It is called once with the setup, and gives what is called with a task:
                bytes in, bytes out.
            setup: of the reviewer, never of a submission.
        """
        self.target, self.setup, self.budget = target, setup, budget
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, task: bytes) -> Reply:
        """Run one task; whatever becomes of it, the next finds a worker."""
        process = self._started()
        if process is None:
            return Reply(End.START)
        reply = None
        with _killed_after(process, self.budget.seconds + GRACE) as late, contextlib.suppress(OSError, ValueError):
            reply = self._asked(process, task)
        if reply is None or not POSIX:
            self.close()
        if reply is not None:
            return reply
        return Reply(End.TIME) if late.is_set() else Reply(End.CRASH)

    def close(self) -> None:
        """End the worker."""
        if self.process is not None:
            _kill(self.process)
            self.process = None

    def _started(self) -> subprocess.Popen[bytes] | None:
        if self.process is not None and self.process.poll() is None:
            return self.process
        self.close()
        home = str(Path(kientruc.__file__).parent.parent)
        command = COMMAND.format(home=home, target=self.target)
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        ready = False
        with _killed_after(process, START), contextlib.suppress(OSError, ValueError):
            _send(process, self.budget.packed())
            _send(process, self.setup)
            ready = read_exactly(_stdout(process), 1) == b"+"
        if not ready:
            _kill(process)
            return None
        self.process = process
        return process

    def _asked(self, process: subprocess.Popen[bytes], task: bytes) -> Reply | None:
        _send(process, task)
        head = read_exactly(_stdout(process), 1 + FRAME.size)
        if head is None:
            return None
        end, (size,) = End(head[:1].decode("ascii")), FRAME.unpack(head[1:])
        if size > self.budget.result:
            return None
        data = read_exactly(_stdout(process), size)
        if data is None:
            return None
        return Reply(end, data) if end is End.DONE else Reply(end, b"", data[:200].decode("ascii", "replace"))

    def __enter__(self) -> Isolated:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the worker."""
        self.close()


def run_all(
    target: str, setup: bytes, tasks: Sequence[bytes], workers: int = 0, budget: Budget = USUAL
) -> Iterator[Reply]:
    """Run tasks side by side, each in a child of its own, and give their replies in the order of the tasks.

    Args:
        workers: 0 for as many as there are processors.
    """
    count = max(1, min(workers or os.cpu_count() or 1, len(tasks)))
    idle = [Isolated(target, setup, budget) for _ in range(count)]
    every = tuple(idle)

    def one(task: bytes) -> Reply:
        worker = idle.pop()  # there are as many as threads
        try:
            return worker.run(task)
        finally:
            idle.append(worker)

    with ThreadPoolExecutor(count) as pool:
        try:
            yield from pool.map(one, tasks)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            _close(every)


def _close(workers: Iterable[Isolated]) -> None:
    for worker in workers:
        worker.close()


def _send(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(FRAME.pack(len(data)) + data)
    process.stdin.flush()


def _stdout(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout is not None
    return process.stdout


class _killed_after:
    """Kills a process, and what it forked, if the block lasts longer; a read from it then ends."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.process, self.late = process, threading.Event()
        self.timer = threading.Timer(seconds, self._end)

    def _end(self) -> None:
        self.late.set()
        _kill(self.process)

    def __enter__(self) -> threading.Event:
        self.timer.start()
        return self.late

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    process.wait()
