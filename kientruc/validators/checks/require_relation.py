"""Every selected record is joined to as many others as it should be."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import StrictInt

from kientruc.graph import is_assumed
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
    submitted state that the record is in do not count. Passes: the witness is the record and its neighbours. Fails: too
    few even with what is only assumed, or too many without it. Open: it hangs on something unknown or only assumed.
    Cost: one look at each record and at each relation.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "allowed", "others", "target"}

    kind: Literal["require_relation"]
    select: RecordSelection
    via: Vias
    dir: Literal["out", "in"] = "out"
    to: RecordSelection | None = None
    min: StrictInt = 1

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each record."""
        wanted = None if self.to is None else {record.id: (record, truth) for record, truth in self.to.judged(matter)}
        for record in self.select.records(matter):
            hops = matter.graph.last(record).hops(self.via, back=self.dir == "in")
            sure: dict[str, bool] = {}
            for id, relation, _ in hops(record.id):
                if id != record.id and (wanted is None or id in wanted):
                    end, truth = wanted[id] if wanted else (matter.architecture.find(id), True)
                    stated = truth is True and not is_assumed(end) and not is_assumed(relation)
                    sure[id] = sure.get(id, False) or stated
            yield self._judge(record, sure, wanted or {}, matter)

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
