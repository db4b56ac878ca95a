"""What the layered picture says of an element: its mark, its place, its whole."""

import pytest

from kientruc.loading import load_text
from kientruc.model.architecture import Architecture
from kientruc.views.catalog import view
from kientruc.views.choice import Material
from kientruc.views.layered import component_ids, component_picture, layered, pictures
from kientruc.views.picture import LayeredPicture, Mark

TEXT = """\
format: kientruc/1
architecture: {id: a, name: Kiến trúc, name_en: Architecture, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations:
  so: {name: Sở}
components:
  chia-se: {name: Chia sẻ, order: 2}
  chi-dao: {name: Chỉ đạo, order: 3, side: true}
  nguoi-dung: {name: Người sử dụng, order: 1}
states:
  nay: {name: Hiện trạng, role: baseline}
  mai: {name: Mục tiêu, role: target}
  sau: {name: Quan sát, role: observed}
elements:
"""


def drawn(elements: str, observed: bool = False) -> LayeredPicture:
    loaded = load_text(TEXT + elements)
    assert loaded.architecture is not None, loaded.findings
    architecture: Architecture = loaded.architecture
    return layered(Material(architecture, "vi"), observed=observed)


def marks(picture: LayeredPicture) -> dict[str, Mark]:
    bands = (*picture.rows, *picture.left)
    return {block.id: block.mark for band in bands for group in band.groups for block in group.blocks}


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("states: [nay]", Mark.PRESENT),
        ("states: [nay, mai], treatment: keep", Mark.PRESENT),
        ("states: [nay, mai], treatment: upgrade", Mark.CHANGED),
        ("states: [mai]", Mark.ADDED),
        ("states: {nay: unknown, mai: present}", Mark.ADDED),
        ("states: {nay: absent, mai: unknown}", Mark.UNSAID),
        ("states: [nay], certainty: assumed", Mark.ASSUMED),
        ("note: không nói", Mark.UNSAID),
        ("states: [nay, sau]", Mark.PRESENT),
    ],
)
def test_marks(said: str, mark: Mark) -> None:
    picture = drawn(f"  x: {{kind: platform, name: X, component: chia-se, {said}}}\n")
    assert marks(picture) == {"x": mark}
    assert [entry.mark for entry in picture.legend] == [mark]


@pytest.mark.parametrize(("said", "mark"), [("[sau]", Mark.OBSERVED), ("{sau: absent}", Mark.ABSENT)])
def test_what_only_later_states_name_is_left_to_the_second_picture(said: str, mark: Mark) -> None:
    elements = f"  x: {{kind: platform, name: X, component: chia-se, states: {said}}}\n"
    assert marks(drawn(elements)) == {}
    assert marks(drawn(elements, observed=True)) == {"x": mark}


def test_components_stand_in_their_order_and_direction_at_the_side() -> None:
    picture = drawn("  x: {kind: platform, name: X, component: chia-se}\n")
    assert [band.id for band in picture.rows] == ["nguoi-dung", "chia-se"]
    assert [band.id for band in picture.left] == ["chi-dao"]


def test_parts_stand_under_the_name_of_their_whole() -> None:
    picture = drawn("""\
  nen: {kind: platform, name: Nền tảng, component: chia-se, states: [mai]}
  phan: {kind: application, name: Phần, component: chia-se, part_of: nen}
  con: {kind: application, name: Con, component: chia-se, part_of: phan}
  khac: {kind: application, name: Khác, component: chia-se}
""")
    groups = {group.label: [block.id for block in group.blocks] for group in picture.rows[1].groups}
    assert groups == {"": ["khac"], "Nền tảng": ["con", "phan"]}
    assert picture.rows[1].groups[1].mark is Mark.ADDED


def large() -> Architecture:
    """Make more than a picture can name: 130 applications of one state, three platforms."""
    many = "\n".join(
        f"  a{number:03}: {{kind: application, name: Ứng dụng {number}, component: mot, states: [nay]}}"
        for number in range(130)
    )
    loaded = load_text(
        f"""\
format: kientruc/1
architecture: {{id: a, name: Kiến trúc, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13}}
organisations: {{so: {{name: Sở}}}}
components: {{mot: {{name: Một, order: 1}}, hai: {{name: Hai, order: 2}}, ba: {{name: Ba, order: 3}}}}
states: {{nay: {{name: Nay, role: baseline}}, mai: {{name: Mai, role: target}}}}
elements:
{many}
  b1: {{kind: application, name: Mới, component: mot, states: [mai]}}
  p1: {{kind: platform, name: Nền tảng, component: hai, states: [nay]}}
"""
    )
    assert loaded.architecture is not None, loaded.findings
    return loaded.architecture


def test_what_is_too_much_to_be_named_is_counted_by_kind_and_state() -> None:
    rows = layered(Material(large(), "vi")).rows
    blocks = {row.id: [(block.label, block.mark) for group in row.groups for block in group.blocks] for row in rows}
    assert blocks["mot"] == [("130 ứng dụng", Mark.PRESENT), ("Mới", Mark.ADDED)]
    assert blocks["hai"] == [("Nền tảng", Mark.PRESENT)]
    assert "Ứng dụng 0; Ứng dụng 1; " in rows[0].groups[0].blocks[0].note


def test_each_component_that_holds_anything_gets_a_picture_of_its_own() -> None:
    architecture = large()
    assert component_ids(architecture) == ("mot", "hai")
    assert [picture.id for picture in pictures(Material(architecture, "vi"))] == ["layered"]  # nothing was seen later
    picture = component_picture(Material(architecture, "vi"), "mot")
    assert (picture.title, picture.blocks, [row.label for row in picture.rows]) == ("Một", 131, ["ứng dụng"])


def test_what_was_seen_later_gets_a_picture_only_if_there_is_any() -> None:
    loaded = load_text(TEXT + "  a: {kind: application, name: A, component: chia-se, states: [sau]}\n")
    assert loaded.architecture is not None
    assert [picture.id for picture in pictures(Material(loaded.architecture, "vi"))] == ["layered", "layered-observed"]


def signs(picture: LayeredPicture) -> dict[str, str]:
    bands = (*picture.rows, *picture.left)
    return {block.id: block.signs for band in bands for group in band.groups for block in group.blocks}


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("component: chia-se", ""),
        ("component: chia-se, certainty: doubtful", "?"),
        ("component: chia-se, certainty: derived", "*"),
        ("component: {value: chia-se, certainty: doubtful}", "?"),
        ("component: {value: chia-se, certainty: assumed}", "~"),
        ("component: {value: chia-se, certainty: derived}", ""),  # any place on a sheet is somebody's reading
        ("component: {value: chia-se, certainty: doubtful}, certainty: derived", "?"),
        ("component: chia-se, owner: {value: so, certainty: doubtful}", ""),  # nothing of the owner is shown
        ("component: chia-se, certainty: assumed", ""),  # its hatching tells that
        ("component: {value: chia-se, certainty: doubtful}, certainty: assumed", "?"),
    ],
)
def test_what_is_less_than_seen_bears_a_sign_that_the_legend_explains(said: str, sign: str) -> None:
    picture = drawn(f"  x: {{kind: platform, name: X, {said}, states: [nay]}}\n")
    assert signs(picture) == {"x": sign}
    assert [entry.badge for entry in picture.legend] == ["", *filter(None, [sign])]


def test_a_state_that_is_derived_is_what_the_colour_tells() -> None:
    picture = drawn("  x: {kind: platform, name: X, component: chia-se, states: {value: [nay], certainty: derived}}\n")
    assert signs(picture) == {"x": "*"}
    assert picture.rows[1].groups[0].blocks[0].note == "X (nền tảng). Đã có (hiện trạng). Trạng thái suy ra."


def test_a_whole_tells_its_doubt_in_its_title_and_a_count_that_of_the_least_sure() -> None:
    whole = "  x: {kind: platform, name: X, component: chia-se, states: [nay], certainty: doubtful}\n"
    part = "  phan: {kind: platform, name: Phần, component: chia-se, states: [nay], part_of: [x]}\n"
    picture = drawn(whole + part)
    (group,) = picture.rows[1].groups
    assert (group.title, [one.signs for one in group.blocks]) == ("? · X", [""])
    assert [entry.badge for entry in picture.legend] == ["", "?"]
    many = "".join(f"  z{n}: {{kind: application, name: Z, component: chia-se, states: [nay]}}\n" for n in range(130))
    one = "  z: {kind: application, name: Z, component: chia-se, states: [nay], certainty: doubtful}\n"
    (group,) = drawn(many + one).rows[1].groups
    assert [(block.label, block.signs) for block in group.blocks] == [("131 ứng dụng", "?")]


def sourced(elements: str) -> LayeredPicture | None:
    loaded = load_text(TEXT + elements)
    assert loaded.architecture is not None, loaded.findings
    found = view(Material(loaded.architecture, "vi"), "layered-sourced")
    assert found is None or isinstance(found, LayeredPicture)
    return found


def test_what_is_only_assumed_can_be_left_out_and_the_picture_says_how_much() -> None:
    kept = "  x: {kind: platform, name: X, component: chia-se, states: [nay], certainty: doubtful}\n"
    whole = "  khung: {kind: platform, name: Khung, component: chia-se, states: [nay], certainty: assumed}\n"
    part = "  z: {kind: platform, name: Phần, component: chia-se, states: [nay], part_of: [khung]}\n"
    user = "  dan: {kind: user_group, name: Dân, component: nguoi-dung, certainty: assumed}\n"
    picture = sourced(kept + whole + part + user)
    assert picture is not None
    assert signs(picture) == {"x": "?", "z": ""}
    assert picture.subtitle.startswith("Chỉ những gì có nguồn. ")
    assert "Đã lược bỏ 2 thành phần chỉ giả định" in picture.footer
    empty = {band.id: band.empty for band in (*picture.rows, *picture.left)}
    assert empty["nguoi-dung"] == "Chưa có nguồn nào nêu (lược bỏ 1 theo mẫu)"
    assert empty["chi-dao"] == "Chưa có thông tin"
    assert [entry.mark for entry in picture.legend] == [Mark.PRESENT, Mark.SIGN]


@pytest.mark.parametrize("certainty", ["stated", "assumed"])
def test_nothing_is_drawn_where_nothing_or_everything_would_be_left_out(certainty: str) -> None:
    assert sourced(f"  x: {{kind: platform, name: X, component: chia-se, certainty: {certainty}}}\n") is None
