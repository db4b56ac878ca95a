"""What an exchange says of itself meets a condition."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from kientruc.result import Status
from kientruc.validators.check import UNMET, Check, failed, undecided
from kientruc.validators.conditions import RelationCondition
from kientruc.validators.deciding import compiled
from kientruc.validators.exchanges import PLACEHOLDERS, Exchanges
from kientruc.validators.matter import Found, Matter


class ExchangeProps(Check):
    """The condition is about the fields of the relation: protocol, format, protection and the like."""

    PLACEHOLDERS: ClassVar[frozenset[str]] = PLACEHOLDERS | UNMET
    ASKED: ClassVar[str] = "relations"

    kind: Literal["exchange_props"]
    exchanges: Exchanges
    must: RelationCondition

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each exchange."""
        yield from self.exchanges.unrecorded(matter)
        must = compiled(self.must, matter)
        for exchange in self.exchanges.of(matter):
            truth = must(exchange.relation)
            subjects = (exchange.own.id, exchange.other.id)
            if truth is True:
                yield Found(Status.PASS, "holds", subjects, {}, exchange.path, exchange.span)
            else:
                tell = failed if truth is False else undecided
                yield tell(self.must, exchange.relation, subjects, exchange.about(matter), matter)
