"""Each set of data is held in one place."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, NamedTuple

from kientruc.graph import is_assumed
from kientruc.graph.gap import in_state
from kientruc.model.element import Element, Relation
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.deciding import Truth
from kientruc.validators.matter import SHOWN, Found, Matter
from kientruc.validators.selection import Selection

NOT_YET = frozenset(("planned", "proposed"))
Sort = Mapping[str, tuple[Element, Truth]]


class _Holder(NamedTuple):
    """A place where data are, the relation that says so (none of a store that is itself what is judged)."""

    id: str
    relation: Relation | None
    is_copy: bool = False


class HeldOnce(Check):
    """Each selected element is held by one system at a time.

    It is held by the elements of `stores` that it is part of or that realise it, and by itself where it is one of them;
    only where there are none, by the elements of `writers` that write it: who writes into a known store holds nothing.
    Parts of one whole are that whole. Counted in each submitted state; without states, what is there and what is only
    planned are counted apart. A store that duplicates another, or is duplicated by it, may hold a copy. What nothing
    holds is not judged. Passes: the witness is the element and its holder. Fails: more than one surely hold it. Open:
    more than one may, but all beyond the first are copies, only assumed or perhaps not there. Cost: one look at each
    element and at each relation, in each state.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "others"}

    kind: Literal["held_once"]
    select: Selection
    stores: Selection
    writers: Selection

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each element that anything holds."""
        stores, writers = (
            {one.id: (one, truth) for one, truth in sort.judged(matter)} for sort in (self.stores, self.writers)
        )
        for element in self.select.of(matter):
            sort, holders = stores, _stored(element, stores, matter)
            if not holders:
                sort, holders = writers, _written(element, writers, matter)
            counted = [_sure(element, holders, sort, state, matter) for state in matter.stated or (True, False)]
            most = max(counted, key=lambda sure: (sum(sure.values()), len(sure)))
            if most:
                copied = any(one.is_copy for one in holders)
                yield _judge(element, most, copied, matter)


def _stored(element: Element, stores: Sort, matter: Matter) -> list[_Holder]:
    graph = matter.graph.submitted
    found = [_Holder(element.id, None)] if element.id in stores else []
    for via, back in ((Verb.PART_OF, False), (Verb.REALISES, True)):
        hops = graph.hops(via, back=back)(element.id)
        found += [_Holder(id, relation) for id, relation, _ in hops if id in stores and id != element.id]
    held = {one.id for one in found}
    for id in sorted(held):
        for relation in graph.touching((id,), Verb.DUPLICATES):
            other = relation.target if relation.source_id == id else relation.source_id
            if other == id:
                continue
            if other in held and relation.source_id == other:
                found = [one._replace(is_copy=one.is_copy or one.id == other) for one in found]
            elif other not in held and other in stores:
                found.append(_Holder(other, relation, is_copy=True))
    return found


def _written(element: Element, writers: Sort, matter: Matter) -> list[_Holder]:
    hops = matter.graph.submitted.hops(Verb.WRITES, back=True)(element.id)
    return [_Holder(id, relation) for id, relation, _ in hops if id in writers]


def _sure(element: Element, holders: list[_Holder], sort: Sort, state: str | bool, matter: Matter) -> dict[str, bool]:
    """Tell of each whole that holds it in a state (or, without states, today or one day) whether that is sure."""
    sure: dict[str, bool] = {}
    for holder, relation, is_copy in holders:
        if isinstance(state, bool):
            if relation is not None and (relation.status in NOT_YET) is state:
                continue
            word = "present"
        else:
            word = in_state(relation if relation is not None else element, state, matter.graph)
        if word != "absent":
            stated = word != "unknown" and sort[holder][1] is True and not is_assumed(sort[holder][0])
            known = _whole(holder, matter)
            stated = stated and not is_copy and not is_assumed(relation)
            sure[known] = sure.get(known, False) or stated
    return sure


def _whole(id: str, matter: Matter) -> str:
    """Give the topmost thing that something is part of; the first of several, itself in a circle."""
    seen = [id]
    while above := [one for one in matter.graph.neighbours(seen[-1], "whole") if one not in seen]:
        seen.append(above[0])
    return seen[-1]


def _judge(element: Element, sure: Mapping[str, bool], copied: bool, matter: Matter) -> Found:
    certain = [id for id, stated in sure.items() if stated]
    near = certain if len(certain) > 1 else list(sure)
    values: dict[str, Any] = {**matter.about(element), "found": str(len(near)), **matter.names(near, "others")}
    witness = (element.id, *(id for id in near[:SHOWN] if id != element.id))
    if len(certain) > 1:
        return Found(Status.FAIL, "held-twice", (element.id,), values, witness, element.span())
    if len(near) > 1:
        reason = "copies" if copied else "on-assumption"
        return Found(Status.MANUAL, reason, (element.id,), values, witness, element.span())
    return Found(Status.PASS, "held-once", (element.id,), values, witness, element.span())
