"""Which ids a record refers to, and in which sections each may be: read off the types of its fields, once per model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from kientruc.model.values import Ref

Sections = tuple[str, ...]


class Use(NamedTuple):
    """One reference: the sections it may point into, the id, the path of keys to it."""

    sections: Sections
    id: str
    path: tuple[str | int, ...]


class _Plan(NamedTuple):
    """How to find ids in a value: itself, if it is text; else in what it holds."""

    text: Sections = ()
    items: _Plan | None = None
    keys: _Plan | None = None
    model: bool = False


def uses(record: BaseModel) -> Iterator[Use]:
    """Give every id a record refers to."""
    plans = _fields(type(record))
    values = record.__dict__
    for name in record.model_fields_set:
        row = plans.get(name)
        if row is not None:
            alias, plan = row
            value = values[name]
            if type(value) is str:
                if plan.text:
                    yield Use(plan.text, value, (alias,))
            elif name == "provenance":
                yield from _told(value)
            elif value:
                yield from _walk(plan, value, (alias,))


def _told(provenance: dict[str, BaseModel]) -> Iterator[Use]:
    """Give the ids in long forms, by the path they are written under."""
    for key, value in provenance.items():
        first, _, rest = key.partition(".")
        path = (first, *rest.rsplit(".", 1)) if rest else (first,)
        for use in uses(value):
            yield use._replace(path=path + use.path)


def _walk(plan: _Plan, value: Any, path: tuple[str | int, ...]) -> Iterator[Use]:
    if isinstance(value, str):
        if plan.text:
            yield Use(plan.text, value, path)
    elif isinstance(value, tuple):
        if plan.items:
            for index, item in enumerate(value):
                yield from _walk(plan.items, item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if plan.keys:
                yield from _walk(plan.keys, key, (*path, key))
            if plan.items:
                yield from _walk(plan.items, item, (*path, key))
    elif isinstance(value, BaseModel):
        for use in uses(value):
            yield use._replace(path=path + use.path)


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
        return _Plan(keys=keys, items=items) if keys or items else None
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _Plan(model=True) if _fields(kind) else None
    return None


def _merged(plans: list[_Plan]) -> _Plan | None:
    """Join the branches of a union; text, a list, a mapping and a model are told apart by the value itself."""
    if not plans:
        return None
    return _Plan(
        text=next((plan.text for plan in plans if plan.text), ()),
        items=next((plan.items for plan in plans if plan.items), None),
        keys=next((plan.keys for plan in plans if plan.keys), None),
        model=any(plan.model for plan in plans),
    )
