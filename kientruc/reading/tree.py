"""Values that remember where they were written: dicts and lists with one packed integer of position per entry."""

from __future__ import annotations

from kientruc.source import SourceFile, Span

BITS = 30  # no file is longer than a GiB, whatever limit an operator sets
_MASK = (1 << BITS) - 1


def pack(span: Span) -> int:
    """Put start and length into one integer."""
    return span.start << BITS | span.end - span.start


def unpack(file: SourceFile, packed: int) -> Span:
    """Give the span that a packed integer stands for."""
    start = packed >> BITS
    return Span(file, start, start + (packed & _MASK))


class Mapping(dict[str, object]):
    """A YAML mapping. `spans` holds two packed positions per key, in key order: the key's and the value's."""

    __slots__ = ("_places", "end", "file", "flow", "spans", "start")

    def __init__(self, file: SourceFile, start: int, flow: bool) -> None:
        self.file, self.start, self.end, self.flow = file, start, start, flow
        self.spans: list[int] = []
        self._places: dict[str, int] | None = None  # made when first asked for, which is rare

    def packed(self, key: str) -> int:
        """Give the packed position of the value of a key that is there, without making an index of all."""
        return self.spans[2 * [*self].index(key) + 1]

    def renamed(self, old: str, new: str) -> Mapping:
        """Give the same with a value under another key; it stays where it was written."""
        found = Mapping(self.file, self.start, self.flow)
        found.end, found.spans = self.end, self.spans
        found.update((new if key == old else key, value) for key, value in self.items())
        return found

    def key_span(self, key: str) -> Span:
        """Give where a key is written; the mapping's start if it is not there."""
        return self._entry(key, 0)

    def span(self, *path: str | int) -> Span:
        """Give where the value under a path is written, or the nearest thing around it."""
        if not path:
            return Span(self.file, self.start, self.end)
        part = str(path[0])
        if part not in self and is_long(self):
            part, path = "value", ("", *path)
        inner = self.get(part)
        if isinstance(inner, Mapping | Sequence) and (len(path) > 1 or is_long(inner)):
            return inner.span(*(path[1:] or ("value",)))
        return self._entry(part, 1)

    def index(self, key: str) -> int | None:
        """Tell which entry a key is, from 0; None if it is not there."""
        if self._places is None:
            self._places = {name: index for index, name in enumerate(self)}
        return self._places.get(key)

    def _entry(self, key: str, which: int) -> Span:
        index = self.index(key)
        if index is None:
            return Span(self.file, self.start, self.start)
        return unpack(self.file, self.spans[2 * index + which])


class Sequence(list[object]):
    """A YAML sequence. `spans` holds one packed position per item."""

    __slots__ = ("end", "file", "spans", "start")
    flow = True  # its end mark is right in both styles

    def __init__(self, file: SourceFile, start: int) -> None:
        self.file, self.start, self.end = file, start, start
        self.spans: list[int] = []

    def span(self, *path: str | int) -> Span:
        """Give where the value under a path is written, or the nearest thing around it; a text finds its like."""
        place = self._place(path[0]) if path else None
        if place is None:
            return Span(self.file, self.start, self.end)
        inner = self[place]
        if len(path) > 1 and isinstance(inner, Mapping | Sequence):
            return inner.span(*path[1:])
        return unpack(self.file, self.spans[place])

    def _place(self, part: str | int) -> int | None:
        if isinstance(part, int):
            return part if 0 <= part < len(self) else None
        return self.index(part) if part in self else None


LONG = frozenset(("value", "source", "certainty", "as_of"))


def is_long(node: object) -> bool:
    """Tell whether this is the long form of a value: the value with its own source, certainty or day."""
    return isinstance(node, Mapping) and "value" in node and LONG.issuperset(node)


def child(node: object, part: str | int) -> object:
    """Give what is written under a key or index, through a long form; None if nothing is."""
    if isinstance(node, Mapping):
        if str(part) in node:
            return node[str(part)]
        return child(node["value"], part) if is_long(node) else None
    if isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
        return node[part]
    return None


class Written:
    """Where a record was written: its key, and the mapping under it. Two records are equal wherever they stand."""

    __slots__ = ("file", "key", "node")

    def __init__(self, file: SourceFile, key: int, node: Mapping | None) -> None:
        self.file, self.key, self.node = file, key, node

    def has(self, *path: str | int) -> bool:
        """Tell whether a value under a path was written here, not filled in."""
        node: object = self.node
        for part in path:
            if isinstance(node, Mapping) and part not in LONG and is_long(node):
                node = node["value"]
                if isinstance(node, str):
                    return part in (node, 0)
            if isinstance(node, str) or (isinstance(node, Sequence) and part in node):
                return True  # one word stands for a list of it, a list of states for a mapping
            node = child(node, part)
        return node is not None

    def span(self, *path: str | int) -> Span:
        """Give where the value under a path is written; the record's key where the path is empty or not there."""
        if self.node is not None and path and str(path[0]) in self.node:
            return self.node.span(*path)
        return unpack(self.file, self.key)

    def key_span(self, *path: str | int) -> Span:
        """Give where the last key of a path is written; the value itself where it is an item of a list."""
        node: object = self.node
        for part in path[:-1]:
            node = child(node, part)
        return node.key_span(str(path[-1])) if isinstance(node, Mapping) and path[-1] in node else self.span(*path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Written)

    def __hash__(self) -> int:
        return 0

    def __deepcopy__(self, memo: object) -> Written:
        return self
