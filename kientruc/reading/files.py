"""The only opener of files that users or strangers name: inside one folder, no links, regular files, within size."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

from kientruc.errors import reason
from kientruc.finding import Finding
from kientruc.reading.characters import nfc
from kientruc.reading.limits import Limits
from kientruc.reading.paths import check_path, shown
from kientruc.reading.refusal import Refusal, refuse
from kientruc.source import SourceFile, Span

_BY_HANDLE = sys.platform != "win32" and os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_FOLDER = _READ | getattr(os, "O_DIRECTORY", 0)
_NO_TEXT = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")  # how zip and .docx, PDF, and .doc begin
_BINARY = getattr(os, "O_BINARY", 0)
_ALMOST = re.compile(r"\.(?:yml|yaml\.txt|yml\.txt)$", re.IGNORECASE)  # endings that editors and Windows give


class Workspace:
    """One folder and the files in it; paths are relative, with forward slashes, and never leave it.

    Where the system can, each part of a path is opened below the handle of the one before, so that nothing swapped
    after a check is followed. A hard link cannot be told from its file and is read like one. What stands in `instead`
    is taken for what lies under its path: how files would be read, were they written.
    """

    def __init__(self, folder: Path, limits: Limits, instead: Mapping[str, bytes] | None = None) -> None:
        self.folder, self.limits, self.instead = folder, limits, instead or {}
        self.total = 0
        self.count = 0
        self.passed_over: tuple[str, ...] = ()  # what the last pattern would name with another ending: x.yml
        self.asked: set[str] = set()  # what was looked for, there or not; a folder that was listed ends with a slash

    def read(self, path: str, named_at: Span | None = None) -> SourceFile:
        """Read a UTF-8 file.

        Args:
            path: relative to the folder.
            named_at: what an include wrote; the place of the finding when the file cannot be read.
        Raises:
            Refusal: as for `data`; Y-ENC.
        """
        return _decode("/".join(check_path(path, named_at)), self.data(path, named_at))

    def data(self, path: str, named_at: Span | None = None) -> bytes:
        """Read a file as it is.

        Raises:
            Refusal: I-* for the path and what lies there, Y-SIZE.
        """
        parts = check_path(path, named_at)
        name = "/".join(parts)
        at = named_at or Span(SourceFile(name, ""), 0, 0)
        self.asked.add(name)
        self.count += 1
        if self.count > self.limits.files:
            raise Refusal(Finding("I-MANY", at, {"limit": str(self.limits.files)}, refused=True))
        if name in self.instead:
            return self.instead[name]
        try:
            return self._data(parts, at)
        except FileNotFoundError:
            raise Refusal(Finding("I-MISSING", at, {"path": path})) from None
        except OSError as error:
            raise Refusal(Finding("I-READ", at, {"path": path, "why": reason(error)})) from None

    def matching(self, pattern: str, named_at: Span) -> list[str]:
        """Give the files a pattern names: plain, or with `*` in the last part; sorted, in NFC.

        Raises:
            Refusal: the pattern leaves the folder, or two files differ only by case or by how letters are composed.
        """
        parts = check_path(pattern, named_at, pattern=True)
        self.passed_over = ()
        if "*" not in parts[-1]:
            return ["/".join(parts)]
        self.asked.add("".join(f"{part}/" for part in parts[:-1]) or "./")
        try:
            there = [nfc(name) for name in self._names(parts[:-1], named_at) if not name.startswith(".")]
        except OSError:
            there = []
        above = "".join(f"{part}/" for part in parts[:-1])
        new = (path.removeprefix(above) for path in self.instead if path.startswith(above))
        there += [name for name in new if "/" not in name and name not in there]
        names = sorted(name for name in there if fnmatchcase(name, parts[-1]))
        almost = sorted(name for name in there if _ALMOST.search(name) and name not in names)
        meant = (name for name in almost if fnmatchcase(_ALMOST.sub(".yaml", name), parts[-1]))
        self.passed_over = tuple("/".join((*parts[:-1], name)) for name in meant)
        seen: dict[str, str] = {}
        for name in names:
            if name.casefold() in seen:
                values = {"path": shown(name), "other": shown(seen[name.casefold()])}
                raise Refusal(Finding("I-NAME", named_at, values))
            seen[name.casefold()] = name
        return ["/".join((*parts[:-1], name)) for name in names]

    def _data(self, parts: tuple[str, ...], at: Span) -> bytes:
        """Read the bytes under a path."""
        with self._inside(parts[:-1], at) as folder:
            return self._bytes(self._open(parts[-1], folder, _READ | _BINARY, at), "/".join(parts), at)

    def _names(self, parts: tuple[str, ...], at: Span) -> list[str]:
        """List what lies in a folder, as it is spelt there."""
        with self._inside(parts, at) as folder:
            return _listing(folder)

    @contextmanager
    def _inside(self, parts: tuple[str, ...], at: Span) -> Iterator[int | Path]:
        """Open the folder under these parts: a handle, or where the system has none (Windows) a path."""
        if not _BY_HANDLE:
            here = self.folder
            for part in parts:
                here = here / part
                _refuse_link(os.lstat(here), part, at)
            yield here
            return
        folder = os.open(self.folder, _FOLDER & ~os.O_NOFOLLOW)
        try:
            for part in parts:
                inner = self._open(part, folder, _FOLDER, at)
                os.close(folder)
                folder = inner
            yield folder
        finally:
            os.close(folder)

    def _open(self, name: str, folder: int | Path, flags: int, at: Span) -> int:
        if isinstance(folder, Path):
            _refuse_link(os.lstat(folder / name), name, at)
            return os.open(folder / name, flags)
        for real in (name, *_same_name(name, folder)):
            try:
                return os.open(real, flags, dir_fd=folder)
            except FileNotFoundError:
                continue
            except OSError:
                _refuse_link(os.stat(real, dir_fd=folder, follow_symlinks=False), name, at)
                raise
        raise FileNotFoundError(name)

    def _bytes(self, handle: int, name: str, at: Span) -> bytes:
        limit = self.limits.file_bytes
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Refusal(Finding("I-TYPE", at, {"path": name}, refused=True))
        except BaseException:
            os.close(handle)
            raise
        with os.fdopen(handle, "rb") as stream:
            data = stream.read(limit + 1) if status.st_size <= limit else b""
        self._weigh(max(status.st_size, len(data)), name, at)
        return data

    def _weigh(self, size: int, name: str, at: Span) -> None:
        """Refuse a file of so many bytes where it, or all files together, would be too large."""
        self.total += size
        for path, found, limit in (
            (name, size, self.limits.file_bytes),
            ("*", self.total, self.limits.total_bytes),
        ):
            if found > limit:
                raise Refusal(Finding("Y-SIZE", at, {"path": path, "limit": str(limit // 1024)}, refused=True))


class HeldWorkspace(Workspace):
    """Files that are held in memory, and nothing beside them."""

    def __init__(self, files: Mapping[str, bytes], limits: Limits) -> None:
        super().__init__(Path(), limits, files)

    def _data(self, parts: tuple[str, ...], at: Span) -> bytes:
        raise FileNotFoundError(parts[-1])

    def _names(self, parts: tuple[str, ...], at: Span) -> list[str]:
        return []


def _refuse_link(status: os.stat_result, name: str, at: Span) -> None:
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", False):
        raise Refusal(Finding("I-LINK", at, {"path": name}, refused=True))


def _listing(folder: int | Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries]


def _same_name(name: str, folder: int) -> Iterator[str]:
    """Find the spelling on disk of a name that a file system keeps decomposed."""
    if not name.isascii():
        yield from (real for real in _listing(folder) if real != name and nfc(real) == name)


def _decode(path: str, data: bytes) -> SourceFile:
    digest = hashlib.sha256(data).hexdigest()
    bom = data.startswith(b"\xef\xbb\xbf")
    start = 3 if bom else 0
    if data.startswith(_NO_TEXT):
        raise refuse("Y-ENC", SourceFile(path, "", digest, size=len(data)), 0, guess="no-text")
    try:
        text = data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        good = SourceFile(path, data[start : start + error.start].decode("utf-8"), digest, size=len(data))
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]
        raise refuse("Y-ENC", good, len(good.text), guess="utf16" if wide else "") from None
    if "\r" in text:
        text = re.sub("\r(?!\n)", "\n", text)
    return SourceFile(path, text, digest, bom, len(data))
