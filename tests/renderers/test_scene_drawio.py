"""draw.io: every box and line is a cell with its model id, in its place, and every label stays text."""

from __future__ import annotations

import html
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from kientruc.renderers import layered_scene, scene_drawio
from kientruc.renderers.layered_parts import SLIDE
from kientruc.renderers.scene import Box, Group, Line, Look, Scene, walk
from kientruc.renderers.text_metrics import clean
from tests.renderers.scenes import HOSTILE, hostile, one_block, real, specimen

SPARE = 0.02  # px, from rounding


class Tags(HTMLParser):
    """What a browser would make of a label: its tags and its text."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(label)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_comment(self, data: str) -> None:
        self.tags.add("!--")

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(*scenes: Scene) -> list[Element]:
    data = scene_drawio.render(scenes)
    assert b"<!DOCTYPE" not in data and b"<!ENTITY" not in data
    return list(ElementTree.fromstring(data))


def objects(page: Element) -> list[Element]:
    return list(page.iter("UserObject"))


def cells(page: Element) -> dict[str, Element]:
    """Every cell of a page by its id."""
    found = [(one.get("id", ""), one.find("mxCell")) for one in objects(page)]
    plain = [(one.get("id", ""), one) for one in page.iter("mxCell") if one.get("id")]
    ids = [id for id, _ in (*found, *plain)]
    assert len(ids) == len(set(ids))
    return {id: cell for id, cell in (*found, *plain) if cell is not None}


def place(page: Element, id: str) -> tuple[float, float]:
    """Where a cell stands on its page."""
    known, x, y = cells(page), 0.0, 0.0
    while id not in ("0", "1"):
        geometry = known[id].find("mxGeometry")
        assert geometry is not None
        x, y, id = x + float(geometry.get("x", "0")), y + float(geometry.get("y", "0")), known[id].get("parent", "")
    return x, y


def things(scene: Scene) -> list[Box | Line]:
    return [one for one in walk(scene.items) if isinstance(one, Box | Line) and one.id]


@pytest.mark.parametrize("scene", [specimen(), real(""), real("examples/tinh-mau")], ids=lambda one: one.title[:12])
def test_every_box_is_a_cell_with_its_model_id_in_its_place(scene: Scene) -> None:
    (page,) = pages(scene)
    boxes = [one for one in things(scene) if isinstance(one, Box)]
    drawn = [one for one in objects(page) if one[0].get("vertex") and "container" not in one[0].get("style", "")]
    drawn = [one for one in drawn if not one[0].get("style", "").startswith("group;")]
    assert [one.get("kientruc_id") for one in drawn] == [box.id for box in boxes]
    for cell, box in zip(drawn, boxes, strict=True):
        assert place(page, cell.get("id", "")) == pytest.approx((box.rect.x, box.rect.y), abs=SPARE)
        label = next(one for one in box.words if one.sort != "badge")
        assert Tags(cell.get("label", "")).text == "".join(label.text.lines)
        assert cell.get("tooltip") == html.escape(box.note)


def test_lines_join_the_cells_of_their_boxes_and_dock_where_they_end() -> None:
    (page,) = pages(specimen())
    edges = {one.get("kientruc_id"): one[0] for one in objects(page) if one[0].get("edge")}
    joined = {id: (cell.get("source"), cell.get("target")) for id, cell in edges.items()}
    assert joined == {
        "n1": ("hop-0", "hop-1"), "n2": ("hop-1", "hop-2"), "n3": ("hop-0", "hop-5"), "n4": ("hop-4", "hop-7"),
    }  # fmt: skip
    assert "exitX=1;exitY=0.5;" in edges["n1"].get("style", "")
    assert "entryX=0;entryY=0.5;" in edges["n1"].get("style", "")
    corners = [(float(p.get("x", "")), float(p.get("y", ""))) for p in edges["n2"].iterfind(".//Array/mxPoint")]
    assert corners == [(760, 230), (760, 300)]
    assert "curved=1;" in edges["n3"].get("style", "")


def test_the_label_of_a_line_stands_where_the_scene_has_it() -> None:
    (page,) = pages(specimen())
    edge = next(one for one in objects(page) if one.get("kientruc_id") == "n1")
    offset = edge.find(".//mxPoint[@as='offset']")
    assert edge.get("label") == "gửi hồ sơ"
    assert offset is not None and (offset.get("x"), offset.get("y")) == ("0", "-20")  # its middle is at 380, 265


def test_a_named_group_holds_its_boxes_and_stands_on_its_ground() -> None:
    (page,) = pages(specimen())
    group = next(one for one in objects(page) if one.get("kientruc_id") == "hang-1")
    assert "fillColor=#f7fbfe;" in group[0].get("style", "") and "container=1;" in group[0].get("style", "")
    assert [cell.get("parent") for id, cell in cells(page).items() if id in ("hop-4", "hop-7")] == ["hang-1"] * 2


def test_scenes_are_pages_with_their_names_and_sizes() -> None:
    first, second = pages(specimen(), real(""))
    assert (first.get("name"), second.get("name")) == ("Bảng mẫu", real("").title)
    assert [one.get("id") for one in (first, second)] == ["page-mau", "page-layered"]
    assert [page[0].get("pageWidth") for page in (first, second)] == ["1600", "1600"]


@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_hostile_words_stay_text_and_add_no_cell(at: int) -> None:
    scene, calm = hostile(at), specimen()
    (page,), (other,) = pages(scene), pages(calm)
    assert len(list(page.iter())) == len(list(other.iter()))
    styles = {one.get("style", "").partition("shape=stencil")[0] for one in page.iter("mxCell")}
    assert not any(word in style for style in styles for word in ("script", "image", "http", "placeholders"))
    for cell, thing in zip(objects(page), objects(other), strict=True):
        assert set(cell.attrib) == set(thing.attrib)
        for name in ("label", "tooltip"):
            assert Tags(cell.get(name, "")).tags <= {"br"}
    boxes = [one for one in things(scene) if isinstance(one, Box)]
    labels = {one.get("kientruc_id"): Tags(one.get("label", "")).text for one in objects(page)}
    assert [labels[clean(box.id)] for box in boxes] == [
        "".join(box.words[0].text.lines) if box.words else "" for box in boxes
    ]


@pytest.mark.parametrize("word", HOSTILE)
def test_a_layered_picture_of_one_hostile_word_has_its_cells_and_no_other(word: str) -> None:
    (page,) = pages(layered_scene.scene(one_block(word), SLIDE))
    (calm,) = pages(layered_scene.scene(one_block("a"), SLIDE))
    assert sum("kientruc_id" in one.attrib for one in page.iter()) == sum(
        "kientruc_id" in one.attrib for one in calm.iter()
    )
    assert all(Tags(one.get("label") or one.get("value") or "").tags <= {"br"} for one in page.iter())


def test_the_same_scene_gives_the_same_bytes() -> None:
    assert scene_drawio.render([real(""), specimen()]) == scene_drawio.render([real(""), specimen()])


def test_a_line_that_joins_nothing_is_painted_in_its_turn_and_moves_with_its_group() -> None:
    grid = Line("", "axis", ((60, 140), (60, 400)), Look(stroke="#4a5665", width=1.0))
    group = next(one for one in specimen().items if isinstance(one, Group))
    (page,) = pages(replace(specimen(), items=(replace(group, items=(group.items[0], grid, *group.items[1:])),)))
    order = [id for id, cell in cells(page).items() if cell.get("parent") == "hang-0"]
    axis = cells(page)["axis"]
    ends = [(point.get("x"), point.get("y")) for point in axis.iter("mxPoint")]
    assert axis.get("parent") == "hang-0" and "hop-0" in order
    assert ends == [("10", "10"), ("10", "270")]  # the group stands at 50, 130
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert ids.index("axis") < ids.index("hop-0")


def test_a_line_painted_under_its_boxes_names_them_all_the_same() -> None:
    whole = specimen()
    lines, others = ([one for one in whole.items if isinstance(one, Line) is wanted] for wanted in (True, False))
    (page,) = pages(replace(whole, items=(*lines, *others)))
    edges = {one.get("kientruc_id"): (one[0].get("source"), one[0].get("target")) for one in objects(page)}
    assert (edges["n1"], edges["n4"]) == (("hop-0", "hop-1"), ("hop-4", "hop-7"))
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert ids.index("n1") < ids.index("hop-0")
