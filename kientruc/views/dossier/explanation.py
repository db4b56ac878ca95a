"""Báo cáo thuyết minh: how the architecture was made, from which sources, what was chosen, what is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from kientruc.model.legal import SourceKind
from kientruc.model.planning import Content
from kientruc.views.document import Block
from kientruc.views.dossier.blocks import Place, listed, numbered_rows
from kientruc.views.dossier.changes import content_lines, counts
from kientruc.views.dossier.facts import VI
from kientruc.views.dossier.outline_lists import list_versions
from kientruc.views.dossier.outline_work import covering
from kientruc.views.register import unknowns
from kientruc.views.words import number_words

SOURCES = (("number", 1.0), ("source", 9.0), ("publisher", 5.0), ("since", 2.6))
DECISIONS = (("number", 1.0), ("decision", 5.0), ("since", 2.4), ("reason", 5.0), ("alternatives", 4.0))
OPEN = (("number", 1.0), ("body", 9.0), ("values", 3.0, "centre"))
NONE = "–"
# What a paper may rest on; the press, copies and what is commonly known are for the drafter to replace.
QUOTED = frozenset((SourceKind.OFFICIAL, SourceKind.PLAN, SourceKind.SUBMISSION, SourceKind.SAMPLE))


def sources(place: Place) -> Iterator[Block]:
    """List where the facts were seen."""
    dossier = place.dossier
    found = [
        one
        for one in dossier.architecture.records["sources"].values()
        if one.kind in QUOTED and (one.date is None or one.date <= dossier.date)
    ]
    rows = [(one.title, one.publisher or NONE, dossier.day(one.date) if one.date else NONE) for one in found]
    yield from place.table("sources", SOURCES, numbered_rows(rows))


def drafts(place: Place) -> Iterator[Block]:
    """List the versions, and count what changed since the one that was named."""
    yield from list_versions(place)
    compared, before = place.dossier.compared, place.dossier.before
    if compared and before:
        version = before.head.version or place.dossier.unknown
        yield place.paragraph("drafts_counted", version=version, **counts(content_lines(compared)))


def decisions(place: Place) -> Iterator[Block]:
    """List what was decided, why, and what else was weighed."""
    dossier = place.dossier
    found = sorted(dossier.architecture.records["decisions"].values(), key=lambda one: (one.date, one.id))
    rows = [
        (one.name, dossier.day(one.date), one.reason or dossier.unknown, one.alternatives or NONE)
        for one in found
        if one.date <= dossier.date
    ]
    yield from place.table("decisions", DECISIONS, numbered_rows(rows))


def still_open(place: Place) -> Iterator[Block]:
    """Count what nobody knows yet by who must answer, and name the contents that no task covers."""
    dossier, covered = place.dossier, covering(place.dossier)
    asked = [one for one in unknowns(dossier.architecture, VI, dossier.date) if one.count]
    rows = [(one.name, number_words(one.count, VI)) for one in asked]
    total = number_words(sum(one.count for one in asked), VI)
    yield from place.table("open_values", OPEN, numbered_rows(rows), total=total)
    contents: list[Content] = [one for one in dossier.architecture.records["contents"].values() if dossier.known(one)]
    left = [one.name for one in contents if not covered.get(one.id)]
    if left:
        yield place.paragraph("open_contents", count=number_words(len(left), VI))
        yield from listed(left)


TELLERS: Mapping[str, Callable[[Place], Iterator[Block]]] = MappingProxyType(
    {"sources": sources, "drafts": drafts, "decisions": decisions, "open": still_open}
)
