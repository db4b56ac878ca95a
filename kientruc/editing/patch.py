"""What is to be written: changed files that were read again and found right, shown as a diff, written all or none."""

from __future__ import annotations

import difflib
import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from kientruc.atomic import current, staged
from kientruc.editing.refused import EditRefused
from kientruc.errors import OutputError, reason
from kientruc.source import SourceFile

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NO_END = "\n\\ No newline at end of file\n"  # what `patch` and git expect


@dataclass(frozen=True, slots=True)
class Edited:
    """One file with its new text; `bom` tells whether the new file begins with a byte order mark.

    A `file` that has no hash was not read: it is to be made, and nothing may stand in its place.
    """

    file: SourceFile
    text: str
    bom: bool

    @property
    def data(self) -> bytes:
        """The bytes to write."""
        return encode(self.text, self.bom)

    @property
    def changed(self) -> bool:
        """Whether the new bytes differ from what was read."""
        old = self.file.sha256 or hashlib.sha256(encode(self.file.text, self.file.bom)).hexdigest()
        return hashlib.sha256(self.data).hexdigest() != old

    def diff(self) -> str:
        """Give the change as a unified diff; empty if the text stays the same."""
        old, new = (_LINE.findall(text) for text in (self.file.text, self.text))
        lines = difflib.unified_diff(old, new, f"a/{self.file.path}", f"b/{self.file.path}")
        return "".join(line if line.endswith("\n") else line + _NO_END for line in lines)


@dataclass(frozen=True, slots=True)
class Patch:
    """Changed files, in the order of their paths."""

    files: tuple[Edited, ...]

    def diff(self) -> str:
        """Give all changes as one unified diff."""
        return "".join(edited.diff() for edited in self.files)

    def write(self, folder: Path) -> None:
        """Write the files below the folder they were read from, and folders of new ones: all, or none.

        Raises:
            EditRefused: a file is not any more what was read.
            OutputError: a path is a link, or the disk refused.
        """
        try:
            old = {folder / edited.file.path: _unchanged(folder, edited.file) for edited in self.files}
            new = {folder / edited.file.path: edited.data for edited in self.files}
            for final in new:
                if old[final] is None:
                    final.parent.mkdir(parents=True, exist_ok=True)
            with staged(new.items()) as pairs:
                for temporary, final in pairs:
                    if old[final] is not None:
                        temporary.chmod(stat.S_IMODE(final.stat().st_mode))
                for edited in self.files:
                    _unchanged(folder, edited.file)
                _rename(pairs, old)
        except OSError as error:
            path = str(error.filename or folder)
            raise OutputError("cli.write-failed", path=path, why=reason(error)) from None


def encode(text: str, bom: bool) -> bytes:
    """Give the bytes of a text."""
    return text.encode("utf-8-sig" if bom else "utf-8")


def _unchanged(folder: Path, file: SourceFile) -> bytes | None:
    data = current(folder, file.path)
    if data is None and not file.sha256:
        return None
    if data is None or hashlib.sha256(data).hexdigest() != file.sha256:
        raise EditRefused("edit.stale", path=file.path)
    return data


def _rename(pairs: list[tuple[Path, Path]], old: dict[Path, bytes | None]) -> None:
    """Put every file in its place; if one cannot be, put back those that were and take away those that were not."""
    done: list[Path] = []
    try:
        for temporary, final in pairs:
            temporary.replace(final)
            done.append(final)
    except OSError:
        with staged((path, data) for path in done if (data := old[path]) is not None) as back:
            for temporary, final in back:
                temporary.replace(final)
        for path in done:
            if old[path] is None:
                path.unlink(missing_ok=True)
        raise
