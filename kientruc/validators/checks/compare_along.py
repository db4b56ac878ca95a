"""A whole is at least as high as the highest of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from kientruc.graph.gap import stated
from kientruc.model.element import Element, Stated
from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection
from kientruc.validators.words import FieldName

ORDER = (Status.FAIL, Status.MANUAL, Status.PASS)


class CompareAlong(Check):
    """Parts one step down are compared, below a silent part the nearest that speak; a silent whole is not judged.

    Whole and part are compared in each state in which both are, as that state has them; the gravest answer counts.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "allowed", "part"}

    kind: Literal["compare_along"]
    select: Selection
    prop: FieldName

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each whole of which some part says something; the witness is the highest part."""
        for whole in self.select.of(matter):
            held = [self._in_state(whole, state, matter) for state in (matter.stated or (None,))]
            told = [(value, parts) for value, parts in held if value is not None and parts]
            found = [self._judge(whole, value, parts, matter) for value, parts in told]
            if found:
                yield next((one for status in ORDER for one in found if one.status is status), found[0])

    def _in_state(self, whole: Element, state: str | None, matter: Matter) -> tuple[Any, list[tuple[Element, Any]]]:
        """Give what a whole and its parts say in one state; a part that is silent stands for those below it."""
        if state is not None and matter.graph.membership(whole, state) == "absent":
            return None, []
        elements, graph = matter.architecture.elements, matter.graph
        said: list[tuple[Element, Any]] = []
        wave, seen = [whole.id], {whole.id}
        while wave:
            below = (id for above in wave for id in graph.neighbours(above, "parts") if id in elements)
            wave = []
            for id in below:
                part = elements[id]
                if id in seen or not graph.is_checked(part):
                    continue
                seen.add(id)
                if state is not None and graph.membership(part, state) == "absent":
                    continue
                value = self._value(part, state, matter)
                if value is None:
                    wave.append(id)
                else:
                    said.append((part, value))
        return self._value(whole, state, matter), sorted(said, key=lambda one: one[0].id)

    def _value(self, element: Element, state: str | None, matter: Matter) -> Any:
        if state is None or self.prop not in Stated.model_fields:
            return matter.graph.value(element, self.prop)
        return stated(element, state)[self.prop]

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
