"""The report on one architecture: picture, verdict, requirements, findings, unknowns, register, path of approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kientruc.frameworks import Edition
from kientruc.frameworks.holidays import calendar
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.kinds import Kind
from kientruc.progress.where import where
from kientruc.result import CheckResult
from kientruc.views.access_marks import mark, notice
from kientruc.views.approval import Approval, approval
from kientruc.views.bodies import BodyLine, bodies
from kientruc.views.choice import Material
from kientruc.views.comparison import Comparison, comparison
from kientruc.views.conformance import Conformance, conformance
from kientruc.views.direction import Statement, remarks, statements
from kientruc.views.layered import pictures
from kientruc.views.picture import LayeredPicture
from kientruc.views.register import Asked, Section, places_in_doubt, register, unknowns
from kientruc.views.status import Standing, standing
from kientruc.views.summary import summary
from kientruc.views.words import day, label, name


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source: where facts were seen."""

    id: str
    title: str
    kind: str
    date: str
    address: str  # only https, http; "" otherwise


@dataclass(frozen=True, slots=True)
class Provenance:
    """What decided the result: facts with their values, and every file that was read."""

    facts: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str, str], ...]  # path, size in bytes, SHA-256


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything the report shows, resolved; how it looks is the renderer's."""

    lang: str
    title: str
    facts: tuple[tuple[str, str], ...]
    mark: str  # what every page says: made-up data, for whom it is
    summary: tuple[str, ...]
    pictures: tuple[LayeredPicture, ...]
    editions: tuple[Conformance, ...]
    comparison: Comparison | None  # where there are several
    undeclared: tuple[str, ...]  # kinds of element of which there is none
    approval: Approval
    standing: Standing
    bodies: tuple[BodyLine, ...]
    statements: tuple[Statement, ...]
    remarks: tuple[tuple[str, str], ...]
    unknowns: tuple[Asked, ...]
    unknown_count: int
    register: tuple[Section, ...]
    places: tuple[str, ...]  # what is told once of all places in an edition
    sources: tuple[SourceLine, ...]
    provenance: Provenance
    anchors: frozenset[str]  # the ids that have a place in the report


ANCHORED = (
    *("elements", "path", "hearings", "tasks", "sourcing", "sources", "notes"),
    *("assessments", "principles", "goals", "milestones"),
)


def report(
    architecture: Architecture,
    checked: Sequence[tuple[Edition, CheckResult]],
    provenance: Provenance,
    lang: str,
) -> ReportView:
    """Make the report of an architecture that was checked against one or several editions."""
    days = (result.on for _, result in checked if result.on)
    asked = unknowns(architecture, lang, max(days, default=architecture.cut_off))
    several = len(checked) > 1
    editions = tuple(
        conformance(architecture, edition, result, lang, _anchor(edition) if several else "")
        for edition, result in checked
    )
    stands = standing(architecture, where(architecture, _day(architecture, checked), calendar()), lang)
    told = bodies(architecture, lang)
    there = {element.kind for element in architecture.elements.values()}
    return ReportView(
        lang=lang,
        title=name(architecture.head, lang),
        facts=_facts(architecture, lang),
        mark=mark(architecture, lang),
        summary=summary(architecture, editions, asked, stands, lang),
        pictures=pictures(Material(architecture, lang, checked)),
        editions=editions,
        comparison=comparison(editions) if several else None,
        undeclared=tuple(
            kind.in_(lang)
            for kind in Kind
            if kind not in there and not architecture.left_out  # what is left out may be declared
        ),
        approval=approval(architecture, lang),
        standing=stands,
        bodies=told,
        statements=statements(architecture, lang),
        remarks=remarks(architecture, lang),
        unknowns=asked,
        unknown_count=sum(one.count for one in asked),
        register=register(architecture, lang),
        places=places_in_doubt(architecture, lang),
        sources=tuple(_sources(architecture, lang)),
        anchors=frozenset(id for section in ANCHORED for id in architecture.records[section])
        | {body.id for body in told},
        provenance=provenance,
    )


def _day(architecture: Architecture, checked: Sequence[tuple[Edition, CheckResult]]) -> date:
    """Give the day of the check; of several, they have one; the cut-off where nothing was checked."""
    return next((result.on for _, result in checked if result.on), architecture.cut_off)


def _anchor(edition: Edition) -> str:
    """Begin the addresses of an edition's part of the page; dots would have to be escaped in selectors."""
    return edition.id.replace(".", "-") + "-"


def _facts(architecture: Architecture, lang: str) -> tuple[tuple[str, str], ...]:
    head = architecture.head
    authors = "; ".join(label(architecture, author, lang) for author in head.authors)
    rows = (
        ("report.agency", label(architecture, head.agency, lang)),
        ("report.authors", authors),
        ("report.version", head.version or text("word.unversioned", lang)),
        ("report.cut-off", day(head.cut_off, lang)),
        ("report.elements", str(len(architecture.elements))),
        ("report.relations", str(len(architecture.relations))),
        ("cut.copy", notice(architecture, lang)),
    )
    return tuple((text(key, lang), value) for key, value in rows if value)


def _sources(architecture: Architecture, lang: str) -> list[SourceLine]:
    return [
        SourceLine(
            source.id,
            name(source, lang),
            text(f"source.{source.kind.value}", lang),
            day(source.date, lang) if source.date else "–",
            source.address if (source.address or "").startswith(("https://", "http://")) else "",
        )
        for source in architecture.records["sources"].values()
    ]
