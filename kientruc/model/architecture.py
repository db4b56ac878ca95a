"""The whole architecture of one agency, and the register of sections it is written in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal

from kientruc.model.approval import (
    Comment,
    Condition,
    Decision,
    Hearing,
    Retired,
    Round,
    Step,
    Version,
    WaiverRequest,
)
from kientruc.model.element import Element, Relation
from kientruc.model.legal import Evidence, LegalDocument, Note, Source, SourceKind
from kientruc.model.organisation import Component, Organisation
from kientruc.model.planning import Assessment, Content, Goal, Milestone, Principle, Sourcing, State, Task
from kientruc.model.record import Maybe, Named, Record
from kientruc.model.values import Access, Day, LegalId, Line, OrganisationId
from kientruc.model.view_request import ViewRequest


class Head(Named):
    """What the architecture is: its agency, the edition it declares, its version and data cut-off."""

    section = "architecture"

    agency: OrganisationId
    edition: Line
    type: Literal["province", "ministry", "agency"] | None = None
    version: Line | None = None
    cut_off: Day
    effective: Maybe[Day] | None = None
    publication: Literal["public", "internal"] | None = None
    basis: tuple[LegalId, ...] = ()
    authors: tuple[OrganisationId, ...] = ()


RECORDS: tuple[type[Record], ...] = (
    Source,
    LegalDocument,
    Organisation,
    Component,
    State,
    Element,
    Principle,
    Goal,
    Assessment,
    Content,
    Task,
    Milestone,
    Sourcing,
    Version,
    Step,
    Hearing,
    Round,
    Condition,
    Comment,
    Decision,
    Retired,
    WaiverRequest,
    ViewRequest,
    Evidence,
    Note,
)
SECTIONS: Mapping[str, type[Record]] = MappingProxyType({record.section: record for record in RECORDS})
OWN_ID_SPACE = frozenset(("components", "states"))  # every other section shares one space of ids
FIND_ORDER = ("elements", *sorted(SECTIONS, key=lambda name: name in OWN_ID_SPACE))
SINGULAR: Mapping[str, str] = MappingProxyType(
    {
        "organisations": "organisation",
        "components": "component",
        "principles": "principle",
        "goals": "goal",
        "legal": "legal",
        "assessments": "assessment",
        "contents": "content",
        "tasks": "task",
        "milestones": "milestone",
    }
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a cut left out of an architecture: exact numbers, and never which things they were."""

    access: Access  # for whom the rest is
    records: Mapping[str, int]  # by section, only where there are any
    relations: int
    references: int  # ids that stood in what is left
    texts: int  # texts of what is left that could not be told


class Architecture:
    """One agency's architecture: the head, a mapping from id to record for every section, and the relations.

    Every mapping is in id order and every list in canonical order, so that the order of files and lines means nothing.
    """

    __slots__ = ("_restricted", "head", "left_out", "records", "relations", "sources_sha256")

    def __init__(
        self,
        head: Head,
        records: Mapping[str, Mapping[str, Any]],
        relations: tuple[Relation, ...],
        sources_sha256: Mapping[str, str] | None = None,
        left_out: LeftOut | None = None,
    ) -> None:
        self.head = head
        self.records = records
        self.relations = relations
        self.sources_sha256 = sources_sha256 or {}
        self.left_out = left_out  # None for the whole
        self._restricted: bool | None = (
            None  # found when first asked for: every page asks, and cards do for each element
        )

    @property
    def elements(self) -> Mapping[str, Element]:
        """All elements by id."""
        return self.records["elements"]

    @property
    def components(self) -> Mapping[str, Component]:
        """The components by id."""
        return self.records["components"]

    @property
    def components_in_order(self) -> tuple[Component, ...]:
        """The components in the order they are drawn and told in."""
        return tuple(sorted(self.components.values(), key=lambda one: (one.order, one.id)))

    @property
    def organisations(self) -> Mapping[str, Organisation]:
        """The organisations by id."""
        return self.records["organisations"]

    @property
    def states(self) -> Mapping[str, State]:
        """The states by id."""
        return self.records["states"]

    @property
    def legal(self) -> Mapping[str, LegalDocument]:
        """The legal documents by id."""
        return self.records["legal"]

    @property
    def holds_restricted(self) -> bool:
        """Whether anything in it is restricted: then every page says so."""
        if self._restricted is None:
            records: Iterable[Record] = chain(self.all_records(), self.relations)
            self._restricted = any(one.access is Access.RESTRICTED for one in records)
        return self._restricted

    @property
    def is_sample(self) -> bool:
        """Whether anything in it comes from a sample: then every page says so."""
        return any(source.kind is SourceKind.SAMPLE for source in self.records["sources"].values())

    @property
    def cut_off(self) -> date:
        """The day up to which the data speak."""
        return self.head.cut_off

    def has_ended(self, body: Organisation, on: date) -> bool:
        """Tell whether a body was gone by a day, itself or what it is part of."""
        seen: set[str] = set()
        one: Organisation | None = body
        while one is not None and one.id not in seen:
            if one.until and one.until < on:
                return True
            seen.add(one.id)
            one = self.organisations.get(one.part_of or "")
        return False

    def find(self, id: str) -> Record | None:
        """Give the record with an id: in the shared space first, then components and states."""
        for section in FIND_ORDER:
            if id in self.records[section]:
                record: Record = self.records[section][id]
                return record
        return None

    def all_records(self) -> Iterator[Record]:
        """Give every record, section by section in the register's order."""
        for section in SECTIONS:
            yield from self.records[section].values()
