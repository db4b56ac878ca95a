"""What came of verifying a bundle, as lines for a terminal or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kientruc.bundle.manifest import Manifest
from kientruc.bundle.verification import Verification
from kientruc.canonical import canonical
from kientruc.finding import Finding
from kientruc.messages import LANGUAGES, text
from kientruc.renderers import terminal
from kientruc.renderers.escapes import log_line
from kientruc.source import CellSpan
from kientruc.views.remarks import remark
from kientruc.views.words import day

FORMAT = "kientruc-verification/1"
MOST = 100  # findings printed; the JSON holds all


def lines(found: Verification, path: str, lang: str) -> str:
    """Spell it for a terminal: what is wrong, what the bundle says it is, then the three answers.

    Args:
        path: the bundle as the user named it.
    """
    return "".join(f"{log_line(line)}\n" for line in _lines(found, path, lang))


def _lines(found: Verification, path: str, lang: str) -> Iterator[str]:
    folder, slash, _ = path.rpartition("/")
    for one in found.findings[:MOST]:
        base = f"{folder}{slash}" if one.span is None or isinstance(one.span, CellSpan) else f"{path}:"
        yield from terminal.lines((remark(one, lang),), lang, base)
    if len(found.findings) > MOST:
        yield text("text.others", lang, count=len(found.findings) - MOST)
    yield text("verify.bundle", lang, path=path, hash=found.source.sha256 or "–")
    if found.manifest:
        yield from _head(found.manifest, lang)
    yield text(f"verify-whole.{found.whole.value}", lang)
    yield text(f"verify-seal.{found.seal.value}", lang, key=found.sealed_by)
    yield text(f"verify-same.{found.same.value}", lang)


def _head(manifest: Manifest, lang: str) -> Iterator[str]:
    head = manifest.architecture
    values = {"id": head.id, "name": head.name, "version": head.version or "–", "day": day(head.cut_off, lang)}
    yield text("verify.architecture", lang, **values)
    editions = ", ".join(one.id for one in manifest.editions)
    yield text("verify.checked", lang, editions=editions, day=day(manifest.on, lang), tool=manifest.tool)
    counts = {"sources": len(manifest.sources), "files": len(manifest.files)}
    yield text("verify.holds", lang, requests=len(manifest.waiver_requests), **counts)


def data(found: Verification, name: str, tool: str) -> str:
    """Spell everything as JSON: answers are `yes`, `no` or `not-asked`.

    Args:
        name: of the bundle's file.
        tool: who verified.
    """
    whole = {
        "format": FORMAT,
        "tool": tool,
        "bundle": {"name": name, "sha256": found.source.sha256 or None, "bytes": found.source.size},
        "manifest": found.manifest.model_dump(mode="json") if found.manifest else None,
        "whole": found.whole.value,
        "seal": found.seal.value,
        "sealed_by": found.sealed_by or None,
        "same": found.same.value,
        "holds": found.holds,
        "findings": [_finding(one) for one in found.findings],
    }
    return canonical(whole).decode() + "\n"


def _finding(one: Finding) -> dict[str, Any]:
    words = {lang: remark(one, lang) for lang in LANGUAGES}
    span = None if isinstance(one.span, CellSpan) else one.span
    return {
        "code": one.code,
        "severity": one.severity.value,
        "refused": one.refused,
        "message": {lang: said.message for lang, said in words.items()},
        "remedy": {lang: said.remedy for lang, said in words.items()},
        "values": one.values,
        "at": {"path": span.path, "line": span.line, "column": span.column} if span else None,
        "fingerprint": one.fingerprint,
    }
