"""A ZIP of a stranger: its files are counted, weighed and named before one is inflated; nothing is ever unpacked."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable

from kientruc.reading.archive_limits import ArchiveLimits
from kientruc.reading.characters import nfc
from kientruc.reading.limits import MIB
from kientruc.reading.paths import shown

_LEAVES = re.compile(r"(^|/)\.\.(/|$)|^/|[\\:\x00-\x1f]")
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
# What `zipfile` raises for an archive that is not whole; a name that is no UTF-8 is a ValueError.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    OSError,
    ValueError,
)
_ENTRY = b"PK\x01\x02"  # begins each line of the list of contents


class BadArchive(Exception):
    """The archive may not be used: `problem` is bomb, name, link, twice, locked or zip, `values` say what was found."""

    def __init__(self, problem: str, **values: str) -> None:
        super().__init__(problem)
        self.problem, self.values = problem, values


class Archive:
    """What lies in a ZIP, by name; its files are inflated when they are asked for.

    Raises:
        BadArchive: it would grow past the limits, holds a name that leads out or is there twice, a link, a password,
            or is damaged.
    """

    def __init__(self, data: bytes, limits: ArchiveLimits) -> None:
        if (count := data.count(_ENTRY)) > limits.entries:  # before every line is made an object
            raise BadArchive("bomb", measure="archive.entries", found=str(count), limit=str(limits.entries))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise BadArchive("zip", why=str(error)[:100]) from None
        self._entries = self._zip.infolist()
        _weigh(self._entries, limits)
        _check_names(self._entries)
        self.names = tuple(entry.filename for entry in self._entries)

    def read(self, wanted: Callable[[str], bool]) -> dict[str, bytes]:
        """Inflate the files whose names are wanted. None grows past the size it declares: `zipfile` stops there.

        Raises:
            BadArchive: one is damaged.
        """
        try:
            return {entry.filename: self._zip.read(entry) for entry in self._entries if wanted(entry.filename)}
        except _BROKEN as error:
            raise BadArchive("zip", why=str(error)[:100]) from None

    def read_all(self) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """Inflate every file; give those that can be read, and the names of those that are damaged."""
        whole: dict[str, bytes] = {}
        damaged: list[str] = []
        for entry in self._entries:
            try:
                whole[entry.filename] = self._zip.read(entry)
            except _BROKEN:
                damaged.append(entry.filename)
        return whole, tuple(damaged)


def _weigh(entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > limits.inflated:
        found, limit = f"{total // MIB} MiB", f"{limits.inflated // MIB} MiB"
        raise BadArchive("bomb", measure="archive.inflated", found=found, limit=limit)
    for entry in entries:
        if entry.file_size > MIB and entry.file_size > limits.ratio * entry.compress_size:
            ratio = str(entry.file_size // max(1, entry.compress_size))
            raise BadArchive("bomb", measure="archive.ratio", found=ratio, limit=str(limits.ratio))


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if _LEAVES.search(name) or "\0" in entry.orig_filename:
            raise BadArchive("name", found=shown(name))
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadArchive("link", found=shown(name))
        if (same := nfc(nfc(name).casefold())) in seen:
            raise BadArchive("twice", found=shown(name))
        seen.add(same)
        if entry.flag_bits & _ENCRYPTED:
            raise BadArchive("locked")
        if entry.compress_type not in _PLAIN:
            raise BadArchive("zip", why=f"compression {entry.compress_type}")
