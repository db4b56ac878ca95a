"""The ids that may be referred to, by section, each with the name of what bears it."""

from __future__ import annotations

from collections.abc import Mapping

from kientruc.loading.gathered import Entry
from kientruc.model.architecture import SECTIONS, Architecture
from kientruc.reading.tree import child
from kientruc.views.words import name

Names = Mapping[str, Mapping[str, str]]  # section -> id -> name
_NAMES = ("name", "title", "number", "text")


def known_ids(architecture: Architecture, lang: str) -> Names:
    """Give the ids of an architecture in id order; what has no name has its id for one."""
    return {
        section: {id: name(record, lang) for id, record in architecture.records[section].items()}
        for section in SECTIONS
    }


def written_ids(sections: Mapping[str, Mapping[str, Entry]], lang: str) -> Names:
    """Give the ids of records as written, which may be wrong, in id order."""
    return {section: {id: _name(id, found[id], lang) for id in sorted(found)} for section, found in sections.items()}


def _name(id: str, entry: Entry, lang: str) -> str:
    keys = [f"{key}_en" for key in _NAMES if lang == "en"] + [*_NAMES]
    found = (child(entry.node, key) for key in keys)
    values = (child(one, "value") or one for one in found)
    return next((one for one in values if isinstance(one, str)), id)
