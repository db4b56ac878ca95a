"""An exchange that leaves a platform out, and says why, is held against what the states show of that platform."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from kientruc.model.element import Relation
from kientruc.result import Status
from kientruc.validators.check import Check
from kientruc.validators.exchanges import PLACEHOLDERS, Exchange, Exchanges
from kientruc.validators.matter import Found, Matter
from kientruc.validators.words import RoleNames


class Readiness(Check):
    """A platform that is present in a state of the exchange was ready: the reason does not hold.

    Absent in every such state, it was not. Where the states do not say, or a document is cited for the exception, a
    person decides. Exchanges without a reason are not judged here: `route` reports them.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = PLACEHOLDERS | {"found", "state"}

    kind: Literal["readiness"]
    exchanges: Exchanges
    platforms: RoleNames

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each exchange with a reason that leaves a platform out."""
        for exchange in self.exchanges.of(matter):
            met, words = exchange.roles(matter), matter.edition.words
            left_out = [role for role in self.platforms if met.isdisjoint(words.kinds_of((role,)))]
            if left_out and exchange.relation.direct_because:
                yield self._judge(exchange, tuple(left_out), matter)

    def _judge(self, exchange: Exchange, left_out: tuple[str, ...], matter: Matter) -> Found:
        subjects, relation = (exchange.own.id, exchange.other.id), exchange.relation
        span = relation.span("direct_because")
        doubt = ""
        for role in left_out:
            word, platform, state = _shown(role, relation, matter)
            if word == "present":
                name, place = matter.name(platform), matter.name(state)
                values = exchange.about(matter) | {"found": name["vi"], "found_en": name["en"]}
                values |= {"state": place["vi"], "state_en": place["en"]}
                status = Status.MANUAL if relation.basis else Status.FAIL
                return Found(status, "ready", subjects, values, (platform, state), span)
            if word != "absent":
                doubt = role
        if doubt:
            values = {**exchange.about(matter), **matter.roles((doubt,), "found")}
            return Found(Status.MANUAL, "not-said", subjects, values, exchange.path, span)
        return Found(Status.PASS, "not-ready", subjects, {}, exchange.path, span)


def _shown(role: str, relation: Relation, matter: Matter) -> tuple[str, str, str]:
    """Tell what the states of an exchange show of a platform: present (which one, where), absent, or unsaid."""
    graph = matter.graph
    platforms = graph.elements(role=matter.edition.words.kinds_of((role,)))
    states = [id for id in matter.architecture.states if graph.membership(relation, id) in ("present", "unsaid")]
    said = [(graph.membership(one, state), one.id, state) for one in platforms for state in states]
    for wanted in ("present", "unsaid", "unknown"):
        for word, platform, state in said:
            if word == wanted:
                return word, platform, state
    return ("absent", said[0][1], said[0][2]) if said else ("unsaid", "", "")
