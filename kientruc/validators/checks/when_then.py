"""Where one condition holds of a record, another must."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from kientruc.result import Status
from kientruc.validators.check import ELEMENT, UNMET, Check, failed, ids, undecided
from kientruc.validators.conditions import Condition
from kientruc.validators.deciding import compiled
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection


class WhenThen(Check):
    """Each selected record of which `when` holds meets `must`; without `when`, each selected record.

    Passes: the witness is the record. Fails: `{field}`, `{found}` and `{allowed}` tell the first field that is to
    blame. Open: it hangs on something unknown; where `when` is undecided, only a `must` that holds passes. A record
    of which `when` does not hold is not concerned. Cost: one look at each record.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | UNMET

    kind: Literal["when_then"]
    select: RecordSelection
    when: Condition | None = None
    must: Condition

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
            if truth is True:
                yield Found(Status.PASS, "holds", subjects, {}, subjects, record.span())
            elif concerned is None and self.when is not None:
                yield undecided(self.when, record, subjects, matter.about(record), matter)
            else:
                tell = failed if truth is False else undecided
                yield tell(self.must, record, subjects, matter.about(record), matter)
