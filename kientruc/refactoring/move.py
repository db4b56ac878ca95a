"""A record moved to another file, with its comments, saying what it said: also where the files have other defaults."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Edited, Patch
from kientruc.editing.places import Entry, Places, is_flow
from kientruc.editing.refused import EditRefused, refused
from kientruc.editing.spelling import flow, spell, tidy
from kientruc.editing.splice import Splice, apply, line_break
from kientruc.editing.verified import read, verified
from kientruc.errors import UsageError
from kientruc.loading import Loaded, load
from kientruc.loading.relations import VERBS
from kientruc.model.record import Record
from kientruc.reading.tree import Mapping as Tree
from kientruc.reading.tree import Sequence as Items
from kientruc.refactoring.add import neighbour
from kientruc.refactoring.aired import aired
from kientruc.refactoring.changed import Changed, WouldBreak, other
from kientruc.refactoring.occurrences import HEAD
from kientruc.refactoring.plain import plain
from kientruc.refactoring.reach import is_blank, on_disk, with_include
from kientruc.refactoring.set_field import find
from kientruc.source import SourceFile, Span

DEFAULTED = ("source", "certainty", "as_of", "access", "ask")  # what a record takes over, and may say itself
IMPLIED = ("certainty", "access")  # what a record that says nothing means is a value it can say
ASKED = ("ask", "by")  # what an unknown takes over
_MODELINE = re.compile(r"^(# yaml-language-server: \$schema=)(\S+)\r?$", re.MULTILINE)
_HEADING = re.compile(r"#\s*[-=*~_]{2,}")  # a comment that heads a group is not the first record's own


def move(root: Path, loaded: Loaded, id: str, to: str, section: str = "") -> Changed:
    """Move a record to another file of the architecture; nothing is written yet.

    Args:
        to: the file, from the folder of the root file; it need not be there. If no include reaches it, the root file
            gets one.
        section: where the record is, if the id stands in more than one space of ids.
    Raises:
        UsageError: there is no such record, or it is in that file already; the file holds something and no include
            reaches it.
        EditRefused: the record cannot be moved as text, or would take over defaults that cannot be kept from it.
    """
    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    section, record = find(architecture, id, section)
    source = record.origin.file
    to = str(PurePosixPath(to.replace("\\", "/")))
    if section == HEAD:
        raise UsageError("move.head")
    if source.path == to:
        raise UsageError("move.there", id=id, path=to)
    files = {file.path: file for file in loaded.files}
    target = files.get(to) or on_disk(root, loaded, to) or SourceFile(to, "")
    if to not in files and not is_blank(target.text):
        raise UsageError("move.outside", path=to, root=root.name)
    mover = _Move(loaded, record, section, target)
    edited = [mover.out(), mover.into()]
    after = load(root, loaded.limits, {one.file.path: one.data for one in edited})
    said, notes = mover.written_out(edited[1])
    if to not in {file.path for file in after.files}:
        edited = with_include(root.name, loaded, edited, to)
        notes.append(("move.included", {"path": to, "root": root.name}))
        after = load(root, loaded.limits, {one.file.path: one.data for one in edited})
    if said is not None:
        edited = [said if one.file.path == to else one for one in edited]
        after = load(root, loaded.limits, {one.file.path: one.data for one in edited})
    if after.architecture is None:
        raise WouldBreak(after)
    if other(architecture, after.architecture, None):
        raise EditRefused("move.defaults", id=id, path=to, names=", ".join(mover.differing()) or "–")
    patch = Patch(tuple(sorted(edited, key=lambda one: one.file.path)))
    return Changed(patch, section, id, after._replace(findings=()), tuple(notes))


@dataclass
class _Move:
    """One record on its way from its file to another."""

    loaded: Loaded
    record: Record
    section: str
    target: SourceFile

    def __post_init__(self) -> None:
        self.id, self.source = self.record.id, self.record.origin.file
        self.root, self.wrong = read(self.source, self.loaded.limits)
        self.top: object = Tree(self.target, 0, False)
        self.top_wrong: Counter[str] = Counter()
        if not is_blank(self.target.text):
            self.top, self.top_wrong = read(self.target, self.loaded.limits)
        self.places = Places(self.source)
        self.value = plain(self.record.origin.node)
        records = self.root[self.section] if isinstance(self.root, Tree) else None
        assert isinstance(records, Tree)
        there = self.top.get(self.section) if isinstance(self.top, Tree) else None
        has_lines = isinstance(there, Tree) and there and not is_flow(there)
        has_section = isinstance(self.top, Tree) and self.section in self.top
        self.as_data = is_flow(records) or (has_section and not has_lines)
        self.lines, self.cut = self._lift(records)

    def _lift(self, records: Tree) -> tuple[list[str], tuple[int, int]]:
        """Take the record's lines, from the comments right above it to those below that are indented as its keys are.

        Returns:
            The lines, from their own column 0; where they stand. None, where it goes over as data, without comments.
        """
        entry = self.places.entries(records)[records.index(self.id) or 0]
        if self.as_data:
            if "#" in self.source.text[entry.start : self.places.line_end(entry.end)]:
                raise refused("move.in-brackets", self.record.origin.span(), id=self.id)
            return [], (0, 0)
        column = self.places.column(entry.start)
        start, end = self._above(entry, column), self._below(self.places, entry, column)
        text = self.source.text[start:end]
        lines = [line.rstrip("\r") for line in text.removesuffix("\n").split("\n")]
        if any(line[:column].strip() for line in lines):
            raise refused("move.left", self.record.origin.span(), id=self.id)
        return [line[column:] for line in lines], (start, end)

    def _above(self, entry: Entry, column: int) -> int:
        start = self.places.line_start(entry.start)
        while start:
            before = self.places.line_start(start - 1)
            line = self.source.text[before : start - 1]
            bare = line.strip()
            if not bare.startswith("#") or len(line) - len(line.lstrip(" ")) != column or _HEADING.match(bare):
                break
            start = before
        return start

    @staticmethod
    def _below(places: Places, entry: Entry, column: int) -> int:
        end = places.next_line(entry.end)
        while end < len(places.text):
            line = places.text[end : places.line_end(end)]
            if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
                break
            end = places.next_line(end)
        return end

    def out(self) -> Edited:
        """Give the file the record was in without it, and without its section if nothing else is there."""
        start, end = self.cut
        root = plain(self.root)
        if self.as_data:
            edits = Edits([self.source], self.loaded.limits)
            edits.delete(self.source.path, (self.section, self.id) if len(root[self.section]) > 1 else (self.section,))
            return edits.patch().files[0]
        text = self.source.text
        del root[self.section][self.id]
        if not root[self.section]:
            del root[self.section]
            assert isinstance(self.root, Tree)
            start = self.places.line_start(self.root.key_span(self.section).start)
        blank_above = not text[self.places.line_start(max(0, start - 1)) : start].strip()
        if blank_above and start and not text[end : self.places.next_line(end)].strip():
            start = self.places.line_start(start - 1)
        new = apply(self.source, [Splice(start, end, "")])
        if not root:
            new += "{}" + line_break(self.source)
        return verified(self.root, self.wrong, new, self.source.bom, root, self.loaded.limits)

    def into(self) -> Edited:
        """Give the other file with the record: behind its like, or in a new section at the end."""
        assert self.loaded.architecture is not None
        if not isinstance(self.top, Tree):
            raise refused("edit.unreadable", Span(self.target, 0, 0))
        places, root = Places(self.target), plain(self.top)
        value, there = self.value, self.top.get(self.section)
        near = neighbour(self.loaded.architecture, self.section, value, self.target.path)
        if self.as_data and not is_blank(self.target.text):
            return self._insert(near)
        if isinstance(there, Tree) and there:
            index = there.index(near.id) if near else None
            index = len(there) - 1 if index is None else index
            entry = places.entries(there)[index]
            column = places.column(entry.start)
            at = self._below(places, entry, column)
            items = [*root[self.section].items()]
            root[self.section] = dict([*items[: index + 1], (self.id, value), *items[index + 1 :]])
            splices = [Splice(at, at, self._text(column), lines=True)]
        else:
            root[self.section] = {self.id: value}
            head = f"{self.section}:{self._end()}"
            end = len(self.target.text)
            splices = [Splice(end, end, head + self._text(2), lines=True)]
            if not self.top and not is_blank(self.target.text):
                braces = self.target.text.rstrip().removesuffix("{}")
                splices.insert(0, Splice(len(braces), end, ""))
        new = apply(self.target, splices)
        if is_blank(self.target.text):
            return Edited(self.target, ("" if self.target.text else self._modeline()) + new, self.target.bom)
        edited = verified(self.top, self.top_wrong, new, self.target.bom, root, self.loaded.limits)
        return aired(edited, self.section, self.id, self.loaded.limits)

    def _insert(self, near: Record | None) -> Edited:
        edits = Edits([self.target], self.loaded.limits)
        there = self.top.get(self.section) if isinstance(self.top, Tree) else None
        if isinstance(there, Tree) and there:
            edits.insert(self.target.path, (self.section, self.id), self.value, near.id if near else None)
        elif isinstance(self.top, Tree) and self.section in self.top:
            edits.replace(self.target.path, (self.section,), {self.id: self.value})
        else:
            edits.insert(self.target.path, (self.section,), {self.id: self.value})
        return edits.patch().files[0]

    def _modeline(self) -> str:
        """Give the line that tells an editor the schema, as the old file has it, for where the new one lies."""
        told = _MODELINE.search(self.source.text)
        if not told:
            return ""
        schema = posixpath.normpath(posixpath.join(posixpath.dirname(self.source.path), told[2]))
        return f"{told[1]}{posixpath.relpath(schema, posixpath.dirname(self.target.path) or '.')}{self._end()}"

    def _text(self, column: int) -> str:
        lines = self.lines or spell(tidy({self.id: self.value})).below or (spell(tidy({self.id: self.value})).inline,)
        return "".join(f"{' ' * column if line else ''}{line}{self._end()}" for line in lines)

    def _end(self) -> str:
        return line_break(self.target if self.target.text else self.source)

    def defaults(self, top: object) -> Mapping[str, Any]:
        """Give the defaults of a file."""
        found = top.get("defaults") if isinstance(top, Tree) else None
        return plain(found) if isinstance(found, Tree) else {}

    def differing(self) -> list[str]:
        """Name the defaults that the two files have different."""
        ours, theirs = self.defaults(self.root), self.defaults(self.top)
        return [name for name in (*DEFAULTED, "by") if ours.get(name) != theirs.get(name)]

    def written_out(self, edited: Edited) -> tuple[Edited | None, list[tuple[str, dict[str, str]]]]:
        """Write into the record what it took over from the defaults of its file, where those of the other differ."""
        ours = {**{name: Record.model_fields[name].default.value for name in IMPLIED}, **self.defaults(self.root)}
        names = [name for name in self.differing() if name in ours]
        file = SourceFile(edited.file.path, edited.text)
        edits = Edits([file], self.loaded.limits)
        node = self.record.origin.node
        keys = (self.section, self.id)
        done: list[str] = []
        for name in names:
            if name in DEFAULTED and name not in node:
                edits.insert(file.path, (*keys, name), ours[name])
                done.append(name)
        for path in _unknowns(node):
            for name in ASKED:
                inner = _at(node, path)
                own = name == "ask" and path[0] not in VERBS  # it asks whom its record asks
                if name in names and name not in inner and not own:
                    edits.insert(file.path, (*keys, *path, name), ours[name])
                    done.append(name)
        if not done:
            return None, []
        (new,) = edits.patch().files
        told = ", ".join(f"{name}: {flow(ours[name])}" for name in dict.fromkeys(done))
        return Edited(edited.file, new.text, edited.bom), [("move.written-out", {"fields": told})]


def _unknowns(node: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Give the paths to what is said to be unknown."""
    if isinstance(node, Tree):
        if "unknown" in node:
            return [path]
        return [found for key, value in node.items() if key != "extra" for found in _unknowns(value, (*path, key))]
    if isinstance(node, Items):
        return [found for index, value in enumerate(node) for found in _unknowns(value, (*path, index))]
    return []


def _at(node: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        node = node[part]
    return node
