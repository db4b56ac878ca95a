"""The other end of `isolated`: a warm process that forks one child for each task and gives back what it wrote."""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType
from typing import IO

from kientruc.reading.limits import MIB

POSIX = os.name == "posix"
FRAME = struct.Struct(">Q")  # the length of what follows
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_ERROR, _MEMORY = 70, 71  # how a child ends
REFUSED = (  # what no reading, checking or writing of a submission ever does
    *("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile"),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"),
    *("os.chown", "os.kill", "os.putenv", "os.chdir", "shutil.", "pty.", "ftplib.", "urllib.", "http.", "smtplib."),
    *("webbrowser.", "winreg.", "syslog."),
)

Task = Callable[[bytes], bytes]


class End(StrEnum):
    """How a task ended."""

    DONE = "d"
    ERROR = "e"  # the tool failed; the detail is the name of the exception
    MEMORY = "m"
    TIME = "t"
    CRASH = "c"  # the process died; the detail is the signal
    LARGE = "l"  # the result was larger than a result may be
    START = "s"  # there was no worker to run it


@dataclass(frozen=True, slots=True)
class Budget:
    """What one task may take: bytes of address space, seconds of processor and of the clock, bytes of its result."""

    memory: int = 2048 * MIB
    cpu: int = 120
    seconds: float = 180.0
    result: int = 64 * MIB

    def packed(self) -> bytes:
        """Give it as bytes."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Budget:
        """Read what `packed` gave."""
        return cls(**json.loads(data))


USUAL = Budget()


def serve(target: str) -> None:
    """Take tasks from standard input until it ends.

    Args:
        target: `module:function`; see `isolated.Isolated`.
    """
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    budget_bytes, setup = _received(source), _received(source)
    if budget_bytes is None or setup is None:
        return
    budget = Budget.unpacked(budget_bytes)
    module, _, name = target.partition(":")
    run: Task = getattr(import_module(module), name)(setup)
    sink.write(b"+")
    sink.flush()
    while (task := _received(source)) is not None:
        end, data = _forked(run, task, budget) if POSIX else _here(run, task, budget)
        sink.write(end.value.encode() + FRAME.pack(len(data)) + data)
        sink.flush()


def read_exactly(stream: IO[bytes], size: int) -> bytes | None:
    """Read so many bytes; None where the stream ends before."""
    parts, left = [], size
    while left:
        part = stream.read(min(left, MIB))
        if not part:
            return None
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _received(source: IO[bytes]) -> bytes | None:
    head = read_exactly(source, FRAME.size)
    return None if head is None else read_exactly(source, FRAME.unpack(head)[0])


def _here(run: Task, task: bytes, budget: Budget) -> tuple[End, bytes]:
    """Run a task in this process, which ends after it."""
    guard()
    try:
        data = run(task)
    except MemoryError:
        return End.MEMORY, b""
    except Exception as error:
        return End.ERROR, type(error).__name__.encode("ascii", "replace")
    return (End.DONE, data) if len(data) <= budget.result else (End.LARGE, b"")


def _forked(run: Task, task: bytes, budget: Budget) -> tuple[End, bytes]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _in_child(run, task, budget, writer)
    os.close(writer)
    try:
        data, end = _collected(reader, budget)
    finally:
        os.close(reader)
        _kill_group(child)
        _, status = os.waitpid(child, 0)
    if end is not End.DONE:
        return end, b""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return (End.TIME, b"") if number == signal.SIGXCPU else (End.CRASH, signal.Signals(number).name.encode())
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return End.DONE, data
    return (End.MEMORY, b"") if code == _MEMORY else (End.ERROR, data[:100])


def _collected(reader: int, budget: Budget) -> tuple[bytes, End]:
    """Read what a child writes until it ends, writes too much, or takes too long."""
    import select

    until = time.monotonic() + budget.seconds
    parts: list[bytes] = []
    size = 0
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            return b"", End.TIME
        part = os.read(reader, MIB)
        if not part:
            return b"".join(parts), End.DONE
        parts.append(part)
        size += len(part)
        if size > budget.result:
            return b"", End.LARGE


def _kill_group(child: int) -> None:
    """Kill a child with all it started. One that has given everything is ending already, and its status stays."""
    for kill in (os.killpg, os.kill):
        try:
            kill(child, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):  # not yet the head of a group, or gone
            continue


def _in_child(run: Task, task: bytes, budget: Budget, writer: int) -> None:
    """Run a task and end the process."""
    code = _ERROR
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        _limit(budget)
        guard()
        _write(writer, run(task))
        code = 0
    except MemoryError:
        code = _MEMORY
    except BaseException as error:
        _write(writer, type(error).__name__.encode("ascii", "replace"))
    finally:
        os._exit(code)


def _write(writer: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(writer, view) :]


def _limit(budget: Budget) -> None:
    """Set the bounds of the operating system: address space, processor time, no file written, no core left."""
    import resource

    bounds: Mapping[int, tuple[int, int]] = MappingProxyType(
        {
            resource.RLIMIT_AS: (budget.memory, budget.memory),
            resource.RLIMIT_CPU: (budget.cpu, budget.cpu + 5),
            resource.RLIMIT_FSIZE: (0, 0),
            resource.RLIMIT_CORE: (0, 0),
        }
    )
    signal.setitimer(signal.ITIMER_REAL, budget.seconds + 5)  # where nobody is left to end it
    for kind, (soft, hard) in bounds.items():
        _, most = resource.getrlimit(kind)
        fits = hard if most == resource.RLIM_INFINITY else min(hard, most)
        resource.setrlimit(kind, (min(soft, fits), fits))


class Guarded(RuntimeError):
    """Something was tried that no work on a submission needs."""


def guard() -> None:
    """Refuse, from now on and for good, connections, other programs, and every change of a file."""
    sys.dont_write_bytecode = True

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            if isinstance(arguments[2], int) and arguments[2] & WRITING and arguments[0] != os.devnull:
                raise Guarded(event)
        elif event.startswith(REFUSED):
            raise Guarded(event)

    sys.addaudithook(refuse)
