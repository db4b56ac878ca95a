"""Every selected record is the beginning of a chain of relations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StrictBool

from kientruc.frameworks.vocabulary import Late
from kientruc.graph import ArchitectureGraph, is_assumed
from kientruc.graph.reach import Hop, Hops
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, undecided
from kientruc.validators.conditions import Vias
from kientruc.validators.deciding import Truth
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection

Ends = Mapping[str, tuple[Any, Truth]]


class Step(Late):
    """One step: along these verbs, or against them, to a record of this sort.

    `of_parts`: what joins a part joins its whole, at either end.
    """

    via: Vias
    dir: Literal["out", "in"] = "out"
    to: RecordSelection
    of_parts: StrictBool = False


class Chain(Check):
    """From each selected record, one relation after another leads through all the steps of `path`.

    Each step goes to a record of its own sort; the same record may be met twice. A chain is one within the last
    submitted state that the record is in, and relations that are not connected or retired lead nowhere. Passes: the
    witness is the chain, at every step the record with the smallest id that leads to the end. Fails: the witness is the
    longest beginning of a chain; `{step}` is the first step, from 1, that cannot be made, `{found}` the record before
    it, `{missing}` what should follow. Open: every chain rests on something unknown or only assumed. Cost: one pass
    over the relations for each step, from the last to the first, in each state that is the last of something.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"step", "found", "missing"}

    kind: Literal["chain"]
    select: RecordSelection
    path: Annotated[tuple[Step, ...], Field(min_length=1, max_length=5)]

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each record."""
        selected = self.select.records(matter)
        ends = [{record.id: (record, truth) for record, truth in step.to.judged(matter)} for step in self.path]
        stated = [{id: end for id, end in found.items() if end[1] is True} for found in ends]
        ids = [one.id for one in selected]
        made: dict[ArchitectureGraph, tuple[_Chains, _Chains]] = {}
        for record in selected:
            joined = matter.graph.last(record)
            if joined not in made:
                sure = _Chains(self.path, ids, stated, joined.stated, matter)
                made[joined] = (sure, _Chains(self.path, ids, ends, joined, matter))
            sure, possible = made[joined]
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
    """How far chains lead from each record and where to, found from the last step to the first."""

    def __init__(
        self,
        path: Sequence[Step],
        first: Sequence[str],
        ends: Sequence[Ends],
        graph: ArchitectureGraph,
        matter: Matter,
    ) -> None:
        beyond = {id: (0, "") for id in ends[-1]}  # how many steps can still be made, and the next record
        self._further = [beyond]
        for step, starts in zip(reversed(path), (*reversed(ends[:-1]), first), strict=True):
            hops = graph.hops(step.via, back=step.dir == "in")
            hops = _of_wholes(hops, graph, matter) if step.of_parts else hops
            ways = ((id, [(-beyond[hop[0]][0] - 1, hop[0]) for hop in hops(id) if hop[0] in beyond]) for id in starts)
            best = ((id, min(found, default=(0, ""))) for id, found in ways)
            beyond = {id: (-steps, following) for id, (steps, following) in best}
            self._further.insert(0, beyond)

    def longest(self, id: str) -> tuple[str, ...]:
        """Give the longest beginning of a chain, the one with the smallest ids."""
        chain = [id]
        for further in self._further:
            following = further[chain[-1]][1]
            if not following:
                break
            chain.append(following)
        return tuple(chain)


def _of_wholes(hops: Hops, graph: ArchitectureGraph, matter: Matter) -> Hops:
    """Let a thing make the steps of its parts too, and let steps that lead to a part lead to its wholes as well."""

    def lifted(id: str) -> list[Hop]:
        found: dict[str, Hop] = {}
        for start in (id, *matter.parts_of(id, graph)):
            for end, relation, against in hops(start):
                wholes = graph.reached_from((end,), "whole")
                for whole in (one for one in wholes if one == end or end in matter.parts_of(one, graph)):
                    found.setdefault(whole, (whole, relation, against))
        return [found[end] for end in sorted(found)]

    return lifted
