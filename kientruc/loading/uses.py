"""Which ids a record refers to, and in which sections each may be: read off the types of its fields, once per model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from kientruc.model.record import Unknown
from kientruc.model.values import Ref

Sections = tuple[str, ...]
Path = tuple[str | int, ...]


class Use(NamedTuple):
    """One reference: the sections it may point into, the id, the path of keys to it; `key`: the last of them is it."""

    sections: Sections
    id: str
    path: Path
    key: bool = False


class _Plan(NamedTuple):
    """How to find ids in a value: itself, if it is text; else in what it holds."""

    text: Sections = ()
    items: _Plan | None = None
    keys: Sections = ()
    model: type[BaseModel] | None = None


def dangling(record: BaseModel, known: Mapping[Sections, frozenset[str]]) -> list[Use]:
    """Give every id a record refers to that is not known in its sections."""
    found: list[Use] = []
    plans, values = _fields(type(record)), record.__dict__
    for name in plans.keys() & record.__pydantic_fields_set__:
        key, plan = plans[name]
        value = values[name]
        if type(value) is str:
            if plan.text and value not in known[plan.text]:
                found.append(Use(plan.text, value, (key,)))
        elif name == "provenance":
            _look_at_long_forms(value, known, found)
        elif value or type(value) is Unknown:  # an unknown value is false, but says who must answer
            _look(plan, value, (key,), known, found)
    return found


def _look(plan: _Plan, value: Any, path: Path, known: Mapping[Sections, frozenset[str]], found: list[Use]) -> None:
    kind = type(value)
    if kind is str:
        if plan.text and value not in known[plan.text]:
            found.append(Use(plan.text, value, path))
    elif kind is tuple:
        if plan.items:
            for index, item in enumerate(value):
                _look(plan.items, item, (*path, index), known, found)
    elif kind is dict:
        if plan.keys:
            found.extend(Use(plan.keys, key, (*path, key), True) for key in value.keys() - known[plan.keys])
        if plan.items:
            for key, item in value.items():
                _look(plan.items, item, (*path, key), known, found)
    elif plan.model and isinstance(value, BaseModel):
        found.extend(use._replace(path=path + use.path) for use in dangling(value, known))


def _look_at_long_forms(
    provenance: dict[str, BaseModel], known: Mapping[Sections, frozenset[str]], found: list[Use]
) -> None:
    """Look into long forms, by the path they are written under."""
    for key, value in provenance.items():
        path = written_under(key)
        found.extend(use._replace(path=path + use.path) for use in dangling(value, known))


def written_under(key: str) -> tuple[str, ...]:
    """Give the path of a long form, `owner`, `maps.<edition>` or `in_state.<state>.<field>`; an id may have dots."""
    first, _, rest = key.partition(".")
    return (first, *(rest.rsplit(".", 1) if first == "in_state" else filter(None, (rest,))))


def inner_sections(model: type[BaseModel], key: str) -> frozenset[str]:
    """Name the sections that the first name below a key may point into: its keys, its items, or what these refer to."""
    plan = dict(_fields(model).values()).get(key)
    found: set[str] = set()
    for one in (plan, plan and plan.items):
        if one:
            found.update(one.text, one.keys)
            inner = _fields(one.model).values() if one.model else ()
            found.update(section for _, deeper in inner for section in deeper.text)
    return frozenset(found)


@cache
def _fields(model: type[BaseModel]) -> dict[str, tuple[str, _Plan]]:
    """Map each field that holds ids to its key in a file and how to get at them."""
    found = {}
    for name, field in model.model_fields.items():
        marks = [mark for mark in field.metadata if isinstance(mark, Ref)]
        plan = _Plan(text=marks[0].sections) if marks else _plan(field.annotation)
        if plan:
            found[name] = (field.alias or name, plan)
    return found


def _plan(kind: Any) -> _Plan | None:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        marks = [mark for mark in arguments[1:] if isinstance(mark, Ref)]
        return _Plan(text=marks[0].sections) if marks else _plan(arguments[0])
    if origin in (Union, UnionType):
        return _merged([plan for plan in map(_plan, arguments) if plan])
    if origin is tuple:
        items = _plan(arguments[0])
        return _Plan(items=items) if items else None
    if origin is dict:
        keys, items = _plan(arguments[0]), _plan(arguments[1])
        return _Plan(keys=keys.text if keys else (), items=items) if keys or items else None
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _Plan(model=kind) if _fields(kind) else None
    return None


def _merged(plans: list[_Plan]) -> _Plan | None:
    """Join the branches of a union; text, a list, a mapping and a model are told apart by the value itself."""
    if not plans:
        return None
    return _Plan(
        text=next((plan.text for plan in plans if plan.text), ()),
        items=next((plan.items for plan in plans if plan.items), None),
        keys=next((plan.keys for plan in plans if plan.keys), ()),
        model=next((plan.model for plan in plans if plan.model), None),
    )
