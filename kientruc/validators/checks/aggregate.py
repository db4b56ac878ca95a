"""The parts of a sum add up: exactly to what is said, or to no more than that."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.amounts import figure
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.conditions import measured
from kientruc.validators.deciding import is_missing, reader
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection
from kientruc.validators.standing import spans
from kientruc.validators.words import FieldName


class Aggregate(Check):
    """`sum` leads through a list: `cost.amount`. Integers and decimals add up exactly; `about` and `over` never do.

    A part without an amount is not known: then only what is already too much can be told, unless somebody declares
    what is not known, which waits for the answer.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "allowed", "operands"}

    kind: Literal["aggregate"]
    select: RecordSelection
    sum: FieldName
    equals: FieldName | None = None
    at_most: FieldName | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> "Aggregate":
        if (self.equals is None) == (self.at_most is None):
            raise PydanticCustomError("one_form", "", {"expected": "equals|at_most"})
        for field in (self.sum, self.bound):
            measured(field, self.select.section)
        if self.sum.rpartition(".")[2] in ("about", "over"):
            raise PydanticCustomError("one_form", "", {"expected": "value"})
        return self

    @property
    def bound(self) -> str:
        """The field the sum is held against."""
        return str(self.equals or self.at_most)

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each record that says the bound and at least one operand."""
        read = reader(self.bound, matter)
        for record in self.select.records(matter):
            bound, operands = read(record), _operands(record, self.sum, matter)
            if not is_missing(bound) and operands:
                found = self._judge(record, bound, operands, matter)
                if found is not None:
                    yield found

    def _judge(self, record: Any, bound: Any, operands: list[tuple[Any, Span | None]], matter: Matter) -> Found | None:
        subjects, about, at = (record.id,), matter.about(record), record.span(*self.bound.split("."))
        known = [value for value, _ in operands if value is not None and not isinstance(value, Unknown)]
        unknown = [(self.sum, *one) for one in operands if isinstance(one[0], Unknown)]
        unknown += [(self.bound, bound, at)] if isinstance(bound, Unknown) else []
        total = sum(known)
        whole = len(known) == len(operands)
        values = self._values(known, bound, total)
        if not isinstance(bound, Unknown) and known:
            too_much = total > bound and all(value >= 0 for value in known)
            if too_much or (whole and (total > bound or (self.equals is not None and total != bound))):
                places = (place for value, place in operands if value is not None)
                return Found(Status.FAIL, "differs", subjects, {**about, **values}, (), at, spans(*places))
        if unknown:
            field, value, place = unknown[0]
            return Found(Status.MANUAL, "unknown", subjects, {**about, **matter.unknown(value, field)}, (), place)
        return Found(Status.PASS, "adds-up", subjects, values, subjects, at) if whole else None

    def _values(self, known: list[Any], bound: Any, total: Any) -> dict[str, str]:
        values, sign = {}, "= " if self.equals else "≤ "
        for lang, suffix in (("vi", ""), ("en", "_en")):
            values[f"operands{suffix}"] = " + ".join(figure(value, lang) for value in known)
            values[f"found{suffix}"] = figure(total, lang)
            values[f"allowed{suffix}"] = "" if isinstance(bound, Unknown) else sign + figure(bound, lang)
        return values


def _operands(record: Any, path: str, matter: Matter) -> list[tuple[Any, Span | None]]:
    """Give what is to be added and where it is written; of a list, one for each item, None where it says nothing."""
    first, _, rest = path.partition(".")
    value = reader(first, matter)(record)
    if isinstance(value, tuple):
        return [(getattr(item, rest, None), record.span(first, index, rest)) for index, item in enumerate(value)]
    inner = value if isinstance(value, Unknown) else reader(path, matter)(record)
    return [] if inner is None else [(inner, record.span(*path.split(".")))]
