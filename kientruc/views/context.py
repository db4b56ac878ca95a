"""The whole from outside: users, channels, the agency's components, and whose systems they are joined to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.verbs import Verb
from kientruc.views.choice import Choice, Material
from kientruc.views.colours import Colours
from kientruc.views.doubts import least, untold
from kientruc.views.netting import (
    AGENCY,
    EXCHANGE,
    OUTSIDE,
    SHAPES,
    agency_frame,
    coloured,
    edges,
    joined,
    node,
    outside_frame,
    picture,
    relations,
    shown_elements,
)
from kientruc.views.network import Cluster, NetworkPicture, Node, Shape
from kientruc.views.picture import LegendEntry, Mark
from kientruc.views.words import label, name

USERS, CHANNELS = "\0users", "\0channels"  # frames, not ids of the data
PARTIES = ((Kind.USER_GROUP, USERS), (Kind.CHANNEL, CHANNELS))
MANY = 12  # users or channels: past so many, those that stand alike are drawn as one


def context(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show the whole from outside.

    What the components exchange with each other is another picture's matter: `cooperation`.
    """
    elements = {one.id: one for one in shown_elements(material, choice)}
    shown = coloured(material, choice, elements.values())
    alike = _alike(material, elements.values(), shown)
    found = ((id, alike.get(id) or _party(material, one)) for id, one in elements.items())
    box = {id: one for id, one in found if one is not None}
    drawn = (
        joined(material, one, against=(Verb.SERVES, Verb.READS))
        for one in relations(material, choice, box)
        if one.verb in (*EXCHANGE, Verb.SERVES, Verb.REALISES)
        and not box[one.source_id].cluster == box[one.target].cluster == AGENCY
    )
    between = (replace(one, source=box[one.source].id, target=box[one.target].id) for one in drawn)
    lines = edges(material, between, counted=True)
    met = {end for one in lines for end in (one.source, one.target)}
    boxes = {one.id: one for one in box.values() if one.id in met or one.cluster in (USERS, CHANNELS)}
    lang = material.lang
    frames = (
        Cluster(USERS, text("network.users", lang)),
        Cluster(CHANNELS, text("network.channels", lang)),
        agency_frame(material),
        outside_frame(material),
    )
    notes = (text("network.counted", lang),) if any(one.label for one in lines) else ()
    seen = {one.mark for one in boxes.values()}
    legend = [one for one in shown.legend if one.mark in seen]
    return picture(material, choice, "context", boxes.values(), lines, frames, legend, notes=notes)


def _alike(material: Material, elements: Iterable[Element], shown: Colours) -> dict[str, Node]:
    """Give the boxes of users and of channels: one for each, or for all that stand alike where they are many."""
    found: dict[str, Node] = {}
    for kind, frame in PARTIES:
        members = [one for one in elements if one.kind is kind]
        by_entry: dict[LegendEntry, list[Element]] = defaultdict(list)
        for element in members:
            by_entry[shown.of(element)].append(element)
        for entry, together in by_entry.items():
            if len(members) <= MANY or len(together) == 1:
                found |= {one.id: node(material, one, shown, frame) for one in together}
            else:
                found |= dict.fromkeys((one.id for one in together), _together(material, together, entry, frame))
    return found


def _together(material: Material, elements: list[Element], entry: LegendEntry, frame: str) -> Node:
    """Give one box for things of one kind that stand alike."""
    kind = elements[0].kind
    words = f"{len(elements)} {kind.in_(material.lang)}"
    told = "; ".join(name(one, material.lang) for one in elements)
    sure = least(untold(one, entry.mark) for one in elements)
    return Node(f"{frame}{entry.mark.value}", words, entry.mark, told, SHAPES[kind], entry.badge, frame, sure)


def _party(material: Material, element: Element) -> Node | None:
    """Give the box that stands for an element from outside: who issues it, or the component it is in."""
    if element.reference is not None:
        issuer = element.reference.issuer
        words = label(material.architecture, issuer, material.lang)
        return Node(f"{OUTSIDE}{issuer}", words, Mark.OTHER, words, Shape.CUBE, "", OUTSIDE)
    component = material.architecture.components.get(element.component or "")
    if component is None:
        return None
    words = name(component, material.lang)
    return Node(f"{AGENCY}{component.id}", words, Mark.PRESENT, words, Shape.BOX, "", AGENCY)
