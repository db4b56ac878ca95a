"""What is drawn again keeps its place; a file of places is read as a stranger's."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kientruc.renderers.layered_parts import A3, SLIDE
from kientruc.renderers.layout_memory import LayoutRefused, Moved, drift, read, remember, write
from kientruc.renderers.network_recall import Place
from kientruc.renderers.network_scene import NetworkTooFull, scene
from kientruc.renderers.scene import Box, walk
from kientruc.views.network import Edge, LineMark, NetworkPicture, Node
from kientruc.views.picture import Mark
from tests.renderers.networks import network
from tests.renderers.test_network_scene import faults


def with_one_more(picture: NetworkPicture, name: str, at: int, frame: str, users: tuple[int, ...]) -> NetworkPicture:
    """The picture with a new box somewhere in its order, and lines to some of the others."""
    box = Node("new", name, Mark.ADDED, cluster=frame)
    ends = [picture.nodes[user % len(picture.nodes)].id for user in users] if picture.nodes else []
    edges = tuple(Edge(f"new-{end}", "new", end, LineMark.PRESENT, "Hồ sơ") for end in dict.fromkeys(ends))
    nodes = (*picture.nodes[:at], box, *picture.nodes[at:])
    return replace(picture, nodes=nodes, edges=(*edges, *picture.edges))


def own_size(picture: NetworkPicture) -> dict[str, float]:
    drawn = scene(picture, A3)
    blocks = (one for one in walk(drawn.items) if isinstance(one, Box) and one.sort.startswith("block"))
    return {one.id: max(one.rect.width, one.rect.height) for one in blocks}


@given(
    boxes=st.integers(2, 18), lines=st.integers(0, 14), seed=st.integers(0, 500), at=st.integers(0, 18),
    frame=st.sampled_from(["", "f0", "f1", "f2"]), users=st.lists(st.integers(0, 17), max_size=3).map(tuple),
)  # fmt: skip
@example(boxes=18, lines=14, seed=3, at=0, frame="f2", users=(0, 5))
@settings(max_examples=40, deadline=None)
def test_one_more_box_moves_no_other_by_more_than_its_own_size(
    boxes: int, lines: int, seed: int, at: int, frame: str, users: tuple[int, ...]
) -> None:
    before = network(boxes, lines, 3, seed)
    after = with_one_more(before, "Nền tảng mới", min(at, boxes), frame, users)
    places = remember(scene(before, A3))
    drawn = scene(after, A3, places)
    assert faults(drawn) == []
    size = own_size(before)
    far = [moved for moved in drift(places, remember(drawn)) if moved.distance > size[moved.id]]
    assert far == []


def test_the_same_picture_with_its_places_is_drawn_where_it_was() -> None:
    picture = network(14, 12)
    places = remember(scene(picture, SLIDE))
    assert drift(places, remember(scene(picture, SLIDE, places))) == ()
    assert len(places) == 14


def test_without_memory_one_more_box_moves_others_and_drift_tells_which() -> None:
    before, after = network(16, 14), with_one_more(network(16, 14), "Nền tảng mới", 0, "f1", (3,))
    moved = drift(remember(scene(before, A3)), remember(scene(after, A3)))
    assert moved
    assert [one.distance for one in moved] == sorted((one.distance for one in moved), reverse=True)
    assert drift({"a": Place(0, 0, 9), "b": Place(1, 1, 9)}, {"a": Place(3, 4, 9)}) == (Moved("a", 5.0),)


def test_a_box_less_leaves_the_others_where_they_are() -> None:
    picture = network(14, 0)
    places = remember(scene(picture, A3))
    fewer = replace(picture, nodes=picture.nodes[1:])
    assert drift(places, remember(scene(fewer, A3, places))) == ()


def test_a_picture_of_which_little_is_known_is_laid_out_anew() -> None:
    picture = network(14, 12)
    fresh = scene(picture, A3)
    assert scene(picture, A3, {"e-1": Place(10, 10, 20), "other": Place(1, 1, 20)}) == fresh


def test_places_that_no_longer_fit_the_sheet_are_given_up() -> None:
    picture = network(6, 4)
    nowhere = {node.id: Place(5.0, 5.0, 20.0) for node in picture.nodes}
    assert faults(scene(picture, A3, nowhere)) == []
    huge = {node.id: Place(800.0, 400.0, 400.0) for node in picture.nodes}
    try:
        assert faults(scene(picture, A3, huge)) == []
    except NetworkTooFull:
        pytest.fail("memory made a picture impossible")


def test_a_file_of_places_reads_back_as_it_was_written_one_place_a_line() -> None:
    places = remember(scene(network(5, 3), SLIDE))
    text = write("sends", "slide", dict(reversed(list(places.items()))))
    assert read(text.encode(), "x", "sends", "slide") == places
    assert text == write("sends", "slide", places)
    assert sum(line.startswith('    "e-') for line in text.splitlines()) == 5
    assert read(text.encode(), "x", "sends", "a3") == {}
    assert read(text.encode(), "x", "uses", "slide") == {}
    assert read(write("v", "slide", {}).encode(), "x", "v", "slide") == {}


GOOD = {"format": "kientruc-layout/1", "paper": "a3", "view": "v", "places": {"lgsp": [1, 2.5, 20]}}


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (b"\xff", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"{", "JSON"),
        (b'{"a": 1, "a": 1}', "JSON"),
        (json.dumps({**GOOD, "places": {"lgsp": [1, 2, float("nan")]}}).encode(), "JSON"),
        (json.dumps([GOOD]).encode(), "format"),
        (json.dumps({**GOOD, "more": 1}).encode(), "format"),
        (json.dumps({**GOOD, "format": "kientruc-layout/2"}).encode(), "format"),
        (json.dumps({**GOOD, "places": []}).encode(), "places"),
        (json.dumps({**GOOD, "places": {f"e{n}": [1, 2, 3] for n in range(2001)}}).encode(), "places"),
        (json.dumps({**GOOD, "places": {"lgsp": [1, 2]}}).encode(), "places.'lgsp'"),
        (json.dumps({**GOOD, "places": {"lgsp": [1, 2, True]}}).encode(), "places.'lgsp'"),
        (json.dumps({**GOOD, "places": {"lgsp": [1, 1e300, 9]}}).encode(), "places.'lgsp'"),
        (json.dumps({**GOOD, "places": {"lgsp": [1, 10**400, 9]}}).encode(), "places.'lgsp'"),
        (json.dumps({**GOOD, "places": {"lgsp": [-1, 2, 9]}}).encode(), "places.'lgsp'"),
        (json.dumps({**GOOD, "places": {"lgsp": [1, 2, 0]}}).encode(), "places.'lgsp'"),
        (json.dumps({**GOOD, "places": {"../../x": [1, 2, 9]}}).encode(), "places.'../../x'"),
        (json.dumps({**GOOD, "places": {"\x1b[31m": [1, 2, 9]}}).encode(), "places.'\\x1b[31m'"),
        (b" " * 1_000_001, "> 1000000 B"),
    ],
)
def test_a_strangers_file_is_refused_and_the_place_told(data: bytes, at: str) -> None:
    with pytest.raises(LayoutRefused) as caught:
        read(data, "so-do.layout.json", "v", "a3")
    assert caught.value.values == {"path": "so-do.layout.json", "at": at, "format": "kientruc-layout/1"}
    assert read(json.dumps(GOOD).encode(), "x", "v", "a3") == {"lgsp": Place(1.0, 2.5, 20.0)}
