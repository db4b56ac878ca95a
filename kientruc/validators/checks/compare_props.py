"""One field of a record stands to another, or to a number or a day, as it must."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, StrictInt, Tag, model_validator

from kientruc.model.record import Unknown
from kientruc.model.values import Day
from kientruc.result import Status
from kientruc.validators.amounts import figure
from kientruc.validators.check import ELEMENT, Check, span_of, unknown
from kientruc.validators.conditions import measured
from kientruc.validators.days import first, last, told
from kientruc.validators.deciding import is_missing, key, reader
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection
from kientruc.validators.standing import spans
from kientruc.validators.words import FieldName

Operator = Literal["lt", "le", "eq", "ge", "gt"]
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType({"lt": lt, "le": le, "eq": eq, "ge": ge, "gt": gt})
SIGNS = MappingProxyType({"lt": "< ", "le": "≤ ", "eq": "= ", "ge": "≥ ", "gt": "> "})
BEGINNING = frozenset(("from", "opened", "since"))  # where a year stands for its first day; elsewhere for its last


def _sort(value: object) -> str:
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        return "day"
    return "field" if isinstance(value, str) else "number"


Right = Annotated[
    Annotated[StrictInt, Tag("number")] | Annotated[Day, Tag("day")] | Annotated[FieldName, Tag("field")],
    Discriminator(_sort),
]


class CompareProps(Check):
    """Judged only where both are written. Years compare with years as numbers.

    Beside a day, a year of another field is its first day where something begins (`from`), else its last; a day beside
    a literal year counts as its year.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "allowed", "field"}

    kind: Literal["compare_props"]
    select: RecordSelection
    left: FieldName
    op: Operator
    right: Right

    @model_validator(mode="after")
    def _fields_of_its_section(self) -> "CompareProps":
        for field in (self.left, self.right):
            if isinstance(field, str):
                measured(field, self.select.section)
        return self

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each record that says both."""
        read = reader(self.left, matter)
        other = reader(self.right, matter) if isinstance(self.right, str) else lambda _: self.right
        for record in self.select.records(matter):
            left, right = read(record), other(record)
            if not is_missing(left) and not is_missing(right):
                yield self._judge(record, left, right, matter)

    def _judge(self, record: Any, left: Any, right: Any, matter: Matter) -> Found:
        subjects, about = (record.id,), matter.about(record)
        sides = [(self.left, left), *(((self.right, right),) if isinstance(self.right, str) else ())]
        for field, value in sides:
            if isinstance(value, Unknown):
                return unknown(value, field, record, subjects, about, matter)
        places = [span_of(record, field) for field, _ in sides]
        if self._holds(left, right):
            return Found(Status.PASS, "holds", subjects, {}, subjects, places[0])
        values = {**about, **matter.fields((self.left,), "field")}
        for lang, suffix in (("vi", ""), ("en", "_en")):
            values[f"found{suffix}"] = _shown(left, lang)
            values[f"allowed{suffix}"] = SIGNS[self.op] + _shown(right, lang)
        return Found(Status.FAIL, "differs", subjects, values, (), places[0], spans(*places[1:]))

    def _holds(self, left: Any, right: Any) -> bool:
        if isinstance(left, date) != isinstance(right, date):
            if isinstance(self.right, int):
                left = left.year
            else:
                left, right = _bound(self.left, left), _bound(str(self.right), right)
        if self.op == "eq":
            return key(left) == key(right) if isinstance(left, str) else bool(left == right)
        if isinstance(left, str) or isinstance(right, str):
            raise TypeError(self.left)  # words have no order; the run tells that the check could not be made
        return COMPARE[self.op](left, right)


def _bound(field: str, value: Any) -> Any:
    if not isinstance(value, int):
        return value
    return first(value) if field.rpartition(".")[2] in BEGINNING else last(value)


def _shown(value: Any, lang: str) -> str:
    if isinstance(value, date):
        return told(value, lang)
    return figure(value, lang) if isinstance(value, int | Decimal) else str(getattr(value, "value", value))
