"""Tables of what there is: which body is what to how many things, how services are reached, who holds which data."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable

from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb
from kientruc.views.choice import Choice, Material
from kientruc.views.grid import Column, Entry, Grid, Grids, Head, matrix
from kientruc.views.matrices import Tracer
from kientruc.views.netting import shown_elements
from kientruc.views.title_block import tables
from kientruc.views.words import label, name

HEAT = (1, 3, 8, 20, 50)  # from so many things on a cell is one step darker; its words say the same
ROLES = ("owner", "operator", "data_owner", "technical_contact")
WIDTHS = {"name": 40, "id": 20, "level": 10, "channels": 34, "systems": 34, "users": 30}  # of columns, in letters


def bodies(material: Material, choice: Choice) -> Grids | None:
    """Show which body is what to how many things of each kind: owner, operator, owner of the data, contact."""
    lang, found = material.lang, _held(material, choice)
    owned = Counter[str]()
    for (body, _), counted in found.items():
        owned[body] += counted["owner"]
    ids = sorted(owned, key=lambda id: (not id, -owned[id], id))
    rows = [Head(id, label(material.architecture, id, lang) if id else text("colour.unknown", lang)) for id in ids]
    columns = [Head(kind.value, kind.in_(lang)) for kind in Kind]
    marks = {place: _counted(counted, lang) for place, counted in found.items()}
    return tables(material, choice, "bodies", (matrix("bodies", rows, columns, marks, lang),))


def _held(material: Material, choice: Choice) -> dict[tuple[str, str], Counter[str]]:
    """Count, for each body and kind, as what it is named of how many things; "" stands for a body nobody knows."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for element in shown_elements(material, choice):
        for field in ROLES:
            held = material.graph.held(element.id, field)
            if held is not None:
                body = "" if isinstance(held.value, Unknown) else str(held.value)
                found[body, element.kind][field] += 1
    return found


def _counted(counted: Counter[str], lang: str) -> Entry:
    words = ", ".join(text(f"bodies.{field}", lang, count=counted[field]) for field in ROLES if counted[field])
    count = counted["owner"] or max(counted.values())
    return Entry(words, f"heat-{bisect_right(HEAT, count)}", count)


def services(material: Material, choice: Choice) -> Grids | None:
    """Show each public service with the channels it is reached by and the applications that handle it."""
    lang = material.lang
    rows = tuple(_service(material, one) for one in shown_elements(material, choice) if one.kind is Kind.PUBLIC_SERVICE)
    columns = tuple(Column(text(f"matrix.{key}", lang), width) for key, width in WIDTHS.items())
    grid = Grid("service-channels", text("matrix.service-channels", lang), (), columns, rows, 2)
    return tables(material, choice, "services", (grid,))


def _service(material: Material, service: Element) -> tuple[Entry, ...]:
    near = _near(material, service)
    through = (other for one in near if one.kind in (Kind.PROCESS, Kind.FUNCTION) for other in _near(material, one))
    cells = (
        _names(material, (one for one in near if one.kind is Kind.CHANNEL)),
        _names(material, (one for one in (*near, *through) if "software" in one.kind.groups)),
        _names(material, (one for one in near if one.kind is Kind.USER_GROUP)),
    )
    level = service.service_level
    unknown = isinstance(level, Unknown)
    told = text("colour.unknown", material.lang) if unknown else "" if level is None else str(level)
    lead = (Entry(name(service, material.lang)), Entry(service.id), Entry(told))
    return (*lead, *(Entry(one, "" if one else "lacking") for one in cells))


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


def data(material: Material, choice: Choice) -> Grids | None:
    """Show which application reads, writes, sends or holds which data."""
    grid = Tracer(material.architecture, material.lang).data()
    return tables(material, choice, "data", (grid,) if len(grid.columns) > grid.heads else ())
