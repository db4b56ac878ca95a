"""Every selected record says something of these fields."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import StrictBool, model_validator
from pydantic_core import PydanticCustomError

from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, ids, inherited, span_of, unknowns
from kientruc.validators.deciding import is_missing, reader
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection
from kientruc.validators.words import FieldNames, of_section


class RequireProps(Check):
    """Each selected record says something of every field of `props`.

    `from_whole`, of elements: a part that is silent follows the nearest whole it is part of. Passes: the witness is
    the record, or the way to the whole that says it. Fails: `{missing}` names the fields nothing is written of. Open:
    none is missing but one is known to be unknown, and left to the one who must answer; a part that only follows
    wholes which wait themselves is not asked about again. Cost: one look at each record.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"missing"}

    kind: Literal["require_props"]
    select: RecordSelection
    props: FieldNames
    from_whole: StrictBool = False

    @model_validator(mode="after")
    def _fits(self) -> "RequireProps":
        of_section(self.props, self.select.section)
        if self.from_whole and (self.select.section != "elements" or any("." in field for field in self.props)):
            raise PydanticCustomError("one_form", "", {"expected": "section: elements"})
        return self

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each record."""
        readers = [(field, reader(field, matter)) for field in self.props]
        records = self.select.records(matter)
        selected = {record.id for record in records} if self.from_whole else set()
        for record in records:
            missing: list[str] = []
            unknown: dict[str, Unknown] = {}
            asked_of: set[str] = set()  # where what is unknown is written
            witness = ids(record)
            for field, read in readers:
                value, way = read(record), witness
                if self.from_whole and is_missing(value):
                    value, way = self._of_whole(record, field, matter)
                if isinstance(value, Unknown):
                    unknown[field] = value
                    asked_of.add(way[-1])
                elif is_missing(value):
                    missing.append(field)
                witness = max(witness, way, key=len)
            if missing or not unknown or record.id in asked_of or not asked_of <= selected:
                yield self._judge(record, missing, unknown, witness, matter)

    def _of_whole(self, record: Any, field: str, matter: Matter) -> tuple[Any, tuple[str, ...]]:
        held = matter.graph.held(record.id, field)
        return (held.value, inherited(record, held.path)) if held is not None else (None, ())

    def _judge(
        self,
        record: Any,
        missing: list[str],
        unknown: dict[str, Unknown],
        witness: tuple[str, ...],
        matter: Matter,
    ) -> Found:
        if missing:
            values = {**matter.about(record), **matter.fields(tuple(missing), "missing")}
            return Found(Status.FAIL, "missing", ids(record), values, (), record.span())
        if unknown:
            return unknowns(unknown, record, ids(record), matter.about(record), matter)
        return Found(Status.PASS, "said", ids(record), {}, witness, span_of(record, self.props[0]))
