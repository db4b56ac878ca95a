"""Verbs as they are written on their source, made into what the model checks: one entry for each target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kientruc.loading.fields import EMPTY, states, value_of
from kientruc.loading.gathered import ID, Entry, Gathered, proposal
from kientruc.model.element import Relation
from kientruc.model.verbs import Verb
from kientruc.reading.tree import Mapping, Sequence, Written

VERBS = {verb.value: verb for verb in Verb}
VERB_SECTIONS = frozenset(("elements", "components", "tasks", "goals"))  # where verbs may be written
_RANK = {verb.value: rank for rank, verb in enumerate(Verb)}


def relations_of(id: str, entry: Entry) -> Iterator[dict[str, Any]]:
    """Give one entry for each target of each verb: a bare id, a mapping with `to`, or a list of these."""
    node = entry.node
    file = node.file
    for key in VERBS.keys() & node.keys():
        verb, value = VERBS[key], node[key]
        items: list[object] = value if type(value) is Sequence else [value]
        places = value.spans if type(value) is Sequence else [node.packed(key)]
        for item, at in zip(items, places, strict=True):
            if type(item) is Mapping:
                yield from _detailed(id, verb, item, Written(file, at, item), entry.filled)
            else:
                yield {"\0verb": verb, "\0from": id, "\0to": item, "\0origin": Written(file, at, None)}


def _detailed(
    id: str, verb: Verb, item: Mapping, origin: Written, filled: dict[str, object]
) -> Iterator[dict[str, Any]]:
    data: dict[str, Any] = {"\0verb": verb, "\0from": id, "\0origin": origin}
    provenance: dict[str, Any] = {}
    for name, found in item.items():
        if name == "id":
            data["\0id"] = found
        elif name != "to":
            value = value_of(name, found, provenance, filled) if type(found) is Mapping else found
            data[name] = EMPTY if value is None else value
    if provenance:
        data["\0provenance"] = provenance
    if "states" in data:
        data["states"] = states(data["states"])
    targets = item.get("to")
    for target in targets if type(targets) is Sequence else [targets]:
        yield data | {"\0to": target}


def in_order(relations: list[Relation]) -> list[Relation]:
    """Sort relations; of those with the same verb and ends, by what else they say, not by which was written first."""
    keys = [order(one) for one in relations]
    ranked = sorted(range(len(keys)), key=keys.__getitem__)
    if len(set(keys)) < len(keys):
        twins = Counter(keys)
        ranked.sort(key=lambda at: (keys[at], repr(relations[at]) if twins[keys[at]] > 1 else ""))
    return [relations[at] for at in ranked]


def order(relation: Relation) -> tuple[str, int, str, str]:
    """Give what relations are sorted by."""
    fields = relation.__dict__  # asked tens of thousands of times
    return (fields["source_id"], _RANK[fields["verb"]._value_], fields["target"], fields["id"])


def check_ids(relations: list[Relation], gathered: Gathered) -> None:
    """Report ids of relations that are no ids, or are taken; one mapping with several targets shares its id."""
    for relation in relations:
        if not relation.id:
            continue
        origin: Written = relation.origin
        span = origin.span("id")
        first = gathered.places.setdefault(relation.id, origin)
        if first is origin:
            if not ID.fullmatch(relation.id):
                gathered.find("M-ID", span, id=relation.id, proposal=proposal(relation.id))
        else:
            at = first.span("id")
            gathered.find("M-DUP", span, (at,), id=relation.id, first=str(at))
