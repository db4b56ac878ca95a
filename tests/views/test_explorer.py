"""What the explorer shows: every element with its card, what it is found and filtered by, and what to act on."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc import api
from kientruc.views.card import record_card
from kientruc.views.explorer import Entry, Explorer, explorer, folded
from kientruc.views.outcomes import results

ROOT = Path(__file__).parent.parent.parent
TEXT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {tinh: {name: Tỉnh}, so-yt: {name: Sở Y tế}}
components: {ung-dung: {name: Ứng dụng, order: 1}, cong: {name: Thành phần của cổng, order: 2}}
states: {hien-trang: {name: Hiện trạng, role: baseline}, muc-tieu: {name: Mục tiêu, role: target}}
elements:
  suc-khoe:
    {kind: application, name: Hồ sơ SỨC KHOẺ, owner: so-yt, co_owners: [tinh], states: [muc-tieu], treatment: add}
  cong:
    kind: application
    name: Cổng dịch vụ công
    name_en: Service portal
    component: cong
    codes: {mau03: PM-01}
    owner: {unknown: chưa rõ, ask: tinh}
    sends: [{to: suc-khoe, protocol: https}]
"""


def made(text: str, tmp_path: Path) -> Explorer:
    root = tmp_path / "architecture.yaml"
    root.write_text(text, encoding="utf-8")
    loaded = api.load(root)
    return explorer(loaded.architecture, results(api.check_all(loaded), {}, 0, "", "vi"))


@pytest.fixture
def view(tmp_path: Path) -> Explorer:
    return made(TEXT, tmp_path)


def entry(view: Explorer, id: str) -> Entry:
    return next(one for one in view.entries if one.id == id)


def said(view: Explorer, id: str) -> dict[str, list[str]]:
    """Give what an element is filtered by, in words."""
    of = zip(view.facets, entry(view, id).values, strict=True)
    return {facet.id: [facet.values[position][1] for position in chosen] for facet, chosen in of}


def test_elements_stand_in_the_order_of_their_components_and_are_filtered_by_what_is_said_of_them(
    view: Explorer,
) -> None:
    assert [one.id for one in view.entries] == ["cong", "suc-khoe"]
    assert said(view, "suc-khoe") == {
        "component": ["Chưa xếp vào thành phần chính nào"],
        "owner": ["Sở Y tế", "Tỉnh"],
        "kind": ["ứng dụng"],
        "state": ["Thuộc định hướng, mục tiêu"],
        "treatment": ["bổ sung mới"],
        "verdict": ["Chưa đáp ứng"],
    }
    assert said(view, "cong")["component"] == ["Thành phần của cổng"]  # an element may bear the id of a component
    assert said(view, "cong")["owner"] == ["Chưa xác định"]
    assert [words for _, words in view.facets[1].values] == ["Sở Y tế", "Tỉnh", "Chưa xác định"]


def test_an_element_is_found_by_all_it_is_called_and_by_whose_it_is(view: Explorer) -> None:
    portal, health = entry(view, "cong"), entry(view, "suc-khoe")
    assert portal.words.split("\n")[0] == "cổng dịch vụ công service portal cong"
    assert "pm-01" in portal.words
    assert "thành phần của cổng" in portal.words
    assert "ho so suc khoe" in health.folded
    assert "so y te" in health.folded


def test_a_card_says_what_show_says_and_leads_to_other_elements(view: Explorer, tmp_path: Path) -> None:
    architecture = api.load(tmp_path / "architecture.yaml").architecture
    assert architecture is not None
    for one in view.entries:
        card = record_card(architecture, architecture.elements[one.id], "vi")
        assert [(row.label, row.words) for row in card.rows[1:-1]] == [row[:2] for row in one.rows]
        assert card.rows[-1].words == one.place
    assert ("Quan hệ đi", "gửi dữ liệu tới Hồ sơ SỨC KHOẺ [suc-khoe]", "suc-khoe") in entry(view, "cong").rows
    assert any(ref == "cong" for _, _, ref in entry(view, "suc-khoe").rows)


def test_the_province_has_a_card_for_every_element_and_every_finding_its_place() -> None:
    loaded = api.load(ROOT / "architecture.yaml")
    reports = api.check_all(loaded)
    assert loaded.architecture is not None
    view = explorer(loaded.architecture, results(reports, {}, 0, "", "vi"))
    assert {one.id for one in view.entries} == set(loaded.architecture.elements)
    waiting = [one for one in view.findings if one.status == "manual"]
    assert waiting
    assert all(re.match(r"architecture[\w/-]*\.yaml:\d+:\d+", one.places[0]) for one in waiting if one.subjects)
    manual = next(position for position, (id, _) in enumerate(view.facets[-1].values) if id == "manual")
    about = {id for one in waiting for id, _ in one.subjects} & set(loaded.architecture.elements)
    assert {one.id for one in view.entries if one.values[-1] == (manual,)} == about


def test_files_that_cannot_be_read_leave_only_why(tmp_path: Path) -> None:
    view = made(TEXT.replace("owner: so-yt", "owner: so-yte"), tmp_path)
    assert not view.is_loaded
    assert view.entries == ()
    assert [(one.code, one.status, one.places) for one in view.findings] == [
        ("M-REF", "blocker", ("architecture.yaml:8:54",))
    ]
    assert view.statuses == (("blocker", "lỗi"),)


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_folding_takes_all_marks_off_in_either_form(words: str) -> None:
    found = folded(unicodedata.normalize("NFC", words))
    assert found == folded(unicodedata.normalize("NFD", words))
    assert not any(unicodedata.category(one).startswith("M") or one == "đ" for one in found)
