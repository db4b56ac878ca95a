"""What the Architecture says of why: purpose, scope, principles, bases, goals, problems, directions, assessments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from kientruc.model.element import Basis
from kientruc.model.planning import Assessment, Goal
from kientruc.model.record import Unknown
from kientruc.views.direction import quantity_words
from kientruc.views.document import Block, Paragraph, plain, says
from kientruc.views.dossier.blocks import Place, listed, numbered_rows
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.dossier.outline_state import is_shared, objects
from kientruc.views.dossier.outline_work import known_tasks
from kientruc.views.dossier.wording import COMMON
from kientruc.views.words import label, number_words

GOALS = (("number", 1.0), ("target", 8.0), ("value", 3.0, "right"), ("year", 2.0, "centre"))
FIGURES = (("number", 1.0), ("figure", 9.0), ("value", 3.0, "right"))
PROBLEMS = (("number", 1.0), ("problem", 7.0), ("direction", 7.0))


def purpose(place: Place) -> Iterator[Block]:
    """Say what the architecture says of itself."""
    head = place.dossier.architecture.head
    if head.description:
        yield Paragraph(says(head.description))


def scope(place: Place) -> Iterator[Block]:
    """Name the bodies that own or run something of its own, or lead a task."""
    dossier = place.dossier
    own = [one for one in objects(place) if not is_shared(one)]
    named = {id for one in own for id in (one.owner, one.operator)}
    named |= {one.lead for one in known_tasks(dossier)}
    bodies = [body for id, body in dossier.architecture.organisations.items() if id in named]
    if bodies:
        yield place.paragraph("scope", count=number_words(len(bodies), VI))
        yield from listed([body.name for body in bodies])


def principles(place: Place) -> Iterator[Block]:
    """List the principles with what they mean and rest on."""
    dossier = place.dossier
    found = [one for one in dossier.architecture.records["principles"].values() if dossier.known(one)]
    if found:
        yield place.paragraph("principles", count=number_words(len(found), VI))
    words = []
    for one in found:
        basis = _basis(dossier, one.basis)
        rests = place.say("rests_on", basis=basis) if basis else ""
        name = one.name
        words.append((f"{name}: {one.description.rstrip('.')}" if one.description else name) + rests)
    yield from listed(words)


def _basis(dossier: Dossier, found: Sequence[Basis]) -> str:
    texts = dossier.architecture.legal
    return "; ".join(dossier.cite(texts[one.document].number, one.article or "") for one in found)


def context(place: Place) -> Iterator[Block]:
    """List the bases, and say from when the figures are."""
    dossier = place.dossier
    yield place.paragraph("context")
    first = dossier.say(COMMON, "resting")
    bases = [plain(one).removeprefix(first) for one in dossier.bases()]
    if bases:
        yield place.paragraph("bases")
        yield from listed(bases)


def goals(place: Place) -> Iterator[Block]:
    """List the objectives, then the targets with number and year."""
    found = _goals(place.dossier)
    objectives = [one for one in found if one.type == "objective"]
    if objectives:
        yield place.paragraph("objectives")
        yield from listed([place.dossier.named(one) for one in objectives])
    targets = [one for one in found if one.type == "target"]
    rows = [
        (place.dossier.named(one), _amount(place.dossier, one), str(one.year) if one.year else place.dossier.unknown)
        for one in targets
    ]
    yield from place.table("targets", GOALS, numbered_rows(rows))


def _goals(dossier: Dossier) -> list[Goal]:
    return [one for one in dossier.architecture.records["goals"].values() if dossier.known(one)]


def _amount(dossier: Dossier, one: Goal | Assessment) -> str:
    if one.quantity is None or isinstance(one.quantity, Unknown):
        return dossier.unknown
    return quantity_words(one.quantity, VI)


def problems(place: Place) -> Iterator[Block]:
    """List the weaknesses with the directions that answer them."""
    dossier = place.dossier
    found = [one for one in _assessments(dossier) if one.type == "weakness"]
    rows = [
        (dossier.named(one), "; ".join(label(dossier.architecture, id, VI) for id in one.leads_to) or dossier.unknown)
        for one in found
    ]
    yield from place.table("problems", PROBLEMS, numbered_rows(rows))


def _assessments(dossier: Dossier) -> list[Assessment]:
    return [one for one in dossier.architecture.records["assessments"].values() if dossier.known(one)]


def directions(place: Place) -> Iterator[Block]:
    """List the directions."""
    found = [one for one in _goals(place.dossier) if one.type in ("direction", "property")]
    if found:
        yield place.paragraph("directions", count=number_words(len(found), VI))
        yield from listed([place.dossier.named(one) for one in found])


def assessment(place: Place) -> Iterator[Block]:
    """List strengths and weaknesses, then what was counted."""
    found = _assessments(place.dossier)
    for sort in ("strength", "weakness"):
        of_sort = [place.dossier.named(one) for one in found if one.type == sort]
        if of_sort:
            yield place.paragraph(sort, count=number_words(len(of_sort), VI))
            yield from listed(of_sort)
        elif found and sort == "weakness":
            yield place.paragraph("weakness_unknown")
    rows = [(place.dossier.named(one), _amount(place.dossier, one)) for one in found if one.type == "figure"]
    yield from place.table("figures", FIGURES, numbered_rows(rows))


TELLERS: Mapping[str, Callable[[Place], Iterator[Block]]] = MappingProxyType(
    {
        **{"purpose": purpose, "scope": scope, "principles": principles, "context": context, "goals": goals},
        **{"problems": problems, "directions": directions, "assessment": assessment},
    }
)
