"""What requirements found: of each component, and of each thing with its place in the framework."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from kientruc.frameworks import Edition
from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.result import CheckResult, Status
from kientruc.views.choice import Choice, Material
from kientruc.views.grid import Column, Entry, Grid, Grids, Head, matrix
from kientruc.views.grouping import Heading, place_of
from kientruc.views.matrices import ORDER
from kientruc.views.netting import shown_elements
from kientruc.views.title_block import tables
from kientruc.views.words import name

WIDTHS = {"name": 34, "id": 20, "kind": 16, "place": 34, "clause": 40, "outcome": 14}  # of columns, in letters


def coverage(material: Material, choice: Choice) -> Grids | None:
    """Show what requirements found of each component: how many of its things meet each, and the heaviest outcome."""
    return tables(material, choice, "coverage", (_covered(material, *one) for one in material.checked))


def _covered(material: Material, edition: Edition, result: CheckResult) -> Grid:
    lang = material.lang
    found: dict[tuple[str, str], Counter[Status]] = defaultdict(Counter)
    for one in result.requirements:
        for outcome in one.outcomes:
            for component in {_component(material, id) for id in outcome.subjects} - {""}:
                found[component, one.requirement][outcome.status] += 1
    marks = {place: _heaviest(counted, lang) for place, counted in found.items()}
    rows = [Head(one.id, name(one, lang)) for one in material.architecture.components_in_order]
    columns = [Head(one.id, one.title.in_(lang)) for one in edition.requirements.values()]
    return matrix("coverage", rows, columns, marks, lang)


def _heaviest(counted: Counter[Status], lang: str) -> Entry:
    """Say the heaviest outcome, and how many there are of it among all."""
    status = min(counted, key=ORDER.index)
    count = counted[status]
    words = text("cell.of", lang, status=text(f"cell.{status.value}", lang), count=count, all=counted.total())
    return Entry(words, status.value, count)


def _component(material: Material, id: str) -> str:
    architecture = material.architecture
    if id in architecture.components:
        return id
    element = architecture.elements.get(id)
    return (element.component or "") if element else ""


def alignment(material: Material, choice: Choice) -> Grids | None:
    """Show for each thing its place in the framework, the clauses that were asked of it, and what they found."""
    return tables(material, choice, "alignment", (_aligned(material, choice, *one) for one in material.checked))


def _aligned(material: Material, choice: Choice, edition: Edition, result: CheckResult) -> Grid:
    lang, asked, of = material.lang, _asked(result), place_of(material, edition.places_of)
    rows = tuple(
        _row(element, of(element), asked.get(element.id, {}), edition, lang)
        for element in shown_elements(material, choice)
    )
    columns = tuple(Column(text(f"matrix.{key}", lang), width) for key, width in WIDTHS.items())
    heading = text("matrix.alignment", lang, edition=edition.about.name.in_(lang))
    return Grid("alignment", heading, (), columns, rows, 2)


def _asked(result: CheckResult) -> dict[str, dict[str, Status]]:
    """Give, for each thing, the requirements that were asked of it and the heaviest of what each found."""
    asked: dict[str, dict[str, Status]] = defaultdict(dict)
    for one in result.requirements:
        for outcome in one.outcomes:
            for id in outcome.subjects:
                before = asked[id].get(one.requirement, outcome.status)
                asked[id][one.requirement] = min(before, outcome.status, key=ORDER.index)
    return asked


def _row(element: Element, place: Heading, found: dict[str, Status], edition: Edition, lang: str) -> tuple[Entry, ...]:
    worst = min(found.values(), key=ORDER.index, default=None)
    return (
        Entry(name(element, lang)),
        Entry(element.id),
        Entry(element.kind.in_(lang)),
        Entry(place.label, "" if place.id else "lacking"),
        Entry("; ".join(dict.fromkeys(_clauses(edition, found)))),
        Entry(text(f"cell.{worst.value}", lang), worst.value) if worst else Entry(),
    )


def _clauses(edition: Edition, requirements: Iterable[str]) -> Iterator[str]:
    for id in requirements:
        for clause in edition.requirements[id].clause:
            document = edition.law.documents.get(clause.document)
            number = document.number if document else clause.document
            yield " ".join(one for one in (number, clause.article or "") if one)
