"""Every selected element says something of these fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, inherited
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection
from kientruc.validators.words import FieldNames


class RequireProps(Check):
    """Missing fails; known to be unknown is left to the one who must answer.

    `from_whole`: a part that is silent follows the nearest whole it is part of, and the witness is the way there.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"missing"}

    kind: Literal["require_props"]
    select: Selection
    props: FieldNames
    from_whole: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each element."""
        for element in self.select.of(matter):
            missing: list[str] = []
            unknown: list[tuple[str, Unknown]] = []
            witness: tuple[str, ...] = (element.id,)
            for field in self.props:
                value = matter.graph.value(element, field)
                if (value is None or value == ()) and self.from_whole:
                    held = matter.graph.held(element.id, field)
                    if held is not None:
                        value, witness = held.value, max(witness, inherited(element, held.path), key=len)
                if isinstance(value, Unknown):
                    unknown.append((field, value))
                elif value is None or value == ():
                    missing.append(field)
            if missing:
                values = {**matter.about(element), **matter.fields(tuple(missing), "missing")}
                yield Found(Status.FAIL, "missing", (element.id,), values, (), element.span())
            elif unknown:
                field, why = unknown[0]
                values = {**matter.about(element), **matter.unknown(why, field)}
                values |= matter.fields(tuple(name for name, _ in unknown), "field")
                yield Found(Status.MANUAL, "unknown", (element.id,), values, (), element.span(field))
            else:
                yield Found(Status.PASS, "said", (element.id,), {}, witness, element.span(self.props[0]))
