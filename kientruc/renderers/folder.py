"""Outputs on disk: written beside and renamed, never over what a person edited, told by the hashes in the manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kientruc.atomic import current, flush, staged
from kientruc.errors import OutputError, UsageError, reason

MANIFEST = "manifest.json"
PENDING = ".kientruc-pending.json"  # the hashes of a write under way: a build that was killed can be told from an edit
SORT = 4  # by so many first bytes a picture or a schema is told from what a person wrote


class Written(NamedTuple):
    """What a write did: how many files differ from before, which edited ones were kept, with the new one's name, and
    which earlier outputs are gone."""

    changed: int
    beside: tuple[tuple[str, str], ...]
    removed: tuple[str, ...] = ()


def write(
    folder: Path,
    files: Mapping[str, bytes],
    about: Mapping[str, object],
    keep: str = "stop",
    staying: Collection[str] = (),
) -> Written:
    """Write a set of files and their manifest into a folder, all or, short of a power cut, none.

    Args:
        folder: made if it is not there.
        files: bytes by path relative to the folder, with forward slashes.
        about: what else the manifest says.
        keep: what to do where an output was edited: "stop", or "beside" to write the new one under another name.
        staying: earlier outputs that are not made now and stay if they were made of the same, as `about` tells.
    Raises:
        OutputError: an output was edited, is foreign, is a link, or the disk refused.
    """
    try:
        return _write(folder, files, about, keep, staying)
    except OSError as error:
        path = str(error.filename or folder)
        raise OutputError("cli.write-failed", path=path, why=reason(error)) from None


def _write(
    folder: Path, files: Mapping[str, bytes], about: Mapping[str, object], keep: str, staying: Collection[str]
) -> Written:
    known = _known(folder)
    if not known and folder.is_dir() and any(folder.iterdir()):
        raise OutputError("cli.foreign-folder", path=str(folder))
    manifest = {
        "format": "kientruc-manifest/1",
        **about,
        "files": {name: {"sha256": _hash(data), "bytes": len(data)} for name, data in sorted(files.items())},
    }
    stays = {name: entry for name, entry in _alike(folder, about).items() if name in set(staying) - set(files)}
    stays = {name: entry for name, entry in stays.items() if _unedited(folder, name, known)}
    manifest["files"] |= stays  # type: ignore[operator]
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    renames: list[tuple[str, bytes]] = []
    beside: list[tuple[str, str]] = []
    changed = 0
    for name, data in sorted(files.items()):
        there = current(folder, name)
        if there == data:
            continue
        changed += 1
        if there is not None and _hash(there) not in known.get(name, ()):
            if keep != "beside":
                raise OutputError("cli.edited" if name in known else "cli.foreign", path=str(folder / name))
            other = _free(folder, name, data, known)
            beside.append((name, other))
            renames.append((other, data))
        else:
            renames.append((name, data))
    stale = [
        name for name in sorted(known) if name not in files and name not in stays and _unedited(folder, name, known)
    ]
    if not renames and not stale and current(folder, MANIFEST) == text.encode():
        (folder / PENDING).unlink(missing_ok=True)  # of a run that was killed when all else was done
        return Written(0, ())
    _replace(folder, renames, text.encode(), stale)
    return Written(changed + len(stale), tuple(beside), tuple(stale))


def write_one(path: Path, data: bytes, sort: int = SORT) -> None:
    """Write one file that the user named; as `write_several`."""
    write_several([(path, data, sort)])


def write_several(files: Sequence[tuple[Path, bytes, int]], folder: Path | None = None) -> None:
    """Write files that the user named, beside and renamed, all or, short of a power cut, none.

    Args:
        files: the path of each, its bytes, and how many first bytes tell its sort: an existing file is replaced only
            by one of its sort.
        folder: one to be made first if it is not there.
    Raises:
        UsageError: there is no such folder.
        OutputError: a path is a link, what stands there is something else, or the disk refused.
    """
    for parent in dict.fromkeys(path.parent for path, _, _ in files):
        if parent != folder and not parent.is_dir():
            raise UsageError("cli.no-folder", folder=str(parent))
    try:
        for path, data, sort in files:
            there = current(path.parent, path.name)
            if there and there[:sort] != data[:sort]:
                raise OutputError("cli.foreign", path=str(path))
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        with staged((path, data) for path, data, _ in files) as pairs:
            for temporary, final in pairs:
                temporary.replace(final)
    except OSError as error:
        where = str(error.filename or files[0][0])
        raise OutputError("cli.write-failed", path=where, why=reason(error)) from None


def _replace(folder: Path, renames: list[tuple[str, bytes]], manifest: bytes, stale: list[str]) -> None:
    """Write everything under temporary names first, then rename in one go, the manifest last."""
    hashes = {name: _hash(data) for name, data in renames}
    pending = json.dumps({"files": {name: {"sha256": value} for name, value in hashes.items()}}).encode()
    everything = [(folder / name, data) for name, data in (*renames, (MANIFEST, manifest))]
    for final, _ in everything:
        final.parent.mkdir(parents=True, exist_ok=True)
    with staged(everything) as pairs:
        flush(folder / PENDING, pending)
        for temporary, final in pairs[:-1]:
            temporary.replace(final)
        for name in stale:
            (folder / name).unlink(missing_ok=True)
        temporary, final = pairs[-1]
        temporary.replace(final)
        (folder / PENDING).unlink(missing_ok=True)


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


def _alike(folder: Path, about: Mapping[str, object]) -> dict[str, object]:
    """Give what the manifest there says of its files, if they were made of the same; nothing where they were not."""
    try:
        there = json.loads((folder / MANIFEST).read_bytes())
        same = all(there.get(key) == value for key, value in json.loads(json.dumps(about)).items())
        return dict(there["files"]) if same else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _unedited(folder: Path, name: str, known: Mapping[str, set[str]]) -> bool:
    if ".." in Path(name).parts or Path(name).is_absolute():
        return False
    there = current(folder, name)
    return there is not None and _hash(there) in known[name]


def _free(folder: Path, name: str, data: bytes, known: Mapping[str, set[str]]) -> str:
    """Find a name beside an edited output that is free or already holds the same."""
    path = Path(name)
    number = 1
    while True:
        other = path.with_name(f"{path.stem}.new{number}{path.suffix}").as_posix()
        there = current(folder, other)
        if there is None or there == data or _hash(there) in known.get(other, ()):
            return other
        number += 1


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
