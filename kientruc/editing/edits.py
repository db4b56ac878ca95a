"""Replace, insert, delete, rename, by path, in files as they were read; nothing is returned that was not verified."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kientruc.editing.changes import Changes, Plan, Steps
from kientruc.editing.patch import Edited, Patch, encode
from kientruc.editing.refused import EditRefused, refused
from kientruc.editing.spelling import Unwritable, tidy
from kientruc.editing.splice import apply
from kientruc.editing.splices import splices
from kientruc.editing.verified import Keys, read, verified
from kientruc.reading.characters import nfc
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.tree import Mapping, Sequence, unpack
from kientruc.source import SourceFile, Span


class Edits:
    """Changes to a set of files, made together.

    A path is the keys from the top of a file to a value: `("elements", "lgsp", "owner")`; an item of a list goes by
    its index from 0, or by its value. All paths are those of the file as it was read, however many changes come before.
    """

    def __init__(self, files: Iterable[SourceFile], limits: Limits = DEFAULT) -> None:
        self._files = {file.path: file for file in files}
        self._limits = limits
        self._begun: dict[str, _FileEdits] = {}

    def tree(self, path: str) -> Mapping | Sequence:
        """Give what a file holds, as it was read.

        Raises:
            KeyError: it is none of these files.
            EditRefused: it cannot be read, or not be written again as it is.
        """
        return self._of(path).plan.root

    def replace(self, path: str, keys: Keys, value: object) -> None:
        """Replace a value; what is equal already stays as it is written.

        Raises:
            KeyError, EditRefused: as for `tree`; or nothing is under these keys.
        """
        self._of(path).replace(keys, value)

    def insert(self, path: str, keys: Keys, value: object, after: str | None = None) -> None:
        """Insert a key with its value, or an item.

        Args:
            keys: the path of what will be there; for an item, its index among those that are there now.
            after: the key to put it behind; by default the last.
        Raises:
            KeyError, EditRefused: as for `replace`; or the key is taken (told by `patch`).
        """
        self._of(path).insert(keys, value, after)

    def append(self, path: str, keys: Keys, value: object) -> None:
        """Add an item at the end of a list; nothing at all counts as an empty one."""
        edits = self._of(path)
        _, there = edits.walk(keys)
        edits.insert((*keys, len(there) if isinstance(there, Sequence) else 0), value, None)

    def delete(self, path: str, keys: Keys) -> None:
        """Delete a key with its value, or an item, with the comment behind it; what is left empty becomes {} or []."""
        self._of(path).delete(keys)

    def rename(self, path: str, keys: Keys, new: str) -> None:
        """Give the last of these keys another name."""
        self._of(path).rename(keys, new)

    def respell(self, span: Span, text: str) -> None:
        """Give the key or the text that is written at a place of a tree another text.

        Raises:
            KeyError, EditRefused: as for `tree`; or neither key nor text begins there.
        """
        self._of(span.path).respell(span, text)

    def patch(self) -> Patch:
        """Give all changed files, each read again and compared with what was meant.

        Raises:
            EditRefused: changes overlap, a value cannot be written, or the data would differ from what was meant.
        """
        done = (self._begun[path].finish(self._limits) for path in sorted(self._begun))
        return Patch(tuple(edited for edited in done if edited.changed))

    def _of(self, path: str) -> _FileEdits:
        if path not in self._begun:
            self._begun[path] = _FileEdits(self._files[path], self._limits)
        return self._begun[path]


class _FileEdits:
    """Changes to one file."""

    def __init__(self, file: SourceFile, limits: Limits) -> None:
        self.file = file
        if file.sha256 and hashlib.sha256(encode(file.text, file.bom)).hexdigest() != file.sha256:
            raise EditRefused("edit.line-ends", path=file.path)  # a lone CR was read as LF and would not come back
        root, self.wrong = read(file, limits)
        self.plan = Plan(root)
        self.begins: dict[int, tuple[Steps, int, bool]] | None = None

    def replace(self, keys: Keys, value: object) -> None:
        steps, index, _, old = self.find(keys)
        self._replace(steps, index, old, self.tidy(value, keys), keys)

    def _replace(self, steps: Steps, index: int, old: object, new: object, keys: Keys) -> None:
        changes = self.plan.of(steps)
        if index in changes.deleted or changes.replaced.get(index, new) != new:
            raise self.refused("edit.overlap", keys)
        if type(old) is not type(new) or old != new:
            changes.replaced[index] = new

    def insert(self, keys: Keys, value: object, after: str | None) -> None:
        *above, last = keys
        steps, node = self.walk(tuple(above))
        if node is not None and (isinstance(last, int) != isinstance(node, Sequence) or isinstance(node, str)):
            raise self.refused("edit.no-place", keys)
        index = len(node) if isinstance(node, Mapping | Sequence) else 0
        if isinstance(last, int):
            if last > index:
                raise self.refused("edit.no-place", keys)
            index = last
        elif after is not None:
            index = self.step(node, after, keys)[0] + 1
        name = None if isinstance(last, int) else nfc(last)
        self.plan.of(steps).inserted.setdefault(index, []).append((name, self.tidy(value, keys)))

    def delete(self, keys: Keys) -> None:
        steps, index, _, _ = self.find(keys)
        changes = self.plan.of(steps)
        if index in changes.replaced or index in changes.renamed:
            raise self.refused("edit.overlap", keys)
        changes.deleted.add(index)

    def rename(self, keys: Keys, new: str) -> None:
        steps, index, node, _ = self.find(keys)
        if not isinstance(node, Mapping):
            raise self.refused("edit.no-place", keys)
        self._rename(self.plan.of(steps), index, new, keys)

    def _rename(self, changes: Changes, index: int, new: str, keys: Keys) -> None:
        if index in changes.deleted or changes.renamed.get(index, new) != new:
            raise self.refused("edit.overlap", keys)
        changes.renamed[index] = nfc(new)

    def respell(self, span: Span, text: str) -> None:
        if self.begins is None:
            self.begins = {}
            self._index(self.plan.root, ())
        if span.start not in self.begins:
            raise refused("edit.no-place", span, keys=span.text)
        steps, index, is_key = self.begins[span.start]
        if is_key:
            self._rename(self.plan.of(steps), index, text, (span.text,))
        else:
            self._replace(steps, index, None, self.tidy(text, (span.text,)), (span.text,))

    def _index(self, node: Mapping | Sequence, steps: Steps) -> None:
        assert self.begins is not None
        keyed = isinstance(node, Mapping)
        for index, value in enumerate(node.values() if isinstance(node, Mapping) else node):
            if keyed:
                self.begins[unpack(self.file, node.spans[2 * index]).start] = (steps, index, True)
            if isinstance(value, str):
                at = unpack(self.file, node.spans[2 * index + 1 if keyed else index])
                self.begins[at.start] = (steps, index, False)
            elif isinstance(value, Mapping | Sequence):
                self._index(value, (*steps, index))

    def finish(self, limits: Limits) -> Edited:
        intended = self.plan.intended()
        try:
            text = apply(self.file, splices(self.plan))
        except Unwritable as error:
            raise EditRefused("edit.value", path=self.file.path, found=str(error)[:60]) from None
        return verified(self.plan.root, self.wrong, text, self.file.bom, intended, limits)

    def tidy(self, value: object, keys: Keys) -> object:
        try:
            return tidy(value)
        except Unwritable as error:
            raise EditRefused("edit.value", path=self.file.path, found=str(error)) from None

    def find(self, keys: Keys) -> tuple[Steps, int, Mapping | Sequence, object]:
        """Give where the collection around a value is, the value's index there, the collection, the value."""
        if not keys:
            raise self.refused("edit.no-place", keys)
        steps, node = self.walk(keys[:-1])
        index, value = self.step(node, keys[-1], keys)
        assert isinstance(node, Mapping | Sequence)
        return steps, index, node, value

    def walk(self, keys: Keys) -> tuple[Steps, object]:
        """Go down to a value."""
        node: object = self.plan.root
        steps: list[int] = []
        for key in keys:
            index, node = self.step(node, key, keys)
            steps.append(index)
        return tuple(steps), node

    def step(self, node: object, key: str | int, keys: Keys) -> tuple[int, object]:
        if isinstance(node, Mapping) and isinstance(key, str):
            index = node.index(key)
            if index is not None:
                return index, node[key]
        elif isinstance(node, Sequence):
            place = node.index(key) if isinstance(key, str) and key in node else key
            if isinstance(place, int) and 0 <= place < len(node):
                return place, node[place]
        raise self.refused("edit.no-place", keys)

    def refused(self, key: str, keys: Keys) -> EditRefused:
        return refused(key, self.plan.root.span(*keys), keys=" → ".join(map(str, keys)))
