"""An exchange goes through these platforms, or says why not."""

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.model.element import Relation
from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import Check
from kientruc.validators.conditions import Vias
from kientruc.validators.exchanges import PLACEHOLDERS, Exchange, Exchanges
from kientruc.validators.matter import Found, Matter
from kientruc.validators.words import RoleNames


class Route(Check):
    """A platform counts if the relation goes over it or ends at it, or if what it goes over goes on through it.

    It goes on through it where a relation between the two says that it goes over it, or where it is joined to both,
    and to the far end not the other way round. `or_reason`: `direct_because` excuses.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = PLACEHOLDERS | {"missing"}

    kind: Literal["route"]
    exchanges: Exchanges
    through: RoleNames
    or_reason: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each exchange; the way it says it takes is the witness."""
        yield from self.exchanges.unrecorded(matter)
        legs = _Legs(matter, self.exchanges.via)
        for exchange in self.exchanges.of(matter):
            met = exchange.roles(matter)
            missing = self._missing(met, matter)
            if missing and exchange.relation.over:
                missing = self._missing(met | legs.roles(exchange), matter)
            subjects = (exchange.own.id, exchange.other.id)
            why = exchange.relation.direct_because
            span = exchange.span
            if not missing:
                yield Found(Status.PASS, "through", subjects, {}, exchange.path, span)
            elif self.or_reason and isinstance(why, Unknown):
                values = {**exchange.about(matter), **matter.unknown(why, "direct_because")}
                span = exchange.relation.span("direct_because")
                yield Found(Status.MANUAL, "unknown", subjects, values, exchange.path, span)
            elif self.or_reason and why:
                yield Found(Status.PASS, "reason-given", subjects, {}, exchange.path, span)
            else:
                values = {**exchange.about(matter), **matter.roles(missing, "missing")}
                yield Found(Status.FAIL, "no-route", subjects, values, exchange.path, span)

    def wanted(self, matter: Matter) -> dict[str, str]:
        """Write the field that satisfies this check, with the architecture's own platforms where it has them."""
        ids = (next(iter(self._platforms(role, matter)), f"<{role}>") for role in self.through)
        return {"over": f"[{', '.join(ids)}]"}

    def _platforms(self, role: str, matter: Matter) -> Iterator[str]:
        found = matter.graph.elements(role=frozenset(matter.edition.words.kinds_of((role,))))
        yield from sorted(element.id for element in found if matter.graph.is_checked(element))

    def _missing(self, met: frozenset[str], matter: Matter) -> tuple[str, ...]:
        return tuple(role for role in self.through if met.isdisjoint(matter.edition.words.kinds_of((role,))))


class _Legs:
    """What lies between the things a relation goes over and its far end, by the relations these have of their own."""

    def __init__(self, matter: Matter, via: Vias) -> None:
        self.elements, self.graph, self.via = matter.architecture.elements, matter.graph.submitted, via
        self._near: dict[str, dict[str, list[Relation]]] = {}

    def roles(self, exchange: Exchange) -> frozenset[str]:
        """Give the roles of what each thing the exchange goes over goes on through."""
        far = exchange.other.id
        met = (id for id in exchange.relation.over for id in self._between(id, far))
        return frozenset(role for id in met if id in self.elements and (role := self.elements[id].role))

    def _between(self, id: str, far: str) -> Iterator[str]:
        near, beyond = self._of(id), self._of(far)
        for relation in beyond.get(id, ()):
            yield from relation.over
        for other, relations in beyond.items():
            if other in near and not all(id in relation.over for relation in relations):
                yield other

    def _of(self, id: str) -> dict[str, list[Relation]]:
        """Give what a thing is joined to, and by which relations; found once."""
        if id not in self._near:
            near = self._near[id] = defaultdict(list)
            for relation in self.graph.touching((id,), self.via):
                near[relation.target if relation.source_id == id else relation.source_id].append(relation)
        return self._near[id]
