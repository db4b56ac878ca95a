"""Every selected record is named by a paper, a request, a decision or work that proves it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal

from pydantic import StrictBool, model_validator
from pydantic_core import PydanticCustomError

from kientruc.graph import is_assumed
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, UNMET, Check, failed, undecided
from kientruc.validators.conditions import Condition
from kientruc.validators.deciding import compiled
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection
from kientruc.validators.words import of_section

NAMED_IN: Mapping[str, tuple[str, ...]] = {
    "evidence": ("about",),
    "waiver_requests": ("subjects",),
    "sourcing": ("of",),
    "contents": ("about",),
    "tasks": (Verb.DELIVERS.value, Verb.COVERS.value),
}


class Evidence(Check):
    """Each selected record is named by a record of `section` that meets `must` and, with `valid`, holds on the day.

    It is named in the field `named_in` (unless said: `about` of evidence and contents, `subjects` of waiver
    requests, `of` of sourcing), or by the verb of that name (unless said: `delivers` and `covers` of tasks).
    `valid` asks of evidence that its date is not after the day of the check and its last day not before; a paper
    without a date proves nothing then. `from_whole`, of elements: what proves a whole, in the last state that the
    part is in, proves its parts. Passes: the witness is the record, then the whole if it is that one's, then the
    first proof. Fails: nothing names it, or what does falls short, which `{field}`, `{found}` and `{allowed}` then
    tell; `{missing}` says what is wanting. Open: whether `must` holds is unknown, or all that proves it is only
    assumed. Cost: one look at each record of both.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | UNMET

    kind: Literal["evidence"]
    select: RecordSelection
    section: Literal["evidence", "waiver_requests", "sourcing", "contents", "tasks"] = "evidence"
    named_in: str | None = None
    must: Condition | None = None
    valid: StrictBool = False
    from_whole: StrictBool = False

    @model_validator(mode="after")
    def _fits(self) -> "Evidence":
        if self.named_in is not None and self.named_in not in list(Verb):
            of_section((self.named_in,), self.section)
        if self.valid and self.section != "evidence":
            raise PydanticCustomError("one_form", "", {"expected": "section: evidence"})
        if self.from_whole and self.select.section != "elements":
            raise PydanticCustomError("one_form", "", {"expected": "section: elements"})
        return self

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each record."""
        naming = self._naming(matter)
        for record in self.select.records(matter):
            found = self._judge(record, naming.get(record.id, ()), matter)
            of_whole = (
                self._of_whole(record, naming, matter) if self.from_whole and found.status is Status.FAIL else None
            )
            yield of_whole or found

    def _of_whole(self, record: Any, naming: Mapping[str, list[Any]], matter: Matter) -> Found | None:
        """Give the pass of the nearest whole that is proved, as that of its part."""
        wholes = matter.graph.last(record).stated.reached_from((record.id,), "whole")
        for _, id in sorted((distance, id) for id, distance in wholes.items() if id != record.id):
            found = self._judge(matter.architecture.elements[id], naming.get(id, ()), matter)
            if found.status is Status.PASS:
                return replace(found, subjects=(record.id,), witness=(record.id, *found.witness))
        return None

    def _naming(self, matter: Matter) -> Mapping[str, list[Any]]:
        named: dict[str, list[Any]] = {}
        ways = (self.named_in,) if self.named_in else NAMED_IN[self.section]
        for record in matter.architecture.records[self.section].values():
            for way in ways:
                for id in _ids(record, way, matter):
                    named.setdefault(id, []).append(record)
        return named

    def _judge(self, record: Any, proofs: list[Any] | tuple[()], matter: Matter) -> Found:
        must = compiled(self.must, matter) if self.must else None
        held = [one for one in proofs if not self.valid or _holds(one, matter)]
        judged = [(one, must(one) if must else True) for one in held]
        subjects, about = (record.id,), matter.about(record)
        good = sorted((one for one, truth in judged if truth is True), key=is_assumed)
        if good and not is_assumed(good[0]):
            return Found(Status.PASS, "proved", subjects, {}, (record.id, good[0].id), good[0].span())
        open_ = next((one for one, truth in judged if truth is None), None)
        if open_ is not None and self.must is not None:
            return undecided(self.must, open_, subjects, about, matter)
        values = {**about, **self._wanting(matter)}
        if good:
            return Found(Status.MANUAL, "on-assumption", subjects, values, (record.id, good[0].id), good[0].span())
        if held and self.must is not None:
            return failed(self.must, held[0], subjects, values, matter)
        spans = tuple(span for one in proofs if (span := one.span()))
        if proofs:
            values |= matter.names([one.id for one in proofs], "found")
        return Found(Status.FAIL, "expired" if proofs else "unproved", subjects, values, (), record.span(), spans)

    def _wanting(self, matter: Matter) -> dict[str, str]:
        wanted = RecordSelection(section=self.section).words(matter, "missing")
        return {**wanted, **matter.nothing("found"), **matter.nothing("allowed"), **matter.nothing("field")}


def _ids(record: Any, way: str, matter: Matter) -> tuple[str, ...]:
    if way in list(Verb):
        return tuple(relation.target for relation in matter.graph.submitted.relations(way, source=record.id))
    value = getattr(record, way)
    return (value,) if isinstance(value, str) else tuple(value or ())


def _holds(paper: Any, matter: Matter) -> bool:
    return paper.date is not None and paper.date <= matter.on and (paper.until is None or matter.on <= paper.until)
