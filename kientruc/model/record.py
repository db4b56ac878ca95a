"""What every record shares: where it was written, its source and certainty, and values that are known to be unknown."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from kientruc.model.values import Access, Certainty, Day, Json, Line, OrganisationId, SourceId, Text
from kientruc.source import Span


@cache
def adapter(type: Any) -> TypeAdapter[Any]:
    """Give the validator of a type, made once."""
    return TypeAdapter(type)


class Frozen(BaseModel):
    """A value that cannot change and that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, defer_build=True)


class Shared(Frozen):
    """A value that stands in many others: its validator is made at once, and is not made again in each of them."""

    model_config = ConfigDict(defer_build=False)


class Unknown(Shared):
    """A value nobody knows yet: why, who must answer, and by when. Told apart from a wrong or a missing one."""

    unknown: Text
    unknown_en: Text | None = None
    ask: OrganisationId | None = None
    by: Day | None = None

    def __bool__(self) -> bool:
        return False

    def why(self, lang: str) -> str:
        """Say in a language why nobody knows it; in Vietnamese where there is no English."""
        return self.unknown_en if lang == "en" and self.unknown_en else self.unknown


class _OrUnknown:
    """The schema of `Maybe`, straight from its parts: pydantic takes a `Field` inside a type apart at great length."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        parts: list[Any] = [handler.generate_schema(part) for part in get_args(source)]
        return core_schema.union_schema(parts, mode="left_to_right")


T = TypeVar("T")
Maybe = Annotated[T | Unknown, _OrUnknown()]


class Provenance(Shared):
    """Where one value comes from, when it differs from its record's source."""

    source: SourceId | None = None
    certainty: Certainty | None = None
    as_of: Day | None = None


class Record(Frozen):
    """Anything written under an id.

    `id` and `origin` are handed in by the loader under names no file can contain, so that `id:` inside a record is an
    unknown key like any other. `provenance` holds the long form of single fields.
    """

    section: ClassVar[str] = ""

    id: str = Field(default="", validation_alias="\0id")
    origin: Any = Field(default=None, validation_alias="\0origin", exclude=True, repr=False)
    provenance: dict[str, Provenance] = Field(default_factory=dict, validation_alias="\0provenance")
    source: Maybe[SourceId | tuple[SourceId, ...]] | None = None
    certainty: Certainty = Certainty.STATED
    as_of: Day | None = None
    access: Access = Access.INTERNAL
    ask: OrganisationId | None = None  # who answers what is open about it
    note: Text | None = None
    note_en: Text | None = None
    extra: dict[str, Json] = Field(default_factory=dict)

    def span(self, *path: str | int) -> Span | None:
        """Give where this record, or the value under a path in it, was written; None for a record made in code."""
        return self.origin.span(*path) if self.origin is not None else None

    def certainty_of(self, field: str) -> Certainty:
        """Tell how sure one field is, or what lies in it (`maps.cpdt-1.0`): its own certainty, or what is around it."""
        names = [field, field.partition(".")[0]] if self.provenance else []
        told = (own.certainty for name in names if (own := self.provenance.get(name)) and own.certainty)
        return next(told, self.certainty)

    def unknowns(self) -> Mapping[str, Unknown]:
        """Give the fields that are known to be unknown, by name."""
        if Unknown not in map(type, self.__dict__.values()):  # most records have none
            return {}
        return {name: value for name, value in self.__dict__.items() if isinstance(value, Unknown)}

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of its sources, one or several; none where nothing is said, or nobody knows."""
        if isinstance(self.source, str):
            return (self.source,)
        return self.source if isinstance(self.source, tuple) else ()


class Named(Record):
    """A record with an official name; a plain string is Vietnamese, `*_en` its English mirror."""

    name: Line
    name_en: Line | None = None
    description: Text | None = None
    description_en: Text | None = None
