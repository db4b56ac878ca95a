"""Small worlds as plain data, and what joins their things: edges, ways, owners; nothing is shared with the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

CHECKED = ("nay", "sau")
FORWARD = {
    "data_flow": ("sends", "writes"),
    "depends_on": ("depends_on",),
    "exchange": ("sends", "reads", "writes"),
    "part_of": ("part_of",),
}
BACKWARD = {"data_flow": ("reads",), "depends_on": (), "exchange": ("sends", "reads", "writes"), "part_of": ()}
Edge = tuple[str, str, "Link"]


@dataclass(frozen=True)
class Thing:
    """An element; "?" stands for what is known to be unknown."""

    id: str
    kind: str
    role: str | None = None
    owner: str | None = None
    level: int | str | None = None
    assumed: bool = False
    states: tuple[tuple[str, str], ...] = ()
    place: str | None = None
    component: str | None = None
    outside: bool = False
    foreign: bool = False
    lifecycle: str | None = None


@dataclass(frozen=True)
class Link:
    """A relation."""

    source: str
    verb: str
    target: str
    over: tuple[str, ...] = ()
    assumed: bool = False
    status: str | None = None
    states: tuple[tuple[str, str], ...] = ()
    protocol: str | None = None
    because: str | None = None


@dataclass(frozen=True)
class Paper:
    """A piece of evidence; days are counted from the day of the check."""

    id: str
    about: tuple[str, ...]
    type: str | None
    assumed: bool
    date: int | None
    until: int | None


@dataclass(frozen=True)
class World:
    """All there is."""

    things: tuple[Thing, ...]
    links: tuple[Link, ...]
    papers: tuple[Paper, ...] = ()
    maps: tuple[str, ...] = ()  # where the one component belongs
    by_id: dict[str, Thing] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.by_id.update({thing.id: thing for thing in self.things})


Says = dict[str, str]
Test = Callable[[Thing], bool]


def kind(*kinds: str) -> Test:
    return lambda thing: thing.kind in kinds


def role(name: str) -> Test:
    return lambda thing: thing.role == name


def chosen(world: World, test: Test) -> list[Thing]:
    """Give the things of a sort that belong to what is submitted."""
    return [
        thing
        for thing in world.things
        if test(thing) and (not thing.states or any(s in CHECKED and w != "absent" for s, w in thing.states))
    ]


def counts(world: World, link: Link) -> bool:
    """Tell whether a relation joins anything, in any state."""
    if link.status in ("not-connected", "retired"):
        return False
    told = [dict(one.states) for one in (link, world.by_id[link.source], world.by_id[link.target]) if one.states]
    return not told or any(all(states.get(state, "absent") != "absent" for states in told) for state in CHECKED)


def sure(world: World, link: Link) -> bool:
    return not (link.assumed or world.by_id[link.source].assumed or world.by_id[link.target].assumed)


def there(world: World, link: Link, state: str) -> bool:
    """Tell whether a relation may be in one state: by its own word, that of its ends, and what is only planned."""
    told = [dict(one.states) for one in (link, world.by_id[link.source], world.by_id[link.target]) if one.states]
    planned = link.status == "planned" and not link.states and state == "nay"
    return not planned and all(states.get(state, "absent") != "absent" for states in told)


def last(world: World, thing: Thing) -> str:
    """Give the last submitted state that a thing is in; a part that names none goes with its first whole."""
    met, joined = [thing], [link for link in world.links if link.verb == "part_of" and counts(world, link)]
    while not met[-1].states:
        wholes = [link.target for link in joined if link.source == met[-1].id]
        if not wholes or world.by_id[min(wholes)] in met:
            break
        met.append(world.by_id[min(wholes)])
    told = dict(met[-1].states)
    return next((state for state in reversed(CHECKED) if not told or told.get(state, "absent") != "absent"), "")


def edges(world: World, via: str, *, stated: bool = False, state: str | None = None) -> list[Edge]:
    """Give the steps along some verbs, of one state or of all."""
    found: list[Edge] = []
    for link in world.links:
        if state is not None and not there(world, link, state):
            continue
        if counts(world, link) and (sure(world, link) or not stated):
            if link.verb in FORWARD[via]:
                found.append((link.source, link.target, link))
            if link.verb in BACKWARD[via]:
                found.append((link.target, link.source, link))
    return found


def closure(world: World, steps: list[Edge]) -> set[tuple[str, str]]:
    """Warshall: who reaches whom, everything itself."""
    ids = [thing.id for thing in world.things]
    reached = {(id, id) for id in ids} | {(start, end) for start, end, _ in steps}
    for middle, start, end in product(ids, ids, ids):
        if (start, middle) in reached and (middle, end) in reached:
            reached.add((start, end))
    return reached


def simple_paths(steps: list[Edge], start: str) -> Iterator[tuple[str, ...]]:
    """Give every way that visits nothing twice."""
    wave: list[tuple[str, ...]] = [(start,)]
    while wave:
        path = wave.pop()
        yield path
        wave.extend((*path, end) for end in {end for begin, end, _ in steps if begin == path[-1]} if end not in path)


def is_way(steps: list[Edge], path: tuple[str, ...], *, back: bool = False) -> bool:
    """Tell whether ids can be read as relations one after another, with what each goes over between its ends."""
    if len(path) == 1:
        return True
    for start, end, link in steps:
        walked = link.over if (start, end) == (link.source, link.target) else link.over[::-1]
        if back:
            start, end, walked = end, start, walked[::-1]
        way = (start, *walked, end)
        if path[: len(way)] == way and is_way(steps, path[len(way) - 1 :], back=back):
            return True
    return False


def bounded(certain: int, uncertain: int, least: int, most: int | None) -> str:
    """Try out every way in which what is not sure could turn out."""
    held = {
        least <= certain + sum(turn) and (most is None or certain + sum(turn) <= most)
        for turn in product((0, 1), repeat=uncertain)
    }
    return "manual" if len(held) == 2 else "pass" if True in held else "fail"


def owner(world: World, id: str) -> str | None:
    """Give one's own owner, else that of the nearest whole."""
    return held(world, id, "owner")


def ended(world: World, id: str) -> bool:
    """Tell whether a thing has ended, or the nearest whole that tells anything of its life-cycle."""
    return held(world, id, "lifecycle") == "ended"


def parts(world: World, id: str, state: str, stated: bool) -> set[str]:
    """Give what a thing is made of in a state, itself too."""
    steps = [(start, end) for start, end, _ in edges(world, "part_of", stated=stated, state=state)]
    found = {id}
    for _ in world.things:
        found |= {start for start, end in steps if end in found}
    own = not world.by_id[id].foreign
    return {id} | {one for one in found if not (ended(world, one) or (own and world.by_id[one].foreign))}


def held(world: World, id: str, field: str) -> str | None:
    """Give a thing's own word, else that of the nearest whole."""
    state = last(world, world.by_id[id])
    joined = [link for link in world.links if counts(world, link) and (not state or there(world, link, state))]
    wave, seen = [id], {id}
    while wave:
        following: list[str] = []
        for one in wave:
            said: str | None = getattr(world.by_id[one], field)
            if said is not None:
                return said
            for whole in sorted({link.target for link in joined if (link.source, link.verb) == (one, "part_of")}):
                if whole not in seen:
                    seen.add(whole)
                    following.append(whole)
        wave = following
    return None
