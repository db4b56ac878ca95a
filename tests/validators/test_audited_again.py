"""What the fourth reader of the requirements found, and what a look through all of them added."""

from __future__ import annotations

from datetime import date

import pytest

from kientruc.loading import load_text
from kientruc.result import Answer, Status
from kientruc.validators import edition
from kientruc.validators.matter import Matter
from kientruc.validators.requirement import evaluate
from kientruc.views.conformance import Shower

from .test_audited import HEAD, NATIONAL, ONE, told

DAY = date(2028, 1, 1)
ONE_EDITION = edition("qgs-1425")
NPSP = "cdv: {kind: platform, role: national_portal, name: Cổng, reference: {issuer: VPCP}}"
TTHC = "tc: {kind: platform, role: tthc_component, name: TC, reference: {issuer: VPCP}}"
DATA_LINE = "w: {kind: network, role: tslcd, name: TSLCD, reference: {issuer: Bộ}}"
NDXP = "x: {kind: platform, role: ndxp, name: NDXP, reference: {issuer: Bộ}}"
MAIL = "q: {kind: platform, name: Q, sharing: nation-a, reference: {issuer: Bộ}}"
OLD = "a: {kind: application, name: A, duplicates: q"
LATER = [
    # what the fourth audit left
    *(("huong-dan-2026", id, wanted, f"a: {{kind: {more}}}\n  w: {{kind: node, name: W}}")
      for id in ("HD26-KT-01", "HD26-KT-07", "HD26-KT-08", "HD26-KT-09", "HD26-KT-11", "HD26-KT-13")
      for wanted, more in (
          ("fail", "network, name: LAN, part_of: w"),
          ("not-applicable", "public_service, name: Cấp phép"),
      )),
    ("huong-dan-2026", "HD26-KT-07", "fail", "a: {kind: public_service, name: A, codes: {mau03: KT-1}}"),
    ("qgs-1425", "Q1425-AT-05", "fail", "a: {kind: infra_service, role: data_centre, name: Mây, security_level: 2}"),
    ("qgs-1425", "Q1425-AT-05", "not-applicable",
     "a: {kind: infra_service, name: Wi-Fi công cộng, scope: province, security_level: 1}"),
    ("qgs-1425", "Q1425-AT-05", "fail", "a: {kind: application, name: A, security_level: 2, realises: d}\n"
     "  d: {kind: public_service, name: D, service_level: 4}"),
    ("cpdt-1.0", "C10-AT-03", "not-applicable",
     "a: {kind: network, name: LAN, scope: province, sharing: internal, security_level: 2}"),
    *(("huong-dan-2026", "HD26-TT-02", wanted, f"a: {{kind: application, name: A, note: {note!r}}}")
      for wanted, note in (
          ("pass", "Oracle 10.2.0.4"),
          ("pass", "Phiên bản 10.0.1.2"),
          ("pass", "dùng v10.0.1.2"),
          ("fail", "Máy chủ 10.0.1.2"),
          ("fail", "user: admin / pass: 123456"),
          ("pass", "Mật khẩu: 12 ký tự"),
          ("fail", "phiên bản 10.0.1.2 tại 10.0.1.9"),
      )),
    ("cpdt-1.0", "C10-DL-01", "not-applicable",
     f"a: {{kind: application, name: A, reads: [{{to: b, data: [i]}}]}}\n  {NATIONAL}\n"
     "  i: {kind: information, name: I, part_of: b}"),
    ("cpdt-1.0", "C10-DL-01", "fail",
     f"a: {{kind: application, name: A, reads: [{{to: b, data: [i]}}]}}\n  {NATIONAL}\n"
     "  i: {kind: information, name: I}"),
    # LGSP written as an application, or over NDXP, in the later editions too
    *((name, id, wanted, f"a: {{kind: application, role: lgsp, name: A, sends: [{to}]}}\n"
       f"  c: {{kind: data_store, name: C}}\n  {NDXP}")
      for name, id in (("cpdt-3.0", "C30-KN-01"), ("cps-4.0", "S40-KN-01"))
      for wanted, to in (("pass", "{to: c, over: [x]}"), ("fail", "c"))),
    # a part follows its whole: dossier, standard, continuity, level, assessment, place, model, operator
    ("cpdt-1.0", "C10-AT-04", "pass", "a: {kind: application, name: A, security_level: 2, level_dossier: "
     "[mo-ta-tong-quan, tai-lieu-thiet-ke, thuyet-minh-cap-do, phuong-an-an-toan]}\n"
     "  b: {kind: application, name: B, security_level: 2, part_of: a}"),
    ("cpdt-1.0", "C10-TC-01", "pass",
     'a: {kind: application, role: document_management, name: A, standards: ["QCVN 102:2016/BTTTT"]}\n'
     "  b: {kind: application, role: document_management, name: B, part_of: a}"),
    *(("qgs-1425", "Q1425-AT-03", wanted,
       f"a: {{kind: application, name: A, security_level: 4, continuity: [{has}]}}\n"
       "  m: {kind: application, name: M, security_level: 4, part_of: a}\n"
       "  b: {kind: data_store, name: B, security_level: 4, part_of: m}")
      for wanted, has in (("pass", "backup, disaster-recovery"), ("fail", "backup"))),
    *(("qgs-1425", "Q1425-AT-03", wanted, f"a: {{kind: site, name: A, continuity: [{has}]}}\n"
       "  b: {kind: application, name: B, security_level: 4, hosted_on: a}")
      for wanted, has in (("pass", "backup, disaster-recovery"), ("fail", "backup"))),
    *(("qgs-1425", "Q1425-DC-05", wanted, f"a: {{kind: application, name: A, duplicates: b}}\n"
       f"  b: {{kind: application, name: B, treatment: keep{whose}}}")
      for wanted, whose in (("not-applicable", ", reference: {issuer: Bộ}"), ("fail", ""))),
    ("huong-dan-2026", "HD26-KT-15", "pass",
     "a: {kind: application, name: A, lifecycle: other, description: Tạm dừng}"),
    ("qgs-1425", "Q1425-AT-03", "manual", "a: {kind: application, name: A, continuity: {unknown: chưa rõ}}\n"
     "  b: {kind: data_store, name: B, security_level: 4, part_of: a}"),
    ("qgs-1425", "Q1425-AT-04", "pass", "a: {kind: application, name: A, security_level: 3}\n"
     f"  b: {{kind: application, name: B, part_of: a, connects: w}}\n  {DATA_LINE}"),
    ("qgs-1425", "Q1425-AT-04", "not-applicable", f"a: {{kind: node, name: A, connects: w}}\n  {DATA_LINE}"),
    ("qgs-1425", "Q1425-AT-04", "fail", "a: {kind: application, name: A, sends: [{to: c, over: [w]}]}\n"
     f"  c: {{kind: data_store, name: C, security_level: 3}}\n  {DATA_LINE}"),
    ("qgs-1425", "Q1425-AT-01", "not-applicable", "a: {kind: application, name: A, lifecycle: ended}"),
    ("qgs-1425", "Q1425-AT-01", "fail", "a: {kind: application, name: A, lifecycle: {unknown: chưa rõ}}"),
    *(("qgs-1425", "Q1425-CT-01", wanted,
       "a: {kind: application, name: A, places: {qgs-1425: udnv}}\n  m: {kind: node, name: Máy chủ}\n"
       f"  b: {{{said}}}")
      for wanted, said in (
          ("pass", "kind: data_store, name: B, part_of: a"),
          ("fail", "kind: network, name: B, part_of: m"),
          ("fail", "kind: data_store, name: B"),
      )),
    ("qgs-1425", "Q1425-DL-02", "pass", "a: {kind: data_store, name: A}\n"
     "  i: {kind: information, name: I, part_of: a, data_models: [logical]}"),
    ("huong-dan-2026", "HD26-KT-12", "pass",
     "a: {kind: platform, name: A, sharing: province, operator: so, technical_contact: so}\n"
     "  b: {kind: data_store, name: B, sharing: province, part_of: a}"),
    ("huong-dan-2026", "HD26-KT-12", "fail",
     "a: {kind: platform, name: A, sharing: province, lifecycle: {unknown: chưa rõ}}"),
    # what stays within one system is no main relation; what is given a code is an object, whatever its kind
    *(("huong-dan-2026", id, wanted, f"a: {{kind: application, name: A}}\n  b: {{kind: application, name: B{whole}, "
       f"sends: c}}\n  c: {{kind: application, name: C{whole}}}")
      for id in ("HD26-QH-01", "HD26-QH-02")
      for wanted, whole in (("not-applicable", ", part_of: a"), ("fail", ""))),
    ("huong-dan-2026", "HD26-KT-06", "fail", "a: {kind: node, name: A, codes: {mau03: KT-1}}"),
    # a relation that is only planned has no frequency yet; a module of the procedure system is the procedure system
    *(("huong-dan-2026", "HD26-QH-04", wanted,
       f"a: {{kind: application, name: A, reads: [{{to: b, status: {status}}}]}}"
       "\n  b: {kind: data_store, name: B, sharing: nation-a, reference: {issuer: Bộ}}")
      for wanted, status in (("pass", "planned"), ("fail", "existing"))),
    ("qgs-1425", "Q1425-DV-02", "fail", "a: {kind: application, role: one_stop, name: A}\n"
     "  m: {kind: application, name: M, part_of: a, realises: d}\n"
     "  d: {kind: public_service, name: D, centralised_by: so}"),
    # what is on its way to the shared component needs no reason of its own; what is to stay does
    ("qgs-1425", "Q1425-DC-01", "pass", f"{OLD}, treatment: replace, successor: q}}\n  {MAIL}"),
    ("qgs-1425", "Q1425-DC-01", "fail", f"{OLD}, treatment: replace}}\n  {MAIL}"),
    ("qgs-1425", "Q1425-DC-01", "fail", f"{OLD}, treatment: keep, successor: q}}\n  {MAIL}"),
    ("qgs-1425", "Q1425-DC-02", "pass", "a: {kind: application, name: A, treatment: keep}\n"
     "  b: {kind: application, name: B, treatment: add, part_of: a}"),
    ("qgs-1425", "Q1425-DC-02", "pass", "a: {kind: application, name: A, treatment: add, sends: [{to: b, over: [l]}]}\n"
     "  b: {kind: application, name: B}\n  l: {kind: platform, role: lgsp, name: L}"),
    ("qgs-1425", "Q1425-DC-02", "pass", "a: {kind: application, name: A, treatment: add, hosted_on: m}\n"
     "  m: {kind: infra_service, name: Mây, sharing: province}"),
    ("qgs-1425", "Q1425-DL-01", "not-applicable", "a: {kind: application, name: A, writes: h}\n"
     "  b: {kind: application, name: B, writes: h}\n"
     "  h: {kind: data_store, name: H, data_type: master, reference: {issuer: Bộ}}"),
    # a warehouse contains copies of master data and holds none
    *(("qgs-1425", "Q1425-DL-01", wanted, f"a: {{kind: {kind}, name: A, {verb}: h}}\n"
       f"  b: {{kind: {kind}, {role}name: B, {verb}: h}}\n"
       "  h: {kind: information, name: H, data_type: master}")
      for kind, verb in (("data_store", "realises"), ("application", "writes"))
      for wanted, role in (("pass", "role: data_warehouse, "), ("fail", ""))),
    # the way to the national portal may lead over a sharing platform, which must be on it
    *(("qgs-1425", "Q1425-DV-01", wanted, f"a: {{kind: application, role: one_stop, name: A, uses: tc, sends: l}}\n"
       f"  l: {{kind: {more}}}\n  {NPSP}\n  {TTHC}")
      for wanted, more in (
          ("pass", "platform, role: lgsp, name: L, sends: cdv"),
          ("fail", "platform, role: lgsp, name: L"),
          ("fail", "application, name: L, sends: cdv"),
      )),
    *(("qgs-1425", "Q1425-DV-03", wanted, f"a: {{kind: portal_service, name: A, realises: d, sends: l}}\n"
       f"  d: {{kind: public_service, name: D}}\n  l: {{kind: platform, {role}name: L}}")
      for wanted, role in (("pass", "role: ldop, "), ("fail", ""))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "id", "wanted", "elements"), LATER)
def test_what_was_unfair_is_fair(name: str, id: str, wanted: str, elements: str) -> None:
    assert told(id, name, f"elements:\n  {elements}\n").status.value == wanted


@pytest.mark.parametrize(
    ("id", "day", "since", "wanted"),
    [
        ("Q1425-NT-01", "2028-06-01", ", realised_from: 2027-07-01", "manual"),
        ("Q1425-NT-01", "2028-06-01", ", realised_from: 2027-06-30", "not-applicable"),
        ("Q1425-NT-01", "2028-06-01", "", "manual"),
        ("Q1425-NT-02", "2029-06-01", ", realised_from: 2027-06-30", "manual"),
        ("Q1425-NT-02", "2029-06-01", ", realised_from: 2027-07-01", "not-applicable"),
        ("Q1425-NT-02", "2029-06-01", ", lifecycle: ended", "not-applicable"),
    ],
)
def test_a_platform_is_asked_by_the_day_it_began(id: str, day: str, since: str, wanted: str) -> None:
    text = f"elements: {{a: {{kind: platform, name: A{since}}}}}\n"
    assert told(id, "qgs-1425", text, day=day).status.value == wanted


@pytest.mark.parametrize(
    ("effective", "said", "wanted"),
    [
        ("2027-01-29", None, "pass"),
        ("2028-06-01", None, "manual"),
        ("2028-06-01", Status.PASS, "pass"),
        ("2028-06-01", Status.FAIL, "fail"),
    ],
)
def test_of_a_later_version_a_person_says_when_the_first_was_issued(
    effective: str, said: Status | None, wanted: str
) -> None:
    text = HEAD.format(name="A", edition="qgs-1425", day=f"2028-01-01, effective: {effective}") + ONE
    architecture = load_text(text).architecture
    assert architecture is not None
    answers = {("Q1425-PL-03", "b"): Answer(said, "so", DAY)} if said else {}
    requirement, matter = ONE_EDITION.requirements["Q1425-PL-03"], Matter(architecture, ONE_EDITION, DAY, answers)
    assert evaluate(requirement, matter).status.value == wanted


def test_a_question_told_in_advance_is_told_as_a_question() -> None:
    text = "elements: {a: {kind: platform, name: A}}\n"
    architecture = load_text(HEAD.format(name="A", edition="qgs-1425", day="2026-11-25") + text).architecture
    (found,) = told("Q1425-NT-02", "qgs-1425", text).outcomes
    assert architecture is not None
    told_of = Shower(architecture, ONE_EDITION, ONE_EDITION.requirements["Q1425-NT-02"], "vi").one(found)
    assert (found.status, found.reason, told_of.failed) == (Status.NOT_APPLICABLE, "ahead-open-question", False)
    assert told_of.words.startswith("Cần người thẩm định trả lời: Các nền tảng vận hành trước ngày 01/7/2027")


@pytest.mark.parametrize(("standard", "wanted"), [("109:2017", "pass"), ("102:2016", "fail")])
def test_a_module_follows_the_standards_of_its_system(standard: str, wanted: str) -> None:
    text = (
        f'elements:\n  a: {{kind: application, name: A, standards: ["QCVN {standard}/BTTTT"]}}\n'
        "  m: {kind: application, name: M, part_of: a, reads: d}\n"
        "  d: {kind: data_store, role: national_population_database, name: D, reference: {issuer: Bộ}}\n"
    )
    assert told("C10-TC-02", "cpdt-1.0", text, day="2018-06-15").status.value == wanted
