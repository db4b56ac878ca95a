"""Ids that name nothing, verbs that join what they may not: checked over all files at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from kientruc.finding import Finding
from kientruc.loading.gather import Gathered
from kientruc.loading.nearest import nearest
from kientruc.model.architecture import OWN_ID_SPACE, SINGULAR, Head
from kientruc.model.element import Relation
from kientruc.model.values import Ref
from kientruc.model.verbs import Verb, groups_of
from kientruc.source import Span

Plan = tuple[str, Any]
Use = tuple[tuple[str, ...], str, tuple[str | int, ...]]


def check(
    head: Head | None,
    records: dict[str, dict[str, Any]],
    relations: list[Relation],
    gathered: Gathered,
    broken: set[str],
) -> None:
    """Add a finding for every id that names nothing (one for all its uses) and for every illegal pair."""
    known = {section: frozenset(entries) for section, entries in gathered.sections.items()}
    missing: dict[tuple[tuple[str, ...], str], list[Span]] = defaultdict(list)
    everything = [record for section in records.values() for record in section.values()]
    told = [relation for relation in relations if relation.origin.node is not None]
    for record in ([head] if head else []) + everything + told:
        for sections, id, path in _uses(record):
            if not any(id in known[section] for section in sections):
                missing[sections, id].append(record.origin.span(*path))
    kinds: dict[str, str | None] = {id: element.kind.value for id, element in records["elements"].items()}
    kinds |= {id: None for id in broken & known["elements"] if id not in kinds}
    for relation in relations:
        _pair(relation, kinds, known, missing, gathered)
    for (sections, id), spans in missing.items():
        _dangling(sections, id, spans, known, gathered)


def _dangling(
    sections: tuple[str, ...], id: str, spans: list[Span], known: dict[str, frozenset[str]], gathered: Gathered
) -> None:
    spans.sort(key=lambda span: span.order)
    choices = [name for section in sections for name in known[section]]
    elsewhere = next((section for section in known if id in known[section]), "")
    values = {
        "id": id,
        "near": nearest(id, choices),
        "sections": ", ".join(sections),
        "elsewhere": elsewhere,
        "count": str(len(spans)),
    }
    gathered.findings.append(Finding("M-REF", spans[0], values, tuple(spans[1:])))


def _pair(
    relation: Relation,
    kinds: dict[str, str | None],
    known: dict[str, frozenset[str]],
    missing: dict[tuple[tuple[str, ...], str], list[Span]],
    gathered: Gathered,
) -> None:
    verb, id = relation.verb, relation.target
    if relation.source_id in kinds and id in kinds:
        source, target = kinds[relation.source_id], kinds[id]
    else:
        source = _source(relation.source_id, kinds, known)
        sections = _ends(verb, source)
        section = next((name for name in sections if id in known[name]), None) or next(
            (name for name in SINGULAR if name not in OWN_ID_SPACE and id in known[name]), None
        )
        if section is None and id not in kinds:
            missing[sections or ("elements",), id].append(relation.origin.span("to"))
            return
        target = SINGULAR.get(section, kinds.get(id)) if section else kinds.get(id)
    if source is None or target is None or _joins(verb, source, target):
        return  # an end that is None is reported already
    values = {
        "verb": verb.value,
        "source": relation.source_id,
        "source_kind": source,
        "target": id,
        "target_kind": target,
        "allowed": ", ".join(verb.targets_from(groups_of(source))),
        "verbs": ", ".join(other.value for other in Verb if _joins(other, source, target)),
    }
    gathered.findings.append(Finding("M-PAIR", relation.origin.span("to"), values))


@cache
def _joins(verb: Verb, source: str, target: str) -> bool:
    return verb.joins(groups_of(source), groups_of(target))


def _source(id: str, kinds: dict[str, str | None], known: dict[str, frozenset[str]]) -> str | None:
    """Name what a relation starts from: a kind, or a section's singular; None where it is broken."""
    if id in known["elements"]:
        return kinds.get(id)
    return next((SINGULAR[section] for section in ("tasks", "goals", "components") if id in known[section]), None)


@cache
def _ends(verb: Verb, source: str | None) -> tuple[str, ...]:
    """Give the sections a verb's target is looked for in, the likeliest first; only components reach components."""
    names = set(verb.targets_from(groups_of(source))) if source else {"application"}
    sections = tuple(section for section, singular in SINGULAR.items() if singular in names)
    return (("elements",) if names - set(SINGULAR.values()) else ()) + sections


def _uses(record: BaseModel) -> Iterator[Use]:
    """Give every id a record refers to: sections it may be in, the id, the path to it."""
    for name, alias, plan in _plan(type(record)):
        value = getattr(record, name)
        if value is not None and value != ():
            yield from _walk(plan, value, (alias,))


def _walk(plan: Plan, value: Any, path: tuple[str | int, ...]) -> Iterator[Use]:
    what, inner = plan
    if what == "ref":
        if isinstance(value, str):
            yield inner, value, path
    elif what == "many":
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                yield from _walk(inner, item, (*path, index))
    elif what == "dict":
        for key, item in value.items():
            if inner[0]:
                yield from _walk(inner[0], key, (*path, key))
            if inner[1]:
                yield from _walk(inner[1], item, (*path, key))
    elif what == "model":
        if isinstance(value, inner):
            for name, alias, deeper in _plan(inner):
                found = getattr(value, name)
                if found is not None:
                    yield from _walk(deeper, found, (*path, alias))
    else:
        for branch in inner:
            yield from _walk(branch, value, path)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str, Plan], ...]:
    """List the fields of a model that hold ids, with how to get at them."""
    rows = []
    for name, field in model.model_fields.items():
        refs = [mark for mark in field.metadata if isinstance(mark, Ref)]
        plan: Plan | None = ("ref", refs[0].sections) if refs else _of(field.annotation)
        if plan:
            rows.append((name, field.alias or name, plan))
    return tuple(rows)


def _of(kind: Any) -> Plan | None:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        refs = [mark for mark in arguments[1:] if isinstance(mark, Ref)]
        return ("ref", refs[0].sections) if refs else _of(arguments[0])
    if origin in (Union, UnionType):
        branches = [plan for plan in map(_of, arguments) if plan]
        return branches[0] if len(branches) == 1 else ("union", tuple(branches)) if branches else None
    if origin is tuple:
        inner = _of(arguments[0])
        return ("many", inner) if inner else None
    if origin is dict:
        pair = (_of(arguments[0]), _of(arguments[1]))
        return ("dict", pair) if any(pair) else None
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return ("model", kind) if _plan(kind) else None
    return None
