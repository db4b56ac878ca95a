"""Gathered records to typed values: one pass of pydantic per section, its errors told in our own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from kientruc.loading import circles, contradictions, declared, places, references
from kientruc.loading.fields import fields, states
from kientruc.loading.gathered import ID, Entry, Gathered, proposal, show
from kientruc.loading.kept import Built
from kientruc.loading.mistakes import explain, is_record
from kientruc.loading.relations import VERB_SECTIONS, VERBS, check_ids, in_order, relations_of
from kientruc.loading.validate import errors_of
from kientruc.model.architecture import SECTIONS, Architecture, Head
from kientruc.model.element import Relation
from kientruc.model.record import Record, Unknown, adapter
from kientruc.reading.tree import Written

Data = dict[str, Any]
T = TypeVar("T")
INHERITED = frozenset(("source", "certainty", "as_of", "access"))
STAND_INS = {"name": "?", "title": "?", "number": "?", "text": "?", "kind": "application"}


def build(gathered: Gathered) -> Architecture | None:
    """Make the architecture; what is wrong is added to the findings.

    Returns:
        None where a part of it could not be made; the findings say why.
    """
    entries = gathered.sections
    if _too_many(gathered, "elements", [*entries["elements"].values()], lambda entry: entry.origin):
        return None
    verbs: list[Data | Relation] = []
    sections = [_section(section, model, verbs, gathered) for section, model in SECTIONS.items()]
    if _too_many(gathered, "relations", verbs, _origin):
        return None
    records = {section: one.records for section, one in zip(SECTIONS, sections, strict=True)}
    kindless = set().union(*(one.kindless for one in sections))
    written = _relations(verbs, gathered)
    gathered.kept.keep(lambda: _right(sections, written))
    relations = in_order([relation for relation in written if relation])
    check_ids(relations, gathered)
    head = _head(gathered)
    declared.check(head, records, relations, gathered, kindless)
    references.check(head, records, relations, gathered, kindless)
    circles.check(relations, gathered)
    places.check(records, gathered)
    contradictions.check(head, records, gathered)
    if head is None:
        return None
    return Architecture(head, records, tuple(relations), {file.path: file.sha256 for file in gathered.files})


def _too_many(gathered: Gathered, what: str, items: list[T], origin: Callable[[T], Written]) -> bool:
    limit: int = getattr(gathered.limits, what)
    if len(items) <= limit:
        return False
    gathered.refuse("M-COUNT", origin(items[limit]).span(), limit=str(limit), what=what)
    return True


class _Section(NamedTuple):
    """The records of one section by id, where the verbs of each entry begin, and the ids that are new and right."""

    records: dict[str, Any]
    kindless: set[str]
    entries: dict[str, Entry]
    starts: list[int]
    new: Set[str]


def _section(section: str, model: type[Record], verbs: list[Data | Relation], gathered: Gathered) -> _Section:
    """Make the records of one section, those that were kept apart, and add their verbs."""
    most, kept, begin = gathered.limits.relations, gathered.kept, len(verbs)
    known: dict[str, Any] = {}
    data: dict[str, Data] = {}
    starts: list[int] = []
    written, holds = gathered.sections[section], kept.holds
    entries = {id: written[id] for id in sorted(written)}
    for id, entry in entries.items():
        starts.append(len(verbs))
        if holds and (built := kept.built(entry.origin)):
            known[id] = built.record
            verbs.extend(built.relations if starts[-1] <= most else ())
        else:
            data[id] = _data(id, entry, section, verbs, most)
    starts.append(len(verbs))
    made, wrong, kindless = _validate(model, data, gathered)
    _inherit(verbs, begin, made)
    records = {id: found for id in entries if (found := known.get(id) or made.get(id))} if known else made
    return _Section(records, kindless, entries, starts, data.keys() - wrong)


def _right(sections: list[_Section], written: list[Relation | None]) -> Iterator[tuple[Written, Built]]:
    """Give what was made now of which nothing is wrong."""
    for one in sections:
        for (id, entry), (first, end) in zip(one.entries.items(), pairwise(one.starts), strict=True):
            relations = [relation for relation in written[first:end] if relation]
            if id in one.new and len(relations) == end - first:
                yield entry.origin, Built(one.records[id], tuple(relations))


def _origin(verb: Data | Relation) -> Written:
    found: Written = verb.origin if isinstance(verb, Relation) else verb["\0origin"]
    return found


def _data(id: str, entry: Entry, section: str, verbs: list[Data | Relation], most: int) -> Data:
    """Make what pydantic sees of a record, and set its verbs aside; no more of them than there may be."""
    if section not in VERB_SECTIONS:
        return fields(id, entry)
    if len(verbs) <= most:
        verbs.extend(relations_of(id, entry))
    data = fields(id, entry, VERBS)
    if section == "elements" and "states" in data:
        data["states"] = states(data["states"])
    return data


def _validate(
    model: type[Record], data: dict[str, Data], gathered: Gathered
) -> tuple[dict[str, Any], Iterable[str], set[str]]:
    """Validate one section.

    Returns:
        The records; wrong ones are reported and, as far as they can be mended, kept so that their ids are checked;
        the ids of the wrong ones; and of those of which nobody knows what kind they are.
    """
    if not data:
        return {}, (), set()  # making a validator costs more than a small file
    try:
        return adapter(dict[str, model]).validate_python(data), (), set()  # type: ignore[valid-type]
    except ValidationError as error:
        problems = _by_first(error)
    good = {id: value for id, value in data.items() if id not in problems}
    records = adapter(dict[str, model]).validate_python(good)  # type: ignore[valid-type]
    for id in sorted(problems):
        deep = [str(one["loc"][0]) for one in problems[id] if is_record(model, one["input"]) or _is_sunk(one)]
        gathered.lost.update((*deep, id) if any(map(_is_sunk, problems[id])) else deep)
        gathered.extend(explain(model, problems[id], data[id]["\0origin"], id, gathered.sections))
        mended = _mend(model, data[id], problems[id])
        if mended is not None:
            records[id] = mended
    kindless = {id for id, found in problems.items() if any(problem["loc"][0] == "kind" for problem in found)}
    return {id: records[id] for id in sorted(records)}, problems, kindless


def _is_sunk(problem: Any) -> bool:
    """Tell whether an unknown key has nothing below it: it may be the id of a record, whose keys follow it."""
    return bool(problem["type"] == "extra_forbidden" and problem["input"] == "" and len(problem["loc"]) == 1)


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


def _inherit(verbs: list[Data | Relation], first: int, records: dict[str, Any]) -> None:
    """Let a verb take over source, certainty, day and access of the record it is written on, unless it has its own.

    That nobody knows the source of a record is asked once, of the record.

    Args:
        first: where the verbs of these records begin.
    """
    told: dict[str, Data] = {}
    for id, record in records.items():
        if names := INHERITED & record.model_fields_set:
            values = {name: getattr(record, name) for name in names}
            told[id] = {name: value for name, value in values.items() if not isinstance(value, Unknown)}
    for index in range(first, len(verbs)):
        data = verbs[index]
        if isinstance(data, dict) and (inherited := told.get(data["\0from"])):
            verbs[index] = {**inherited, **data}


def _relations(verbs: list[Data | Relation], gathered: Gathered) -> list[Relation | None]:
    """Validate what is not yet; None where one is wrong, which is reported."""
    new = [verb for verb in verbs if type(verb) is dict]
    problems: dict[int, list[Any]] = {}
    try:
        made: list[Relation] = adapter(list[Relation]).validate_python(new)
    except ValidationError as error:
        problems = _by_first(error)
        told: dict[int, dict[Any, Any]] = {}  # of one mapping with several targets, each problem once
        for index, found in problems.items():
            origin = new[index]["\0origin"]
            before = told.setdefault(id(origin), {})
            others = [problem for problem in found if problem["loc"] not in before]
            before.update((problem["loc"], problem) for problem in others)
            gathered.extend(explain(Relation, others, origin, new[index]["\0from"], gathered.sections))
        made = adapter(list[Relation]).validate_python([one for at, one in enumerate(new) if at not in problems])
    if len(made) == len(verbs):
        return [*made]
    right = iter(made)
    validated = iter([None if at in problems else next(right) for at in range(len(new))])
    return [next(validated) if isinstance(verb, dict) else verb for verb in verbs]


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
        gathered.extend(explain(Head, problems, entry.origin, "architecture", gathered.sections))
        return None
    return Head.model_validate(data)
