"""Files to one architecture, gathering every finding of every file before giving up."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from kientruc.finding import Finding
from kientruc.loading.build import build
from kientruc.loading.gathered import Gathered
from kientruc.loading.includes import gather, gather_text
from kientruc.loading.kept import Kept
from kientruc.model.architecture import Architecture
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.source import SourceFile, Span

CURLY = (("“", "”"), ("‘", "’"), ("„", "“"), ("”", "”"))


class Loaded(NamedTuple):
    """What came of loading: the architecture, unless a finding forbids one, and the findings in order of their places.

    `more` counts the findings for which there was no room. `asked` is what was looked for on the disk, from the root's
    folder, there or not: files, and with a slash at their end the folders that were listed. `whole` is false where
    something could not be read, so that what is wrong with it is not known.
    """

    architecture: Architecture | None
    findings: tuple[Finding, ...]
    files: tuple[SourceFile, ...]
    more: int = 0
    limits: Limits = DEFAULT
    asked: frozenset[str] = frozenset()
    whole: bool = True

    @property
    def refused(self) -> bool:
        """Whether the input was too large or hostile."""
        return any(finding.refused for finding in self.findings)


def load(
    root: Path, limits: Limits = DEFAULT, instead: Mapping[str, bytes] | None = None, kept: Kept | None = None
) -> Loaded:
    """Load an architecture from its root file and all it includes.

    Never raises for what is wrong with the files: that is in the findings.

    Args:
        instead: bytes to take for what lies under a path: how it would load, were they written.
        kept: what earlier loads read; it changes how long a load takes, and nothing else.
    """
    return load_from(Workspace(root.parent, limits, instead), root.name, kept)


def load_from(workspace: Workspace, root: str, kept: Kept | None = None) -> Loaded:
    """Load an architecture from its root file, by name, in a workspace that need not lie on a disk."""
    loaded = _finish(lambda: gather(workspace, root, kept or Kept()))
    return loaded._replace(asked=frozenset(workspace.asked))


def load_text(text: str, path: str = "architecture.yaml", limits: Limits = DEFAULT) -> Loaded:
    """Load an architecture from one text that includes nothing.

    Example:
        >>> broken = api.load_text("format: kientruc/1\\nelements: {a: {kind: platfrom}}")
        >>> broken.architecture is None, [finding.code for finding in broken.findings]
        (True, ['M-NOHEAD', 'M-MISSING', 'M-KIND'])
    """
    return _finish(lambda: gather_text(SourceFile(path, text), limits))


def _finish(read: Callable[[], Gathered]) -> Loaded:
    collecting = gc.isenabled()
    gc.disable()  # the collector would walk the growing tree again and again: a factor of 3 (docs/benchmarks.md)
    try:
        gathered = read()
        findings = gathered.findings
        architecture = None if findings.refused else build(gathered)
        gathered.kept.turn(gathered.whole)
    finally:
        if collecting:
            gc.enable()
    told = _sunk(_once(sorted(findings, key=lambda finding: finding.order)))
    if findings.blocked or not gathered.whole:
        architecture = None
    return Loaded(
        architecture, told, tuple(gathered.files), findings.total - len(findings), gathered.limits, whole=gathered.whole
    )


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    """Keep what the reader said of a place, and drop what the model says of the same place because of it."""
    read: dict[str, list[Span]] = {}
    for finding in findings:
        if finding.code.startswith("Y-") and finding.span:
            read.setdefault(finding.span.path, []).append(finding.span)
    return tuple(
        _curly(finding)
        for finding in findings
        if finding.code.startswith("Y-")
        or finding.span is None
        or not any(_is_of(finding, span) for span in read.get(finding.span.path, ()))
    )


def _sunk(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Tell once that a record lies as deep as the keys of the one above, and not also each key that is there twice."""
    told: list[Finding] = []
    sunk: Finding | None = None
    for finding in findings:
        if sunk and finding.code == "Y-DUP" and _is_split(sunk, finding):
            if told[-1] is sunk:
                told[-1] = Finding("M-SUNK", sunk.span, {name: sunk.values[name] for name in ("id", "key")})
            continue
        if finding.code == "M-KEY" and finding.values.get("empty"):
            sunk = finding
        told.append(finding)
    return tuple(told)


def _is_split(sunk: Finding, double: Finding) -> bool:
    """Tell whether a key that is there twice stands once before an empty key and once behind it, as deep."""
    at, first, second = sunk.span, double.also[0], double.span
    if at is None or second is None or not at.path == first.path == second.path:
        return False
    return first.start < at.start < second.start and at.column == first.column == second.column


def _curly(finding: Finding) -> Finding:
    """Name the quotation marks of a word processor where they made a word one that nobody knows."""
    at = finding.span
    written = at.file.text[at.start : at.end] if at and finding.code.startswith("M-") else ""
    if len(written) < 3 or (written[0], written[-1]) not in CURLY:
        return finding
    return Finding("M-QUOTES", at, {"found": written, "meant": written[1:-1]}, finding.also)


def _is_of(finding: Finding, read: Span) -> bool:
    """Tell whether the model stumbled over what the reader did: it begins there, or is a value that holds it."""
    at = finding.span
    if at is None or at.start > read.end:
        return False
    between = at.file.text[at.start : read.start]  # what was refused may be the braces around it
    return read.start <= at.start or (finding.code == "M-TYPE" and between[0] == "{" and "}" not in between)
