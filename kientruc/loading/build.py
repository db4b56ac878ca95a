"""Gathered records to typed values: one pass of pydantic per section, its errors told in our own words."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from kientruc.loading import circles, contradictions, declared, places, references
from kientruc.loading.fields import fields, states
from kientruc.loading.gathered import ID, Entry, Gathered, proposal, show
from kientruc.loading.mistakes import explain, is_record
from kientruc.loading.relations import VERB_SECTIONS, VERBS, check_ids, in_order, relations_of
from kientruc.loading.validate import errors_of
from kientruc.model.architecture import SECTIONS, Architecture, Head
from kientruc.model.element import Relation
from kientruc.model.record import Record, adapter
from kientruc.reading.tree import Written

Data = dict[str, Any]
INHERITED = frozenset(("source", "certainty", "as_of", "access"))
STAND_INS = {"name": "?", "title": "?", "number": "?", "text": "?", "kind": "application"}


def build(gathered: Gathered) -> Architecture | None:
    """Make the architecture; what is wrong is added to the findings.

    Returns:
        None where a part of it could not be made; the findings say why.
    """
    entries = gathered.sections
    if _too_many(gathered, "elements", [entry.origin for entry in entries["elements"].values()]):
        return None
    verbs: list[Data] = []
    most = gathered.limits.relations
    records: dict[str, dict[str, Any]] = {}
    kindless: set[str] = set()
    for section, model in SECTIONS.items():
        data = {id: _data(id, entries[section][id], section, verbs, most) for id in sorted(entries[section])}
        records[section], unclear = _validate(model, data, gathered)
        kindless |= unclear
    if _too_many(gathered, "relations", [data["\0origin"] for data in verbs]):
        return None
    _inherit(verbs, records)
    relations = _relations(verbs, gathered)
    head = _head(gathered)
    declared.check(head, records, relations, gathered, kindless)
    references.check(head, records, relations, gathered, kindless)
    circles.check(relations, gathered)
    places.check(records, gathered)
    contradictions.check(records, gathered)
    if head is None:
        return None
    return Architecture(head, records, tuple(relations), {file.path: file.sha256 for file in gathered.files})


def _too_many(gathered: Gathered, what: str, origins: list[Written]) -> bool:
    limit: int = getattr(gathered.limits, what)
    if len(origins) <= limit:
        return False
    gathered.refuse("M-COUNT", origins[limit].span(), limit=str(limit), what=what)
    return True


def _data(id: str, entry: Entry, section: str, verbs: list[Data], most: int) -> Data:
    """Make what pydantic sees of a record, and set its verbs aside; no more of them than there may be."""
    if section not in VERB_SECTIONS:
        return fields(id, entry)
    if len(verbs) <= most:
        verbs.extend(relations_of(id, entry))
    data = fields(id, entry, VERBS)
    if section == "elements" and "states" in data:
        data["states"] = states(data["states"])
    return data


def _validate(model: type[Record], data: dict[str, Data], gathered: Gathered) -> tuple[dict[str, Any], set[str]]:
    """Validate one section.

    Returns:
        The records; wrong ones are reported and, as far as they can be mended, kept so that their ids are checked;
        and the ids of those of which nobody knows what kind they are.
    """
    if not data:
        return {}, set()  # making a validator costs more than a small file
    try:
        return adapter(dict[str, model]).validate_python(data), set()  # type: ignore[valid-type]
    except ValidationError as error:
        problems = _by_first(error)
    good = {id: value for id, value in data.items() if id not in problems}
    records = adapter(dict[str, model]).validate_python(good)  # type: ignore[valid-type]
    for id in sorted(problems):
        deep = (one["loc"][0] for one in problems[id] if is_record(model, one["input"]))
        gathered.lost.update(str(name) for name in deep)
        gathered.extend(explain(model, problems[id], data[id]["\0origin"], id))
        mended = _mend(model, data[id], problems[id])
        if mended is not None:
            records[id] = mended
    kindless = {id for id, found in problems.items() if any(problem["loc"][0] == "kind" for problem in found)}
    return {id: records[id] for id in sorted(records)}, kindless


def _by_first(error: ValidationError) -> dict[Any, list[Any]]:
    """Sort problems by the id or index they begin with, which is taken off."""
    found: dict[Any, list[Any]] = {}
    for problem in error.errors(include_url=False):
        first, *rest = problem["loc"]
        found.setdefault(first, []).append({**problem, "loc": tuple(rest)})
    return found


def _mend(model: type[Record], data: Data, problems: list[Any]) -> Record | None:
    """Drop the wrong fields so that the others can still be checked; None where that is not enough."""
    wrong = {problem["loc"][0] for problem in problems}
    rest = {key: value for key, value in data.items() if key not in wrong}
    for field in wrong & STAND_INS.keys():
        rest[field] = STAND_INS[field]
    try:
        return model.model_validate(rest)
    except ValidationError:
        return None


def _inherit(verbs: list[Data], records: dict[str, dict[str, Any]]) -> None:
    """Let a verb take over source, certainty, day and access of the record it is written on, unless it has its own."""
    told: dict[str, Data] = {}
    for section in VERB_SECTIONS:
        for id, record in records[section].items():
            if names := INHERITED & record.model_fields_set:
                told[id] = {name: getattr(record, name) for name in names}
    for index, data in enumerate(verbs):
        if inherited := told.get(data["\0from"]):
            verbs[index] = {**inherited, **data}


def _relations(verbs: list[Data], gathered: Gathered) -> list[Relation]:
    relations: list[Relation]
    try:
        relations = adapter(list[Relation]).validate_python(verbs)
    except ValidationError as error:
        problems = _by_first(error)
        told: dict[int, dict[Any, Any]] = {}  # of one mapping with several targets, each problem once
        for index, found in problems.items():
            origin = verbs[index]["\0origin"]
            before = told.setdefault(id(origin), {})
            new = [problem for problem in found if problem["loc"] not in before]
            before.update((problem["loc"], problem) for problem in new)
            gathered.extend(explain(Relation, new, origin, verbs[index]["\0from"]))
        good = [data for index, data in enumerate(verbs) if index not in problems]
        relations = adapter(list[Relation]).validate_python(good)
    relations = in_order(relations)
    check_ids(relations, gathered)
    return relations


def _head(gathered: Gathered) -> Head | None:
    entry = gathered.head
    if entry is None:
        return None
    data = fields("", entry)
    id = data.pop("id", None)
    problems = [] if "id" in entry.node else [{"type": "missing", "loc": ("id",), "input": entry.node}]
    if "id" in entry.node and (not isinstance(id, str) or not ID.fullmatch(id)):
        shown = show(id)
        gathered.find("M-ID", entry.node.span("id"), id=shown, proposal=proposal(shown) or "kien-truc")
    data["\0id"] = str(id)
    problems += errors_of(Head, data)
    if problems:
        gathered.extend(explain(Head, problems, entry.origin, "architecture"))
        return None
    return Head.model_validate(data)
