"""Every picture we draw passes every gate, and each gate finds the picture that was broken on purpose."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest

from kientruc.loading import load_text
from kientruc.model.values import Certainty
from kientruc.renderers import scene_svg
from kientruc.renderers.layered_parts import A3, PAGE, SLIDE
from kientruc.renderers.layered_scene import scene
from kientruc.renderers.layered_style import MARKS, look
from kientruc.renderers.scene import Box, Group, Item, Lettering, Line, Look, Paper, Rect, Scene, Words, walk
from kientruc.views.choice import Material
from kientruc.views.doubts import signs
from kientruc.views.layered import component_ids, component_picture, layered
from kientruc.views.picture import Band, Block, LayeredPicture, LegendEntry, Mark
from kientruc.views.picture import Group as BlockGroup
from tests.renderers import gates
from tests.renderers.gates import GATES, Gate, faults, unsteady
from tests.renderers.scenes import EM, hostile, one_block, real, specimen

HEAD = """\
format: kientruc/1
architecture: {id: nho, name: Kiến trúc nhỏ, agency: xa, edition: cps-4.0, cut_off: 2026-11-16}
organisations: {xa: {name: Xã}}
"""
TINY = f"""{HEAD}
components: {{c: {{name: Ứng dụng, order: 1}}}}
elements: {{mot-cua: {{kind: application, name: Một cửa, component: c}}}}
"""
LONG = "Hệ thống thông tin quản lý, giám sát, đánh giá hiệu quả chuyển đổi số của các sở, ban, ngành"
COMPONENTS = "".join(f"  c{n}: {{name: Thành phần thứ {n} của kiến trúc, order: {n}}}\n" for n in range(9))
STRESS = f"{HEAD}components:\n{COMPONENTS}elements:\n" + "".join(
    f'  e{n}: {{kind: application, name: "{LONG} {n}", component: c{n % 7}}}\n' for n in range(140)
)


def pictures(text: str) -> list[LayeredPicture]:
    """The picture of an architecture and those of its components."""
    loaded = load_text(text)
    assert loaded.architecture is not None, [str(finding) for finding in loaded.findings]
    model = loaded.architecture
    made_from = Material(model, "vi")
    return [layered(made_from), *(component_picture(made_from, id) for id in component_ids(model))]


@pytest.mark.parametrize("paper", [SLIDE, A3, PAGE], ids=lambda paper: paper.name)
def test_the_province_passes_every_gate(paper: Paper) -> None:
    assert faults(real("", paper)) == []


def test_the_sample_passes_every_gate_on_a3_and_is_too_full_for_a_slide() -> None:
    assert faults(real("examples/tinh-mau", A3)) == []
    assert [found.partition(":")[0] for found in faults(real("examples/tinh-mau"))] == ["small"]


def test_a_tiny_model_passes_every_gate() -> None:
    drawn = pictures(TINY)
    assert [picture.blocks for picture in drawn] == [1] * len(drawn)
    assert [faults(scene(picture, SLIDE)) for picture in drawn] == [[]] * len(drawn)


def test_a_model_of_many_long_names_passes_every_gate_or_is_said_to_be_too_small() -> None:
    drawn = [scene(picture, paper) for picture in pictures(STRESS) for paper in (SLIDE, A3)]
    assert len(drawn) >= 2
    assert {found.partition(":")[0] for one in drawn for found in faults(one)} <= {"small"}


@pytest.mark.parametrize("paper", [SLIDE, A3], ids=lambda paper: paper.name)
def test_a_picture_of_140_long_names_and_empty_bands_is_said_to_be_too_small(paper: Paper) -> None:
    blocks = [tuple(Block(f"b{n}-{m}", f"{LONG} {m}", Mark.ADDED) for m in range(20)) for n in range(7)]
    full = tuple(Band(f"r{n}", f"Thành phần {n}", (BlockGroup(f"g{n}", "", some),)) for n, some in enumerate(blocks))
    empty = Band("e", "Chưa có gì", (BlockGroup("f", "Nhóm trống", ()),))
    drawn = scene(LayeredPicture("to", "To", "", "", "vi", (*full, empty), (empty,), (), (), "Chân"), paper)
    assert [found.partition(":")[0] for found in faults(drawn)] == ["small"]


@pytest.mark.parametrize("word", ["<b>&amp;</b> ]]>", 'x" onload="alert(1)', "Đ" * 500, "%s{0}${x}"])
def test_hostile_words_pass_every_gate_but_that_of_size(word: str) -> None:
    assert {found.partition(":")[0] for found in faults(scene(one_block(word), SLIDE))} <= {"small"}


BADGES = tuple("ABCDEFGH")
ORDER = (Mark.FIRST, Mark.SECOND, Mark.THIRD, Mark.FOURTH, Mark.FIFTH, Mark.SIXTH, Mark.SEVENTH, Mark.EIGHTH)


def owners(names: tuple[str, ...], badges: tuple[str, ...] = BADGES) -> LayeredPicture:
    """A picture whose marks have no order, so that letters tell them apart."""
    blocks = tuple(
        Block(f"b{at}", name, mark, badge=badge)
        for at, (name, mark, badge) in enumerate(zip(names, itertools.cycle(ORDER), itertools.cycle(badges)))
    )
    bands = (Band("r", "Ứng dụng", (BlockGroup("g", "Nhóm", blocks[::2]), BlockGroup("h", "", blocks[1::2]))),)
    legend = tuple(LegendEntry(mark, f"Chủ quản {badge}", badge) for mark, badge in zip(ORDER, itertools.cycle(badges)))
    side = (Band("s", "Quản lý", (BlockGroup("t", "", blocks[:3]),)),)
    return LayeredPicture("chu-quan", "Chủ quản", "Ai lo việc gì", "Mô tả", "vi", bands, side, (), legend, "Chân trang")


@pytest.mark.parametrize("paper", [SLIDE, A3], ids=lambda paper: paper.name)
@pytest.mark.parametrize(
    "names",
    [("Một cửa",) * 9, (LONG,) * 24, ("Y tế", LONG, "Cơ sở dữ liệu đất đai") * 20, ("",) * 8, ("x" * 40,) * 12],
    ids=["short", "long", "many", "empty", "words"],
)
def test_a_badge_never_touches_its_label_and_stands_in_the_legend_too(names: tuple[str, ...], paper: Paper) -> None:
    drawn = scene(owners(names), paper)
    assert faults(drawn, tuple(gate for gate in GATES if gate is not gates.small)) == []
    signs = [one.text for one in gates.placed(drawn) if one.words.sort == "badge"]
    assert len(signs) == len(names) + 3 + len(BADGES)  # three stand at the side as well
    assert set(signs) == set(BADGES)


@pytest.mark.parametrize("badge", ["WW", "10", "漢字", " a b ", "<b>", "Đ" * 500, "\0\u202e"])
def test_a_badge_of_any_letters_stays_a_sign(badge: str) -> None:
    drawn = scene(owners(("Một cửa", LONG) * 6, (badge,) * 8), SLIDE)
    assert {found.partition(":")[0] for found in faults(drawn)} <= {"unprintable", "alike"}
    assert all(len(one.text) <= 2 for one in gates.placed(drawn) if one.words.sort == "badge")


def test_without_their_letters_marks_without_order_look_alike() -> None:
    assert any(found.startswith("alike") for found in faults(scene(owners(("Y tế",) * 8, ("",)), SLIDE)))


def legend(marks: tuple[Mark, ...]) -> Scene:
    entries = tuple(
        Group("", f"legend mark-{mark.value}", (Box("", "box", Rect(10, 40 * at, 60, 30), look(mark, EM)),))
        for at, mark in enumerate(marks)
    )
    return broken(*entries)


MEANINGS = (
    (Mark.PRESENT, Mark.CHANGED, Mark.ADDED, Mark.OBSERVED, Mark.ASSUMED, Mark.ABSENT, Mark.UNSAID),
    (Mark.ADDED, Mark.REMOVED, Mark.CHANGED, Mark.MOVED, Mark.SAME),
    (Mark.STEP_1, Mark.STEP_2, Mark.STEP_3, Mark.STEP_4, Mark.STEP_5),
    (Mark.STEP_1, Mark.STEP_2, Mark.STEP_3, Mark.STEP_4, Mark.STEP_5, Mark.MISSING, Mark.UNSAID),
)


@pytest.mark.parametrize("marks", MEANINGS)
def test_the_marks_of_one_meaning_are_told_apart_in_grey(marks: tuple[Mark, ...]) -> None:
    assert list(gates.alike(legend(marks))) == []


def test_a_label_stands_out_from_the_fill_of_every_mark() -> None:
    boxes = (box("x", "Y tế", look=look(mark, EM)) for mark in MARKS)
    assert [found for one in boxes for found in gates.pale(broken(one))] == []


USUAL = Rect(100, 100, 200, 60)


def box(id: str, words: str, rect: Rect = USUAL, **more: object) -> Box:
    text = Lettering((words,), rect.x + rect.width / 2, rect.y + rect.height / 2, EM, 22.0)
    plain = Box(
        id, "block", rect, Look("#ffffff", "#4d6078", 1.0), words=(Words("label", text, "#16202c"),), name=words
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def broken(*items: Item) -> Scene:
    return Scene("hong", "Hỏng", "", "vi", SLIDE, EM, items)


def text(words: str, x: float, y: float, size: float = EM, fill: str = "#16202c") -> Words:
    return Words("label", Lettering((words,), x, y, size, 22.0), fill)


WAY = ((50.0, 130.0), (400.0, 130.0))
BROKEN: tuple[tuple[Gate, Scene], ...] = (
    (gates.overlapping, broken(text("Một cửa", 200, 200), text("Y tế", 220, 205))),
    (gates.spilling, broken(box("a", "Một cái tên dài hơn cái hộp của nó"))),
    (gates.spilling, broken(text("Ra ngoài", 1590, 100))),
    (gates.spilling, broken(box("a", "A", Rect(1500, 100, 200, 60)))),
    (gates.spilling, broken(box("a", "A"), text("Đè lên viền", 100, 100))),
    (gates.spilling, broken(box("a", "A", Rect(90, 90, 300, 99)), text("Của ai", 200, 165))),
    (gates.spilling, broken(box("a", "cylinder", Rect(100, 100, 200, 24), outline="cylinder"))),
    (gates.struck, broken(box("a", "A"), Line("l", "edge", WAY, Look(stroke="#000000", width=1.0)))),
    (gates.struck, broken(text("Cong", 200, 137),
                          Line("l", "edge", ((0, 0), (100, 300), (300, 0), (400, 200)), Look(), curved=True))),
    (gates.small, broken(text("Nhỏ", 200, 200, 9.0))),
    (gates.small, replace(broken(text("Nhỏ", 200, 200, 11.0)), font_px=11.0)),
    (gates.small, replace(broken(text("Nhỏ", 200, 200, 12.0)), font_px=12.0, paper=A3)),
    (gates.unprintable, broken(text("漢字", 200, 200))),
    (gates.pale, broken(text("Nhạt", 200, 200, fill="#999999"))),
    (gates.pale, broken(box("a", "Tối", look=Look("#1f5f99")))),
    (gates.pale, broken(Box("", "head", Rect(0, 0, 300, 300), Look("#0d2745")), text("Trên nền", 150, 150))),
    (gates.alike, legend((Mark.FIRST, Mark.THIRD))),
    (gates.alike, broken(*(Group("", f"legend {colour}", (Line("", "edge", WAY, Look(stroke=colour, width=2.0)),))
                           for colour in ("#a3241c", "#17692c")))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("gate", "picture"), BROKEN, ids=[f"{gate.__name__}-{at}" for at, (gate, _) in enumerate(BROKEN)]
)
def test_a_gate_finds_the_picture_that_was_broken_on_purpose(gate: Gate, picture: Scene) -> None:
    assert list(gate(picture))


def test_the_drawing_is_held_against_the_scene(monkeypatch: pytest.MonkeyPatch) -> None:
    good = specimen()
    spoil: tuple[Callable[[str], str], ...] = (
        lambda svg: svg.replace("</svg>", "<script/></svg>"),
        lambda svg: svg.replace("<path ", '<path onclick="x" ', 1),
        lambda svg: svg.replace('id="mau-b-hop-1"', 'id="mau-b-hop-0"'),
        lambda svg: svg.replace(">rounded<", ">round<"),
        lambda svg: svg.replace('data-id="hop-3"', 'data-id="hop-4"'),
    )
    drawn = scene_svg.render(good)
    assert list(gates.unlike(good)) == []
    for change in spoil:
        monkeypatch.setattr(scene_svg, "render", lambda scene, change=change: change(drawn))
        assert list(gates.unlike(good))
        monkeypatch.undo()


@pytest.mark.parametrize("at", range(14))
def test_the_drawing_of_hostile_words_is_the_scene(at: int) -> None:
    assert list(gates.unlike(hostile(at))) == []


def test_the_same_picture_is_drawn_each_time_and_another_one_is_found() -> None:
    many = pictures(TINY)[0]
    assert list(unsteady(lambda: scene(many, SLIDE))) == []
    names = iter(("Một", "Hai"))
    assert list(unsteady(lambda: broken(box("a", next(names)))))


@pytest.mark.parametrize("paper", [SLIDE, A3, PAGE], ids=["slide", "a3", "page"])
def test_signs_of_doubt_pass_every_gate_beside_badges_of_a_meaning(paper: Paper) -> None:
    sure = tuple(Certainty)
    blocks = tuple(Block(f"b{n}", LONG, Mark.FIRST, "", "AB"[n % 3 : n % 3 + 1], (), sure[n % 4]) for n in range(12))
    groups = (BlockGroup("", "", blocks), BlockGroup("g", LONG, blocks[:1], Mark.FIRST, certainty=Certainty.DOUBTFUL))
    legend = (LegendEntry(Mark.FIRST, "A", "A"), LegendEntry(Mark.FIRST, "B", "B"), *signs(sure, "vi"))
    rows = (Band("t", "Tầng", groups),)
    drawn = scene(LayeredPicture("id", "Tên", "", "", "vi", rows, (), (), legend, "Chân"), paper)
    assert faults(drawn) == []
    words = [item.text.lines for item in walk(drawn.items) if isinstance(item, Words) and item.sort == "badge"]
    assert {line for lines in words for line in lines} == {"A", "B", "*", "~", "?", "A*", "B~", "B*", "A?", "A~", "B?"}
    assert sum("còn nghi vấn" in one.name.lower() for one in walk(drawn.items) if isinstance(one, Box)) == 3
