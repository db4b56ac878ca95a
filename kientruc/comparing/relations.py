"""Relations of two architectures side by side: by their id, else by source, verb and target as they are called now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, NamedTuple

from kientruc.comparing.difference import FieldChange, Nature, RelationChange, What
from kientruc.comparing.leaves import Leaf, leaves, spelt
from kientruc.comparing.plain import (
    Ids,
    Plain,
    all_leaves,
    differing,
    is_same,
    nature_of,
    plain,
    section_of,
    target_section,
)
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation

_ENDS = frozenset(("verb", "source_id", "target"))
_INHERITED = ("source", "certainty", "as_of", "access")


class _End(NamedTuple):
    """A relation with its ends as they are called now."""

    source: str
    verb: str
    target: str
    relation: Relation


def relation_changes(old: Architecture, new: Architecture, ids: Ids) -> Iterator[RelationChange]:
    """Give what became of the relations that are not the same, in the order of their ends."""
    before, after = _not_common(_ended(old, ids), _ended(new, None))
    pairs: list[tuple[_End | None, _End | None]] = []
    for key in (_by_id_and_ends, _by_id, _by_ends):
        matched, before, after = _matched(before, after, key)
        pairs += matched
    pairs += [(one, None) for one in before] + [(None, other) for other in after]
    found = (_change(one, other, old, new, ids) for one, other in pairs)
    yield from sorted(filter(None, found), key=_order)


def _order(one: RelationChange) -> tuple[str, ...]:
    return one.section, one.source, one.verb, one.target, one.id, one.what, spelt([field.path for field in one.fields])


def _ended(architecture: Architecture, ids: Ids | None) -> list[_End]:
    if ids is None or not ids.olds:
        return [_End(one.source_id, one.verb.value, one.target, one) for one in architecture.relations]
    return [
        _End(
            ids.source(architecture, one.source_id),
            one.verb.value,
            ids.target(architecture, one.source_id, one.target),
            one,
        )
        for one in architecture.relations
    ]


def _not_common(before: list[_End], after: list[_End]) -> tuple[list[_End], list[_End]]:
    """Leave out what says the same on both sides, each as often as it is there; quick, and not always complete."""
    waiting: dict[Hashable, list[_End]] = defaultdict(list)
    for one in before:
        waiting[_by_id_and_ends(one)].append(one)
    rest = []
    for other in after:
        there = waiting.get(_by_id_and_ends(other), [])
        at = next((index for index, one in enumerate(there) if is_same(one.relation, other.relation, _ENDS)), None)
        if at is None:
            rest.append(other)
        else:
            del there[at]
    return [one for some in waiting.values() for one in some], rest


def _by_id_and_ends(end: _End) -> Hashable:
    return end[:3], end.relation.id


def _by_id(end: _End) -> Hashable | None:
    return end.relation.id or None


def _by_ends(end: _End) -> Hashable:
    return end[:3]


def _matched(before: list[_End], after: list[_End], key: Any) -> tuple[list[Any], list[_End], list[_End]]:
    """Pair what shares a key, those of one key in the order of what they say; give the pairs and what is left."""
    mine, its = _grouped(before, key), _grouped(after, key)
    pairs: list[tuple[_End, _End]] = []
    left, others = list(mine.pop(None, ())), list(its.pop(None, ()))
    for name, some in mine.items():
        there = its.get(name, [])
        pairs += zip(some, there, strict=False)
        left += some[len(there) :]
        others += there[len(some) :]
    others += [end for name, some in its.items() if name not in mine for end in some]
    return pairs, left, others


def _grouped(ends: Iterable[_End], key: Any) -> dict[Hashable | None, list[_End]]:
    found: dict[Hashable | None, list[_End]] = defaultdict(list)
    for end in ends:
        found[key(end)].append(end)
    for some in found.values():
        if len(some) > 1:
            some.sort(key=lambda end: (end[:3], spelt(end.relation.model_dump(mode="json", exclude_defaults=True))))
    return found


def _change(
    one: _End | None, other: _End | None, old: Architecture, new: Architecture, ids: Ids
) -> RelationChange | None:
    end = other or one
    assert end is not None
    there, relation = (new if other else old), end.relation
    section = section_of(there, relation.source_id)
    target = target_section(there, relation.source_id, relation.target)
    if one and other:
        what, found = What.CHANGED, list(_leaves(one, other, old, new, ids))
    else:
        what = What.ADDED if other else What.REMOVED
        found = [leaf for leaf in all_leaves(relation, other is not None) if leaf.path not in _ENDS]
    if what is What.CHANGED and not found:
        return None
    fields = tuple(FieldChange(*leaf, nature_of(section, leaf.path)) for leaf in found)
    return RelationChange(what, section, end.source, end.verb, target, end.target, relation.id, fields, Nature.CONTENT)


def _leaves(one: _End, other: _End, old: Architecture, new: Architecture, ids: Ids) -> Iterator[Leaf]:
    """Give the fields that differ; what both only took over from the records they are written on is told there."""
    for name, mine, its in zip(("from", "verb", "to"), one[:3], other[:3], strict=True):
        yield from leaves(mine, its, (name,))
    yield from leaves(one.relation.id, other.relation.id, ("id",))
    before, after = plain(one.relation, old, ids), plain(other.relation, new, ids)
    inherited = _inherited(one, other, old, new, ids) if before.fields != after.fields else ()
    for leaf in differing(_without_ends(before), _without_ends(after)):
        if not inherited or leaf.path not in inherited:
            yield leaf


def _without_ends(found: Plain) -> Plain:
    return Plain({name: value for name, value in found.fields.items() if name not in _ENDS}, found.provenance)


def _inherited(one: _End, other: _End, old: Architecture, new: Architecture, ids: Ids) -> set[str]:
    sources = []
    for end, architecture in ((one, old), (other, new)):
        section = section_of(architecture, end.relation.source_id)
        record = architecture.records[section].get(end.relation.source_id) if section else None
        if record is None:
            return set()
        said, own = plain(record, architecture, ids).fields, plain(end.relation, architecture, ids).fields
        sources.append({name for name in _INHERITED if said[name] == own[name]})
    return sources[0] & sources[1]
