"""Which fields take one of a few words, read off the models."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from kientruc.model.architecture import SECTIONS, Head
from kientruc.model.element import Relation
from kientruc.model.record import Unknown

Found = dict[str, list[tuple[str, Any]]]


@cache
def fields() -> Found:
    """Find every key a file may hold: for each, the sections or parts that have it, with its type there."""
    found: Found = {}
    left: list[tuple[str, type[BaseModel]]] = [("architecture", Head), *SECTIONS.items(), ("relation", Relation)]
    seen = set()
    while left:
        section, model = left.pop(0)
        if model in seen:
            continue
        seen.add(model)
        hints = get_type_hints(model, include_extras=False)
        for name, field in model.model_fields.items():
            key = str(field.alias or field.validation_alias or name)
            if key.startswith("\0"):
                continue
            found.setdefault(key, []).append((section, hints[name]))
            for part in parts(hints[name]):
                if not isinstance(part, tuple) and part not in seen:
                    left.append((f"{section}.{key}", part))
    return found


def closed() -> dict[tuple[str, tuple[str, ...]], list[str]]:
    """Find the fields with a closed list of values, and the sections or parts that have them."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for key, places in fields().items():
        for section, kind in places:
            for part in parts(kind):
                if isinstance(part, tuple):
                    found.setdefault((key, part), []).append(section)
    return found


def may_be_unknown(kind: Any) -> bool:
    """Tell whether a field of a type may say that nobody knows."""
    return Unknown in parts(kind)


def parts(kind: Any) -> Iterator[tuple[str, ...] | type[BaseModel]]:
    """Give the closed lists and models within a type."""
    origin = get_origin(kind)
    if origin is Literal:
        yield tuple(map(str, get_args(kind)))
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield tuple(str(member.value) for member in kind)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    elif origin in (Union, UnionType, tuple, dict, list) or hasattr(kind, "__value__"):
        for inner in get_args(kind) or get_args(getattr(kind, "__value__", None)):
            yield from parts(inner)
