"""One stretch of text that gives way to another, and putting all of them in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kientruc.editing.refused import refused
from kientruc.source import SourceFile, Span


class Splice(NamedTuple):
    """The characters from `start` up to `end` become `text`; `lines` are whole ones, begun on a line of their own."""

    start: int
    end: int
    text: str
    lines: bool = False


def apply(file: SourceFile, splices: Iterable[Splice]) -> str:
    """Put splices into a text; of those at one place, in the order given.

    Raises:
        EditRefused: two of them overlap.
    """
    pieces: list[str] = []
    at = 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        if splice.start < at:
            raise refused("edit.overlap", Span(file, splice.start, splice.end))
        pieces.append(file.text[at : splice.start])
        if splice.lines and splice.text and not _at_line_start(pieces):
            pieces.append(line_break(file))
        pieces.append(splice.text)
        at = splice.end
    return "".join([*pieces, file.text[at:]])


def _at_line_start(pieces: list[str]) -> bool:
    last = next((piece for piece in reversed(pieces) if piece), "\n")
    return last.endswith("\n")


def line_break(file: SourceFile, at: int | None = None) -> str:
    """Give the line break used before a position, or at the end of the first line."""
    end = file.text.find("\n") if at is None else file.text.rfind("\n", 0, at)
    end = file.text.find("\n") if end < 0 else end
    return "\r\n" if file.text[max(0, end - 1) : end] == "\r" else "\n"
