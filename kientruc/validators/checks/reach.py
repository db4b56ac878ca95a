"""Every selected element has a way to one that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.graph import is_assumed
from kientruc.model.element import Element
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, Kept
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
        wanted, whole = [one.id for one in self.to.of(matter)], matter.graph.submitted
        every, sure = (graph.routes_to(wanted, self.via, back=self.back) for graph in (whole, whole.stated))
        kept = Kept()
        for element in self.select.of(matter):
            routes = every if is_assumed(element) or sure.distance(element.id) is None else sure
            arrives = routes.distance(element.id) is not None
            certain = arrives and (routes is sure or is_assumed(element))
            status = Status.PASS if certain else Status.MANUAL if arrives else Status.FAIL
            reason = "reaches" if certain else "on-assumption" if arrives else "no-path"
            if kept.one_more(status):
                yield self._told(status, reason, element, routes.path(element.id), matter)
            else:
                yield Found(status, reason, (element.id,))

    def _told(
        self, status: Status, reason: str, element: Element, way: tuple[str, ...] | None, matter: Matter
    ) -> Found:
        near = self._near(element, matter)
        values = {**matter.about(element), **self.to.words(matter, "target"), **matter.names(near, "found")}
        return Found(status, reason, (element.id,), values, way or (element.id, *near), element.span())

    def _near(self, element: Element, matter: Matter) -> tuple[str, ...]:
        hops = matter.graph.submitted.hops(self.via, back=self.back)(element.id)
        return tuple(dict.fromkeys(id for id, _, _ in hops if id != element.id))[:SHOWN]
