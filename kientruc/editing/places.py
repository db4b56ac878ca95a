"""Where the entries of a collection begin and end in the text: what the tree's spans leave open, read off the file."""

from __future__ import annotations

import re
from typing import NamedTuple

from kientruc.reading.tree import Mapping, Sequence, unpack
from kientruc.source import SourceFile

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_COLON = re.compile(r"\s*:")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?=\n|\Z)")
_HEADER = re.compile(r"[|>][-+0-9]*")


class Entry(NamedTuple):
    """One entry: it begins with its key or dash; `mark` is where an inline value may be put; then the value itself."""

    start: int
    end: int
    key: tuple[int, int]  # both the mark in a sequence
    mark: int
    value: tuple[int, int]  # empty, at the mark, where nothing is written
    colon: bool = True  # false for `{a}`: a key alone


def is_flow(node: Mapping | Sequence) -> bool:
    """Tell whether a collection is written in brackets, or is the one pair of `[a: b]`."""
    return node.flow if isinstance(node, Mapping) else node.file.text.startswith("[", node.start)


class Places:
    """Positions in one file's text."""

    def __init__(self, file: SourceFile) -> None:
        self.file, self.text = file, file.text

    def line_start(self, at: int) -> int:
        """Give where the line of a position begins."""
        return self.text.rfind("\n", 0, at) + 1

    def next_line(self, at: int) -> int:
        """Give where the line after a position's begins; the end of the text if there is none."""
        return self.text.find("\n", at) + 1 or len(self.text)

    def line_end(self, at: int) -> int:
        """Give where the line of a position ends, before its break."""
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[at:end].endswith("\r") else end

    def column(self, at: int) -> int:
        """Count the characters before a position on its line."""
        return at - self.line_start(at)

    def begins_line(self, at: int) -> bool:
        """Tell whether only spaces stand before a position on its line."""
        return not self.text[self.line_start(at) : at].strip(" ")

    def ends_line(self, at: int) -> bool:
        """Tell whether nothing but a comment follows on the line."""
        return _REST.match(self.text, at) is not None

    def gap_end(self, at: int) -> int:
        """Skip spaces, breaks and comments."""
        found = _GAP.match(self.text, at)
        return found.end() if found else at

    def comma_after(self, at: int) -> int:
        """Give where the comma behind an entry in brackets stands; -1 if there is none."""
        at = self.gap_end(at)
        return at if self.text.startswith(",", at) else -1

    def is_compact(self, node: Mapping | Sequence) -> bool:
        """Tell whether a block begins on the line of its dash."""
        return not is_flow(node) and not self.begins_line(node.start)

    def is_block_scalar(self, at: int) -> bool:
        """Tell whether a scalar that stands in a block is a literal or folded one."""
        return self.text[at : at + 1] in ("|", ">")

    def header_end(self, at: int) -> int:
        """Give where the marks end that begin a literal or folded block."""
        found = _HEADER.match(self.text, at)
        return found.end() if found else at

    def entries(self, node: Mapping | Sequence) -> list[Entry]:
        """Give the entries of a collection, in order."""
        return self._pairs(node) if isinstance(node, Mapping) else self._items(node)

    def _pairs(self, node: Mapping) -> list[Entry]:
        found = []
        for index, value in enumerate(node.values()):
            name, at = (unpack(self.file, packed) for packed in node.spans[2 * index : 2 * index + 2])
            colon = _COLON.match(self.text, name.end)
            mark = colon.end() if colon else name.end
            start, end = self._value(value, at.start, at.end, mark)
            found.append(Entry(name.start, max(end, mark), (name.start, name.end), mark, (start, end), bool(colon)))
        return found

    def _items(self, node: Sequence) -> list[Entry]:
        found: list[Entry] = []
        flow = is_flow(node)
        end = node.start
        for value, packed in zip(node, node.spans, strict=True):
            at = unpack(self.file, packed)
            start = at.start if flow else self.gap_end(end)
            mark = at.start if flow else start + 1
            begin, end = self._value(value, at.start, at.end, mark)
            found.append(Entry(start, end, (mark, mark), mark, (begin, end)))
        return found

    def _value(self, value: object, start: int, end: int, mark: int) -> tuple[int, int]:
        """Give where a value ends indeed: the tree's blocks, and literal text, run on to what comes next."""
        if value is None and start == end:
            return mark, mark
        if isinstance(value, Mapping | Sequence):
            return start, self._end(value)
        if start < end and self.is_block_scalar(start):
            return start, self.block_end(start, end)
        return start, end

    def _end(self, node: Mapping | Sequence) -> int:
        while not is_flow(node):
            value = next(reversed(node.values())) if isinstance(node, Mapping) else node[-1]
            at = unpack(self.file, node.spans[-1])
            if not isinstance(value, Mapping | Sequence):
                return self._value(value, at.start, at.end, at.start)[1]
            node = value
        return node.end

    def block_end(self, start: int, end: int) -> int:
        """Give where a literal text ends, without the blank lines that do not count: all, if not kept or of spaces."""
        body = self.text[start:end]
        rest = body.rstrip("\r\n")
        if "+" in self.text[start : self.header_end(start)] or rest.endswith(" "):
            return end - 1 if body.endswith("\n") else end
        return start + len(rest)
