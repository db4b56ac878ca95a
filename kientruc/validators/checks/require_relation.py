"""Every selected record is joined to as many others as it should be."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import StrictBool, StrictInt

from kientruc.graph import is_assumed
from kientruc.graph.gap import in_state
from kientruc.result import Status
from kientruc.validators.bounds import Bounded
from kientruc.validators.check import ELEMENT, undecided
from kientruc.validators.conditions import Vias
from kientruc.validators.deciding import Truth
from kientruc.validators.matter import SHOWN, Found, Matter
from kientruc.validators.selection import RecordSelection


class RequireRelation(Bounded):
    """Each selected record is joined, along `via`, to between `min` (1 unless said) and `max` others of the sort `to`.

    `dir: in` walks against the verbs: who points here. A neighbour counts once however many relations lead to it, a
    record is no neighbour of itself, and relations that are not connected, retired, or not possible in the last
    submitted state that the record is in do not count. `by_state`: counted in each submitted state, for what one state
    has and the next replaces is not too many; the largest number counts, and parts of one whole are that whole. Passes:
    the witness is the record and its neighbours. Fails: too few even with what is only assumed, or too many without it.
    Open: it hangs on something unknown or only assumed. Cost: one look at each record and at each relation, in each
    state.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "allowed", "others", "target"}

    kind: Literal["require_relation"]
    select: RecordSelection
    via: Vias
    dir: Literal["out", "in"] = "out"
    to: RecordSelection | None = None
    min: StrictInt = 1
    by_state: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each record."""
        wanted = None if self.to is None else {record.id: (record, truth) for record, truth in self.to.judged(matter)}
        for record in self.select.records(matter):
            joined = matter.graph.submitted if self.by_state else matter.graph.last(record)
            hops = joined.hops(self.via, back=self.dir == "in")
            near = [(id, relation) for id, relation, _ in hops(record.id) if id != record.id]
            near = [one for one in near if wanted is None or one[0] in wanted]
            counted = [self._sure(near, wanted, state, matter) for state in self._states(matter)]
            most = max(counted, key=lambda sure: (sum(sure.values()), len(sure)))
            yield self._judge(record, most, wanted or {}, matter)

    def _states(self, matter: Matter) -> tuple[str | None, ...]:
        return (matter.stated if self.by_state else ()) or (None,)

    def _sure(
        self,
        near: list[tuple[str, Any]],
        wanted: dict[str, tuple[Any, Truth]] | None,
        state: str | None,
        matter: Matter,
    ) -> dict[str, bool]:
        """Tell of each neighbour whether it is sure, in one state or in all together."""
        sure: dict[str, bool] = {}
        for id, relation in near:
            if state is not None and in_state(relation, state, matter.graph) == "absent":
                continue
            end, truth = wanted[id] if wanted else (matter.architecture.find(id), True)
            stated = truth is True and not is_assumed(end) and not is_assumed(relation)
            known = self._whole(id, matter) if self.by_state else id
            sure[known] = sure.get(known, False) or stated
        return sure

    def _whole(self, id: str, matter: Matter) -> str:
        """Give the topmost thing that something is part of; the first of several, itself in a circle."""
        seen = [id]
        while above := [one for one in matter.graph.neighbours(seen[-1], "whole") if one not in seen]:
            seen.append(above[0])
        return seen[-1]

    def _judge(self, record: Any, sure: dict[str, bool], wanted: dict[str, tuple[Any, Truth]], matter: Matter) -> Found:
        certain = [id for id, stated in sure.items() if stated]
        status, reason = self.judge(len(certain), len(sure))
        near = list(sure) if status is Status.MANUAL else certain
        subjects = (record.id,)
        values = {**matter.about(record), "found": str(len(near)), "allowed": self.allowed}
        values |= matter.names(near, "others") | (self.to or RecordSelection()).words(matter, "target")
        doubtful = next((wanted[id][0] for id in sure if id in wanted and wanted[id][1] is None), None)
        if status is Status.MANUAL and doubtful is not None and self.to is not None and self.to.where is not None:
            return undecided(self.to.where, doubtful, subjects, values, matter)
        return Found(status, reason, subjects, values, (record.id, *near[:SHOWN]), record.span())
