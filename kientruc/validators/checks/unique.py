"""No two records say the same of some fields."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StrictBool, model_validator

from kientruc.graph import is_assumed
from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, ids, shown, span_of, unknown
from kientruc.validators.deciding import is_missing, key, reader
from kientruc.validators.matter import SHOWN, Found, Matter
from kientruc.validators.selection import RecordSelection
from kientruc.validators.words import FieldNames, of_section

_TONE_LATE = re.compile("([ou])([aey])([\u0300\u0301\u0303\u0309\u0323])")


class Unique(Check):
    """Records that are selected, those of `together_with` among them, differ in at least one of the fields of `by`.

    `fold` (the default) takes texts for the same that a reader takes for the same: in any Unicode form, case and
    spacing, and with the tone mark in the old place or the new. Without it texts are compared letter by letter; types
    are strict either way, 3 is not "3". A record that is silent in any of the fields is not judged; one that says
    it does not know is left to the one who must answer.

    Passes: a value that one record alone has; the witness is that record. Fails: the records that share it, as
    subjects, all their places told; `suspect`: equal words are no proof yet, and a person is asked. Open: all but one
    of them are only assumed. Cost: one look at each record.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "field", "others"}

    kind: Literal["unique"]
    select: RecordSelection
    by: Annotated[FieldNames, Field(min_length=1, max_length=4)]
    fold: StrictBool = True
    suspect: StrictBool = False
    together_with: tuple[RecordSelection, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> "Unique":
        for one in (self.select, *self.together_with):
            of_section(self.by, one.section)
        return self

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each value, in the order of its first record."""
        readers = [reader(field, matter) for field in self.by]
        groups: dict[object, list[tuple[Any, list[Any]]]] = {}
        for record in (record for one in (self.select, *self.together_with) for record in one.records(matter)):
            values = [read(record) for read in readers]
            for field, value in zip(self.by, values, strict=True):
                if isinstance(value, Unknown):
                    yield unknown(value, field, record, ids(record), matter.about(record), matter)
                    break
            else:
                if not any(map(is_missing, values)):
                    groups.setdefault(self._key(values), []).append((record, values))
        for group in groups.values():
            yield self._judge(group, matter)

    def _key(self, values: list[Any]) -> object:
        return tuple(_folded(value) if self.fold else _exact(value) for value in values)

    def _judge(self, group: list[tuple[Any, list[Any]]], matter: Matter) -> Found:
        records = sorted((record for record, _ in group), key=is_assumed)
        first, others = records[0], records[1:]
        subjects = tuple(dict.fromkeys(id for record in records[:SHOWN] for id in ids(record)))
        if not others:
            return Found(Status.PASS, "alone", subjects, {}, subjects, span_of(first, self.by[0]))
        said = next(values for record, values in group if record is first)
        values = {**matter.about(first), **matter.fields(self.by, "field"), "found": ", ".join(map(shown, said))}
        values |= matter.named(others, "others")
        assumed = is_assumed(records[1]) and not is_assumed(first)
        status = Status.MANUAL if assumed or self.suspect else Status.FAIL
        reason = "on-assumption" if assumed else "suspected" if self.suspect else "duplicate"
        values["ids"] = ", ".join(subjects)
        spans = [span_of(record, self.by[0]) for record in (*others[:SHOWN], first)]
        return Found(status, reason, subjects, values, subjects, spans[0], tuple(filter(None, spans[1:])))


def _exact(value: Any) -> object:
    if isinstance(value, tuple):
        return tuple(map(_exact, value))
    value = getattr(value, "value", value)
    return (type(value).__name__, value)


def _folded(value: Any) -> object:
    if isinstance(value, tuple):
        return tuple(map(_folded, value))
    value = getattr(value, "value", value)
    return key(fold(value) if isinstance(value, str) else value)


def fold(text: str) -> str:
    """Bring a text to the form under which readers take it for the same: NFC, and tones where they were once put."""
    return unicodedata.normalize("NFC", _TONE_LATE.sub(r"\1\3\2", unicodedata.normalize("NFD", text.casefold())))
