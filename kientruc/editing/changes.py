"""What is asked of one file: changes by where they are in the tree as it was read, and the data they are to give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kientruc.editing.refused import refused
from kientruc.reading.tree import Mapping, Sequence
from kientruc.source import Span

Steps = tuple[int, ...]  # which entry of the root, which entry of that, ...
Node = Mapping | Sequence


@dataclass(slots=True)
class Changes:
    """The changes of one collection, by the index of an entry as it was read; what is inserted goes before one."""

    replaced: dict[int, object] = field(default_factory=dict)
    renamed: dict[int, str] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    inserted: dict[int, list[tuple[str | None, object]]] = field(default_factory=dict)

    def filling(self) -> dict[str | None, object] | list[object]:
        """Give what an empty collection becomes."""
        entries = [entry for _, some in sorted(self.inserted.items()) for entry in some]
        if entries and entries[0][0] is None:
            return [value for _, value in entries]
        return dict(entries)


class Plan:
    """All changes of one file."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.changes: dict[Steps, Changes] = {}

    def of(self, steps: Steps) -> Changes:
        """Give the changes of a collection, to add to them."""
        return self.changes.setdefault(steps, Changes())

    def touched(self) -> set[Steps]:
        """Give every collection in which, or below which, something changes.

        Raises:
            EditRefused: something changes inside what is deleted or replaced as well.
        """
        found: set[Steps] = set()
        for steps in self.changes:
            for length in range(len(steps)):
                around = self.changes.get(steps[:length])
                if around and (steps[length] in around.deleted or steps[length] in around.replaced):
                    raise refused("edit.overlap", self.span(steps))
            found.update(steps[:length] for length in range(len(steps) + 1))
        return found

    def span(self, steps: Steps) -> Span:
        """Give where a collection is written, or the nearest one around it."""
        node: object = self.root
        at = Span(self.root.file, self.root.start, self.root.start)
        for index in steps:
            if not isinstance(node, Mapping | Sequence) or index >= len(node):
                break
            name = [*node][index] if isinstance(node, Mapping) else index
            at = node.key_span(str(name)) if isinstance(node, Mapping) else node.span(index)
            node = value_at(node, index)
        return at

    def intended(self) -> object:
        """Give the data the changed file must hold.

        Raises:
            EditRefused: two entries would have one key.
        """
        return self._intended(self.root, (), self.touched())

    def _intended(self, node: object, steps: Steps, touched: set[Steps]) -> object:
        if steps not in touched:
            return node
        changes = self.changes.get(steps, Changes())
        if not isinstance(node, Mapping | Sequence):
            return changes.filling()
        entries: list[tuple[str | None, object]] = []
        for index, (key, value) in enumerate(_entries(node)):
            entries += changes.inserted.get(index, [])
            if index in changes.deleted:
                continue
            if index in changes.replaced:
                value = changes.replaced[index]
            else:
                value = self._intended(value, (*steps, index), touched)
            entries.append((changes.renamed.get(index, key) if key is not None else None, value))
        entries += changes.inserted.get(len(node), [])
        if isinstance(node, Sequence):
            return [value for _, value in entries]
        found: dict[str | None, object] = {}
        for name, value in entries:
            if name in found:
                raise refused("edit.taken", self.span(steps), key=str(name))
            found[name] = value
        return found


def value_at(node: Node, index: int) -> object:
    """Give the value of an entry by its index."""
    return [*node.values()][index] if isinstance(node, Mapping) else node[index]


def _entries(node: Node) -> Iterator[tuple[str | None, object]]:
    if isinstance(node, Mapping):
        yield from node.items()
    else:
        for value in node:
            yield None, value
