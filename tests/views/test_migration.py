"""A migration in words: every section for a small architecture, and what the province gains and what it does not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from kientruc import api
from kientruc.errors import UsageError
from kientruc.loading import load
from kientruc.renderers import migration as renderer
from kientruc.views.migration import Judged, Migration, Question
from kientruc.views.migration_sections import left, plan

ROOT = Path(__file__).parent.parent.parent
SMALL = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {tinh: {name: Tỉnh}, so: {name: Sở, name_en: Department}}
components:
  ha-tang: {order: 9, name: Hạ tầng, name_en: Infrastructure, maps: {cpdt-1.0: [ha-tang-ky-thuat]}}
  nguoi-dung: {order: 1, name: Người dùng, maps: {cpdt-1.0: [nguoi-su-dung]}}
elements:
  ttdl: {kind: site, role: data_centre, name: Trung tâm dữ liệu, component: ha-tang}
  mang: {kind: infra_service, name: Mạng, component: ha-tang}
  may: {kind: device, name: Máy, component: ha-tang, owner: so}
  cam-bien: {kind: device, name: Cảm biến, component: ha-tang, owner: so}
  dan: {kind: user_group, name: Người dân, component: nguoi-dung}
  ndxp: {kind: platform, name: NDXP, reference: {issuer: Bộ, code: a08}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "architecture.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def seen(root: Path, to: str = "qgs-1425", lang: str = "vi", origin: str = "", declare: bool = False) -> Migration:
    return api.migrate(root, load(root), to, origin, None, declare, lang)[0]


def ids(subjects: Iterator[object] | tuple[object, ...]) -> list[str]:
    return [subject.id for subject in subjects]  # type: ignore[attr-defined]


def test_what_is_clear_says_where_from_where_to_how_sure_and_why(root: Path) -> None:
    placed = {one.subject.id: one for one in seen(root).placed}
    assert {id: (one.subject.section, one.to_id) for id, one in placed.items()} == {
        "ha-tang": ("components", "hts"),
        "ttdl": ("elements", "t-hts-1"),
    }
    ttdl = placed["ttdl"]
    assert (ttdl.at, ttdl.to) == (("Hạ tầng kỹ thuật",), "Trung tâm dữ liệu cấp tỉnh")
    assert (ttdl.relation, ttdl.certainty) == ("cụ thể hóa", "còn nghi vấn")
    assert ttdl.why.startswith("theo vai trò (trung tâm dữ liệu của tỉnh); nguồn: ")
    assert ttdl.subject.where == "architecture.yaml:8:3"
    assert placed["ha-tang"].why.startswith("theo vị trí cũ; ")


def test_one_question_is_asked_once_of_whoever_should_know(root: Path) -> None:
    (question,) = seen(root, lang="en").questions
    assert question.asks == ("Terminals, scanners and conference equipment; or sensors, cameras and IoT devices.",)
    assert [id for id, _ in question.candidates] == ["t-hts-3", "t-hts-4"]
    assert (question.decider, ids(question.subjects)) == ("Department", ["cam-bien", "may"])


def test_what_has_no_place_and_what_is_missing_is_told(root: Path) -> None:
    view = seen(root)
    assert [(one.why, ids(one.subjects)) for one in view.nowhere] == [
        ("Người sử dụng là đối tượng phục vụ, không thuộc lớp nào.", ["nguoi-dung", "dan"])
    ]
    assert ids(view.unplaced) == ["ndxp"]
    gaps = {gap.id: gap.detail for gap in view.gaps}
    assert gaps["l2"] == "bắt buộc" and gaps["t-dl-1"] == "có trong khung"
    assert {"l1", "hts", "t-hts-1"}.isdisjoint(gaps)  # t-hts-1 is filled, and so is what lies above it
    assert "t-ktxh-1" not in gaps  # optional
    assert "a08" not in ids(view.shared) and "a07" in ids(view.shared)
    assert all(gap.id.startswith("a") for gap in view.shared)  # group B serves single sectors


def test_results_stand_side_by_side_before_and_after_the_edits(root: Path) -> None:
    view = seen(root)
    judged = {one.id: one for one in view.requirements}
    assert view.changed == ()
    assert view.days == ("13/9/2017", "29/7/2026")  # the data cut-off; the first day of the new edition
    whole = judged["Q1425-CT-02"]  # all four layers hold something
    assert (whole.now, whole.failing, whole.after, whole.failing_after) == ("Chưa đáp ứng", 4, "Chưa đáp ứng", 3)
    old = [one for one in view.requirements if one.id.startswith("C10-")]
    assert old and all(one.before and not one.now and not one.after for one in old)
    assert "C10-KN-01" not in {one.id for one in old}  # it goes on, under another id
    assert judged["Q1425-PL-01"].before


def test_the_sections_come_in_order_and_only_where_there_is_something(root: Path) -> None:
    titles = [section.title.split(" (")[0] for section in plan(seen(root, lang="en"), "en")]
    assert titles == [
        "From Viet Nam e-Government Architecture Framework, version 1.0 to National digital architecture framework, "
        "version 1.0",
        "Clear by itself",
        "To be decided",
        "Without a place in the new edition",
        "Without a place in cpdt-1.0, so nothing can be derived",
        "Places that are mandatory or drawn in the framework, with nothing at them",
        "National shared platforms of group A to which no element refers",
        "Results, requirement by requirement",
    ]
    view = replace(seen(root), questions=(), nowhere=(), unplaced=())
    assert list(left(view, "vi")) == []


@pytest.mark.parametrize(("lang", "words"), [("vi", "chưa phải là tuân thủ"), ("en", "not compliance")])
def test_it_is_said_that_renaming_alone_is_not_compliance(root: Path, lang: str, words: str) -> None:
    first = next(plan(seen(root, lang=lang), lang))
    assert words in first.lead[0]


def test_a_chain_names_the_editions_on_the_way(root: Path) -> None:
    view = seen(root, "cpdt-3.0")
    assert next(plan(view, "vi")).lead[1] == "Qua các phiên bản: cpdt-1.0 → cpdt-2.0 → cpdt-3.0."


def test_a_component_that_does_not_move_as_a_whole_is_named(root: Path) -> None:
    text = SMALL + "  x: {kind: node, name: X, component: ha-tang, places: {cpdt-1.0: ung-dung-csdl}}\n"
    root.write_text(text, encoding="utf-8")
    view = seen(root)
    assert ids(view.apart) == ["ha-tang"]
    placed = next(section for section in plan(view, "vi") if "Tự xếp" in section.title)
    assert any("Hạ tầng [ha-tang]" in sentence for sentence in placed.lead)


@pytest.mark.parametrize(
    ("to", "origin", "key"),
    [
        ("cpdt-1.0", "", "migrate.same"),
        ("cpdt-1.0", "qgs-1425", "migrate.no-route"),
        ("khong-co", "", "cli.unknown-edition"),
    ],
)
def test_a_way_that_is_not_there_is_wrong_usage(root: Path, to: str, origin: str, key: str) -> None:
    with pytest.raises(UsageError) as wrong:
        seen(root, to, origin=origin)
    assert wrong.value.key == key


def test_after_declaring_the_new_edition_the_old_one_may_still_be_named(root: Path) -> None:
    loaded = load(root)
    _, patch = api.migrate(root, loaded, "qgs-1425", declare=True)
    patch.write(root.parent)
    with pytest.raises(UsageError):
        seen(root)
    again = seen(root, origin="cpdt-1.0")
    assert (again.edits, again.files, len(again.questions)) == (0, (), 1)


NASTY = "``` [x](javascript:1) <b>&amp; | # @ai \u202e"


def test_names_neither_command_a_terminal_nor_change_markdown(root: Path) -> None:
    view = seen(root)
    question = Question((NASTY,), (("x", NASTY),), NASTY, ())
    nasty = replace(
        view, questions=(question,), requirements=(Judged("R", NASTY, "", "", 0, "", 0),), diff=f"+{NASTY}\n"
    )
    lines = list(renderer.lines(plan(nasty, "en")))
    assert not any("\u202e" in line or "\n" in line for line in lines)
    note = renderer.note(plan(nasty, "en"), nasty.diff)
    tokens = MarkdownIt().enable("table").parse(note)
    inner = [token for top in tokens for token in top.children or ()]
    assert {token.type for token in inner} <= {"text", "softbreak", "code_inline", "text_special"}
    (fence,) = [token for token in tokens if token.type == "fence"]
    assert fence.info == "diff" and fence.content.startswith("+``` [x]")
    assert note.rstrip().endswith("````")


def test_json_holds_the_whole_plan_and_says_the_same_twice(root: Path) -> None:
    view = seen(root)
    data = json.loads(renderer.data(view))
    assert data["format"] == "kientruc-migration/1"
    assert data["route"] == ["cpdt-1.0", "qgs-1425"]
    assert [one["to_id"] for one in data["placed"]] == ["hts", "t-hts-1"]
    assert data["diff"].startswith("--- a/architecture.yaml\n")
    assert renderer.data(view) == renderer.data(seen(root))


def test_the_province_gains_structure_in_1425_and_changes_nothing_under_1_0(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "architecture", tmp_path / "architecture")
    root = Path(shutil.copy(ROOT / "architecture.yaml", tmp_path))
    loaded = load(root)
    before = api.check(loaded, "cpdt-1.0").result
    view, patch = api.migrate(root, loaded, "qgs-1425")
    assert view.changed == ()
    judged = {one.id: one for one in view.requirements}
    assert judged["Q1425-CT-01"].failing_after < judged["Q1425-CT-01"].failing
    assert (judged["Q1425-CT-02"].now, judged["Q1425-CT-02"].after) == ("Chưa đáp ứng", "Đáp ứng")
    assert view.verdicts[2] != "Đáp ứng"  # renaming alone is not compliance
    patch.write(tmp_path)
    after = api.check(load(root), "cpdt-1.0").result
    assert [(one.requirement, one.status, one.counts) for one in after.requirements] == [
        (one.requirement, one.status, one.counts) for one in before.requirements
    ]
    again = seen(root)
    assert (again.edits, again.files, again.diff) == (0, (), "")
    assert [one.asks for one in again.questions] == [one.asks for one in view.questions]
