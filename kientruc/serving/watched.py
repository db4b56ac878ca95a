"""What decides what an architecture is: its files and folders as they lie on the disk, seen without opening any."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """Files, and folders in which files may come and go; whether they are there or not.

    `unread` says that a file is there and could not be read: whoever holds it lets go without a change to be seen.
    """

    files: frozenset[Path]
    listed: frozenset[Path] = frozenset()
    unread: bool = False

    def stamp(self) -> Stamp:
        """Give what changes whenever one of them is written, replaced, removed, renamed, or given other rights.

        Of the folders above it tells which they are: a link may take the place of one, and lead to the same files.
        """
        above = sorted(
            {folder for path in (*self.files, *self.listed) for folder in (path, *path.parents)} - self.files
        )
        files = (_state(path) for path in sorted(self.files))
        return (*files, *map(_identity, above), *(_names(path) for path in sorted(self.listed)))

    def folders(self) -> tuple[Path, ...]:
        """Give the folders that are there in which something of it would come, go or change, and those above.

        A folder that is not there yet, or is put in place of another, is noticed in the one above it.
        """
        wanted = {folder for path in self.files for folder in (path.parent, path.parent.parent)}
        wanted |= {folder for path in self.listed for folder in (path, path.parent)}
        return tuple(sorted({_there(folder) for folder in wanted}))


def watched(root: Path, asked: Iterable[str], others: Iterable[Path] = (), unread: bool = False) -> Watched:
    """Watch a root file, what was asked for in its folder, and other files.

    Args:
        asked: as `Loaded.asked` tells it.
    """
    folder = root.absolute().parent
    files = [folder / name for name in (root.name, *asked) if not name.endswith("/")]
    listed = [folder / name for name in asked if name.endswith("/")]
    return Watched(frozenset((*files, *(other.absolute() for other in others))), frozenset(listed), unread)


def _state(path: Path) -> Stamp | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _identity(folder: Path) -> Stamp | None:
    try:
        found = folder.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mode


def _names(folder: Path) -> Stamp | None:
    try:
        with os.scandir(folder) as entries:  # ten times as fast as a path for each
            return tuple(sorted(entry.name for entry in entries))
    except OSError:
        return None


def _there(folder: Path) -> Path:
    """Give the folder, or the nearest above it that is there."""
    return next((path for path in _upwards(folder) if path.is_dir()), folder)


def _upwards(path: Path) -> Iterator[Path]:
    yield path
    yield from path.parents
