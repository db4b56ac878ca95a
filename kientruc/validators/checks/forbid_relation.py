"""Two groups of elements are not joined directly."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from kientruc.graph import is_assumed
from kientruc.model.element import Element, Relation
from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, unknown
from kientruc.validators.conditions import Vias
from kientruc.validators.deciding import key
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection
from kientruc.validators.words import PlainField


class ForbidRelation(Check):
    """No relation of `via` leads from an element of `from` to another of `to`, in the direction the verbs are walked.

    `unless_same: owner` lets those be joined that say the same of that field, a part following its whole; one that says
    nothing is the same as none. Relations that are not connected, retired, or not possible in the last submitted state
    that the element is in do not count. Where there is nothing of `to`, nothing is concerned. Passes: an element of
    `from` with no such relation, which is its own witness. Fails: each offending relation, at its own place; the
    witness is the relation, with what it goes over. Open: the relation or an end of it is only assumed, or the field is
    known to be unknown. Cost: one look at each element and relation.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"target", "target_id", "verb"}

    kind: Literal["forbid_relation"]
    from_: Selection = Field(alias="from")
    to: Selection
    via: Vias
    unless_same: PlainField | None = None

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give the offending relations of each element, or its one pass."""
        targets = {element.id: element for element in self.to.of(matter)}
        told: set[int] = set()  # a relation that is walked both ways is told once
        for element in self.from_.of(matter) if targets else ():
            clean, hops = True, matter.graph.last(element).hops(self.via)
            for id, relation, _ in hops(element.id):
                if id not in targets or id == element.id or self._excused(element, targets[id], matter):
                    continue
                clean = False
                if _identity(relation) not in told:
                    told.add(_identity(relation))
                    yield self._judge(element, targets[id], relation, matter)
            if clean:
                yield Found(Status.PASS, "apart", (element.id,), {}, (element.id,), element.span())

    def _excused(self, one: Element, other: Element, matter: Matter) -> bool:
        if self.unless_same is None:
            return False
        held = [matter.graph.held(end.id, self.unless_same) for end in (one, other)]
        said = [key(found.value) for found in held if found is not None and not isinstance(found.value, Unknown)]
        return len(said) == 2 and said[0] == said[1]

    def _judge(self, element: Element, target: Element, relation: Relation, matter: Matter) -> Found:
        verb, subjects = relation.verb, (element.id, target.id)
        witness = (relation.source_id, *relation.over, relation.target)
        values = {**matter.about(element), "target_id": target.id, "verb": verb.vi, "verb_en": verb.en}
        values |= matter.names((target.id,), "target")
        for end in (element, target) if self.unless_same else ():
            held = matter.graph.held(end.id, str(self.unless_same))
            if held is not None and isinstance(held.value, Unknown):
                return unknown(held.value, str(self.unless_same), end, subjects, values, matter)
        if any(map(is_assumed, (relation, element, target))):
            return Found(Status.MANUAL, "on-assumption", subjects, values, witness, relation.span())
        return Found(Status.FAIL, "joined", subjects, values, witness, relation.span())


def _identity(relation: Relation) -> int:
    return id(relation)
