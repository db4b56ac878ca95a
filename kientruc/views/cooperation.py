"""Which systems exchange data with which, of the whole or of one component, and which way data take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.verbs import Verb
from kientruc.views.choice import Choice, Material, relation_key
from kientruc.views.netting import (
    AGENCY,
    ELEMENTS,
    EXCHANGE,
    OUTSIDE,
    Joined,
    agency_frame,
    coloured,
    edges,
    joined,
    met,
    names,
    node,
    outside_frame,
    picture,
    relations,
    shown_elements,
)
from kientruc.views.network import Cluster, LineMark, NetworkPicture, Node
from kientruc.views.picture import Mark
from kientruc.views.words import label, name

FLOW = (Verb.SENDS, Verb.READS, Verb.WRITES)
PLATFORMS = ("lgsp", "ldop", "agent_node", "ngsp", "ndxp", "ndop")  # roles of what data are meant to go through
SHARING = PLATFORMS[0]  # the frame around them


def cooperation(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show which applications exchange with which; where there are too many, which components do."""
    elements = {
        one.id: one
        for one in shown_elements(material, choice)
        if "software" in one.kind.groups or one.kind is Kind.DATA_STORE
    }
    drawn = [
        joined(material, one, against=(Verb.READS,))
        for one in relations(material, choice, elements)
        if one.verb in EXCHANGE
    ]
    ids = sorted(met(drawn))
    if len(ids) > ELEMENTS and choice.elements is None:
        return _between_components(material, choice, elements, drawn)
    shown = coloured(material, choice, [elements[id] for id in ids])
    nodes = [node(material, elements[id], shown, elements[id].component or "") for id in ids]
    lines, frames = edges(material, drawn), _components(material)
    return picture(material, choice, "cooperation", nodes, lines, frames, shown.legend)


def _components(material: Material) -> Iterator[Cluster]:
    for component in material.architecture.components_in_order:
        yield Cluster(component.id, name(component, material.lang))


def _between_components(
    material: Material, choice: Choice, elements: dict[str, Element], drawn: Iterable[Joined]
) -> NetworkPicture | None:
    """Draw each component as one box with the number of its things that exchange, each line with that of exchanges."""
    held: dict[str, set[str]] = defaultdict(set)
    between = []
    for one in drawn:
        source, target = (elements[id].component or "" for id in (one.source, one.target))
        held[source].add(one.source)
        held[target].add(one.target)
        between.append(replace(one, source=source, target=target))
    components, lang = material.architecture.components, material.lang
    nodes = [
        Node(
            id,
            text("network.component", lang, name=name(components[id], lang), count=len(held[id])),
            Mark.PRESENT,
            names(material, (elements[one] for one in sorted(held[id]))),
        )
        for id in sorted(held)
        if id in components
    ]
    named = (one for one in between if one.source in components and one.target in components)
    lines = edges(material, named, counted=True)
    return picture(material, choice, "cooperation", nodes, lines, notes=(text("network.counted", lang),))


def component_cooperation(material: Material, id: str, choice: Choice) -> NetworkPicture | None:
    """Show what one component's things exchange, and with whom outside of it."""
    held = {one.id for one in material.elements(choice) if one.component == id}
    near = {
        end
        for one in material.architecture.relations
        if one.verb in EXCHANGE and not held.isdisjoint((one.source_id, one.target))
        for end in (one.source_id, one.target)
        if end in material.architecture.elements and choice.takes(material.architecture.elements[end])
    }
    title = text("network.of-component", material.lang, name=label(material.architecture, id, material.lang))
    asked = replace(
        choice,
        elements=frozenset(held | near),
        heading=choice.heading or title,
        id=choice.id or f"cooperation-{id}",
    )
    return cooperation(material, _touching(material, asked, held))


def _touching(material: Material, choice: Choice, ids: Collection[str]) -> Choice:
    """Let a choice take the relations that touch some things, and no others."""
    touching = (
        one
        for one in material.architecture.relations
        if (one.source_id in ids or one.target in ids) and choice.takes_relation(one)
    )
    return replace(choice, relations=frozenset(map(relation_key, touching)))


def data_flow(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show the way data take through the sharing platforms, and mark what goes past them from system to system."""
    elements = {one.id: one for one in shown_elements(material, choice)}
    platforms = {id for id, one in elements.items() if one.role in PLATFORMS}
    drawn = [*_ways(material, choice, elements, platforms)]
    ids = sorted(met(drawn) | (platforms if drawn else set()))
    shown = coloured(material, choice, [elements[id] for id in ids])
    nodes = [node(material, elements[id], shown, _side(elements[id], platforms)) for id in ids]
    frames = (
        Cluster(SHARING, text("network.hubs", material.lang)),
        agency_frame(material),
        outside_frame(material),
    )
    return picture(material, choice, "data-flow", nodes, edges(material, drawn), frames, shown.legend)


def _ways(
    material: Material, choice: Choice, elements: Collection[str], platforms: Collection[str]
) -> Iterator[Joined]:
    """Give each way that data take, step by step; one that stays within a system and meets no platform is left out."""
    for relation in relations(material, choice, elements):
        if relation.verb not in FLOW and not (relation.over and relation.verb in EXCHANGE):
            continue
        whole = joined(material, relation, against=(Verb.READS,))
        way = [whole.source, *(id for id in relation.over if id in elements), whole.target]
        if any(id in platforms for id in way):
            mark = whole.mark
        elif _is_within(material, whole.source, whole.target):
            continue
        else:
            mark = LineMark.POINT_TO_POINT
        for source, target in pairwise(way):
            yield Joined(source, target, relation, mark)


def _side(element: Element, platforms: Collection[str]) -> str:
    return SHARING if element.id in platforms else OUTSIDE if element.reference is not None else AGENCY


def _is_within(material: Material, one: str, other: str) -> bool:
    """Tell whether two things are parts of one whole, or the one part of the other."""
    wholes = [set(material.graph.reached_from((id,), "whole")) for id in (one, other)]
    return not wholes[0].isdisjoint(wholes[1])
