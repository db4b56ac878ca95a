"""Views declared in YAML: what they select, how they are put together and coloured, and what is wrong with them."""

from pathlib import Path

import pytest

from kientruc import api
from kientruc.errors import UsageError
from kientruc.views.picture import LayeredPicture, Mark

TEXT = """\
format: kientruc/1
architecture: {id: a, name: Kiến trúc, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {so: {name: Sở}, kh: {name: Khác}}
components: {mot: {name: Một, order: 1}, hai: {name: Hai, order: 2}}
states: {nay: {name: Nay, role: baseline}, mai: {name: Mai, role: target}}
elements:
  a: {kind: application, name: Ứng dụng A, component: mot, states: [nay], owner: so, access: public, sends: {to: b}}
  b: {kind: platform, name: Nền tảng B, component: hai, states: [mai], owner: kh, treatment: add, security_level: 3}
  c: {kind: data_store, name: Kho C, component: hai, states: [nay, mai], security_level: {unknown: chưa}}
  d: {kind: data_store, name: Kho D, component: hai, states: [nay], owner: kh}
views:
"""


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(views: str) -> api.Loaded:
        (tmp_path / "architecture.yaml").write_text(TEXT + views, encoding="utf-8")
        return api.load(tmp_path / "architecture.yaml")

    return write


def shown(picture: object) -> dict[str, dict[str, tuple[Mark, str]]]:
    """Blocks with mark and badge, under the label of their band."""
    assert isinstance(picture, LayeredPicture)
    return {
        band.label: {one.id: (one.mark, one.badge) for group in band.groups for one in group.blocks}
        for band in picture.rows
    }


def test_a_selection_with_what_is_near_grouped_and_coloured_by_meanings(write) -> None:  # type: ignore[no-untyped-def]
    loaded = write("""\
  v:
    name: Theo chủ quản
    show: {kind: application}
    relations: {via: sends}
    depth: 1
    group_by: owner
    colour_by: security-level
""")
    picture = api.view(loaded, "v", "vi")
    assert shown(picture) == {"Khác": {"b": (Mark.STEP_3, "3")}, "Sở": {"a": (Mark.UNSAID, "")}}
    assert isinstance(picture, LayeredPicture)
    assert (picture.id, picture.title) == ("v", "Theo chủ quản")
    assert [(one.label, one.badge) for one in picture.legend] == [("cấp độ 3", "3"), ("không nêu", "")]


def test_what_a_condition_leaves_undecided_is_shown(write) -> None:  # type: ignore[no-untyped-def]
    loaded = write("  v: {name: V, show: {where: {prop: security_level, ge: 3}}, group_by: none, order_by: name}\n")
    assert [*shown(api.view(loaded, "v", "vi"))[""]] == ["c", "b"]  # by name: Kho C, Nền tảng B


@pytest.mark.parametrize(
    ("colour", "badges"),
    [
        ("owner", {"b": "A", "d": "A", "a": "B", "c": ""}),  # the most frequent first
        ("treatment", {"b": "A", "a": "", "c": "", "d": ""}),
        ("access", {"a": "", "b": "", "c": "", "d": ""}),
        ("kind", {"c": "A", "d": "A", "a": "B", "b": "C"}),
    ],
)
def test_letters_stand_for_colours_in_print(write, colour: str, badges: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    loaded = write(f"  v: {{name: V, colour_by: {colour}, show: {{}}, group_by: none}}\n")
    assert {id: badge for id, (_, badge) in shown(api.view(loaded, "v", "vi"))[""].items()} == badges


@pytest.mark.parametrize(
    ("views", "found"),
    [
        ("  v: {name: V, base: layred}\n", [("P-BASE", 12, "layered")]),
        ("  v: {name: V, component: [mott]}\n", [("P-COMPONENT", 12, "mot")]),
        ("  v: {name: V, group_by: place, edition: qgs-1452}\n", [("M-EDITION", 12, "qgs-1425")]),
        ("  v:\n    name: V\n    show: {kind: [aplication]}\n", [("E-WORD", 14, "application")]),
        ("  v:\n    name: V\n    show:\n      where: {prop: onwer, eq: so}\n", [("E-WORD", 15, "owner")]),
        ("  v:\n    name: V\n    relations: {via: sendz}\n", [("E-WORD", 14, "sends")]),
        ("  v:\n    name: V\n    show: {role: lgspp}\n", [("E-WORD", 14, "lgsp")]),
        ("  v:\n    name: V\n    show: {knd: platform}\n", [("E-KEY", 14, "")]),
    ],
)
def test_a_broken_selection_is_a_finding_with_its_place(write, views: str, found: list[tuple[str, int, str]]) -> None:  # type: ignore[no-untyped-def]
    loaded = write(views)
    assert loaded.architecture is None
    told = [(one.code, one.span.line if one.span else 0, one.values.get("near", "")) for one in loaded.findings]
    assert told == found


def test_a_view_that_is_not_there_is_told_with_the_nearest(write) -> None:  # type: ignore[no-untyped-def]
    loaded = write("  v: {name: V}\n")
    with pytest.raises(UsageError) as told:
        api.view(loaded, "layred", "vi")
    assert told.value.values["found"] == "layred"
    assert "v" in told.value.values["allowed"].split(", ")
    with pytest.raises(UsageError) as told:
        api.view(loaded, "layered-observed", "vi")  # nothing was seen later
    assert told.value.key == "cli.empty-view"


def test_the_list_names_what_has_something_to_show(write) -> None:  # type: ignore[no-untyped-def]
    loaded = write("  v: {name: V của tỉnh}\n")
    assert loaded.architecture is not None
    assert [one.id for one in api.views(loaded.architecture, "vi")][-5:] == [
        *("component-mot", "component-hai", "cooperation-mot", "cooperation-hai"),
        "v",
    ]
    assert "V của tỉnh" in api.views_text(loaded.architecture, "vi")


def test_an_edition_beside_another_groups_by_the_places_of_that_one(tmp_path: Path) -> None:
    (tmp_path / "architecture.yaml").write_text(
        """\
format: kientruc/1
architecture: {id: a, name: Kiến trúc, agency: so, edition: qgs-1425, cut_off: 2026-09-13}
organisations: {so: {name: Sở}}
elements:
  a: {kind: platform, name: Nền tảng A, places: {qgs-1425: t-ntl-1}}
views:
  v: {name: V, edition: huong-dan-2026, group_by: place, show: {}}
""",
        encoding="utf-8",
    )
    picture = api.view(api.load(tmp_path / "architecture.yaml"), "v", "vi")
    assert shown(picture) == {"Dữ liệu và nền tảng cốt lõi": {"a": (Mark.UNSAID, "")}}


@pytest.mark.parametrize(
    ("name", "format"), [("x.mmd", "mermaid"), ("x.gv", "dot"), ("x.dot", "dot"), ("x.SVG", "svg")]
)
def test_the_suffix_tells_the_format(name: str, format: str) -> None:
    assert api.picture_format("", Path(name)) == format
