"""Records and connections that a workbook adds, as insertions where their like stand; ids that nothing bears yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Patch, encode
from kientruc.editing.refused import EditRefused, refused
from kientruc.loading import Loaded, load_from
from kientruc.loading.gathered import proposal
from kientruc.loading.relations import VERB_SECTIONS
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.record import Record
from kientruc.reading.files import HeldWorkspace
from kientruc.reading.tree import Mapping as Tree
from kientruc.reading.tree import Sequence
from kientruc.views.survey import is_of

Keys = tuple[str | int, ...]
LENGTH = 60  # of an id that is proposed


class Added:
    """What is new for one architecture; `write` puts it among the edits."""

    def __init__(self, loaded: Loaded, architecture: Architecture, edits: Edits) -> None:
        self.loaded, self.architecture, self.edits = loaded, architecture, edits
        self.records: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}  # by file and section
        self.places: dict[tuple[str, str, str], str] = {}  # files by section, body and kind
        self.taken: set[str] = set()  # ids of those
        self.last: dict[str, int] = {}  # the last number behind an id that several would have

    def add(self, section: str, id: str, data: Mapping[str, Any], path: str = "", body: str = "") -> None:
        """Keep a record for a file: the one that is named, else where its like stand."""
        self.taken.add(id)
        path = path or self.place(section, body, str(data.get("kind", "")))
        self.records.setdefault((path, section), {})[id] = data

    def place(self, section: str, body: str, kind: str) -> str:
        """Give the file where most of a section stands; of elements, first those of the kind and of the body."""
        if (section, body, kind) not in self.places:
            there = Counter[str]()
            for one in self.architecture.records[section].values():
                like = isinstance(one, Element) and one.kind.value == kind
                own = isinstance(one, Element) and is_of(one, body)
                there[one.span().path] += 1 + 10**6 * like + 10**9 * own + 10**12 * (like and own)
            self.places[section, body, kind] = min(
                there, key=lambda path: (-there[path], path), default=self.waiting(section)
            )
        return self.places[section, body, kind]

    def waiting(self, section: str) -> str:
        """Give the first file that names a section, though nothing stands in it yet; else the root."""
        files = (file.path for file in self.loaded.files)
        root = self.loaded.files[0].path
        return next((path for path in files if isinstance(top := self.edits.tree(path), Tree) and section in top), root)

    def relate(self, source: str, verb: str, items: Iterable[Any]) -> None:
        """Add entries of a verb to an element or a task that is there."""
        record = self.architecture.elements.get(source) or self.architecture.records["tasks"][source]
        path, keys = self.where(record)
        there = record.origin.node.get(verb)
        if isinstance(there, Sequence):
            for item in items:
                self.edits.append(path, (*keys, verb), item)
        elif there is not None:
            self.edits.replace(path, (*keys, verb), [there, *items])
        else:
            self.edits.insert(path, (*keys, verb), [*items])

    def where(self, record: Record) -> tuple[str, Keys]:
        """Give the file of a record and the keys that lead to it.

        Raises:
            EditRefused: a relation that stands in no entry of its own, for it is a bare id.
        """
        span = record.span()
        if span is None:
            raise ValueError("a record that no file holds cannot be edited")
        if not isinstance(record, Relation):
            section = type(record).section
            return span.path, ("architecture",) if section == "architecture" else (section, record.id)
        for section in sorted(VERB_SECTIONS):
            source = self.architecture.records[section].get(record.source_id)
            found = source.origin.node.get(record.verb.value) if source else None
            if found is not None and found is record.origin.node:
                return span.path, (section, record.source_id, record.verb.value)
            if isinstance(found, Sequence):
                for index, item in enumerate(found):
                    if item is record.origin.node:
                        return span.path, (section, record.source_id, record.verb.value, index)
        raise refused("edit.no-place", span, keys=record.verb.value)

    def free(self, id: str) -> str:
        """Give an id that nothing bears yet: this one, or with a number behind it."""
        found = id
        while found in self.taken or self.architecture.find(found):
            self.last[id] = self.last.get(id, 1) + 1
            found = f"{id}-{self.last[id]}"
        return found

    def write(self) -> None:
        """Insert the records, a section at once where a file does not have it.

        Raises:
            EditRefused: a file is none of the architecture's.
        """
        for (path, section), records in self.records.items():
            if path not in {file.path for file in self.loaded.files}:
                raise EditRefused("survey.into", path=path)
            top = self.edits.tree(path)
            if isinstance(top, Tree) and section in top:
                for id, data in records.items():
                    self.edits.insert(path, (section, id), data)
            else:
                self.edits.insert(path, (section,), records)


def loads(loaded: Loaded, patch: Patch) -> Loaded:
    """Load what an architecture becomes by a patch of its files."""
    files = {file.path: encode(file.text, file.bom) for file in loaded.files}
    files |= {edited.file.path: edited.data for edited in patch.files}
    return load_from(HeldWorkspace(files, loaded.limits), loaded.files[0].path)


class Slugs:
    """Proposes ids from names. Whose a thing is does not belong in its id, for that may change."""

    def __init__(self, architecture: Architecture) -> None:
        found = {slug for one in architecture.organisations.values() for slug in (one.id, proposal(one.name))}
        several = (re.escape(slug) for slug in found if "-" in slug)  # one word alone may mean anything
        longest = sorted(several, key=lambda slug: (-len(slug), slug))
        self.bodies = re.compile(f"(?:-cua)?-(?:{'|'.join(longest)})-") if longest else None

    def slug(self, name: str) -> str:
        """Give the words of a name, in ASCII, without those that name a body; "" where nothing is left."""
        found = f"-{proposal(name)}-"
        while self.bodies and self.bodies.search(found):
            found = self.bodies.sub("-", found)
        found = found.strip("-")
        return found if len(found) <= LENGTH else found[:LENGTH].rpartition("-")[0]
