"""A field of a record set, taken out, or said to be unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kientruc.editing.edits import Edits
from kientruc.editing.spelling import flow
from kientruc.errors import UsageError
from kientruc.frameworks import edition_ids
from kientruc.loading import Loaded
from kientruc.model.architecture import SECTIONS, Architecture
from kientruc.model.record import Record
from kientruc.refactoring.changed import Changed, changed, record_of
from kientruc.refactoring.occurrences import HEAD
from kientruc.refactoring.plain import change, edit, is_long, last_own, plain, without
from kientruc.refactoring.rename import section_of
from kientruc.refactoring.worded import Problems, fitting, problems_of


def set_field(
    root: Path, loaded: Loaded, id: str, field: str, words: Sequence[str], section: str = "", unknown: Any = None
) -> Changed:
    """Set a field of a record; nothing is written yet.

    Args:
        id: of the record; `architecture` for the head.
        field: its key; what lies deeper is behind dots.
        words: the value; several, or `+…` and `-…`, for a list; none takes the field out.
        section: where the record is, if the id stands in more than one space of ids.
        unknown: what says that nobody knows the value, in the place of words.
    Raises:
        UsageError: there is no such record, no such item; what was asked for is wrong (`WouldBreak`).
        EditRefused: a file cannot be edited.
    """
    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    section, record = find(architecture, id, section)
    old = plain(record.origin.node)
    key = field.partition(".")[0]
    known = known_names(architecture)

    def wrong(value: Any) -> list[str]:
        return problems_of(section, record.id, key, change(old, field, known, lambda _: value) or {})

    def to(there: Any) -> Any:
        usual: list[Any] | None = [] if field == key and is_list_elsewhere(architecture, section, key) else None
        value = unknown if unknown is not None else value_of(words, there, wrong, usual)
        if len(words) > 1 and wrong(value) and not wrong(" ".join(words)):
            raise UsageError("set.quotes", id=id, field=field, value=" ".join(words))
        return value

    new = change(old, field, known, to) or {}
    if not words and unknown is None and new == old:
        raise UsageError("set.not-there", id=id, field=field, there=", ".join(old))
    edits = Edits(loaded.files, loaded.limits)
    path = record.origin.file.path
    keys = (HEAD,) if section == HEAD else (section, record.id)
    if new:
        edit(edits, path, keys, old, new, lambda name: place_for(architecture, section, path, name, old))
    else:
        edits.replace(path, keys, {})
    notes = [("set.keeps", {"field": field, "keeps": kept})] if (kept := _kept(old, new, key)) else []
    if f"{key}_en" in new and new.get(key) != old.get(key):
        notes.append(("set.english", {"field": f"{key}_en"}))
    return changed(root, loaded, edits.patch(), (section, record.id), {key}, notes)


def find(architecture: Architecture, id: str, section: str = "") -> tuple[str, Record]:
    """Give a record by its id, with its section.

    Raises:
        UsageError: there is none, or several; or the id is of something inside a record.
    """
    if id == HEAD and not section:
        return HEAD, architecture.head
    section = section_of(architecture, id, section)
    if section != HEAD and section not in SECTIONS:
        raise UsageError("set.inside", id=id, section=section)
    return section, record_of(architecture, section, id)


def known_names(architecture: Architecture) -> frozenset[str]:
    """Give the names that may be keys and may hold dots."""
    return frozenset((*edition_ids(), *architecture.states, *architecture.organisations))


def value_of(words: Sequence[str], there: Any, wrong: Problems, usual: list[Any] | None = None) -> Any:
    """Give what words mean for a field that holds something; None for no words.

    Args:
        usual: an empty list, where others have a list there.
    """
    if not words:
        return None
    signs = {word[:1] for word in words}
    is_list = isinstance(there, list) or wrong({"any": 0})  # what takes anything takes a list as well
    if signs <= {"+", "-"} and all(len(word) > 1 for word in words) and is_list and not wrong([words[0][1:]]):
        gone = {word[1:] for word in words if word[0] == "-"}
        left = without(there, gone) if gone else there
        items = [] if left is None else left if isinstance(left, list) else [left]
        new = [*items, *(word[1:] for word in words if word[0] == "+" and word[1:] not in items)]
        return new or None
    return fitting(words[0], usual if there is None else there, wrong) if len(words) == 1 else [*words]


def is_list_elsewhere(architecture: Architecture, section: str, key: str) -> bool:
    """Tell whether most records of a section that have a field have a list there."""
    records = () if section == HEAD else architecture.records[section].values()
    found = [isinstance(one.origin.node[key], list) for one in records if key in one.origin.node]
    return 2 * sum(found) > len(found)


def place_for(architecture: Architecture, section: str, path: str, name: str, there: Iterable[str]) -> str | None:
    """Tell which key a new one goes behind: the one that others of the section, in this file if any, have before it."""
    keys = [*there]
    if name.endswith("_en") and name[:-3] in keys:
        return name[:-3]
    records = [] if section == HEAD else [*architecture.records[section].values()]
    for some in ([one for one in records if one.origin.file.path == path], records):
        votes: Counter[str] = Counter()
        for record in some:
            order = [*record.origin.node]
            if name in order:
                before = [key for key in order[: order.index(name)] if key in keys]
                votes.update(before[-1:])
        if votes:
            return min(votes, key=lambda key: (-votes[key], key))
    return last_own(keys)


def _kept(old: Any, new: Any, key: str) -> str:
    """Name what is still said of a value that changed: its source, how sure it is."""
    one, other = old.get(key), new.get(key)
    if not (isinstance(one, dict) and isinstance(other, dict) and is_long(one) and is_long(other)):
        return ""
    kept = [name for name in one if name != "value" and one[name] == other.get(name)]
    return ", ".join(f"{name}: {flow(one[name])}" for name in kept) if one["value"] != other["value"] else ""
