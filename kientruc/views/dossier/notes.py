"""Phiếu lưu ý: what whoever drafts the papers must know before they are signed; no part of what is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kientruc.messages import text
from kientruc.model.approval import Comment, Conclusion
from kientruc.model.legal import LegalDocument, Source, SourceKind
from kientruc.model.record import Record
from kientruc.views.document import Block, Document, Heading, Paragraph, Table, says
from kientruc.views.dossier.blocks import columns, listed, numbered_rows
from kientruc.views.dossier.check_sheet import cited, without_doubt
from kientruc.views.dossier.explanation import QUOTED
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.dossier.handling import passage
from kientruc.views.dossier.outline import untold
from kientruc.views.register import field_word, unknowns
from kientruc.views.words import name

ID = "phieu-luu-y"
UNSURE = (("number", 1.0), ("part", 3.0), ("content", 6.0), ("information", 4.0), ("certainty", 3.0))
OPEN = (("number", 1.0), ("content", 6.0), ("information", 4.0), ("reason", 6.0), ("asked_of", 4.0), ("due", 2.4))
PLACES = "places."  # of an element in an edition: a crosswalk's doubt, not the drafter's


def notes(dossier: Dossier) -> Document:
    """Make the sheet: what to do first, what is not certain, what is not known, and whose it is to say."""
    blocks: list[Block] = [Paragraph(says(dossier.say(ID, "opening")))]
    if doing := tuple(_doing(dossier)):
        blocks += [Heading(dossier.say(ID, "doing")), *listed(doing)]
    blocks += _table(dossier, "unsure", UNSURE, list(_unsure(dossier)))
    blocks += _table(dossier, "open", OPEN, list(_open(dossier)))
    blocks.append(Paragraph(says(dossier.say(ID, "end"))))
    return replace(dossier.paper(ID), blocks=tuple(blocks), landscape=True)


def _table(
    dossier: Dossier, key: str, of: tuple[tuple[str, float], ...], rows: list[tuple[str, ...]]
) -> Iterator[Block]:
    yield Heading(dossier.say(ID, key))
    yield Paragraph(says(dossier.say(ID, f"{key}_told" if rows else f"{key}_none", count=str(len(rows)))))
    if rows:
        yield Table(columns(dossier, *of), tuple(numbered_rows(rows)))


def _doing(dossier: Dossier) -> Iterator[str]:
    """Tell what must be looked at before anybody signs."""
    bases: list[LegalDocument] = [dossier.architecture.legal[id] for id in dossier.architecture.head.basis]
    if dossier.bases_unsure:
        yield dossier.say(ID, "bases")
    yield from (dossier.say(ID, "undated", number=one.number) for one in bases if one.date is None)
    law = dossier.say(ID, "law").lower()  # every decision of a People's Committee rests on it
    if not any(law in one.title.lower() for one in bases):
        yield dossier.say(ID, "no_law")
    if not dossier.outline:
        yield dossier.say(ID, "outline")
    for step in dossier.architecture.records["path"].values():
        if dossier.say(ID, "by_chairman") in step.name.lower() and not dossier.chairman:
            yield dossier.say(ID, "issuer", step=step.name)
    comments = dossier.architecture.records["comments"].values()
    if lost := [one.passage for one in comments if one.passage and not passage(dossier, one)]:
        yield dossier.say(ID, "passages", count=str(len(lost)), passages="; ".join(sorted(set(lost))))
    yield from (dossier.say(ID, "untold", heading=one) for one in untold(dossier))
    if quoted := [one.title for one in dossier.architecture.records["sources"].values() if _is_secondary(dossier, one)]:
        yield dossier.say(ID, "secondary", count=str(len(quoted)), titles="; ".join(quoted))
    lines = dossier.checked.lines if dossier.checked else ()
    unread = [basis for line in lines if not line.look_ahead for basis in line.basis if without_doubt(basis) != basis]
    if unread:
        yield dossier.say(ID, "unread", bases="; ".join(cited(dossier, one) for one in dict.fromkeys(unread)))
    yield from (dossier.compared.remarks if dossier.compared else ())


def _is_secondary(dossier: Dossier, one: Source) -> bool:
    """Tell whether a source is one that no paper rests on."""
    seen = one.date is None or one.date <= dossier.date
    return seen and one.kind not in QUOTED and one.kind is not SourceKind.GENERAL_KNOWLEDGE


def _records(dossier: Dossier) -> Iterator[tuple[str, Record]]:
    """Give every fact that papers tell, with the word for what it is one of."""
    yield "architecture", dossier.architecture.head
    for record in dossier.architecture.all_records():
        if record.section != "sources" and dossier.known(record):
            yield record.section, record
    for hearing in dossier.architecture.records["hearings"].values():
        yield from (("conclusions", one) for one in hearing.conclusions.values() if hearing.date <= dossier.date)


def _unsure(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Give each fact that was not simply seen in its source: the part, its name, which of it, how sure."""
    for section, record in _records(dossier):
        part, named = text(f"section.{section}", VI), _named(record)
        if record.certainty != "stated":
            yield part, named, dossier.say(ID, "all"), text(f"certainty.{record.certainty.value}", VI)
        for field, said in record.provenance.items():
            if said.certainty and said.certainty is not record.certainty and not field.startswith(PLACES):
                yield (
                    part,
                    named,
                    field_word(field.partition(".")[0], VI),
                    text(f"certainty.{said.certainty.value}", VI),
                )


def _named(record: Record) -> str:
    return record.text if isinstance(record, Comment | Conclusion) else name(record, VI)


def _open(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Give each value that nobody knows yet: of what, why, who answers, by when."""
    for asked in unknowns(dossier.architecture, VI, dossier.date):
        for line in asked.lines:
            for field, why, by, _ in line.items:
                yield line.name, field.strip("`"), why, asked.name, by or dossier.unknown
