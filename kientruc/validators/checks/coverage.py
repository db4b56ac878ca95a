"""Every place that the framework draws has at least one element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from kientruc.frameworks.vocabulary import Obligation
from kientruc.model.values import Certainty
from kientruc.result import Status
from kientruc.validators.check import Check
from kientruc.validators.matter import Found, Matter

SHOWN = 20  # elements named as witnesses of one place


class Coverage(Check):
    """A place is covered by an element at it or at a place below it, through its component or by its own word.

    Where all that is there is only assumed, nobody has said that the place is covered.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = frozenset(("id", "name", "found"))

    kind: Literal["coverage"]
    obligation: tuple[Obligation, ...]

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each place on top, in the framework's order."""
        if matter.is_empty:
            return
        places, elements = matter.edition.words.places, matter.architecture.elements
        held = matter.graph.places(matter.edition.places_of)
        for id, place in places.items():
            if place.parent is not None or place.obligation not in self.obligation:
                continue
            below = (id, *(other for other, inner in places.items() if inner.parent == id))
            at_place = {name for one in below for name in held.get(one, ())}
            there = [name for name in sorted(at_place) if matter.graph.is_checked(elements[name])]
            seen = [name for name in there if elements[name].certainty is not Certainty.ASSUMED]
            if there and not seen:
                values = {"id": id, "name": place.name.vi, "name_en": place.name.en, **matter.nothing("found")}
                span = elements[there[0]].span()
                yield Found(Status.MANUAL, "only-assumed", (id,), values, tuple(there[:SHOWN]), span)
                continue
            there = seen
            if there:
                yield Found(Status.PASS, "covered", (id,), {}, tuple(there[:SHOWN]), elements[there[0]].span())
                continue
            mapped = matter.graph.mapped_components(matter.edition.places_of, id)
            span = matter.architecture.head.span()
            values = {"id": id, "name": place.name.vi, "name_en": place.name.en, **matter.nothing("found")}
            if mapped:
                component = matter.architecture.components[mapped[0]]
                span = component.span()
                values |= {"found": component.name, "found_en": component.name_en or component.name}
            yield Found(Status.FAIL, "empty" if mapped else "unmapped", (id,), values, mapped, span)
