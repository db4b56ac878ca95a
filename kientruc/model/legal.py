"""Legal documents and the days on which they hold; sources, which say where a fact was seen."""

import datetime
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from kientruc.model.record import Named, Record
from kientruc.model.values import AnyId, Day, LegalId, Line, Text


class LegalDocument(Record):
    """A text with a number. `from` is the first day it holds, `until` the last; a day nobody knows is left out.

    `accepted_dates` are further days under which official texts cite the same document.
    """

    section: ClassVar[str] = "legal"

    number: Line
    title: Line
    title_en: Line | None = None
    issuer: Line | None = None
    date: Day | None = None
    accepted_dates: tuple[Day, ...] = ()
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    amends: tuple[LegalId, ...] = ()
    replaces: tuple[LegalId, ...] = ()
    replaced_by: tuple[LegalId, ...] = ()

    def in_force(self, on: datetime.date) -> bool | None:
        """Tell whether it holds on a day; None where neither its first day nor its date is known."""
        start = self.from_ or self.date
        if start and on < start:
            return False
        if self.until and on > self.until:
            return False
        return True if self.from_ or self.date else None


class SourceKind(StrEnum):
    """What sort of source a fact comes from; `sample` is printed on every page."""

    OFFICIAL = "official"
    PLAN = "plan"
    PRESS = "press"
    COPY = "copy"  # somebody else's copy of an official text or list
    SUBMISSION = "submission"  # told by whoever handed the architecture in, not seen by anybody else
    SAMPLE = "sample"
    GENERAL_KNOWLEDGE = "general-knowledge"


class Source(Record):
    """Where a fact was seen."""

    section: ClassVar[str] = "sources"

    kind: SourceKind
    title: Line
    title_en: Line | None = None
    publisher: Line | None = None
    date: Day | None = None
    address: Line | None = None
    pages: Line | None = None


class Note(Record):
    """A remark about something, kept with the data."""

    section: ClassVar[str] = "notes"

    about: Line | None = None
    text: Text
    text_en: Text | None = None


class EvidenceType(StrEnum):
    """What a paper proves."""

    LEVEL_APPROVAL = "level-approval"
    IMPACT_ASSESSMENT = "impact-assessment"
    AGREEMENT = "agreement"
    CONTRACT = "contract"
    JUSTIFICATION = "justification"
    SURVEY = "survey"
    DECISION = "decision"
    OTHER = "other"


class Evidence(Named):
    """A paper that proves something: number, issuer, the days it holds, file and its hash."""

    section: ClassVar[str] = "evidence"

    about: tuple[AnyId, ...] = ()
    type: EvidenceType | None = None
    number: Line | None = None
    issuer: Line | None = None
    date: Day | None = None
    until: Day | None = None
    file: Line | None = None
    sha256: Line | None = None
