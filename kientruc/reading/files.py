"""The only opener of files that users or strangers name: inside one folder, no links, regular files, within size."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from kientruc.finding import Finding
from kientruc.reading.characters import nfc
from kientruc.reading.limits import Limits
from kientruc.reading.refusal import Refusal, refuse
from kientruc.source import SourceFile, Span

_BAD_PART = re.compile(r'[\\:\0<>"|\x00-\x1f]|[ .]$')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
MAX_NAME = 200


class Workspace:
    """One folder and the files in it; paths are relative, with forward slashes, and never leave it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self.total = 0
        self.count = 0

    def read(self, path: str, named_at: Span | None = None) -> SourceFile:
        """Read a UTF-8 file.

        Args:
            path: relative to the folder.
            named_at: what an include wrote; the place of the finding when the file cannot be read.
        Raises:
            Refusal: I-* for the path and what lies there, Y-SIZE, Y-ENC.
        """
        parts = check_path(path, named_at)
        nothing = SourceFile("/".join(parts), "")
        at = named_at or Span(nothing, 0, 0)
        try:
            data = self._bytes(parts, at)
        except FileNotFoundError:
            raise Refusal(Finding("I-MISSING", at, {"path": path})) from None
        except OSError as error:
            raise Refusal(Finding("I-READ", at, {"path": path, "why": str(error.strerror or error)})) from None
        return _decode(nothing.path, data)

    def _bytes(self, parts: tuple[str, ...], at: Span) -> bytes:
        with os.fdopen(self._open(parts, at), "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Refusal(Finding("I-TYPE", at, {"path": "/".join(parts)}, refused=True))
            limit = self.limits.file_bytes
            data = stream.read(limit + 1) if status.st_size <= limit else b""
            if status.st_size > limit or len(data) > limit:
                raise Refusal(
                    Finding("Y-SIZE", at, {"path": "/".join(parts), "limit": str(limit // 1024)}, refused=True)
                )
        self.total += len(data)
        self.count += 1
        if self.total > self.limits.total_bytes:
            raise Refusal(
                Finding("Y-SIZE", at, {"path": "*", "limit": str(self.limits.total_bytes // 1024)}, refused=True)
            )
        if self.count > self.limits.files:
            raise Refusal(Finding("I-MANY", at, {"limit": str(self.limits.files)}, refused=True))
        return data

    def _open(self, parts: tuple[str, ...], at: Span) -> int:
        if sys.platform == "win32" or os.open not in os.supports_dir_fd:
            return self._open_checked(parts, at)
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for part in parts[:-1]:
                inner = self._step(part, folder, os.O_RDONLY | os.O_DIRECTORY | _NOFOLLOW, at)
                os.close(folder)
                folder = inner
            return self._step(parts[-1], folder, os.O_RDONLY | _NOFOLLOW, at)
        finally:
            os.close(folder)

    def _step(self, name: str, folder: int, flags: int, at: Span) -> int:
        for real in (name, *_same_name(name, folder)):
            try:
                return os.open(real, flags, dir_fd=folder)
            except FileNotFoundError:
                continue
            except OSError:
                status = os.stat(real, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISLNK(status.st_mode):
                    raise Refusal(Finding("I-LINK", at, {"path": name}, refused=True)) from None
                raise
        raise FileNotFoundError(name)

    def _open_checked(self, parts: tuple[str, ...], at: Span) -> int:
        """Do the same where folders cannot be opened as handles (Windows): refuse links and reparse points one by one."""
        here = self.folder
        for part in parts:
            here = here / part
            status = os.lstat(here)
            if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0):
                raise Refusal(Finding("I-LINK", at, {"path": part}, refused=True))
        return os.open(here, os.O_RDONLY | _NOFOLLOW | _BINARY)

    def matching(self, pattern: str, named_at: Span) -> list[str]:
        """Give the files a pattern names: plain, or with `*` in the last part; sorted, in NFC.

        Raises:
            Refusal: the pattern leaves the folder, or two files differ only by case.
        """
        parts = check_path(pattern, named_at)
        if "*" not in parts[-1]:
            return ["/".join(parts)]
        folder = self.folder.joinpath(*parts[:-1])
        if any(self.folder.joinpath(*parts[:depth]).is_symlink() for depth in range(1, len(parts))):
            raise Refusal(Finding("I-LINK", named_at, {"path": "/".join(parts[:-1])}, refused=True))
        names = sorted(nfc(name) for name in _listing(folder) if fnmatchcase(nfc(name), parts[-1]))
        names = [name for name in names if not name.startswith(".")]
        seen: dict[str, str] = {}
        for name in names:
            other = seen.setdefault(name.casefold(), name)
            if other != name:
                raise Refusal(Finding("I-NAME", named_at, {"path": name, "other": other}))
        return ["/".join((*parts[:-1], name)) for name in names]


def check_path(path: str, at: Span | None) -> tuple[str, ...]:
    """Split a relative path into parts that are the same file on every system.

    Raises:
        Refusal: I-PATH for anything that could leave the folder or reach the network, I-NAME for names not every system takes.
    """
    place = at or Span(SourceFile(path, ""), 0, 0)
    parts = tuple(nfc(path).split("/"))
    if any(part in ("", ".", "..") or "\\" in part or ":" in part or "%" in part for part in parts) or "\0" in path:
        raise Refusal(Finding("I-PATH", place, {"path": path}, refused=True))
    for part in parts:
        if _BAD_PART.search(part) or _RESERVED.fullmatch(part) or len(part) > MAX_NAME:
            raise Refusal(Finding("I-NAME", place, {"path": part[:80], "other": ""}, refused=True))
    return parts


def _listing(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            yield from (entry.name for entry in entries)
    except OSError:
        return


def _same_name(name: str, folder: int) -> list[str]:
    """Find the spelling on disk of a name that a file system keeps decomposed."""
    if name.isascii():
        return []
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries if entry.name != name and nfc(entry.name) == name]


def _decode(path: str, data: bytes) -> SourceFile:
    digest = hashlib.sha256(data).hexdigest()
    bom = data.startswith(b"\xef\xbb\xbf")
    try:
        text = (data[3:] if bom else data).decode("utf-8")
    except UnicodeDecodeError as error:
        good = SourceFile(path, data[: error.start].decode("utf-8", errors="replace"), digest)
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        raise refuse("Y-ENC", good, len(good.text), guess="UTF-16" if wide else "") from None
    if "\r" in text.replace("\r\n", ""):
        text = re.sub("\r(?!\n)", "\n", text)
    return SourceFile(path, text, digest, bom)
