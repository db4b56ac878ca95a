"""What a bundle says of itself: its architecture, editions, day, and the hash of every file in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kientruc.canonical import canonical

FORMAT = "kientruc-bundle/1"
MANIFEST, FINDINGS, SEAL = "manifest.json", "findings.json", "seal.json"
SOURCES, FILES = "sources/", "files/"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Short = Annotated[str, Field(max_length=1_000)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, protected_namespaces=())


class Head(_Told):
    """Which architecture it is; the version is null where none is numbered."""

    id: Short
    name: Short
    version: Short | None
    cut_off: Day
    model_sha256: Sha256


class Pack(_Told):
    """An edition it was checked against, and the hash of all its files."""

    id: Short
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

    id: Short
    requirement: Short
    subjects: tuple[Short, ...]
    reason: Annotated[str, Field(max_length=70_000)]
    until: Day | None


class Manifest(_Told):
    """The whole of manifest.json; paths are relative to `sources/` and `files/`."""

    format: Literal["kientruc-bundle/1"]
    tool: Short
    architecture: Head
    editions: tuple[Pack, ...]
    on: Day
    root: Short
    sources: Mapping[str, Member]
    files: Mapping[str, Member]
    findings_sha256: Sha256
    waiver_requests: tuple[Request, ...]

    @property
    def members(self) -> dict[str, str]:
        """The hash of every file there must be, by its name in the ZIP, beside the manifest and the seal."""
        sources = ((f"{SOURCES}{path}", one.sha256) for path, one in self.sources.items())
        files = ((f"{FILES}{path}", one.sha256) for path, one in self.files.items())
        return {FINDINGS: self.findings_sha256, **dict(sources), **dict(files)}

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
