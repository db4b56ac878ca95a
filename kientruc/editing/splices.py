"""Changes to text: which stretches of a file give way to what, so that nothing else moves."""

from __future__ import annotations

import re

from kientruc.editing.changes import Changes, Plan, Steps
from kientruc.editing.flow_splices import flow_splices
from kientruc.editing.places import Entry, Places, is_flow
from kientruc.editing.spelling import STEP, WIDTH, Spelt, flow, item, key, spell
from kientruc.editing.splice import Splice, line_break
from kientruc.reading.tree import Mapping, Sequence

Node = Mapping | Sequence


def splices(plan: Plan) -> list[Splice]:
    """Give the splices of all changes of a file.

    Raises:
        EditRefused: changes overlap.
        Unwritable: a value has no spelling.
    """
    writer = _Writer(plan)
    writer.collection(plan.root, (), None)
    writer.end_last_block()
    return writer.found


class _Writer:
    """Goes down the tree where something changes; what lies deeper comes first, so that texts at one place nest."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.touched = plan, plan.touched()
        self.file = plan.root.file
        self.places = Places(self.file)
        self.found: list[Splice] = []

    def put(self, start: int, end: int, text: str, lines: bool = False) -> None:
        self.found.append(Splice(start, end, text, lines))

    def collection(self, node: Node, steps: Steps, mark: int | None) -> None:
        """Change one collection; `mark` is where an inline value could stand instead, None for the root."""
        if steps not in self.touched:
            return
        changes = self.plan.changes.get(steps, Changes())
        entries = self.places.entries(node)
        values = [*node.values()] if isinstance(node, Mapping) else [*node]
        for index, (entry, value) in enumerate(zip(entries, values, strict=True)):
            inner = (*steps, index)
            if index in changes.deleted:
                continue
            if index in changes.renamed:
                self.put(*entry.key, key(changes.renamed[index], is_flow(node), self.places.text[slice(*entry.key)]))
            if index in changes.replaced:
                self.value(node, entry, value, changes.replaced[index])
            elif inner in self.touched:
                if isinstance(value, Mapping | Sequence) and (value or "#" in self.places.text[slice(*entry.value)]):
                    self.collection(value, inner, entry.mark)
                else:
                    filling = self.plan.changes[inner]
                    self.value(node, entry, value, filling.filling(filling.keyed))
        if not (changes.deleted or changes.inserted):
            return
        if is_flow(node):
            self.found += flow_splices(self.places, node, entries, changes)
        else:
            self.block(node, entries, changes, mark)

    def value(self, node: Node, entry: Entry, old: object, new: object) -> None:
        """Replace one value."""
        written = self.places.text[slice(*entry.value)] or None
        if is_flow(node):
            text = flow(new, written)
            before = "" if written else " " if entry.colon else ": "
            self.put(*entry.value, before + text)
            return
        like = old if isinstance(old, Mapping | Sequence) else written
        width = WIDTH - self.places.column(entry.mark) - 1
        if isinstance(node, Mapping):
            self.replace(entry, old, spell(new, like, width, self.step(node)), self.indent_below(node, entry, old))
        else:
            own_line = self.places.line_start(entry.mark) < self.places.line_start(entry.value[0])
            beside = written and not (own_line and self.is_block(old))
            indent = self.places.column(entry.value[0]) if beside else self.places.column(entry.start) + 2
            self.replace(entry, old, item(new, STEP, like, width), indent)

    def replace(self, entry: Entry, old: object, new: Spelt, indent: int) -> None:
        """Put a value into a block: its inline part, and the lines below it."""
        places, (start, end) = self.places, entry.value
        below = self.lines(new.below, indent, start)
        if self.is_block(old) and places.begins_line(start):
            if new.inline:  # comments may stand between: text goes before them, or it would swallow them
                self.put(entry.mark, entry.mark, f" {new.inline}")
                self.put(places.next_line(entry.mark), places.next_line(entry.mark), below, lines=True)
            at = places.line_start(start), places.next_line(end)
            self.put(*at, "" if new.inline else below, lines=True)
            return
        stop = end
        if not self.is_block(old) and places.is_block_scalar(start):
            stop = places.header_end(start)
            self.put(places.next_line(start), places.next_line(end), below, lines=True)
        elif below:
            self.put(places.next_line(end), places.next_line(end), below, lines=True)
        if not new.inline:
            blank = not places.text[entry.mark : start].strip(" ")
            self.put(entry.mark if blank else start, stop, "")
        else:
            self.put(start, stop, new.inline if places.text[entry.mark : stop].strip() else f" {new.inline}")

    def is_block(self, node: object) -> bool:
        return isinstance(node, Mapping | Sequence) and not is_flow(node)

    def lines(self, lines: tuple[str, ...], indent: int, at: int) -> str:
        pad, end = " " * indent, line_break(self.file, at)
        return "".join(f"{pad}{line}".rstrip(" ") + end for line in lines)

    def step(self, node: Mapping) -> int:
        """Tell by how many columns values are indented below the keys of a mapping."""
        column = self.places.column(node.start)
        for value in reversed(node.values()):
            if isinstance(value, Mapping | Sequence) and value and self.is_block(value):
                return max(self.places.column(value.start) - column, 1) if isinstance(value, Mapping) else STEP
        return STEP

    def indent_below(self, node: Mapping, entry: Entry, old: object) -> int:
        column = self.places.column(node.start)
        if self.is_block(old) and self.places.column(entry.value[0]) > column:
            return self.places.column(entry.value[0])
        return column + self.step(node)

    def block(self, node: Node, entries: list[Entry], changes: Changes, mark: int | None) -> None:
        """Delete and insert entries of a block."""
        places = self.places
        compact = mark is not None and places.is_compact(node)
        if len(changes.deleted) == len(entries):
            if compact:
                new = item(changes.filling(isinstance(node, Mapping)), STEP)
                self.put(node.start, entries[-1].end, new.inline)
                at = places.next_line(entries[-1].end)
                self.put(at, at, self.lines(new.below, places.column(node.start), node.start), lines=True)
                return
            if not changes.inserted:
                self.empty(node, mark)
        for index in sorted(changes.deleted):
            gone = entries[index]
            if index or not compact:
                self.put(places.line_start(gone.start), places.next_line(gone.end), "")
            elif 1 not in changes.deleted and places.next_line(gone.end) == places.line_start(entries[1].start):
                self.put(gone.start, entries[1].start, "")
            else:
                self.put(mark or 0, places.line_end(gone.end), "")
        for index, some in sorted(changes.inserted.items()):
            lines = [line for name, value in some for line in self.entry_lines(node, index, name, value)]
            self.insert(node, entries, index, tuple(lines), compact)

    def empty(self, node: Node, mark: int | None) -> None:
        """Write that nothing is left: a key without a value would say something else."""
        brackets = "{}" if isinstance(node, Mapping) else "[]"
        if mark is None:
            at = self.places.line_start(node.start)
            self.put(at, at, brackets + line_break(self.file, at), lines=True)
        else:
            self.put(mark, mark, f" {brackets}")

    def insert(self, node: Node, entries: list[Entry], index: int, lines: tuple[str, ...], compact: bool) -> None:
        places, column = self.places, self.places.column(node.start)
        if index:
            at = places.next_line(entries[index - 1].end)
        elif compact:
            text = self.lines(lines, column, node.start)[column:] + " " * column
            self.put(node.start, node.start, text)
            return
        else:
            at = places.line_start(node.start)
        self.put(at, at, self.lines(lines, column, at), lines=True)

    def entry_lines(self, node: Node, index: int, name: str | None, value: object) -> list[str]:
        """Spell a new entry in the style of the one it is put behind, or else before."""
        column = self.places.column(node.start)
        beside = [*node.values()] if isinstance(node, Mapping) else [*node]
        like = beside[max(0, index - 1)]
        if not isinstance(like, Mapping | Sequence):
            like = None
        if isinstance(node, Sequence):
            spelt, pad, head = item(value, STEP, like, WIDTH - column - 2), "  ", "-"
        else:
            head = f"{key(str(name), False)}:"
            step = self.step(node)
            spelt, pad = spell(value, like, WIDTH - column - len(head) - 1, step), " " * step
        return [f"{head} {spelt.inline}".rstrip(" "), *(f"{pad}{line}".rstrip(" ") for line in spelt.below)]

    def end_last_block(self) -> None:
        """Keep the value of a literal block that ends the file without a line break, where lines come behind it."""
        size = len(self.places.text)
        behind = any(splice.lines and splice.text and splice.start == size for splice in self.found)
        if not behind or self.places.text.endswith("\n"):
            return
        node: object = self.plan.root
        entry = None
        while isinstance(node, Mapping | Sequence) and node and self.is_block(node):
            entry = self.places.entries(node)[-1]
            node = next(reversed(node.values())) if isinstance(node, Mapping) else node[-1]
        if entry is None or not isinstance(node, str) or not self.places.is_block_scalar(entry.value[0]):
            return
        start = entry.value[0]
        end = self.places.header_end(start)
        if not any(splice.start < end and splice.end > start for splice in self.found):
            self.put(start, end, re.sub("[-+]", "", self.places.text[start:end]) + "-")
