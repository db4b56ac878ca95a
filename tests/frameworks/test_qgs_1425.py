"""Edition qgs-1425: its places, its shared platforms, its law; and the real province, which is not mapped to it yet."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kientruc.api import check, load
from kientruc.frameworks import EditionError, load_pack
from kientruc.frameworks.vocabulary import Obligation
from kientruc.result import Status, Verdict
from kientruc.validators import CHECKS, edition

FOUND = edition("qgs-1425")
PLACES = FOUND.words.places
TODAY = date(2026, 11, 25)
ROOT = Path(__file__).parents[2]
LAYERS, CROSS_CUTTING = ("l1", "l2", "l3", "l4"), ("x1", "x2", "x3", "x4")
OF_THE_GUIDE = ("02", "03", "04", "05", "06", "14", "15", "16", "17", "22")  # the pack huong-dan-2026 answers for these


def top(id: str) -> str:
    parent = PLACES[id].parent
    return top(parent) if parent else id


def test_the_picture_has_four_layers_and_four_cross_cutting_components() -> None:
    assert tuple(id for id, place in PLACES.items() if place.parent is None) == (*LAYERS, *CROSS_CUTTING)
    assert {top(id) for id in PLACES if PLACES[id].parent} == set(LAYERS)
    assert [id for id in PLACES if PLACES[id].parent in LAYERS] == ["hts", "anm", "dl", "ntl", "udnv", "ktt", "dlhq"]


@pytest.mark.parametrize(("prefix", "count"), [("t-", 48), ("n-", 39), ("b-", 11), ("xa-", 166)])
def test_every_item_of_the_figures_is_a_place(prefix: str, count: int) -> None:
    assert sum(id.startswith(prefix) for id in PLACES) == count


def test_only_layers_are_mandatory_and_what_is_for_reference_is_never_asked_for() -> None:
    by = {one: {id for id, place in PLACES.items() if place.obligation is one} for one in Obligation}
    assert by[Obligation.MANDATORY] == set(LAYERS)
    assert all(re.fullmatch(r"t-(hts|anm|dl|ntl|cqs|ktt|dlhq)-[1-8]", id) for id in by[Obligation.EXPECTED])
    assert "t-hts-4" in by[Obligation.OPTIONAL]  # smart cities only
    assert {"t-ktxh", "t-ktxh-1", "x1", "n-l1-hts-1", "xa-hts1"} <= by[Obligation.OPTIONAL]


def test_the_lists_of_annex_2_are_whole_and_conditions_can_name_them() -> None:
    shared = FOUND.words.shared
    assert Counter(one.list for one in shared.values()) == {"A": 17, "B": 62}
    assert (shared["a07"].name.vi, shared["a07"].owner) == ("Nền tảng chia sẻ, điều phối dữ liệu (NDOP)", "Bộ Công an")
    lists = FOUND.words.lists
    assert lists["nen-tang-nhom-a"].values == tuple(f"a{number:02}" for number in range(1, 18))
    assert lists["nen-tang-dung-chung"].words["b62"] == shared["b62"].name
    assert set(lists["nen-tang-dung-chung"].values) == set(shared)


def test_each_candidate_became_a_requirement_or_is_told_as_not_read() -> None:
    written = {one.candidate for one in FOUND.requirements.values()} | {one.candidate for one in FOUND.not_read}
    answered = {match.group(1) for one in written if one and (match := re.match(r"Q-(\d\d)\b", one))}
    assert answered == {f"{number:02}" for number in range(1, 23)} - set(OF_THE_GUIDE)


def test_ids_name_instrument_area_and_number() -> None:
    assert all(re.fullmatch(r"Q1425-[A-Z]{2}-\d\d", id) for id in FOUND.requirements)


def test_what_is_known_only_from_notes_of_others_binds_nobody() -> None:
    for requirement in FOUND.requirements.values():
        if any(clause.document in ("nd-278-2025", "nd-356-2025", "qd-2439-2025") for clause in requirement.clause):
            assert not requirement.binds, requirement.id


@pytest.mark.parametrize(
    ("number", "stands"),
    [
        ("3090/QĐ-BKHCN", "1425/QĐ-TTg"),
        ("64/2007/NĐ-CP", "224/2026/NĐ-CP"),
        ("42/2022/NĐ-CP", "224/2026/NĐ-CP"),
        ("45/2026/NĐ-CP", "224/2026/NĐ-CP"),
        ("47/2020/NĐ-CP", "278/2025/NĐ-CP"),
        ("13/2023/NĐ-CP", "356/2025/NĐ-CP"),
        ("67/2006/QH11", "148/2025/QH15"),
        ("86/2015/QH13", "116/2025/QH15"),
        ("1178/BTTTT-THH", "292/QĐ-BKHCN"),  # no repeal of the last was seen
    ],
)
def test_a_text_that_holds_no_longer_is_known_with_its_successor(number: str, stands: str) -> None:
    law = FOUND.law
    id = next(id for id, document in law.documents.items() if document is law.by_number(number))
    assert law.in_force(id, TODAY) is False
    found = law.successor(id, TODAY)
    assert found is not None
    assert found.number == stands


@pytest.mark.parametrize("number", ["1425/QĐ-TTg", "224/2026/NĐ-CP", "2439/QĐ-TTg", "1132/QĐ-TTg", "116/2025/QH15"])
def test_the_law_of_today_holds(number: str) -> None:
    document = FOUND.law.by_number(number)
    assert document is not None
    assert document.in_force(TODAY) is True


# --- words in several files ---

PACK = """
id: goi-thu
vocabulary: 1
name: {vi: Thử, en: Trial}
instrument: {document: qd-1425-2026, certainty: stated}
in_force: {from: 2026-07-29}
policy: {waivers: false, certainty: stated}
example_head: x
"""
PLACE = "name: {{vi: Nơi {0}, en: Place {0}}}, certainty: stated"


def pack(tmp_path: Path, **files: str) -> Path:
    for name, text in {"edition": PACK, **files}.items():
        path = tmp_path / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_words_may_stand_in_several_files(tmp_path: Path) -> None:
    one = f"places:\n  a: {{{PLACE.format('A')}}}\n"
    two = f"places:\n  b: {{{PLACE.format('B')}, parent: a}}\n"
    found = load_pack(pack(tmp_path, vocabulary=one, vocabulary__hai=two), CHECKS)
    assert {id: place.parent for id, place in found.words.places.items()} == {"a": None, "b": "a"}


@pytest.mark.parametrize(
    ("second", "code", "at"),
    [
        (f"places:\n  a: {{{PLACE.format('A')}}}\n", "M-DUP", "vocabulary/hai.yaml:2:3"),
        (f"places:\n  b: {{{PLACE.format('B')}, parent: c}}\n", "E-WORD", "vocabulary/hai.yaml:2:66"),
        (f"places:\n  b: {{{PLACE.format('B')}, paren: a}}\n", "E-KEY", "vocabulary/hai.yaml:2:58"),
    ],
)
def test_what_is_wrong_in_a_further_file_of_words_is_told_there(
    tmp_path: Path, second: str, code: str, at: str
) -> None:
    one = f"places:\n  a: {{{PLACE.format('A')}}}\n"
    with pytest.raises(EditionError) as error:
        load_pack(pack(tmp_path, vocabulary=one, vocabulary__hai=second), CHECKS)
    assert [(finding.code, str(finding.span)) for finding in error.value.findings] == [(code, at)]


def test_a_list_of_shared_platforms_follows_the_register(tmp_path: Path) -> None:
    text = """
lists:
  a: {name: {vi: Nhóm A, en: Group A}, shared: [A], certainty: stated}
shared:
  a01: {list: A, name: {vi: Một, en: One}, certainty: stated}
  b01: {list: B, name: {vi: Hai, en: Two}, certainty: stated}
"""
    found = load_pack(pack(tmp_path, vocabulary=text), CHECKS).words
    assert found.lists["a"].values == ("a01",)


# --- the real province ---


def test_the_province_of_2017_is_told_kindly_that_it_is_not_mapped_yet() -> None:
    report = check(load(ROOT / "architecture.yaml"), "qgs-1425", TODAY)
    assert report.architecture is not None
    assert report.result.verdict is Verdict.NOT_MET
    results = {one.requirement: one for one in report.result.requirements}
    mapped = results["Q1425-CT-01"].outcomes
    assert {one.status for one in mapped} == {Status.FAIL}
    components = report.architecture.components
    alone = [one for one in mapped if one.subjects[0] not in components]
    assert len(mapped) - len(alone) <= len(components)  # once of each, not of all its elements
    assert all(len(one.subjects) == 1 for one in alone)
    assert sum(int(one.values["size"]) for one in mapped) > 2 * len(mapped)
    assert results["Q1425-CT-03"].status is Status.NOT_APPLICABLE  # asked once something is placed
    failed = {id for id, one in results.items() if one.status is Status.FAIL and FOUND.requirements[id].binds}
    assert failed == {"Q1425-CT-01", "Q1425-DV-01"}
