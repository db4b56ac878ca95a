"""Outlines stay in their rectangle, words find room inside them, arrows end where lines end; all of it is plain SVG."""

from __future__ import annotations

import math
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientruc.renderers import png, scene_svg
from kientruc.renderers.layered_parts import SLIDE
from kientruc.renderers.scene import Box, Group, Line, Look, Outline, Rect, Scene, Side
from kientruc.renderers.scene_extents import middle
from kientruc.renderers.scene_outlines import head_path, line_path, paths, room
from tests.renderers.gates import faults, inside
from tests.renderers.scenes import OUTLINES, specimen

SVG = "{http://www.w3.org/2000/svg}"
SIDES: tuple[Side, ...] = ("", "left", "right")
SIZES = st.floats(1.0, 500.0)
NUMBERS = st.integers(-500, 500).map(float)
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=6, unique=True)


@given(st.sampled_from(OUTLINES), SIZES, SIZES, st.floats(0.0, 40.0))
def test_an_outline_and_its_room_stay_inside_its_rectangle(
    outline: Outline, width: float, height: float, corner: float
) -> None:
    box = Box("x", "node", Rect(10.0, 20.0, width, height), Look("#ffffff"), outline, corner)
    assert inside(room(box), box.rect)
    assert room(box).width >= 0 and room(box).height >= 0
    ends = [numbers[-2:] for path in paths(box) for _, numbers in path.steps if numbers]
    assert all(inside(Rect(x, y, 0, 0), box.rect) for x, y in ends)
    assert paths(box)[0].filled


def test_a_square_side_has_square_corners() -> None:
    plain = Box("", "head", Rect(0, 0, 100, 50), Look("#ffffff"), corner=5.0)
    curves = {side: paths(replace(plain, square=side))[0].steps for side in SIDES}
    assert {side: sum(letter == "C" for letter, _ in steps) for side, steps in curves.items()} == {
        "": 4, "left": 2, "right": 2,
    }  # fmt: skip
    assert ("M", (0.0, 0.0)) in curves["left"] and ("M", (5.0, 0.0)) in curves["right"]


@given(POINTS)
def test_the_tip_of_an_arrow_is_the_end_of_its_line_and_the_line_stops_at_its_foot(
    points: list[tuple[float, float]],
) -> None:
    line = Line("x", "edge", tuple(points), Look(stroke="#000000", width=2.0), arrow=True)
    (_, tip), (_, one), (_, other), _ = head_path(line)
    foot = line_path(line)[-1][1]
    assert tip == points[-1]
    assert foot == pytest.approx(((one[0] + other[0]) / 2, (one[1] + other[1]) / 2), abs=1e-6)
    assert math.dist(tip, one) == pytest.approx(math.dist(tip, other))
    assert line_path(replace(line, arrow=False))[-1][1] == points[-1]


def test_the_middle_of_a_line_is_half_its_way() -> None:
    look = Look(stroke="#000000", width=1.0)
    assert middle(Line("x", "edge", ((0, 0), (100, 0), (100, 40)), look)) == (70, 0)
    assert middle(Line("x", "edge", ((0, 0), (0, 50), (100, 50), (100, 100)), look, curved=True)) == pytest.approx(
        (50, 50), abs=0.5
    )
    assert middle(Line("x", "edge", ((5, 5), (5, 5)), look)) == (5, 5)


def test_the_specimen_passes_the_gates() -> None:
    assert faults(specimen()) == []


def test_a_line_is_named_and_its_arrow_is_a_path_in_its_colour() -> None:
    root = ElementTree.fromstring(scene_svg.render(specimen()))
    group = next(one for one in root.iter(f"{SVG}g") if one.get("data-id") == "n1")
    assert (group.get("role"), group.get("aria-label"), group.get("class")) == ("graphics-symbol", "Một → hai", "edge")
    strokes, arrow = group.iter(f"{SVG}path")
    assert (strokes.get("stroke"), arrow.get("fill"), arrow.get("class")) == ("#1f5f99", "#1f5f99", "arrow")
    axis = next(one for one in root.iter(f"{SVG}path") if one.get("class") == "axis")
    assert axis.get("id") is None


def test_every_hatched_fill_has_its_pattern() -> None:
    boxes = tuple(
        Box(f"b{at}", "node", Rect(100.0 * at, 0, 80, 40), Look(fill, "#000000", 1.0, hatched=True), name="x")
        for at, fill in enumerate(("#ffffff", "#d9e9f9", "#ffffff"))
    )
    root = ElementTree.fromstring(scene_svg.render(Scene("h", "H", "", "vi", SLIDE, 18.0, boxes)))
    patterns = [one.get("id") for one in root.iter(f"{SVG}pattern")]
    fills = [one.get("fill") for one in root.iter(f"{SVG}rect") if one.get("class") == "box"]
    assert patterns == ["h-hatch", "h-hatch--2"]
    assert fills == ["url(#h-hatch)", "url(#h-hatch--2)", "url(#h-hatch)"]


@pytest.mark.parametrize("outline", OUTLINES)
def test_a_png_of_the_specimen_shows_every_outline(outline: Outline) -> None:
    whole = specimen()
    items = tuple(without(one, outline) if isinstance(one, Group) else one for one in whole.items)
    drawings = [scene_svg.render(scene) for scene in (whole, replace(whole, items=items))]
    assert len({png.render(svg, 400) for svg in drawings}) == 2


def without(group: Group, outline: Outline) -> Group:
    kept = (one for one in group.items if not (isinstance(one, Box) and one.name and one.outline == outline))
    return replace(group, items=tuple(kept))
