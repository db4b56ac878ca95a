"""The folder of an edition: which files it may hold, each read within limits; all that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kientruc.finding import Finding
from kientruc.frameworks.reader import EditionError, nearest, read
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT, MIB, Limits
from kientruc.reading.paths import shown
from kientruc.reading.refusal import Refusal
from kientruc.source import SourceFile, Span

FILES = ("edition.yaml", "vocabulary.yaml", "law.yaml", "not_read.yaml", "crosswalk.yaml", "forms.yaml", "path.yaml")
REQUIREMENTS = "requirements"
FOLDERS = (REQUIREMENTS, "vocabulary")  # of files whose names are the edition's own
MANIFEST = "MANIFEST.sha256"  # may lie there; as `sha256sum` writes it
LIMITS = replace(DEFAULT, file_bytes=2 * MIB, total_bytes=16 * MIB, files=1_000, nodes=200_000)
Files = dict[str, tuple[Any, SourceFile]]


def open_folder(folder: Path, limits: Limits = LIMITS) -> Files:
    """Read every file of an edition; nothing else may lie there, for a misspelt name would be left out in silence.

    Returns:
        The top and the source of each file by its path.
    Raises:
        EditionError: something is not there, not allowed, too large, or not YAML.
    """
    workspace, found, problems = Workspace(folder, limits), Files(), list[Finding]()
    try:
        there = workspace.matching("*", _start("edition.yaml"))
        paths = _paths(workspace, there, problems)
    except Refusal as refusal:
        raise EditionError([refusal.finding]) from None
    for path in paths:
        try:
            found[path] = read(workspace, path, limits)
        except EditionError as error:
            problems.extend(error.findings)
            if any(finding.refused for finding in error.findings):
                break  # what is too large or hostile is not read any further
    if MANIFEST in there and not problems:
        problems.extend(_differing(workspace, found))
    if problems:
        raise EditionError(problems)
    return found


def _paths(workspace: Workspace, there: list[str], problems: list[Finding]) -> list[str]:
    paths = {"edition.yaml"}  # always asked for, so that its absence is told
    for name in there:
        if name in FILES:
            paths.add(name)
        elif name not in (*FOLDERS, MANIFEST):
            problems.append(_foreign(name, (*FILES, *FOLDERS)))
    for folder in FOLDERS:
        for path in workspace.matching(f"{folder}/*", _start(folder)):
            if path.endswith(".yaml"):
                paths.add(path)
            else:
                problems.append(_foreign(path, ()))
    return sorted(paths)


def _differing(workspace: Workspace, found: Files) -> Iterator[Finding]:
    """Hold the files against the manifest: one that was changed, added or taken away since, with the line about it."""
    try:
        manifest = workspace.read(MANIFEST)
    except Refusal as refusal:
        yield refusal.finding
        return
    left, at = {path: file.sha256 for path, (_, file) in found.items()}, 0
    for line in manifest.text.splitlines(keepends=True):
        digest, _, path = line.strip().partition(" ")
        if digest and left.pop(path.strip(" *"), "") != digest:
            yield Finding("E-HASH", Span(manifest, at, at + len(line.rstrip())), {"path": shown(path.strip(" *"))})
        at += len(line)
    for path in left:
        yield Finding("E-HASH", Span(manifest, 0, 0), {"path": path})


def _foreign(path: str, known: tuple[str, ...]) -> Finding:
    return Finding("E-FILE", _start(shown(path)), {"found": shown(path), "near": nearest(path, known)})


def _start(path: str) -> Span:
    return Span(SourceFile(path, ""), 0, 0)
