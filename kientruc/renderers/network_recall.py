"""A network as it was drawn before: what is known keeps its place, what is new finds room near its neighbours."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kientruc.renderers.graph_layout import Area, Point, Size, area
from kientruc.renderers.network_blocks import mean, routed
from kientruc.renderers.network_parts import Placed
from kientruc.renderers.network_sheet import Sheet, Surroundings, sheet
from kientruc.renderers.network_texts import SizedNetwork, sized
from kientruc.renderers.scene import Paper
from kientruc.views.network import NetworkPicture

AIR = 0.8  # em between a new box and the others
FRAME_PAD, TITLE_AIR = 0.7, 0.5  # em around the boxes of a frame; around its title
SHRINKS = (1.0, 0.95, 0.9, 0.85, 0.8)  # of the size it had: so much is given for the room that new boxes need
KNOWN = 0.5  # of all boxes; with fewer a new layout looks better than an old one with additions
RING, RINGS, TURNS = 1.5, 60, 24  # em between two circles on which room is looked for; how many; steps on each
FLAT = 0.6  # circles are so much lower than wide, like the sheet


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box stood: its middle on the sheet, and the size of the names. Unit: px."""

    x: float
    y: float
    em: float


NOWHERE: Mapping[str, Place] = MappingProxyType({})


def recall(
    picture: NetworkPicture, around: Surroundings, paper: Paper, remembered: Mapping[str, Place]
) -> tuple[Placed, Sheet] | None:
    """The network in its old places, drawn smaller only if new boxes find no room; None if it has to be placed anew."""
    network = sized(picture)
    known = [remembered[one.node.id] for one in network.nodes if one.node.id in remembered]
    if not known or len(known) < len(network.nodes) * KNOWN:
        return None
    em = min(place.em for place in known)
    for shrink in SHRINKS:
        page = sheet(around, paper, round(em * shrink, 1))
        places = {id: _point(place, page, em, shrink) for id, place in remembered.items()}
        found = _Finder(network, page.limits, places).placed()
        if found:
            boxes, frames = found
            return routed(network, Size(page.width, page.height), boxes, frames), page
    return None


def _point(place: Place, page: Sheet, em: float, shrink: float) -> Point:
    """The place in em of the new page, as far from the middle of the sheet as it was in em of the old one."""
    if shrink == 1.0:
        return place.x / em, place.y / em
    paper = page.paper
    return (place.x - paper.width / 2) / em + page.width / 2, (place.y - paper.height / 2) / em + page.height / 2


class _Finder:
    """Finds places for the boxes of one network on one page."""

    def __init__(self, network: SizedNetwork, limits: Area, places: Mapping[str, Point]) -> None:
        self.network, self.limits, self.places = network, limits, places
        frame = {one.cluster.id: n for n, one in enumerate(network.frames)}
        self.parent = [frame.get(one.cluster.parent, -1) for one in network.frames]
        self.around = [tuple(self.chain(frame.get(one.node.cluster, -1))) for one in network.nodes]
        number = {one.node.id: n for n, one in enumerate(network.nodes)}
        self.beside: dict[int, set[int]] = defaultdict(set)
        for one in network.edges:
            a, b = number[one.edge.source], number[one.edge.target]
            self.beside[a].add(b)
            self.beside[b].add(a)
        self.boxes: dict[int, Point] = {}

    def chain(self, frame: int) -> Iterator[int]:
        """This frame and those around it."""
        for _ in self.parent:
            if frame >= 0:
                yield frame
                frame = self.parent[frame]

    def placed(self) -> tuple[dict[int, Point], dict[int, Area]] | None:
        """All boxes and frames, or None if there is no room for one or the old places no longer fit together."""
        new = []
        for n, one in enumerate(self.network.nodes):
            place = self.places.get(one.node.id)
            if place is None or self.hits(area(place, one.size), 0.0):
                new.append(n)
            else:
                self.boxes[n] = place
        frames = self.frames()
        if not self.fits(frames) or not self.on_sheet():
            return None
        for n in sorted(new, key=lambda n: (-len(self.beside[n] & self.boxes.keys()), n)):
            if not self.settle(n) and not self.push(n):
                return None
        return self.boxes, self.frames()

    def settle(self, n: int) -> bool:
        """Give a box the nearest free place to where it would like to stand; False if there is none."""
        size = self.network.nodes[n].size
        for place in _circles(self.wish(n)):
            where = area(place, size)
            if self.limits.holds(where) and not self.hits(where, AIR):
                self.boxes[n] = place
                if self.fits(self.frames()):
                    return True
                del self.boxes[n]
        return False

    def push(self, n: int) -> bool:
        """Give a box room below or above one of its frame: all that is farther down or up moves by the box's height."""
        size, (x, y) = self.network.nodes[n].size, self.wish(n)
        near = [k for k in self.boxes if self.around[k][:1] == self.around[n][:1]] or list(self.boxes)
        old = dict(self.boxes)
        for mate in sorted(near, key=lambda k: (math.dist(old[k], (x, y)), k)):
            for side in (1, -1):
                edge = old[mate][1] + side * self.network.nodes[mate].size.height / 2
                step = side * (size.height + 2 * AIR)
                self.boxes = {k: (a, b + step) if (b - edge) * side > 0 else (a, b) for k, (a, b) in old.items()}
                where = area((old[mate][0], edge + step / 2), size)
                if not self.hits(where, 0.0):
                    self.boxes[n] = old[mate][0], edge + step / 2
                    if self.on_sheet() and self.fits(self.frames()):
                        return True
        self.boxes = old
        return False

    def on_sheet(self) -> bool:
        return all(self.limits.holds(self.area(k)) for k in self.boxes)

    def wish(self, n: int) -> Point:
        """Where it stood; among its neighbours; among the boxes of its frame; below all others."""
        old = self.places.get(self.network.nodes[n].node.id)
        if old:
            return old
        mates = {k for k in self.boxes if self.around[k][:1] == self.around[n][:1] != ()}
        for near in (self.beside[n] & self.boxes.keys() & mates, mates, self.beside[n] & self.boxes.keys()):
            if near:
                return mean([self.boxes[k] for k in sorted(near)])
        return (self.limits.left + self.limits.right) / 2, self.limits.bottom

    def hits(self, where: Area, air: float) -> bool:
        return any(where.grown(air).meets(self.area(k)) for k in self.boxes)

    def area(self, n: int) -> Area:
        return area(self.boxes[n], self.network.nodes[n].size)

    def frames(self) -> dict[int, Area]:
        """Frames as small as their boxes and titles allow; inner ones first, for outer ones hold them."""
        found: dict[int, Area] = {}
        for n in sorted(range(len(self.parent)), key=lambda n: (-len(tuple(self.chain(n))), n)):
            inside = [self.area(k) for k in self.boxes if self.around[k][:1] == (n,)]
            inside += [where for k, where in found.items() if self.parent[k] == n]
            if inside:
                found[n] = self.frame(n, inside)
        return found

    def frame(self, n: int, inside: list[Area]) -> Area:
        whole = inside[0]
        for one in inside[1:]:
            whole = whole.around(one)
        title = self.network.frames[n].title
        spare = max(0.0, title.width - (whole.right - whole.left)) / 2
        whole = whole.grown(FRAME_PAD)
        top = whole.top - (title.height + TITLE_AIR if title.width else 0.0)
        return Area(whole.left - spare, top, whole.right + spare, whole.bottom)

    def fits(self, frames: Mapping[int, Area]) -> bool:
        """Whether every frame lies on the sheet and holds nothing that is not its own."""
        for n, where in frames.items():
            if not self.limits.holds(where):
                return False
            if any(n not in self.around[k] and where.meets(self.area(k)) for k in self.boxes):
                return False
            others = (k for k in frames if k < n and n not in self.chain(k) and k not in self.chain(n))
            if any(where.meets(frames[k]) for k in others):
                return False
        return True


def _circles(middle: Point) -> Iterator[Point]:
    """Points around a point, from near to far."""
    yield middle
    for ring in range(1, RINGS):
        for turn in range(TURNS):
            angle = 2 * math.pi * turn / TURNS
            yield (
                round(middle[0] + ring * RING * math.cos(angle), 2),
                round(middle[1] + ring * RING * FLAT * math.sin(angle), 2),
            )
