"""Outputs on disk: written beside and renamed, never over what a person edited, told by the hashes in the manifest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kientruc.errors import OutputError

MANIFEST = "manifest.json"
PENDING = ".kientruc-pending.json"  # the hashes of a write under way: a build that was killed can be told from an edit
SORT = 4  # by so many first bytes a picture or a schema is told from what a person wrote
_TEMPORARY = ".kientruc-tmp"


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: how many files differ from before, which edited ones were kept, with the new one's name, and
    which earlier outputs are gone."""

    changed: int
    beside: tuple[tuple[str, str], ...]
    removed: tuple[str, ...] = ()


def write(folder: Path, files: Mapping[str, bytes], about: Mapping[str, object], keep: str = "stop") -> Written:
    """Write a set of files and their manifest into a folder, all or, short of a power cut, none.

    Args:
        folder: made if it is not there.
        files: bytes by path relative to the folder, with forward slashes.
        about: what else the manifest says.
        keep: what to do where an output was edited: "stop", or "beside" to write the new one under another name.
    Raises:
        OutputError: an output was edited, is foreign, is a link, or the disk refused.
    """
    try:
        return _write(folder, files, about, keep)
    except OSError as error:
        path = str(error.filename or folder)
        raise OutputError("cli.write-failed", path=path, why=str(error.strerror or error)) from None


def _write(folder: Path, files: Mapping[str, bytes], about: Mapping[str, object], keep: str) -> Written:
    known = _known(folder)
    if not known and folder.is_dir() and any(folder.iterdir()):
        raise OutputError("cli.foreign-folder", path=str(folder))
    manifest = {
        "format": "kientruc-manifest/1",
        **about,
        "files": {name: {"sha256": _hash(data), "bytes": len(data)} for name, data in sorted(files.items())},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    renames: list[tuple[str, bytes]] = []
    beside: list[tuple[str, str]] = []
    changed = 0
    for name, data in sorted(files.items()):
        current = _current(folder, name)
        if current == data:
            continue
        changed += 1
        if current is not None and _hash(current) not in known.get(name, ()):
            if keep != "beside":
                raise OutputError("cli.edited" if name in known else "cli.foreign", path=str(folder / name))
            other = _free(folder, name, data, known)
            beside.append((name, other))
            renames.append((other, data))
        else:
            renames.append((name, data))
    stale = [name for name in sorted(known) if name not in files and _unedited(folder, name, known)]
    if not renames and not stale and _current(folder, MANIFEST) == text.encode():
        return Written(0, ())
    _replace(folder, renames, text.encode(), stale)
    return Written(changed + len(stale), tuple(beside), tuple(stale))


def write_one(path: Path, data: bytes, sort: int = SORT) -> None:
    """Write one file that the user named, beside and renamed; an existing file is replaced only by one of its sort.

    Args:
        sort: how many first bytes tell the sort.
    Raises:
        OutputError: the path is a link, what stands there is something else, or the disk refused.
    """
    try:
        current = _current(path.parent, path.name)
        if current and current[:sort] != data[:sort]:
            raise OutputError("cli.foreign", path=str(path))
        temporary = path.with_name(path.name + _TEMPORARY)
        try:
            _flush(temporary, data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError("cli.write-failed", path=str(path), why=str(error.strerror or error)) from None


def _replace(folder: Path, renames: list[tuple[str, bytes]], manifest: bytes, stale: list[str]) -> None:
    """Write everything under temporary names first, then rename in one go, the manifest last."""
    hashes = {name: _hash(data) for name, data in renames}
    pending = json.dumps({"files": {name: {"sha256": value} for name, value in hashes.items()}}).encode()
    everything = [*renames, (MANIFEST, manifest)]
    temporaries = [(_temporary(folder, name), folder / name, data) for name, data in everything]
    try:
        for temporary, _, data in temporaries:
            temporary.parent.mkdir(parents=True, exist_ok=True)
            _flush(temporary, data)
        _flush(folder / PENDING, pending)
        for temporary, final, _ in temporaries[:-1]:
            temporary.replace(final)
        for name in stale:
            (folder / name).unlink(missing_ok=True)
        temporaries[-1][0].replace(temporaries[-1][1])
        (folder / PENDING).unlink(missing_ok=True)
    finally:
        for temporary, _, _ in temporaries:
            temporary.unlink(missing_ok=True)


def _flush(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _temporary(folder: Path, name: str) -> Path:
    final = folder / name
    return final.with_name(f".{final.name}{_TEMPORARY}")


def _known(folder: Path) -> dict[str, set[str]]:
    """Give, for each output we ever finished or began to write, the hashes it may have."""
    known: dict[str, set[str]] = {}
    for source in (folder / MANIFEST, folder / PENDING):
        for name, value in _entries(source):
            known.setdefault(name, set()).add(value)
    return known


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    try:
        files = json.loads(path.read_bytes())["files"]
        yield from ((str(name), str(entry["sha256"])) for name, entry in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return


def _unedited(folder: Path, name: str, known: Mapping[str, set[str]]) -> bool:
    if ".." in Path(name).parts or Path(name).is_absolute():
        return False
    current = _current(folder, name)
    return current is not None and _hash(current) in known[name]


def _current(folder: Path, name: str) -> bytes | None:
    """Read what stands under a name; a link is never read or written through."""
    path = folder
    for part in Path(name).parts:
        path = path / part
        if path.is_symlink():
            raise OutputError("cli.link", path=str(path))
    if path.is_dir():
        raise OutputError("cli.foreign", path=str(path))
    return path.read_bytes() if path.exists() else None


def _free(folder: Path, name: str, data: bytes, known: Mapping[str, set[str]]) -> str:
    """Find a name beside an edited output that is free or already holds the same."""
    path = Path(name)
    number = 1
    while True:
        other = path.with_name(f"{path.stem}.new{number}{path.suffix}").as_posix()
        current = _current(folder, other)
        if current is None or current == data or _hash(current) in known.get(other, ()):
            return other
        number += 1


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
