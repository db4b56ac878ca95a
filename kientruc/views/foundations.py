"""The foundations: the urgent work, what it delivers, and the work that waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from kientruc.messages import text
from kientruc.model.element import Relation
from kientruc.model.verbs import Verb
from kientruc.views.choice import Choice, Material
from kientruc.views.layered import NAMED
from kientruc.views.netting import ELEMENTS, OUTSIDE, Joined, coloured, edges, node, picture
from kientruc.views.network import Cluster, LineMark, NetworkPicture, Node, Shape
from kientruc.views.picture import LegendEntry, Mark
from kientruc.views.words import label, name

FRAMES = {"urgent": "urgent", "waiting": "waiting", "elements": "delivered"}  # and the words for each


def foundations(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show the urgent work, what it delivers, and the work that waits for it."""
    architecture, lang = material.architecture, material.lang
    tasks = architecture.records["tasks"]
    urgent = {id for id, one in tasks.items() if one.priority == "urgent"}
    waits = [one for one in architecture.relations if one.verb is Verb.WAITS_FOR and one.target in tasks]
    work = urgent | _waiting(urgent, waits)
    nodes = [_task(material, id, id in urgent) for id in sorted(work)]
    lines = [
        Joined(one.target, one.source_id, one, LineMark.PRESENT)
        for one in waits
        if one.source_id in work and one.target in work
    ]
    delivered = [*_delivered(material, choice, urgent)]
    elements = [architecture.elements[id] for id in sorted({one.target for one in delivered})]
    legend = _legend(material, nodes)
    if len(elements) + len(nodes) <= ELEMENTS:
        shown = coloured(material, choice, elements)
        nodes += [node(material, one, shown, "elements") for one in elements]
        lines += [Joined(one.source_id, one.target, one, LineMark.SAME) for one in delivered]
        legend += shown.legend
    else:
        nodes += _results(material, delivered)
        lines += [Joined(one.source_id, f"{OUTSIDE}{one.source_id}", one, LineMark.SAME) for one in delivered]
    frames = [Cluster(id, text(f"network.{words}", lang)) for id, words in FRAMES.items()]
    says = {LineMark.PRESENT: text("network.awaits", lang), LineMark.SAME: text("network.delivers", lang)}
    drawn = edges(material, lines)
    return picture(material, choice, "foundations", nodes, drawn, frames, legend, says=says)


def _waiting(urgent: Collection[str], waits: Iterable[Relation]) -> set[str]:
    """Give the tasks that wait for an urgent one, themselves or through others."""
    after: dict[str, set[str]] = defaultdict(set)
    for one in waits:
        after[one.target].add(one.source_id)
    found: set[str] = set()
    wave = set(urgent)
    while wave:
        wave = {id for one in wave for id in after.get(one, ())} - found - set(urgent)
        found |= wave
    return found


def _task(material: Material, id: str, urgent: bool) -> Node:
    words = name(material.architecture.records["tasks"][id], material.lang)
    mark, frame = (Mark.FIRST, "urgent") if urgent else (Mark.OTHER, "waiting")
    return Node(id, words, mark, "", Shape.DOCUMENT, "", frame)


def _legend(material: Material, tasks: Iterable[Node]) -> list[LegendEntry]:
    words = {Mark.FIRST: "urgent", Mark.OTHER: "waiting"}
    seen = {one.mark for one in tasks}
    return [LegendEntry(mark, text(f"network.{said}", material.lang)) for mark, said in words.items() if mark in seen]


def _delivered(material: Material, choice: Choice, urgent: Collection[str]) -> Iterator[Relation]:
    elements = material.architecture.elements
    for one in material.architecture.relations:
        if one.verb is Verb.DELIVERS and one.source_id in urgent and choice.takes(elements[one.target]):
            yield one


def _results(material: Material, delivered: Iterable[Relation]) -> Iterator[Node]:
    """Give one box for all that a task delivers, with their number, where all are too many to be named."""
    held: dict[str, list[str]] = defaultdict(list)
    for one in delivered:
        held[one.source_id].append(label(material.architecture, one.target, material.lang))
    for id, names in sorted(held.items()):
        words = text("network.results", material.lang, count=len(names))
        yield Node(f"{OUTSIDE}{id}", words, Mark.PRESENT, "; ".join(names[:NAMED]), Shape.ROUNDED, "", "elements")
