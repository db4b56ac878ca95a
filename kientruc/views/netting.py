"""What pictures of networks share: a box for a thing, a line for what passes between two, several relations as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from kientruc.graph import verb_groups
from kientruc.messages import text
from kientruc.model.element import Element, Relation
from kientruc.model.kinds import Kind
from kientruc.model.planning import StateRole
from kientruc.model.values import Certainty
from kientruc.model.verbs import Verb
from kientruc.model.view_request import Colouring
from kientruc.views.choice import Choice, Material
from kientruc.views.colours import Colours, colours
from kientruc.views.doubts import SHOWN, least, signs, untold, why
from kientruc.views.layered import NAMED
from kientruc.views.marks import is_later
from kientruc.views.network import Cluster, Edge, LineEntry, LineMark, NetworkPicture, Node, Shape
from kientruc.views.picture import LegendEntry, Mark
from kientruc.views.title_block import footer, subtitle, title
from kientruc.views.words import label, name, sources

ELEMENTS = 60  # boxes that one picture can name; past so many, what is alike is drawn as one
PASSING = 2  # things that pass, named on one line; the rest are counted
SHAPES = {
    **dict.fromkeys((Kind.APPLICATION, Kind.PLATFORM, Kind.INTERFACE), Shape.BOX),
    **dict.fromkeys(
        (
            *(Kind.CHANNEL, Kind.PUBLIC_SERVICE, Kind.PORTAL_SERVICE),
            *(Kind.SHARED_SERVICE, Kind.PROCESS, Kind.FUNCTION),
        ),
        Shape.ROUNDED,
    ),
    Kind.USER_GROUP: Shape.PERSON,
    Kind.DATA_STORE: Shape.CYLINDER,
    Kind.INFORMATION: Shape.DOCUMENT,
    **dict.fromkeys(
        (Kind.NODE, Kind.DEVICE, Kind.NETWORK, Kind.SITE, Kind.INFRA_SERVICE),
        Shape.CUBE,
    ),
}
EXCHANGE = verb_groups.verbs("exchange")
OUTSIDE, AGENCY = "\0outside", "\0agency"  # frames, not ids of the data
WANTED = ("planned", "proposed", "upgrading", "trial")
NOTHING: Mapping[LineMark, str] = {}
HEAVIEST = (
    *(LineMark.PRESENT, LineMark.POINT_TO_POINT, LineMark.PLANNED),
    *(LineMark.MISSING, LineMark.ASSUMED, LineMark.UNSAID, LineMark.SAME),
)  # of several relations drawn as one line


@dataclass(frozen=True, slots=True)
class Joined:
    """One relation as it is drawn: from which box to which, what its strokes tell."""

    source: str
    target: str
    relation: Relation
    mark: LineMark


def joined(material: Material, relation: Relation, against: Collection[Verb] = ()) -> Joined:
    """Give a relation as it is drawn; one of these verbs from its end to its start."""
    ends = (relation.source_id, relation.target)
    source, target = reversed(ends) if relation.verb in against else ends
    return Joined(source, target, relation, line_mark(material, relation))


def met(drawn: Iterable[Joined]) -> set[str]:
    """Give what a line of the picture begins or ends at."""
    return {end for one in drawn for end in (one.source, one.target)}


def line_mark(material: Material, relation: Relation) -> LineMark:
    """Tell what a relation's line says: there, planned, said not to be there, only assumed, or not said."""
    if relation.status == "not-connected":
        return LineMark.MISSING
    if relation.status in WANTED:
        return LineMark.PLANNED
    if relation.certainty is Certainty.ASSUMED:
        return LineMark.ASSUMED
    roles = {id: state.role for id, state in material.architecture.states.items()}
    said = {roles[id]: material.graph.membership(relation, id) for id in roles}
    if said.get(StateRole.BASELINE) == "present" or relation.status == "existing":
        return LineMark.PRESENT
    return LineMark.PLANNED if "present" in said.values() else LineMark.UNSAID


def node(material: Material, element: Element, shown: Colours, cluster: str = "") -> Node:
    """Draw an element as a box."""
    entry, lang = shown.of(element), material.lang
    kind = element.kind.in_(lang)
    placed = ("component",) if cluster and cluster == element.component else ()
    doubts = why(element, (*SHOWN, *placed, shown.field), lang)
    origin = sources(material.architecture, element, lang)
    note = " ".join(filter(None, (f"{name(element, lang)} ({kind}). {entry.label}.", doubts, origin)))
    sure = untold(element, entry.mark, placed, shown.field)
    return Node(element.id, name(element, lang), entry.mark, note, SHAPES[element.kind], entry.badge, cluster, sure)


def names(material: Material, elements: Iterable[Element]) -> str:
    """Name the first of what one box stands for, to whoever points at it."""
    return "; ".join(name(one, material.lang) for one in islice(elements, NAMED))


def agency_frame(material: Material) -> Cluster:
    """Give the frame around what belongs to the agency itself."""
    return Cluster(AGENCY, label(material.architecture, material.architecture.head.agency, material.lang))


def outside_frame(material: Material) -> Cluster:
    """Give the frame around what belongs to others."""
    return Cluster(OUTSIDE, text("network.outside", material.lang))


def edges(material: Material, drawn: Iterable[Joined], counted: bool = False) -> tuple[Edge, ...]:
    """Draw all relations between two boxes in one direction as one line.

    Args:
        counted: the boxes stand for many things each: a line says how many relations it stands for.
    """
    found: dict[tuple[str, str], list[Joined]] = defaultdict(list)
    for one in drawn:
        if one.source != one.target:
            found[one.source, one.target].append(one)
    return tuple(
        Edge(
            f"{source}--{target}",
            source,
            target,
            min((one.mark for one in alike), key=HEAVIEST.index),
            _counted(alike, material.lang) if counted else _said(material, alike),
            _note(material, alike),
            certainty=least(map(_untold, alike)),
        )
        for (source, target), alike in sorted(found.items())
    )


def _untold(one: Joined) -> Certainty:
    """Give how doubtful a line is beyond what its strokes tell; one that is derived is drawn like one that was seen."""
    found = untold(one.relation, Mark.ASSUMED if one.mark is LineMark.ASSUMED else None, coloured="status")
    return Certainty.STATED if found is Certainty.DERIVED else found


def _counted(alike: Sequence[Joined], lang: str) -> str:
    return str(len(alike)) if len(alike) > 1 else ""


def _said(material: Material, alike: Sequence[Joined]) -> str:
    """Name what passes, the first few of it; the verb where nothing is named."""
    passing = dict.fromkeys(words for one in alike for words in what(material, one.relation))
    if not passing:
        return ""
    shown = ", ".join([*passing][:PASSING])
    return f"{shown} +{len(passing) - PASSING}" if len(passing) > PASSING else shown


def what(material: Material, relation: Relation) -> tuple[str, ...]:
    """Give the words for what passes along a relation."""
    data = tuple(label(material.architecture, id, material.lang) for id in relation.data)
    return data or ((relation.payload,) if isinstance(relation.payload, str) else ())


def _note(material: Material, alike: Sequence[Joined]) -> str:
    architecture, lang = material.architecture, material.lang
    relations = (one.relation for one in alike[:NAMED])
    return "; ".join(
        f"{label(architecture, one.source_id, lang)} {one.verb.in_(lang)} {label(architecture, one.target, lang)}"
        for one in relations
    )


def shown_elements(material: Material, choice: Choice) -> tuple[Element, ...]:
    """Give what a choice takes and is there in the state it shows; what was only seen later is left out."""
    return tuple(
        element
        for element in material.elements(choice)
        if not (choice.elements is None and is_later(material.architecture, element))
        and not (choice.state and material.graph.membership(element, choice.state) == "absent")
    )


def relations(material: Material, choice: Choice, ids: Collection[str]) -> Iterable[Relation]:
    """Give the relations between some elements that a choice takes; none that is absent from the state it shows."""
    for one in material.architecture.relations:
        if one.source_id in ids and one.target in ids and choice.takes_relation(one):
            if choice.state and material.graph.membership(one, choice.state) == "absent":
                continue
            if one.status != "retired":
                yield one


def picture(
    material: Material,
    choice: Choice,
    id: str,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    clusters: Iterable[Cluster] = (),
    legend: Iterable[LegendEntry] = (),
    direction: Literal["right", "down"] = "right",
    notes: Iterable[str] = (),
    says: Mapping[LineMark, str] = NOTHING,
) -> NetworkPicture | None:
    """Put a picture together; None where there is no box. Frames without a box are left out."""
    nodes, edges = tuple(nodes), tuple(edges)
    if not nodes:
        return None
    held = {one.cluster for one in nodes}
    frames = {one.id: one for one in clusters}
    for one in [frames[id] for id in held if id in frames]:
        while one.parent and one.parent not in held:
            held.add(one.parent)
            one = frames[one.parent]
    lang, heading = material.lang, title(material, choice, id)
    marks = dict.fromkeys(one.mark for one in edges)
    sure = (*(one.certainty for one in nodes), *(one.certainty for one in edges))
    return NetworkPicture(
        id=choice.id or id,
        title=heading,
        subtitle=subtitle(material, choice),
        description=text("network.description", lang, title=heading, boxes=len(nodes), lines=len(edges)),
        lang=lang,
        nodes=nodes,
        edges=edges,
        clusters=tuple(one for one in frames.values() if one.id in held),
        legend=(*legend, *signs(sure, lang)),
        lines=tuple(
            LineEntry(one, says.get(one) or text(f"line.{one.value}", lang)) for one in LineMark if one in marks
        ),
        footer=footer(material),
        direction=direction,
        notes=(*notes, *choice.notes),
    )


def coloured(material: Material, choice: Choice, elements: Iterable[Element]) -> Colours:
    """Give the colours a choice asks for, by default how things stand to the states."""
    return colours(material, elements, choice.colour_by or Colouring.STATE)
