"""A second, naive implementation of the kinds of check: small worlds as plain data, and what each kind says of them.

Nothing here is shared with the program: reach is a closure of a table, ways around are all simple paths, what is not
sure is tried out both ways. It is only fit for a dozen elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from .plain_world import (
    CHECKED,
    FORWARD,
    Edge,
    Link,
    Paper,
    Says,
    Test,
    Thing,
    World,
    bounded,
    chosen,
    closure,
    counts,
    edges,
    ended,
    last,
    owner,
    parts,
    simple_paths,
    sure,
)


def count(world: World, test: Test, least: int, most: int | None) -> str | None:
    """Of those with level 3 and above."""
    met = [thing for thing in chosen(world, test) if thing.level == "?" or (thing.level or 0) in (3, 4, 5)]
    if not world.things or (not met and not least):
        return None
    certain = [thing for thing in met if thing.level != "?" and not thing.assumed]
    return bounded(len(certain), len(met) - len(certain), least, most)


def unique(world: World, test: Test) -> set[tuple[str, frozenset[str]]]:
    """By owner: each group once."""
    things = chosen(world, test)
    found = {("manual", frozenset((thing.id,))) for thing in things if thing.owner == "?"}
    for one in things:
        same = [other for other in things if other.owner == one.owner and one.owner not in (None, "?")]
        stated = sum(not other.assumed for other in same)
        if same:
            status = "pass" if len(same) == 1 else "fail" if stated > 1 else "manual"
            found.add((status, frozenset(other.id for other in same)))
    return found


def require_relation(world: World, via: str, test: Test, to: Test, least: int, most: int | None) -> Says:
    """Neighbours, each tried out as there or not."""
    said: Says = {}
    wanted = {thing.id for thing in chosen(world, to)}
    for thing in chosen(world, test):
        near: dict[str, bool] = {}
        for start, end, link in edges(world, via, state=last(world, thing)):
            if start == thing.id != end and end in wanted:
                near[end] = near.get(end, False) or not (link.assumed or world.by_id[end].assumed)
        certain = sum(near.values())
        said[thing.id] = bounded(certain, len(near) - certain, least, most)
        if said[thing.id] == "fail" and thing.assumed:
            said[thing.id] = "manual"
    return said


def related(world: World, via: str, test: Test, to: Test, far: bool, of_parts: bool) -> Says:
    """A neighbour of the sort, or of a part, or one that leads to such a thing, in the last state of each."""
    said: Says = {}
    for thing in chosen(world, test):
        steps = edges(world, via, state=last(world, thing))
        beyond = closure(world, steps) if far else {(id, id) for id in world.by_id}
        ours = parts(world, thing.id, last(world, thing), False) if of_parts else {thing.id}
        near = {end for start, end, _ in steps if start in ours and (end != thing.id or not far)}
        met = any(to(world.by_id[end]) for one in near for start, end in beyond if start == one)
        said[thing.id] = "pass" if met else "manual" if thing.assumed else "fail"
    return said


def named(world: World, test: Test, type: str) -> Says:
    """A paper of a type names it."""
    said: Says = {}
    for thing in chosen(world, test):
        met = any(thing.id in paper.about and paper.type == type for paper in world.papers)
        said[thing.id] = "pass" if met else "manual" if thing.assumed else "fail"
    return said


def forbid_relation(world: World, via: str, test: Test, to: Test, by_owner: bool) -> tuple[list[str], set[str]]:
    """Give the statuses of the offending relations, and who is apart."""
    ours, theirs = chosen(world, test), {thing.id for thing in chosen(world, to)}
    offending: dict[int, str] = {}
    touched: set[str] = set()
    told = [(thing, edge) for thing in ours for edge in edges(world, via, state=last(world, thing))]
    for thing, (start, end, link) in told:
        if start != thing.id or end == thing.id or end not in theirs:
            continue
        owners = [owner(world, id) for id in (start, end)]
        if by_owner and owners[0] == owners[1] and owners[0] not in (None, "?"):
            continue
        unknown = by_owner and "?" in owners
        touched.add(start)
        offending[id(link)] = "manual" if unknown or not sure(world, link) else "fail"
    return sorted(offending.values()), ({thing.id for thing in ours} - touched if theirs else set())


def reach(world: World, via: str, test: Test, to: Test, back: bool) -> Says:
    """By the closure of the table of steps, in the last state of each."""
    wanted = chosen(world, to)
    tables = {
        (only, state): closure(world, edges(world, via, stated=only, state=state))
        for only, state in product((True, False), CHECKED)
    }

    def arrives(thing: Thing, table: set[tuple[str, str]], targets: list[Thing]) -> bool:
        return any(((one.id, thing.id) if back else (thing.id, one.id)) in table for one in targets)

    said: Says = {}
    for thing in chosen(world, test):
        stated, every = (tables[only, last(world, thing)] for only in (True, False))
        if thing.assumed:
            said[thing.id] = "pass" if arrives(thing, every, wanted) else "manual"
        elif arrives(thing, stated, [one for one in wanted if not one.assumed]):
            said[thing.id] = "pass"
        else:
            said[thing.id] = "manual" if arrives(thing, every, wanted) else "fail"
    return said


def passes_through(world: World, via: str, test: Test, to: Test, through: Test, by_owner: bool) -> Says:
    """By all simple paths of each state, without the platforms and what goes over them."""
    platforms = {thing.id for thing in chosen(world, through)}
    targets = [thing.id for thing in chosen(world, to) if thing.id not in platforms]

    def foreign(one: str, other: str) -> bool:
        if not by_owner:
            return one != other
        owners = owner(world, one), owner(world, other)
        return one != other and (owners[0] != owners[1] or owners[0] in (None, "?"))

    def known(id: str) -> bool:
        return not by_owner or owner(world, id) != "?"

    def left(steps: list[Edge], without: set[str]) -> list[Edge]:
        return [step for step in steps if not {step[0], step[1], *step[2].over} & without]

    said: Says = {}
    certain = {id for id in platforms if not world.by_id[id].assumed}
    for source in chosen(world, test):
        if source.id in platforms:
            continue
        ends = [
            {
                path[-1]
                for state in CHECKED
                for path in simple_paths(left(edges(world, via, stated=stated, state=state), without), source.id)
            }
            for stated, without in ((True, platforms), (False, certain), (False, set()))
        ]
        around, maybe, through_any = (
            [id for id in targets if id in found and foreign(source.id, id)] for found in ends
        )
        surely = [id for id in around if known(id) and not world.by_id[id].assumed and known(source.id)]
        if surely:
            said[source.id] = "manual" if source.assumed else "fail"
        elif maybe:
            said[source.id] = "manual"
        elif through_any:
            said[source.id] = "pass"
    return said


def acyclic(world: World, via: str, test: Test) -> dict[frozenset[str], str]:
    """Knots are who reaches each other among those selected."""
    ids = {thing.id for thing in chosen(world, test)}
    said: dict[frozenset[str], str] = {}
    for stated in (False, True):
        steps = [step for step in edges(world, via, stated=stated) if {step[0], step[1]} <= ids]
        reached = closure(world, steps)
        loops = {start for start, end, _ in steps if start == end}
        for one in ids:
            knot = frozenset(two for two in ids if (one, two) in reached and (two, one) in reached)
            if len(knot) == 1 and not knot & loops:
                continue
            if stated:
                said = {other: status for other, status in said.items() if not other & knot or status == "fail"}
            said[knot] = "fail" if stated else "manual"
    return said


def chain(world: World, test: Test, steps: list[tuple[str, Test]], of_parts: bool) -> Says:
    """Try every walk within the last state of each; a step between parts is one between their wholes as well."""

    def family(id: str, stated: bool, state: str) -> set[str]:
        return parts(world, id, state, stated) if of_parts else {id}

    def walks(id: str, left: list[tuple[str, Test]], stated: bool, state: str) -> bool:
        if not left:
            return True
        via, sort = left[0]
        ours = family(id, stated, state)
        ends = {end for start, end, _ in edges(world, via, stated=stated, state=state) if start in ours}
        met = [thing for thing in chosen(world, sort) if family(thing.id, stated, state) & ends]
        fit = [thing for thing in met if not (stated and thing.assumed)]
        return any(walks(thing.id, left[1:], stated, state) for thing in fit)

    said: Says = {}
    for thing in chosen(world, test):
        certain, possible = (walks(thing.id, steps, only, last(world, thing)) for only in (True, False))
        certain = possible if thing.assumed else certain
        said[thing.id] = "pass" if certain else "manual" if possible or thing.assumed else "fail"
    return said


def mapped(world: World, test: Test, tops: dict[str, str]) -> Says:
    """`tops` gives the top place of each place that is known."""
    said: Says = {}
    for thing in chosen(world, test):
        named = (thing.place,) if thing.place else world.maps if thing.component else ()
        if not named:
            good = thing.outside
        else:
            good = all(place in tops for place in named)
            if good and len({tops[place] for place in named}) > 1:
                said[thing.id] = "manual"
                continue
        said[thing.id] = "pass" if good else "manual" if thing.assumed else "fail"
    return said


def evidence(world: World, test: Test, type: str, valid: bool, from_whole: bool) -> Says:
    """Each paper asked of each thing, and of every whole of it."""

    def proves(paper: Paper, thing: Thing) -> bool:
        if thing.id not in paper.about or paper.type != type:
            return False
        if not valid:
            return True
        return paper.date is not None and paper.date <= 0 and (paper.until is None or paper.until >= 0)

    said: Says = {}
    for thing in chosen(world, test):
        proofs = [paper for paper in world.papers if proves(paper, thing)]
        inside = closure(world, edges(world, "part_of", stated=True, state=last(world, thing)))
        above = [one for one in world.things if (thing.id, one.id) in inside and one.id != thing.id]
        if (
            from_whole and not proofs and any(proves(p, one) and not p.assumed for p in world.papers for one in above)
        ) or any(not paper.assumed for paper in proofs):
            said[thing.id] = "pass"
        else:
            said[thing.id] = "manual" if proofs or thing.assumed else "fail"
    return said


def compare_along(world: World, test: Test, own: bool) -> Says:
    """Levels of wholes and of the nearest parts that have one, in each state in which the one is part of the other.

    What is not sure to be there, or only assumed, is tried out both ways by counting it and not counting it.
    """
    submitted = {thing.id for thing in chosen(world, lambda _: True)}

    def word(one: Thing | Link, state: str) -> str:
        return dict(one.states).get(state, "absent") if one.states else "unsaid"

    def near(id: str, state: str, every: bool) -> Iterator[Thing]:
        for link in world.links:
            part = world.by_id[link.source]
            if (link.verb, link.target) != ("part_of", id) or part.id not in submitted or not counts(world, link):
                continue
            if part.lifecycle == "ended" or (own and part.foreign):
                continue
            told = [word(one, state) for one in (link, part, world.by_id[id])]
            if "absent" in told or (not link.states and link.status == "planned" and state == "nay"):
                continue
            if every or not ("unknown" in told or link.assumed or part.assumed):
                yield part

    def levels(id: str, state: str, every: bool) -> Iterator[int | str]:
        for part in near(id, state, every):
            yield from levels(part.id, state, every) if part.level is None else (part.level,)

    said: Says = {}
    for whole in chosen(world, test):
        answers = set()
        for state in CHECKED:
            if whole.level is None or word(whole, state) == "absent":
                continue
            sure, possible = ([*levels(whole.id, state, every)] for every in (False, True))
            higher = [
                isinstance(whole.level, int) and any(isinstance(one, int) and whole.level < one for one in found)
                for found in (sure, possible)
            ]
            if possible:
                waits = higher[1] or "?" in (whole.level, *possible)
                answers.add("fail" if higher[0] else "manual" if waits else "pass")
            elif whole.level == "?" and any(near(whole.id, state, True)):
                answers.add("manual")  # neither the whole nor any of its parts says anything
        if answers:
            gravest = next(one for one in ("fail", "manual", "pass") if one in answers)
            said[whole.id] = "manual" if gravest == "fail" and whole.assumed else gravest
    return said


def exchanges(world: World, test: Test, other: Test) -> list[tuple[Link, str, str]]:
    """Give relations between two groups with our end and theirs."""
    ours, theirs = ({thing.id for thing in chosen(world, one)} for one in (test, other))
    everywhere = {thing.id for thing in chosen(world, lambda _: True)}
    found = []
    for link in world.links:
        if link.verb not in FORWARD["exchange"] or link.status in ("not-connected", "retired"):
            continue
        if link.states and not any(s in CHECKED and w != "absent" for s, w in link.states):
            continue
        if link.source == link.target or (not link.states and not {link.source, link.target} <= everywhere):
            continue
        for own, end in ((link.source, link.target), (link.target, link.source)):
            if own in ours and end in theirs:
                found.append((link, own, end))
                break
        else:
            own = next((id for id in (link.source, link.target) if id in ours), "")
            end = next((id for id in link.over if id in theirs), "")
            if own and end and own != end:
                found.append((link, own, end))
    return found


def between(world: World, leg: str, far: str) -> set[str]:
    """Give what lies between two things: what a relation of theirs goes over, and what is joined to both."""
    joined = [link for link in world.links if link.verb in FORWARD["exchange"] and counts(world, link)]
    found = {id for link in joined if {link.source, link.target} == {leg, far} for id in link.over}
    for middle in world.by_id:
        one = [link for link in joined if {link.source, link.target} == {leg, middle}]
        two = [link for link in joined if {link.source, link.target} == {middle, far} and leg not in link.over]
        found |= {middle} if one and two else set()
    return found


def route(world: World, test: Test, other: Test, through: str, or_reason: bool) -> list[tuple[str, str, str]]:
    """Give our end, their end and status of each exchange."""
    said = []
    for link, own, end in exchanges(world, test, other):
        met = {world.by_id[id].role for id in (link.source, *link.over, link.target)}
        for leg in link.over:
            met |= {world.by_id[id].role for id in between(world, leg, end)}
        excused = or_reason and link.because not in (None, "?")
        status = "pass" if through in met or excused else "fail"
        if status == "fail" and ((or_reason and link.because == "?") or _all_assumed(world, own, end)):
            status = "manual"
        said.append((own, end, status))
    return sorted(said)


def exchange_props(world: World, test: Test, other: Test, wanted: str) -> list[tuple[str, str, str]]:
    """Of the protocol."""
    said = []
    for link, own, end in exchanges(world, test, other):
        status = "pass" if link.protocol == wanted else "manual" if link.protocol == "?" else "fail"
        if status == "fail" and _all_assumed(world, own, end):
            status = "manual"
        said.append((own, end, status))
    return sorted(said)


def coverage(world: World, tops: dict[str, str]) -> Says:
    """Which top places hold anything."""
    said: Says = {}
    for top in sorted(set(tops.values())):
        there = [
            thing
            for thing in chosen(world, lambda _: True)
            if not ended(world, thing.id)
            and top in {tops.get(p) for p in ((thing.place,) if thing.place else world.maps if thing.component else ())}
        ]
        stated = [thing for thing in there if not thing.assumed]
        said[top] = "pass" if stated else "manual" if there else "fail"
    return said


def running(world: World, test: Test) -> set[str]:
    """Give who is asked for a level: not what has ended."""
    return {thing.id for thing in chosen(world, test) if not ended(world, thing.id)}


def held_once(world: World, test: Test, stores: Test, writers: Test) -> Says:
    """Write down every claim to hold a thing, and count the claimants of each state."""
    known = [{one.id for one in chosen(world, sort)} for sort in (stores, writers)]
    joined = [link for link in world.links if counts(world, link)]

    def claims(thing: Thing) -> list[tuple[str, Link | None, bool]]:
        found: list[tuple[str, Link | None, bool]] = [(thing.id, None, False)] if thing.id in known[0] else []
        for link in joined:
            holder = {"part_of": link.target, "realises": link.source}.get(link.verb, "")
            if thing.id in (link.source, link.target) and holder in known[0] and holder != thing.id:
                found.append((holder, link, False))
        if not found:
            writing = [link for link in joined if (link.verb, link.target) == ("writes", thing.id)]
            return [(link.source, link, False) for link in writing if link.source in known[1]]
        held = {id for id, _, _ in found}
        pairs = [link for link in joined if link.verb == "duplicates" and link.source != link.target]
        copies = {link.source for link in pairs if {link.source, link.target} <= held}
        found = [(id, link, id in copies) for id, link, _ in found]
        for link in pairs:
            for one, other in ((link.source, link.target), (link.target, link.source)):
                if one in held and other in known[0] - held:
                    found.append((other, link, True))
        return found

    def top(id: str, seen: tuple[str, ...] = ()) -> str:
        wholes = {link.target for link in world.links if (link.source, link.verb) == (id, "part_of")}
        above = sorted(wholes - {id, *seen})
        return top(above[0], (*seen, id)) if above else id

    def word(link: Link | None, thing: Thing, state: str) -> str:
        ends: list[Thing | Link] = [thing]
        if link is not None:
            ends = [link, world.by_id[link.source], world.by_id[link.target]]
        told = [dict(one.states).get(state, "absent") for one in ends if one.states]
        if link is not None and link.status == "planned" and not link.states and state == "nay":
            return "absent"
        return next((one for one in ("absent", "unknown") if one in told), "present")

    said: Says = {}
    for thing in chosen(world, test):
        tallies = []
        for state in CHECKED:
            tally: dict[str, bool] = {}
            for id, link, copy in claims(thing):
                told = word(link, thing, state)
                if told != "absent":
                    good = told == "present" and not copy and not world.by_id[id].assumed
                    good = good and not (link is not None and link.assumed)
                    tally[top(id)] = tally.get(top(id), False) or good
            tallies.append((sum(tally.values()), len(tally)))
        certain, possible = max(tallies)
        if possible:
            status = "fail" if certain > 1 else "manual" if possible > 1 else "pass"
            said[thing.id] = "manual" if status == "fail" and thing.assumed else status
    return said


def _all_assumed(world: World, *ids: str) -> bool:
    return all(world.by_id[id].assumed for id in ids)
