"""Who takes part: the bodies of which a source tells a duty or a person."""

from __future__ import annotations

from dataclasses import dataclass

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.organisation import Organisation, Person
from kientruc.views.words import doubt, label, name, source_titles


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One body; texts are ready to print, "" where nothing is said."""

    id: str
    name: str
    duties: tuple[str, ...]
    people: tuple[str, ...]
    note: str
    doubt: str
    source: str


def bodies(architecture: Architecture, lang: str) -> tuple[BodyLine, ...]:
    """List them in the order of their ids; what is only a name, as most departments are, is left out."""
    return tuple(
        BodyLine(
            body.id,
            name(body, lang),
            _duties(architecture, body, lang),
            tuple(_person(one) for one in body.people),
            (body.note_en if lang == "en" and body.note_en else body.note) or "",
            doubt(body, lang),
            source_titles(architecture, body, lang),
        )
        for body in architecture.organisations.values()
        if body.duties or body.people
    )


def _duties(architecture: Architecture, body: Organisation, lang: str) -> tuple[str, ...]:
    standing = body.standing_agency
    if not isinstance(standing, str):
        return body.duties
    return (*body.duties, text("bodies.standing", lang, name=label(architecture, standing, lang)))


def _person(person: Person) -> str:
    return ", ".join(filter(None, (person.name, person.title, person.role)))
