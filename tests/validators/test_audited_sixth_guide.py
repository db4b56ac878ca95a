"""What the sixth reader of the requirements found in the draft guide: what is unknown, tables, texts, parts."""

from __future__ import annotations

import pytest

from kientruc.loading import load_text
from kientruc.result import RequirementResult
from kientruc.validators import edition, run

from .test_audited import DAYS, told

ASKED = "{unknown: chưa có căn cứ, ask: so, by: 2027-01-01}"
LGSP = "l: {kind: platform, role: lgsp, name: LGSP}"
NDXP = "nd: {kind: platform, role: ndxp, name: NDXP, reference: {issuer: Bộ}}"
SOURCES = "sources: {ks: {kind: official, title: Phiếu khảo sát}}\n"
LEGAL = "legal: {qd: {number: 12/QĐ-UBND, title: Quyết định, date: 2025-01-02}}\n"


def _elements(text: str) -> str:
    return f"elements:\n  {text}\n"


def _noted(note: str) -> str:
    return _elements(f"a: {{kind: application, name: A, note: {note!r}}}")


def _gap(more: str) -> str:
    codes = "name: Thiếu, codes: {mau03: ND-1}"
    return f"{_elements('x: {kind: application, name: X}')}contents: {{a: {{{codes}, {more}}}}}\n"


SAYS = "about: [x], now: Chưa có, required: Có, treatment: upgrade"
CASES = [
    # what nobody knows yet can be said, and waits for who must answer
    *(("HD26-KT-08", wanted, f"{more}{_elements(f'a: {{kind: application, name: A, confirmed_by: so{says}}}')}{also}")
      for wanted, says, more, also in (
          ("fail", "", "", ""),
          ("pass", ", source: ks", SOURCES, ""),
          ("manual", f", source: {ASKED}", "", ""),
          ("pass", ", basis: [qd]", LEGAL, ""),
          ("pass", "", "", "evidence: {bb: {type: other, about: [a], name: Biên bản, date: 2025-02-02}}\n"),
          ("fail", "", "", "evidence: {bb: {type: other, about: [so], name: Biên bản, date: 2025-02-02}}\n"),
      )),
    *(("HD26-HT-02", wanted, _gap(says)) for wanted, says in (
        ("pass", SAYS),
        ("manual", SAYS.replace("now: Chưa có", f"now: {ASKED}")),
        ("manual", SAYS.replace("required: Có", f"required: {ASKED}")),
        ("manual", SAYS.replace("upgrade", ASKED)),
        ("fail", SAYS.replace("[x]", "[so]")),  # Table 4 wants objects of Table 1
        ("pass", SAYS.replace("[x]", "[so, x]")),
    )),
    ("HD26-HT-03", "manual", "elements: {x: {kind: application, name: X}}\ntasks: {a: {name: A, codes: {mau03: NV-1}, "
     f"result: {ASKED}, lead: so, priority: {ASKED}, due: 2027-01-01, criteria: Có, resources: [người]}}}}\n"),
    *(("HD26-QH-01", wanted, _elements(f"a: {{kind: application, name: A, sends: [{{to: l, {says}}}]}}\n  {LGSP}"))
      for wanted, says in (
          ("fail", "status: existing"),
          ("manual", f"status: existing, basis: {ASKED}"),
          ("manual", f"status: existing, source: {ASKED}"),
          ("manual", f"status: {ASKED}, source: {ASKED}"),
          # what is not connected, and what has ended, are rows of Table 2
          ("fail", "status: not-connected"),
          ("fail", "status: retired"),
      )),
    ("HD26-QH-01", "pass", SOURCES + _elements(f"a: {{kind: application, name: A, source: ks, "
     f"sends: [{{to: l, status: existing}}]}}\n  {LGSP}")),
    # infrastructure and devices are asked, two things of others are not, nor what stays within one system
    ("HD26-QH-01", "fail", _elements("a: {kind: application, name: A, uses: [c]}\n"
     "  c: {kind: infra_service, name: Đám mây, reference: {issuer: Bộ Công an}}")),
    ("HD26-QH-01", "fail", _elements(f"d: {{kind: device, name: Cảm biến, sends: [l]}}\n  {LGSP}")),
    *((id, "not-applicable", _elements(f"{NDXP.replace('reference', 'sends: [o], reference')}\n"
       "  o: {kind: platform, name: NDOP, reference: {issuer: Bộ}}"))
      for id in ("HD26-QH-01", "HD26-QH-02", "HD26-QH-03")),
    *((id, "not-applicable", _elements(f"{LGSP}\n  b: {{kind: shared_service, name: B, part_of: [l], sends: [l]}}"))
      for id in ("HD26-QH-01", "HD26-QH-02", "HD26-QH-03")),
    # sending to a database names the data; devices are asked
    ("HD26-QH-02", "not-applicable", _elements("a: {kind: application, name: A, sends: [k]}\n"
     "  k: {kind: data_store, name: CSDL hộ tịch}")),
    ("HD26-QH-02", "fail", _elements(f"d: {{kind: device, name: Cảm biến, sends: [l]}}\n  {LGSP}")),
    *(("HD26-QH-02", wanted, _elements(f"{LGSP.replace('name', f'sends: [{{to: nd{says}}}], name')}\n  {NDXP}"))
      for wanted, says in (
          ("fail", ""), ("pass", ", payload: Hồ sơ"), ("manual", f", payload: {ASKED}"),
          ("not-applicable", ", status: not-connected"),
      )),
    *(("HD26-QH-04", wanted, _elements(f"a: {{kind: application, name: A, reads: [{{to: k{says}}}]}}\n"
       "  k: {kind: data_store, name: K, reference: {issuer: Bộ}, sharing: nation-a}"))
      for wanted, says in (
          ("fail", ""), ("manual", f", frequency: {ASKED}"), ("pass", f", frequency: {ASKED}, sla: 99%"),
      )),
    # connections of Table 2 are those between systems, and any type that Table 2 knows
    *(("HD26-QH-06", wanted, _elements(text)) for wanted, text in (
        ("fail", "a: {kind: user_group, name: Người dân, uses: [c]}\n  c: {kind: portal_service, name: Cổng}"),
        ("fail", "a: {kind: application, name: A, reads: [k]}\n  k: {kind: data_store, name: K, part_of: [a]}"),
        ("fail", f"a: {{kind: application, name: A, sends: [{{to: l, status: not-connected}}]}}\n  {LGSP}"),
        ("manual", "a: {kind: application, name: A, depends_on: [b]}\n  b: {kind: application, name: B}"),
    )),
    # the model state is current, target or both
    *(("HD26-KT-09", wanted, "states:\n  ht: {name: HT, role: baseline}\n  ct: {name: CT, role: transition}\n"
       f"  mt: {{name: MT, role: target}}\n{_elements(f'a: {{kind: application, name: A{says}}}')}")
      for wanted, says in (
          ("fail", ""), ("pass", ", states: [ht]"), ("pass", ", states: [ht, mt]"),
          ("pass", ", states: {ht: absent, mt: present}"),
          ("manual", ", states: {ht: unknown, mt: unknown}"), ("manual", ", states: {ht: absent, mt: unknown}"),
          ("not-applicable", ", states: {ht: absent, mt: absent}"), ("fail", ", states: {ht: absent, ct: present}"),
      )),
    # the life-cycle is that of today; of others' things the owner confirms it
    ("HD26-KT-11", "pass", _elements("a: {kind: application, name: A, states: [ht, mt],\n"
     "    in_state: {ht: {lifecycle: operating}}}")),
    ("HD26-KT-11", "fail", _elements("a: {kind: application, name: A, states: [ht, mt]}")),
    *(("HD26-KT-17", wanted, _elements(f"a: {{kind: application, name: A{says}}}")) for wanted, says in (
        ("manual", ", reference: {issuer: Bộ}, lifecycle: operating"),
        ("not-applicable", ", reference: {issuer: Bộ}"), ("not-applicable", ", lifecycle: operating"),
    )),
    # one name is a certain double only with one kind and one issuer
    *(("HD26-KT-05", wanted, _elements(f"a: {{kind: {one}}}\n  b: {{kind: {other}}}")) for wanted, one, other in (
        ("manual", "application, name: A, reference: {issuer: Bộ}", "application, name: A, reference: {issuer: Tỉnh}"),
        ("fail", "application, name: A, reference: {issuer: Bộ}", "application, name: A, reference: {issuer: Bộ}"),
        ("manual", "application, name: A, reference: {issuer: Bộ}", "platform, name: A, reference: {issuer: Bộ}"),
        ("manual", "application, name: A", "application, name: A, reference: {issuer: Bộ}"),
        ("pass", "application, name: A", "platform, name: A"),
    )),
    *(("HD26-KT-04", "manual", _elements(f"a: {{kind: application, name: A, codes: {{{key}: VN-1}}}}"))
      for key in ("nas", "NAS")),
    *(("HD26-TT-02", "fail", _noted(note)) for note in (
        "Máy chủ đặt tại 10.0.12.7", "Máy chủ đặt tại 10.0.12.7.", "Dải 10.20.0.0/16",
        "Thiết bị 172.16.1.1, 172.16.1.2.",
        "Mật khẩu mặc định: Abc@123456", "Mật khẩu tài khoản root là P@ssw0rd", "password: Admin@123",
        "Mật khẩu Abc@123456",
        "jdbc:mysql://db/app?user=root&password=Abc123", "mật khẩu: OAuth@2024", "Hạ tầng 10.20.30.40 đồng bộ",
        "Phiên bản 10.0.1.2 tại máy 10.0.0.5",
    )),
    *(("HD26-TT-02", "pass", _noted(note)) for note in (
        "Tổng kinh phí 10.125.150.120 đồng", "Kinh phí 192.168.500.000 đồng", "Dự toán (đồng): 10.125.150.120",
        "Thực hiện theo mục 10.2.1.1 của TCVN 11930:2017", "Các mục 10.2.1.1, 10.2.1.2 và 10.2.1.3",
        "FortiOS 10.1.2.3",
        "Lưu mật khẩu bcrypt2 và mật khẩu SHA-256", "Xác thực một lần thay mật khẩu SAML2",
        "Đăng nhập bằng mật khẩu 2FA",
        "Chính sách mật khẩu: TCVN11930:2017", "Mật khẩu: theo NĐ85/2016/NĐ-CP", "Quy định mật khẩu là 8-12 ký tự",
        "Mật khẩu: tối thiểu 8 ký tự, gồm chữ hoa, số và ký tự đặc biệt", "Mật khẩu: 12 ký tự trở lên",
        "Không lưu mật khẩu, phiên bản: v2.0", "Số lượt cấp lại mật khẩu trong năm là 12500 lượt",
    )),
    *(("HD26-TT-02", wanted, _elements(f"a: {{kind: application, name: A, extra: {{{key}: {value}}}}}"))
      for wanted, key, value in (
          ("fail", "password", "Abc@123456"), ("fail", "mật khẩu", "12345678"), ("fail", "ip", "10.0.0.5"),
          ("pass", "password", "theo quy chế"), ("pass", "so-may", "12345678"),
      )),
]  # fmt: skip


@pytest.mark.parametrize(("id", "wanted", "text"), CASES)
def test_what_was_unfair_is_fair(id: str, wanted: str, text: str) -> None:
    assert _told(id, text).status.value == wanted


def _told(id: str, text: str) -> RequirementResult:
    """Give what the draft guide says; a text may bring states of its own."""
    if "states:\n" not in text:
        return told(id, "huong-dan-2026", text)
    head = "architecture: {id: a, name: A, agency: so, edition: huong-dan-2026, cut_off: 2026-11-25, type: province}"
    loaded = load_text(f"format: kientruc/1\n{head}\norganisations: {{so: {{name: Sở}}}}\n{text}")
    assert loaded.architecture is not None, [finding.code for finding in loaded.findings]
    result = run(loaded.architecture, edition("huong-dan-2026"), loaded.architecture.cut_off)
    return next(one for one in result.requirements if one.requirement == id)


def test_a_key_and_its_value_are_told_once() -> None:
    found = told("HD26-TT-02", "huong-dan-2026", _elements(
        "a: {kind: application, name: A, extra: {ip: 10.0.0.5, password: \"password: Abc@1\"}}"
    ))  # fmt: skip
    assert [outcome.values["field"] for outcome in found.outcomes] == ["extra.password", "extra.ip"]


def test_a_question_about_relations_names_their_ends() -> None:
    text = _elements("a: {kind: application, name: A, depends_on: [b]}\n  b: {kind: application, name: B}")
    found = told("HD26-QH-06", "huong-dan-2026", f"{text}tasks: {{t: {{name: T, delivers: [a]}}}}\n")
    assert [outcome.subjects for outcome in found.outcomes if outcome.check == "b"] == [("a", "b")]


def test_an_unknown_source_is_asked_once_and_not_of_each_relation() -> None:
    loaded = load_text(f"""
format: kientruc/1
architecture: {{id: a, name: A, agency: so, edition: qgs-1425, cut_off: 2026-11-25}}
organisations: {{so: {{name: Sở}}}}
elements:
  a: {{kind: application, name: A, source: {ASKED}, uses: [b]}}
  b: {{kind: application, name: B}}
""")
    assert loaded.architecture is not None
    (relation,) = loaded.architecture.relations
    assert not loaded.architecture.elements["a"].sources
    assert relation.source is None


@pytest.mark.parametrize(("wanted", "effective"), [
    ("manual", "2025-12-31"), ("manual", "2026-07-28"), ("pass", "2026-07-29"), ("pass", "2027-01-29"),
    ("manual", "2027-01-30"), ("manual", "{unknown: chưa ban hành}"),
])  # fmt: skip
def test_a_framework_of_before_the_decision_was_not_issued_under_it(wanted: str, effective: str) -> None:
    head = "id: a, name: A, agency: so, edition: qgs-1425, cut_off: 2027-02-01"
    text = (
        f"format: kientruc/1\narchitecture: {{{head}, effective: {effective}}}\norganisations: {{so: {{name: Sở}}}}\n"
    )
    architecture = load_text(text + _elements("a: {kind: application, name: A}")).architecture
    assert architecture is not None
    result = run(architecture, edition("qgs-1425"), architecture.cut_off)
    found = next(one for one in result.requirements if one.requirement == "Q1425-PL-03")
    assert found.status.value == wanted


@pytest.mark.parametrize(("id", "name", "part"), [
    ("C10-DC-01", "cpdt-1.0", "kien-truc"), ("C20-DC-01", "cpdt-2.0", "thanh-phan"),
    ("C30-DC-01", "cpdt-3.0", "thanh-phan"), ("S40-DC-01", "cps-4.0", "thanh-phan"),
    ("Q3090-DC-01", "qgs-3090", "muc-tieu-kien-truc"),
])  # fmt: skip
@pytest.mark.parametrize(("wanted", "element"), [
    ("pass", "kind: application, name: X"), ("pass", "kind: application, name: X, states: [mt]"),
    ("fail", "kind: application, name: X, states: [qs]"), ("fail", "kind: user_group, name: Người dân"),
    ("fail", "kind: platform, name: NDXP, reference: {issuer: Bộ}"),
])  # fmt: skip
def test_a_part_of_the_document_is_written_by_ones_own(
    id: str, name: str, part: str, wanted: str, element: str
) -> None:
    head = f"architecture: {{id: a, name: A, agency: so, edition: {name}, cut_off: {DAYS[name]}, type: province}}"
    states = "states:\n  mt: {name: MT, role: target}\n  qs: {name: QS, role: observed}"
    text = (
        f"format: kientruc/1\n{head}\norganisations: {{so: {{name: Sở}}}}\n{states}\nelements: {{a: {{{element}}}}}\n"
    )
    architecture = load_text(text).architecture
    assert architecture is not None
    result = run(architecture, edition(name), architecture.cut_off)
    found = next(one for one in result.requirements if one.requirement == id)
    assert [outcome.status.value for outcome in found.outcomes if outcome.subjects == (part,)] == [wanted]
