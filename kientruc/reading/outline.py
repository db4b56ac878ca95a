"""Which ids files declare, by a glance at their lines: quick, and no worse for a file that is half typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT, MIB, Limits
from kientruc.reading.refusal import Refusal
from kientruc.source import SourceFile, Span

_LINE = re.compile(r"""^( *)(['"]?)([A-Za-z0-9_][A-Za-z0-9._-]*)\2 *:(?:[ \r](.*))?$""", re.MULTILINE)
_INCLUDE = re.compile(r"^include *:(.*(?:\r?\n(?:[ #-].*)?)*)", re.MULTILINE)
_NAMED = re.compile(r"""(?:^|[{,] *)name *: *("[^"\n]*"|'[^'\n]*'|[^,}\n]*)""")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_NOT_RECORDS = frozenset(("format", "architecture", "include", "defaults"))


class Declared(NamedTuple):
    """One record: its section, its id, and its name where the eye falls on one."""

    section: str
    id: str
    name: str


LIMITS = replace(DEFAULT, file_bytes=8 * MIB, total_bytes=8 * MIB)  # somebody waits: so much is read in half a second
PATTERNS = 1_000  # of includes in one file


def outline(root: Path, limits: Limits = LIMITS) -> Iterator[Declared]:
    """Give what an architecture declares, as written; nothing of what cannot be read, and never an error.

    It is for proposals while somebody types: records in sections written in block style, each at the margin of its
    section's first one. Files are opened as `load` opens them, so nothing outside the root's folder is read.
    """
    workspace = Workspace(root.parent, limits)
    waiting, seen = [root.name], set[str]()
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        try:
            file = workspace.read(path)
        except Refusal as refusal:
            if refusal.finding.refused:
                return  # too large or hostile, or enough was read
            continue
        yield from declared(file.text)
        waiting += _included(workspace, file)


def declared(text: str) -> Iterator[Declared]:
    """Give what one text declares."""
    section, margin = "", 0
    record: Declared | None = None
    for line in _LINE.finditer(text):
        indent, _, key, value = line.groups(default="")
        value = value.strip()
        if not indent or (margin and len(indent) <= margin):
            if record:
                yield record
            record = None
        if not indent:
            section, margin = ("" if key in _NOT_RECORDS else key), 0
        elif section and len(indent) == (margin := margin or len(indent)):
            found = _NAMED.search(value) if value.startswith("{") else None
            record = Declared(section, key, _plain(found[1]) if found else "")
        elif record and key == "name" and not record.name:
            record = record._replace(name=_plain(value))
    if record:
        yield record


def _plain(value: str) -> str:
    quoted = len(value) > 1 and value[0] in "'\"" and value[0] == value[-1]
    return value[1:-1] if quoted else _COMMENT.sub("", value).strip()


def _included(workspace: Workspace, file: SourceFile) -> Iterator[str]:
    found = _INCLUDE.search(file.text)
    folder = file.path.rpartition("/")[0]
    items = re.split(r"[\[\],\r\n]", _COMMENT.sub("", found[1])) if found else ()
    names = (_plain(item.strip().removeprefix("- ").strip()) for item in items)
    for name in islice(filter(None, names), PATTERNS):
        try:
            yield from workspace.matching(f"{folder}/{name}" if folder else name, Span(file, 0, 0))
        except Refusal:
            continue
