"""What a record holds as plain data, the way of a dotted path through it, and the edits from one state to the next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from kientruc.editing.edits import Edits
from kientruc.errors import UsageError
from kientruc.loading.relations import VERBS
from kientruc.reading.tree import LONG

Keys = tuple[str | int, ...]
LAST = ("note", "note_en", "as_of", "source", "certainty", "access", "ask", "extra")  # what people put at the end
NAMES = ("to", "document", "id", "name")  # keys by which an item of a list is named


def plain(node: object) -> Any:
    """Give a written value as plain dicts and lists, which may be changed."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, list) else node


def is_long(value: object) -> bool:
    """Tell whether this is a value with its own source, certainty or day."""
    return isinstance(value, dict) and "value" in value and value.keys() <= LONG


def change(node: Any, path: str, known: Collection[str], to: Any, field: str = "") -> Any:
    """Give a value with what is under a dotted path changed.

    Args:
        node: what is there now; None for nothing.
        path: keys, indexes, or names of items, joined by dots; names in `known` and keys that are there may have dots.
        to: makes the new value of the old one, which is None where nothing is; to take it out, it gives None.
        field: the key this value stands under.
    Raises:
        UsageError: a list has no such item.
    """
    if not path:
        if is_long(node):
            new = to(node["value"])
            keeps = new is not None and not (isinstance(new, dict) and (is_long(new) or "unknown" in new))
            return {**node, "value": new} if keeps else new
        return to(node)
    if is_long(node) and _first(path, node, known) not in LONG:
        return {**node, "value": change(node["value"], path, known, to, field)}
    if isinstance(node, list):
        return _change_item(node, path, known, to, field)
    name = _first(path, node, known)
    rest = path[len(name) + 1 :]
    if isinstance(node, dict) and name not in node and name in _names(node):
        return change(node, rest, known, to, field) if rest else to(node)  # the one item there is, without a list
    if node is not None and not isinstance(node, dict):
        node = {"value": node} if name in LONG else _opened(node, name, field)
        if name not in LONG:
            return change(node, rest, known, to, field) if rest else to(node)
    inner = change((node or {}).get(name), rest, known, to, name)
    if inner is None or inner == {}:
        return {key: value for key, value in node.items() if key != name} or None if isinstance(node, dict) else None
    return {**(node or {}), name: inner}


def _change_item(node: list[Any], path: str, known: Collection[str], to: Any, field: str) -> Any:
    index, rest = _item(node, path, known)
    item = node[index]
    if rest and isinstance(item, str):
        item = _opened(item, item, field)
    inner = change(item, rest, known, to, field)
    return [*node[:index], *([] if inner is None else [inner]), *node[index + 1 :]] or None


def _item(node: list[Any], path: str, known: Collection[str]) -> tuple[int, str]:
    """Find which item a path goes through, by its index from 0 or by its name, and what is left of the path."""
    found = [
        (len(name), index)
        for index, item in enumerate(node)
        for name in _names(item)
        if f"{path}.".startswith(f"{name}.")
    ]
    if found:
        length, index = max(found)
        return index, path[length + 1 :]
    first, _, rest = path.partition(".")
    if first.isdigit() and int(first) < len(node):
        return int(first), rest
    there = ", ".join(name for item in node for name in _names(item)) or "–"
    raise UsageError("set.no-item", found=first, there=there)


def _names(item: object) -> list[str]:
    """Give what an item of a list is named by."""
    if isinstance(item, dict):
        values = [item[key] for key in NAMES if key in item]
        return [
            name for value in values for name in (value if isinstance(value, list) else [value]) if name is not None
        ]
    return [str(item)] if isinstance(item, str | int) else []


def _opened(node: object, name: str, field: str) -> dict[str, Any]:
    """Give the long form of an item that stands there as a bare id."""
    key = "to" if field in VERBS else "document" if field == "basis" else "id"
    if not isinstance(node, str) or node != name:
        raise UsageError("set.no-item", found=name, there=str(node))
    return {key: node}


def _first(path: str, node: object, known: Collection[str]) -> str:
    names = [*(node if isinstance(node, dict) else ()), *known, *_names(node)]
    return max((name for name in names if f"{path}.".startswith(f"{name}.")), key=len, default=path.partition(".")[0])


def without(old: object, words: Collection[str]) -> Any:
    """Take items out of a list by their names; what one of them points to beside others is taken out of it.

    Raises:
        UsageError: one of the names is not there.
    """
    gone, items = set(words), old if isinstance(old, list) else [] if old is None else [old]
    there = [name for item in items for name in _names(item)]
    if missing := sorted(gone.difference(there)):
        raise UsageError("set.no-item", found=missing[0], there=", ".join(there) or "–")
    left: list[Any] = []
    for item in items:
        others = [name for name in _names(item) if name not in gone]
        if len(others) == len(_names(item)):
            left.append(item)
        elif isinstance(item, dict) and isinstance(item.get("to"), list) and others:
            left.append({**item, "to": others})
    return left or None


def edit(edits: Edits, path: str, keys: Keys, old: Any, new: Any, after: Callable[[str], str | None]) -> None:
    """Put the changes from one value to another among the edits, each as small as it can be.

    Args:
        path: of the file.
        keys: where the value stands in it.
        after: tells, for a new key of the outermost mapping, which key to put it behind.
    """
    if type(old) is type(new) and old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new and [*_kept(old, new)] == [*_kept(new, old)]:
        for name in old:
            if name not in new:
                edits.delete(path, (*keys, name))
            else:
                edit(edits, path, (*keys, name), old[name], new[name], _behind(old[name]))
        for name in new:
            if name not in old:
                edits.insert(path, (*keys, name), new[name], after(name))
    elif isinstance(old, list) and isinstance(new, list) and old and new and _edit_list(edits, path, keys, old, new):
        return
    else:
        edits.replace(path, keys, new)


def last_own(keys: Iterable[str]) -> str | None:
    """Give the last key before those that people put at the end."""
    return next((key for key in reversed([*keys]) if key not in LAST), None)


def _behind(old: Any) -> Callable[[str], str | None]:
    return lambda name: last_own(old) if isinstance(old, dict) else None


def _kept(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in one if name in other]


def _edit_list(edits: Edits, path: str, keys: Keys, old: list[Any], new: list[Any]) -> bool:
    """Append, take out, or change items in their places; False if the list is another altogether."""
    if len(old) == len(new) and sum(one != other for one, other in zip(old, new, strict=True)) == 1:
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            edit(edits, path, (*keys, index), one, other, _behind(one))
        return True
    if new[: len(old)] == old:
        for item in new[len(old) :]:
            edits.append(path, keys, item)
        return True
    left = [index for index, item in enumerate(old) if item in new]
    if [old[index] for index in left] != new:
        return False
    for index in sorted(set(range(len(old))) - set(left)):
        edits.delete(path, (*keys, index))
    return True
