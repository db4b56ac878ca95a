"""What a place in a record may hold: the type at the end of a path of fields, and which sections it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from kientruc.model.record import Unknown, adapter
from kientruc.model.values import Ref


class Holds(NamedTuple):
    """The type of a value, the types in it, and the sections that ids in it are of; nothing where none is known."""

    type: Any = None
    types: frozenset[type] = frozenset()
    refers: frozenset[str] = frozenset()

    def read(self, value: object) -> Any:
        """Give what a value, as a file would write it, becomes there; None where it may not stand there."""
        if self.type is None:
            return value if isinstance(value, str) else None
        try:
            return adapter(self.type).validate_python(value)
        except ValidationError:
            return None


def holds(model: type[BaseModel], path: tuple[str | int, ...]) -> Holds:
    """Follow a path of fields, keys and positions; a key or a position leads to what the collection holds."""
    found: Any = model
    for part in path:
        inside = (one for one in (found, *_parts(found)) if isinstance(one, type) and issubclass(one, BaseModel))
        fields = (one.model_fields.get(str(part)) for one in inside if one is not Unknown)
        field = next(filter(None, fields), None)
        if field is None and path[-1] == part:
            return Holds()
        found = field.annotation if field is not None else found
    types = frozenset(one for one in _parts(found) if isinstance(one, type))
    refers = {section for one in _parts(found) if isinstance(one, Ref) for section in one.sections}
    return Holds(found, types, frozenset(refers))


def _parts(annotation: Any) -> Iterator[Any]:
    """Give what a type is put together from; what a value may be unknown for is not among it."""
    for one in get_args(annotation):
        if one is not Unknown:
            yield one
            yield from _parts(one)
