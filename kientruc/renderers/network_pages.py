"""A network that is too full for one sheet, on several: frames stay whole, and links tell the page they lead to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kientruc.messages import text
from kientruc.renderers.graph_layout import MOST_BOXES
from kientruc.renderers.network_recall import NOWHERE, Place
from kientruc.renderers.network_scene import NetworkTooFull, scene
from kientruc.renderers.scene import Paper, Scene
from kientruc.views.network import Cluster, Edge, NetworkPicture, Node, Shape
from kientruc.views.picture import SIGNS, LegendEntry, Mark

MOST_PAGES = 12  # nobody follows links over more
STUBS = 8  # links to single boxes of other pages; more become one
Group = tuple[str, ...]  # ids of boxes, in the order of the picture


def pages(picture: NetworkPicture, paper: Paper, remembered: Mapping[str, Place] = NOWHERE) -> tuple[Scene, ...]:
    """The picture on one sheet if it can be read there, else on as few as its frames allow.

    Raises:
        NetworkTooFull: more than `MOST_PAGES` would be needed, or one box alone is too large.
        ModuleNotFoundError: the extra `layout` is not installed.
    """
    if len(picture.nodes) > MOST_BOXES * MOST_PAGES:
        raise NetworkTooFull(picture.id, paper.name)
    groups: list[Group] = [tuple(node.id for node in picture.nodes)]
    drawn: dict[NetworkPicture, Scene | None] = {}
    while len(groups) <= MOST_PAGES:
        parts = tuple(_parts(picture, groups))
        for part in parts:
            if part not in drawn:
                drawn[part] = _drawn(part, paper, remembered)
        full = [n for n, part in enumerate(parts) if drawn[part] is None]
        if not full:
            return tuple(found for part in parts if (found := drawn[part]))
        if any(len(groups[n]) < 2 for n in full):
            break
        halves = [
            half for n, group in enumerate(groups) for half in (_halves(picture, group) if n in full else (group,))
        ]
        order = {node.id: n for n, node in enumerate(picture.nodes)}
        groups = sorted(halves, key=lambda group: order[group[0]])
    raise NetworkTooFull(picture.id, paper.name)


def _drawn(part: NetworkPicture, paper: Paper, remembered: Mapping[str, Place]) -> Scene | None:
    try:
        return scene(part, paper, remembered)
    except NetworkTooFull:
        return None


def _parts(picture: NetworkPicture, groups: Sequence[Group]) -> Iterator[NetworkPicture]:
    """The picture of each page."""
    if len(groups) == 1:
        yield picture
        return
    page_of = {id: number for number, group in enumerate(groups, 1) for id in group}
    nodes = {node.id: node for node in picture.nodes}
    for number, group in enumerate(groups, 1):
        stubs = _stubs(picture, page_of, nodes, number)
        edges = tuple(
            _edges(picture, {id: id for id in group} | {id: stub.id for id, stub in stubs.items()}, page_of, number)
        )
        shown = (*(nodes[id] for id in group), *dict.fromkeys(stubs.values()))
        marks, lines = {node.mark for node in shown}, {edge.mark for edge in edges}
        signs = {SIGNS[sure] for sure in (*(node.certainty for node in shown), *(edge.certainty for edge in edges))}
        yield replace(
            picture,
            id=f"{picture.id}-{number}",
            title=text("picture.page", picture.lang, title=picture.title, page=number, pages=len(groups)),
            nodes=shown,
            edges=edges,
            clusters=_clusters(picture, shown),
            legend=tuple(entry for entry in picture.legend if _is_seen(entry, marks, signs)),
            lines=tuple(entry for entry in picture.lines if entry.mark in lines),
            notes=picture.notes if number == 1 else (),
        )


def _is_seen(entry: LegendEntry, marks: Collection[Mark], signs: Collection[str]) -> bool:
    return entry.badge in signs if entry.mark is Mark.SIGN else entry.mark in marks


def _stubs(
    picture: NetworkPicture, page_of: Mapping[str, int], nodes: Mapping[str, Node], number: int
) -> dict[str, Node]:
    """For each box of another page that a line leads to: the box that stands for it here."""
    far = []
    for edge in picture.edges:
        for near, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if page_of[near] == number != page_of[other]:
                far.append(other)
    ids = tuple(dict.fromkeys(far))
    if len(ids) <= STUBS:
        return {id: _stub(f"p{number}.{id}", _one(nodes[id].label, page_of[id], picture.lang)) for id in ids}
    found = ", ".join(map(str, sorted({page_of[id] for id in ids})))
    stub = _stub(f"p{number}.others", text("picture.stubs", picture.lang, count=len(ids), pages=found))
    return dict.fromkeys(ids, stub)


def _one(label: str, page: int, lang: str) -> str:
    return text("picture.stub", lang, name=label, page=page)


def _stub(id: str, label: str) -> Node:
    return Node(id, label, Mark.SAME, label, Shape.NOTE)


def _edges(picture: NetworkPicture, here: Mapping[str, str], page_of: Mapping[str, int], number: int) -> Iterator[Edge]:
    """The lines of this page; those that come to lie on each other are one, without a label."""
    names = {node.id: node.label for node in picture.nodes}
    held = defaultdict(list)
    for edge in picture.edges:
        if number in {page_of[edge.source], page_of[edge.target]}:
            held[here[edge.source], here[edge.target], edge.mark, edge.certainty].append(edge)
    for (source, target, *_), edges in held.items():
        own = source == edges[0].source and target == edges[0].target
        if own:
            yield from edges
            continue
        told = "; ".join(edge.note or f"{names[edge.source]} → {names[edge.target]}" for edge in edges)
        label = edges[0].label if len(edges) == 1 else ""
        yield replace(edges[0], source=source, target=target, label=label, note=told)


def _clusters(picture: NetworkPicture, shown: Sequence[Node]) -> tuple[Cluster, ...]:
    """The frames that are not empty on this page."""
    parent = {cluster.id: cluster.parent for cluster in picture.clusters}
    kept: set[str] = set()
    for node in shown:
        id = node.cluster
        while id in parent and id not in kept:
            kept.add(id)
            id = parent[id]
    return tuple(cluster for cluster in picture.clusters if cluster.id in kept)


def _halves(picture: NetworkPicture, group: Group) -> tuple[Group, Group]:
    """Two groups of like size with few lines between them: what grows from the fullest frame, and the rest."""
    units = _units(picture, group)
    unit_of = {id: n for n, unit in enumerate(units) for id in unit}
    ties: dict[int, Counter[int]] = defaultdict(Counter)
    for edge in picture.edges:
        a, b = unit_of.get(edge.source), unit_of.get(edge.target)
        if a is not None and b is not None and a != b:
            ties[a][b] += 1
            ties[b][a] += 1
    taken = [max(range(len(units)), key=lambda n: (len(units[n]), -n))]
    size = len(units[taken[0]])
    while True:
        rest = [n for n in range(len(units)) if n not in taken]
        best = max(rest, key=lambda n: (sum(ties[n][m] for m in taken), -len(units[n]), -n))
        if len(rest) == 1 or abs(size + len(units[best]) - len(group) / 2) >= abs(size - len(group) / 2):
            break
        taken.append(best)
        size += len(units[best])
    first = {id for n in taken for id in units[n]}
    return tuple(id for id in group if id in first), tuple(id for id in group if id not in first)


def _units(picture: NetworkPicture, group: Group) -> list[Group]:
    """What stays together: the outermost frames of which there are several, else single boxes."""
    parent = {cluster.id: cluster.parent for cluster in picture.clusters}
    frames = {node.id: _chain(node.cluster, parent) for node in picture.nodes}
    for depth in range(max(len(frames[id]) for id in group) + 1):
        held = defaultdict(list)
        for id in group:
            chain = frames[id]
            held[chain[: depth + 1] if len(chain) > depth else (*chain, "", id)].append(id)
        if len(held) > 1 and max(map(len, held.values())) <= len(group) * 0.75:
            return [tuple(ids) for ids in held.values()]
    return [(id,) for id in group]


def _chain(id: str, parent: Mapping[str, str]) -> tuple[str, ...]:
    """The frames around a box, the outermost first."""
    found: list[str] = []
    while id in parent and id not in found:
        found.append(id)
        id = parent[id]
    return tuple(reversed(found))
