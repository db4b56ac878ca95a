"""Bundles made: a submission in one file, the same bytes for the same input; and the keys that seal it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kientruc import __version__
from kientruc.api.checking import Report, model_sha256
from kientruc.api.outputs import drawn, findings_json
from kientruc.errors import OutputError, UsageError, no_file, reason
from kientruc.loading import Loaded
from kientruc.reading.files import Workspace
from kientruc.reading.refusal import Refusal

if TYPE_CHECKING:
    from kientruc.bundle import Manifest
    from kientruc.bundle.manifest import Head, Member, Request

PARTS = ("report", "views", "dossier")
_KEY_BYTES = 64 * 1024
TOOL = f"kientruc {__version__}"


class Bundled(NamedTuple):
    """A bundle before it is written: its bytes, and what its manifest says."""

    data: bytes
    manifest: Manifest


def bundle(
    loaded: Loaded,
    root: Path,
    reports: Sequence[Report],
    parts: Iterable[str] = (),
    key: Path | None = None,
    lang: str = "vi",
    progress: Callable[..., None] | None = None,
) -> Bundled:
    """Make a bundle of a checked architecture: the same bytes for the same input.

    Args:
        loaded: must hold an architecture.
        root: its root file; only what loading read below its folder goes in.
        reports: one for each edition, made without anything of a reviewer.
        parts: of `PARTS`, what is rendered into it.
        key: a file with an Ed25519 private key (PEM) that seals it.
        lang: of what is rendered.
    Raises:
        UsageError: a part is unknown, a key is none, an extra is not installed.
        OutputError: a file is no longer as it was when it was loaded.
    Example:
        >>> small = api.load(folder / "architecture.yaml")
        >>> made = api.bundle(small, folder / "architecture.yaml", [api.check(small)])
        >>> made.data[:2]
        b'PK'
    """
    from kientruc.bundle.manifest import FILES, FINDINGS, MANIFEST, SEAL, SOURCES, member
    from kientruc.bundle.pack import pack

    secret = key_bytes(key) if key else b""
    sources = dict(_sources(loaded, root))
    files = _rendered(loaded, reports, parts, lang, progress)
    findings = findings_json(loaded, reports).encode()
    manifest = manifest_of(
        loaded,
        reports,
        reports[0].result.on,
        root.name,
        {path: member(data) for path, data in sources.items()},
        {path: member(data) for path, data in files.items()},
        member(findings).sha256,
    )
    members = {
        MANIFEST: manifest.spelt(),
        FINDINGS: findings,
        **{f"{SOURCES}{path}": data for path, data in sources.items()},
        **{f"{FILES}{path}": data for path, data in files.items()},
    }
    if key:
        from kientruc.bundle.seal import seal

        members[SEAL] = seal(members[MANIFEST], secret, str(key))
    return Bundled(pack(members), manifest)


def _sources(loaded: Loaded, root: Path) -> Iterator[tuple[str, bytes]]:
    """Give the bytes of every file that loading read, which must still be what it read."""
    from kientruc.bundle.manifest import member

    workspace = Workspace(root.parent, loaded.limits)
    for file in loaded.files:
        try:
            data = workspace.data(file.path)
        except Refusal:
            raise OutputError("bundle.changed", path=file.path) from None
        if member(data).sha256 != file.sha256:
            raise OutputError("bundle.changed", path=file.path)
        yield file.path, data


def _rendered(
    loaded: Loaded, reports: Sequence[Report], parts: Iterable[str], lang: str, progress: Callable[..., None] | None
) -> dict[str, bytes]:
    tell = progress or (lambda step, **values: None)
    wanted = set(parts)
    if unknown := sorted(wanted - {*PARTS}):
        raise UsageError("cli.unknown-choice", option="--with", found=unknown[0], allowed=", ".join(PARTS))
    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be bundled")
    files: dict[str, bytes] = {}
    if wanted:
        tell("draw")
    if "report" in wanted:
        files |= drawn(loaded, reports, lang)[0]
    if "views" in wanted:
        from kientruc.api.pictures import gallery

        files |= {f"views/{name}": data for name, data in gallery(loaded, "slide", lang)[0].items()}
    if "dossier" in wanted:
        from kientruc.api.papers import made_papers

        made = made_papers(architecture, lang=lang, progress=progress)
        files |= {f"dossier/{name}": data for name, data in made.files.items()}
    return files


def manifest_of(
    loaded: Loaded,
    reports: Sequence[Report],
    on: date | None,
    root: str,
    sources: Mapping[str, Member],
    files: Mapping[str, Member],
    findings: str,
) -> Manifest:
    """Make a manifest.

    Args:
        loaded: must hold an architecture.
        on: the day it was checked for; by default its cut-off.
        sources, files: what is in the bundle, by path.
        findings: the hash of findings.json.
    """
    from kientruc.bundle.manifest import FORMAT, Manifest, Pack

    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load has no manifest")
    return Manifest(
        format=FORMAT,
        tool=TOOL,
        architecture=_head(loaded),
        editions=tuple(Pack(id=one.edition.id, sha256=one.edition.sha256) for one in reports if one.edition),
        on=on or architecture.cut_off,
        root=root,
        sources=sources,
        files=files,
        findings_sha256=findings,
        waiver_requests=_requests(loaded),
    )


def _head(loaded: Loaded) -> Head:
    from kientruc.bundle.manifest import Head

    architecture = loaded.architecture
    assert architecture is not None
    head = architecture.head
    model = model_sha256(architecture)
    return Head(id=head.id, name=head.name, version=head.version, cut_off=head.cut_off, model_sha256=model)


def _requests(loaded: Loaded) -> tuple[Request, ...]:
    from kientruc.bundle.manifest import Request
    from kientruc.model.approval import WaiverRequest

    architecture = loaded.architecture
    assert architecture is not None
    records = sorted(architecture.records["waiver_requests"].items())
    return tuple(
        Request(
            id=id,
            requirement=one.requirement,
            subjects=tuple(map(str, one.subjects)),
            reason=one.reason,
            until=one.until,
        )
        for id, one in records
        if isinstance(one, WaiverRequest)
    )


def key_bytes(path: Path) -> bytes:
    """Read a file that should hold a key, as far as a key is long."""
    if not path.is_file():
        raise no_file(path, "*")
    with path.open("rb") as stream:
        return stream.read(_KEY_BYTES)


def new_keys(name: Path) -> tuple[Path, Path, str]:
    """Make a key pair and write it: NAME.key, which only its owner may read, and NAME.pub; nothing is overwritten.

    Returns:
        The two files, and the fingerprint of the public key.
    Raises:
        UsageError: one of the files is there, there is no such folder, or the extra is not installed.
        OutputError: the disk refused.
    """
    from kientruc.bundle.seal import new_keys as make

    private, public = (name.with_name(f"{name.name}.{suffix}") for suffix in ("key", "pub"))
    for path in (private, public):
        if os.path.lexists(path):
            raise UsageError("seal.there", path=str(path))
    if not name.parent.is_dir():
        raise UsageError("cli.no-folder", folder=str(name.parent))
    pair = make()
    try:
        _write_new(private, pair.private, 0o600)
        _write_new(public, pair.public, 0o644)
    except OSError as error:
        why = reason(error)
        raise OutputError("cli.write-failed", path=str(error.filename or private), why=why) from None
    return private, public, pair.fingerprint


def _write_new(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
