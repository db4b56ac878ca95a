"""Random edits of random commented files: the data are what was meant, and all else stays byte for byte."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kientruc.editing.edits import Edits
from kientruc.editing.refused import EditRefused
from kientruc.reading.limits import DEFAULT
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile
from tests.editing.written import FREE, Path, Written, at, bare, files, null_as_nothing, paths, strict, tidied, values


@dataclass
class Asked:
    """Operations on one file: what they touch, and what the data must be after them. Written apart from the editor."""

    data: Any
    operations: list[tuple[Any, ...]] = field(default_factory=list)
    gone: list[Path] = field(default_factory=list)  # deleted whole
    replaced: list[Path] = field(default_factory=list)
    grown: list[Path] = field(default_factory=list)
    renamed: dict[Path, str] = field(default_factory=dict)

    def free(self, path: Path) -> bool:
        """Tell whether nothing is asked yet of a path, above it or below it."""
        taken = [*self.gone, *self.replaced, *self.renamed, *self.grown]
        return not any(path[: len(one)] == one or one[: len(path)] == path for one in taken)

    def add(self, draw: Any) -> None:
        path = draw(st.sampled_from([*paths(self.data)]))
        value = at(self.data, path)
        what = draw(st.sampled_from(("replace", "delete", "insert", "rename")))
        if not self.free(path):
            return
        if what == "replace":
            new = draw(values)
            self.operations.append(("replace", path, new))
            self.replaced.append(path)
        elif what == "delete":
            self.operations.append(("delete", path))
            self.gone.append(path)
        elif what == "rename" and isinstance(path[-1], str):
            new = draw(st.sampled_from(("moi", "Tên mới", "yes", "a: b")))
            if new not in at(self.data, path[:-1]) and path[:-1] not in [one[:-1] for one in self.renamed]:
                self.operations.append(("rename", path, new))
                self.renamed[path] = new
        elif what == "insert" and (isinstance(value, dict | list) or value is None):
            new = draw(values)
            key = draw(st.integers(0, len(value))) if isinstance(value, list) else "thêm vào"
            after = draw(st.sampled_from([None, *value])) if isinstance(value, dict) else None
            self.operations.append(("insert", (*path, key), new, after))
            self.grown.append(path)

    def expected(self, value: Any, here: Path = ()) -> Any:
        if here in self.replaced:
            return next(one[2] for one in self.operations if one[:2] == ("replace", here))
        new = next((one for one in self.operations if one[0] == "insert" and one[1][:-1] == here), None)
        if isinstance(value, list):
            found = [(index, self.expected(inner, (*here, index))) for index, inner in enumerate(value)]
            kept = [(index, inner) for index, inner in found if (*here, index) not in self.gone]
            if new:
                kept.insert(sum(index < new[1][-1] for index, _ in kept), (-1, new[2]))
            return [inner for _, inner in kept]
        if isinstance(value, dict) or (value is None and new):
            out: dict[Any, Any] = {}
            for key, inner in (value or {}).items():
                if (*here, key) not in self.gone:
                    out[self.renamed.get((*here, key), key)] = self.expected(inner, (*here, key))
                if new and new[3] == key:
                    out[new[1][-1]] = new[2]
            if new and new[3] is None:
                out[new[1][-1]] = new[2]
            return out
        return value

    def touches(self, owner: Path, changed_lines: bool) -> bool:
        """Tell whether a line or a comment that belongs to a value may change."""
        dead = [*self.gone, *self.replaced]
        if owner[:1] == (FREE,):
            owner, changed_lines = owner[1:], False
            around = at(self.data, owner)
            if all((*owner, key) in self.gone for key in (around if isinstance(around, dict) else range(len(around)))):
                return owner != ()
        if any(owner[: len(one)] == one for one in dead):
            return True
        first = [one[:-1] for one in self.gone if one[-1] == next(iter([*paths(at(self.data, one[:-1]))]))[0]]
        first += [path[:-1] for _, path, *_ in self.operations if path[-1] == 0]
        if changed_lines and any(owner[: len(around)] == around and owner != around for around in first):
            return True  # behind its dash, the first entry of a block may move, or be moved from
        within = [*dead, *self.renamed, *self.grown]
        return changed_lines and any(one[: len(owner)] == owner for one in within)


@settings(max_examples=400)
@given(st.data(), files)
def test_edits_do_what_was_asked_and_nothing_else(choices: st.DataObject, data: dict[str, Any]) -> None:
    written = Written(choices.draw)
    text = written.text(data)
    file = SourceFile("a.yaml", text)
    read, findings = parse(file, DEFAULT)
    blocking = [one.code for one in findings if one.severity == "blocker"]
    assert not blocking, (text, blocking)
    if "|+" in text:
        data = tidied(read)  # blank lines that were put behind such a text belong to it
    assert strict(read) == strict(data), text
    asked = Asked(data)
    for _ in range(choices.draw(st.integers(1, 4))):
        asked.add(choices.draw)
    assume(asked.operations)
    edits = Edits([file])
    for name, *arguments in asked.operations:
        getattr(edits, name)("a.yaml", *arguments)
    try:
        patch = edits.patch()
    except EditRefused as error:
        assert error.key == "edit.differs" and "|+" in text, (text, asked.operations, error)
        return
    new = patch.files[0].text if patch.files else text
    expected = asked.expected(deepcopy(data))
    found, findings = parse(SourceFile("a.yaml", new), DEFAULT)
    assert strict(found) == strict(expected), (text, new)
    theirs = yaml.load(new, Loader=yaml.BaseLoader)
    assert null_as_nothing(theirs, expected) == bare(expected), (text, new)
    for comment, owner in written.comments:
        if not asked.touches(owner, changed_lines=False):
            assert comment in new, (text, new, comment)
    old_lines = text.splitlines(keepends=True)
    rest = iter(new.splitlines(keepends=True))
    last = len(old_lines) - 1
    for index, (line, (_, owner)) in enumerate(zip(old_lines, written.lines, strict=False)):
        if index == last or asked.touches(owner, changed_lines=True):
            continue
        assert any(line == other for other in rest), (text, new, line)
