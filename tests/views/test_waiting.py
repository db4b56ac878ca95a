"""What waits for an answer says who is asked, in whose words, and how the answer is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kientruc import api
from kientruc.loading import load_text
from kientruc.result import Status
from kientruc.views.card import record_card
from kientruc.views.conformance import Conformance, conformance, grouped
from kientruc.views.explorer import explorer
from kientruc.views.outcomes import results
from kientruc.views.register import unknowns
from kientruc.views.status import Standing
from kientruc.views.summary import summary

BODIES = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh-cu, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations:
  so-cu: {name: Sở cũ, name_en: Old Department, part_of: tinh-cu, successor: {value: so-moi, certainty: assumed}}
  so-moi: {name: Sở mới, name_en: New Department}
  tinh-cu: {name: Tỉnh cũ, until: 2025-06-30}
"""


def shown(text: str, lang: str = "vi", on: date | None = None) -> Conformance:
    loaded = load_text(text)
    assert loaded.architecture, loaded.findings
    report = api.check(loaded, on=on)
    assert report.architecture
    assert report.edition
    return conformance(report.architecture, report.edition, report.result, lang)


def pending(view: Conformance, requirement: str) -> str:
    line = next(line for line in view.lines if line.id == requirement)
    return "\n".join(one.words for one in line.pending)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("ask: so-moi, owner: so-cu", "; người trả lời: Sở mới"),
        ("owner: {unknown: chưa rõ, ask: so-moi}", "; người trả lời: Sở mới"),
        ("operator: so-moi", "; người trả lời: Sở mới"),
        ("name_en: A", "; chưa ghi ai phải trả lời"),
    ],
)
def test_what_is_only_assumed_names_who_confirms_it(said: str, who: str) -> None:
    view = shown(f"{BODIES}elements:\n  a: {{kind: application, name: A, certainty: assumed, {said}}}\n")
    assert who in pending(view, "C10-AT-01")


def test_the_one_a_file_asks_confirms_all_its_records_say() -> None:
    text = f"""{BODIES}
defaults: {{ask: so-moi}}
elements:
  a: {{kind: application, role: document_management, name: A, component: k, certainty: assumed}}
components:
  k: {{order: 1, name: K, maps: {{cpdt-1.0: [ung-dung-csdl]}}}}
"""
    view = shown(text)
    for requirement in ("C10-AT-01", "C10-TC-01", "C10-TP-01"):
        assert "; người trả lời: Sở mới" in pending(view, requirement), requirement


def advice(view: Conformance, requirement: str) -> str:
    line = next(line for line in view.lines if line.id == requirement)
    return "\n".join(one.advice for one in line.pending)


@pytest.mark.parametrize(("kind", "verb"), [("data_store", "reads"), ("application", "sends")])
def test_a_connection_nobody_recorded_says_whom_to_ask_and_what_to_write(kind: str, verb: str) -> None:
    national = f"dc: {{kind: {kind}, role: national_database, name: Dân cư, ask: so-moi, reference: {{issuer: Bộ}}}}"
    own = "a: {kind: application, name: A, owner: so-moi, security_level: 1"
    platforms = "".join(f"  {id}: {{kind: platform, role: {role}, name: Nền tảng, reference: {{issuer: Bộ}}}}\n"
                        for id, role in (("nen-tang", "lgsp"), ("qg", "ngsp")))  # fmt: skip
    text = f"{BODIES}elements:\n{platforms}  {national}\n  {own}"
    view = shown(text + "}\n")
    assert pending(view, "C10-KN-01").endswith("; người trả lời: Sở mới")
    there = f"{verb}: [{{to: dc, protocol: HTTPS, over: [nen-tang, qg], format: XML}}]"
    none = f"{verb}: [{{to: dc, status: not-connected}}]"
    for requirement, status in (("C10-KN-01", "pass"), ("C10-KN-03", "pass")):
        assert f"`{there}`" in advice(view, requirement)
        assert f"`{none}`" in advice(view, requirement)
        after = {line.id: line.status.value for line in shown(f"{text}, {there}}}\n").lines}
        assert after[requirement] == status
        assert pending(shown(f"{text}, {none}}}\n"), requirement) == ""


def test_a_platform_that_is_not_there_is_left_open_in_the_example() -> None:
    text = (
        f"{BODIES}elements:\n  dc: {{kind: data_store, role: national_database, name: D, reference: {{issuer: B}}}}\n"
    )
    words = advice(shown(text + "  a: {kind: application, name: A}\n"), "C10-KN-01")
    assert "over: [<lgsp>, <ngsp>]" in words


def test_what_waits_says_once_what_to_do_and_of_which_alike_it_says_the_same() -> None:
    systems = "".join(f"  {id}: {{kind: application, name: {id.upper()}, certainty: assumed}}\n" for id in "abc")
    view = shown(f"{BODIES}elements:\n{systems}  d: {{kind: application, name: D, owner: {{unknown: chưa rõ}}}}\n")
    groups = grouped(next(line for line in view.lines if line.id == "C10-AT-01").pending)
    assert [[item.names[0] for item in group.items] for group in groups] == [["A", "B", "C"]]
    assert groups[0].words.startswith("Hệ thống “…” chưa ghi chủ quản, cấp độ an toàn thông tin")
    assert "certainty" not in groups[0].words
    assert groups[0].advice.startswith(
        "Xác nhận từng thành phần. Có thật thì bỏ `certainty: assumed`, rồi: Ghi `owner:`"
    )


def test_a_whole_whose_level_nobody_knows_is_not_passed_over_because_its_parts_are_silent() -> None:
    whole = "w: {kind: platform, name: W, security_level: {unknown: chưa lập, ask: so-moi}}"
    parts = "".join(f"  {id}: {{kind: application, name: P, part_of: w}}\n" for id in "ab")
    words = pending(shown(f"{BODIES}elements:\n  {whole}\n{parts}"), "C10-AT-02")
    assert words.startswith("Gồm 2 phần, chưa phần nào ghi cấp độ an toàn thông tin;")
    assert words.endswith("chưa lập; người trả lời: Sở mới")


def test_the_reason_of_an_unknown_is_told_in_english_where_it_has_one() -> None:
    unknown = "{unknown: chưa lập, unknown_en: not made yet, ask: so-cu}"
    text = f"{BODIES}elements:\n  a: {{kind: application, name: A, owner: so-cu, security_level: {unknown}}}\n"
    assert "not made yet; to be answered by Old Department" in pending(shown(text, "en"), "C10-AT-01")
    assert "chưa lập; người trả lời: Sở cũ" in pending(shown(text), "C10-AT-01")


def test_beside_a_body_that_has_ended_with_its_whole_stands_its_successor() -> None:
    level = "{unknown: x, ask: so-cu}"
    text = f"{BODIES}elements:\n  a: {{kind: application, name: A, owner: so-cu, security_level: {level}}}\n"
    before, after = (pending(shown(text, on=day), "C10-AT-01") for day in (date(2025, 6, 30), date(2025, 7, 1)))
    assert before.endswith("; người trả lời: Sở cũ")
    architecture = load_text(text).architecture
    assert architecture
    assert [asked.name for asked in unknowns(architecture, "en", date(2025, 7, 1))] == [
        "Old Department (no longer there; its successor: New Department – assumed, not confirmed)"
    ]
    assert after.endswith("Sở cũ (đã kết thúc hoạt động; cơ quan kế tục: Sở mới – giả định, chưa xác nhận)")


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (
            date(2017, 9, 13),
            "Chưa đủ cơ sở đánh giá (văn bản chưa có hiệu lực vào ngày 13/9/2017; có hiệu lực từ ngày 29/7/2026)",
        ),
        (date(2026, 8, 1), "Chưa đủ cơ sở đánh giá"),
    ],
)
def test_a_verdict_on_a_day_without_the_edition_says_why(on: date, words: str) -> None:
    loaded = load_text(BODIES)
    report = api.check(loaded, edition_id="qgs-1425", on=on)
    assert report.architecture
    assert report.edition
    assert conformance(report.architecture, report.edition, report.result, "vi").verdict_word == words
    assert results([report], {}, 0, "0", "vi").editions[0].verdict_word == words
    assert words in " ".join(api.summary(report, "vi"))


def test_a_condition_on_two_unknowns_waits_and_names_both() -> None:
    system = "a: {kind: application, name: A, owner: so-moi, security_level: {unknown: x}, service_level: {unknown: z}}"
    assert pending(shown(f"{BODIES}elements:\n  {system}\n"), "C10-AT-03").startswith(
        "Chưa biết cấp độ an toàn thông tin, mức dịch vụ công trực tuyến: x; z;"
    )


def test_a_basis_told_by_its_year_says_that_its_day_was_not_read() -> None:
    text = f"""{BODIES}legal:
  cu: {{number: 22/2013/TT-ABC, title: Cũ}}
elements:
  a: {{kind: application, name: A, owner: so-moi, basis: [cu]}}
"""
    line = next(line for line in shown(text, "en").lines if line.id == "C10-PL-01")
    assert [one.words for one in line.passed] == [
        "The day of effect was not read; it counts because its number bears the year 2013, before that of the data, "
        "and no end was seen"
    ]


PARTS = """
sources:
  bao-2017: {kind: press, title: Báo, date: 2017-09-01}
  bao-2020: {kind: press, title: Báo, date: 2020-09-01}
states: {sau: {role: target, name: Sau}}
"""


@pytest.mark.parametrize(
    ("part", "records", "example"),
    [
        ("Định hướng", "goals: {a: {name: A, source: bao-2020}, b: {name: B, source: bao-2017}}", "B"),
        ("Định hướng", "goals: {a: {name: A}, b: {name: B, source: bao-2017}}", "B"),
        ("Lộ trình, kế hoạch", "tasks: {a: {name: A}, b: {name: B, as_of: 2017-09-13}}", "B"),
        ("Kiến trúc", "elements: {a: {kind: site, name: A, reference: {issuer: Bộ}}, b: {kind: site, name: B}}", "B"),
        ("Kiến trúc", "elements: {a: {kind: site, name: A, states: {sau: unknown}}, b: {kind: site, name: B}}", "B"),
        ("Kiến trúc", "elements: {a: {kind: site, name: A, owner: {unknown: x}}, b: {kind: site, name: B}}", "B"),
    ],
)
def test_the_example_of_a_part_is_the_most_convincing_one(part: str, records: str, example: str) -> None:
    base = "elements: {c: {kind: site, name: C, certainty: assumed}}\n" if "elements" not in records else ""
    line = next(one for one in shown(f"{BODIES}{PARTS}{base}{records}\n").lines if one.id == "C10-DC-01")
    outcomes = {one.words.partition("“")[2].partition("”")[0]: [name for _, name in one.path] for one in line.passed}
    assert outcomes[part] == [example]


def test_what_has_no_name_is_called_once() -> None:
    text = f"{BODIES}sourcing:\n  thue: {{form: {{unknown: x}}}}\n  mua: {{of: a, form: {{unknown: x}}}}\n"
    architecture = load_text(text + "elements: {a: {kind: site, name: Nhà trạm}}\n").architecture
    assert architecture
    (asked,) = unknowns(architecture, "vi", date(2017, 9, 13))
    assert [(line.name, line.id) for line in asked.lines] == [("Nhà trạm", "mua"), ("thue", "")]
    card = record_card(architecture, architecture.records["sourcing"]["thue"], "vi")
    assert card.title == "thue"


def test_one_unknown_is_one_point_however_many_checks_wait_for_it() -> None:
    """Both checks of Q1425-AT-03 and the one of AT-01 wait for the same level; whoever decides reads of one answer."""
    text = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: so, edition: qgs-1425, cut_off: 2026-11-20}
organisations: {so: {name: Sở}}
elements:
  may: {kind: site, name: Phòng máy, places: {qgs-1425: hts}, security_level: {unknown: chưa lập, ask: so}}
"""
    loaded = load_text(text)
    report = api.check(loaded)
    assert report.architecture and report.edition
    raw = next(one for one in report.result.requirements if one.requirement == "Q1425-AT-03")
    assert raw.counts[Status.MANUAL] == 2
    view = conformance(report.architecture, report.edition, report.result, "vi")
    line = next(one for one in view.lines if one.id == "Q1425-AT-03")
    assert (len(line.pending), line.counts["manual"]) == (1, 1)
    told = summary(report.architecture, [view], (), Standing("", "", (), ()), "vi")
    waits = next(one for one in told if "còn chờ" in one)
    assert waits == "Chưa kết luận được 2 yêu cầu bắt buộc, vì 1 nội dung còn chờ trả lời hoặc xác nhận."
    page = explorer(report.architecture, results([report], {}, 0, "0", "vi"))
    assert [one.code for one in page.findings].count("Q1425-AT-03") == 1


def test_only_what_binds_is_called_an_error() -> None:
    """CT-02 is as heavy as AT-01, but only advises: nobody's exit code is 1 for it."""
    head = "format: kientruc/1\narchitecture: {id: kt, name: K, agency: so, edition: qgs-1425, cut_off: 2026-11-20}\n"
    report = api.check(
        load_text(f"{head}organisations: {{so: {{name: Sở}}}}\nelements: {{may: {{kind: site, name: M}}}}\n")
    )
    remarks, _ = api.outcome_remarks(report, "vi", 100)
    lines = [line for line in api.terminal(remarks, "vi", Path("architecture.yaml")) if line.startswith("arch")]
    words = {line.split(": ")[1].split(" Q1425")[0] for line in lines if "AT-01" in line or "CT-02" in line}
    assert words == {"lỗi", "nên"}
    assert all(" lỗi " not in line for line in lines if "CT-02" in line)
