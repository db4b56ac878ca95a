"""There are as many of something as there should be."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from kientruc.graph import is_assumed
from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.bounds import Bounded
from kientruc.validators.check import ELEMENT, ids, undecided, unknown
from kientruc.validators.deciding import Truth, is_missing, key, reader
from kientruc.validators.exchanges import Exchanges
from kientruc.validators.matter import SHOWN, Found, Matter
from kientruc.validators.selection import RecordSelection
from kientruc.validators.words import FieldName

Counted = Sequence[tuple[Any, Truth]]


class Count(Bounded):
    """The number of selected records, or of relations of `exchanges`, lies within `min` and `max`.

    `group_by` counts for each value of a field apart.

    This is how omission is caught: with a `min`, nothing at all fails too, unless there is no architecture yet.

    Passes: what is surely there is enough and what may be there is not too much; the witness are those counted (the
    first twenty). Fails: too few even with what is only assumed, or too many already without it. Open: the answer
    hangs on something unknown or only assumed, or a record does not know its group. A record without a value of
    `group_by` is in no group; a record with several values is in each. What is told of `{name}` is the architecture.
    Cost: one look at each record.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "allowed", "group", "others"}

    kind: Literal["count"]
    select: RecordSelection | None = None
    exchanges: Exchanges | None = None
    group_by: FieldName | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "Count":
        if (self.select is None) == (self.exchanges is None):
            raise PydanticCustomError("one_form", "", {"expected": "select|exchanges"})
        return self

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for the whole, or one for each group in the order of its first record."""
        if matter.is_empty:
            return
        counted = self._counted(matter)
        if not counted and self.min == 0:
            return
        if not counted or self.group_by is None:
            yield self._judge(counted, matter.nothing("group"), matter)
            return
        groups: dict[object, tuple[Any, list[tuple[Any, Truth]]]] = {}
        read = reader(self.group_by, matter)
        for record, truth in counted:
            value = read(record)
            if isinstance(value, Unknown):
                yield unknown(value, self.group_by, record, ids(record), matter.about(record), matter)
            elif not is_missing(value):
                own = {key(one): one for one in (value if isinstance(value, tuple) else (value,))}
                for folded, one in own.items():
                    groups.setdefault(folded, (one, []))[1].append((record, truth))
        for group, members in groups.values():
            yield self._judge(members, matter.names((str(getattr(group, "value", group)),), "group"), matter)

    def _counted(self, matter: Matter) -> Counted:
        if self.select is not None:
            return tuple(self.select.judged(matter))
        return tuple((one.relation, True) for one in self.exchanges.of(matter)) if self.exchanges else ()

    def _judge(self, counted: Counted, group: dict[str, str], matter: Matter) -> Found:
        every = tuple(record for record, _ in counted)
        sure = tuple(record for record, truth in counted if truth is True and not is_assumed(record))
        status, reason = self.judge(len(sure), len(every))
        number = len(every) if status is Status.MANUAL else len(sure)
        shown = sure if status is Status.FAIL or (sure and status is Status.PASS) else every
        subjects = tuple(dict.fromkeys(id for record in shown[:SHOWN] for id in ids(record)))
        values = {**matter.about(matter.architecture.head), **group, "found": str(number), "allowed": self.allowed}
        values |= matter.named(shown, "others")
        doubtful = next((record for record, truth in counted if truth is None), None)
        if status is Status.MANUAL and doubtful is not None and self.select and self.select.where:
            return undecided(self.select.where, doubtful, subjects, values, matter)
        spans = [span for record in shown[:SHOWN] if (span := record.span())] or [matter.architecture.head.span()]
        return Found(status, reason, subjects, values, subjects, spans[0], tuple(filter(None, spans[1:])))
