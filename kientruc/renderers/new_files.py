"""Files that come into a folder as new ones: all of them or none, and nothing that stands there is changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from kientruc.atomic import current, flush, staged
from kientruc.errors import OutputError, UsageError, reason

TEMPORARY = ".kientruc-tmp"
SHOWN = 5  # files named in one sentence
PROGRAM = 0o755


class Placed(NamedTuple):
    """The files that were written, and those that stood there already and stay as they are."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def refuse_taken(folder: Path, paths: Iterable[str], data: Mapping[str, bytes] | None = None) -> None:
    """See that nothing stands where files are to come; the very same bytes may: a run that was cut short goes on.

    Args:
        data: the bytes to come; None while they are not known.
    Raises:
        UsageError: something stands there, or the folder is a file.
        OutputError: a part of a path is a link, or the disk refused.
    """
    try:
        if folder.is_symlink():
            raise OutputError("cli.link", path=str(folder))
        if folder.exists() and not folder.is_dir():
            raise UsageError("init.no-folder", path=str(folder))
        found = {path: current(folder, path) for path in paths}
    except OSError as error:
        raise OutputError("cli.write-failed", path=str(error.filename or folder), why=reason(error)) from None
    taken = [path for path, there in found.items() if there is not None and there != (data or {}).get(path)]
    if taken:
        shown = ", ".join(str(folder / path) for path in taken[:SHOWN])
        raise UsageError("init.there", paths=f"{shown} …" if len(taken) > SHOWN else shown)


def place(
    folder: Path, files: Mapping[str, bytes], may_stay: Collection[str] = (), programs: Collection[str] = ()
) -> Placed:
    """Write files, the last of them last: a folder that was not there comes as a whole.

    Args:
        files: by path relative to the folder, with forward slashes.
        may_stay: paths that are left as they are where something stands there.
        programs: paths of files that are to be run.
    Raises:
        UsageError, OutputError: as for `refuse_taken`; nothing was written.
    """
    refuse_taken(folder, (path for path in files if path not in may_stay), files)
    kept = tuple(path for path in files if current(folder, path) is not None)
    new = {path: data for path, data in files.items() if path not in kept}
    try:
        if folder.exists():
            _into(folder, new, programs)
        else:
            _whole(folder, new, programs)
    except OSError as error:
        raise OutputError("cli.write-failed", path=str(error.filename or folder), why=reason(error)) from None
    return Placed(tuple(new), kept)


def _whole(folder: Path, files: Mapping[str, bytes], programs: Collection[str]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}{TEMPORARY}")
    if beside.is_dir() and not beside.is_symlink():
        shutil.rmtree(beside)  # of a run that was killed
    beside.mkdir()
    try:
        for path, data in files.items():
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            flush(beside / path, data)
            if path in programs:
                (beside / path).chmod(PROGRAM)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _into(folder: Path, files: Mapping[str, bytes], programs: Collection[str]) -> None:
    made: list[Path] = []
    done: list[Path] = []
    try:
        for path in files:
            for parent in reversed((folder / path).relative_to(folder).parents[:-1]):
                if not (folder / parent).is_dir():
                    (folder / parent).mkdir()
                    made.append(folder / parent)
        with staged((folder / path, data) for path, data in files.items()) as pairs:
            for (temporary, final), path in zip(pairs, files, strict=True):
                if path in programs:
                    temporary.chmod(PROGRAM)
                if os.path.lexists(final):
                    raise FileExistsError(17, "", str(final))
                temporary.rename(final)
                done.append(final)
    except OSError:
        for final in done:
            final.unlink(missing_ok=True)
        for parent in reversed(made):
            parent.rmdir()
        raise
