"""Two values of JSON side by side, down to the leaves that differ; the order of lists means nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

# Lists of mappings: which keys tell one entry from another, by the name of the field.
KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cost": ("year", "fund"),
        "shares": ("form",),
        "papers": ("name",),
        "people": ("name",),
        "basis": ("document", "article"),
        "changed": ("id",),
        "answered_by": ("id",),
        "met_by": ("id",),
    }
)
UNKNOWN = "unknown"  # the key by which a value that nobody knows is recognised


Parts = tuple[str, ...]


class Leaf(NamedTuple):
    """One leaf that differs: the parts of its path, and its value on either side; None where there is none."""

    parts: Parts
    before: Any
    after: Any

    @property
    def path(self) -> str:
        """The path in one word."""
        return joined(self.parts)


def joined(parts: Parts) -> str:
    """Write a path: `owner`, `in_state.muc-tieu.owner`, `cost[2027,ngan-sach-tinh].amount`."""
    if len(parts) == 1:
        return parts[0]  # most of them, and there may be a million
    return "".join(part if part.startswith("[") else f".{part}" for part in parts).removeprefix(".")


def leaves(before: Any, after: Any, at: Parts = ()) -> Iterator[Leaf]:
    """Give the leaves in which two values that stand at a path differ, in the order of their paths' parts."""
    before, after = _said(before), _said(after)
    if before == after:
        return
    if _is_open(before, after):
        mine, its = before or {}, after or {}
        for key in sorted(mine.keys() | its.keys()):
            one, other = mine.get(key), its.get(key)
            if one != other:  # most are the same, and there may be a million
                yield from leaves(one, other, (*at, key))
    elif at and at[-1] in KEYS and _is_entries(before) and _is_entries(after):
        yield from _entries(before or [], after or [], at, KEYS[at[-1]])
    else:
        mine, its = _in_order(before), _in_order(after)
        if mine != its:
            yield Leaf(at, mine, its)


def _said(value: Any) -> Any:
    """Take what is empty for what is not said."""
    return value if value or isinstance(value, int | float) else None


def _is_open(before: Any, after: Any) -> bool:
    """Tell whether to look into two mappings; an unknown value beside a known one is a leaf, whatever it says."""
    if before is None or after is None:
        one = after if before is None else before
        return isinstance(one, dict) and UNKNOWN not in one
    return isinstance(before, dict) and isinstance(after, dict) and (UNKNOWN in before) is (UNKNOWN in after)


def _is_entries(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, dict) for item in value))


def _in_order(value: Any) -> Any:
    """Give a leaf as it is told: lists in one order, nothing empty in mappings."""
    if isinstance(value, dict):
        return {key: inner for key, inner in value.items() if _said(inner) is not None}
    return sorted(value, key=spelt) if isinstance(value, list) else value


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)  # json.dumps would make one for each value


def spelt(value: Any) -> str:
    """Spell a value so that equal ones look the same."""
    return _ENCODER.encode(value)


def _entries(before: list[Any], after: list[Any], at: Parts, keys: Parts) -> Iterator[Leaf]:
    mine, its = _named(before, after, keys)
    for label in sorted(mine.keys() | its.keys()):
        inner = (*at, f"[{label}]")
        one, other = mine.get(label), its.get(label)
        found = list(leaves(_rest(one, keys), _rest(other, keys), inner))
        if not found and (one is None or other is None):
            found = [Leaf(inner, None if one is None else label, None if other is None else label)]
        yield from found


def _rest(entry: dict[str, Any] | None, keys: tuple[str, ...]) -> dict[str, Any] | None:
    return entry and {key: value for key, value in entry.items() if key not in keys}


def _named(before: list[Any], after: list[Any], keys: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Name the entries of both sides by their keys; of several with one name, equal ones get the same number."""
    common = Counter(map(spelt, before)) & Counter(map(spelt, after))

    def named(entries: list[Any]) -> dict[str, Any]:
        left, seen = Counter(common), Counter[str]()
        found: dict[str, Any] = {}
        ranked = []
        for words, entry in sorted(((spelt(entry), entry) for entry in entries), key=lambda one: one[0]):
            ranked.append((left[words] <= 0, words, entry))
            left[words] -= 1
        for _, _, entry in sorted(ranked, key=lambda one: one[:2]):
            label = ",".join(str(entry[key]) for key in keys if entry.get(key) is not None)
            seen[label] += 1
            found[label if seen[label] == 1 else f"{label}#{seen[label]}"] = entry
        return found

    return named(before), named(after)
