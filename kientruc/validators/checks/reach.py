"""Every selected element has a way to one that is wanted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.graph import ArchitectureGraph, Routes, is_assumed
from kientruc.model.element import Element
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, Kept
from kientruc.validators.conditions import Vias
from kientruc.validators.matter import SHOWN, Found, Matter
from kientruc.validators.selection import Selection


class Reach(Check):
    """From each selected element, steps along `via` lead to one of `to`, however many; `back` walks against the verbs.

    An element that is itself wanted has arrived. A way is one within the last submitted state that the element is in:
    what only an earlier state has makes none, and relations that are not connected or retired lead nowhere. Passes: the
    witness is a shortest way, with what each relation goes over; among equals the one with the smallest ids. Fails:
    no way; the witness is the element and what it is joined to at all, and `{found}` names that. Open: every way
    rests on something only assumed. `between`: a way only goes through what is looked at, what is wanted and these.
    `over`: whoever is joined to anything over what is wanted has arrived. Cost: one search from all that are wanted
    at once, in each state that is the last of something.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"target", "found"}

    kind: Literal["reach"]
    select: Selection
    via: Vias
    to: Selection
    back: StrictBool = False
    between: Selection | None = None
    over: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each element."""
        ways: dict[ArchitectureGraph, tuple[_Ways, _Ways]] = {}
        kept = Kept()
        for element in self.select.of(matter):
            joined = matter.graph.last(element)
            if joined not in ways:
                ways[joined] = (self._ways(joined.stated, matter), self._ways(joined, matter))
            sure, every = ways[joined]
            stated = None if is_assumed(element) else sure.there(element.id)
            routes = stated or every.there(element.id)
            arrives = routes is not None
            certain = arrives and (stated is not None or is_assumed(element))
            status = Status.PASS if certain else Status.MANUAL if arrives else Status.FAIL
            reason = "reaches" if certain else "on-assumption" if arrives else "no-path"
            if kept.one_more(status):
                yield self._told(status, reason, element, routes.path(element.id) if routes else None, matter)
            else:
                yield Found(status, reason, (element.id,))

    def _ways(self, graph: ArchitectureGraph, matter: Matter) -> "_Ways":
        wanted = frozenset(one.id for one in self.to.of(matter))
        over: dict[str, str] = {}
        for relation in graph.touching(wanted, self.via, over=True) if self.over else ():
            for id in filter(wanted.__contains__, relation.over):
                over |= {end: id for end in (relation.source_id, relation.target) if end not in wanted}
        if self.between is not None:
            through = (one.id for selection in (self.select, self.between) for one in selection.of(matter))
            graph = graph.within(wanted.union(through))
        return _Ways(graph.routes_to([*wanted, *over], self.via, back=self.back), over)

    def _told(
        self, status: Status, reason: str, element: Element, way: tuple[str, ...] | None, matter: Matter
    ) -> Found:
        near = self._near(element, matter)
        values = {**matter.about(element), **self.to.words(matter, "target"), **matter.names(near, "found")}
        return Found(status, reason, (element.id,), values, way or (element.id, *near), element.span())

    def _near(self, element: Element, matter: Matter) -> tuple[str, ...]:
        hops = matter.graph.last(element).hops(self.via, back=self.back)(element.id)
        return tuple(dict.fromkeys(id for id, _, _ in hops if id != element.id))[:SHOWN]


@dataclass(frozen=True, slots=True)
class _Ways:
    """Ways to what is wanted, or to what is joined to anything over it."""

    routes: Routes
    over: Mapping[str, str]

    def there(self, id: str) -> "_Ways | None":
        """Give these ways if one of them begins there."""
        return None if self.routes.distance(id) is None else self

    def path(self, id: str) -> tuple[str, ...]:
        """Give the way, up to what is wanted."""
        way = self.routes.path(id) or ()
        return (*way, self.over[way[-1]]) if way[-1] in self.over else way
