"""The tool had to stop: exceptions that name a sentence in the catalogue and fill it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

SYSTEM = ("EACCES", "EADDRINUSE", "EEXIST", "EISDIR", "ENAMETOOLONG", "ENOENT", "ENOSPC", "ENOTDIR", "EPERM", "EROFS")
BESIDE = 5  # files named beside the place where one was looked for


class KientrucError(Exception):
    """We cannot go on. `key` names the sentence, `values` fill it, `exit_code` is what the command ends with.

    Of the values, `nearest` is a name to be proposed, or "": it fills `near` in the language of the sentence; `why` may
    be the name of what the system refused, see `reason`.
    """

    exit_code = 3

    def __init__(self, key: str, /, **values: str) -> None:
        super().__init__(f"{key} {values}")
        self.key, self.values = key, values


class UsageError(KientrucError):
    """The command was asked for something that is not there."""

    exit_code = 2


def no_file(path: Path, like: str) -> UsageError:
    """Make the error of a file that is not there; it names what of its name or sort (`*.yaml`) lies beside."""
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    found = sorted(
        (not other.stem.startswith(path.stem), other.name) for other in beside if _is_like(other, path, like)
    )
    there = [name for _, name in found][:BESIDE]
    return UsageError("cli.no-file", path=str(path), there=", ".join(there) or "–")


def no_root(path: Path) -> UsageError:
    """Make the error of a root file that is not there: what is called nearly so, or lies a folder above or below."""
    if not path.parent.is_dir():
        return no_file(path, "*.yaml")
    beside = sorted(path.parent.iterdir())
    names = {f"{path.stem}{ending}".casefold() for ending in (".yaml", ".yml", ".yaml.txt", ".yml.txt", ".txt")}
    if other := next((one.name for one in beside if one.name.casefold() in names and one.is_file()), ""):
        return UsageError("cli.no-file-renamed", path=str(path), other=other, name=path.name)
    above = Path(os.path.normpath(path.parent / ".." / path.name))
    below = [one / path.name for one in beside if one.is_dir() and not one.is_symlink()]
    if there := [one for one in (*below, above) if one.is_file()][:BESIDE]:
        shown = [one.as_posix() for one in there]
        folder = there[0].parent.as_posix()
        return UsageError("cli.no-file-here", path=str(path), there=", ".join(shown), first=shown[0], folder=folder)
    error = no_file(path, "*.yaml")
    return error if error.values["there"] != "–" else UsageError("cli.no-root", path=str(path))


def _is_like(other: Path, path: Path, like: str) -> bool:
    return other.match(like) or other.name.startswith(f"{path.stem}.")


def reason(error: OSError) -> str:
    """Give why the system refused: a name of `SYSTEM`, which a sentence puts in its language, else its own words."""
    name = errno.errorcode.get(error.errno or 0, "")
    return name if name in SYSTEM else str(error.strerror or error)


class OutputError(KientrucError):
    """An output cannot or may not be written; what was there before is untouched."""
