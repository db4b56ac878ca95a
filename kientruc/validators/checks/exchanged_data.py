"""What is exchanged meets a condition."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.result import Status
from kientruc.validators.check import ELEMENT, UNMET, Check, failed, undecided
from kientruc.validators.conditions import ElementCondition
from kientruc.validators.deciding import compiled
from kientruc.validators.exchanges import Exchanges
from kientruc.validators.matter import Found, Matter


class ExchangedData(Check):
    """The condition is about the elements that exchanges name under `data`; data named in words only are not judged.

    `own` leaves out what the architecture only refers to, and what is part of such a thing.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | UNMET

    kind: Literal["exchanged_data"]
    exchanges: Exchanges
    must: ElementCondition
    own: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each thing exchanged, however often; the first exchange is the witness."""
        elements = matter.architecture.elements
        carried: dict[str, tuple[str, ...]] = {}
        for exchange in self.exchanges.of(matter):
            for name in exchange.relation.data:
                if name in elements and not (self.own and _is_foreign(name, matter)):
                    carried.setdefault(name, exchange.path)
        must = compiled(self.must, matter)
        for id in sorted(carried):
            element = elements[id]
            truth = must(element)
            if truth is True:
                yield Found(Status.PASS, "holds", (id,), {}, carried[id], element.span())
            else:
                tell = failed if truth is False else undecided
                yield tell(self.must, element, (id,), matter.about(element), matter)


def _is_foreign(id: str, matter: Matter) -> bool:
    """Tell whether a thing, or any whole it is part of, is somebody else's."""
    elements = matter.architecture.elements
    wholes = matter.graph.submitted.reached_from((id,), "whole")
    return any(elements[one].reference is not None for one in (id, *wholes) if one in elements)
