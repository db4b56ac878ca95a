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

    def filling(self, keyed: bool) -> dict[str | None, object] | list[object]:
        """Give what a collection becomes, or nothing at all, in which is only what is inserted."""
        entries = [entry for _, some in sorted(self.inserted.items()) for entry in some]
        return dict(entries) if keyed else [value for _, value in entries]

    @property
    def keyed(self) -> bool:
        """Whether what is inserted first has a key."""
        return any(some[0][0] is not None for some in self.inserted.values())


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
            key, value = [*_entries(node)][index]
            at = node.span(index) if isinstance(node, Sequence) else node.key_span(key or "")
            node = value
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
        entries: list[tuple[str | None, object]] = []
        there = [*_entries(node)] if isinstance(node, Mapping | Sequence) else []
        for index, (key, value) in enumerate(there):
            entries += changes.inserted.get(index, [])
            if index in changes.deleted:
                continue
            if index in changes.replaced:
                value = changes.replaced[index]
            else:
                value = self._intended(value, (*steps, index), touched)
            entries.append((changes.renamed.get(index, key) if key is not None else None, value))
        entries += changes.inserted.get(len(there), [])
        if isinstance(node, Sequence) or not (isinstance(node, Mapping) or changes.keyed):
            return [value for _, value in entries]
        found: dict[str, object] = {}
        for name, value in entries:
            if name is None or name in found:
                raise refused("edit.taken", self.span(steps), key=name or "–")
            found[name] = value
        return found


def _entries(node: Node) -> Iterator[tuple[str | None, object]]:
    if isinstance(node, Mapping):
        yield from node.items()
    else:
        for value in node:
            yield None, value
