"""Every built-in view on one small architecture: what it shows, nothing of nothing, any name taken as it is."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc import api
from kientruc.api.checking import edition
from kientruc.errors import UsageError
from kientruc.loading import load_text
from kientruc.model.view_request import Colouring, Grouping
from kientruc.renderers import layered_pages, scene_svg
from kientruc.renderers.layered_parts import SLIDE
from kientruc.renderers.scene import Box, walk
from kientruc.views import catalog
from kientruc.views.choice import EVERYTHING, Choice, Material, relation_key
from kientruc.views.grid import Grids
from kientruc.views.network import LineMark, NetworkPicture
from kientruc.views.parted import pieces
from kientruc.views.picture import Band, Block, Group, LayeredPicture, Mark
from kientruc.views.timeline import TimelinePicture

HEAD = """\
format: kientruc/1
architecture: {id: a, name: Kiến trúc, agency: so, edition: qgs-1425, cut_off: 2026-09-13, version: "1"}
organisations: {so: {name: Sở}, xa: {name: Xã}, bo: {name: Bộ}}
components: {kenh: {name: Kênh, order: 1}, nen: {name: Nền tảng, order: 2}}
states: {nay: {name: Nay, role: baseline}, giua: {name: Giữa, role: transition}, mai: {name: Mai, role: target}}
"""
WHOLE = (
    HEAD
    + """\
elements:
  dan: {kind: user_group, name: Người dân, component: kenh, states: [nay, giua, mai], places: {qgs-1425: t-ktt-1}}
  cong: {kind: channel, name: Cổng, component: kenh, states: [nay, giua, mai], serves: dan, uses: mot-cua, owner: xa}
  dvc: {kind: public_service, name: Khai sinh, component: kenh, states: [nay, mai], serves: dan}
  mot-cua:
    {kind: application, name: Một cửa, component: nen, states: [nay, giua, mai], owner: so, security_level: 3,
     treatment: upgrade, access: public, places: {qgs-1425: t-cqs-1}, sends: {to: ngoai, over: lgsp, data: [hs]},
     writes: kho, hosted_on: may}
  lgsp: {kind: platform, role: lgsp, name: LGSP, component: nen, states: [giua, mai], places: {qgs-1425: t-ntl-1}}
  kho: {kind: data_store, name: Kho, component: nen, states: [mai], certainty: assumed, places: {qgs-1425: t-dl-1}}
  hs: {kind: information, name: Hồ sơ, component: nen, states: [nay, mai]}
  may: {kind: node, name: Máy chủ, component: nen, states: [nay, mai], part_of: ttdl, places: {qgs-1425: t-hts-1}}
  ttdl: {kind: site, name: Trung tâm dữ liệu, component: nen, states: [nay, mai], connects: mang}
  mang: {kind: network, name: Mạng, component: nen, states: [nay, mai]}
  ngoai: {kind: platform, name: NDXP, states: [nay, giua, mai], reference: {issuer: bo}}
tasks:
  xay: {name: Xây LGSP, lead: so, priority: urgent, delivers: [lgsp], period: {from: 2027, until: 2027}}
  sau: {name: Làm kho, lead: so, waits_for: xay, period: {from: 2028, until: 2028}}
sourcing: {thue: {of: lgsp, form: lease, reason: cost}}
"""
)


def material(text: str = WHOLE) -> Material:
    loaded = load_text(text)
    assert loaded.architecture is not None, loaded.findings
    return Material(loaded.architecture, "vi", editions=[edition("qgs-1425")])


def made(id: str, choice: Choice = EVERYTHING, text: str = WHOLE) -> object:
    return catalog.view(material(text), id, choice)


def bands(picture: object) -> dict[str, list[str]]:
    """The ids of the blocks under the id of their band, from the top, then left and right."""
    assert isinstance(picture, LayeredPicture)
    every = (*picture.rows, *picture.left, *picture.right)
    return {band.id: [one.id for group in band.groups for one in group.blocks] for band in every}


def marks(picture: object) -> dict[str, Mark]:
    assert isinstance(picture, LayeredPicture)
    every = (*picture.rows, *picture.left, *picture.right)
    return {one.id: one.mark for band in every for group in band.groups for one in group.blocks}


def lines(picture: object) -> set[tuple[str, str, LineMark]]:
    assert isinstance(picture, NetworkPicture)
    return {(one.source.strip("\0"), one.target.strip("\0"), one.mark) for one in picture.edges}


def test_the_layers_of_the_framework_stand_as_in_its_figure() -> None:
    picture = made("layers")
    assert isinstance(picture, LayeredPicture)
    assert [band.id for band in picture.rows][:4] == ["l4", "l3", "l2", "l1"]
    assert ([band.id for band in picture.left], [band.id for band in picture.right]) == (["x1", "x2"], ["x3", "x4"])
    core = next(band for band in picture.rows if band.id == "l2")
    held = {group.label: [one.id for one in group.blocks] for group in core.groups}
    assert held == {"Dữ liệu": ["kho"], "Nền tảng cốt lõi": ["lgsp"]}  # within a layer by place, in its order


def test_what_may_stand_in_two_layers_is_put_into_neither() -> None:
    """The component of these maps to two layers: the picture does not choose, and calls neither of them empty."""
    mapped = "order: 1, maps: {qgs-1425: [udnv, dl]}}"
    text = WHOLE.replace("order: 1}", mapped).replace(", places: {qgs-1425: t-ktt-1}}", "}")
    picture = made("layers", text=text)
    found = bands(picture)
    unchosen = next(id for id, held in found.items() if "dan" in held)
    assert found[unchosen] == ["cong", "dan", "dvc"]
    assert isinstance(picture, LayeredPicture)
    told = {band.id: (band.label, band.empty) for band in picture.rows}
    assert told[unchosen][0] == "Chưa chọn chỗ trong khung"
    doubtful = {id for id, (_, empty) in told.items() if "Chưa rõ" in empty}
    assert doubtful == {"l3", "l2"}


def test_what_may_stand_at_two_places_of_one_layer_stands_in_that_layer(tmp_path: Path) -> None:
    mapped = "order: 1, maps: {qgs-1425: [t-dl-1, t-ntl-1]}}"
    text = WHOLE.replace("order: 1}", mapped).replace(", places: {qgs-1425: t-ktt-1}}", "}")
    assert bands(made("layers", text=text))["l2"][:3] == ["cong", "dan", "dvc"]
    (tmp_path / "architecture.yaml").write_text(text, encoding="utf-8")
    alignment = api.view(api.load(tmp_path / "architecture.yaml"), "alignment", "vi")
    assert isinstance(alignment, Grids)
    cell = next(row for row in alignment.grids[0].rows if row[1].words == "dan")[3]
    assert cell.words.startswith("chưa chọn chỗ: ")
    assert cell.sort == "lacking"


def test_what_is_only_assumed_is_not_called_added() -> None:
    found = marks(made("difference"))
    assert (found["lgsp"], found["kho"], found["mot-cua"]) == (Mark.ADDED, Mark.ASSUMED, Mark.SAME)
    beside = marks(made("states"))
    assert beside["kho-mai"] is Mark.ASSUMED
    assert "kho-nay" not in beside


def test_boxes_keep_their_place_from_step_to_step() -> None:
    steps = [catalog.view(material(), "difference", Choice(state=state)) for state in ("giua", "mai")]
    assert bands(steps[0]) == bands(steps[1])
    assert marks(steps[0])["kho"] is Mark.ABSENT  # comes later: its place stays free
    places = []
    for step in steps:
        assert isinstance(step, LayeredPicture)
        drawn = layered_pages.pages(step, SLIDE)
        places.append({one.id: one.rect.x for one in walk(drawn[0].items) if isinstance(one, Box) and one.id})
    assert places[0] == places[1]


def test_both_states_have_the_same_border_in_every_row() -> None:
    picture = made("states")
    assert isinstance(picture, LayeredPicture)
    (page,) = layered_pages.pages(picture, SLIDE)
    frames = [one.rect for one in walk(page.items) if isinstance(one, Box) and one.sort.startswith("frame")]
    assert len(frames) == 2 * len(picture.rows)
    assert len({(one.x, one.width) for one in frames}) == 2


def test_a_table_in_pieces_has_all_columns_on_every_page() -> None:
    blocks = [tuple(Block(f"{side}{n}", "x", Mark.SAME) for n in range(count)) for side, count in (("a", 7), ("b", 4))]
    band = Band("t", "T", (Group("a", "A", blocks[0]), Group("b", "B", blocks[1])), aligned=True)
    found = pieces(band, 4)
    assert [[len(group.blocks) for group in one.groups] for one in found] == [[3, 2], [3, 2], [1, 0]]


def test_the_context_leaves_what_is_inside_to_another_picture() -> None:
    picture = made("context")
    assert isinstance(picture, NetworkPicture)
    assert {one.label for one in picture.nodes} == {"Người dân", "Cổng", "Kênh", "Nền tảng", "Bộ"}
    found = lines(picture)
    assert ("dan", "cong", LineMark.PRESENT) in found or ("dan", "cong", LineMark.UNSAID) in found
    assert not any({"agency\0nen", "agency\0kenh"} == {source, target} for source, target, _ in found)


def test_many_users_are_drawn_as_one_box() -> None:
    more = "".join(f"  n{at:02}: {{kind: user_group, name: Nhóm {at}, states: [nay]}}\n" for at in range(13))
    picture = made("context", text=WHOLE.replace("tasks:", more + "tasks:"))
    assert isinstance(picture, NetworkPicture)
    assert [one.label for one in picture.nodes if one.cluster == "\0users"] == ["14 nhóm người sử dụng"]


def test_data_flow_goes_through_the_platform() -> None:
    ways = {(source, target) for source, target, _ in lines(made("data-flow"))}
    assert {("mot-cua", "lgsp"), ("lgsp", "ngoai")} <= ways


def test_cooperation_of_one_component_has_a_name_of_its_own() -> None:
    assert "cooperation-nen" in catalog.names(material())
    picture = made("cooperation-nen")
    assert isinstance(picture, NetworkPicture)
    assert {"mot-cua", "ngoai"} <= {one.id for one in picture.nodes}
    held = material().architecture.relations
    none = Choice(relations=frozenset(map(relation_key, [one for one in held if one.verb == "hosted_on"])))
    assert made("cooperation-nen", none) is None


def test_national_links_stand_in_the_frame_of_their_body() -> None:
    picture = made("national-links")
    assert isinstance(picture, NetworkPicture)
    frames = {one.id: one.label for one in picture.clusters}
    assert {one.id: frames[one.cluster] for one in picture.nodes} == {"mot-cua": "Sở", "ngoai": "Bộ"}


def test_infrastructure_counts_what_runs() -> None:
    picture = made("infrastructure")
    assert isinstance(picture, NetworkPicture)
    assert {one.label for one in picture.nodes} == {"Máy chủ (1 hệ thống chạy trên đó)", "Mạng"}


def test_foundations_lead_from_the_task_to_what_it_delivers_and_what_waits() -> None:
    picture = made("foundations")
    assert lines(picture) == {("xay", "lgsp", LineMark.SAME), ("xay", "sau", LineMark.PRESENT)}
    assert isinstance(picture, NetworkPicture)
    said = {one.mark: one.label for one in picture.lines}
    assert said == {LineMark.SAME: "nhiệm vụ → kết quả tạo ra", LineMark.PRESENT: "việc trước → việc chờ nó"}


def test_security_groups_by_level_and_then_by_component() -> None:
    picture = made("security")
    assert isinstance(picture, LayeredPicture)
    level = next(band for band in picture.rows if band.id == "3")
    assert [(group.label, [one.id for one in group.blocks]) for group in level.groups] == [("Nền tảng", ["mot-cua"])]


def test_bodies_with_few_things_share_a_band() -> None:
    bodies = "".join(f"  o{n}: {{name: Phòng {n}}}\n" for n in range(5))
    owned = "".join(f"  e{n}: {{kind: application, name: E{n}, component: nen, owner: o{n}}}\n" for n in range(5))
    many = "".join(f"  m{n}: {{kind: application, name: M{n}, component: nen, owner: so}}\n" for n in range(6))
    text = HEAD.replace("bo: {name: Bộ}}", "bo: {name: Bộ}, " + ", ".join(bodies.split("\n"))[:-2].strip() + "}")
    picture = made("ownership", text=text + "elements:\n" + owned + many)
    assert isinstance(picture, LayeredPicture)
    assert [(band.id, len(band.groups)) for band in picture.rows] == [("so", 1), ("it-thanh-phan", 5)]


def test_tables_and_the_roadmap_hold_what_there_is() -> None:
    roadmap = made("roadmap")
    assert isinstance(roadmap, TimelinePicture)
    assert [bar.id for lane in roadmap.lanes for bar in lane.bars] == ["xay", "sau"]
    assert bands(made("sourcing")) == {"lease": ["lgsp"]}
    services, data, bodies = (made(id) for id in ("services", "data", "bodies"))
    assert isinstance(services, Grids) and isinstance(data, Grids) and isinstance(bodies, Grids)
    assert [row[0].words for row in services.grids[0].rows] == ["Khai sinh"]
    assert [row[1].words for row in bodies.grids[0].rows] == ["so", "xa"]
    heat = {cell.words: (cell.sort, cell.value) for row in bodies.grids[0].rows for cell in row if cell.value}
    assert heat == {"chủ quản 1": ("heat-1", 1)}
    assert "Kho" in {row[1].words for row in data.grids[0].rows} | {
        column.words.split(" ")[0] for column in data.grids[0].columns
    }


def test_what_was_checked_is_told_in_words_too(tmp_path: Path) -> None:
    (tmp_path / "architecture.yaml").write_text(WHOLE, encoding="utf-8")
    loaded = api.load(tmp_path / "architecture.yaml")
    for id in ("alignment", "coverage"):
        found = api.view(loaded, id, "vi")
        assert isinstance(found, Grids)
        told = [cell for grid in found.grids for row in grid.rows for cell in row if cell.sort in ("pass", "fail")]
        assert told and all(cell.words for cell in told)  # a colour alone says nothing in print


@pytest.mark.parametrize("id", sorted(set(catalog.BUILT_IN) - {"coverage", "alignment", "layered"}))
def test_nothing_is_made_of_nothing(id: str) -> None:
    assert made(id, text=HEAD) is None


def test_components_without_a_thing_are_drawn_empty() -> None:
    picture = made("layered", text=HEAD)
    assert isinstance(picture, LayeredPicture)
    assert picture.blocks == 0
    assert picture.rows


def test_there_is_no_view_of_a_name_that_nobody_knows() -> None:
    with pytest.raises(KeyError):
        made("so-do")


LAYERED = ("layered", "layers", "security", "ownership", "difference")


@pytest.mark.parametrize("base", LAYERED)
@given(ids=st.sets(st.sampled_from(["dan", "cong", "mot-cua", "lgsp", "kho", "hs", "may", "ttdl", "mang"]), min_size=1))
@settings(max_examples=12, deadline=None)
def test_every_element_of_a_selection_appears_once(base: str, ids: set[str]) -> None:
    wanted = Choice(elements=frozenset(ids))
    picture = made(base, wanted)
    if picture is None:
        assert base in ("security", "ownership", "layers")  # of these nothing may say a level, an owner, a place
        return
    assert isinstance(picture, LayeredPicture)
    every = (*picture.rows, *picture.left, *picture.right)
    blocks = [one.id for band in every for group in band.groups for one in group.blocks]
    wholes = [group.id for band in every for group in band.groups if group.mark is not None]
    expected = ids - {"dan", "cong"} if base == "security" else ids
    assert sorted(blocks + wholes) == sorted(expected)


@pytest.mark.parametrize("base", LAYERED)
def test_state_colour_and_grouping_are_honoured(base: str) -> None:
    choice = Choice(group_by=Grouping.KIND, colour_by=Colouring.TREATMENT, state="nay", within=Grouping.NONE)
    picture = made(base, choice if base != "difference" else Choice(group_by=Grouping.KIND))
    assert "application" in bands(picture)
    if base != "difference":
        assert "lgsp" not in marks(picture)  # not there in this state, or it says nothing of it
        assert isinstance(picture, LayeredPicture)
        assert "nâng cấp" in " ".join(one.label.lower() for one in picture.legend)


def test_the_examples_of_the_page_are_drawn(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "views.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        text = WHOLE.replace("nay", "hien-trang")
        (tmp_path / "architecture.yaml").write_text(text + example, encoding="utf-8")
        loaded = api.load(tmp_path / "architecture.yaml")
        assert loaded.architecture is not None, loaded.findings
        for id in loaded.architecture.records["views"]:
            assert api.spell_view(api.view(loaded, id, "vi"), "svg", "slide")


def test_the_page_names_every_view() -> None:
    page = (Path(__file__).parents[2] / "docs" / "views.md").read_text(encoding="utf-8")
    assert [id for id in catalog.BUILT_IN if f"`{id}`" not in page] == []


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", 'x" onload="y', "]]>&amp;", "=1+1", "{0}%s"])
def test_any_name_is_drawn_as_it_is(hostile: str) -> None:
    quoted = hostile.replace("\\", "\\\\").replace('"', '\\"')
    text = WHOLE.replace("name: LGSP", f'name: "{quoted}"')
    for id in ("layered", "states", "difference"):
        picture = made(id, text=text)
        assert isinstance(picture, LayeredPicture)
        drawn = [ElementTree.fromstring(scene_svg.render(page)) for page in layered_pages.pages(picture, SLIDE)]
        items = [one for page in drawn for one in page.iter()]
        assert any(hostile in "".join(one.itertext()) for one in items)
        assert not any("script" in one.tag or "onload" in one.attrib for one in items)


def test_what_went_is_shown_though_the_state_it_was_in_went_too() -> None:
    earlier = load_text(HEAD + "elements: {cu: {kind: application, name: Cũ, component: kenh, states: [giua]}}\n")
    now = HEAD.replace("giua: {name: Giữa, role: transition}, ", "")
    now += "elements: {moi: {kind: application, name: Mới, component: kenh, states: [mai]}}\n"
    assert earlier.architecture is not None
    picture = catalog.view(replace(material(now), earlier=earlier.architecture), "changes")
    assert marks(picture) == {"cu": Mark.REMOVED, "moi": Mark.ADDED}


def test_a_diagram_carries_what_the_guide_asks(tmp_path: Path) -> None:
    views = (
        'views: {v: {name: Sơ đồ, code: SĐ-T-01, purpose: Toàn cảnh, state: mai, scope: Toàn tỉnh, version: "0.3",\n'
        "  responsible: so}}\n"
    )
    (tmp_path / "architecture.yaml").write_text(WHOLE + views, encoding="utf-8")
    picture = api.view(api.load(tmp_path / "architecture.yaml"), "v", "vi")
    assert isinstance(picture, LayeredPicture)
    for told in ("SĐ-T-01", "Toàn cảnh", "Trạng thái: Mai", "Phạm vi: Toàn tỉnh", "Phiên bản: 0.3", "Sở"):
        assert told in picture.subtitle
    with pytest.raises(UsageError):
        api.view(api.load(tmp_path / "architecture.yaml"), "changes", "vi")


def test_a_doubtful_line_bears_its_sign_and_a_derived_one_none() -> None:
    text = WHOLE.replace("sends: {to: ngoai, over: lgsp, data: [hs]}", "sends: {to: ngoai, over: lgsp, data: [hs], C}")
    told = {}
    for certainty in ("doubtful", "derived", "assumed"):
        picture = made("cooperation", text=text.replace(", C}", f", certainty: {certainty}}}"))
        assert isinstance(picture, NetworkPicture)
        told[certainty] = {one.words for one in picture.edges}, [entry.badge for entry in picture.legend]
    assert ("? · Hồ sơ" in told["doubtful"][0], told["doubtful"][1].count("?")) == (True, 1)
    assert ("Hồ sơ" in told["derived"][0], "*" in told["derived"][1]) == (True, False)
    assert "Hồ sơ" in told["assumed"][0]  # its strokes tell that
    planned = text.replace(", C}", ", certainty: assumed, status: planned}")
    picture = made("cooperation", text=planned)
    assert isinstance(picture, NetworkPicture)
    assert "~ · Hồ sơ" in {one.words for one in picture.edges}  # its strokes tell that it is planned
    assert "~" in [entry.badge for entry in picture.legend]
