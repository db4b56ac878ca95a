"""A file made tidy without changing what it says: spaces, blank lines, line breaks, composed letters; never a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kientruc.editing.patch import Edited
from kientruc.editing.places import Places
from kientruc.editing.refused import refused
from kientruc.editing.verified import read, verified
from kientruc.reading.characters import nfc
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.tree import Mapping, Sequence, unpack
from kientruc.source import SourceFile, Span

BLANK_LINES = 2  # in a row, at most
_TRAILING = re.compile(r" +(?=\n)")
_BLANKS = re.compile(rf"\n{{{BLANK_LINES + 2},}}")
_FIRST = re.compile(rf"\A\n{{{BLANK_LINES + 1},}}")


def formatted(file: SourceFile, limits: Limits = DEFAULT) -> Edited:
    """Give a file tidied.

    Outside of keys and values: no space at the end of a line, no tab, at most two blank lines in a row. Everywhere:
    composed letters, the line break that most lines have. One line break at the end; no byte order mark.

    Raises:
        EditRefused: the file cannot be read, has a key twice, or would say something else.
    """
    root, wrong = read(file, limits)
    if wrong["Y-DUP"]:
        raise refused("edit.twice", Span(file, 0, 0))  # what stands under the second key is nowhere in the tree
    plain = SourceFile(file.path, nfc(file.text.replace("\r\n", "\n")))
    tidy = _tidied(plain, read(plain, limits)[0])
    breaks = file.text.count("\n")
    if 2 * file.text.count("\r\n") > breaks:
        tidy = tidy.replace("\n", "\r\n")
    return verified(root, wrong, tidy, False, root, limits)


def _tidied(file: SourceFile, root: Mapping | Sequence) -> str:
    pieces: list[str] = []
    at = 0
    kept = sorted(_kept(Places(file), root))
    for start, end, _ in kept:
        pieces += [_gap(file.text[at:start], at), file.text[start:end]]
        at = end
    rest = _gap(file.text[at:] + "\n", at).rstrip("\n")
    if at < len(file.text) or not ((kept[-1:] and kept[-1][2]) or file.text.endswith("\n")):
        rest += "\n"  # else what ends the file is text to which a line break would be added, or has its own
    return "".join(pieces) + rest


def _gap(text: str, at: int) -> str:
    text = _TRAILING.sub("", text.replace("\t", " "))
    text = _BLANKS.sub("\n" * (BLANK_LINES + 1), text)
    return text if at else _FIRST.sub("\n" * BLANK_LINES, text)


def _kept(places: Places, node: Mapping | Sequence) -> Iterator[tuple[int, int, bool]]:
    """Give the stretches that are keys and values; and whether a line break after one would become part of it."""
    values = [*node.values()] if isinstance(node, Mapping) else [*node]
    for index, value in enumerate(values):
        if isinstance(node, Mapping):
            key = unpack(node.file, node.spans[2 * index])
            yield key.start, key.end, False
        if isinstance(value, Mapping | Sequence):
            yield from _kept(places, value)
            continue
        at = unpack(node.file, node.spans[2 * index + 1 if isinstance(node, Mapping) else index])
        if at.start < at.end and places.is_block_scalar(at.start):
            header = places.header_end(at.start)
            yield at.start, header, False
            yield (
                places.next_line(at.start),
                places.block_end(at.start, at.end),
                "-" not in places.text[at.start : header],
            )
        elif at.start < at.end:
            yield at.start, at.end, False
