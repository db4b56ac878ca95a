"""What a child is made to do in the tests of isolation."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def make(setup: bytes) -> Callable[[bytes], bytes]:
    """Give a task that does what it is called."""
    return lambda task: DOES[task.split(b" ")[0].decode()](setup, task)


def _hog(setup: bytes, task: bytes) -> bytes:
    return b"".join(bytes(64 * 1024 * 1024) for _ in range(1_000))


def _spin(setup: bytes, task: bytes) -> bytes:
    while True:
        pass


def _sleep(setup: bytes, task: bytes) -> bytes:
    time.sleep(600)
    return b""


def _kill(setup: bytes, task: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def _die(setup: bytes, task: bytes) -> bytes:
    signal.raise_signal(signal.SIGKILL)
    return b""


def _connect(setup: bytes, task: bytes) -> bytes:
    with socket.socket() as one:
        one.connect(("127.0.0.1", 9))
    return b""


def _program(setup: bytes, task: bytes) -> bytes:
    return subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True, check=True).stdout


def _write(setup: bytes, task: bytes) -> bytes:
    Path(task.split(b" ", 1)[1].decode()).write_text("x")
    return b""


def _remove(setup: bytes, task: bytes) -> bytes:
    Path(task.split(b" ", 1)[1].decode()).unlink()
    return b""


def _print(setup: bytes, task: bytes) -> bytes:
    print("d" + "\0" * 100, flush=True)
    os.write(1, b"d" * 100)
    return b"printed"


DOES: dict[str, Callable[[bytes, bytes], bytes]] = {
    "echo": lambda setup, task: setup + task,
    "large": lambda setup, task: bytes(3_000_000),
    "fault": lambda setup, task: b"%d" % (1 // 0),
    **{"hog": _hog, "spin": _spin, "sleep": _sleep, "kill": _kill, "die": _die, "connect": _connect},
    **{"program": _program, "write": _write, "remove": _remove, "print": _print},
}
