"""What stands where: sites with what stands in them, networks, and how they are joined."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.verbs import Verb
from kientruc.views.choice import Choice, Material
from kientruc.views.netting import coloured, edges, joined, node, picture, relations, shown_elements
from kientruc.views.network import Cluster, NetworkPicture, Node

PLACED = (Kind.SITE, Kind.NODE, Kind.DEVICE, Kind.NETWORK, Kind.INFRA_SERVICE)
JOINING = (Verb.CONNECTS, Verb.USES, Verb.DEPENDS_ON)


def infrastructure(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show sites with what stands in them, networks, and how they are joined; what runs on each is counted."""
    elements = {one.id: one for one in shown_elements(material, choice)}
    placed = {id: one for id, one in elements.items() if one.kind in PLACED}
    site = _sites(material, choice, placed)
    running = Counter(
        one.target
        for one in relations(material, choice, elements)
        if one.verb is Verb.HOSTED_ON and one.source_id not in placed and one.target in placed
    )
    shown, lang = coloured(material, choice, placed.values()), material.lang
    framed = {frame for id, frame in site.items() if frame and frame != id}
    nodes = {
        id: _running(node(material, one, shown, site[id] if site[id] != id else ""), running[id], lang)
        for id, one in placed.items()
        if id not in framed
    }
    frames = [
        Cluster(id, _running(node(material, placed[id], shown), running[id], lang).label) for id in sorted(framed)
    ]
    drawn = (joined(material, one) for one in relations(material, choice, nodes) if one.verb in JOINING)
    return picture(material, choice, "infrastructure", nodes.values(), edges(material, drawn), frames, shown.legend)


def _sites(material: Material, choice: Choice, placed: dict[str, Element]) -> dict[str, str]:
    """Give the site that each thing stands in, over whatever it stands on; "" where nothing says so."""
    between = [*relations(material, choice, placed)]
    on = {one.source_id: one.target for one in between if one.verb is Verb.HOSTED_ON}
    on |= {
        one.source_id: one.target
        for one in between
        if one.verb is Verb.PART_OF and placed[one.target].kind is Kind.SITE
    }
    return {id: _site(id, on, placed) for id in placed}


def _site(id: str, on: dict[str, str], placed: dict[str, Element]) -> str:
    seen = set()
    while id in on and id not in seen:
        seen.add(id)
        id = on[id]
    return id if placed[id].kind is Kind.SITE else ""


def _running(box: Node, count: int, lang: str) -> Node:
    return replace(box, label=text("network.running", lang, name=box.label, count=count)) if count else box
