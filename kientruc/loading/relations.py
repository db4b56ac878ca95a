"""Verbs as they are written on their source, made into what the model checks: one entry for each target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kientruc.loading.fields import EMPTY, states, value_of
from kientruc.loading.gathered import ID, Gathered, proposal
from kientruc.model.element import Relation
from kientruc.model.verbs import Verb
from kientruc.reading.tree import Mapping, Sequence, Written, pack

VERBS = {verb.value: verb for verb in Verb}
VERB_SECTIONS = frozenset(("elements", "components", "tasks", "goals"))  # where verbs may be written
_RANK = {verb: rank for rank, verb in enumerate(Verb)}


def relations_of(id: str, verb: str, value: object, node: Mapping) -> Iterator[dict[str, Any]]:
    """Give one entry for each target of a verb: a bare id, a mapping with `to`, or a list of these."""
    if type(value) is Sequence:
        for item, at in zip(value, value.spans, strict=True):
            yield from _item(id, VERBS[verb], item, at, node)
    else:
        yield from _item(id, VERBS[verb], value, pack(node.span(verb)), node)


def _item(id: str, verb: Verb, item: object, at: int, node: Mapping) -> Iterator[dict[str, Any]]:
    if type(item) is not Mapping:
        yield {"\0verb": verb, "\0from": id, "\0to": item, "\0origin": Written(node.file, at, None)}
        return
    data: dict[str, Any] = {"\0verb": verb, "\0from": id, "\0origin": Written(node.file, at, item)}
    provenance: dict[str, Any] = {}
    for name, found in item.items():
        if name == "id":
            data["\0id"] = found
        elif name != "to":
            value = value_of(name, found, provenance, {}) if type(found) is Mapping else found
            data[name] = EMPTY if value is None else value
    if provenance:
        data["\0provenance"] = provenance
    if "states" in data:
        data["states"] = states(data["states"])
    targets = item.get("to")
    for target in targets if type(targets) is Sequence else [targets]:
        yield data | {"\0to": target}


def order(relation: Relation) -> tuple[str, int, str, str]:
    """Give what relations are sorted by."""
    return (relation.source_id, _RANK[relation.verb], relation.target, relation.id)


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
