"""Places of boxes, frames and lines: bounded by fuel, alike everywhere, and no word of ours reaches the engine."""

from __future__ import annotations

import random
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import wasmtime

from kientruc.renderers import graph_layout, graphviz_wasm
from kientruc.renderers.graph_layout import MOST_BOXES, FrameOf, Graph, Join, Layout, Size, area, layout
from kientruc.renderers.graphviz_wasm import LayoutTooLarge

BOX = Size(9.0, 3.0)


def tangle(boxes: int, lines: int, seed: int = 1) -> Graph:
    """Boxes in six frames, and lines drawn by lot."""
    draw = random.Random(seed)
    joins = tuple(Join(draw.randrange(boxes), draw.randrange(boxes), Size(5.0, 1.2)) for _ in range(lines))
    frames = tuple(FrameOf(Size(8.0, 1.3)) for _ in range(6))
    return Graph((BOX,) * boxes, tuple(number % 6 for number in range(boxes)), frames, joins)


def collisions(graph: Graph, found: Layout) -> list[tuple[int, int]]:
    areas = [area(middle, size) for middle, size in zip(found.boxes, graph.boxes, strict=True)]
    return [(a, b) for a in range(len(areas)) for b in range(a) if areas[a].meets(areas[b])]


def test_no_box_meets_another_and_each_stands_in_its_own_frame_only() -> None:
    graph = tangle(30, 40)
    found = layout(graph)
    assert collisions(graph, found) == []
    for number, middle in enumerate(found.boxes):
        held = [k for k, frame in enumerate(found.frames) if frame and frame.meets(area(middle, BOX))]
        assert held == [graph.inside[number]]


def test_lines_and_labels_come_in_the_order_in_which_they_were_given() -> None:
    joins = (Join(2, 2), Join(2, 0, Size(4.0, 1.2)), Join(0, 1), Join(0, 1, unseen=True))
    found = layout(Graph((BOX,) * 3, (0, 0, -1), (FrameOf(Size(4.0, 1.3)),), joins))
    assert [len(points) % 3 for points in found.lines] == [1, 1, 1, 0]
    assert [label is not None for label in found.labels] == [False, True, False, False]
    start, end = found.lines[1][0], found.lines[1][-1]
    assert area(found.boxes[2], Size(9.2, 3.2)).meets(area(start, Size(0.1, 0.1)))
    assert area(found.boxes[0], Size(9.2, 3.2)).meets(area(end, Size(0.1, 0.1)))


def test_given_places_are_kept_and_only_lines_are_drawn() -> None:
    places = ((30.0, 20.0), (5.0, 5.0), (31.0, 3.0))
    found = layout(Graph((BOX,) * 3, (-1,) * 3, (), (Join(0, 1), Join(1, 2)), places=places))
    assert [(round(x, 2), round(y, 2)) for x, y in found.boxes] == list(places)
    assert found.lines[0][0][0] < 30.0
    assert found.lines[1][0] != found.lines[1][-1]


def test_sixty_boxes_stay_within_the_fuel_and_the_same_graph_gives_the_same_places() -> None:
    graph = tangle(MOST_BOXES, 120)
    assert layout(graph) == layout(graph)


def test_lines_that_the_engine_loses_are_drawn_all_the_same() -> None:
    graph = replace(tangle(MOST_BOXES, 120, seed=3), aligned=False)
    lost = [edge for edge in graphviz_wasm.run("".join(graph_layout._dot(graph)), "dot")["edges"] if "pos" not in edge]
    assert len(lost) > 20, "the engine no longer loses lines here: find another graph"
    found = layout(graph)
    for join, points in zip(graph.joins, found.lines, strict=True):
        assert len(points) % 3 == 1
        for end, number in ((points[0], join.source), (points[-1], join.target)):
            assert area(found.boxes[number], Size(9.2, 3.2)).meets(area(end, Size(0.1, 0.1)))


def test_what_takes_too_long_is_told_by_fuel_not_by_the_clock() -> None:
    with pytest.raises(LayoutTooLarge):
        layout(tangle(30, 40), fuel=20_000_000)
    with pytest.raises(LayoutTooLarge):
        layout(replace(tangle(MOST_BOXES, 180), inside=(-1,) * MOST_BOXES, frames=()))
    assert layout(tangle(5, 3)).boxes, "a call after one that ran dry starts afresh"


def test_too_many_boxes_or_lines_are_refused_before_the_engine_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_layout, "run", lambda *_: pytest.fail("it was started"))
    for graph in (Graph((BOX,) * 61, (-1,) * 61, (), ()), Graph((BOX,), (-1,), (), (Join(0, 0),) * 181)):
        with pytest.raises(LayoutTooLarge):
            layout(graph)


@pytest.mark.parametrize("side", [float("nan"), float("inf"), -1.0, 1e9])
def test_sizes_that_are_none_are_refused(side: float) -> None:
    with pytest.raises(ValueError, match="size"):
        layout(Graph((Size(side, 1.0),), (-1,), (), ()))


def test_a_compiled_engine_is_kept_only_where_nobody_else_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "open"))
    (tmp_path / "open").mkdir(mode=0o700)
    found = graphviz_wasm._private_folder()
    assert found == (tmp_path / "open" / "kientruc").resolve()
    assert stat.S_IMODE(found.stat().st_mode) == 0o700
    (tmp_path / "open").chmod(0o777)
    assert graphviz_wasm._private_folder() is None
    (tmp_path / "open").chmod(0o700)
    found.chmod(0o770)
    assert graphviz_wasm._private_folder() is None


def test_a_spoiled_module_in_the_cache_is_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    engine: Any = object()
    monkeypatch.setattr(wasmtime, "Module", Compiled)
    Compiled.sources = []
    graphviz_wasm._compiled(engine)
    (kept,) = (tmp_path / "kientruc").iterdir()
    assert (kept.read_bytes(), stat.S_IMODE(kept.stat().st_mode)) == (b"good", 0o600)
    graphviz_wasm._compiled(engine)
    kept.write_bytes(b"spoiled")
    graphviz_wasm._compiled(engine)
    assert kept.read_bytes() == b"good"
    assert len(Compiled.sources) == 2, "once, and once again for the spoiled one"


class Compiled:
    """Stands for wasmtime's module, which takes seconds to compile; refuses what it did not write, as that does."""

    sources: list[bytes]

    def __init__(self, _: object, source: bytes) -> None:
        self.sources.append(source)

    def serialize(self) -> bytes:
        return b"good"

    @staticmethod
    def deserialize(_: object, data: bytes) -> object:
        if data != b"good":
            raise wasmtime.WasmtimeError("not mine")
        return object()
