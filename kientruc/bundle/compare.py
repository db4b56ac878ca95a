"""What a bundle says was found, against what is found now: told by edition, requirement and field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kientruc.bundle.manifest import Manifest
from kientruc.canonical import canonical
from kientruc.finding import Finding
from kientruc.reading.paths import shown
from kientruc.result import Status, Verdict
from kientruc.source import Span

MOST = 1_000  # editions, or requirements of one, that are looked at
_NOTHING = "–"


class _Open(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")


class _Pack(_Open):
    id: str
    sha256: str | None


class _Requirement(_Open):
    id: str
    status: Status


class _Result(_Open):
    edition: _Pack
    verdict: Verdict
    requirements: tuple[_Requirement, ...]


class _Findings(_Open):
    """findings.json as far as it matters here; all else is compared as it is."""

    tool: str
    limits: Mapping[str, Annotated[int, Field(ge=0, le=2**53 - 1)]]
    results: tuple[_Result, ...]


def compare_findings(told: bytes, now: bytes, at: Span) -> Iterator[Finding]:
    """Tell how two findings.json differ, byte by byte, other than by the version of the tool and its limits.

    Args:
        told: what a stranger says.
        now: what we found, for the same editions as far as we have them.
    """
    if told == now:
        return
    try:
        theirs = _Findings.model_validate_json(told)
    except ValidationError:
        yield Finding("B-FINDINGS", at, {"found": "json"})
        return
    own = {"tool": theirs.tool, "limits": dict(theirs.limits)}
    ours = _Findings.model_validate_json(now).model_copy(update=own)
    if canonical(json.loads(now) | own) + b"\n" == told:
        return
    found = list(_results(theirs, ours, at))
    yield from found
    if not found:  # where only the spelling differs, a key may be there twice
        yield Finding("B-FINDINGS", at, {"found": _fields(theirs, ours) or "json"})


def _results(theirs: _Findings, ours: _Findings, at: Span) -> Iterator[Finding]:
    told = {one.edition.id: one for one in theirs.results[:MOST]}
    for now in ours.results:
        id = now.edition.id
        if id not in told:
            yield edition_differs(id, "", now.edition.sha256 or "", at)
            continue
        if told[id].edition.sha256 != now.edition.sha256:
            yield edition_differs(id, told[id].edition.sha256 or "", now.edition.sha256 or "", at)
        yield from _requirements(told[id], now, at)


def _requirements(told: _Result, now: _Result, at: Span) -> Iterator[Finding]:
    edition = now.edition.id
    theirs = {one.id: one for one in told.requirements[:MOST]}
    ours = {one.id: one for one in now.requirements}
    for id in sorted({*theirs, *ours}):
        one, other = theirs.get(id), ours.get(id)
        if one != other:
            values = {"told_status": one.status.value if one else "", "now_status": other.status.value if other else ""}
            what = {"field": _fields(one, other)} if one and other and one.status is other.status else {}
            code = "B-EVIDENCE" if what else "B-OUTCOME"
            yield Finding(code, at, {"edition": edition, "requirement": shown(id), **(what or values)})
    if told.verdict is not now.verdict:
        values = {"edition": edition, "told_verdict": told.verdict.value, "now_verdict": now.verdict.value}
        yield Finding("B-VERDICT", at, values)


def compare_manifests(told: Manifest, now: Manifest, at: Span) -> Iterator[Finding]:
    """Tell how what a manifest says of architecture, editions and requests differs from what is found now."""
    here = {one.id: one.sha256 for one in now.editions}
    for one in told.editions:
        if one.sha256 != here.get(one.id):
            yield edition_differs(one.id, one.sha256, here.get(one.id, ""), at)
    for name in ("id", "name", "version", "cut_off", "model_sha256"):
        yield from _field(f"architecture.{name}", getattr(told.architecture, name), getattr(now.architecture, name), at)
    theirs, ours = ({one.id: one for one in each.waiver_requests} for each in (told, now))
    for id in sorted({*theirs, *ours}):
        yield from _field(f"waiver_requests.{id}", theirs.get(id), ours.get(id), at)


def edition_differs(id: str, told: str, now: str, at: Span) -> Finding:
    """Make the finding of an edition that is another here than it was where the bundle was made, or not there."""
    values = {"edition": shown(id), "told": told[:64] or _NOTHING, "now": now[:64] or _NOTHING}
    return Finding("B-EDITION", at, values)


def _field(name: str, told: object, now: object, at: Span) -> Iterator[Finding]:
    if told != now:
        values = {"field": shown(name), "told": shown(str(told or _NOTHING)), "now": shown(str(now or _NOTHING))}
        yield Finding("B-TOLD", at, values)


def _fields(one: BaseModel, other: BaseModel) -> str:
    """Name the fields in which two differ."""
    mine, yours = (_values(each) for each in (one, other))
    return shown(", ".join(name for name in sorted({*mine, *yours}) if mine.get(name) != yours.get(name)))


def _values(one: BaseModel) -> dict[str, Any]:
    return {**dict(one), **(one.model_extra or {})}
