"""Where one condition holds of a record, another must."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import StrictBool, model_validator
from pydantic_core import PydanticCustomError

from kientruc.result import Status
from kientruc.validators.check import ELEMENT, UNMET, Check, failed, ids, undecided
from kientruc.validators.conditions import Condition
from kientruc.validators.deciding import Test, Truth, compiled
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection


class WhenThen(Check):
    """Each selected record of which `when` holds meets `must`; without `when`, each selected record.

    Passes: the witness is the record. Fails: `{field}`, `{found}` and `{allowed}` tell the first field that is to
    blame. Open: it hangs on something unknown; where `when` is undecided, only a `must` that holds passes. A record of
    which `when` does not hold is not concerned. `from_whole`, of elements: a part that falls short follows a whole it
    is part of, in the last state that it is in, that does not. Cost: one look at each record, and with `from_whole` at
    each whole of those that fall short.
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
            truth, of = must(record), record
            if truth is False and self.from_whole:
                truth, of = self._of_whole(record, must, matter)
            subjects = ids(record)
            if truth is True:
                witness = subjects if of is record else (record.id, of.id)
                yield Found(Status.PASS, "holds", subjects, {}, witness, record.span())
            elif concerned is None and self.when is not None:
                yield undecided(self.when, record, subjects, matter.about(record), matter)
            else:
                tell = failed if truth is False else undecided
                yield tell(self.must, of, subjects, matter.about(record), matter)

    def _of_whole(self, record: Any, must: Test, matter: Matter) -> tuple[Truth, Any]:
        """Give what `must` says of the nearest whole that does not fall short, and that whole; else of the part."""
        wholes = matter.graph.last(record).stated.reached_from((record.id,), "whole")
        for _, id in sorted((distance, id) for id, distance in wholes.items()):
            whole = matter.architecture.elements.get(id, record)
            if (truth := must(whole)) is not False:
                return truth, whole
        return False, record
