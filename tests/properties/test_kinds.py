"""Every kind of check against a naive second implementation, on random architectures; and every witness by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientruc.loading.relations import order
from kientruc.messages import text
from kientruc.model.architecture import SECTIONS, Architecture, Head
from kientruc.model.element import Element, Relation
from kientruc.model.legal import Evidence
from kientruc.model.organisation import Component, Organisation
from kientruc.model.planning import State
from kientruc.result import Outcome, Status

from ..validators.kinds import evaluated, words_of
from . import naive, plain_world
from .plain_world import Link, Paper, Thing, World, kind, role

DAY = date(2017, 9, 13)
IDS = [f"e{index:02}" for index in range(12)]
KINDS = ("application", "application", "application", "platform", "data_store")
APPS, STORES, LGSP = {"kind": "application"}, {"kind": ["data_store", "platform"]}, {"role": "lgsp"}
apps, stores, lgsp = kind("application"), kind("data_store", "platform"), role("lgsp")
PLACES = words_of("cpdt-1.0").words.places
TOPS = {id: place.parent or id for id, place in PLACES.items()}
NAMED = ("ung-dung-cap-tinh", "dich-vu-thu-muc", "kenh-truy-cap")


def worlds(*verbs: str, most: int = 8) -> st.SearchStrategy[World]:
    """Give worlds of up to so many elements and twice as many relations; Hypothesis shrinks the numbers.

    What fills them is drawn evenly: left to itself, Hypothesis would mostly draw the first of everything.
    """
    sizes = st.integers(1, most).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, 2 * most)))
    drawn = st.tuples(st.integers(0, 2**32), sizes)
    return drawn.map(lambda one: world(Random(one[0]), *one[1], verbs or ("sends", "reads", "part_of")))


def world(draw: Random, size: int, number: int, verbs: tuple[str, ...]) -> World:
    ids, pick = IDS[:size], draw.choice

    def rarely() -> bool:
        return draw.random() < 0.1

    def states() -> tuple[tuple[str, str], ...]:
        some = [state for state in ("nay", "sau", "xem") if draw.random() < 0.5] if draw.random() < 0.2 else []
        return tuple((state, pick(("present", "present", "absent", "unknown"))) for state in some)

    def few(most: int) -> tuple[str, ...]:
        return tuple(draw.sample(ids, draw.randint(0, min(most, size))))

    things = tuple(
        Thing(
            id=id,
            kind=pick(KINDS),
            role=pick((None, None, "lgsp", "one_stop")),
            owner=pick((None, "o1", "o1", "o2", "o3", "o4", "?")),
            level=pick((None, 1, 2, 3, 4, "?")),
            assumed=rarely(),
            states=states(),
            place=pick((*NAMED, None, None, "vi-tri-la")),
            component=pick((None, "c")),
            outside=rarely(),
            foreign=rarely(),
            lifecycle=pick((None, None, None, "operating", "ended")),
        )
        for id in ids
    )
    links = tuple(
        Link(
            source=pick(ids),
            verb=pick(verbs),
            target=pick(ids),
            over=few(1),
            assumed=rarely(),
            status=pick((None, None, None, None, "planned", "not-connected")),
            states=states(),
            protocol=pick((None, "HTTP", "FTP", "?")),
            because=pick((None, None, "vì", "?")),
        )
        for _ in range(number)
    )
    papers = tuple(
        Paper(
            id=f"p{at}",
            about=few(3),
            type=pick((None, "agreement", "agreement", "survey")),
            assumed=rarely(),
            date=pick((None, -9, -9, 0, 9)),
            until=pick((None, None, -1, 0, 5)),
        )
        for at in range(draw.randint(0, 4))
    )
    return World(things, links, papers, tuple(draw.sample(NAMED, draw.randint(0, 2))))


def maybe(value: object) -> object:
    return {"unknown": "chưa rõ"} if value == "?" else value


def said(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, (), {})}


def build(world: World) -> Architecture:
    """Make the architecture that a world tells of, as the loader would."""
    sure = {True: "assumed", False: "stated"}
    records: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for id in ("o1", "o2", "o3", "o4"):
        records["organisations"][id] = Organisation.model_validate({"\0id": id, "name": id})
    for id, part in (("nay", "baseline"), ("sau", "target"), ("xem", "observed")):
        records["states"][id] = State.model_validate({"\0id": id, "name": id, "role": part})
    component = {"\0id": "c", "name": "C", "order": 1, "maps": {"cpdt-1.0": world.maps}}
    records["components"]["c"] = Component.model_validate(component)
    for thing in world.things:
        fields = said(role=thing.role, owner=maybe(thing.owner), security_level=maybe(thing.level))
        fields |= said(component=thing.component, places={"cpdt-1.0": thing.place} if thing.place else {})
        fields |= said(outside={"cpdt-1.0": "lý do"} if thing.outside else {}, states=dict(thing.states))
        fields |= said(lifecycle=thing.lifecycle, reference={"issuer": "Bộ"} if thing.foreign else None)
        data = {"\0id": thing.id, "name": thing.id, "kind": thing.kind, "certainty": sure[thing.assumed], **fields}
        records["elements"][thing.id] = Element.model_validate(data)
    for paper in world.papers:
        days = {name: DAY + timedelta(n) for name, n in (("date", paper.date), ("until", paper.until)) if n is not None}
        data = {"\0id": paper.id, "name": paper.id, "about": paper.about, "certainty": sure[paper.assumed], **days}
        records["evidence"][paper.id] = Evidence.model_validate(data | said(type=paper.type))
    relations = []
    for link in world.links:
        fields = said(over=link.over, status=link.status, states=dict(link.states), protocol=maybe(link.protocol))
        fields |= said(direct_because=maybe(link.because))
        ends = {"\0verb": link.verb, "\0from": link.source, "\0to": link.target, "certainty": sure[link.assumed]}
        relations.append(Relation.model_validate(ends | fields))
    head = Head.model_validate({"\0id": "kt", "name": "KT", "agency": "o1", "edition": "cpdt-1.0", "cut_off": DAY})
    return Architecture(head, records, tuple(sorted(relations, key=order)))


def found(check: Mapping[str, Any], world: World) -> tuple[Outcome, ...]:
    outcomes = evaluated(check, build(world)).outcomes
    assert not [one for one in outcomes if one.status is Status.ERROR]
    assert all(one.witness for one in outcomes if one.status is Status.PASS)
    for one in outcomes:
        if one.status is not Status.FAIL:  # what does not fail is told by its reason
            assert not re.search(r"[{}]", text(f"reason.{one.reason}", "vi", **one.values))
    return outcomes


def statuses(outcomes: tuple[Outcome, ...]) -> dict[str, str]:
    assert all(len(one.subjects) == 1 for one in outcomes)
    told = {one.subjects[0]: one.status.value for one in outcomes}
    assert len(told) == len(outcomes)
    return told


def is_sure(world: World, ids: tuple[str, ...]) -> bool:
    return not any(world.by_id[id].assumed for id in ids)


def is_way(world: World, witness: tuple[str, ...], *, back: bool = False, stated: bool = False) -> bool:
    """Tell whether a witness is a way within one state."""
    steps = (plain_world.edges(world, "data_flow", stated=stated, state=state) for state in plain_world.CHECKED)
    return any(plain_world.is_way(of_state, witness, back=back) for of_state in steps)


def without_circles(world: World) -> World:
    """Leave out each `part_of` that could close a circle: such an architecture is refused when it is loaded."""
    return World(world.things, tuple(one for one in world.links if one.verb != "part_of" or one.source > one.target))


bounds = st.sampled_from(((1, None), (0, 1), (1, 1), (2, 3), (2, None), (0, 2)))


def limits(pair: tuple[int, int | None]) -> dict[str, int]:
    return {"min": pair[0]} | ({} if pair[1] is None else {"max": pair[1]})


ENOUGH: dict[str, tuple[tuple[str, ...], dict[str, Any], tuple[str, ...]]] = {
    "reach": (
        ("sends", "reads"),
        {"select": APPS, "via": "data_flow", "to": LGSP},
        ("reaches pass", "no-path fail", "on-assumption manual"),
    ),
    "passes_through": (
        ("sends", "reads"),
        {"from": APPS, "to": APPS, "via": "data_flow", "through": LGSP, "partition": "owner"},
        ("through pass", "around fail", "on-assumption manual", "unknown manual"),
    ),
    "acyclic": (
        ("depends_on",),
        {"select": APPS, "via": "depends_on"},
        ("no-cycle pass", "cycle fail", "on-assumption manual"),
    ),
    "chain": (
        ("sends", "reads"),
        {"select": APPS, "path": [{"via": "data_flow", "to": APPS}, {"via": "data_flow", "to": STORES}]},
        ("chained pass", "broken fail", "on-assumption manual"),
    ),
    "held_once": (
        ("realises", "duplicates"),
        {
            "select": {"kind": ["platform", "data_store", "application"]},
            "stores": {"kind": "data_store"},
            "writers": APPS,
        },
        ("held-once pass", "held-twice fail", "copies manual"),
    ),
    "compare_along": (
        ("part_of", "sends"),
        {"select": APPS, "prop": "security_level"},
        ("highest pass", "lower fail", "unknown manual"),
    ),
}


@given(worlds(), bounds)
def test_count(world: World, pair: tuple[int, int | None]) -> None:
    high = {"kind": "application", "where": {"prop": "security_level", "ge": 3}}
    outcomes = found({"kind": "count", "select": high, **limits(pair)}, world)
    wanted = naive.count(world, apps, *pair)
    assert [one.status.value for one in outcomes] == ([] if wanted is None else [wanted])
    there = {thing.id for thing in plain_world.chosen(world, apps) if thing.level in (3, 4, "?")}
    stated = {id for id in there if world.by_id[id].level != "?" and not world.by_id[id].assumed}
    for one in outcomes:
        if one.reason in ("counted", "too-many", "too-few"):
            assert set(one.witness) == (stated or (there if one.status is Status.PASS else set()))
            assert one.values["found"] == str(len(stated))


@given(worlds(), st.booleans())
def test_unique(world: World, suspect: bool) -> None:
    outcomes = found({"kind": "unique", "select": APPS, "by": "owner", "suspect": suspect}, world)
    told = [(one.status.value, frozenset(one.subjects)) for one in outcomes]
    assert len(told) == len(set(told))
    doubted = {"fail": "manual"} if suspect else {}
    assert set(told) == {(doubted.get(status, status), ids) for status, ids in naive.unique(world, apps)}
    for one in outcomes:
        owners = {world.by_id[id].owner for id in one.witness}
        assert len(owners) <= 1


@given(worlds("sends", "reads"), bounds)
def test_require_relation(world: World, pair: tuple[int, int | None]) -> None:
    check = {"kind": "require_relation", "select": APPS, "via": "data_flow", "to": STORES, **limits(pair)}
    outcomes = found(check, world)
    assert statuses(outcomes) == naive.require_relation(world, "data_flow", apps, stores, *pair)
    steps = {(start, end) for start, end, _ in plain_world.edges(world, "data_flow")}
    for one in outcomes:
        assert {(one.subjects[0], id) for id in one.witness[1:]} <= steps
        assert one.status is not Status.PASS or len(one.witness) > pair[0]


@given(worlds())
def test_named(world: World) -> None:
    must = {"named": {"section": "evidence", "where": {"prop": "type", "eq": "agreement"}}}
    outcomes = found({"kind": "when_then", "select": APPS, "must": must}, world)
    assert statuses(outcomes) == naive.named(world, apps, "agreement")


@given(worlds("sends", "reads", "part_of", "part_of"), st.sampled_from(("", "far", "of_parts")))
def test_related(world: World, how: str) -> None:
    must = {"related": {"via": "data_flow", "role": "lgsp", **({how: True} if how else {})}}
    outcomes = found({"kind": "when_then", "select": APPS, "must": must}, world)
    assert statuses(outcomes) == naive.related(world, "data_flow", apps, lgsp, how == "far", how == "of_parts")


@given(worlds("sends", "reads", "part_of"), st.sampled_from(("data_flow", "exchange")), st.booleans())
def test_forbid_relation(world: World, via: str, by_owner: bool) -> None:
    check = {"kind": "forbid_relation", "from": APPS, "to": STORES, "via": via}
    outcomes = found(check | ({"unless_same": "owner"} if by_owner else {}), world)
    offending, apart = naive.forbid_relation(world, via, apps, stores, by_owner)
    assert sorted(one.status.value for one in outcomes if one.status is not Status.PASS) == offending
    assert {one.subjects[0] for one in outcomes if one.status is Status.PASS} == apart
    ways = {(link.source, *link.over, link.target) for link in world.links if plain_world.counts(world, link)}
    assert {one.witness for one in outcomes if len(one.subjects) == 2 and one.reason != "unknown"} <= ways


@given(worlds("sends", "reads", most=12), st.booleans())
def test_reach(world: World, back: bool) -> None:
    outcomes = found({"kind": "reach", "select": APPS, "via": "data_flow", "to": LGSP, "back": back}, world)
    assert statuses(outcomes) == naive.reach(world, "data_flow", apps, lgsp, back)
    for one in outcomes:
        assert one.witness[0] == one.subjects[0]
        if one.reason in ("reaches", "on-assumption"):
            assert is_way(world, one.witness, back=back)
            assert world.by_id[one.witness[-1]].role == "lgsp"
        if one.reason == "reaches" and is_sure(world, one.subjects):
            assert is_way(world, one.witness, back=back, stated=True)
            assert is_sure(world, one.witness[-1:])


@given(worlds("sends", "reads", "sends", "part_of"), st.booleans())
def test_passes_through(world: World, by_owner: bool) -> None:
    check = {"kind": "passes_through", "from": APPS, "to": APPS, "via": "data_flow", "through": LGSP}
    outcomes = found(check | ({"partition": "owner"} if by_owner else {}), world)
    assert statuses(outcomes) == naive.passes_through(world, "data_flow", apps, apps, lgsp, by_owner)
    platforms = {thing.id for thing in plain_world.chosen(world, lgsp)}
    for one in outcomes:
        if one.reason == "around":
            assert is_way(world, one.witness, stated=True)
            assert platforms.isdisjoint(one.witness)
        if one.reason == "through":
            assert is_way(world, one.witness)
            assert not platforms.isdisjoint(one.witness)
        if one.reason in ("around", "through"):
            ends = one.witness[0], one.witness[-1]
            owners = [plain_world.owner(world, id) for id in ends]
            assert ends[0] != ends[1]
            assert not by_owner or owners[0] != owners[1] or owners[0] in (None, "?")


@given(worlds("depends_on", "depends_on", "sends"))
def test_acyclic(world: World) -> None:
    outcomes = found({"kind": "acyclic", "select": {"kind": ["application", "platform"]}, "via": "depends_on"}, world)
    both = kind("application", "platform")
    knots = naive.acyclic(world, "depends_on", both)
    told = {frozenset(one.subjects): one.status.value for one in outcomes if one.status is not Status.PASS}
    assert told == knots
    passed = [one for one in outcomes if one.status is Status.PASS]
    assert len(passed) == (not knots and bool(plain_world.chosen(world, both)))
    for one in outcomes:
        if one.status is not Status.PASS:
            steps = plain_world.edges(world, "depends_on", stated=one.status is Status.FAIL)
            pairs = {(start, end) for start, end, _ in steps}
            assert set(zip(one.witness, (*one.witness[1:], one.witness[0]), strict=True)) <= pairs
            assert set(one.witness) <= set(one.subjects)
            assert len(set(one.witness)) == len(one.witness)


@given(worlds())
def test_running(world: World) -> None:
    check = {"kind": "require_props", "select": {**APPS, "running": True}, "props": ["security_level"]}
    asked = {id for one in found(check, world) for id in one.subjects}
    assert asked == naive.running(world, apps)


@given(worlds("realises", "part_of", "writes", "duplicates"), st.booleans())
def test_held_once(world: World, itself: bool) -> None:
    store, select = kind("data_store"), "data_store" if itself else "platform"
    check = {"kind": "held_once", "select": {"kind": select}, "stores": {"kind": "data_store"}, "writers": APPS}
    outcomes = found(check, world)
    assert statuses(outcomes) == naive.held_once(world, kind(select), store, apps)


@given(worlds("sends", "depends_on", "sends", "part_of"), st.integers(1, 4), st.booleans())
def test_chain(world: World, length: int, of_parts: bool) -> None:
    sorts = ((APPS, apps), (STORES, stores))
    vias = ["data_flow", "depends_on", "data_flow", "data_flow"][:length]
    path = [{"via": via, "to": sorts[at % 2][0], "of_parts": of_parts} for at, via in enumerate(vias)]
    outcomes = found({"kind": "chain", "select": APPS, "path": path}, world)
    steps = [(via, sorts[at % 2][1]) for at, via in enumerate(vias)]
    assert statuses(outcomes) == naive.chain(world, apps, steps, of_parts)
    for one in outcomes:
        assert one.witness[0] == one.subjects[0]
        for (via, sort), (start, end) in zip(steps, zip(one.witness, one.witness[1:], strict=False), strict=False):
            walked = {(begin, until) for begin, until, _ in plain_world.edges(world, via)}
            assert of_parts or (start, end) in walked
            assert sort(world.by_id[end])
        assert (len(one.witness) == length + 1) == (one.reason in ("chained", "on-assumption"))
        if one.reason == "broken":
            assert one.values["step"] == str(len(one.witness))


@given(worlds())
def test_mapped(world: World) -> None:
    outcomes = found({"kind": "mapped", "select": APPS}, world)
    assert statuses(outcomes) == naive.mapped(world, apps, TOPS)


def test_a_misspelt_place_is_told_with_the_nearest() -> None:
    misspelt = Thing("e00", "application", place="kenh-truy-cp")
    (one,) = found({"kind": "mapped", "select": APPS}, World((misspelt,), ()))
    assert (one.reason, one.values["found"], one.values["near"]) == (
        "unknown-place",
        "kenh-truy-cp",
        PLACES["kenh-truy-cap"].name.vi,
    )


@given(worlds("part_of", "sends"), st.booleans(), st.booleans())
def test_evidence(world: World, valid: bool, whole: bool) -> None:
    must = {"prop": "type", "eq": "agreement"}
    check = {"kind": "evidence", "select": APPS, "must": must, "valid": valid, "from_whole": whole}
    outcomes = found(check, world)
    assert statuses(outcomes) == naive.evidence(world, apps, "agreement", valid, whole)
    papers = {paper.id: paper for paper in world.papers}
    for one in outcomes:
        if one.status is Status.PASS:
            paper = papers[one.witness[-1]]
            assert one.witness[-2] in paper.about
            assert (paper.type, paper.assumed) == ("agreement", False)


@given(worlds("part_of", "part_of", "sends"), st.booleans())
def test_compare_along(world: World, own: bool) -> None:
    world = without_circles(world)
    outcomes = found({"kind": "compare_along", "select": APPS, "prop": "security_level", "own_parts": own}, world)
    assert statuses(outcomes) == naive.compare_along(world, apps, own)
    for one in outcomes:
        if one.reason in ("lower", "highest"):
            whole, part = one.witness
            above, inside = {part}, {link for link in world.links if link.verb == "part_of"}
            for _ in world.things:
                above |= {link.target for link in inside if link.source in above}
            assert whole in above
            levels = [world.by_id[id].level for id in one.witness]
            assert (one.reason == "lower") == (levels[0] < levels[1])  # type: ignore[operator]


@given(worlds("sends", "reads"), st.booleans())
def test_route(world: World, or_reason: bool) -> None:
    check = {"kind": "route", "exchanges": {"from": APPS, "with": STORES}, "through": "lgsp", "or_reason": or_reason}
    outcomes = found(check, world)
    assert sorted((*one.subjects, one.status.value) for one in outcomes) == naive.route(
        world, apps, stores, "lgsp", or_reason
    )
    ways = Counter((link.source, *link.over, link.target) for link in world.links)
    assert Counter(one.witness for one in outcomes) <= ways


@given(worlds("sends", "reads"))
def test_exchange_props(world: World) -> None:
    must = {"prop": "protocol", "eq": "HTTP"}
    outcomes = found({"kind": "exchange_props", "exchanges": {"from": APPS, "with": STORES}, "must": must}, world)
    told = sorted((*one.subjects, one.status.value) for one in outcomes)
    assert told == naive.exchange_props(world, apps, stores, "HTTP")


@given(worlds())
def test_coverage(world: World) -> None:
    outcomes = found({"kind": "coverage", "obligation": ["mandatory", "expected", "optional"]}, world)
    assert statuses(outcomes) == naive.coverage(world, TOPS)
    for one in outcomes:
        if one.status is Status.PASS:
            held = [world.by_id[id].place or "" for id in one.witness if world.by_id[id].place]
            assert {TOPS[place] for place in held} <= set(one.subjects)


@pytest.mark.parametrize("kind", sorted(ENOUGH))
def test_the_random_worlds_are_not_all_alike(kind: str) -> None:
    """A property that only ever meets empty worlds proves nothing."""
    seen: Counter[str] = Counter()
    for seed in range(100):
        drawn = world(Random(seed), 8, 12, ENOUGH[kind][0])
        seen.update({f"{one.reason} {one.status.value}" for one in found({"kind": kind, **ENOUGH[kind][1]}, drawn)})
    assert {reason for reason in ENOUGH[kind][2] if seen[reason] < 5} == set(), seen
