"""Watches what this process does with a stranger's file: no network, no program, no write outside one folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NEVER = ("socket.", "subprocess.", "urllib.", "http.", "ftplib.", "smtplib.")
_PROGRAMS = frozenset(("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn"))
_CHANGES = frozenset(
    ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown")
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Watch:
    """What was seen since it began: paths that were opened, and deeds that must not be."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder.resolve() if folder else None
        self.opened: list[str] = []
        self.deeds: list[str] = []

    def see(self, event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_NEVER) or event in _PROGRAMS:
            self.deeds.append(f"{event} {arguments!r}"[:200])
        elif event == "open":
            path, mode, flags = (*arguments, None, None)[:3]
            self.opened.append(str(path))
            writes = (isinstance(flags, int) and flags & _WRITING) or (
                isinstance(mode, str) and set(mode) & set("wax+")
            )
            if writes and path != os.devnull:
                self._change(event, path)
        elif event in _CHANGES:
            for path in arguments[: 2 if event in ("os.rename", "os.link") else 1]:
                self._change(event, path)

    def _change(self, event: str, path: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            self.deeds.append(f"{event} {path!r}")  # the bare number of a file tells nothing
        elif self.folder not in Path(os.path.realpath(os.fsdecode(path))).parents:
            self.deeds.append(f"{event} {path!r}")


_watching: list[Watch] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _watching:
        _watching[-1].see(event, arguments)


@contextmanager
def watched(folder: Path | None = None) -> Iterator[Watch]:
    """See what happens inside the block; files may be written, made and removed below the folder only."""
    if not getattr(sys, "_kientruc_watched", False):
        sys.addaudithook(_hook)  # Python cannot take one away again: with nothing to watch it does nothing
        sys._kientruc_watched = True  # type: ignore[attr-defined]
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    _watching.append(watch := Watch(folder))
    try:
        yield watch
    finally:
        _watching.remove(watch)
        sys.dont_write_bytecode = bytecode
