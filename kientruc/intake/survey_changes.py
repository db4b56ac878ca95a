"""Surveys that came back, as changes: what was filled in or mended since they went out, new things, answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kientruc.consultation.filled import blocked
from kientruc.editing.patch import Patch
from kientruc.finding import Finding, Severity
from kientruc.frameworks.edition import Edition
from kientruc.intake.survey_answers import Answers
from kientruc.intake.survey_book import Filled
from kientruc.intake.survey_links import Links
from kientruc.intake.survey_seen import Seen
from kientruc.intake.survey_systems import Systems
from kientruc.intake.survey_values import Values
from kientruc.intake.survey_written import Submission, patch_for
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.workbook import Row

FLOOD = 1_000  # blockers after which no further row is looked at: nothing will be taken anyway


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What came of taking surveys in: the patch, empty where a finding forbids it, and what it would add."""

    patch: Patch
    new: tuple[str, ...]
    links: int
    changed: int
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether nothing may be written."""
        return blocked(self.findings)


def take(
    loaded: Loaded,
    edition: Edition,
    forms: Sequence[Filled],
    body: str = "",
    into: str = "",
    limits: Limits = DEFAULT,
) -> Surveyed:
    """Plan what forms bring; nothing is written yet. One blocker in any of them, and nothing of any is taken.

    Args:
        body: whose a form is that has lost its keys.
        into: the file for new elements; "" for where those of the body stand.
    Raises:
        EditRefused: a file cannot be edited, or would not load afterwards.
    """
    if loaded.architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    taking = _Taking(Seen(loaded.architecture, Values(loaded.architecture, edition)))
    for one in forms:
        taking.form(one, body)
    plan = taking.seen.plan()
    findings = tuple(sorted(taking.seen.values.findings, key=lambda finding: finding.order))
    if blocked(findings) or plan.is_empty:
        return Surveyed(Patch(()), (), 0, 0, findings)
    patch = patch_for(loaded, plan, into, limits)
    return Surveyed(patch, tuple(plan.elements), len(plan.links), len(plan.changes), findings)


@dataclass
class _Taking:
    """Goes through forms, row by row."""

    seen: Seen
    counted: int = 0  # findings among which blockers were counted
    blockers: int = 0

    def __post_init__(self) -> None:
        self.systems, self.links, self.answers = Systems(self.seen), Links(self.seen), Answers(self.seen)

    def form(self, filled: Filled, body: str) -> None:
        self.seen.values.findings += filled.findings
        said = self.whose(filled, body) if not blocked(filled.findings) else ""
        if not said:
            return
        sender = Submission(filled, said)
        if filled.before is None:
            self.seen.tell("F-BEFORE", filled.source, Severity.MINOR, path=filled.source.path)
        takers = (("systems", self.systems.system), ("links", self.links.link), ("questions", self.answers.question))
        for table, take_row in takers:
            seen: dict[str, Row] = {}
            for row in filled.rows[table]:
                if self.is_flooded():
                    self.seen.tell("C-FLOOD", row.at, limit=str(FLOOD))
                    return
                key = row.said("id")
                if key and key in seen:
                    if _says(row) != _says(seen[key]):
                        self.seen.tell("F-SAME", row.at, first=str(seen[key].at))
                    continue
                seen.setdefault(key, row)
                take_row(row, sender)
            if table == "systems":
                self.missing(filled, seen)

    def is_flooded(self) -> bool:
        """Tell whether so much forbids taking anything that nobody would read more."""
        findings = self.seen.values.findings
        self.blockers += sum(one.severity is Severity.BLOCKER for one in findings[self.counted :])
        self.counted = len(findings)
        return self.blockers > FLOOD

    def whose(self, filled: Filled, body: str) -> str:
        """Tell whose a form is; "", and why, where it cannot be taken."""
        keys, at, head = filled.keys, filled.source, self.seen.architecture.head
        if keys and keys["architecture"] != head.id:
            self.seen.tell("C-ARCHITECTURE", at, found=keys["architecture"], here=head.id)
            return ""
        said = keys.get("body", "") or body
        if not said:
            self.seen.tell("F-FORM", at, path=at.path)
            return ""
        if body and said != body:
            self.seen.tell("C-OTHER", at, found=said, given=body)
            return ""
        if said not in self.seen.architecture.organisations:
            self.seen.tell("C-BODY", at, found=said, near=nearest(said, self.seen.architecture.organisations))
            return ""
        if keys and keys["version"] != (head.version or ""):
            found = {"found": keys["version"] or "–", "here": head.version or "–"}
            self.seen.tell("C-VERSION", at, Severity.MINOR, **found)
        return said

    def missing(self, filled: Filled, seen: Mapping[str, Row]) -> None:
        """Tell of rows that were taken out of the form."""
        for id, before in (filled.before or {}).items():
            if id not in seen and id in self.seen.architecture.elements:
                self.seen.tell("F-KEPT", filled.source, Severity.MINOR, found=before.get("name", id))


def _says(row: Row) -> list[tuple[str, str]]:
    return [(key, cell.text) for key, cell in row.cells.items() if key != "number"]
