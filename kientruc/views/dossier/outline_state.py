"""What the Architecture says of objects: what there is, what is wanted, how the two compare, what is shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType

from kientruc.messages import text
from kientruc.model.element import Element, Sharing
from kientruc.model.kinds import Kind
from kientruc.model.planning import StateRole
from kientruc.model.values import Treatment
from kientruc.views.document import Block, Cell, Heading, Paragraph, Ref, Row, Run, says
from kientruc.views.dossier.blocks import TEXT, ColumnKey, Place, listed, numbered_rows, row, with_refs
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.marks import is_later
from kientruc.views.words import label, number_words

OBJECTS = (("number", 1.0), ("object", 6.0), ("kind", 2.4), ("owner", 4.0), ("lifecycle", 2.4))
ADDED = (("number", 1.0), ("object", 8.0), ("owner", 6.0))
TREATED = (("number", 1.0), ("object", 6.0), ("owner", 4.0), ("treatment", 3.0))
TARGET: tuple[ColumnKey, ...] = (
    *(("component", 5.0), ("to_keep", 1.6, "centre"), ("to_standardise", 1.6, "centre"), ("to_upgrade", 1.6, "centre")),
    *(("to_merge", 1.6, "centre"), ("to_replace", 1.6, "centre"), ("to_add", 1.6, "centre")),
    *(("untreated", 1.8, "centre"), ("unsaid", 1.8, "centre")),
)
SHARED = (("sharing", 8.0), ("elements", 3.0, "centre"))
FOREIGN = (("number", 1.0), ("issuer", 5.0), ("elements", 2.0, "centre"), ("objects", 9.0))
VIEWS = (("code", 2.0), ("diagram", 5.0), ("purpose", 6.0), ("state", 3.0), ("version", 2.0, "centre"), ("drawn", 2.0))
STATES: Mapping[StateRole, str] = MappingProxyType(
    {
        StateRole.BASELINE: "state_baseline",
        StateRole.TRANSITION: "state_transition",
        StateRole.TARGET: "state_target",
    }
)
UNTREATED = frozenset(  # what is kept, merged or replaced is the systems behind them
    (Kind.USER_GROUP, Kind.PROCESS, Kind.FUNCTION, Kind.PUBLIC_SERVICE, Kind.INFORMATION, Kind.INTERFACE)
)
SHARED_WITH = (Sharing.NATION_A, Sharing.NATION_B, Sharing.MINISTRY)
NONE = "–"
LOOSE = ""  # what stands at no place


def way(dossier: Dossier, one: Element) -> tuple[str, ...]:
    """Give the places an element stands at, from the top down; its component where the edition's are not known."""
    places = dossier.words.places if dossier.words and dossier.outline else {}
    if not places:
        return (one.component or LOOSE,)
    component = dossier.architecture.components.get(one.component or "")
    of_component = (ids for key, ids in (component.maps if component else {}).items() if set(ids) <= set(places))
    id = next((own for own in one.places.values() if own in places), next(iter(next(of_component, ())), None))
    found: list[str] = []
    while id is not None and id in places:
        found.insert(0, id)
        id = places[id].parent
    return tuple(found) or (LOOSE,)


def place_name(dossier: Dossier, id: str) -> str:
    """Name a place, or a component."""
    if id in dossier.architecture.components:
        return dossier.architecture.components[id].name
    places = dossier.words.places if dossier.words else {}
    return places[id].name.vi if id in places else dossier.say(TEXT, "no_place")


def objects(place: Place, role: StateRole | None = None) -> list[Element]:
    """Give the objects a heading is about: known then, at its places, shared or own as it asks, in a state if one."""
    dossier, asked = place.dossier, place.asked
    return [
        one
        for one in dossier.architecture.elements.values()
        if not is_later(dossier.architecture, one)
        and dossier.known(one)
        and (role is None or role in roles(dossier, one))
        and (not asked.places or any(fnmatchcase(at, like) for at in way(dossier, one) for like in asked.places))
        and (asked.shared is None or asked.shared == is_shared(one))
    ]


def roles(dossier: Dossier, one: Element) -> set[StateRole]:
    """Tell in which states an object is."""
    states = dossier.architecture.states
    return {states[id].role for id, there in one.states.items() if there == "present" and id in states}


def is_shared(one: Element) -> bool:
    """Tell whether a thing is somebody else's, or shared from above."""
    return one.reference is not None or one.sharing in SHARED_WITH


def owner(dossier: Dossier, one: Element) -> str:
    """Name the owner; of somebody else's thing, who issues it; people have none."""
    if one.owner is None and one.kind is Kind.USER_GROUP:
        return dossier.not_applicable
    if one.owner is None and one.reference:
        return dossier.who(one.reference.issuer)
    return dossier.who(one.owner)


def lifecycle(dossier: Dossier, one: Element) -> str:
    """Say where a thing stands in its life, of somebody else's how far it is used."""
    if one.reference and one.reference.usage is not None:
        return dossier.coded("tinh-trang-khai-thac", one.reference.usage)
    if one.lifecycle is None and one.kind is Kind.USER_GROUP:
        return dossier.not_applicable
    return dossier.coded("vong-doi", one.lifecycle) or dossier.unknown


def treatment(dossier: Dossier, one: Element) -> str:
    """Say what is to happen to a thing."""
    if isinstance(one.treatment, Treatment):
        return text(f"treatment.{one.treatment.value}", VI)
    return dossier.unknown if is_treated(one) else dossier.not_applicable


def is_treated(one: Element) -> bool:
    """Tell whether it is ours to say what is to happen to a thing: not where it is somebody else's, or no system."""
    return one.reference is None and one.kind not in UNTREATED


def current(place: Place) -> Iterator[Block]:
    """List what there is: at the heading's places, or component by component."""
    found = objects(place, StateRole.BASELINE)
    if place.asked.places:
        yield from _current(place, place.asked.name.vi, found)
        yield from _assessed(place, found)
        return
    components = place.dossier.architecture.components_in_order
    for component in components:
        inside = [one for one in found if one.component == component.id]
        yield Heading(component.name, min(place.level + 1, 3))  # type: ignore[arg-type]
        part = Place(place.dossier, f"{place.id}-{component.id}", place.asked, place.level)
        yield from (
            _current(part, component.name, inside)
            if inside
            else (place.paragraph(place.dossier.unless_cut("current_none", "current_none_told")),)
        )


def _current(place: Place, where: str, found: list[Element]) -> Iterator[Block]:
    dossier = place.dossier
    rows = [(one.name, one.kind.vi, owner(dossier, one), lifecycle(dossier, one)) for one in found]
    yield from place.table("current", OBJECTS, numbered_rows(rows), where=where)


def _assessed(place: Place, found: list[Element]) -> Iterator[Block]:
    """Say what was found of these objects."""
    dossier, ids = place.dossier, {one.id for one in found}
    said = [
        dossier.named(one)
        for one in dossier.architecture.records["assessments"].values()
        if one.type != "figure" and ids & set(one.about) and dossier.known(one)
    ]
    if said:
        yield place.paragraph("assessed")
        yield from listed(said)


def planned(place: Place) -> Iterator[Block]:
    """List what is wanted at the heading's places."""
    dossier = place.dossier
    found = objects(place, StateRole.TARGET)
    rows = [(one.name, owner(dossier, one), treatment(dossier, one)) for one in found]
    yield from place.table("planned", TREATED, numbered_rows(rows), where=place.asked.name.vi)


def states(place: Place) -> Iterator[Block]:
    """Tell the states and their days."""
    dossier = place.dossier
    found = sorted(
        (one for one in dossier.architecture.states.values() if one.role in STATES),
        key=lambda one: ([*STATES].index(one.role), one.id),
    )
    words = []
    for one in found:
        days = [place.say(key, day=dossier.day(day)) for key, day in (("from", one.from_), ("until", one.until)) if day]
        told = f"{one.name} ({place.say(STATES[one.role])}{''.join(days)})"
        words.append(f"{told}: {one.description.rstrip('.')}" if one.description else told)
    if words:
        yield place.paragraph("states", count=number_words(len(words), VI))
        yield from listed(words)


def diagrams(place: Place) -> Iterator[Block]:
    """Show the whole, in as many drawings as it takes, and list the diagrams that were asked for."""
    dossier = place.dossier
    for figure in dossier.figures:  # the sentences first: between two drawings across they would have a page each
        yield Paragraph(with_refs(dossier, TEXT, "figure", figure=Ref(figure.id), caption=figure.caption))
    drawn = {one.id: one.figures for one in dossier.diagrams}
    found = [one for one in dossier.architecture.records["views"].values() if one.code]
    rows = []
    order = [*drawn]
    for one in sorted(found, key=lambda one: (order.index(one.id) if one.id in drawn else len(order), one.code)):
        state = label(dossier.architecture, one.state, VI) if one.state else NONE
        refs = [part for figure in drawn.get(one.id, ()) for part in (Ref(figure.id), Run(", "))][:-1]
        told = row(one.code, one.name, one.purpose or NONE, state, one.version or NONE)
        rows.append((*told, Cell(tuple(refs) or says(place.say("not_drawn")))))
    yield from place.table("diagrams", VIEWS, rows)
    yield from (figure for figures in drawn.values() for figure in figures)
    yield from dossier.figures


def target(place: Place) -> Iterator[Block]:
    """Count, place by place, what is kept, changed, added; then name what is added."""
    dossier = place.dossier
    found = objects(place, StateRole.TARGET)
    order = _order(dossier)
    groups: dict[tuple[str, ...], list[Element]] = {}
    for one in found:
        groups.setdefault(way(dossier, one)[:2], []).append(one)
    rows: list[Row] = []
    for key in sorted(groups, key=lambda one: [order.get(id, len(order)) for id in one]):
        counts = Counter(map(_treated, groups[key]))
        cells = (str(counts[sort]) if counts[sort] else NONE for sort in (*Treatment, False, None))
        rows.append(row(place_name(dossier, key[-1]), *cells))
    yield from place.table("target", TARGET, rows, objects=number_words(len(found), VI))
    added = [one for one in found if one.treatment is Treatment.ADD]
    yield from place.table("added", ADDED, numbered_rows((one.name, owner(dossier, one)) for one in added))


def _treated(one: Element) -> Treatment | bool | None:
    """Give the treatment; False where there is none to give, None where it is not said."""
    return one.treatment if isinstance(one.treatment, Treatment) else None if is_treated(one) else False


def _order(dossier: Dossier) -> dict[str, int]:
    if dossier.words and dossier.outline:
        ids = sorted(dossier.words.places, key=lambda id: dossier.words.places[id].order if dossier.words else 0)
    else:
        found = dossier.architecture.components.values()
        ids = [one.id for one in sorted(found, key=lambda one: (one.order, one.id))]
    return {id: index for index, id in enumerate(ids)}


def comparison(place: Place) -> Iterator[Block]:
    """Say of how many objects what becomes."""
    found = objects(place)
    counts = Counter(map(_treated, found))
    if not any(counts[one] for one in Treatment):
        return
    yield place.paragraph("comparison", count=number_words(len(found), VI))
    words = [(text(f"treatment.{one.value}", VI), counts[one]) for one in Treatment if counts[one]]
    told = [place.say("so_many", words=sort, count=number_words(count, VI)) for sort, count in words]
    left = (("so_many_untreated", counts[False]), ("so_many_unsaid", counts[None]))
    told += [place.say(key, count=number_words(count, VI)) for key, count in left if count]
    yield from listed(told)


def sharing(place: Place) -> Iterator[Block]:
    """Count by who shares; then what is merged or replaced, and by what."""
    dossier = place.dossier
    found = objects(place)
    counts = Counter(one.sharing for one in found if isinstance(one.sharing, Sharing))
    rows = [
        row(dossier.coded("hinh-thuc-dung-chung", sort), number_words(counts[sort], VI))
        for sort in Sharing
        if counts[sort]
    ]
    unsaid = len(found) - counts.total()
    if rows and unsaid:
        rows.append(row(place.say("not_shared"), number_words(unsaid, VI)))
    if rows:
        rows.append(row(place.say("total"), number_words(len(found), VI)))
    yield from place.table("sharing", SHARED, rows)


def references(place: Place) -> Iterator[Block]:
    """List what is somebody else's, by whose it is."""
    groups: dict[str, list[str]] = {}
    for one in objects(place):
        if one.reference:
            groups.setdefault(place.dossier.who(one.reference.issuer), []).append(one.name)
    rows = [(issuer, number_words(len(names), VI), "; ".join(names)) for issuer, names in sorted(groups.items())]
    yield from place.table("references", FOREIGN, numbered_rows(rows))


TELLERS: Mapping[str, Callable[[Place], Iterator[Block]]] = MappingProxyType(
    {
        **{"current": current, "planned": planned, "states": states, "diagrams": diagrams, "target": target},
        **{"comparison": comparison, "sharing": sharing, "references": references},
    }
)
