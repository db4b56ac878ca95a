"""The document has its parts: the sections they are written from hold something."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from kientruc.frameworks.vocabulary import Bilingual, Late
from kientruc.messages import text
from kientruc.model.architecture import SECTIONS, Head
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.organisation import Organisation
from kientruc.model.planning import StateRole
from kientruc.model.record import Record, Unknown
from kientruc.model.values import Certainty
from kientruc.result import Status
from kientruc.validators.check import Check
from kientruc.validators.matter import Found, Matter
from kientruc.validators.words import unknown_word

QUOTED = 160  # characters


def _section(name: str) -> str:
    if name not in SECTIONS:
        raise unknown_word(name, "section", SECTIONS)
    return name


def _head_field(name: str) -> str:
    if name not in Head.model_fields:
        raise unknown_word(name, "field", Head.model_fields)
    return name


class Part(Late):
    """A part of the document, and where it is written from: any of some sections, or a field of the head.

    `field`: only a record that says something of it counts.
    """

    id: str
    name: Bilingual
    sections: tuple[Annotated[str, AfterValidator(_section)], ...] = ()
    head: Annotated[str, AfterValidator(_head_field)] | None = None
    field: str | None = None
    present: StateRole | None = None  # an element that is there in such a state writes this part too
    also: dict[Annotated[str, AfterValidator(_section)], str] = Field(default_factory=dict)  # section: field

    @model_validator(mode="after")
    def _known_field(self) -> "Part":
        asked = [(section, self.field) for section in self.sections if self.field is not None]
        for section, field in (*asked, *self.also.items()):
            known = SECTIONS[section].model_fields
            if field not in known:
                raise unknown_word(field, "field", known)
        return self

    def holds(self, matter: Matter) -> Iterator[tuple[Record, Unknown | None]]:
        """Give the records it is written from, and of each what it says is unknown instead."""
        head = matter.architecture.head
        if self.head and getattr(head, self.head):
            yield head, None
        for section in self.sections:
            for record in filter(_counts(matter), matter.architecture.records[section].values()):
                value = getattr(record, self.field) if self.field else next(iter(record.unknowns().values()), record)
                if value or isinstance(value, Unknown):
                    yield record, value if isinstance(value, Unknown) else None
        for element in filter(_counts(matter), matter.architecture.elements.values()) if self.present else ():
            there = (state for state, word in element.states.items() if word == "present")
            if self.present in {matter.architecture.states[state].role for state in there}:
                yield element, None
        for section, field in self.also.items():
            for record in matter.architecture.records[section].values():
                if getattr(record, field):
                    yield record, None

    @property
    def written(self) -> str:
        """Tell where in the files it is written."""
        sections = (f"{name}.{self.field}" if self.field else name for name in self.sections)
        present = ("elements.states",) if self.present else ()
        return ", ".join((*sections, *present, *((f"architecture.{self.head}",) if self.head else ())))


class Sections(Check):
    """One outcome for each part, in the order of the document.

    Of the elements only those of one's own in the submitted states count, and no user groups: whom it serves is not
    what the architecture is made of.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = frozenset(("id", "name", "allowed"))

    kind: Literal["sections"]
    parts: tuple[Part, ...]

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give nothing while there is no architecture yet."""
        if matter.is_empty:
            return
        for part in self.parts:
            values = {"id": part.id, "name": part.name.vi, "name_en": part.name.en, "allowed": part.written}
            found = min(part.holds(matter), key=lambda one: _weak(one[0], one[1], part, matter), default=None)
            if found is None:
                yield Found(Status.FAIL, "missing", (part.id,), values, (), matter.architecture.head.span())
                continue
            record, unknown = found
            if unknown is not None and part.field:
                values |= matter.unknown(unknown, part.field)
                yield Found(Status.MANUAL, "unknown", (part.id,), values, (), record.span(part.field))
            elif part.head and record.section == "architecture":
                yield Found(Status.PASS, "written-head", (part.id,), values | _quoted(record, part.head), (record.id,))
            else:
                unsure = record.certainty is not Certainty.STATED
                values |= {"certainty": text(f"certainty.{record.certainty.value}", "vi")}
                values |= {"certainty_en": text(f"certainty.{record.certainty.value}", "en")}
                yield Found(Status.PASS, "written-unsure" if unsure else "written", (part.id,), values, (record.id,))


def _counts(matter: Matter) -> Callable[[Record], bool]:
    """Make what tells whether a record can write a part."""

    def counts(record: Record) -> bool:
        if not isinstance(record, Element):
            return True
        return record.kind is not Kind.USER_GROUP and record.reference is None and matter.graph.is_checked(record)

    return counts


def _quoted(record: Record, field: str) -> dict[str, str]:
    """Quote what a field of the head says, its first words."""
    vi = str(getattr(record, field))
    en = str(getattr(record, f"{field}_en", None) or vi)
    return {
        key: words if len(words) <= QUOTED else f"{words[:QUOTED]}…" for key, words in (("quote", vi), ("quote_en", en))
    }


def _weak(record: Record, unknown: Unknown | None, part: Part, matter: Matter) -> tuple[bool | str, ...]:
    """Sort what convinces first: seen by the day of the data, stated, with its source, of one's own, with its day."""
    day = record.as_of or min(_days(record, matter), default=None)
    return (
        unknown is not None and part.field is not None,
        day is not None and day > matter.architecture.cut_off,
        record.certainty is not Certainty.STATED,
        not record.sources,
        not _own(record, matter),
        record.as_of is None,
        unknown is not None,
        record.id,
    )


def _days(record: Record, matter: Matter) -> Iterator[date]:
    sources = matter.architecture.records["sources"]
    return (source.date for id in record.sources if (source := sources.get(id)) and source.date)


def _own(record: Record, matter: Matter) -> bool:
    """Tell whether a record is about the agency itself: it or an author, or an element of its own in its states."""
    if isinstance(record, Organisation):
        return record.id in (matter.architecture.head.agency, *matter.architecture.head.authors)
    if not isinstance(record, Element):
        return True
    there = not record.states or any(record.states.get(state) == "present" for state in matter.stated)
    return record.reference is None and there
