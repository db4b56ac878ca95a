"""Every row of a table says something in every column; what is left out is told column by column."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import StrictBool, model_validator
from pydantic_core import PydanticCustomError

from kientruc.frameworks.vocabulary import Bilingual, Late
from kientruc.graph import is_assumed, value_in
from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.organisation import Component
from kientruc.model.planning import StateRole
from kientruc.model.record import Record, Unknown
from kientruc.result import Status
from kientruc.validators.check import Check, several_names, spans_of
from kientruc.validators.conditions import Condition, Named, Vias
from kientruc.validators.deciding import compiled, is_missing, reader
from kientruc.validators.exchanges import Exchanges
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import RecordSelection
from kientruc.validators.words import FieldNames, SectionName, of_section

Said = Callable[[Any], Any]
SHOWN = 20  # rows whose places are told with one column


class Joined(Late):
    """A column that is a relation: the row is joined to something, of the sort `to`, along `via`.

    Messages call the column `says`.
    """

    via: Vias
    dir: Literal["out", "in"] = "out"
    to: RecordSelection | None = None
    says: Bilingual


class Filled(Late):
    """A column of which not everything that is written counts.

    `among`: only ids of records of these sections, elements of the submitted states. `present_in`: of states, only
    that a row is present in one of such a role; that it is not known where counts as unknown. `also_in`: what is said
    for a state of such a role alone. `named`: a row that says nothing, but that a record of another section names.
    """

    field: FieldNames
    among: tuple[SectionName, ...] = ()
    present_in: tuple[StateRole, ...] = ()
    also_in: StateRole | None = None
    named: Literal["evidence", "contents", "waiver_requests"] | None = None


class Columns(Check):
    """One outcome for each column, as whoever reads a table would say it; a column of several fields needs one of them.

    The rows are the records of `select`, or the relations of `exchanges`. `known`: what is declared unknown does
    not count as said. `of_members`: a component that is silent says what all its elements say under any of these.
    `from_whole`: a part that is silent follows the nearest whole it is part of. Passes: every row says something;
    the witness are the first rows. Fails: `{found}` of `{allowed}` rows say nothing under `{field}`, what is only
    assumed not counted; `{others}` names the first of them. Open: only assumed rows are silent, or what is said is
    that nobody knows. Cost: one look at each row and column.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = frozenset(("field", "found", "allowed", "others"))

    kind: Literal["columns"]
    select: RecordSelection | None = None
    exchanges: Exchanges | None = None
    columns: tuple[FieldNames | Joined | Filled, ...]
    known: StrictBool = False
    from_whole: StrictBool = False
    of_members: FieldNames = ()

    @model_validator(mode="after")
    def _one_source(self) -> "Columns":
        if (self.select is None) == (self.exchanges is None):
            raise PydanticCustomError("one_form", "", {"expected": "select|exchanges"})
        section = self.select.section if self.select else "relations"
        of_section(self.of_members, "elements")
        of_section((field for column in self.columns for field in _fields(column)), section)
        return self

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give nothing for a table without rows."""
        rows = () if matter.is_empty else self._rows(matter)
        for column in self.columns if rows else ():
            yield self._judge(column, rows, matter)

    def _rows(self, matter: Matter) -> Sequence[Any]:
        if self.select is not None:
            return self.select.records(matter)
        return [exchange.relation for exchange in self.exchanges.of(matter)] if self.exchanges else ()

    def _judge(self, column: tuple[str, ...] | Joined | Filled, rows: Sequence[Any], matter: Matter) -> Found:
        if isinstance(column, Joined):
            said, field = _joined(column, matter), ""
            words, subjects = {"field": column.says.vi, "field_en": column.says.en}, column.via
        else:
            fields = _fields(column)
            said, field = self._said(fields, matter), fields[0]
            said = _counted(column, said, matter) if isinstance(column, Filled) else said
            words, subjects = matter.fields(fields, "field"), fields[:1]
        values = [(row, said(row)) for row in rows]
        missing = [row for row, value in values if is_missing(value) or (self.known and isinstance(value, Unknown))]
        stated = [row for row in rows if not is_assumed(row)]
        missing = [row for row in missing if not is_assumed(row)] or missing
        unknown = [(row, value) for row, value in values if isinstance(value, Unknown)]
        shown = missing or [row for row, _ in unknown]
        about = {**words, "found": str(len(shown)), "allowed": str(len(stated or rows)), **several_names(shown, matter)}
        spans = spans_of(shown[:SHOWN], "" if missing else field)
        if missing:
            status, reason = (Status.MANUAL, "assumed") if is_assumed(missing[0]) else (Status.FAIL, "missing")
            return Found(status, reason, subjects, about, (), *spans)
        if unknown:
            about |= matter.unknown(unknown[0][1], field)
            return Found(Status.MANUAL, "unknown", subjects, about, (), *spans)
        witness = tuple(row.id or row.source_id for row in rows[:SHOWN])
        return Found(Status.PASS, "said", subjects, {}, witness, spans_of(rows[:1], field)[0])

    def _said(self, column: tuple[str, ...], matter: Matter) -> Callable[[Any], Any]:
        """Make the function that gives the first thing a row says in a column."""
        readers = [(field, reader(field, matter)) for field in column]
        members = [reader(field, matter) for field in self.of_members]

        def said(row: Any) -> Any:
            value = next((found for _, read in readers if not is_missing(found := read(row))), None)
            if value is None and self.from_whole and isinstance(row, Element):
                held = (matter.graph.held(row.id, field) for field, _ in readers if "." not in field)
                value = next((one.value for one in held if one is not None), None)
            if value is None and members and isinstance(row, Component):
                inside = filter(matter.graph.is_checked, matter.graph.elements(component=row.id))
                told = [any(not is_missing(read(element)) for read in members) for element in inside]
                value = True if told and all(told) else None
            return value

        return said


def _fields(column: tuple[str, ...] | Joined | Filled) -> tuple[str, ...]:
    if isinstance(column, Filled):
        return column.field
    return column if isinstance(column, tuple) else ()


def _counted(column: Filled, said: Said, matter: Matter) -> Said:
    """Make the function that gives what counts of what a row says in a column."""
    states = matter.architecture.states
    present = frozenset(id for id, state in states.items() if state.role in column.present_in)
    others = [id for id, state in states.items() if state.role is column.also_in]
    named = compiled(Condition(named=Named(section=column.named)), matter) if column.named else None

    def counted(row: Any) -> Any:
        value = said(row)
        if column.among and isinstance(value, tuple):
            value = tuple(id for id in value if _is_among(id, column.among, matter))
        if column.present_in and isinstance(value, dict):
            value = _presence(row, present, value, matter)
        if is_missing(value) and isinstance(row, Element):
            told = (value_in(row, field, state) for state in others for field in column.field)
            value = next((one for one in told if not is_missing(one)), None)
        return True if is_missing(value) and named is not None and named(row) is not False else value

    return counted


def _is_among(id: str, sections: tuple[str, ...], matter: Matter) -> bool:
    records = matter.architecture.records
    element = records["elements"].get(id) if "elements" in sections else None
    return (
        matter.graph.is_checked(element)
        if isinstance(element, Element)
        else any(id in records[section] for section in sections)
    )


def _presence(row: Record, states: frozenset[str], said: Mapping[str, str], matter: Matter) -> Any:
    """Tell whether a row is present in one of some states: what nobody knows is unknown, what is absent unsaid."""
    words = {word: id for id, word in said.items() if id in states}
    if "present" in words or "unknown" not in words:
        return True if "present" in words else None
    state = matter.name(words["unknown"])
    vi, en = (text("membership.unknown", lang, state=state[lang]) for lang in ("vi", "en"))
    return Unknown(unknown=vi, unknown_en=en, ask=row.ask)


def _joined(column: Joined, matter: Matter) -> Callable[[Any], Any]:
    """Make the function that gives what a row is joined to."""
    wanted = None if column.to is None else {record.id for record in column.to.records(matter)}
    joined, back = matter.graph.submitted, column.dir == "in"

    def said(row: Any) -> tuple[str, ...]:
        near = joined.neighbours(row.id, column.via, back=back)
        return near if wanted is None else tuple(filter(wanted.__contains__, near))

    return said
