"""The fields of one record as the model takes them: long forms split, defaults filled in, lists of states spread."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kientruc.loading.gathered import Entry
from kientruc.reading.tree import Mapping, Sequence, Written, is_long

_DEFAULTED = ("source", "certainty", "as_of", "access", "ask")
_ASKED = ("ask", "by")
BY_EDITION = ("maps", "places", "outside")  # what is said of each edition may be less sure of one than of another
EMPTY = ""  # a key without a value: never right, while None would be taken for a key that was left out


def fields(id: str, entry: Entry, verbs: Collection[str] = ()) -> dict[str, Any]:
    """Give what the model checks of a record, apart from its verbs."""
    filled = {**entry.filled, "ask": entry.node["ask"]} if "ask" in entry.node else entry.filled
    data: dict[str, Any] = dict(entry.node)
    provenance: dict[str, Any] = {}
    for key, value in entry.node.items():
        if key in verbs:
            del data[key]
        elif value is None or type(value) is Mapping:
            data[key] = _field(key, value, provenance, filled)
    for key in BY_EDITION:
        if type(data.get(key)) is Mapping:
            data[key] = _entries(key, data[key], provenance, filled)
    if "in_state" in data:
        data["in_state"] = _in_state(data["in_state"], provenance, filled)
    if "conclusions" in data:
        data["conclusions"] = _records(data["conclusions"], filled)
    for name in _DEFAULTED:
        if name in filled and name not in data:
            data[name] = filled[name]
    if provenance:
        data["\0provenance"] = provenance
    data["\0id"] = id
    data["\0origin"] = entry.origin
    return data


def _field(key: str, value: object, provenance: dict[str, Any], filled: dict[str, object]) -> object:
    if isinstance(value, Mapping):
        value = value_of(key, value, provenance, filled)
    return EMPTY if value is None else value


def value_of(key: str, value: Mapping, provenance: dict[str, Any], filled: dict[str, object]) -> object:
    """Split `{value: x, source: s}` into x and its provenance; fill who must answer an unknown from the defaults."""
    if key != "extra" and is_long(value):
        provenance[key] = {name: value[name] for name in value if name != "value"}
        return value["value"]
    if "unknown" in value and filled:
        return {**{name: filled[name] for name in _ASKED if name in filled}, **value}
    return value


def states(written: object) -> object:
    """Give a list of states, or one, as a mapping: what is named is present in them."""
    if isinstance(written, str):
        return {written: "present"}
    if isinstance(written, Sequence) and all(isinstance(state, str) for state in written):
        return dict.fromkeys(written, "present")
    return written


def _in_state(written: object, provenance: dict[str, Any], filled: dict[str, object]) -> object:
    """Split the long forms inside each state."""
    if not isinstance(written, Mapping):
        return written
    return {
        state: _entries(f"in_state.{state}", node, provenance, filled) if isinstance(node, Mapping) else node
        for state, node in written.items()
    }


def _entries(path: str, node: Mapping, provenance: dict[str, Any], filled: dict[str, object]) -> dict[str, object]:
    """Split the long forms inside a field; their provenance is kept under `<field>.<key>`."""
    own: dict[str, Any] = {}
    split = {key: _field(key, value, own, filled) for key, value in node.items()}
    provenance.update((f"{path}.{key}", told) for key, told in own.items())
    return split


def _records(written: object, filled: dict[str, object]) -> object:
    """Treat records inside a record (the conclusions of a hearing) like any others."""
    if not isinstance(written, Mapping):
        return written
    return {
        id: fields(id, Entry(Written(written.file, written.spans[2 * index], node), filled))
        if isinstance(node, Mapping)
        else node
        for index, (id, node) in enumerate(written.items())
    }
