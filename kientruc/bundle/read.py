"""A bundle of a stranger, held in memory: never unpacked, every file named by its manifest and as it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kientruc.bundle.manifest import SOURCES, Manifest


@dataclass(frozen=True, slots=True)
class Bundle:
    """What lies in a bundle, by name in the ZIP (`findings.json`, `sources/...`, `files/...`), and its manifest."""

    manifest: Manifest
    members: Mapping[str, bytes]
    seal: bytes | None = None

    @property
    def sources(self) -> dict[str, bytes]:
        """The files of the architecture, by path from its root's folder."""
        return {name.removeprefix(SOURCES): data for name, data in self.members.items() if name.startswith(SOURCES)}
