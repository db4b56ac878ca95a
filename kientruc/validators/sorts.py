"""What a field can hold, read from the model: words of a list, numbers in a range, days, text."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from kientruc.model.architecture import SECTIONS, Head
from kientruc.model.element import Relation
from kientruc.model.record import Unknown

MODELS: dict[str, type[BaseModel]] = {**SECTIONS, "relations": Relation, "architecture": Head}


class Sort(NamedTuple):
    """What one value is; `words`, `low` and `high` bound it where the model does. A list is told by its items."""

    name: Literal["words", "text", "number", "truth", "day", "other"]
    words: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    many: bool = False

    def takes(self, value: object) -> bool:
        """Tell whether a literal can be such a value; words compare without regard to case."""
        match self.name:
            case "words":
                return isinstance(value, str) and value.casefold() in {word.casefold() for word in self.words}
            case "number":
                return isinstance(value, int) and not isinstance(value, bool) and self._within(value)
            case "truth":
                return isinstance(value, bool)
            case "text" | "day":
                return isinstance(value, str)
            case _:
                return True

    def _within(self, value: int) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@cache
def sorts(section: str, field: str) -> tuple[Sort, ...]:
    """Give the sorts of a field of a section, or of something inside it (`reference.usage`); () if it is not known."""
    found: list[Any] = [MODELS[section]]
    for name in field.split("."):
        found = [inner for one in found for inner in _inside(one, name)]
    return tuple(dict.fromkeys(sort for one in found for sort in _sorts(one)))


def _inside(annotation: Any, name: str) -> Iterator[Any]:
    for one, _, _ in _branches(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            info = one.model_fields.get(name) or one.model_fields.get(f"{name}_")
            if info is not None:
                yield Annotated[(info.annotation, *info.metadata, None)]  # None: there is always something to annotate
        elif get_origin(one) is dict:
            yield get_args(one)[1]


def _sorts(annotation: Any) -> Iterator[Sort]:
    for one, metadata, many in _branches(annotation):
        yield _sort(one, metadata)._replace(many=many)


def _sort(one: Any, metadata: tuple[Any, ...]) -> Sort:
    if get_origin(one) is Literal:
        return Sort("words", tuple(str(word) for word in get_args(one)))
    if not isinstance(one, type):
        return Sort("other")
    if issubclass(one, Enum):
        return Sort("words", tuple(str(word.value) for word in one))
    if issubclass(one, bool):
        return Sort("truth")
    if issubclass(one, int | Decimal):
        bounds = [(getattr(one, "ge", None), getattr(one, "le", None)) for one in _flat(metadata)]
        lows, highs = [low for low, _ in bounds if low is not None], [high for _, high in bounds if high is not None]
        return Sort("number", low=max(lows, default=None), high=min(highs, default=None))
    if issubclass(one, date):
        return Sort("day")
    return Sort("text") if issubclass(one, str) else Sort("other")


def _branches(annotation: Any, metadata: tuple[Any, ...] = (), many: bool = False) -> Iterator[tuple[Any, Any, bool]]:
    """Take an annotation apart: what is under Annotated, each member of a union, the items of a list."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _branches(inner, (*metadata, *more), many)
    elif origin in (Union, types.UnionType):
        for one in get_args(annotation):
            yield from _branches(one, metadata, many)
    elif origin is tuple:
        yield from _branches(get_args(annotation)[0], (), True)
    elif annotation not in (None, type(None), Unknown):
        yield annotation, metadata, many


def _flat(metadata: tuple[Any, ...]) -> Iterator[Any]:
    """Give the bounds in metadata, also those that pydantic keeps in a `Field`."""
    for one in metadata:
        yield one
        yield from getattr(one, "metadata", ())
