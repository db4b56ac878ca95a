"""Biên bản of a hearing: when and where, who was there, what was reported and concluded; two signatures."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.model.approval import Hearing
from kientruc.model.organisation import Person
from kientruc.views.document import Block, Clause, Dash, Document, Heading, Paragraph, SignatureBlock, says
from kientruc.views.dossier.conclusions import chair, long_day, lower, office_head, told_to
from kientruc.views.dossier.facts import Dossier

ID = "bien-ban"


def minutes(dossier: Dossier) -> Document | None:
    """Make the paper; None where there is no hearing. What was said there is left to the secretary."""
    hearing = dossier.hearing
    if hearing is None:
        return None
    return Document(
        id=ID,
        title=dossier.say(ID, "title", hearing=lower(hearing.name)),
        date=dossier.date,
        head=office_head(dossier, dossier.say(ID, "symbol")),
        type_name=dossier.say(ID, "type_name"),
        abstract=dossier.say(ID, "abstract", hearing=hearing.name),
        blocks=tuple(_blocks(dossier, hearing)),
        signatures=tuple(SignatureBlock((dossier.say(ID, key),)) for key in ("secretary_signs", "chair_signs")),
        mark=dossier.mark,
    )


def _blocks(dossier: Dossier, hearing: Hearing) -> Iterator[Block]:
    dots = dossier.dots
    where = hearing.place if isinstance(hearing.place, str) else dots
    led = chair(dossier, hearing)
    yield Paragraph(says(dossier.say(ID, "start", date=long_day(dossier, hearing))))
    yield Paragraph(says(dossier.say(ID, "place", place=where)))
    yield Heading(dossier.say(ID, "there"))
    yield Dash(says(dossier.say(ID, "chair", chair=led)))
    kept = dossier.person(hearing.secretary) if isinstance(hearing.secretary, Person) else dots
    yield Dash(says(dossier.say(ID, "secretary", secretary=kept)))
    if hearing.attendance:
        yield Dash(says(dossier.say(ID, "bodies", bodies=dossier.names(hearing.attendance))))
    yield Heading(dossier.say(ID, "content"))
    yield Clause(says(dossier.say(ID, "report")))
    yield Clause(says(dossier.say(ID, "opinions", dots=dots)))
    key = "conclusions" if hearing.conclusions or hearing.outcome else "none"
    yield Clause(says(dossier.say(ID, key, chair=led, dots=dots)))
    if hearing.outcome:
        yield Dash(says(hearing.outcome))
    for one in hearing.conclusions.values():
        yield Dash(says(" ".join(filter(None, (one.text, told_to(dossier, one))))))
    yield Paragraph(says(dossier.say(ID, "end")))
