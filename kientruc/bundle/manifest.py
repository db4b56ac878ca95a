"""What a bundle says of itself: its architecture, editions, day, and the hash of every file in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kientruc.canonical import canonical

FORMAT: Final = "kientruc-bundle/1"
MANIFEST, FINDINGS, SEAL = "manifest.json", "findings.json", "seal.json"
SCALAR = 64 * 1024  # characters, as in an architecture
SOURCES, FILES = "sources/", "files/"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Line = Annotated[str, Field(max_length=SCALAR)]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, protected_namespaces=())


class Head(_Told):
    """Which architecture it is; the version is null where none is numbered."""

    id: Line
    name: Line
    version: Line | None
    cut_off: date
    model_sha256: Sha256


class Pack(_Told):
    """An edition it was checked against, and the hash of all its files."""

    id: Line
    sha256: Sha256


class Member(_Told):
    """A file in the bundle: hash and size in bytes."""

    sha256: Sha256
    bytes: Annotated[int, Field(ge=0, le=2**53 - 1)]


def member(data: bytes) -> Member:
    """Describe a file."""
    return Member(sha256=hashlib.sha256(data).hexdigest(), bytes=len(data))


class Request(_Told):
    """A request not to be held to a requirement; the reviewer decides."""

    id: Line
    requirement: Line
    subjects: tuple[Line, ...]
    reason: Line
    until: date | None


class Manifest(_Told):
    """The whole of manifest.json; paths are relative to `sources/` and `files/`."""

    format: Literal["kientruc-bundle/1"]
    tool: Line
    architecture: Head
    editions: tuple[Pack, ...]
    on: date
    root: Line
    sources: Mapping[str, Member]
    files: Mapping[str, Member]
    findings_sha256: Sha256
    waiver_requests: tuple[Request, ...]

    @property
    def members(self) -> dict[str, Member | None]:
        """Every file there must be beside the manifest and the seal, by its name in the ZIP; None for findings.json."""
        sources = ((f"{SOURCES}{path}", one) for path, one in self.sources.items())
        files = ((f"{FILES}{path}", one) for path, one in self.files.items())
        return {FINDINGS: None, **dict(sources), **dict(files)}

    def spelt(self) -> bytes:
        """Give the bytes of manifest.json: canonical JSON (RFC 8785)."""
        return canonical(self.model_dump(mode="json"))


class BadManifest(Exception):
    """The manifest is not one: `why` is "format", "canonical" or where a value is wrong, `found` what stands there."""

    def __init__(self, why: str, found: str = "") -> None:
        super().__init__(why)
        self.why, self.found = why, found


class _Format(BaseModel):
    format: str


def parse(data: bytes) -> Manifest:
    """Read a manifest. What is not spelt exactly as we would spell it is refused: keys given twice, other numbers.

    Raises:
        BadManifest: it is none.
    """
    try:
        found = _Format.model_validate_json(data).format
        if found != FORMAT:
            raise BadManifest("format", found)
        manifest = Manifest.model_validate_json(data)
    except ValidationError as error:
        raise BadManifest(_where(error.errors(include_url=False, include_input=False)[0]["loc"])) from None
    if manifest.spelt() != data:
        raise BadManifest("canonical")
    return manifest


def _where(loc: Iterable[int | str]) -> str:
    return ".".join(map(str, loc))[:100] or "json"
