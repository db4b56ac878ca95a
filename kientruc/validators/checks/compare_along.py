"""A whole is at least as high as the highest of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from kientruc.graph import in_order
from kientruc.graph.gap import in_state
from kientruc.model.element import Element
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection
from kientruc.validators.standing import asked, doubt, named
from kientruc.validators.words import FieldName

GRAVEST = (Status.FAIL, Status.MANUAL, Status.PASS)


class CompareAlong(Check):
    """Each selected whole is held against its parts, in each submitted state with the values of that state.

    A part counts in the states in which it is and is part of the whole; below a silent part those count that it is
    made of. A silent whole is not judged. Passes: it is as high as the highest in every state. Fails: it is lower in
    one. Open: it hangs on an unknown value, or on whether a part is there. Cost: one look at each element and at each
    relation for each state.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "allowed", "part"}

    kind: Literal["compare_along"]
    select: Selection
    prop: FieldName

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each whole of which some part says something; the witness is the highest part."""
        states = [state.id for state in in_order(matter.architecture)] or [""]
        parts = [_Parts(self.prop, state, matter) for state in states]
        for whole in self.select.of(matter):
            found = [one for inside in parts if (one := inside.judge(whole)) is not None]
            if found:
                yield min(found, key=lambda one: GRAVEST.index(one.status))


class _Parts:
    """What the parts of everything say in one state: the highest of each whole, and one that is unknown."""

    def __init__(self, prop: str, state: str, matter: Matter) -> None:
        self.prop, self.state, self.matter = prop, state, matter
        self.wholes: dict[str, list[tuple[str, bool]]] = {}  # of a part, and whether it is sure to be there
        for relation in matter.graph.relations(Verb.PART_OF):
            word = in_state(relation, state, matter.graph)
            if word != "absent" and relation.source_id in matter.architecture.elements:
                self.wholes.setdefault(relation.source_id, []).append((relation.target, word != "unknown"))
        said = [(id, value) for id in self.wholes if (value := self._value(id)) is not None]
        known = sorted((one for one in said if not isinstance(one[1], Unknown)), key=lambda one: one[0])
        known.sort(key=lambda one: one[1], reverse=True)
        unknown = sorted(id for id, value in said if isinstance(value, Unknown))
        self.surely, self.maybe = (self._nearest([id for id, _ in known], sure) for sure in (True, False))
        self.unknown = self._nearest(unknown, False)

    def _value(self, id: str) -> Any:
        return self.matter.graph.value(self.matter.architecture.elements[id], self.prop, self.state)

    def _nearest(self, parts: list[str], sure: bool) -> dict[str, str]:
        """Give of each whole the first of these parts that is in it, with nothing but silent parts between."""
        first: dict[str, str] = {}
        for part in parts:
            wave = [part]
            while wave:
                for whole, certain in self.wholes.get(wave.pop(), ()):
                    if whole not in first and (certain or not sure):
                        first[whole] = part
                        if whole in self.wholes and self._value(whole) is None:
                            wave.append(whole)
        return first

    def judge(self, whole: Element) -> Found | None:
        """Hold a whole against its parts in this state; None if either says nothing."""
        value = self._value(whole.id)
        highest, unknown = self.maybe.get(whole.id), self.unknown.get(whole.id)
        if value is None or (highest is None and unknown is None):
            return None
        if isinstance(value, Unknown):
            return self._open(whole, whole, value)
        sure = self.surely.get(whole.id)
        if sure is not None and value < self._value(sure):
            return self._lower(whole, sure)
        if highest is not None and value < self._value(highest):
            return self._doubtful(whole, highest)
        if unknown is not None:
            part = self.matter.architecture.elements[unknown]
            return self._open(whole, part, self._value(unknown))
        assert highest is not None
        return Found(Status.PASS, "highest", (whole.id,), {}, (whole.id, highest), self._span(whole))

    def _lower(self, whole: Element, id: str) -> Found:
        part = self.matter.architecture.elements[id]
        values = self.matter.about(whole) | {"found": str(self._value(whole.id)), "allowed": str(self._value(id))}
        values |= {"part": part.name, "part_en": part.name_en or part.name}
        also = (span,) if (span := self._span(part)) else ()
        return Found(Status.FAIL, "lower", (whole.id,), values, (whole.id, id), self._span(whole), also)

    def _doubtful(self, whole: Element, id: str) -> Found:
        """Make the outcome for a part that is higher, of which nobody knows whether it is there."""
        things = (self.matter.architecture.elements[id], whole)
        found = (doubt(one, (self.state,), self.matter, (whole.id,)) for one in things if one.states)
        values = self.matter.about(things[0]) | named(self.state, "state", self.matter) | asked(things[0], self.matter)
        return next(filter(None, found), Found(Status.MANUAL, "membership-unknown", (whole.id,), values, (whole.id, id)))

    def _open(self, whole: Element, element: Element, why: Unknown) -> Found:
        values = {**self.matter.about(element), **self.matter.unknown(why, self.prop)}
        return Found(Status.MANUAL, "unknown", (whole.id,), values, (element.id,), self._span(element))

    def _span(self, element: Element) -> Span | None:
        own = element.in_state.get(self.state)
        said = own is not None and self.prop in own.model_fields_set
        return element.span(*(("in_state", self.state, self.prop) if said else (self.prop,)))
