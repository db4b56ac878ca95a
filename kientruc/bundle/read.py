"""A bundle of a stranger, held in memory: never unpacked, every file named by its manifest and as it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from kientruc.bundle.manifest import FINDINGS, MANIFEST, SEAL, SOURCES, BadManifest, Manifest, Member, member, parse
from kientruc.bundle.pack import pack
from kientruc.finding import Finding
from kientruc.reading.archive import Archive, BadArchive
from kientruc.reading.archive_limits import BUNDLE, ArchiveLimits
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT, MIB
from kientruc.reading.paths import check_path, shown
from kientruc.reading.refusal import Refusal
from kientruc.source import CellSpan, SourceFile

_CODES = {
    **{"bomb": "B-BOMB", "name": "B-NAME", "link": "B-LINK"},
    **{"twice": "B-DUP", "locked": "B-LOCKED", "zip": "B-ZIP"},
}
_PACKED = BUNDLE.inflated + 16 * MIB  # bytes on disk: nothing in a bundle is compressed


@dataclass(frozen=True, slots=True)
class Bundle:
    """What lies in a bundle, by name in the ZIP (`findings.json`, `sources/...`, `files/...`), and its manifest.

    Of a bundle with findings, what they name may be missing or other than the manifest says.
    """

    manifest: Manifest
    members: Mapping[str, bytes]

    @property
    def sources(self) -> dict[str, bytes]:
        """The files of the architecture, by path from its root's folder."""
        return {name.removeprefix(SOURCES): data for name, data in self.members.items() if name.startswith(SOURCES)}

    @property
    def findings(self) -> bytes | None:
        """What its maker says was found, findings.json; None where it is missing or damaged."""
        return self.members.get(FINDINGS)

    @property
    def seal(self) -> bytes | None:
        """The seal over the manifest, seal.json, if there is one."""
        return self.members.get(SEAL)


class Opened(NamedTuple):
    """A bundle as far as it could be read, the hash of its bytes, and what is wrong with it."""

    bundle: Bundle | None
    source: SourceFile
    findings: tuple[Finding, ...] = ()


def open_bundle(path: Path, limits: ArchiveLimits = BUNDLE) -> Opened:
    """Read a bundle. What is wrong with it is in the findings; nothing is written, and what it says is not run."""
    bounds = replace(DEFAULT, file_bytes=_PACKED, total_bytes=_PACKED)
    try:
        data = Workspace(path.parent, bounds).data(path.name)
    except Refusal as refusal:
        return Opened(None, SourceFile(path.name, ""), (refusal.finding,))
    return read_bytes(path.name, data, limits)


def read_bytes(name: str, data: bytes, limits: ArchiveLimits = BUNDLE) -> Opened:
    """Read a bundle from its bytes; as `open_bundle`."""
    file = SourceFile(name, "", hashlib.sha256(data).hexdigest(), size=len(data))
    try:
        archive = Archive(data, limits)
        _check_portable(archive.names)
    except BadArchive as bad:
        return Opened(None, file, (_finding(_CODES[bad.problem], file, True, **bad.values),))
    members, damaged = archive.read_all()
    broken = [_finding("B-HASH", file, path=shown(name)) for name in damaged]
    if MANIFEST not in members:
        return Opened(None, file, tuple(broken) or (_finding("B-MISSING", file, path=MANIFEST),))
    try:
        manifest = parse(members[MANIFEST])
    except BadManifest as bad:
        code = "B-FORMAT" if bad.why == "format" else "B-MANIFEST"
        return Opened(None, file, (*broken, _finding(code, file, found=shown(bad.found or bad.why))))
    found = [*broken, *(_finding(code, file, path=shown(name)) for code, name in _other(manifest, members, damaged))]
    if not found and pack(members) != data:
        found.append(_finding("B-PACKED", file))
    return Opened(Bundle(manifest, members), file, tuple(found))


def _check_portable(names: tuple[str, ...]) -> None:
    for name in names:
        try:
            parts = check_path(name, None)
        except Refusal:
            parts = ()
        if "/".join(parts) != name:
            raise BadArchive("name", found=shown(name))


def _other(manifest: Manifest, members: Mapping[str, bytes], damaged: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Compare the files with what the manifest says of them."""
    told = manifest.members
    for name in sorted({*told, *members} - {MANIFEST, SEAL, *damaged}):
        if name not in members:
            yield "B-MISSING", name
        elif name not in told:
            yield "B-EXTRA", name
        elif not _is_as_told(manifest, told[name], members[name]):
            yield "B-HASH", name


def _is_as_told(manifest: Manifest, told: Member | None, data: bytes) -> bool:
    found = member(data)
    return found == told if told else found.sha256 == manifest.findings_sha256


def _finding(code: str, file: SourceFile, refused: bool = False, **values: str) -> Finding:
    return Finding(code, CellSpan(file, 0, 0), values, refused=refused)
