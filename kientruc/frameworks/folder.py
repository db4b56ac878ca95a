"""The folder of an edition: which files it may hold, each read within limits; all that is wrong is told at once."""

from __future__ import annotations

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

FILES = ("edition.yaml", "vocabulary.yaml", "law.yaml", "not_read.yaml", "crosswalk.yaml", "forms.yaml")
REQUIREMENTS = "requirements"
FOLDERS = (REQUIREMENTS, "vocabulary")  # of files whose names are the edition's own
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
        paths = _paths(workspace, problems)
    except Refusal as refusal:
        raise EditionError([refusal.finding]) from None
    for path in paths:
        try:
            found[path] = read(workspace, path, limits)
        except EditionError as error:
            problems.extend(error.findings)
            if any(finding.refused for finding in error.findings):
                break  # what is too large or hostile is not read any further
    if problems:
        raise EditionError(problems)
    return found


def _paths(workspace: Workspace, problems: list[Finding]) -> list[str]:
    paths = {"edition.yaml"}  # always asked for, so that its absence is told
    for name in workspace.matching("*", _start("edition.yaml")):
        if name in FILES:
            paths.add(name)
        elif name not in FOLDERS:
            problems.append(_foreign(name, (*FILES, *FOLDERS)))
    for folder in FOLDERS:
        for path in workspace.matching(f"{folder}/*", _start(folder)):
            if path.endswith(".yaml"):
                paths.add(path)
            else:
                problems.append(_foreign(path, ()))
    return sorted(paths)


def _foreign(path: str, known: tuple[str, ...]) -> Finding:
    return Finding("E-FILE", _start(shown(path)), {"found": shown(path), "near": nearest(path, known)})


def _start(path: str) -> Span:
    return Span(SourceFile(path, ""), 0, 0)
