"""What the report says: doubts beside statements, unknowns by who must answer, numbers as each language writes them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kientruc import api
from kientruc.loading import load_text
from kientruc.model.unknown_values import count_unknowns
from kientruc.result import Status
from kientruc.views.conformance import conformance
from kientruc.views.direction import statements
from kientruc.views.register import places_in_doubt, register, unknowns
from kientruc.views.words import day, number_words

TEXT = """\
format: kientruc/1
architecture: {id: a, name: Kiến trúc, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13}
sources:
  bao: {kind: press, title: Báo}
organisations:
  so: {name: Sở, name_en: Department}
components:
  chia-se: {name: Chia sẻ, order: 1}
elements:
  lgsp:
    kind: platform
    name: LGSP
    component: {value: chia-se, certainty: doubtful}
    owner: {unknown: chưa giao, ask: so, by: 2017-12-31}
    security_level: {unknown: chưa lập hồ sơ}
    uses:
      - {to: mang, status: planned}
      - {to: mang-2, certainty: derived}
    source: bao
  mang: {kind: network, name: Mạng, owner: so, security_level: 3}
  mang-2: {kind: network, name: Mạng 2, owner: so, security_level: 3}
  mau: {kind: application, name: Theo mẫu, certainty: assumed}
"""


def loaded() -> api.Loaded:
    found = load_text(TEXT)
    assert found.architecture is not None, found.findings
    return found


def test_unknowns_are_grouped_by_who_must_answer_and_nobody_comes_last() -> None:
    architecture = loaded().architecture
    assert architecture is not None
    found = unknowns(architecture, "en", date(2017, 9, 13))
    assert [(asked.name, asked.count) for asked in found] == [("Department", 1), ("Nobody is named to answer", 1)]
    assert found[0].lines[0].items == (("owner", "chưa giao", "31 December 2017", "architecture.yaml:14:12"),)
    assert count_unknowns(architecture) == 2


def test_the_register_says_what_is_planned_or_in_doubt() -> None:
    architecture = loaded().architecture
    assert architecture is not None
    line = register(architecture, "vi")[0].lines[0]
    assert line.doubts == ("thành phần chính: còn nghi vấn",)
    assert line.relations == (("sử dụng", (("mang", "Mạng", "dự kiến"), ("mang-2", "Mạng 2", "suy ra"))),)
    assert (line.owner, line.source) == ("Chưa xác định", "Báo")


def test_the_doubt_of_a_crosswalk_is_said_once_and_not_beside_each_place() -> None:
    place = "places: {qgs-1425: {value: udnv, certainty: doubtful}}"
    elements = "".join(f"  e{at}: {{kind: application, name: E, {place}}}\n" for at in range(3))
    sure = "  f: {kind: application, name: F, places: {cpdt-1.0: {value: ung-dung-csdl, certainty: derived}}}\n"
    architecture = load_text(TEXT + elements + sure).architecture
    assert architecture is not None
    assert places_in_doubt(architecture, "vi") == (
        "Vị trí theo phiên bản cpdt-1.0 của 1 thành phần dưới đây: suy ra.",
        "Vị trí theo phiên bản qgs-1425 của 3 thành phần dưới đây: còn nghi vấn.",
    )
    lines = {line.id: line for section in register(architecture, "vi") for line in section.lines}
    assert [lines[id].doubts for id in ("e0", "e1", "e2", "f")] == [()] * 4
    assert places_in_doubt(loaded().architecture, "en") == ()  # type: ignore[arg-type]


def test_what_is_only_assumed_fails_nothing_but_waits_for_an_answer() -> None:
    report = api.check(loaded())
    result = next(one for one in report.result.requirements if one.requirement == "C10-AT-01")
    assert result.counts[Status.FAIL] == 0
    assert [outcome.subjects for outcome in result.outcomes if outcome.reason == "assumed"] == [("mau",)]
    assert report.architecture is not None
    assert report.edition is not None
    view = conformance(report.architecture, report.edition, report.result, "vi")
    pending = next(line for line in view.lines if line.id == "C10-AT-01").pending
    assert any("Theo mẫu" in one.words and "chưa kết luận" in one.words for one in pending)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(8000, "8.000", "8,000"), (Decimal("95.5"), "95,5", "95.5"), (3, "3", "3"), (1234567, "1.234.567", "1,234,567")],
)
def test_numbers(value: int | Decimal, vi: str, en: str) -> None:
    assert (number_words(value, "vi"), number_words(value, "en")) == (vi, en)


def test_days() -> None:
    assert (day(date(2017, 9, 3), "vi"), day(date(2017, 9, 3), "en")) == ("3/9/2017", "3 September 2017")


def test_ranks_and_counts_stand_beside_what_they_are_of() -> None:
    architecture = api.load(Path(__file__).parents[2] / "architecture.yaml").architecture
    assert architecture is not None
    told = {one.id: one for one in statements(architecture, "vi")}
    assert (told["sl-chi-so-2017"].about, told["sl-chi-so-2017"].amount) == ("Đồng hạng 17.", "0,633 điểm")
    assert told["sl-chi-so-2017"].note.startswith("Nguồn chỉ ghi năm 2017")
    assert {one.id: one for one in statements(architecture, "en")}["sl-chi-so-2017"].about == "Tied 17th."
    lines = {line.id: line.quantity for section in register(architecture, "vi") for line in section.lines}
    assert (lines["wifi-bai-truoc"], lines["dvc-tnmt-toan-trinh"], lines["mang-wan"]) == ("8 trạm", "10 dịch vụ", "")
