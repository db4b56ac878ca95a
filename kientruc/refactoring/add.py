"""A new record where its neighbours are: in their section, in the file of its component, in their style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Patch
from kientruc.editing.spelling import flow
from kientruc.errors import UsageError
from kientruc.loading import Loaded
from kientruc.loading.gathered import ID, proposal
from kientruc.loading.nearest import nearest
from kientruc.model.architecture import SECTIONS, SINGULAR, Architecture
from kientruc.model.kinds import Kind
from kientruc.model.record import Record
from kientruc.reading.tree import Mapping as Tree
from kientruc.refactoring.aired import aired
from kientruc.refactoring.changed import Changed, changed
from kientruc.refactoring.occurrences import declared, space_of
from kientruc.refactoring.plain import change
from kientruc.refactoring.set_field import is_list_elsewhere, known_names, value_of
from kientruc.refactoring.worded import problems_of

INHERITED = ("source", "certainty", "as_of", "access", "ask")
NAMED = ("name", "title", "number", "text")  # the field that says what a record is, the first that its model has


def sorts() -> dict[str, str]:
    """Give what may be added, kinds of element and what the records of each section are called, with its section."""
    others = (section for section in SECTIONS if section != "elements")
    return {
        **{kind.value: "elements" for kind in Kind},
        **{SINGULAR.get(section, section.removesuffix("s")): section for section in others},
    }


def add(
    root: Path,
    loaded: Loaded,
    sort: str,
    id: str,
    name: str = "",
    fields: Sequence[tuple[str, Sequence[str]]] = (),
    into: str = "",
) -> Changed:
    """Add a record; nothing is written yet.

    Args:
        sort: a kind of element, a section, or the name of one of its records (`task`).
        name: what the sort calls its name: `name`, `title`, `number` or `text`.
        fields: dotted paths and the words of their values, as for `set_field`, in this order.
        into: the file; "" for the one where most of its neighbours are.
    Raises:
        UsageError: there is no such sort, the id is taken or no id, or what was asked for is wrong (`WouldBreak`).
        EditRefused: a file cannot be edited.
    """
    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    section = _section(sort)
    _check(architecture, section, id)
    path = _file(loaded, into) if into else ""
    data: dict[str, Any] = {"kind": sort} if section == "elements" and sort != section else {}
    if name:
        data[next((one for one in NAMED if one in SECTIONS[section].model_fields), NAMED[0])] = name
    for field, words in fields:
        data = _with(architecture, data, section, id, field, words)
    near = neighbour(architecture, section, data, path)
    path = path or (near.origin.file.path if near else root.name)
    if near:
        order = [*near.origin.node]
        data = {
            key: data[key] for key in sorted(data, key=lambda key: order.index(key) if key in order else len(order))
        }
    edits = Edits(loaded.files, loaded.limits)
    top = edits.tree(path)
    if isinstance(top, Tree) and isinstance(top.get(section), Tree):
        edits.insert(path, (section, id), data, near.id if near else None)
    elif isinstance(top, Tree) and section in top:
        edits.replace(path, (section,), {id: data})
    else:
        edits.insert(path, (section,), {id: data})
    patch = Patch(tuple(aired(edited, section, id, loaded.limits) for edited in edits.patch().files))
    filled = _filled(top, data)
    return changed(root, loaded, patch, (section, id), None, [("add.inherits", {"fields": filled})] if filled else [])


def _section(sort: str) -> str:
    known = sorts()
    if sort not in known:
        raise UsageError(
            "add.sort",
            found=sort,
            nearest=nearest(sort, known),
            allowed=", ".join(one for one in known if one not in SECTIONS),
        )
    return known[sort]


def _check(architecture: Architecture, section: str, id: str) -> None:
    if not ID.fullmatch(id):
        raise UsageError("rename.form", found=id, proposal=proposal(id) or "–")
    for other in space_of(section):
        if at := declared(architecture, other, id):
            raise UsageError("rename.taken", id=id, section=other, at=str(at))


def _file(loaded: Loaded, into: str) -> str:
    there = [file.path for file in loaded.files]
    into = str(PurePosixPath(into.replace("\\", "/")))
    if into not in there:
        raise UsageError("add.file", path=into, nearest=nearest(into, there), there=", ".join(there))
    return into


def _with(
    architecture: Architecture, data: dict[str, Any], section: str, id: str, field: str, words: Sequence[str]
) -> dict[str, Any]:
    key, known = field.partition(".")[0], known_names(architecture)
    usual: list[Any] | None = [] if field == key and is_list_elsewhere(architecture, section, key) else None

    def wrong(value: Any) -> list[str]:
        return problems_of(section, id, key, change(data, field, known, lambda _: value) or {})

    return change(data, field, known, lambda there: value_of(words, there, wrong, usual)) or {}


def neighbour(architecture: Architecture, section: str, data: Mapping[str, Any], path: str = "") -> Record | None:
    """Give the record that a new one goes behind: the last of its component and kind, where most of them are.

    Args:
        path: only in this file; "" for all.
    """
    records = [one for one in architecture.records[section].values() if not path or one.origin.file.path == path]
    alike = [(_likeness(one, data), one) for one in records]
    best = max((likeness for likeness, _ in alike), default=(False, False))
    like = [one for likeness, one in alike if likeness == best]
    there = Counter(one.origin.file.path for one in like)
    most = min(there, key=lambda path: (-there[path], path), default="")
    return max((one for one in like if one.origin.file.path == most), key=lambda one: one.origin.key, default=None)


def _likeness(record: Record, data: Mapping[str, Any]) -> tuple[bool, bool]:
    """Tell whether a record is of the component, and of the kind, that data name."""
    component, kind = getattr(record, "component", None), getattr(record, "kind", None)
    return bool(component) and component == data.get("component"), bool(kind) and kind == data.get("kind")


def _filled(top: object, data: Mapping[str, Any]) -> str:
    """Name what the defaults of a file say of a record that does not say it itself."""
    defaults = top.get("defaults") if isinstance(top, Tree) else None
    found = [name for name in INHERITED if name in defaults and name not in data] if isinstance(defaults, dict) else []
    return ", ".join(f"{name}: {flow(defaults[name])}" for name in found) if isinstance(defaults, dict) else ""
