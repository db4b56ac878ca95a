"""Gathered records to typed values: one pass of pydantic per section, its errors told in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kientruc.finding import Finding
from kientruc.loading import references
from kientruc.loading.gather import ID, Entry, Gathered, proposal, show
from kientruc.loading.mistakes import explain
from kientruc.model.architecture import SECTIONS, Architecture, Head
from kientruc.model.element import Element, Relation
from kientruc.model.kinds import Kind
from kientruc.model.record import Record
from kientruc.model.verbs import Verb
from kientruc.reading.limits import Limits
from kientruc.reading.tree import Mapping, Sequence, Written, pack

VERBS = {verb.value: verb for verb in Verb}
VERB_SECTIONS = frozenset(("elements", "components", "tasks", "goals"))  # where verbs may be written
SECRET = frozenset(("secret", "confidential", "top-secret", "mật", "tối mật", "tuyệt mật", "mat", "toi-mat", "tuyet-mat"))
_LONG = frozenset(("value", "source", "certainty", "as_of"))
_OWN_FIELDS = frozenset().union(*(kind.own_fields for kind in Kind))
_NO_RELATIONS: list[tuple[Written, dict[str, Any]]] = []


@cache
def adapter(model: Any) -> TypeAdapter[Any]:
    """Give the validator of a type, made once."""
    return TypeAdapter(model)


def build(gathered: Gathered, limits: Limits) -> Architecture | None:
    """Make the architecture; what is wrong is added to the findings.

    Returns:
        None where a record could not be made; the findings say why.
    """
    _count(gathered, limits)
    if any(finding.refused for finding in gathered.findings):
        return None
    records: dict[str, dict[str, Any]] = {}
    written: list[tuple[Written, dict[str, Any]]] = []
    broken: set[str] = set()
    for section, model in SECTIONS.items():
        entries = gathered.sections[section]
        data = {}
        for id in sorted(entries):
            data[id] = _data(id, entries[id], section, written)
        records[section], wrong = _validate(model, data, entries, gathered)
        broken |= wrong
    head = _head(gathered)
    _kinds(records["elements"], gathered)
    if len(written) > limits.relations:
        at = written[limits.relations][0].span()
        gathered.findings.append(Finding("M-COUNT", at, {"limit": str(limits.relations), "what": "relations"}, refused=True))
        return None
    relations = _relations(written, gathered)
    references.check(head, records, relations, gathered, broken)
    if head is None:
        return None
    order = list(Verb)
    relations.sort(key=lambda r: (r.source_id, order.index(r.verb), r.target, r.id))
    return Architecture(head, records, tuple(relations), {file.path: file.sha256 for file in gathered.files})


def _count(gathered: Gathered, limits: Limits) -> None:
    elements = gathered.sections["elements"]
    if len(elements) > limits.elements:
        entry = list(elements.values())[limits.elements]
        values = {"limit": str(limits.elements), "what": "elements"}
        gathered.findings.append(Finding("M-COUNT", entry.origin.span(), values, refused=True))


def _data(
    id: str, entry: Entry, section: str, written: list[tuple[Written, dict[str, Any]]]
) -> dict[str, Any]:
    """Make what pydantic sees: defaults filled in, long forms split, verbs set aside as relations."""
    node = entry.node
    data: dict[str, Any] = {}
    provenance: dict[str, Any] = {}
    takes_verbs = section in VERB_SECTIONS
    for key, value in node.items():
        if takes_verbs and key in VERBS:
            written.extend(_written(id, VERBS[key], value, node, key, entry))
            continue
        if type(value) is Mapping:
            value = _plain(key, value, provenance, entry.defaults)
        data[key] = value
    states = data.get("states")
    if isinstance(states, list | str) and section == "elements":
        data["states"] = dict.fromkeys([states] if isinstance(states, str) else states, "present")
    if entry.defaults is not None:
        for name in ("source", "certainty", "as_of"):
            if name in entry.defaults and name not in data:
                data[name] = entry.defaults[name]
    if provenance:
        data["\0provenance"] = provenance
    data["\0id"] = id
    data["\0origin"] = entry.origin
    return data


def _plain(key: str, value: Mapping, provenance: dict[str, Any], defaults: Mapping | None) -> object:
    """Split `{value: x, source: s}` into x and its provenance; fill who must answer an unknown from the defaults."""
    if "value" in value and key != "extra" and _LONG.issuperset(value):
        provenance[key] = {name: value[name] for name in value if name != "value"}
        return value["value"]
    if "unknown" in value and defaults is not None:
        return {**{name: defaults[name] for name in ("ask", "by") if name in defaults}, **value}
    return value


def _written(
    id: str, verb: Verb, value: object, node: Mapping, key: str, entry: Entry
) -> Iterator[tuple[Written, dict[str, Any]]]:
    items = value if type(value) is Sequence else [value]
    for index, item in enumerate(items):
        if type(value) is Sequence:
            at = value.spans[index]
        else:
            at = pack(node.span(key))
        base: dict[str, Any] = {"\0verb": verb, "\0from": id}
        if type(item) is not Mapping:
            yield Written(node.file, at, None), base | {"\0to": item}
            continue
        for name in item:
            if name not in ("to", "id"):
                found = item[name]
                base[name] = found["value"] if type(found) is Mapping and _LONG.issuperset(found) else found
        states = base.get("states")
        if isinstance(states, list | str):
            base["states"] = dict.fromkeys([states] if isinstance(states, str) else states, "present")
        if "id" in item:
            base["\0id"] = item["id"]
        targets = item.get("to")
        for target in targets if type(targets) is Sequence else [targets]:
            yield Written(node.file, at, item), base | {"\0to": target}


def _validate(
    model: type[Record], data: dict[str, Any], entries: dict[str, Entry], gathered: Gathered
) -> tuple[dict[str, Any], set[str]]:
    """Validate one section; broken records are reported and, as far as they can be mended, kept for reference checks."""
    try:
        return adapter(dict[str, model]).validate_python(data), set()  # type: ignore[valid-type]
    except ValidationError as error:
        problems = error.errors(include_url=False)
    wrong = {str(problem["loc"][0]) for problem in problems}
    good = {id: value for id, value in data.items() if id not in wrong}
    records = adapter(dict[str, model]).validate_python(good)  # type: ignore[valid-type]
    for id in sorted(wrong):
        own = [{**problem, "loc": problem["loc"][1:]} for problem in problems if problem["loc"][0] == id]
        gathered.findings.extend(explain(model, own, entries[id].origin, id))
        mended = _mend(model, data[id], own)
        if mended is not None:
            records[id] = mended
    return {id: records[id] for id in sorted(records)}, wrong


def _mend(model: type[Record], data: dict[str, Any], problems: list[Any]) -> Record | None:
    """Drop the wrong fields so that the others can still be checked; None where that is not enough."""
    if any(problem["loc"][0] == "kind" for problem in problems):
        return None
    rest = {key: value for key, value in data.items() if key not in {problem["loc"][0] for problem in problems}}
    for problem in problems:
        if problem["type"] == "missing" and len(problem["loc"]) == 1:
            rest[problem["loc"][0]] = "?"
    try:
        return model.model_validate(rest)
    except ValidationError:
        return None


def _head(gathered: Gathered) -> Head | None:
    entry = gathered.head
    if entry is None:
        return None
    data = _data("", entry, "architecture", _NO_RELATIONS)
    id = data.pop("id", None)
    if not isinstance(id, str) or not ID.fullmatch(id):
        at = entry.node.span("id") if "id" in entry.node else entry.origin.span()
        gathered.find("M-ID", at, id=show(id), proposal=proposal(show(id)) or "kien-truc")
        id = "?"
    data["\0id"] = id
    try:
        return Head.model_validate(data)
    except ValidationError as error:
        gathered.findings.extend(explain(Head, error.errors(include_url=False), entry.origin, "architecture"))
        return None


def _kinds(elements: dict[str, Element], gathered: Gathered) -> None:
    """Report fields that only other kinds may have, and secrets."""
    for element in elements.values():
        for name in _OWN_FIELDS - element.kind.own_fields:
            if getattr(element, name) is not None:
                kinds = ", ".join(kind.value for kind in Kind if name in kind.own_fields)
                at = element.origin.node.key_span(name)
                gathered.find("M-FIELD", at, field=name, kind=element.kind.value, kinds=kinds)


def _relations(written: list[tuple[Written, dict[str, Any]]], gathered: Gathered) -> list[Relation]:
    for origin, data in written:
        data["\0origin"] = origin
    many = [data for _, data in written]
    try:
        relations: list[Relation] = adapter(list[Relation]).validate_python(many)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        wrong = {int(problem["loc"][0]) for problem in problems}
        for index in sorted(wrong):
            own = [{**problem, "loc": problem["loc"][1:]} for problem in problems if problem["loc"][0] == index]
            gathered.findings.extend(explain(Relation, own, written[index][0], many[index]["\0from"]))
        relations = adapter(list[Relation]).validate_python([d for i, d in enumerate(many) if i not in wrong])
    for relation in relations:
        if relation.id:
            _relation_id(relation, gathered)
    return relations


def _relation_id(relation: Relation, gathered: Gathered) -> None:
    span = relation.origin.span("id")
    if not ID.fullmatch(relation.id):
        gathered.find("M-ID", span, id=relation.id, proposal=proposal(relation.id))
    section, first = gathered.places.setdefault(relation.id, ("relations", span))
    if first != span:
        gathered.find("M-DUP", span, (first,), id=relation.id, first=str(first))


