"""Every selected record is the beginning of a chain of relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from kientruc.frameworks.vocabulary import Late
from kientruc.graph import ArchitectureGraph, is_assumed
from kientruc.graph.reach import Hops
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, undecided
from kientruc.validators.conditions import Truth, Vias
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection

Ends = Mapping[str, tuple[Any, Truth]]


class Step(Late):
    """One step: along these verbs, or against them, to a record of this sort."""

    via: Vias
    dir: Literal["out", "in"] = "out"
    to: RecordSelection


class Chain(Check):
    """From each selected record, one relation after another leads through all the steps of `path`.

    Each step goes to a record of its own sort; the same record may be met twice. Relations that are not connected,
    retired, or possible in no checked state lead nowhere. Passes: the witness is the chain, at every step the record
    with the smallest id that leads to the end. Fails: the witness is the longest beginning of a chain; `{step}` is the
    first step, from 1, that cannot be made, `{found}` the record before it, `{missing}` what should follow. Open:
    every chain rests on something unknown or only assumed. Cost: one pass over the relations for each step, from the
    last to the first.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"step", "found", "missing"}

    kind: Literal["chain"]
    select: RecordSelection
    path: Annotated[tuple[Step, ...], Field(min_length=1, max_length=5)]

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each record."""
        selected = self.select.records(matter)
        whole = matter.graph.submitted
        ends = [{record.id: (record, truth) for record, truth in step.to.judged(matter)} for step in self.path]
        stated = [_stated(found) for found in ends]
        sure = _Chains(self.path, [one.id for one in selected], stated, whole.stated)
        possible = _Chains(self.path, [one.id for one in selected], ends, whole)
        for record in selected:
            chain = (possible if is_assumed(record) else sure).longest(record.id)
            if len(chain) > len(self.path):
                yield Found(Status.PASS, "chained", (record.id,), {}, chain, record.span())
            else:
                yield self._judge(record, chain, possible.longest(record.id), ends, matter)

    def _judge(
        self, record: Any, chain: tuple[str, ...], other: tuple[str, ...], ends: Sequence[Ends], matter: Matter
    ) -> Found:
        values = {**matter.about(record), "step": str(len(chain)), **matter.names(chain[-1:], "found")}
        values |= self.path[min(len(chain), len(self.path)) - 1].to.words(matter, "missing")
        if len(other) <= len(self.path):
            return Found(Status.FAIL, "broken", (record.id,), values, chain, record.span())
        for id, step, found in zip(other[1:], self.path, ends, strict=True):
            if found[id][1] is None and step.to.where is not None:
                return undecided(step.to.where, found[id][0], (record.id,), values, matter)
        return Found(Status.MANUAL, "on-assumption", (record.id,), values, other, record.span())


class _Chains:
    """How far chains lead from each record, found from the last step to the first."""

    def __init__(
        self, path: Sequence[Step], first: Sequence[str], ends: Sequence[Ends], graph: ArchitectureGraph
    ) -> None:
        self._hops: list[Hops] = [graph.hops(step.via, back=step.dir == "in") for step in path]
        self._further: list[dict[str, int]] = [dict.fromkeys(ends[-1], 0)]
        for starts, hops in zip((*reversed(ends[:-1]), first), reversed(self._hops), strict=True):
            beyond = self._further[0]
            steps = {id: max((beyond[hop[0]] + 1 for hop in hops(id) if hop[0] in beyond), default=0) for id in starts}
            self._further.insert(0, steps)

    def longest(self, id: str) -> tuple[str, ...]:
        """Give the longest beginning of a chain, always the same one."""
        chain = [id]
        for left, hops, beyond in zip(self._further, self._hops, self._further[1:], strict=False):
            if not left[chain[-1]]:
                break
            wanted = left[chain[-1]] - 1
            chain.append(next(hop[0] for hop in hops(chain[-1]) if beyond.get(hop[0]) == wanted))
        return tuple(chain)


def _stated(ends: Ends) -> Ends:
    return {id: (one, truth) for id, (one, truth) in ends.items() if truth is True and not is_assumed(one)}
