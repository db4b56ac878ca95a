"""What an exchange says of itself meets a condition."""

import json
from collections.abc import Iterator
from typing import ClassVar, Literal

from kientruc.result import Status
from kientruc.validators.check import UNMET, Check, failed, undecided
from kientruc.validators.conditions import Condition, RelationCondition
from kientruc.validators.deciding import compiled
from kientruc.validators.exchanges import PLACEHOLDERS, Exchanges
from kientruc.validators.matter import Found, Matter
from kientruc.validators.words import Values


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

    def wanted(self, matter: Matter) -> dict[str, str]:
        """Write the fields that satisfy this check, each with the first of the words that are allowed."""
        return dict(_first_words(self.must))


def _first_words(condition: Condition) -> Iterator[tuple[str, str]]:
    for one in condition.all or (condition.any or ())[:1]:
        yield from _first_words(one)
    if condition.prop and isinstance(condition.in_, Values):
        first = str(condition.in_.values[0])
        yield condition.prop, first if first.isalnum() else json.dumps(first, ensure_ascii=False)
