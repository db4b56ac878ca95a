"""A network as drawn: nothing on top of anything, all letters readable and in their boxes, the same bytes each time."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc.renderers import graph_layout, graphviz_wasm, scene_svg
from kientruc.renderers.layered_parts import A3, PAGE, SLIDE
from kientruc.renderers.network_scene import NetworkTooFull, scene
from kientruc.renderers.network_style import LINES
from kientruc.renderers.scene import Box, Group, Line, Paper, Rect, Scene, walk
from kientruc.views.network import Cluster, Edge, LineMark, NetworkPicture, Node, Shape
from kientruc.views.picture import Mark
from tests.renderers import gates
from tests.renderers.hostile import HOSTILE
from tests.renderers.networks import network

ROOT = Path(__file__).parent.parent.parent
HAIR = 0.05  # px of rounding
# A label stands on a plate on its own line, so lines may run through it; whether they run beneath boxes is asked below.
GATES = tuple(gate for gate in gates.GATES if gate is not gates.struck)


def boxes(drawn: Scene, sort: str) -> list[Box]:
    return [one for one in walk(drawn.items) if isinstance(one, Box) and one.sort.split(" ")[0] == sort]


def meet(a: Rect, b: Rect) -> bool:
    return (
        a.x + HAIR < b.right and b.x + HAIR < a.right and a.y + HAIR < b.bottom and b.y + HAIR < a.bottom
    )  # fmt: skip


def holds(outer: Rect, inner: Rect) -> bool:
    return (
        outer.x - HAIR <= inner.x
        and outer.y - HAIR <= inner.y
        and inner.right <= outer.right + HAIR
        and inner.bottom <= outer.bottom + HAIR
    )


def faults(drawn: Scene, asked: tuple[gates.Gate, ...] = GATES) -> list[str]:
    """What the gates of all pictures find, and boxes on boxes, and lines beneath boxes that are not their ends."""
    solid = [box for sort in ("block", "plate", "title-plate") for box in boxes(drawn, sort)]
    found = [
        f"{a.sort} {a.id} meets {b.sort} {b.id}" for a, b in itertools.combinations(solid, 2) if meet(a.rect, b.rect)
    ]
    for line in walk(drawn.items):
        if isinstance(line, Line) and line.source:
            way = list(itertools.pairwise(gates._flat(line)))
            for box in boxes(drawn, "block"):
                inner = Rect(box.rect.x + 1, box.rect.y + 1, box.rect.width - 2, box.rect.height - 2)
                if box.id not in {line.source, line.target} and any(gates._crosses(inner, *part) for part in way):
                    found.append(f"{line.id} runs beneath {box.id}")
    return [*found, *gates.faults(drawn, asked)]


def near(point: tuple[float, float], rect: Rect, px: float) -> bool:
    return meet(Rect(point[0] - px, point[1] - px, 2 * px, 2 * px), rect)


@pytest.mark.parametrize(
    ("picture", "paper"),
    [
        *itertools.product(
            (network(12, 14), network(20, 19, frames=0), network(18, 17, labelled=False), network(1, 1)), (SLIDE, A3)
        ),
        (network(12, 14), PAGE),
        (network(9, 0), PAGE),
        (network(0, 0), SLIDE),
    ],
    ids=lambda one: one.id if isinstance(one, NetworkPicture) else one.name,
)
def test_nothing_meets_and_every_text_is_in_its_place(picture: NetworkPicture, paper: Paper) -> None:
    drawn = scene(picture, paper)
    assert faults(drawn) == []
    assert [one.id for one in boxes(drawn, "block")] == [node.id for node in picture.nodes]
    least = drawn.effective_px / 12 if paper is SLIDE else drawn.printed_pt / 8
    assert least >= 1


@given(boxes_=st.integers(1, 16), lines=st.integers(0, 18), frames=st.integers(0, 4), seed=st.integers(0, 999))
@settings(max_examples=25, deadline=None)
def test_networks_drawn_by_lot_are_clean_too(boxes_: int, lines: int, frames: int, seed: int) -> None:
    picture = network(boxes_, lines, frames, seed)
    try:
        drawn = scene(picture, A3)
    except NetworkTooFull:
        return
    assert faults(drawn) == []
    places = {one.id: one.rect for one in boxes(drawn, "block")}
    em = boxes(drawn, "block")[0].words[-1].text.size
    for line in walk(drawn.items):
        if isinstance(line, Line) and line.source:
            assert near(line.points[0], places[line.source], em / 2)
            assert near(line.points[-1], places[line.target], em / 2)


def test_boxes_stand_in_their_frames_only_and_frames_in_theirs() -> None:
    picture = network(20, 12, labelled=False)
    drawn = scene(picture, A3)
    groups = [one for one in walk(drawn.items) if isinstance(one, Group) and one.sort == "cluster"]
    frames = {one.id: one.items[0].rect for one in groups if isinstance(one.items[0], Box)}
    assert [one.name for one in groups] == [f"Nhóm hệ thống số {n}" for n in (0, 1, 2)]
    above = {"f0": {"f0"}, "f1": {"f1"}, "f2": {"f2", "f0"}, "": set()}
    for node, box in zip(picture.nodes, boxes(drawn, "block"), strict=True):
        assert {id for id, rect in frames.items() if meet(rect, box.rect)} == above[node.cluster]
    assert holds(frames["f0"], frames["f2"])
    assert not meet(frames["f0"], frames["f1"])


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(NetworkTooFull) as caught:
        scene(network(60, 150), SLIDE)
    assert caught.value.key == "cli.network-too-full"
    assert caught.value.values == {"picture": "net-60-150-1", "paper": "slide"}
    with pytest.raises(NetworkTooFull):
        scene(network(400, 0, frames=0), A3)


def test_a_hub_with_forty_users_still_fits_a_slide() -> None:
    nodes = tuple(Node(f"u{n}", f"Phần mềm số {n}", Mark.PRESENT) for n in range(40))
    edges = tuple(Edge(f"l{n}", f"u{n}", "hub", LineMark.PRESENT) for n in range(40))
    hub = Node("hub", "LGSP", Mark.ADDED)
    picture = replace(network(1, 0), nodes=(*nodes, hub), edges=edges, clusters=())
    drawn = scene(picture, SLIDE)
    assert faults(drawn) == []


def test_sorts_of_lines_are_told_without_colour() -> None:
    seen = {(style.width, style.dash) for style in LINES.values()}
    assert set(LINES) == set(LineMark)
    assert len(seen) == len(LINES)


def test_long_hostile_and_missing_names_are_drawn_inside_their_boxes() -> None:
    names = ("x" * 500, "từ " * 170, "<script>", "", "\u202eabc\u0000", "😀" * 30, "a\nb")
    nodes = tuple(
        Node(f"n{n}", name, Mark.PRESENT, shape=shape) for n, (name, shape) in enumerate(zip(names, Shape, strict=True))
    )
    edges = (Edge("l", "n0", "n1", LineMark.MISSING, "nhãn " * 60), Edge("m", "n2", "n2", LineMark.ADDED, "tự nối"))
    picture = replace(network(1, 0), nodes=nodes, edges=edges, clusters=(Cluster("c", "tên " * 50),))
    drawn = scene(picture, A3)
    assert faults(drawn, tuple(gate for gate in GATES if gate is not gates.unprintable)) == []
    assert "<script>" not in scene_svg.render(drawn)


def test_no_word_of_a_picture_reaches_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    run = graphviz_wasm.run

    def listening(dot: str, *more: Any) -> Any:
        seen.append(dot)
        return run(dot, *more)

    monkeypatch.setattr(graph_layout, "run", listening)
    nodes = tuple(Node(f"id-{n}", name, Mark.PRESENT, cluster="c") for n, name in enumerate(HOSTILE))
    edges = tuple(Edge(f"l{n}", "id-0", f"id-{n}", LineMark.PRESENT, name) for n, name in enumerate(HOSTILE))
    for count in (8, 40):
        picture = replace(network(1, 0), nodes=nodes[:count], edges=edges[:count], clusters=(Cluster("c", HOSTILE[0]),))
        with contextlib.suppress(NetworkTooFull):
            scene(picture, A3)
    assert len(seen) > 2
    ours = {
        *("digraph", "rankdir", "LR", "TB", "ranksep", "nodesep", "margin", "splines", "esep", "newrank", "true"),
        *("false", "graph", "node", "edge", "fontname", "Courier", "fontsize", "shape", "box", "fixedsize", "label"),
        *("arrowhead", "none", "width", "height", "pos", "subgraph", "id", "minlen", "weight", "style", "invis"),
    }
    for dot in seen:
        words = set(re.findall(r"[A-Za-z_]+\d*", dot.replace("\\n", " ")))
        assert {word for word in words - ours if not re.fullmatch(r"x+|[ne]\d+|cluster_\d+", word)} == set()
        assert re.fullmatch(r'[\w{}\[\]=;,." >\\!+-]*', dot, re.ASCII)


def test_the_same_picture_has_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "from tests.renderers.networks import network; from kientruc.renderers.layered_parts import A3;"
        "from kientruc.renderers import scene_svg, network_scene; import hashlib;"
        "svgs = [scene_svg.render(network_scene.scene(network(*n), A3)) for n in ((20, 22), (24, 20, 4))];"
        "print(hashlib.sha256(''.join(svgs).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("0", "1", "77")
    ]  # fmt: skip
    assert len(set(runs)) == 1
