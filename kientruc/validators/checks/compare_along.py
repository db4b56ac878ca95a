"""A whole is at least as high as the highest of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from kientruc.model.element import Element
from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection
from kientruc.validators.words import FieldName


class CompareAlong(Check):
    """Parts one step down are compared, deeper ones through the wholes between; a silent whole is not judged."""

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "allowed", "part"}

    kind: Literal["compare_along"]
    select: Selection
    prop: FieldName

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each whole of which some part says something; the witness is the highest part."""
        for whole in self.select.of(matter):
            value = matter.graph.value(whole, self.prop)
            parts = self._parts(whole, matter)
            if value is not None and parts:
                yield self._judge(whole, value, parts, matter)

    def _parts(self, whole: Element, matter: Matter) -> list[tuple[Element, Any]]:
        elements = matter.architecture.elements
        parts = (elements[id] for id in matter.graph.neighbours(whole.id, "parts") if id in elements)
        said = ((part, matter.graph.value(part, self.prop)) for part in parts if matter.graph.is_checked(part))
        return [(part, value) for part, value in said if value is not None]

    def _judge(self, whole: Element, value: Any, parts: list[tuple[Element, Any]], matter: Matter) -> Found:
        known = [(part, level) for part, level in parts if not isinstance(level, Unknown)]
        unknown = [(whole, value)] if isinstance(value, Unknown) else [p for p in parts if isinstance(p[1], Unknown)]
        highest = max(known, key=lambda pair: pair[1], default=None)
        subjects = (whole.id,)
        if highest and not isinstance(value, Unknown) and value < highest[1]:
            part, level = highest
            values = matter.about(whole) | {"found": str(value), "allowed": str(level)}
            values |= {"part": part.name, "part_en": part.name_en or part.name}
            also = (span,) if (span := part.span(self.prop)) else ()
            return Found(Status.FAIL, "lower", subjects, values, (whole.id, part.id), whole.span(self.prop), also)
        if unknown:
            element, why = unknown[0]
            values = {**matter.about(element), **matter.unknown(why, self.prop)}
            return Found(Status.MANUAL, "unknown", subjects, values, (element.id,), element.span(self.prop))
        assert highest is not None
        return Found(Status.PASS, "highest", subjects, {}, (whole.id, highest[0].id), whole.span(self.prop))
