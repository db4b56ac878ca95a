"""What all files of one architecture hold, by section and id, as written; and what was found wrong so far."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from kientruc.finding import Finding, Severity
from kientruc.loading.kept import Kept
from kientruc.model.architecture import SECTIONS
from kientruc.model.record import Frozen
from kientruc.model.values import Access, Certainty, Day, OrganisationId, SourceId
from kientruc.reading.findings import Findings
from kientruc.reading.limits import Limits
from kientruc.reading.tree import Mapping, Written
from kientruc.source import SourceFile, Span

ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


class Defaults(Frozen):
    """What a file says once for its records: their source, who may read them, who answers what is unknown, by when."""

    source: SourceId | tuple[SourceId, ...] | None = None
    certainty: Certainty | None = None
    as_of: Day | None = None
    access: Access | None = None
    ask: OrganisationId | None = None
    by: Day | None = None


class Entry(NamedTuple):
    """One record as written; `filled` holds, of the defaults of its file, what is right, in the form it was written."""

    origin: Written
    filled: dict[str, object]

    @property
    def node(self) -> Mapping:
        """The mapping under the record's key."""
        assert self.origin.node is not None
        return self.origin.node


class Gathered:
    """Everything written. `whole` is false where something is missing that could not be read."""

    __slots__ = ("defaults", "files", "findings", "head", "kept", "limits", "lost", "places", "sections", "whole")

    def __init__(self, limits: Limits, kept: Kept | None = None) -> None:
        self.limits, self.kept = limits, kept or Kept()
        self.files: list[SourceFile] = []
        self.findings = Findings(limits.findings)
        self.sections: dict[str, dict[str, Entry]] = {name: {} for name in SECTIONS}
        self.places: dict[str, Written] = {}  # where each id of the shared space is written
        self.lost: set[str] = set()  # ids of records that are there but had to be left out: told once, not by each use
        self.defaults: list[tuple[Defaults, Written]] = []
        self.head: Entry | None = None
        self.whole = True

    def find(self, code: str, span: Span, also: tuple[Span, ...] = (), **values: str) -> None:
        """Add a finding that forbids an architecture."""
        self.findings.add(Finding(code, span, values, also))

    def room(self) -> bool:
        """Tell whether a further finding would be kept; if not, it is counted: nobody need build it."""
        if self.findings.full:
            self.findings.count(1)
        return not self.findings.full

    def refuse(self, code: str, span: Span, **values: str) -> None:
        """Add a finding of an input that is too large or hostile."""
        self.findings.add(Finding(code, span, values, refused=True))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several, and build none for which there is no room."""
        if self.room():
            self.findings.extend(findings)

    def warn(self, code: str, span: Span, also: tuple[Span, ...] = (), **values: str) -> None:
        """Add a finding that does not."""
        self.findings.add(Finding(code, span, values, also, Severity.MINOR))


def proposal(text: str) -> str:
    """Give the id that a name would best become: no marks, lower case, words joined by hyphens."""
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9._]+", "-", bare).strip("-._")


def show(value: object) -> str:
    """Give a written value as a message can quote it."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)[:60]
