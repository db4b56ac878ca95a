"""Bundles verified: whole, sealed by whom, and what they say found again from the sources inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc.api.bundles import TOOL, key_bytes, manifest_of
from kientruc.api.checking import check_all
from kientruc.api.outputs import findings_json
from kientruc.api.submissions import BUNDLES, load_bundle
from kientruc.errors import UsageError, no_file
from kientruc.finding import Finding, Severity
from kientruc.frameworks import edition_ids
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.source import CellSpan

if TYPE_CHECKING:
    from kientruc.bundle import Bundle, Verification

VERIFICATION_FORMATS = ("text", "json")


def verify(path: Path, key: Path | None = None, rerun: bool = True, limits: Limits = DEFAULT) -> Verification:
    """Verify a bundle: every file is there and as the manifest says, the seal holds, and the findings are found again.

    Rendered files are held to their hashes; they are not rendered again.

    Args:
        key: the public key (PEM) of the one who must have sealed it; without it a seal only has to hold.
        rerun: whether to check the sources inside again, with the editions we have.
        limits: of the architecture inside.
    Raises:
        UsageError: there is no such file, a key is none, or the bundle is sealed and the extra is not installed.
    Example:
        >>> small = api.load(folder / "architecture.yaml")
        >>> made = api.bundle(small, folder / "architecture.yaml", [api.check(small)])
        >>> (folder / "goi.zip").write_bytes(made.data) > 0
        True
        >>> api.verify(folder / "goi.zip").whole.value
        'yes'
    """
    from kientruc.bundle import Answer, Verification, open_bundle
    from kientruc.bundle.manifest import SOURCES

    if not path.exists() and not path.is_symlink():
        raise no_file(path, f"*{BUNDLES}")
    if path.is_dir():
        raise UsageError("cli.is-folder", path=str(path))
    wanted = _wanted(key)
    found, source, findings = open_bundle(path)
    at = CellSpan(source, 0, 0)
    whole, seal, same, by = Answer.NO if findings else Answer.YES, Answer.NOT_ASKED, Answer.NOT_ASKED, ""
    gathered = list(findings)
    if found:
        by, wrong = _sealed(found, wanted, at)
        seal = Answer.NO if wrong else Answer.YES if by else Answer.NOT_ASKED
        gathered += wrong
        if rerun and not any(one.values.get("path", "").startswith(SOURCES) for one in findings):
            again = tuple(_again(found, at, limits))
            same = Answer.NO if any(one.severity is Severity.BLOCKER for one in again) else Answer.YES
            gathered += again
    once = tuple({one.fingerprint: one for one in gathered}.values())
    return Verification(source, found.manifest if found else None, whole, seal, by, same, once)


def _wanted(key: Path | None) -> str:
    if key is None:
        return ""
    from kientruc.bundle.seal import fingerprint_of

    return fingerprint_of(key_bytes(key), str(key))


def _sealed(found: Bundle, wanted: str, at: CellSpan) -> tuple[str, list[Finding]]:
    """Give the fingerprint of the key whose seal holds, and what is wrong with the seal."""
    if found.seal is None:
        return "", [Finding("B-NOSEAL", at, {"wanted": wanted})] if wanted else []
    from kientruc.bundle.seal import sealed_by

    by = sealed_by(found.manifest.spelt(), found.seal)
    if not by:
        return "", [Finding("B-SEAL", at)]
    other = wanted and wanted != by
    return by, [Finding("B-KEY", at, {"found": by, "wanted": wanted})] if other else []


def _again(found: Bundle, at: CellSpan, limits: Limits) -> Iterator[Finding]:
    """Load and check the sources inside, and tell what differs from what the bundle says."""
    from kientruc.bundle.compare import compare_findings, compare_manifests

    told = found.manifest
    loaded = load_bundle(found, limits)
    read = {file.path for file in loaded.files}
    yield from (Finding("B-UNREAD", at, {"path": path}) for path in sorted(told.sources) if path not in read)
    if loaded.architecture is None:
        yield Finding("B-LOAD", at, {"count": str(len(loaded.findings) + loaded.more)})
        yield from loaded.findings
        return
    if told.tool != TOOL:
        yield Finding("B-TOOL", at, {"told": told.tool, "now": TOOL}, severity=Severity.INFO)
    ids = [one.id for one in told.editions if one.id in edition_ids()]
    reports = check_all(loaded, ids, told.on) if ids else ()
    now = manifest_of(loaded, reports, told.on, told.root, told.sources, told.files, told.findings_sha256)
    yield from compare_manifests(told, now, at)
    if reports and found.findings is not None:
        yield from compare_findings(found.findings, findings_json(loaded, reports).encode(), at)


def spell_verification(found: Verification, path: Path, format: str, lang: str) -> str:
    """Spell what came of verifying in one of `VERIFICATION_FORMATS`."""
    from kientruc.renderers import verification

    if format == "json":
        return verification.data(found, path.name, TOOL)
    return verification.lines(found, path.as_posix(), lang)
