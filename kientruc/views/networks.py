"""Pictures of what is joined to what: who uses what, which systems exchange data, what stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from kientruc.graph import verb_groups
from kientruc.messages import text
from kientruc.model.element import Element, Relation
from kientruc.model.kinds import Kind
from kientruc.model.verbs import Verb
from kientruc.views.choice import Choice, Material, relation_key
from kientruc.views.colours import Colours
from kientruc.views.netting import (
    ELEMENTS,
    SHAPES,
    Joined,
    coloured,
    edges,
    line_mark,
    node,
    picture,
    relations,
    shown_elements,
)
from kientruc.views.network import Cluster, LineMark, NetworkPicture, Node, Shape
from kientruc.views.picture import LegendEntry, Mark
from kientruc.views.words import label, name

EXCHANGE = verb_groups.verbs("exchange")
FLOW = (Verb.SENDS, Verb.READS, Verb.WRITES)
MANY = 12  # users, channels, things of one body: past so many, those alike are drawn as one
HUBS = ("lgsp", "ldop", "agent_node", "ngsp", "ndxp", "ndop")  # roles of what data are meant to go through
READABLE = 40  # boxes of one page; past so many, things of one body are drawn as one
PLACED = (Kind.SITE, Kind.NODE, Kind.DEVICE, Kind.NETWORK, Kind.INFRA_SERVICE)
OUTSIDE, USERS, CHANNELS, AGENCY = "\0outside", "\0users", "\0channels", "\0agency"  # frames, not ids of the data
NATIONAL = ("national_shared", "national_sharing", "national_database", "national_portal", "national_identity")


def context(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show the whole from outside: users, channels, the agency's components, and whose systems it is joined to.

    What the components exchange with each other is another picture's matter: `cooperation`.
    """
    elements = {one.id: one for one in shown_elements(material, choice)}
    boxes: dict[str, Node] = {}
    of: dict[str, str] = {}
    shown = coloured(material, choice, elements.values())
    alike = _alike(material, elements.values(), shown)
    for id, element in elements.items():
        box = alike.get(id) or _party(material, element)
        if box is not None:
            of[id], boxes[box.id] = box.id, box
    joined = [
        Joined(of[one.target], of[one.source_id], one, line_mark(material, one))
        if one.verb in (Verb.SERVES, Verb.READS)
        else Joined(of[one.source_id], of[one.target], one, line_mark(material, one))
        for one in relations(material, choice, of)
        if one.verb in (*EXCHANGE, Verb.SERVES, Verb.REALISES)
        and not boxes[of[one.source_id]].cluster == boxes[of[one.target]].cluster == AGENCY
    ]
    lines = edges(material, joined, counted=True)
    met = {end for one in lines for end in (one.source, one.target)}
    lang, agency = material.lang, material.architecture.head.agency
    frames = (
        Cluster(USERS, text("network.users", lang)),
        Cluster(CHANNELS, text("network.channels", lang)),
        Cluster(AGENCY, label(material.architecture, agency, lang)),
        Cluster(OUTSIDE, text("network.outside", lang)),
    )
    kept = [one for one in boxes.values() if one.id in met or one.cluster in (USERS, CHANNELS)]
    notes = (text("network.counted", lang),) if any(one.label for one in lines) else ()
    seen = {one.mark for one in kept}
    legend = [one for one in shown.legend if one.mark in seen]
    return picture(material, choice, "context", kept, lines, frames, legend, notes=notes)


def _alike(material: Material, elements: Iterable[Element], shown: Colours) -> dict[str, Node]:
    """Give the boxes of users and of channels: one for each, or for all that stand alike where they are many."""
    found: dict[str, Node] = {}
    for kind, frame in ((Kind.USER_GROUP, USERS), (Kind.CHANNEL, CHANNELS)):
        members = [one for one in elements if one.kind is kind]
        by_mark: dict[LegendEntry, list[Element]] = defaultdict(list)
        for element in members:
            by_mark[shown.of(element)].append(element)
        for entry, together in by_mark.items():
            if len(members) <= MANY or len(together) == 1:
                found |= {one.id: node(material, one, shown, frame) for one in together}
                continue
            words = f"{len(together)} {kind.in_(material.lang)}"
            names = "; ".join(name(one, material.lang) for one in together)
            box = Node(f"{frame}{entry.mark.value}", words, entry.mark, names, SHAPES[kind], entry.badge, frame)
            found |= {one.id: box for one in together}
    return found


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


def cooperation(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show which applications exchange with which; where there are too many, which components do."""
    elements = {
        one.id: one
        for one in shown_elements(material, choice)
        if "software" in one.kind.groups or one.kind is Kind.DATA_STORE
    }
    joined = [
        Joined(one.target, one.source_id, one, line_mark(material, one))
        if one.verb is Verb.READS
        else Joined(one.source_id, one.target, one, line_mark(material, one))
        for one in relations(material, choice, elements)
        if one.verb in EXCHANGE
    ]
    met = {end for one in joined for end in (one.source, one.target)}
    if len(met) > ELEMENTS and choice.elements is None:
        return _between_components(material, choice, elements, joined)
    shown = coloured(material, choice, [elements[id] for id in sorted(met)])
    nodes = [node(material, elements[id], shown, elements[id].component or "") for id in sorted(met)]
    return picture(
        *(material, choice, "cooperation", nodes, edges(material, joined)),
        clusters=_components(material),
        legend=shown.legend,
    )


def _between_components(
    material: Material, choice: Choice, elements: dict[str, Element], joined: Iterable[Joined]
) -> NetworkPicture | None:
    """Draw each component as one box with the number of its things that exchange, each line with that of exchanges."""
    held: dict[str, set[str]] = defaultdict(set)
    between = []
    for one in joined:
        ends = [elements[id].component or "" for id in (one.source, one.target)]
        for id, component in zip((one.source, one.target), ends, strict=True):
            held[component].add(id)
        between.append(replace(one, source=ends[0], target=ends[1]))
    components, lang = material.architecture.components, material.lang
    nodes = [
        Node(
            id,
            text("network.component", lang, name=name(components[id], lang), count=len(held[id])),
            Mark.PRESENT,
            "; ".join(name(elements[one], lang) for one in sorted(held[id])[:20]),
        )
        for id in sorted(held)
        if id in components
    ]
    within = {one.id for one in nodes}
    lines = edges(material, (one for one in between if {one.source, one.target} <= within), counted=True)
    notes = (text("network.counted", lang),)
    return picture(material, choice, "cooperation", nodes, lines, notes=notes)


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
    hubs = {id for id, one in elements.items() if one.role in HUBS}
    joined: list[Joined] = []
    for one in relations(material, choice, elements):
        if one.verb not in FLOW and not (one.over and one.verb in EXCHANGE):
            continue
        source, target = (one.target, one.source_id) if one.verb is Verb.READS else (one.source_id, one.target)
        way = [source, *(id for id in one.over if id in elements), target]
        if not hubs.isdisjoint(way):
            mark = line_mark(material, one)
        elif _is_within(material, source, target):
            continue
        else:
            mark = LineMark.POINT_TO_POINT
        joined += [Joined(a, b, one, mark) for a, b in pairwise(way)]
    met = {end for one in joined for end in (one.source, one.target)} | (hubs if joined else set())
    shown = coloured(material, choice, [elements[id] for id in sorted(met)])
    nodes = [node(material, elements[id], shown, _side(elements[id], hubs)) for id in sorted(met)]
    lang = material.lang
    frames = (
        Cluster(HUBS[0], text("network.hubs", lang)),
        Cluster(AGENCY, label(material.architecture, material.architecture.head.agency, lang)),
        Cluster(OUTSIDE, text("network.outside", lang)),
    )
    return picture(material, choice, "data-flow", nodes, edges(material, joined), frames, shown.legend)


def _side(element: Element, hubs: Collection[str]) -> str:
    return HUBS[0] if element.id in hubs else OUTSIDE if element.reference is not None else AGENCY


def _is_within(material: Material, one: str, other: str) -> bool:
    """Tell whether two things are parts of one whole, or the one part of the other."""
    wholes = [set(material.graph.reached_from((id,), "whole")) for id in (one, other)]
    return not wholes[0].isdisjoint(wholes[1])


def infrastructure(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show sites with what stands in them, networks, and how they are joined; what runs on each is counted."""
    elements = {one.id: one for one in shown_elements(material, choice)}
    placed = {id: one for id, one in elements.items() if one.kind in PLACED}
    hosts = {one.source_id: one.target for one in relations(material, choice, placed) if one.verb is Verb.HOSTED_ON}
    hosts |= {
        one.source_id: one.target
        for one in relations(material, choice, placed)
        if one.verb is Verb.PART_OF and placed[one.target].kind is Kind.SITE
    }
    running: dict[str, int] = defaultdict(int)
    for one in relations(material, choice, elements):
        if one.verb is Verb.HOSTED_ON and one.source_id not in placed and one.target in placed:
            running[one.target] += 1
    shown = coloured(material, choice, placed.values())
    site = {id: _site(id, hosts, placed) for id in placed}
    framed = {frame for id, frame in site.items() if frame and frame != id}
    nodes = [
        _running(node(material, one, shown, site[id] if site[id] != id else ""), running[id], material.lang)
        for id, one in placed.items()
        if id not in framed
    ]
    frames = [
        Cluster(id, _running(node(material, placed[id], shown), running[id], material.lang).label)
        for id in sorted(framed)
    ]
    boxes = {one.id for one in nodes}
    joined = [
        Joined(one.source_id, one.target, one, line_mark(material, one))
        for one in relations(material, choice, placed)
        if one.source_id in boxes and one.target in boxes and one.verb in (Verb.CONNECTS, Verb.USES, Verb.DEPENDS_ON)
    ]
    return picture(
        *(material, choice, "infrastructure", nodes, edges(material, joined)),
        clusters=frames,
        legend=shown.legend,
    )


def _site(id: str, hosts: dict[str, str], placed: dict[str, Element]) -> str:
    """Follow what a thing stands on to the site it stands in; "" where nothing says so."""
    seen = set()
    while id in hosts and id not in seen:
        seen.add(id)
        id = hosts[id]
    return id if placed[id].kind is Kind.SITE else ""


def _running(box: Node, count: int, lang: str) -> Node:
    return replace(box, label=text("network.running", lang, name=box.label, count=count)) if count else box


def national_links(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show what the agency is joined to outside: there, planned, said to be missing, or nowhere written.

    Things of one body stand in its frame; where all of them are too many for a page, one box counts them.
    """
    elements = {one.id: one for one in shown_elements(material, choice)}
    outside = {id for id, one in elements.items() if one.reference is not None or one.role in NATIONAL}
    joined = []
    for one in relations(material, choice, elements):
        if one.verb in (*EXCHANGE, Verb.INHERITS) and (one.source_id in outside) != (one.target in outside):
            joined.append(Joined(one.source_id, one.target, one, line_mark(material, one)))
    met = {end for one in joined for end in (one.source, one.target)}
    ids = sorted(met | outside)
    counted = choice.elements is None and len(ids) > READABLE
    shown = coloured(material, choice, [elements[id] for id in ids])
    boxes = {}
    for id in ids:
        if counted:
            boxes[id] = _counted(material, elements[id], [elements[one] for one in ids], outside)
        else:
            box = node(material, elements[id], shown, _issuer(elements[id]) if id in outside else AGENCY)
            boxes[id] = box if id in met else replace(box, mark=Mark.MISSING)
    met_boxes = {boxes[id].id for id in met}
    nodes = {box.id: box if box.id in met_boxes else replace(box, mark=Mark.MISSING) for box in boxes.values()}
    lines = [replace(one, source=boxes[one.source].id, target=boxes[one.target].id) for one in joined]
    lang = material.lang
    frames = [Cluster(AGENCY, label(material.architecture, material.architecture.head.agency, lang))]
    frames.append(Cluster(OUTSIDE, text("network.outside", lang)))
    issuers = {_issuer(elements[id]): elements[id].reference for id in ids if id in outside}
    frames += [
        Cluster(id, label(material.architecture, reference.issuer, lang), OUTSIDE)
        for id, reference in sorted(issuers.items())
        if reference is not None
    ]
    seen = {one.mark for one in nodes.values()}
    legend = [one for one in shown.legend if one.mark in seen]
    if Mark.MISSING in seen and not any(one.mark is Mark.MISSING for one in legend):
        legend.append(LegendEntry(Mark.MISSING, text("network.alone", lang)))
    notes = (text("network.counted", lang),) if counted else ()
    drawn = edges(material, lines, counted=counted)
    return picture(material, choice, "national-links", nodes.values(), drawn, frames, legend, notes=notes)


def _issuer(element: Element) -> str:
    """Give the frame of the body that something from outside belongs to."""
    return f"{OUTSIDE}{element.reference.issuer}" if element.reference is not None else OUTSIDE


def _counted(material: Material, element: Element, all: Iterable[Element], outside: Collection[str]) -> Node:
    """Give the box that stands for all things of a body outside, or of a component, with their number."""
    lang, architecture = material.lang, material.architecture
    if element.id in outside:
        alike = [one for one in all if one.id in outside and _issuer(one) == _issuer(element)]
        words = (
            label(architecture, element.reference.issuer, lang) if element.reference else text("network.outside", lang)
        )
        box = Node(_issuer(element) + "\0", words, Mark.OTHER, "", Shape.CUBE, "", OUTSIDE)
    else:
        alike = [one for one in all if one.id not in outside and one.component == element.component]
        known = architecture.components.get(element.component or "")
        words = name(known, lang) if known else text("group.no-component", lang)
        box = Node(f"{AGENCY}{element.component or ''}", words, Mark.PRESENT, "", Shape.BOX, "", AGENCY)
    told = text("network.component", lang, name=words, count=len(alike))
    return replace(box, label=told, note="; ".join(name(one, lang) for one in alike[:20]))


def foundations(material: Material, choice: Choice) -> NetworkPicture | None:
    """Show the urgent work, what it delivers, and the work that waits for it."""
    tasks = material.architecture.records["tasks"]
    urgent = {id for id, one in tasks.items() if one.priority == "urgent"}
    waits = [one for one in material.architecture.relations if one.verb is Verb.WAITS_FOR and one.target in tasks]
    waiting = _waiting(urgent, waits)
    delivered = [
        one
        for one in material.architecture.relations
        if one.verb is Verb.DELIVERS
        and one.source_id in urgent
        and choice.takes(material.architecture.elements[one.target])
    ]
    lang = material.lang
    nodes = [
        Node(
            id,
            name(tasks[id], lang),
            Mark.FIRST if id in urgent else Mark.OTHER,
            "",
            Shape.DOCUMENT,
            "",
            _stage(id, urgent),
        )
        for id in sorted(urgent | waiting)
    ]
    elements = [material.architecture.elements[id] for id in sorted({one.target for one in delivered})]
    shown = coloured(material, choice, elements)
    few = len(elements) + len(nodes) <= ELEMENTS
    nodes += [node(material, one, shown, "elements") for one in elements] if few else []
    lines = [
        Joined(one.target, one.source_id, one, LineMark.PRESENT)
        for one in waits
        if {one.source_id, one.target} <= urgent | waiting
    ]
    if few:
        lines += [Joined(one.source_id, one.target, one, LineMark.SAME) for one in delivered]
    else:
        nodes += _results(material, delivered)
        lines += [Joined(one.source_id, f"{OUTSIDE}{one.source_id}", one, LineMark.SAME) for one in delivered]
    says = {LineMark.PRESENT: text("network.awaits", lang), LineMark.SAME: text("network.delivers", lang)}
    tasks_legend = (
        LegendEntry(Mark.FIRST, text("network.urgent", lang)),
        LegendEntry(Mark.OTHER, text("network.waiting", lang)),
    )
    seen = {one.mark for one in nodes}
    return picture(
        *(material, choice, "foundations", nodes, edges(material, lines)),
        clusters=(
            Cluster("urgent", text("network.urgent", lang)),
            Cluster("waiting", text("network.waiting", lang)),
            Cluster("elements", text("network.delivered", lang)),
        ),
        legend=[*(one for one in tasks_legend if one.mark in seen), *(shown.legend if few else ())],
        says=lambda mark: says[mark],
    )


def _results(material: Material, delivered: Iterable[Relation]) -> Iterator[Node]:
    """Give one box for all that a task delivers, with their number, where all are too many to be named."""
    held: dict[str, list[str]] = defaultdict(list)
    for one in delivered:
        held[one.source_id].append(label(material.architecture, one.target, material.lang))
    for id, names in sorted(held.items()):
        words = text("network.results", material.lang, count=len(names))
        yield Node(f"{OUTSIDE}{id}", words, Mark.PRESENT, "; ".join(names[:20]), Shape.ROUNDED, "", "elements")


def _stage(id: str, urgent: Collection[str]) -> str:
    return "urgent" if id in urgent else "waiting"


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


def _components(material: Material) -> Iterator[Cluster]:
    for component in material.architecture.components_in_order:
        yield Cluster(component.id, name(component, material.lang))
