"""What the agency is joined to outside of it: there, planned, said to be missing, or nowhere written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.verbs import Verb
from kientruc.views.choice import Choice, Material
from kientruc.views.colours import Colours
from kientruc.views.netting import (
    AGENCY,
    EXCHANGE,
    OUTSIDE,
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
from kientruc.views.network import Cluster, NetworkPicture, Node, Shape
from kientruc.views.picture import LegendEntry, Mark
from kientruc.views.words import label, name

READABLE = 40  # boxes of one page; past so many, things of one body are drawn as one
NATIONAL = ("national_shared", "national_sharing", "national_database", "national_portal", "national_identity")


def national_links(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show what the agency is joined to outside.

    Things of one body stand in its frame; where all of them are too many for a page, one box counts them.
    """
    elements = {one.id: one for one in shown_elements(material, choice)}
    outside = {id for id, one in elements.items() if one.reference is not None or one.role in NATIONAL}
    drawn = [
        joined(material, one)
        for one in relations(material, choice, elements)
        if one.verb in (*EXCHANGE, Verb.INHERITS) and (one.source_id in outside) != (one.target in outside)
    ]
    linked = met(drawn)
    parties = [elements[id] for id in sorted(linked | outside)]
    shown = coloured(material, choice, parties)
    counted = choice.elements is None and len(parties) > READABLE
    box = _counted(material, parties, outside) if counted else _each(material, parties, outside, shown)
    linked_boxes = {box[id].id for id in linked}
    nodes = {one.id: one if one.id in linked_boxes else replace(one, mark=Mark.MISSING) for one in box.values()}
    between = (replace(one, source=box[one.source].id, target=box[one.target].id) for one in drawn)
    lines = edges(material, between, counted=counted)
    frames = (agency_frame(material), outside_frame(material), *_issuers(material, parties))
    legend = _legend(material, shown, nodes.values())
    notes = (text("network.counted", material.lang),) if counted else ()
    return picture(material, choice, "national-links", nodes.values(), lines, frames, legend, notes=notes)


def _each(material: Material, parties: Iterable[Element], outside: Collection[str], shown: Colours) -> dict[str, Node]:
    """Give each thing its own box."""
    return {one.id: node(material, one, shown, _issuer(one) if one.id in outside else AGENCY) for one in parties}


def _counted(material: Material, parties: Iterable[Element], outside: Collection[str]) -> dict[str, Node]:
    """Give one box for all things of a body outside, or of a component, with their number."""
    held: dict[tuple[bool, str], list[Element]] = defaultdict(list)
    for one in parties:
        out = one.id in outside
        held[out, _issuer(one) if out else one.component or ""].append(one)
    found: dict[str, Node] = {}
    for (out, of), alike in held.items():
        words = _body(material, alike[0]) if out else _component(material, of)
        label = text("network.component", material.lang, name=words, count=len(alike))
        note = names(material, alike)
        box = (
            Node(f"{of}\0", label, Mark.OTHER, note, Shape.CUBE, "", OUTSIDE)
            if out
            else Node(f"{AGENCY}{of}", label, Mark.PRESENT, note, Shape.BOX, "", AGENCY)
        )
        found |= dict.fromkeys((one.id for one in alike), box)
    return found


def _body(material: Material, element: Element) -> str:
    if element.reference is None:
        return text("network.outside", material.lang)
    return label(material.architecture, element.reference.issuer, material.lang)


def _component(material: Material, id: str) -> str:
    known = material.architecture.components.get(id)
    return name(known, material.lang) if known else text("group.no-component", material.lang)


def _issuer(element: Element) -> str:
    """Give the frame of the body that something from outside belongs to."""
    return f"{OUTSIDE}{element.reference.issuer}" if element.reference is not None else OUTSIDE


def _issuers(material: Material, parties: Iterable[Element]) -> list[Cluster]:
    """Give the frames of bodies outside, in the frame of all that is outside."""
    words = {_issuer(one): _body(material, one) for one in parties if one.reference is not None}
    return [Cluster(id, said, OUTSIDE) for id, said in sorted(words.items())]


def _legend(material: Material, shown: Colours, nodes: Iterable[Node]) -> list[LegendEntry]:
    """Give what the marks that are seen mean; of what nothing leads to, that too."""
    seen = {one.mark for one in nodes}
    legend = [one for one in shown.legend if one.mark in seen]
    if Mark.MISSING in seen and not any(one.mark is Mark.MISSING for one in legend):
        legend.append(LegendEntry(Mark.MISSING, text("network.alone", material.lang)))
    return legend
