"""An exchange goes through these platforms, or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import Check
from kientruc.validators.exchanges import PLACEHOLDERS, Exchanges
from kientruc.validators.matter import Found, Matter
from kientruc.validators.words import RoleNames


class Route(Check):
    """A platform counts if the relation goes over it or ends at it. `or_reason`: `direct_because` excuses."""

    PLACEHOLDERS: ClassVar[frozenset[str]] = PLACEHOLDERS | {"missing"}

    kind: Literal["route"]
    exchanges: Exchanges
    through: RoleNames
    or_reason: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each exchange; the way it says it takes is the witness."""
        yield from self.exchanges.unrecorded(matter)
        for exchange in self.exchanges.of(matter):
            met = exchange.roles(matter)
            missing = tuple(role for role in self.through if met.isdisjoint(matter.edition.words.kinds_of((role,))))
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
