"""The small values that records are made of: days, money, quantities, the unknown, and what a reference points at."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, PlainSerializer, Strict, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Ready:
    """A schema made once: pydantic would take its own constraints apart anew at each of some hundred uses."""

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return {**self._schema}


_ID = core_schema.str_schema(min_length=1, max_length=200)


class Ref(Ready):
    """Marks a field as the id of a thing in one of these sections."""

    def __init__(self, sections: tuple[str, ...]) -> None:
        super().__init__(_ID)
        self.sections = sections


def _day(value: object) -> date:
    """Read a day; only the form 2017-09-13, so that day and month are never swapped."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("day_form", "")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day_impossible", "") from None
    if not 1945 <= day.year <= 2200:
        raise PydanticCustomError("day_impossible", "")
    return day


UNITS = {"đồng": 1, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_MONEY = re.compile(
    r"(\d{1,15}|\d{1,3}(?:\.\d{3}){1,5})(?:,(\d{1,9}))?(?: (nghìn|ngàn|triệu|tỷ|tỉ))?(?: (?:đồng|VND))?"
)


def _money(value: object) -> int:
    """Read an amount exactly: an integer of đồng, or Vietnamese words such as "4,5 tỷ" or "350 triệu đồng"."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    match = _MONEY.fullmatch(value) if isinstance(value, str) and len(value) <= 60 else None
    if match is None:
        raise PydanticCustomError("money_form", "")
    whole, fraction, unit = match.groups()
    exact = Decimal(whole.replace(".", "") + "." + (fraction or "0")) * UNITS[unit or "đồng"]
    if exact != exact.to_integral_value():
        raise PydanticCustomError("money_form", "")
    return int(exact)


Text = Annotated[str, Ready(core_schema.str_schema(min_length=1, max_length=65536))]
Line = Annotated[str, Ready(core_schema.str_schema(min_length=1, max_length=1000))]
Id = Annotated[str, Ready(_ID)]
Int = Annotated[int, Ready(core_schema.int_schema(strict=True))]
Year = Annotated[int, Strict(), Field(ge=1945, le=2200)]
Bool = Annotated[bool, Ready(core_schema.bool_schema(strict=True))]
Number = Annotated[
    Annotated[int, Strict()] | Annotated[Decimal, Strict()],
    Field(union_mode="left_to_right"),
    PlainSerializer(str, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
Day = Annotated[date, Ready(core_schema.no_info_before_validator_function(_day, core_schema.date_schema()))]
Money = Annotated[int, BeforeValidator(_money), WithJsonSchema({"type": ["integer", "string"]})]
SecurityLevel = Annotated[int, Strict(), Field(ge=1, le=5)]  # NĐ 85/2016, Điều 7-11
ServiceLevel = Annotated[int, Strict(), Field(ge=1, le=4)]  # NĐ 43/2011: four levels of online service
Json = Any

OrganisationId = Annotated[Id, Ref(("organisations",))]
ComponentId = Annotated[Id, Ref(("components",))]
StateId = Annotated[Id, Ref(("states",))]
ElementId = Annotated[Id, Ref(("elements",))]
SourceId = Annotated[Id, Ref(("sources",))]
LegalId = Annotated[Id, Ref(("legal",))]
_ANY = (
    "elements",
    "organisations",
    "components",
    "principles",
    "goals",
    "assessments",
    "contents",
    "tasks",
    "milestones",
    "legal",
    "sourcing",
    "path",
    "hearings",
    "decisions",
    "states",
)
AnyId = Annotated[Id, Ref(_ANY)]
PastId = Annotated[Id, Ref((*_ANY, "evidence", "views", "retired"))]  # what somebody may speak of, or have spoken of


class Certainty(StrEnum):
    """How sure a statement is: seen in its source, derived from it, taken over unconfirmed, or contradictory."""

    STATED = "stated"
    DERIVED = "derived"
    ASSUMED = "assumed"
    DOUBTFUL = "doubtful"


class Access(StrEnum):
    """Who may read a record in what is published; secret levels are refused at load."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"

    def admits(self, other: Access) -> bool:
        """Tell whether what bears another word may stand in what is made for this one."""
        order = tuple(Access)
        return order.index(other) <= order.index(self)


class Treatment(StrEnum):
    """What is to happen to an element: a claim that is checked against the states."""

    KEEP = "keep"
    STANDARDISE = "standardise"
    UPGRADE = "upgrade"
    MERGE = "merge"
    REPLACE = "replace"
    ADD = "add"


Membership = Literal["present", "absent", "unknown"]


_DOUBT = list(Certainty)  # from the surest on


def least_sure(*found: Certainty) -> Certainty:
    """Give the least sure of several certainties."""
    return max(found, key=_DOUBT.index)
