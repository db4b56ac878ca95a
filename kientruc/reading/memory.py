"""Files that lie in no folder, read as if they did: within the same limits, by the same rules for paths."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kientruc.reading.files import Workspace
from kientruc.reading.limits import Limits
from kientruc.source import Span


class MemoryWorkspace(Workspace):
    """A folder that is only its files, by path; there are no links in it."""

    def __init__(self, files: Mapping[str, bytes], limits: Limits) -> None:
        super().__init__(Path(), limits)
        self.files = files

    def _data(self, parts: tuple[str, ...], at: Span) -> bytes:
        name = "/".join(parts)
        if name not in self.files:
            raise FileNotFoundError(name)
        self._weigh(len(self.files[name]), name, at)
        return self.files[name]

    def _names(self, parts: tuple[str, ...], at: Span) -> list[str]:
        above = "".join(f"{part}/" for part in parts)
        return sorted({path.removeprefix(above).partition("/")[0] for path in self.files if path.startswith(above)})
