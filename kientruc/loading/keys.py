"""Which keys may stand at a place: what a message lists when one is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from kientruc.loading.relations import VERB_SECTIONS, VERBS
from kientruc.model.architecture import Head
from kientruc.model.element import Relation
from kientruc.model.record import Unknown
from kientruc.reading.tree import LONG, Mapping, child

Path = tuple[str | int, ...]


def keys_of(model: type[BaseModel]) -> list[str]:
    """Give the keys a file may use under a model, in the order of its fields."""
    names = [field.alias or str(field.validation_alias or name) for name, field in model.model_fields.items()]
    own = ["to", "id"] if model is Relation else ["id"] if model is Head else []
    verbs = list(VERBS) if getattr(model, "section", "") in VERB_SECTIONS else []
    return [*own, *(name for name in names if not name.startswith("\0")), *verbs]


def keys_at(model: type[BaseModel], path: Path, node: object, labels: Path) -> list[str]:
    """Give the keys that may stand in the mapping under a path of a record."""
    if "\0provenance" in labels:
        return sorted(LONG, key=len)
    for part in path:
        node = child(node, part)
    unknown = isinstance(node, Mapping) and "unknown" in node
    models = [found for found in types_at(model, path) if isinstance(found, type) and issubclass(found, BaseModel)]
    return next((keys_of(found) for found in models if (found is Unknown) == unknown), [])


def types_at(model: type[BaseModel], path: Path) -> list[Any]:
    """Give the types that a value under a path of a record may have."""
    types: list[Any] = [model]
    for part in path:
        types = [inner for kind in types for inner in _step(kind, part)]
    return [*_flat(types)]


def may_be_unknown(model: type[BaseModel], key: str) -> bool:
    """Tell whether a field takes `{unknown: …}`."""
    return Unknown in types_at(model, (key,))


def takes_list(model: type[BaseModel], key: str) -> bool:
    """Tell whether a field takes a list, or what a list stands for: the states of an element."""
    return key == "states" or any(get_origin(kind) is tuple for kind in types_at(model, (key,)))


def _flat(types: list[Any]) -> Iterator[Any]:
    for kind in types:
        origin = get_origin(kind)
        if origin is Annotated:
            yield from _flat([get_args(kind)[0]])
        elif origin in (Union, UnionType):
            yield from _flat(list(get_args(kind)))
        else:
            yield kind


def _step(kind: Any, part: str | int) -> Iterator[Any]:
    for found in _flat([kind]):
        origin = get_origin(found)
        if origin is dict:
            yield get_args(found)[1]
        elif origin in (tuple, list):
            yield get_args(found)[0]
        elif isinstance(found, type) and issubclass(found, BaseModel):
            for name, field in found.model_fields.items():
                if part in (field.alias, name):
                    yield field.annotation
