"""Tables that show at a glance what covers what: components by requirements, bodies by systems, things by places."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from kientruc.frameworks import Edition
from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb
from kientruc.result import CheckResult, Status
from kientruc.views.access_marks import mark
from kientruc.views.choice import Choice, Material
from kientruc.views.grid import Column, Entry, Grid, Grids, Head, matrix
from kientruc.views.grouping import place_of
from kientruc.views.matrices import ORDER, Tracer
from kientruc.views.netting import shown_elements
from kientruc.views.outcomes import head_facts
from kientruc.views.title_block import title
from kientruc.views.words import label, name

HEAT = (1, 3, 8, 20, 50)  # from so many things on a cell is one step darker; its words say the same
ROLES = ("owner", "operator", "data_owner", "technical_contact")


def _grids(material: Material, choice: Choice, id: str, grids: Iterable[Grid]) -> Grids | None:
    kept = tuple(one for one in grids if one.rows)
    if not kept:
        return None
    architecture, lang = material.architecture, material.lang
    remarks = (*choice.about, *choice.notes)
    return Grids(
        lang,
        title(material, choice, id),
        name(architecture.head, lang),
        mark(architecture, lang),
        head_facts(architecture, lang),
        remarks,
        kept,
    )


def coverage(material: Material, choice: Choice) -> Grids | None:
    """Show what requirements found of each component: how many of its things meet each, and the heaviest outcome."""
    return _grids(material, choice, "coverage", (_covered(material, *one) for one in material.checked))


def _covered(material: Material, edition: Edition, result: CheckResult) -> Grid:
    architecture, lang = material.architecture, material.lang
    found: dict[tuple[str, str], Counter[Status]] = defaultdict(Counter)
    for one in result.requirements:
        for outcome in one.outcomes:
            for component in {_component(material, id) for id in outcome.subjects} - {""}:
                found[component, one.requirement][outcome.status] += 1
    marks = {}
    for place, counted in found.items():
        heaviest = min(counted, key=ORDER.index)
        words = text(
            "cell.of", lang, status=text(f"cell.{heaviest.value}", lang), count=counted[heaviest], all=counted.total()
        )
        marks[place] = Entry(words, heaviest.value, counted[heaviest])
    order = architecture.components_in_order
    rows = [Head(one.id, name(one, lang)) for one in order]
    columns = [Head(one.id, one.title.in_(lang)) for one in edition.requirements.values()]
    return matrix("coverage", rows, columns, marks, lang)


def _component(material: Material, id: str) -> str:
    architecture = material.architecture
    if id in architecture.components:
        return id
    element = architecture.elements.get(id)
    return (element.component or "") if element else ""


def bodies(material: Material, choice: Choice) -> Grids | None:
    """Show which body is what to how many things of each kind: owner, operator, owner of the data, contact."""
    lang = material.lang
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for element in shown_elements(material, choice):
        for field in ROLES:
            held = material.graph.held(element.id, field)
            body = held.value if held else None
            if body is not None:
                found["\0" if isinstance(body, Unknown) else str(body), element.kind][field] += 1
    marks = {}
    for place, counted in found.items():
        words = ", ".join(text(f"bodies.{field}", lang, count=counted[field]) for field in ROLES if counted[field])
        count = counted["owner"] or max(counted.values())
        marks[place] = Entry(words, f"heat-{bisect_right(HEAT, count)}", count)
    ids = sorted({body for body, _ in found}, key=lambda id: (id == "\0", -_total(found, id), id))
    rows = [
        Head("", text("colour.unknown", lang)) if id == "\0" else Head(id, label(material.architecture, id, lang))
        for id in ids
    ]
    marks = {("" if body == "\0" else body, kind): mark for (body, kind), mark in marks.items()}
    columns = [Head(kind.value, kind.in_(lang)) for kind in Kind]
    return _grids(material, choice, "bodies", (matrix("bodies", rows, columns, marks, lang),))


def _total(found: dict[tuple[str, str], Counter[str]], id: str) -> int:
    return sum(counted["owner"] for (body, _), counted in found.items() if body == id)


def alignment(material: Material, choice: Choice) -> Grids | None:
    """Show for each thing its place in the framework, the clauses that were asked of it, and what they found."""
    return _grids(material, choice, "alignment", (_aligned(material, choice, *one) for one in material.checked))


def _aligned(material: Material, choice: Choice, edition: Edition, result: CheckResult) -> Grid:
    lang = material.lang
    asked: dict[str, dict[str, Status]] = defaultdict(dict)
    for one in result.requirements:
        for outcome in one.outcomes:
            for id in outcome.subjects:
                before = asked[id].get(one.requirement, outcome.status)
                asked[id][one.requirement] = min(before, outcome.status, key=ORDER.index)
    of = place_of(material, edition.places_of)
    rows = []
    for element in shown_elements(material, choice):
        place, statuses = of(element), asked.get(element.id, {})
        worst = min(statuses.values(), key=ORDER.index, default=Status.NOT_APPLICABLE)
        clauses = dict.fromkeys(_clauses(edition, statuses, lang))
        rows.append(
            (
                *(Entry(name(element, lang)), Entry(element.id)),
                Entry(element.kind.in_(lang)),
                Entry(place.label, "" if place.label else "lacking"),
                Entry("; ".join(clauses)),
                Entry(text(f"cell.{worst.value}", lang) if statuses else "", worst.value if statuses else ""),
            )
        )
    keys = (("name", 34), ("id", 20), ("kind", 16), ("place", 34), ("clause", 40), ("outcome", 14))
    columns = tuple(Column(text(f"matrix.{key}", lang), width) for key, width in keys)
    heading = text("matrix.alignment", lang, edition=edition.about.name.in_(lang))
    return Grid("alignment", heading, (), columns, tuple(rows), 2)


def _clauses(edition: Edition, statuses: Iterable[str], lang: str) -> Iterator[str]:
    for id in statuses:
        for clause in edition.requirements[id].clause:
            document = edition.law.documents.get(clause.document)
            number = document.number if document else clause.document
            yield " ".join(one for one in (number, clause.article or "") if one)


def services(material: Material, choice: Choice) -> Grids | None:
    """Show each public service with the channels it is reached by and the applications that handle it."""
    lang, elements = material.lang, material.architecture.elements
    rows = []
    for element in shown_elements(material, choice):
        if element.kind is not Kind.PUBLIC_SERVICE:
            continue
        near = _near(material, element)
        handled = [
            *near,
            *(other for one in near if one.kind in (Kind.PROCESS, Kind.FUNCTION) for other in _near(material, one)),
        ]
        channels = _names(material, (one for one in near if one.kind is Kind.CHANNEL))
        systems = _names(material, (one for one in handled if "software" in one.kind.groups))
        users = _names(material, (one for one in near if one.kind is Kind.USER_GROUP))
        level = element.service_level
        cells = (channels, systems, users)
        rows.append(
            (
                *(Entry(name(element, lang)), Entry(element.id)),
                Entry(
                    "" if level is None else text("colour.unknown", lang) if isinstance(level, Unknown) else str(level)
                ),
                *(Entry(one, "" if one else "lacking") for one in cells),
            )
        )
    keys = (("name", 40), ("id", 20), ("level", 10), ("channels", 34), ("systems", 34), ("users", 30))
    columns = tuple(Column(text(f"matrix.{key}", lang), width) for key, width in keys)
    grid = Grid("service-channels", text("matrix.service-channels", lang), (), columns, tuple(rows), 2)
    return _grids(material, choice, "services", (grid,)) if elements else None


def data(material: Material, choice: Choice) -> Grids | None:
    """Show which application reads, writes, sends or holds which data."""
    grid = Tracer(material.architecture, material.lang).data()
    return _grids(material, choice, "data", (grid,) if len(grid.columns) > grid.heads else ())


def _near(material: Material, element: Element) -> list[Element]:
    graph, elements = material.graph, material.architecture.elements
    found = {
        end
        for verb in Verb
        for back in (False, True)
        for end in graph.neighbours(element.id, verb, back=back)
        if end in elements
    }
    return [elements[id] for id in sorted(found)]


def _names(material: Material, elements: Iterable[Element]) -> str:
    return "; ".join(dict.fromkeys(name(one, material.lang) for one in elements))
