"""Names in a check that the edition must know: roles, fields, code lists; a misspelt one is refused when it is read."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kientruc.frameworks.vocabulary import Bilingual, CodeList, Late, Words
from kientruc.model.architecture import SECTIONS, Head
from kientruc.model.element import Relation

Scalar = StrictBool | StrictInt | StrictStr


def written(fields: Iterable[str]) -> frozenset[str]:
    """Give the names of fields as files write them: `from`, where code says `from_`."""
    return frozenset(name.rstrip("_") for name in fields)


FIELDS: Mapping[str, frozenset[str]] = {
    **{section: written(model.model_fields) for section, model in SECTIONS.items()},
    "relations": written(Relation.model_fields),
    "architecture": written(Head.model_fields),
}
ALL_FIELDS = frozenset().union(*FIELDS.values())


def unknown_word(
    found: object, what: str, known: Iterable[str], path: tuple[str | int, ...] = ()
) -> PydanticCustomError:
    """Build the refusal of a name nobody knows; the reader of editions turns it into a finding with its place.

    Args:
        path: where it is, below the value that is being validated.
    """
    values = {"found": str(found), "what": what, "known": sorted(known), "path": path}
    return PydanticCustomError("unknown_word", "", values)


def _role(name: str, info: ValidationInfo) -> str:
    words: Words | None = info.context
    if words is not None and name not in words.roles:
        raise unknown_word(name, "role", words.roles)
    return name


def _place(id: str, info: ValidationInfo) -> str:
    words: Words | None = info.context
    if words is not None and id not in words.places:
        raise unknown_word(id, "place", words.places)
    return id


def _field(name: str, info: ValidationInfo) -> str:
    words: Words | None = info.context
    known = ALL_FIELDS if words is None else {field for field in words.fields if field.partition(".")[0] in ALL_FIELDS}
    if name not in known:
        raise unknown_word(name, "field", known)
    return name


def _plain(name: str) -> str:
    of_section((name,), "elements")
    if "." in name:
        raise unknown_word(name, "field", FIELDS["elements"])
    return name


def of_section(fields: Iterable[str], section: str) -> None:
    """Refuse a field that the records of a section do not have."""
    for name in fields:
        if name.partition(".")[0] not in FIELDS[section]:
            raise unknown_word(name, "field", FIELDS[section])


def _section(name: str) -> str:
    if name not in FIELDS or name == "relations":
        raise unknown_word(name, "section", FIELDS)
    return name


def _rows(name: str) -> str:
    if name not in FIELDS:
        raise unknown_word(name, "section", FIELDS)
    return name


def several(value: Any) -> Any:
    """Let a list of one be written without brackets."""
    return (value,) if isinstance(value, str) else value


def listed(value: Any, info: ValidationInfo) -> Any:
    """Put the values of a list in the place of its name, "@list", among other values or alone."""
    named = several(value)
    if not isinstance(named, list | tuple):
        return named
    found: list[Any] = []
    for one in named:
        is_name = isinstance(one, str) and one.startswith("@")
        found += code_list(one, info).values if is_name else (one,)
    return tuple(dict.fromkeys(found))


def code_list(name: str, info: ValidationInfo) -> CodeList:
    """Give the list of the edition that "@list" names."""
    words: Words | None = info.context
    lists = words.lists if words else {}
    if name[1:] not in lists:
        raise unknown_word(name, "list", (f"@{id}" for id in lists))
    return lists[name[1:]]


PlaceNames = tuple[Annotated[str, AfterValidator(_place)], ...]
RoleName = Annotated[str, AfterValidator(_role)]
FieldName = Annotated[str, AfterValidator(_field)]
PlainField = Annotated[FieldName, AfterValidator(_plain)]  # of an element, and nothing inside it
RoleNames = Annotated[tuple[RoleName, ...], BeforeValidator(several)]
SectionName = Annotated[str, AfterValidator(_section)]
RowsName = Annotated[str, AfterValidator(_rows)]  # a section, or the relations
FieldNames = Annotated[tuple[FieldName, ...], BeforeValidator(several)]


class Values(Late):
    """Literal values, written out or named as "@list"; a list brings the words for its codes."""

    values: tuple[Scalar, ...]
    words: dict[str, Bilingual] = Field(default_factory=dict)
    said: Bilingual | None = None
    named: bool = False  # whether they came from a list

    @model_validator(mode="before")
    @classmethod
    def _resolve(cls, data: Any, info: ValidationInfo) -> Any:
        if isinstance(data, str) and data.startswith("@"):
            found = code_list(data, info)
            return {"values": found.values, "words": found.words, "said": found.said, "named": True}
        return {"values": data} if isinstance(data, list | tuple) else data

    def shown(self, lang: str, only: Iterable[Scalar] | None = None) -> str:
        """Give the values, or some of them, as words."""
        if only is None and self.said:
            return self.said.in_(lang)
        chosen = self.values if only is None else only
        return ", ".join(self.words[str(v)].in_(lang) if str(v) in self.words else str(v) for v in chosen)
