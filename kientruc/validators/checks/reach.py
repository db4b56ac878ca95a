"""Every selected element has a way to one that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.graph import is_assumed
from kientruc.model.element import Element
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.conditions import Vias
from kientruc.validators.matter import SHOWN, Found, Matter
from kientruc.validators.selection import Selection


class Reach(Check):
    """From each selected element, steps along `via` lead to one of `to`, however many; `back` walks against the verbs.

    An element that is itself wanted has arrived. Relations that are not connected, retired, or possible in no checked
    state lead nowhere. Passes: the witness is a shortest way, with what each relation goes over; among equals the one
    with the smallest ids. Fails: no way; the witness is the element and what it is joined to at all, and `{found}`
    names that. Open: every way rests on something only assumed. Cost: one search from all that are wanted at once.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"target", "found"}

    kind: Literal["reach"]
    select: Selection
    via: Vias
    to: Selection
    back: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each element."""
        wanted, whole = self.to.of(matter), matter.graph.submitted
        every = whole.routes_to([one.id for one in wanted], self.via, back=self.back)
        stated = [one.id for one in wanted if not is_assumed(one)]
        sure = whole.stated.routes_to(stated, self.via, back=self.back)
        for element in self.select.of(matter):
            way = every.path(element.id)
            certain = way if is_assumed(element) else sure.path(element.id)
            subjects, span = (element.id,), element.span()
            if certain is not None:
                yield Found(Status.PASS, "reaches", subjects, {}, certain, span)
                continue
            values = {**matter.about(element), **self.to.words(matter, "target")}
            near = self._near(element, matter)
            values |= matter.names(near, "found")
            if way is not None:
                yield Found(Status.MANUAL, "on-assumption", subjects, values, way, span)
            else:
                yield Found(Status.FAIL, "no-path", subjects, values, (element.id, *near), span)

    def _near(self, element: Element, matter: Matter) -> tuple[str, ...]:
        hops = matter.graph.submitted.hops(self.via, back=self.back)(element.id)
        return tuple(dict.fromkeys(id for id, _, _ in hops if id != element.id))[:SHOWN]
