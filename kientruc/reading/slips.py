"""Slips of the hand that the scanner only notices later: a space that was lost, a character that only looks right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kientruc.finding import Finding
from kientruc.reading.characters import name_of
from kientruc.source import SourceFile, Span

BACK = 3  # written lines looked at, above the one the scanner stumbled over
SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"  # they look like a space; YAML takes them for letters
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)|^={7}$", re.MULTILINE)
_KEY = r"[A-Za-z_][A-Za-z0-9_.-]*"
# What each slip looks like; the group is what is wrong.
_SLIPS = (
    ("Y-LETTER", re.compile(rf"^ *([{SPACES}])")),
    ("Y-LETTER", re.compile(rf"^\s*(?:- )?{_KEY}\s*(：)")),
    ("Y-LETTER", re.compile(rf"^\s*(?:- )?{_KEY}:([{SPACES}])")),
    ("Y-LETTER", re.compile(rf"^\s*-([{SPACES}])")),
    ("Y-NOSPACE", re.compile(rf"^\s*(-){_KEY}:(?:\s|$)")),
    ("Y-NOSPACE", re.compile(rf"^\s*(?:- )?{_KEY}(:)(?=[^\s/:])")),
)


def slip(file: SourceFile, at: int) -> Finding | None:
    """Find the slip that the scanner's error at a place comes from: on its line, or on one of those above it."""
    if conflict := _CONFLICT.search(file.text):
        return _finding("Y-CONFLICT", file, conflict.start(), conflict.end(), found=conflict.group()[:7])
    for start, line in _lines_up(file, at):
        for code, pattern in _SLIPS:
            if found := pattern.search(line):
                begin, end = start + found.start(1), start + found.end(1)
                return _told(code, file, begin, end)
    return None


def lost_space(file: SourceFile, start: int, key: str) -> Finding | None:
    """Find the space that a key inside braces lost, as in {value:x}."""
    found = re.fullmatch(rf"{_KEY}(:)[^\s/:].*", key)
    return _told("Y-NOSPACE", file, start + found.start(1), start + found.end(1)) if found else None


def _told(code: str, file: SourceFile, begin: int, end: int) -> Finding:
    found = file.text[begin:end]
    if code == "Y-NOSPACE":
        return _finding(code, file, begin, end, found=found)
    letter = "letter.colon" if found == "：" else "letter.space"
    return _finding(code, file, begin, end, found=name_of(found), letter=letter)


def _lines_up(file: SourceFile, at: int) -> Iterator[tuple[int, str]]:
    """Give the line of a place and the written ones above it, down to the one that opens their block."""
    end = file.text.find("\n", at)
    start, left = len(file.text) if end < 0 else end, BACK
    depth = -1
    for line in reversed(file.text[:start].split("\n")):
        start -= len(line)
        if line.strip() and not line.lstrip().startswith("#"):
            depth = _depth(line) if depth < 0 else depth
            if _depth(line) < depth and line.partition(" #")[0].rstrip().endswith(":"):
                return
            yield start, line
            left -= 1
        start -= 1
        if left < 0:
            return


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _finding(code: str, file: SourceFile, start: int, end: int, **values: str) -> Finding:
    return Finding(code, Span(file, start, end), values)
