"""The draft guide of 13/9/2026: its value lists are our enums, its check lists are answered, its forms are whole."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest

from kientruc.frameworks import Stage, load_words, places_of
from kientruc.frameworks.forms import Duty, Forms
from kientruc.model.architecture import Head
from kientruc.model.element import Lifecycle, Mapping, Relation, Scope, Sharing, Usage
from kientruc.model.kinds import Kind
from kientruc.model.planning import Progress, Task
from kientruc.model.values import Treatment
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.validators import edition

GUIDE = edition("huong-dan-2026")
LISTS = GUIDE.words.lists


def forms() -> Forms:
    assert GUIDE.forms is not None
    return GUIDE.forms


def words_of(model: type, field: str) -> set[str]:
    """Give the words a field of ours may hold."""
    found = re.findall(r"'([a-z-]+)'", str(model.model_fields[field].annotation))  # type: ignore[attr-defined]
    return set(found)


@pytest.mark.parametrize(
    ("list_", "enum"),
    [
        ("hinh-thuc-dung-chung", Sharing),
        ("vong-doi", Lifecycle),
        ("tinh-trang-khai-thac", Usage),
        ("quan-he-anh-xa", Mapping),
        ("phuong-an-hoan-thien", Treatment),
        ("trang-thai-thuc-hien", Progress),
        ("pham-vi-su-dung", Scope),
        ("muc-yeu-cau", Duty),
    ],
)
def test_a_list_of_values_is_one_of_our_enums(list_: str, enum: type[StrEnum]) -> None:
    assert set(LISTS[list_].values) == {one.value for one in enum}


@pytest.mark.parametrize(
    ("list_", "model", "field"),
    [
        ("trang-thai-quan-he", Relation, "status"),
        ("muc-san-sang-du-lieu", Task, "data_readiness"),
        ("loai-khung", Head, "type"),
        ("pham-vi-luu-hanh", Head, "publication"),
    ],
)
def test_a_list_of_values_is_what_the_field_may_hold(list_: str, model: type, field: str) -> None:
    assert set(LISTS[list_].values) == words_of(model, field)


def test_results_of_checks_are_the_four_of_the_national_list() -> None:
    said = {LISTS["ket-qua-kiem-tra"].words[one.value].vi for one in Status if one is not Status.WAIVED}
    assert said == {"Đáp ứng", "Chưa đáp ứng", "Chưa đủ cơ sở đánh giá", "Không áp dụng"}


def test_every_value_has_its_printed_words() -> None:
    spelt_as_it_is = {"co-che-ket-noi", "he-thong", "phan-mem"}
    for id, one in LISTS.items():
        assert id in spelt_as_it_is or set(map(str, one.values)) == set(one.words), id


def test_what_comes_from_a_draft_never_decides() -> None:
    assert {requirement.status for requirement in GUIDE.requirements.values()} == {Stage.TRIAL}
    assert not any(requirement.binds for requirement in GUIDE.requirements.values())


@pytest.mark.parametrize(("list_", "count"), [("checklist", 12), ("checks_c4", 10)])
def test_each_line_of_the_check_lists_is_served_by_a_requirement(list_: str, count: int) -> None:
    lines = set(LISTS[list_].values)
    assert len(lines) == count
    assert lines <= {line for requirement in GUIDE.requirements.values() for line in requirement.serves}


def test_what_is_not_read_names_lines_that_exist() -> None:
    known = {*LISTS["checklist"].values, *LISTS["checks_c4"].values}
    assert {line for one in GUIDE.not_read for line in one.serves} <= known


def test_the_candidates_of_the_facts_are_there() -> None:
    candidates = {requirement.candidate for requirement in GUIDE.requirements.values()}
    candidates |= {one.candidate for one in GUIDE.not_read}
    assert {"Q-02", "Q-03", "Q-04", "Q-05", "Q-06", "Q-14", "Q-15", "Q-16", "Q-17", "Q-22"} <= candidates


def test_ids_name_pack_area_and_number_and_never_begin_like_a_code_of_mau_03() -> None:
    for id in GUIDE.requirements:
        assert re.fullmatch(r"HD26-[A-Z]{2}-\d{2}", id), id
    assert not any(id.startswith(f"{prefix}-") for id in GUIDE.requirements for prefix in LISTS["tien-to-ma"].values)


def test_its_places_are_those_of_the_decision_it_guides() -> None:
    assert places_of("huong-dan-2026") == GUIDE.places_of == "qgs-1425"
    assert GUIDE.words.places == load_words("qgs-1425").places
    assert set(LISTS["thanh-phan-trong-lop"].values) <= set(GUIDE.words.places)


@pytest.mark.parametrize(
    ("form", "sheet", "count"),
    [
        ("bang-1", "DM_DOITUONG", 20),
        ("bang-2", "QH_KETNOI", 12),
        ("bang-3", "ANHXA", 12),
        ("bang-4", "HOANTHIEN_NV", 22),
    ],
)
def test_each_table_has_its_sheet_and_its_columns(form: str, sheet: str, count: int) -> None:
    found = forms().forms[form]
    assert (found.sheet, len(found.fields)) == (sheet, count)
    assert len({field.id for field in found.fields}) == count


def test_the_sheets_are_the_eight_of_the_workbook() -> None:
    sheets = [form.sheet for form in forms().forms.values() if form.sheet]
    assert sheets[:4] == ["DM_DOITUONG", "QH_KETNOI", "ANHXA", "HOANTHIEN_NV"]
    assert set(sheets[4:]) == {"HUONG_DAN", "DM_GIATRI", "TU_DIEN_TRUONG", "LS_PHIENBAN"}


def test_what_a_form_asks_for_without_condition_is_kept_or_told_not_to_be() -> None:
    for form in forms().forms.values():
        for field in form.fields:
            assert field.field or field.note or field.when or field.duty is not Duty.MANDATORY, field.id


def test_every_kind_and_every_verb_has_its_row_or_a_reason() -> None:
    for name, members in (("loai-doi-tuong", Kind), ("loai-quan-he", Verb)):
        crosswalk = forms().crosswalks[name]
        assert {*crosswalk.values, *crosswalk.left_out} == {one.value for one in members}
        assert not set(crosswalk.values) & set(crosswalk.left_out)
        assert set(crosswalk.values.values()) <= set(LISTS[crosswalk.list].values)
        assert len(LISTS[crosswalk.list].values) == 7
    assert forms().crosswalks["loai-quan-he"].turned == ("reads",)  # who sends comes first in Table 2


def test_the_mandatory_diagrams_of_each_type() -> None:
    found = {
        type: [c for c, one in forms().diagrams.items() if type in one.of]
        for type in ("province", "ministry", "agency")
    }
    assert found == {
        "province": ["SĐ-T-01", "SĐ-T-02", "SĐ-T-03"],
        "ministry": ["SĐ-B-01", "SĐ-B-02"],
        "agency": ["SĐ-CT-01", "SĐ-CT-02"],
    }
    assert all(one.duty is Duty.MANDATORY for one in forms().diagrams.values() if one.of)
    assert [field.field for field in forms().forms["so-do"].fields][:8] == [
        "code", "name", "purpose", "state", "scope", "version", "source", "responsible",
    ]  # fmt: skip


def test_the_outline_has_nine_parts_and_ten_annexes() -> None:
    top = [one.code for one in forms().outline.values() if one.parent is None]
    assert top == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    annexes = [one.code for one in forms().outline.values() if one.parent == "M01-IX"]
    assert annexes == [f"{number:02}" for number in range(1, 11)]
    assert len([one for one in forms().outline.values() if one.parent == "M01-VIII"]) == 9
