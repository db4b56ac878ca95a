"""What lies in the folder that was given: which of it are submissions, of which kind, and a hash of what each is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from kientruc.canonical import canonical
from kientruc.errors import UsageError
from kientruc.reading.characters import nfc
from kientruc.reading.limits import DEFAULT

ROOT = "architecture.yaml"
Sort = Literal["bundle", "folder", "file", "workbook"]
KINDS: Mapping[str, Sort] = MappingProxyType(
    {
        **{".zip": "bundle", ".yaml": "file", ".yml": "file"},
        **{".xlsx": "workbook", ".xlsm": "workbook", ".xls": "workbook"},
    }
)
MOST_FILES, MOST_BYTES = 5_000, 1 << 30  # of one submission: beyond, it is run every time, and refused there
_PIECE = 1 << 20


class Handed(NamedTuple):
    """One submission. `state` is a hash of all bytes it may be made of; "" where there are too many to say."""

    name: str
    kind: Sort
    path: Path
    state: str


class Found(NamedTuple):
    """The submissions in the order of their names, and the names of what is none."""

    handed: tuple[Handed, ...]
    aside: tuple[str, ...]


def find(folder: Path, out: Path) -> Found:
    """Find the submissions directly in a folder; nothing is followed through a link.

    Args:
        out: where the portfolio is written; it is no submission, and no part of one.
    Raises:
        UsageError: there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError("portfolio.no-folder", folder=str(folder))
    skipped = os.path.realpath(out)
    handed: list[Handed] = []
    aside: list[str] = []
    with os.scandir(folder) as entries:
        there = sorted(entries, key=lambda entry: (_told(entry.name), entry.name))
    for entry in there:
        if entry.name.startswith(".") or os.path.realpath(entry.path) == skipped:
            continue
        kind, name = _kind(entry), _told(entry.name)
        if kind is None or any(one.name == name for one in handed[-1:]):  # one name in two Unicode forms: the first
            aside.append(name)
        else:
            handed.append(Handed(name, kind, Path(entry.path), _state(Path(entry.path), kind, skipped)))
    return Found(tuple(handed), tuple(aside))


def _told(name: str) -> str:
    """Make a name of the disk one that can be written: NFC, and what is no UTF-8 as U+FFFD."""
    return nfc(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _kind(entry: os.DirEntry[str]) -> Sort | None:
    if entry.is_dir(follow_symlinks=False):
        return "folder" if (Path(entry.path) / ROOT).exists() else None
    if not entry.is_file(follow_symlinks=False):
        return None
    return KINDS.get(Path(entry.name).suffix.lower())


def _state(path: Path, kind: Sort, skipped: str) -> str:
    """Hash what a submission may be made of: itself; all below it; for a root that includes, all beside it."""
    if kind == "folder":
        return _tree(path, skipped)
    own = _hash(path)
    return own and (f"{own}{_tree(path.parent, skipped)}" if kind == "file" and includes(path) else own)


def includes(path: Path) -> bool:
    """Tell whether a root file may be made of more than itself."""
    with path.open("rb") as stream:
        return b"include" in stream.read(DEFAULT.file_bytes)


def _tree(folder: Path, skipped: str) -> str:
    """Hash the names and bytes of all files below a folder; "" where they are too many, or one cannot be read."""
    told: list[list[str]] = []
    size = 0
    for path in below(folder, skipped):
        if len(told) == MOST_FILES:
            return ""
        link = path.is_symlink() or not path.is_file()
        size += 0 if link else path.stat().st_size
        digest = "link" if link else _hash(path) if size <= MOST_BYTES else ""
        if not digest:
            return ""
        told.append([_told(path.relative_to(folder).as_posix()), digest])
    return hashlib.sha256(canonical(sorted(told))).hexdigest()


def below(folder: Path, skipped: str = "") -> Iterator[Path]:
    """Give every file and every link below a folder, in no order; what lies behind a link is not entered."""
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not skipped or os.path.realpath(Path(here) / name) != skipped]
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        yield from (Path(here) / name for name in (*names, *links))


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        if path.stat().st_size > MOST_BYTES:
            return ""
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()
