"""PowerPoint, read back with its library: every box is a shape with its words, name and place; lines hang on them."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from kientruc.renderers import layered_scene, scene_pptx
from kientruc.renderers.layered_parts import A3, SLIDE
from kientruc.renderers.pptx_shapes import Pen
from kientruc.renderers.scene import Box, Lettering, Line, Look, Scene, Words, walk
from kientruc.renderers.text_metrics import clean
from tests.renderers.scenes import HOSTILE, hostile, one_block, real, specimen


def deck(*scenes: Scene) -> Any:
    return Presentation(io.BytesIO(scene_pptx.render(scenes)))


def shapes(holder: Any) -> Iterator[Any]:
    """Every shape of a slide, with what is in groups: they hold places of the slide."""
    for shape in holder.shapes:
        yield shape
        if shape.shape_type == 6:
            yield from shapes(shape)


def boxes(scene: Scene) -> list[Box]:
    return [one for one in walk(scene.items) if isinstance(one, Box) and one.id]


@pytest.mark.parametrize("scene", [specimen(), real(""), real("examples/tinh-mau"), real("", A3)])
def test_every_box_is_a_shape_with_its_words_name_and_place(scene: Scene) -> None:
    book = deck(scene)
    assert (book.slide_width, book.slide_height) == (Emu(12_192_000), Emu(6_858_000))
    found = {one.name: one for one in shapes(book.slides[0]) if one.shape_type in (1, 5)}
    scale = min(12_192_000 / scene.paper.width, 6_858_000 / scene.paper.height)
    left, top = (12_192_000 - scene.paper.width * scale) / 2, (6_858_000 - scene.paper.height * scale) / 2
    for box in boxes(scene):
        shape = found[box.id]
        assert shape.text_frame.text.split("\v") == list(box.words[-1].text.lines)
        assert shape._element.nvSpPr.cNvPr.get("descr") == box.note
        place = (shape.left - left, shape.top - top, shape.width, shape.height)
        rect = (box.rect.x, box.rect.y, box.rect.width, box.rect.height)
        assert place == pytest.approx([side * scale for side in rect], abs=2)


@pytest.mark.parametrize("scene", [specimen(), real("")])
def test_all_shapes_lie_on_the_slide_and_their_numbers_are_their_own(scene: Scene) -> None:
    book = deck(scene)
    found = list(shapes(book.slides[0]))
    for one in found:
        turned = getattr(one, "rotation", 0) % 180 == 90
        x, y = one.left + one.width / 2, one.top + one.height / 2
        half = (one.height / 2, one.width / 2) if turned else (one.width / 2, one.height / 2)
        assert half[0] - 1 <= x <= book.slide_width - half[0] + 1, one.name
        assert half[1] - 1 <= y <= book.slide_height - half[1] + 1, one.name
    numbers = [one.shape_id for one in found]
    assert len(numbers) == len(set(numbers))


def test_words_have_the_size_colour_and_font_of_the_scene() -> None:
    (run,) = (
        next(one for one in shapes(deck(specimen()).slides[0]) if one.name == "hop-0").text_frame.paragraphs[0].runs
    )
    assert run.font.size.pt == pytest.approx(18 * 960 / 1600)
    assert run.font.name == "Noto Sans"
    assert str(run.font.color.rgb) == "16202C"


def test_the_title_of_the_scene_is_the_title_of_the_slide() -> None:
    assert deck(specimen()).slides[0].shapes.title.text_frame.text == "BẢNG MẪU"
    assert deck(real("")).slides[0].shapes.title.text_frame.text == real("").title.upper()


@pytest.mark.parametrize(("anchor", "left", "width"), [("start", 400, 1200), ("middle", 0, 800), ("end", 0, 400)])
def test_a_title_has_all_the_width_on_its_side(anchor: str, left: int, width: int) -> None:
    lettering = Lettering(("Tên",), 400.0, 60.0, 30.0, 40.0, True, anchor)
    drawn = replace(specimen(), items=(Words("title", lettering, "#0d2745"),))
    title = deck(drawn).slides[0].shapes.title
    assert (title.left / 7620, title.width / 7620) == (left, width)


def test_a_group_is_a_group_named_by_its_id() -> None:
    group = next(one for one in deck(specimen()).slides[0].shapes if one.name == "hang-1")
    assert [one.name for one in group.shapes][-4:] == ["hop-4", "hop-5", "hop-6", "hop-7"]
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == "Hàng 1"


def test_a_line_that_runs_straight_or_with_elbows_is_a_connector_glued_to_its_boxes() -> None:
    found = list(shapes(deck(specimen()).slides[0]))
    numbers = {one.shape_id: one.name for one in found}
    glued = {}
    for one in found:
        ends = [one._element.find(f".//{qn(f'a:{tag}Cxn')}") for tag in ("st", "end")]
        if all(end is not None for end in ends):
            glued[one.name] = [(numbers[int(end.get("id"))], int(end.get("idx"))) for end in ends]
    assert glued == {"n1": [("hop-0", 3), ("hop-1", 1)], "n2": [("hop-1", 3), ("hop-2", 1)]}
    free = [one.name for one in found if one.shape_type == 5 and one.name.startswith("n")]
    assert free == ["n3", "n4"]
    assert all(next(one for one in found if one.name == name)._element.find(f".//{qn('a:tailEnd')}") is not None
               for name in ("n1", "n2", "n3", "n4"))  # fmt: skip


PEN = Pen(1.0, 0.0, 0.0, "vi")
LOOK = Look(stroke="#000000", width=1.0)


def ends_of(xml: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a connector begins and ends, as a program works it out: its corners, flipped, then turned."""
    x, y = (float(found) for found in re.search(r'off x="(-?\d+)" y="(-?\d+)"', xml).groups())  # type: ignore[union-attr]
    cx, cy = (float(found) for found in re.search(r'ext cx="(\d+)" cy="(\d+)"', xml).groups())  # type: ignore[union-attr]
    made = []
    for u, v in ((-cx / 2, -cy / 2), (cx / 2, cy / 2)):
        u, v = (-u if 'flipH="1"' in xml else u), (-v if 'flipV="1"' in xml else v)
        u, v = (-v, u) if 'rot="5400000"' in xml else (u, v)
        made.append((x + cx / 2 + u, y + cy / 2 + v))
    return made[0], made[1]


WAYS = (
    ((0, 0), (100, 50)),
    ((100, 50), (0, 0)),
    ((0, 0), (40, 0), (40, 60), (100, 60)),
    ((100, 60), (40, 60), (40, 0), (0, 0)),
    ((0, 0), (0, 20), (100, 20), (100, 60)),
    ((100, 0), (100, 20), (0, 20), (0, 60)),
    ((0, 60), (0, 20), (100, 20), (100, 0)),
    ((100, 60), (100, 40), (0, 40), (0, 0)),
    ((0, 0), (100, 0), (100, 60)),
    ((0, 0), (0, 60), (100, 60)),
    ((100, 60), (100, 0), (0, 0)),
)


@pytest.mark.parametrize("points", WAYS)
def test_a_connector_begins_and_ends_where_its_line_does(points: tuple[tuple[float, float], ...]) -> None:
    xml = PEN.connector(Line("x", "edge", points, LOOK))
    begins, ends = ends_of(xml)
    assert (begins, ends) == (points[0], points[-1])


@pytest.mark.parametrize(
    "points",
    [((0, 0), (0, 50), (100, 50), (100, 0)), ((0, 0), (30, 10), (60, 0)), ((0, 0), (40, 0), (40, 60), (20, 60))],
)
def test_a_way_that_no_connector_takes_is_a_path(points: tuple[tuple[float, float], ...]) -> None:
    line = Line("x", "edge", points, LOOK)
    assert PEN.connector(line) == ""
    assert PEN.own_way(line).count("<a:pt ") == len(points)


@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_hostile_words_stay_words_and_add_no_shape(at: int) -> None:
    scene = hostile(at)
    found, calm = list(shapes(deck(scene).slides[0])), list(shapes(deck(specimen()).slides[0]))
    assert [one.shape_type for one in found] == [one.shape_type for one in calm]
    for box in boxes(scene):
        texts = [
            one.text_frame.text.replace("\v", "")
            for one in found
            if one.name == clean(box.id)[:255] and one.has_text_frame
        ]
        assert "".join(box.words[0].text.lines if box.words else ()) in texts


@pytest.mark.parametrize("word", HOSTILE)
def test_a_layered_picture_of_one_hostile_word_has_its_shapes_and_no_other(word: str) -> None:
    scenes = [layered_scene.scene(one_block(text), SLIDE) for text in (word, "a")]
    found, calm = (list(shapes(deck(scene).slides[0])) for scene in scenes)
    kinds = [[one.shape_type for one in some if one.shape_type == 1] for some in (found, calm)]
    assert kinds[0] == kinds[1]


def test_nothing_in_the_package_calls_out_runs_or_tells_a_clock() -> None:
    package = zipfile.ZipFile(io.BytesIO(scene_pptx.render([hostile(0)])))
    names = package.namelist()
    assert not any(
        word in name for name in names for word in ("vba", "media", "embed", "printer", "thumbnail", "app.xml")
    )
    rels = b"".join(package.read(name) for name in names if name.endswith(".rels"))
    assert b"External" not in rels and b"hyperlink" not in rels
    assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = package.read("docProps/core.xml")
    assert b"created" not in core and b"modified" not in core and b"Canny" not in core


def test_the_same_scenes_give_the_same_bytes() -> None:
    first, second = (scene_pptx.render([real(""), specimen()]) for _ in range(2))
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


def test_a_line_that_joins_nothing_is_painted_in_its_turn() -> None:
    grid = Line("", "axis", ((60, 0), (60, 400)), Look(stroke="#4a5665", width=1.0, dash=(4.0, 2.0, 1.0)))
    bar = next(box for box in boxes(specimen()) if box.id == "hop-0")
    names = [one.name for one in deck(replace(specimen(), items=(grid, bar))).slides[0].shapes]
    assert names == ["axis", "hop-0"]


def test_a_line_painted_under_its_boxes_is_glued_all_the_same() -> None:
    whole = specimen()
    lines, others = ([one for one in whole.items if isinstance(one, Line) is wanted] for wanted in (True, False))
    found = list(shapes(deck(replace(whole, items=(*lines, *others))).slides[0]))
    numbers = {one.shape_id: one.name for one in found}
    assert len(numbers) == len(found)
    line = next(one for one in found if one.name == "n1")._element
    assert [numbers[int(line.find(f".//{qn(f'a:{tag}Cxn')}").get("id"))] for tag in ("st", "end")] == ["hop-0", "hop-1"]
    assert [one.name for one in found].index("n1") < [one.name for one in found].index("hop-0")
