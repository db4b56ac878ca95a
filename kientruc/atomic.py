"""Files replaced whole: written beside, flushed, renamed; never through a link."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kientruc.errors import OutputError

_TEMPORARY = ".kientruc-tmp"


def current(folder: Path, name: str) -> bytes | None:
    """Read what stands under a relative name, None if nothing does.

    Raises:
        OutputError: a part of the name below the folder is a link, or no file stands there: a folder, a pipe, a device.
    """
    path = folder
    for part in Path(name).parts:
        path = path / part
        if path.is_symlink():
            raise OutputError("cli.link", path=str(path))
    if not path.exists():
        return None
    if not path.is_file():
        raise OutputError("cli.foreign", path=str(path))
    return path.read_bytes()


@contextmanager
def staged(files: Iterable[tuple[Path, bytes]]) -> Iterator[list[tuple[Path, Path]]]:
    """Write files under temporary names beside their places; what was not renamed by the end is removed.

    Returns:
        Temporary and final path of each, in the order given.
    """
    pairs: list[tuple[Path, Path]] = []
    try:
        for final, data in files:
            temporary = final.with_name(f".{final.name}{_TEMPORARY}")
            pairs.append((temporary, final))
            flush(temporary, data)
        yield pairs
    finally:
        for temporary, _ in pairs:
            temporary.unlink(missing_ok=True)


def flush(path: Path, data: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    path.unlink(missing_ok=True)
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
