"""Conditions decided: each is turned once into a function of a record that says yes, no, or that nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from kientruc.model.element import Element, Relation
from kientruc.model.planning import StateRole
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb
from kientruc.validators.conditions import Condition, Named, Operator, Related
from kientruc.validators.matter import Matter
from kientruc.validators.words import Values

ABOUT = {"evidence": "about", "contents": "about", "waiver_requests": "subjects"}
Truth = bool | None  # None: it depends on a value that is known to be unknown
Test = Callable[[Any], Truth]


class Unmet(NamedTuple):
    """A part of a condition that does not hold, or cannot be decided: the field, its value, what it may be."""

    condition: Condition
    field: str
    value: Any

    @property
    def is_missing(self) -> bool:
        """Whether nothing is written."""
        return is_missing(self.value)

    @property
    def is_unknown(self) -> bool:
        """Whether it is known to be unknown."""
        return isinstance(self.value, Unknown)


def compiled(condition: Condition, matter: Matter) -> Test:
    """Turn a condition into a function of an element or a relation; made once for each matter."""
    made = matter.tests.get(id(condition))
    if made is None:
        made = matter.tests[id(condition)] = (condition, _compiled(condition, matter))
    return made[1]


def _compiled(condition: Condition, matter: Matter) -> Test:
    if condition.all is not None:
        return _joined([compiled(one, matter) for one in condition.all], settling=False)
    if condition.any is not None:
        return _joined([compiled(one, matter) for one in condition.any], settling=True)
    if condition.not_ is not None:
        return _not(compiled(condition.not_, matter))
    if condition.kind is not None:
        kinds = frozenset(condition.kind)
        return lambda element: element.kind in kinds
    if condition.role is not None:
        roles = frozenset(matter.edition.words.kinds_of(condition.role))
        return lambda element: element.role in roles
    if condition.state is not None:
        return _in_state(condition.state, matter)
    if condition.related is not None:
        return _related(condition.related, matter)
    if condition.named is not None:
        return _named(condition.named, matter)
    if condition.sourced is not None:
        return _sourced(matter)
    return _prop(condition, matter)


def unmet(condition: Condition, matter: Matter, record: Any) -> Iterator[Unmet]:
    """Name the fields for which a condition does not hold, or cannot be decided."""
    if compiled(condition, matter)(record) is True:
        return
    if condition.prop is not None:
        yield Unmet(condition, condition.prop, reader(condition.prop, matter)(record))
    elif condition.not_ is None:  # under a `not`, no single field is to blame
        for one in condition.children():
            yield from unmet(one, matter, record)


def reader(field: str, matter: Matter) -> Callable[[Any], Any]:
    """Make the function that reads a field, or something inside it (`codes.mau03`).

    Of an element it gives what the target state has, of anything else what is written. What stands inside something
    unknown is unknown.
    """
    first, *rest = field.split(".")
    attribute, graph = _attribute(first), matter.graph
    inner = [(name, _attribute(name)) for name in rest]

    def read(record: Any) -> Any:
        value = graph.value(record, first) if isinstance(record, Element) else getattr(record, attribute)
        for name, own in inner:
            if isinstance(value, Unknown):
                return value
            value = value.get(name) if isinstance(value, dict) else getattr(value, own, None)
        return value

    return read


ALIASED = frozenset(("from", "is"))  # words of Python, written with an underscore in code


def _attribute(name: str) -> str:
    return f"{name}_" if name in ALIASED else name


def is_missing(value: Any) -> bool:
    """Tell whether nothing is written."""
    return value is None or value == () or value == {}


def key(value: Any) -> tuple[str, object]:
    """Make values comparable: strict in type, lenient in case and spacing. The loader has brought words to NFC."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return ("text", " ".join(value.casefold().split()))
    return (type(value).__name__, value)


def _joined(tests: list[Test], settling: bool) -> Test:
    """Join tests: the first False settles an `all`, the first True an `any`."""

    def test(record: Any) -> Truth:
        undecided = False
        for one in tests:
            truth = one(record)
            if truth is settling:
                return settling
            undecided = undecided or truth is None
        return None if undecided else not settling

    return test


def _not(inner: Test) -> Test:
    def test(record: Any) -> Truth:
        truth = inner(record)
        return None if truth is None else not truth

    return test


def _in_state(role: StateRole, matter: Matter) -> Test:
    states = [id for id, state in matter.architecture.states.items() if state.role is role]

    def test(thing: Element | Relation) -> Truth:
        said = [matter.graph.membership(thing, state) for state in states]
        return True if "present" in said else None if "unknown" in said else False

    return test


def _related(related: Related, matter: Matter) -> Test:
    graph = matter.graph
    roles = frozenset(matter.edition.words.kinds_of(related.role)) if related.role else None
    kinds = frozenset(related.kind) if related.kind else None
    where = compiled(related.where, matter) if related.where else None
    found: Iterable[Any] = (
        graph.elements(kind=kinds, role=roles)
        if related.section == "elements"
        else matter.architecture.records[related.section].values()
    )
    candidates = {one.id: where(one) if where else True for one in found}
    if not any(truth is not False for truth in candidates.values()):
        return lambda element: related.min <= 0

    if related.far:
        return _far(related, candidates, matter)

    def test(element: Any) -> Truth:
        joined = graph.last(element)
        ours = (element.id, *matter.parts_of(element.id, joined)) if related.of_parts else (element.id,)
        near = {id for one in ours for id in joined.neighbours(one, related.via, back=related.dir == "in")}
        if related.over:
            near.update(id for one in joined.touching((element.id,), related.via, over=True) for id in one.over)
        met = [candidates.get(id, False) for id in near]
        if sum(truth is True for truth in met) >= related.min:
            return True
        return None if sum(truth is not False for truth in met) >= related.min else False

    return test


def _far(related: Related, candidates: Mapping[str, Truth], matter: Matter) -> Test:
    """Search once from all that are wanted, in each state that is the last of something."""
    back, found = related.dir == "in", {}
    wanted = [[id for id, truth in candidates.items() if truth in truths] for truths in ((True,), (True, None))]

    def test(element: Element) -> Truth:
        joined = matter.graph.last(element)
        if joined not in found:
            found[joined] = tuple(joined.routes_to(ids, related.via, back=back) for ids in wanted)
        sure, maybe = found[joined]
        near = [id for id in joined.neighbours(element.id, related.via, back=back) if id != element.id]
        if any(sure.distance(id) is not None for id in near):
            return True
        return None if any(maybe.distance(id) is not None for id in near) else False

    return test


def _named(named: Named, matter: Matter) -> Test:
    where = compiled(named.where, matter) if named.where else None
    said: dict[str, Truth] = {}
    for record in matter.architecture.records[named.section].values():
        truth = True if where is None else where(record)
        for id in getattr(record, ABOUT[named.section]) or ():
            said[id] = True if truth is True or said.get(id) is True else None if truth is None else said.get(id, False)
    return lambda record: said.get(record.id, False)


def _sourced(matter: Matter) -> Test:
    said: dict[str, Truth] = {}
    for way in matter.architecture.records["sourcing"].values():
        for id in (way.of,) if isinstance(way.of, str) else way.of or ():
            said[id] = said.get(id) or (None if isinstance(way.form, Unknown) else True)

    def test(record: Any) -> Truth:
        met = [said.get(id, False) for id in (record.id, *matter.graph.neighbours(record.id, Verb.DELIVERS))]
        return True if True in met else None if None in met else False

    return test


def _prop(condition: Condition, matter: Matter) -> Test:
    field, operator = str(condition.prop), condition.operator
    wanted = getattr(condition, operator)
    if operator == "is_":
        return _presence(field, wanted, matter)
    compare, read = _comparison(operator, wanted), reader(field, matter)

    def test(record: Any) -> Truth:
        value = read(record)
        if is_missing(value):
            return False
        return None if isinstance(value, Unknown) else compare(value)

    return test


def _presence(field: str, wanted: str, matter: Matter) -> Test:
    read = reader(field, matter)

    def test(record: Any) -> Truth:
        value = read(record)
        unknown = isinstance(value, Unknown)
        if wanted == "unknown":
            return unknown
        missing = is_missing(value)
        if wanted == "unset":
            return missing
        return None if unknown else not missing

    return test


def _comparison(operator: Operator, wanted: Any) -> Callable[[Any], bool]:
    if isinstance(wanted, Values):
        keys = frozenset(key(value) for value in wanted.values)
        match operator:
            case "in_":
                return lambda value: key(value) in keys
            case "not_in":
                return lambda value: key(value) not in keys
            case "has_all":
                return lambda value: keys <= {key(item) for item in _items(value)}
            case _:
                return lambda value: not keys.isdisjoint({key(item) for item in _items(value)})
    match operator:
        case "eq":
            return lambda value: key(value) == key(wanted)
        case "ne":
            return lambda value: key(value) != key(wanted)
        case "lt":
            return lambda value: _is_int(value) and value < wanted
        case "le":
            return lambda value: _is_int(value) and value <= wanted
        case "gt":
            return lambda value: _is_int(value) and value > wanted
        case "ge":
            return lambda value: _is_int(value) and value >= wanted
        case "before":
            return lambda value: isinstance(value, date) and value < wanted
        case "after":
            return lambda value: isinstance(value, date) and value > wanted
        case "matches":
            return _matcher(wanted)
        case "min_len":
            return lambda value: len(value) >= wanted
        case _:
            return lambda value: len(value) <= wanted


def _matcher(pattern: str) -> Callable[[Any], bool]:
    import re2

    compiled = re2.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
