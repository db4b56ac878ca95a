"""Where one condition holds of a record, another must."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import StrictBool, model_validator
from pydantic_core import PydanticCustomError

from kientruc.result import Status
from kientruc.validators.check import ELEMENT, UNMET, Check, failed, ids, undecided
from kientruc.validators.conditions import Condition
from kientruc.validators.deciding import Test, compiled
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection


class WhenThen(Check):
    """Each selected record of which `when` holds meets `must`; without `when`, each selected record.

    Passes: the witness is the record. Fails: `{field}`, `{found}` and `{allowed}` tell the first field that is to
    blame. Open: it hangs on something unknown; where `when` is undecided, only a `must` that holds passes. A record
    of which `when` does not hold is not concerned. `from_whole`, of elements: a part that falls short follows a whole
    it is part of that does not. Cost: one look at each record, and with `from_whole` at each whole of those that fall
    short.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | UNMET

    kind: Literal["when_then"]
    select: RecordSelection
    when: Condition | None = None
    must: Condition
    from_whole: StrictBool = False

    @model_validator(mode="after")
    def _fits(self) -> "WhenThen":
        if self.from_whole and self.select.section != "elements":
            raise PydanticCustomError("one_form", "", {"expected": "section: elements"})
        return self

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each record that it concerns."""
        when = compiled(self.when, matter) if self.when else None
        must = compiled(self.must, matter)
        for record in self.select.records(matter):
            concerned = when(record) if when else True
            if concerned is False:
                continue
            truth = must(record)
            subjects = ids(record)
            whole = self._whole(record, must, matter) if self.from_whole and truth is False else None
            if truth is True or whole is not None:
                witness = (record.id, whole) if whole is not None else subjects
                yield Found(Status.PASS, "holds", subjects, {}, witness, record.span())
            elif concerned is None and self.when is not None:
                yield undecided(self.when, record, subjects, matter.about(record), matter)
            else:
                tell = failed if truth is False else undecided
                yield tell(self.must, record, subjects, matter.about(record), matter)

    def _whole(self, record: Any, must: Test, matter: Matter) -> str | None:
        """Find the nearest whole that meets what a part does not."""
        wholes = matter.graph.submitted.stated.reached_from((record.id,), "whole")
        near = sorted((distance, id) for id, distance in wholes.items() if id != record.id)
        elements = matter.architecture.elements
        return next((id for _, id in near if id in elements and must(elements[id]) is True), None)
