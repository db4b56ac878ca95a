"""A network on several sheets: every box once, every line told on both of its pages, all of it readable."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kientruc.renderers.layered_parts import A3, SLIDE
from kientruc.renderers.layout_memory import drift, remember
from kientruc.renderers.network_pages import MOST_PAGES, STUBS, pages
from kientruc.renderers.network_scene import NetworkTooFull, scene
from kientruc.renderers.scene import Box, Line, Scene, walk
from kientruc.views.network import Cluster, Edge, LineMark, NetworkPicture, Node, Shape
from kientruc.views.picture import Mark
from tests.renderers.networks import network
from tests.renderers.test_network_scene import faults


def districts(count: int, each: int, links: int) -> NetworkPicture:
    """Frames of boxes, each with lines inside and some to the next frame."""
    nodes = tuple(
        Node(f"{f}-{n}", f"Hệ thống quản lý số {n} của sở {f}", Mark.PRESENT, cluster=f"f{f}")
        for f in range(count)
        for n in range(each)
    )
    inside = [(f"{f}-{n}", f"{f}-0") for f in range(count) for n in range(1, each)]
    across = [(f"{f}-{n}", f"{(f + 1) % count}-{n}") for f in range(count) for n in range(links)]
    edges = tuple(Edge(f"l{k}", a, b, LineMark.PRESENT, "Hồ sơ") for k, (a, b) in enumerate((*inside, *across)))
    clusters = tuple(Cluster(f"f{f}", f"Sở {f}") for f in range(count))
    return replace(network(1, 0), id="so", nodes=nodes, edges=edges, clusters=clusters)


def shown(drawn: Scene) -> list[str]:
    boxes = (one for one in walk(drawn.items) if isinstance(one, Box) and one.sort.startswith("block"))
    return [one.id for one in boxes if one.outline != "note"]


def lines(drawn: Scene) -> list[Line]:
    return [one for one in walk(drawn.items) if isinstance(one, Line) and one.source]


def test_what_fits_one_sheet_is_one_page_as_it_is() -> None:
    picture = network(10, 9)
    assert pages(picture, SLIDE) == (scene(picture, SLIDE),)


def test_every_box_is_on_one_page_and_frames_stay_whole() -> None:
    picture = districts(5, 14, 2)
    found = pages(picture, SLIDE)
    assert 1 < len(found) <= 5
    assert Counter(id for page in found for id in shown(page)) == Counter(node.id for node in picture.nodes)
    for page in found:
        held = Counter(id.split("-")[0] for id in shown(page))
        assert set(held.values()) == {14}
    assert [faults(page) for page in found] == [[]] * len(found)
    assert [page.title.endswith(f"(phần {n}/{len(found)})") for n, page in enumerate(found, 1)] == [True] * len(found)
    assert all(page.effective_px >= 12 for page in found)


def test_a_line_between_two_pages_is_on_both_and_tells_where_it_goes() -> None:
    picture = districts(5, 14, 2)
    found = pages(picture, SLIDE)
    page_of = {id: n for n, page in enumerate(found, 1) for id in shown(page)}
    split = {e.id: (e.source, e.target) for e in picture.edges if page_of[e.source] != page_of[e.target]}
    assert split
    drawn = [(number, line) for number, page in enumerate(found, 1) for line in lines(page)]
    for id, ends in split.items():
        at = {number: line for number, line in drawn if line.id == id}
        assert sorted(at) == sorted(page_of[end] for end in ends)
        for number, line in at.items():
            away = next(end for end in ends if page_of[end] != number)
            name = next(node.label for node in picture.nodes if node.id == away)
            assert f"{name} → phần {page_of[away]}" in line.name


def test_many_links_to_other_pages_become_one_that_counts_them() -> None:
    users = tuple(
        Node(f"u{n}", f"Phần mềm chuyên ngành số {n}", Mark.PRESENT, cluster=f"f{n // 40}") for n in range(80)
    )
    hub = Node("lgsp", "LGSP", Mark.ADDED)
    edges = tuple(Edge(f"l{n}", f"u{n}", "lgsp", LineMark.PRESENT) for n in range(80))
    clusters = (Cluster("f0", "Sở A"), Cluster("f1", "Sở B"))
    found = pages(replace(network(1, 0), nodes=(*users, hub), edges=edges, clusters=clusters), SLIDE)
    stubs = [
        (number, one) for number, page in enumerate(found, 1)
        for one in walk(page.items) if isinstance(one, Box) and one.outline == "note"
    ]  # fmt: skip
    hub_page = next(n for n, page in enumerate(found, 1) if "lgsp" in shown(page))
    away = 80 - sum(id != "lgsp" for id in shown(found[hub_page - 1]))
    assert away > STUBS
    told = [box.name for number, box in stubs if number == hub_page]
    assert len(told) == 1
    assert told[0].startswith(f"{away} thành phần → phần ")
    others = [box.name for number, box in stubs if number != hub_page]
    assert set(others) == {f"LGSP → phần {hub_page}"}
    merged = [line for line in lines(found[hub_page - 1]) if "others" in line.source]
    assert [line.note.count(" → LGSP") for line in merged] == [away]


def test_too_many_boxes_are_refused_at_once_and_so_is_one_that_no_page_holds() -> None:
    with pytest.raises(NetworkTooFull):
        pages(network(60 * MOST_PAGES + 1, 0, frames=0), A3)
    endless = replace(
        network(1, 0), nodes=tuple(Node(f"n{k}", "dài " * 4000, Mark.PRESENT, shape=Shape.BOX) for k in range(2))
    )
    with pytest.raises(NetworkTooFull):
        pages(endless, SLIDE)


def test_pages_keep_what_is_remembered_too() -> None:
    picture = districts(3, 14, 1)
    found = pages(picture, SLIDE)
    places = {id: place for page in found for id, place in remember(page).items()}
    again = {id: place for page in pages(picture, SLIDE, places) for id, place in remember(page).items()}
    assert drift(places, again) == ()
