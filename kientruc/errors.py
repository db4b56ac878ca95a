"""The tool had to stop: exceptions that name a sentence in the catalogue and fill it."""

from __future__ import annotations

import errno
from pathlib import Path

SYSTEM = ("EACCES", "EEXIST", "EISDIR", "ENAMETOOLONG", "ENOENT", "ENOSPC", "ENOTDIR", "EPERM", "EROFS")
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


def _is_like(other: Path, path: Path, like: str) -> bool:
    return other.match(like) or other.name.startswith(f"{path.stem}.")


def reason(error: OSError) -> str:
    """Give why the system refused: a name of `SYSTEM`, which a sentence puts in its language, else its own words."""
    name = errno.errorcode.get(error.errno or 0, "")
    return name if name in SYSTEM else str(error.strerror or error)


class OutputError(KientrucError):
    """An output cannot or may not be written; what was there before is untouched."""
