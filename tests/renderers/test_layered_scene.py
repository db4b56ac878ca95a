"""A layered picture: everything is drawn once, inside its box, readable without colour, the same bytes each time."""

import itertools
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from kientruc.renderers import scene_svg
from kientruc.renderers.layered_grid import arrange
from kientruc.renderers.layered_parts import A3, PAPERS, SLIDE, Arrangement, PlacedBlock
from kientruc.renderers.layered_scene import scene
from kientruc.renderers.layered_style import MARKS, ROW_TONES
from kientruc.renderers.scene import Paper, Rect
from kientruc.renderers.text_metrics import HAIR, clean, measure
from kientruc.views.picture import Band, Block, Group, LayeredPicture, LegendEntry, Mark
from tests.renderers.gates import apart, contrast, extent, inside

SVG = "{http://www.w3.org/2000/svg}"
NAMES = (
    "Quản lý văn bản và điều hành", "Cơ sở dữ liệu đất đai", "Y tế", "Thanh toán trực tuyến", "Tổng đài 1022",
    "Kho dữ liệu số hóa kết quả TTHC", "Giám sát", "Cổng phản ánh hiện trường", "Trục tích hợp dữ liệu (ESB)",
)  # fmt: skip
TITLES = (
    "Người sử dụng",
    "Kênh truy cập",
    "Dịch vụ cổng",
    "Ứng dụng và cơ sở dữ liệu",
    "Chia sẻ và tích hợp",
    "Hạ tầng",
)
STATES = (
    *(Mark.PRESENT, Mark.CHANGED, Mark.ADDED, Mark.OBSERVED, Mark.ASSUMED, Mark.ABSENT, Mark.UNSAID),
)  # marks that one picture may show together
LEGEND = tuple(LegendEntry(mark, f"Nghĩa của {mark.value}") for mark in STATES)
HOSTILE = (
    "<script>alert(1)</script>",
    "A & B",
    'x" onload="alert(1)',
    "]]>",
    "'",
    "&amp;",
    "\0\u202e<",
    "<!--",
    "%s{0}",
)


def render(drawn: LayeredPicture, paper: Paper) -> str:
    return scene_svg.render(scene(drawn, paper))


def blocks(names: tuple[str, ...], prefix: str = "x") -> tuple[Block, ...]:
    return tuple(Block(f"{prefix}-{n}", name, STATES[n % len(STATES)], f"Ghi chú {n}") for n, name in enumerate(names))


def band(number: int, *sizes: int) -> Band:
    """A band with groups of these sizes; with more than one, the groups have titles."""
    groups = (
        Group(
            f"g{number}-{n}", f"Nhóm {n}" if len(sizes) > 1 else "", blocks(_names(size, number + n), f"b{number}-{n}")
        )
        for n, size in enumerate(sizes)
    )
    return Band(f"band{number}", TITLES[number % len(TITLES)], tuple(groups))


def _names(count: int, start: int) -> tuple[str, ...]:
    return tuple(itertools.islice(itertools.cycle(NAMES), start, start + count))


def picture(
    rows: tuple[Band, ...], left: tuple[Band, ...] = (), right: tuple[Band, ...] = (), title: str = "Kiến trúc tỉnh"
) -> LayeredPicture:
    return LayeredPicture(
        "hinh", title, "Hiện trạng và mục tiêu", "Mô tả hình", "vi", rows, left, right, LEGEND, "Số liệu đến 13/9/2017"
    )


def province(count: int) -> LayeredPicture:
    """So many blocks in eight rows and two columns."""
    inner = count - 10
    sizes = [inner // 8 + (1 if n < inner % 8 else 0) for n in range(8)]
    rows = tuple(band(n, size) if n % 2 else band(n, size // 2, size - size // 2) for n, size in enumerate(sizes))
    return picture(rows, left=(band(90, 5),), right=(band(91, 5),))


def all_blocks(placed: Arrangement) -> list[PlacedBlock]:
    return [block for band in placed.bands for group in band.groups for block in group.blocks]


def assert_tidy(drawn: LayeredPicture, paper: Paper) -> None:
    """Everything lies where it belongs."""
    placed = arrange(drawn, paper)
    sheet = Rect(0, 0, paper.width, paper.height)
    texts = [placed.title, placed.subtitle, placed.footer, *(entry.text for entry in placed.legend)]
    assert all(inside(extent(text), sheet) for text in texts if text.lines)
    for band_ in placed.bands:
        assert inside(band_.rect, sheet)
        assert not band_.text.lines or inside(extent(band_.text), band_.head)
        for group in band_.groups:
            room = group.frame or band_.rect
            assert inside(room, band_.rect)
            assert not group.text or inside(extent(group.text), room)
            assert group.blocks or group.empty
            assert all(inside(block.rect, room) and apart(block.rect, band_.head) for block in group.blocks)
    found = all_blocks(placed)
    assert all(inside(extent(block.text), block.rect) for block in found if block.text.lines)
    assert all(apart(one.rect, other.rect) for one, other in itertools.combinations(found, 2))
    assert all(apart(one.rect, other.rect) for one, other in itertools.combinations(placed.bands, 2))
    frames = [group.frame for band_ in placed.bands for group in band_.groups if group.frame]
    assert all(apart(one, other) for one, other in itertools.combinations(frames, 2))
    low = [band_.rect for band_ in placed.bands]
    assert all(apart(entry.swatch, rect) for entry in placed.legend for rect in low)
    assert all(apart(extent(text), rect) for text in texts if text.lines for rect in low)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.name)
@pytest.mark.parametrize("count", [11, 40, 75, 138, 201])
def test_text_lies_in_its_box_and_no_two_boxes_overlap(count: int, paper: Paper) -> None:
    assert_tidy(province(count), paper)


LABELS = st.one_of(
    st.sampled_from([*NAMES, *HOSTILE, "", "–", "a – b", "x" * 40, "Y tế " * 30]),
    st.text(st.characters(codec="utf-8"), max_size=25),
)
GROUPS = st.lists(st.tuples(LABELS, st.lists(LABELS, max_size=7)), max_size=4)
BANDS = st.lists(st.tuples(LABELS, GROUPS), max_size=4)
SIDES = st.lists(st.tuples(LABELS, GROUPS), max_size=1)


def _made(found: list[tuple[str, list[tuple[str, list[str]]]]], place: str) -> tuple[Band, ...]:
    return tuple(
        Band(
            f"{place}{n}",
            title,
            tuple(
                Group(f"{place}{n}-{m}", name, blocks(tuple(b), f"{place}{n}-{m}"))
                for m, (name, b) in enumerate(groups)
            ),
        )
        for n, (title, groups) in enumerate(found)
    )


# On this paper the block is a hair narrower than two of the pieces "x" * 40 is cut into, and only two lines high.
HAIR_SHORT = Paper("tight", 455, 359, points=960.0, largest=19.9)
WITHOUT_EXPLAINING = (Phase.explicit, Phase.generate, Phase.shrink)  # to explain a failure would take minutes


@settings(max_examples=40, deadline=None, derandomize=True, phases=WITHOUT_EXPLAINING)
@given(BANDS, SIDES, SIDES, LABELS, st.sampled_from([SLIDE, A3]))
@example([("", [("", ["x" * 40])])], [], [], "", HAIR_SHORT)
def test_any_picture_is_tidy_and_any_name_survives(
    rows: list[tuple[str, list[tuple[str, list[str]]]]],
    left: list[tuple[str, list[tuple[str, list[str]]]]],
    right: list[tuple[str, list[tuple[str, list[str]]]]],
    title: str,
    paper: Paper,
) -> None:
    drawn = picture(_made(rows, "r"), _made(left, "c"), _made(right, "p"), title)
    assert_tidy(drawn, paper)
    root = ElementTree.fromstring(render(drawn, paper))
    wanted = [b.label for band_ in (*drawn.left, *drawn.rows, *drawn.right) for g in band_.groups for b in g.blocks]
    assert labels(root) == [clean(label).replace(" ", "") for label in wanted]


@pytest.mark.parametrize("name", ["x" * 40, "Y tế " * 30, "dvc.gov.vn/" * 12, *NAMES])
def test_no_text_is_drawn_on_more_lines_than_were_planned(name: str) -> None:
    text = measure(name)
    rooms = [need + step * HAIR / 4 for need in text.needed for step in range(-6, 7)]
    rooms = [room for room in rooms if room >= max(piece.width for piece in text.pieces)]
    assert all(len(text.wrapped(room - rounding)) <= text.lines_in(room) for room in rooms for rounding in (0, 1e-9))


def labels(root: ElementTree.Element) -> list[str]:
    """What is written in the blocks, in the order of the file, without the spaces where lines break."""
    found = []
    for group in root.iter(f"{SVG}g"):
        if (group.get("class") or "").startswith("block "):
            found.append("".join(span.text or "" for span in group.iter(f"{SVG}tspan")).replace(" ", ""))
    return found


def test_titles_bands_groups_and_legend_are_written() -> None:
    root = ElementTree.fromstring(render(province(40), SLIDE))
    texts = [" ".join(span.text or "" for span in text) for text in root.iter(f"{SVG}text")]
    assert {"KIẾN TRÚC TỈNH", "Hiện trạng và mục tiêu", "Số liệu đến 13/9/2017", "KÊNH TRUY CẬP", "Nhóm 1"} <= set(
        texts
    )
    assert [text for text in texts if text.startswith("Nghĩa")] == [entry.label for entry in LEGEND]


def test_every_block_has_an_id_a_class_a_name_and_its_note() -> None:
    root = ElementTree.fromstring(render(picture((band(1, 2),)), SLIDE))
    block = next(g for g in root.iter(f"{SVG}g") if g.get("data-id") == "b1-0-1")
    assert block.get("class") == "block mark-changed"
    assert block.get("data-id") == "b1-0-1"
    assert block.get("role") == "graphics-symbol"
    assert block.get("aria-label") == "Y tế (Nghĩa của changed)"
    assert block.findtext(f"{SVG}title") == "Ghi chú 1"
    assert root.findtext(f"{SVG}title") == "Kiến trúc tỉnh"
    assert root.findtext(f"{SVG}desc") == "Mô tả hình"
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")  # type: ignore[union-attr]


def test_an_element_shown_twice_gets_two_ids_and_keeps_its_name() -> None:
    twin = Block("mot-cua", "Một cửa", Mark.PRESENT)
    root = ElementTree.fromstring(render(picture((Band("a", "A", (Group("g", "", (twin, twin)),)),)), SLIDE))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert sum(element.get("data-id") == "mot-cua" for element in root.iter()) == 2


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text(name: str) -> None:
    block = Block("x", name, Mark.ADDED, note=name)
    hostile = LayeredPicture(
        name, name, name, name, name, (Band(name, name, (Group(name, name, (block,)),)),), (), (),
        (LegendEntry(Mark.ADDED, name),), name,
    )  # fmt: skip
    root = ElementTree.fromstring(render(hostile, SLIDE))
    allowed = {"svg", "title", "desc", "defs", "pattern", "g", "rect", "path", "text", "tspan"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    assert not any(key.startswith("on") for element in root.iter() for key in element.attrib)
    assert labels(root) == [clean(name).replace(" ", "")]


def test_a_page_with_a_strict_content_policy_can_hold_it() -> None:
    root = ElementTree.fromstring(render(province(75), SLIDE))
    assert not any("style" in element.attrib or element.tag.endswith(("style", "script")) for element in root.iter())
    assert not any("href" in key for element in root.iter() for key in element.attrib)


DIFFERENCES = (Mark.ADDED, Mark.REMOVED, Mark.CHANGED, Mark.MOVED, Mark.SAME)


@pytest.mark.parametrize("marks", [STATES, DIFFERENCES], ids=["states", "differences"])
def test_marks_are_told_apart_by_border_alone_and_by_fill_alone(marks: tuple[Mark, ...]) -> None:
    shown = tuple(Block(f"b{at}", f"Khối {at}", one) for at, one in enumerate(marks))
    root = ElementTree.fromstring(render(picture((Band("t", "Tầng", (Group("", "", shown),)),)), SLIDE))
    boxes = {
        group.get("class"): next(group.iter(f"{SVG}rect"))
        for group in root.iter(f"{SVG}g")
        if (group.get("class") or "").startswith("block ")
    }
    assert len(boxes) == len(marks)
    keys = ("stroke-width", "stroke-dasharray", "stroke-linecap")
    assert len({tuple(box.get(key) for key in keys) for box in boxes.values()}) == len(marks)
    assert len({box.get("stroke-dasharray") for box in boxes.values()}) == len(marks) - 1  # two are solid: thin, thick
    assert MARKS[Mark.ADDED].width >= 2 * max(MARKS[one].width for one in (Mark.PRESENT, Mark.SAME))
    assert len({box.get("fill") for box in boxes.values()}) == len(marks)


def test_every_mark_has_a_style() -> None:
    assert set(MARKS) == set(Mark)


def test_the_legend_shows_the_same_box_as_the_blocks() -> None:
    root = ElementTree.fromstring(render(picture((band(1, 6),)), SLIDE))
    keys = ("fill", "stroke", "stroke-width", "stroke-dasharray")
    seen: dict[str, set[tuple[str | None, ...]]] = {}
    for group in root.iter(f"{SVG}g"):
        kind, _, mark = (group.get("class") or "").partition(" mark-")
        if kind in {"block", "legend"}:
            seen.setdefault(mark, set()).add(tuple(next(group.iter(f"{SVG}rect")).get(key) for key in keys))
    assert len(seen) == len(STATES)
    assert all(len(looks) == 1 for looks in seen.values())


def test_colours_have_the_contrast_that_wcag_asks_for() -> None:
    assert all(contrast("#16202c", style.fill) >= 4.5 for style in MARKS.values())
    assert all(contrast(style.border, style.fill) >= 3 for style in MARKS.values())
    assert all(contrast(tone.ink, ground) >= 4.5 for tone in ROW_TONES for ground in (tone.head, tone.group))


def test_an_empty_band_and_an_empty_group_show_a_calm_box_and_invent_nothing() -> None:
    groups = (Group("mang", "Mạng", ()), Group("may", "Máy", blocks(("Máy chủ",))))
    drawn = picture(
        (Band("csdl", "Cơ sở dữ liệu", ()), Band("ht", "Hạ tầng", groups)), right=(Band("at", "An toàn", ()),)
    )
    root = ElementTree.fromstring(render(drawn, SLIDE))
    assert labels(root) == ["Máychủ"]
    empty = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "empty"]
    assert len(empty) == 3
    nothing = [text for text in root.iter(f"{SVG}text") if text.get("class") == "nothing"]
    assert ["".join(text.itertext()) for text in nothing] == ["—"] * 3
    assert_tidy(drawn, SLIDE)


def test_an_empty_band_says_why_and_a_full_one_does_not() -> None:
    why = "Chưa ghi nhận thành phần nào trong tài liệu của tỉnh đến ngày chốt số liệu, cần cơ quan chuyên môn bổ sung"
    full = Band("ht", "Hạ tầng", (Group("a", "Mạng", ()), Group("b", "Máy", blocks(("Máy chủ",)))), empty=why)
    drawn = picture((Band("csdl", "Cơ sở dữ liệu", (), empty=why), full), left=(Band("at", "An toàn", (), empty=why),))
    root = ElementTree.fromstring(render(drawn, SLIDE))
    nothing = [text for text in root.iter(f"{SVG}text") if text.get("class") == "nothing"]
    assert [" ".join(text.itertext()) for text in nothing] == [why, why, "—"]
    assert len(list(nothing[0])) > 1
    assert_tidy(drawn, SLIDE)


TALL = "Hệ thống theo dõi, đôn đốc thực hiện chỉ đạo điều hành 4 cấp"


def crowded(name: str) -> LayeredPicture:
    """Seven rows of nine blocks, one of them with this name."""
    rows = [band(number, 9) for number in range(7)]
    first = Block("tall", name, Mark.ADDED)
    rows[3] = Band("r", "Ứng dụng", (Group("g", "", (first, *blocks(("Họp trực tuyến", "Quản lý nhân sự") * 4, "o"))),))
    return picture(tuple(rows))


def test_a_block_with_a_long_name_gets_wider_but_not_by_much() -> None:
    placed = arrange(crowded(TALL), SLIDE)
    widths = [block.rect.width for block in all_blocks(placed) if block.rect.y == _tall(placed).rect.y]
    assert 1.0 <= max(widths) / min(widths) <= 1.61
    assert_tidy(crowded(TALL), SLIDE)


def _tall(placed: Arrangement) -> PlacedBlock:
    return next(block for block in all_blocks(placed) if block.block.id == "tall")


def test_a_row_with_height_to_spare_keeps_blocks_of_one_width() -> None:
    names = (
        TALL,
        "Họp trực tuyến",
        "Quản lý nhân sự",
        "Quản lý tài sản",
        "Y tế",
        "Giám sát",
        "Tổng đài",
        "Thư điện tử",
    )
    placed = arrange(picture((Band("r", "Ứng dụng", (Group("g", "", blocks(names)),)),)), SLIDE)
    widths = [block.rect.width for block in all_blocks(placed)]
    assert max(widths) - min(widths) <= 0.03


@pytest.mark.parametrize("title", ["Technical infrastructure", "Interconnections", "Interoperability services"])
def test_a_word_of_a_band_title_is_never_cut(title: str) -> None:
    rows = (Band("t", title, (Group("g", "", blocks(NAMES)),)), *(band(number, 9) for number in range(7)))
    placed = arrange(picture(rows), SLIDE)
    assert " ".join(placed.bands[0].text.lines) == title.upper()
    assert_tidy(picture(rows), SLIDE)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.name)
def test_one_block_and_none_at_all_are_drawn(paper: Paper) -> None:
    assert_tidy(picture((band(1, 1),)), paper)
    assert_tidy(picture(()), paper)
    assert_tidy(picture((), left=(band(1, 3),)), paper)


def test_side_bands_stand_beside_all_rows_with_a_turned_title() -> None:
    placed = arrange(province(75), SLIDE)
    rows = [band_ for band_ in placed.bands if band_.place == "row"]
    left, right = placed.bands[0], placed.bands[-1]
    assert (left.place, left.text.turn, right.place, right.text.turn) == ("left", -90, "right", 90)
    for side in (left, right):
        assert side.rect.y == rows[0].rect.y
        assert side.rect.bottom == pytest.approx(rows[-1].rect.bottom, abs=0.05)


def test_groups_of_a_band_share_rows_and_block_width() -> None:
    placed = arrange(picture((band(1, 6, 9, 6),)), SLIDE)
    rects = [block.rect for block in all_blocks(placed)]
    assert max(r.width for r in rects) - min(r.width for r in rects) <= 0.03
    assert max(r.height for r in rects) - min(r.height for r in rects) <= 0.03


def test_seventy_five_blocks_can_be_read_on_a_slide_and_138_on_a3() -> None:
    slide, a3 = scene(province(75), SLIDE), scene(province(138), A3)
    assert slide.effective_px == slide.font_px >= 12
    assert a3.effective_px == pytest.approx(a3.font_px * 1600 / 2263, abs=0.01)
    assert a3.printed_pt >= 8
    assert (slide.paper.width, slide.paper.height) == (1600, 900)


def test_no_text_is_smaller_than_the_reading_size() -> None:
    drawn = scene(province(75), SLIDE)
    texts = ElementTree.fromstring(scene_svg.render(drawn)).iter(f"{SVG}text")
    assert min(float(text.get("font-size") or 0) for text in texts) == drawn.font_px


def test_more_blocks_never_get_a_larger_font() -> None:
    sizes = [scene(province(count), SLIDE).font_px for count in (20, 50, 75, 138, 250)]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.thorough
def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = "import sys; sys.path.insert(0, 'tests/renderers'); import test_layered_scene as t; " \
        "sys.stdout.buffer.write(t.render(t.province(75), t.A3).encode('utf-8'))"  # fmt: skip
    root = Path(__file__).parents[2]
    found = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, check=True, capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        ).stdout
        for seed in ("1", "4242")
    }  # fmt: skip
    assert found == {render(province(75), A3).encode("utf-8")}
