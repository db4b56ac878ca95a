"""What two independent readers of the requirements found unfair: each case, and how it comes out now."""

from __future__ import annotations

import pytest

from kientruc.loading import load_text
from kientruc.result import RequirementResult, Status
from kientruc.validators import edition, run

HEAD = """
format: kientruc/1
architecture: {{id: a, name: "{name}", agency: so, edition: {edition}, cut_off: {day}, type: province, description: X}}
organisations: {{so: {{name: Sở}}}}
states:
  ht: {{role: baseline, name: Hiện trạng}}
  mt: {{role: target, name: Mục tiêu}}
"""
DAYS = {
    "cpdt-1.0": "2017-09-13",
    "cpdt-2.0": "2020-06-01",
    "cpdt-3.0": "2024-06-01",
    "cps-4.0": "2025-06-30",
    "qgs-3090": "2026-01-15",
    "qgs-1425": "2026-11-25",
    "huong-dan-2026": "2026-11-25",
}
MASTER = "hs: {kind: information, name: Hồ sơ, data_type: master}"
NDOP = "x: {kind: platform, role: ndop, name: NDOP, reference: {issuer: Bộ Công an}}"
NATIONAL = "b: {kind: data_store, role: national_database, name: B, reference: {issuer: Bộ Công an}}"
AGENT = "an: {kind: node, role: agent_node, name: Máy chủ}"
CASES = [
    # the fourth audit: the clause speaks of services from level 3; a site is no data centre
    ("qgs-1425", "Q1425-AT-05", "not-applicable",
     "a: {kind: application, role: one_stop, name: A, security_level: 2, service_level: 2}"),
    ("qgs-1425", "Q1425-AT-05", "fail",
     "a: {kind: application, role: online_services, name: A, security_level: 2, service_level: 4}"),
    ("qgs-1425", "Q1425-DC-03", "not-applicable", "a: {kind: site, name: Phòng điều hành, treatment: add}"),
    *(("huong-dan-2026", "HD26-TT-02", "fail", f"a: {{kind: application, name: A, note: {note!r}}}")
      for note in ("mật khẩu là Hanoi2026!", "root, pass Abc@123", "https://x.vn/admin")),
    *(("huong-dan-2026", "HD26-TT-02", "pass", f"a: {{kind: application, name: A, note: {note!r}}}")
      for note in ("Mật khẩu: 12 ký tự trở lên", "https://x.vn/admin-guide", "https://x.vn:8443/v1")),
    ("huong-dan-2026", "HD26-HT-09", "not-applicable",
     "a: {kind: application, name: A}\ntasks:\n  nv: {name: Làm, progress: verified, criteria: Biên bản 12}"),
    ("huong-dan-2026", "HD26-QH-04", "not-applicable",
     "a: {kind: application, name: A, uses: [e]}\n  e: {kind: application, name: E, reference: {issuer: Ngân hàng}}"),
    ("qgs-1425", "Q1425-DC-03", "fail", "a: {kind: site, role: data_centre, name: A, lifecycle: building}"),
    # a part that is gone in the target does not raise a whole that is lower only there
    ("cpdt-1.0", "C10-AT-02", "fail", "a: {kind: application, name: A, security_level: 2, states: [ht, mt]}\n"
     "  b: {kind: application, name: B, security_level: 3, part_of: a, states: [ht]}"),
    ("cpdt-1.0", "C10-AT-02", "not-applicable", "a: {kind: application, name: A, security_level: 2, states: [mt]}\n"
     "  b: {kind: application, name: B, security_level: 3, part_of: a, states: [ht]}"),
    ("cpdt-1.0", "C10-AT-02", "fail", "a: {kind: application, name: A, security_level: 2}\n"
     "  b: {kind: application, name: B, part_of: a}\n"
     "  c: {kind: application, name: C, security_level: 4, part_of: b}"),
    # an internal system that a service uses is no system that offers it; software for the province is no infrastructure
    ("cpdt-1.0", "C10-AT-03", "not-applicable", "a: {kind: application, name: A, security_level: 2}\n"
     "  b: {kind: public_service, name: B, service_level: 4, uses: a}"),
    ("cpdt-1.0", "C10-AT-03", "not-applicable", "a: {kind: platform, name: A, security_level: 2, scope: province}"),
    ("cpdt-1.0", "C10-AT-03", "fail", "a: {kind: portal_service, name: A, security_level: 2, realises: b}\n"
     "  b: {kind: public_service, name: B, service_level: 4}"),
    # a relation that is said not to be there satisfies nothing
    ("cpdt-2.0", "C20-KN-02", "fail",
     "a: {kind: platform, role: lgsp, name: A, connects: [{to: x, status: not-connected}]}\n"
     "  x: {kind: platform, role: ndxp, name: NDXP, reference: {issuer: Bộ}}"),
    # one system after another holds the master data, or one system in two modules, or LGSP between them
    ("qgs-1425", "Q1425-DL-01", "pass", f"a: {{kind: application, name: A, states: [ht], writes: hs}}\n"
     f"  b: {{kind: application, name: B, states: [mt], writes: hs}}\n  {MASTER}"),
    ("qgs-1425", "Q1425-DL-01", "pass", f"a: {{kind: application, name: A}}\n"
     f"  b: {{kind: application, name: B, part_of: a, writes: hs}}\n"
     f"  c: {{kind: application, name: C, part_of: a, writes: hs}}\n  {MASTER}"),
    ("qgs-1425", "Q1425-DL-01", "pass", f"a: {{kind: application, name: A, writes: hs}}\n"
     f"  l: {{kind: platform, role: lgsp, name: L, writes: hs}}\n  {MASTER}"),
    ("qgs-1425", "Q1425-DL-01", "fail", f"a: {{kind: application, name: A, states: [ht, mt], writes: hs}}\n"
     f"  b: {{kind: application, name: B, states: [mt], writes: hs}}\n  {MASTER}"),
    # what goes over the platform is a link with it
    ("qgs-1425", "Q1425-KN-06", "fail", "a: {kind: application, name: A, sends: [{to: b, over: [l]}]}\n"
     "  b: {kind: application, name: B}\n  l: {kind: platform, role: lgsp, name: L}"),
    # LGSP connects to NDXP where its link to something else goes over NDXP
    ("cpdt-2.0", "C20-KN-02", "pass",
     "a: {kind: platform, role: lgsp, name: A, sends: [{to: c, over: [x]}]}\n  c: {kind: data_store, name: C}\n"
     "  x: {kind: platform, role: ndxp, name: NDXP, reference: {issuer: Bộ}}"),
    ("cpdt-2.0", "C20-KN-02", "fail",
     "a: {kind: platform, role: lgsp, name: A, sends: [c]}\n  c: {kind: data_store, name: C}\n"
     "  b: {kind: application, name: B, sends: [{to: c, over: [x]}]}\n"
     "  x: {kind: platform, role: ndxp, name: NDXP, reference: {issuer: Bộ}}"),
    # what goes over LDOP goes on through the agent node that LDOP's own link shows; nothing else lends its node
    ("qgs-1425", "Q1425-KN-02", "pass", f"a: {{kind: application, name: A, sends: [{{to: x, over: [l]}}]}}\n"
     f"  l: {{kind: platform, role: ldop, name: L, connects: [{{to: x, over: [an]}}]}}\n  {AGENT}\n  {NDOP}"),
    ("qgs-1425", "Q1425-KN-02", "pass", f"a: {{kind: application, name: A, sends: [{{to: x, over: [l]}}]}}\n"
     f"  l: {{kind: platform, role: ldop, name: L, connects: [an]}}\n  {AGENT[:-1]}, connects: [x]}}\n  {NDOP}"),
    ("qgs-1425", "Q1425-KN-02", "fail", f"a: {{kind: application, name: A, sends: [{{to: x, over: [l]}}]}}\n"
     f"  l: {{kind: platform, role: ldop, name: L, connects: [x]}}\n  {AGENT}\n  {NDOP}"),
    ("qgs-1425", "Q1425-KN-02", "fail", f"a: {{kind: application, name: A, sends: [x]}}\n"
     f"  l: {{kind: platform, role: ldop, name: L, connects: [{{to: x, over: [an]}}]}}\n  {AGENT}\n  {NDOP}"),
    # a system's own database, said to be part of it, is no exchange; any other is
    ("huong-dan-2026", "HD26-QH-03", "not-applicable",
     "a: {kind: application, name: A, reads: b, writes: b}\n  b: {kind: data_store, name: B, part_of: a}"),
    ("huong-dan-2026", "HD26-QH-03", "not-applicable", "a: {kind: application, name: A}\n"
     "  m: {kind: application, name: M, part_of: a, reads: b}\n  b: {kind: data_store, name: B, part_of: a}"),
    ("huong-dan-2026", "HD26-QH-03", "fail",
     "a: {kind: application, name: A, reads: b}\n  b: {kind: data_store, name: B, part_of: c}\n"
     "  c: {kind: application, name: C}"),
    # nodes that are a data centre or a WAN are asked for a level as they are judged by it; a server is not
    ("cpdt-1.0", "C10-AT-01", "fail", "a: {kind: node, role: data_centre, name: Cụm máy chủ}"),
    ("cpdt-1.0", "C10-AT-01", "not-applicable", "a: {kind: node, name: Máy chủ, scope: province}"),
    ("cpdt-1.0", "C10-AT-01", "pass", "a: {kind: node, name: Cụm, scope: province, part_of: b}\n"
     "  b: {kind: site, name: Trung tâm dữ liệu, owner: so, security_level: 3}"),
    # systems written as portal or infrastructure service are asked, its mere functions are not; a co-owner is none
    ("cpdt-1.0", "C10-AT-01", "fail", "a: {kind: portal_service, name: A, owner: so}"),
    ("cpdt-1.0", "C10-AT-01", "not-applicable", "a: {kind: portal_service, name: Tìm kiếm}"),
    ("cpdt-1.0", "C10-AT-01", "fail", "a: {kind: infra_service, name: A, owner: so}"),
    ("cpdt-1.0", "C10-AT-01", "fail", "a: {kind: application, name: A, co_owners: [so], security_level: 2}"),
    ("cpdt-1.0", "C10-AT-01", "pass", "a: {kind: application, name: A, owner: so, co_owners: [so], security_level: 2}"),
    # the ways that the remedy names are ways: inheriting, using something shared, or a reason
    ("qgs-1425", "Q1425-DC-02", "pass",
     "a: {kind: application, name: A, treatment: add, inherits: b}\n  b: {kind: application, name: B}"),
    ("qgs-1425", "Q1425-DC-02", "pass", "a: {kind: application, name: A, treatment: add, uses: l}\n"
     "  l: {kind: platform, role: lgsp, name: L}"),
    ("qgs-1425", "Q1425-DC-02", "pass", "a: {kind: application, name: A, treatment: add, depends_on: b}\n"
     "  b: {kind: platform, name: B, sharing: province}"),
    ("qgs-1425", "Q1425-DC-02", "fail", "a: {kind: application, name: A, treatment: add, uses: b}\n"
     "  b: {kind: application, name: B, sharing: own}"),
    # somebody else's platform is not the province's
    ("qgs-1425", "Q1425-KN-01", "fail", "a: {kind: platform, role: lgsp, name: A, reference: {issuer: Bộ}}"),
    ("qgs-1425", "Q1425-KN-01", "pass", "a: {kind: platform, role: ldop, name: A, states: [mt]}"),
    # a module and a database that is part of a system say nothing of states; what bears a code does
    ("huong-dan-2026", "HD26-KT-09", "pass", "a: {kind: application, name: A, states: [ht]}\n"
     "  b: {kind: application, name: B, part_of: a}\n  c: {kind: data_store, name: C, part_of: a}\n"
     "  d: {kind: device, name: D}"),
    ("huong-dan-2026", "HD26-KT-09", "fail", "a: {kind: application, name: A, states: [ht]}\n"
     "  b: {kind: application, name: B, part_of: a, codes: {mau03: KT-2}}"),
    # the words of the circular in any combination, and no others
    *(("cpdt-1.0", "C10-KN-03", wanted, f"a: {{kind: application, name: A, reads: [{{to: b, {said}}}]}}\n  {NATIONAL}")
      for wanted, said in (
          ("pass", 'protocol: "SOAP 1.2, HTTPS", format: "XML, mã UTF-8"'),
          ("pass", 'protocol: "Web service (SOAP) qua HTTPS", format: "XML (UTF8)"'),
          ("pass", 'protocol: https, format: xml utf-8'),
          ("fail", 'protocol: "HTTPS, REST", format: XML'),
          ("fail", 'protocol: HTTPS, format: "XML, JSON"'),
          ("fail", 'protocol: FTP, format: XML'),
      )),
    # a module says nothing of its own; what is given a code does, whatever its kind
    *(("huong-dan-2026", id, wanted, f"a: {{kind: application, name: A, {said}}}\n  b: {{kind: {more}}}")
      for id, said in (
          ("HD26-KT-07", "sharing: own"),
          ("HD26-KT-11", "lifecycle: operating"),
          ("HD26-KT-13", "places: {qgs-1425: udnv}"),
      )
      for wanted, more in (
          ("pass", "application, name: B, part_of: a"),
          ("pass", "node, name: B"),
          ("fail", "node, name: B, codes: {mau03: KT-9}"),
          ("fail", "application, name: B, part_of: a, codes: {mau03: KT-9}"),
          ("fail", "application, name: B"),
      )),
    # a state may be called so, and what does not apply is no placeholder; a task needs more than the words
    ("huong-dan-2026", "HD26-TT-03", "pass", "a: {kind: application, name: A, note: N/A}"),
    # types are told of the groups of data that a database holds, or of what a group is part of
    ("qgs-1425", "Q1425-DL-03", "pass", "a: {kind: data_store, name: A}\n"
     "  b: {kind: information, name: B, data_type: master, part_of: a}"),
    ("qgs-1425", "Q1425-DL-03", "pass", "a: {kind: data_store, name: A, data_type: open}\n"
     "  b: {kind: information, name: B, part_of: a}"),
    ("qgs-1425", "Q1425-DL-03", "pass", "a: {kind: data_store, name: A, realises: b}\n"
     "  b: {kind: information, name: B, data_type: master}"),
    ("qgs-1425", "Q1425-DL-03", "fail", "a: {kind: data_store, name: A}\n"
     "  b: {kind: information, name: B, data_type: master}"),
    # an application's own link does not connect the platform; the other platform, the agent node, `over` do
    ("qgs-1425", "Q1425-KN-04", "fail", "l: {kind: platform, role: lgsp, name: L, sends: a}\n"
     f"  a: {{kind: application, name: A, sends: x}}\n  {NDOP}"),
    ("qgs-1425", "Q1425-KN-04", "pass", "l: {kind: platform, role: lgsp, name: L, sends: a}\n"
     f"  a: {{kind: platform, role: ldop, name: A, connects: an}}\n  {AGENT[:-1]}, connects: x}}\n  {NDOP}"),
    ("qgs-1425", "Q1425-KN-04", "pass", "l: {kind: platform, role: lgsp, name: L, sends: [{to: a, over: [x]}]}\n"
     f"  a: {{kind: data_store, name: A}}\n  {NDOP}"),
    ("qgs-1425", "Q1425-KN-04", "fail", "l: {kind: platform, role: lgsp, name: L, sends: c}\n"
     "  b: {kind: application, name: B, sends: [{to: c, over: [x]}]}\n  c: {kind: data_store, name: C}\n"
     f"  {NDOP}"),
    # forty cameras are one sort of device; a code of another list is nobody's prefix
    ("huong-dan-2026", "HD26-KT-14", "not-applicable",
     "a: {kind: device, name: Camera, quantity: 40, codes: {mau03: KT-1}}"),
    ("huong-dan-2026", "HD26-KT-01", "pass", "a: {kind: application, name: A, codes: {mau03: KT-1}}\n"
     "  b: {kind: application, name: B, part_of: a}"),
]  # fmt: skip


def told(id: str, name: str, text: str, title: str = "Kiến trúc", day: str = "") -> RequirementResult:
    """Give what a requirement of an edition says of an architecture with these sections."""
    loaded = load_text(HEAD.format(name=title, edition=name, day=day or DAYS[name]) + text)
    assert loaded.architecture is not None, [finding.code for finding in loaded.findings]
    result = run(loaded.architecture, edition(name), loaded.architecture.cut_off)
    return next(one for one in result.requirements if one.requirement == id)


@pytest.mark.parametrize(("name", "id", "wanted", "elements"), CASES)
def test_what_was_unfair_is_fair(name: str, id: str, wanted: str, elements: str) -> None:
    assert told(id, name, f"elements:\n  {elements}\n").status.value == wanted


def test_a_component_of_several_places_asks_and_does_not_fail() -> None:
    component = "components: {c: {order: 1, name: An toàn, maps: {qgs-1425: [anm, x2]}}}\n"
    text = f"{component}elements: {{a: {{kind: platform, name: A, component: c}}}}\n"
    assert told("Q1425-CT-01", "qgs-1425", text).status is Status.MANUAL


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Khung kiến trúc Chính quyền số tỉnh A", "pass"),
        ("Khung kiến  trúc\u00a0Chính quyền số", "pass"),
        ("Đề cương nhiệm vụ xây dựng Khung kiến trúc Chính quyền số", "fail"),
    ],
)
def test_the_name_begins_with_that_of_its_type(name: str, wanted: str) -> None:
    assert told("HD26-HS-02", "huong-dan-2026", "", name).status.value == wanted


PARTS = ("principles", "goals", "contents", "tasks")
REST = "".join(f"{section}: {{x-{section}: {{name: X}}}}\n" for section in PARTS)
SYSTEM = "kind: application, name: A"
ONE = f"elements: {{a: {{{SYSTEM}}}}}\n"
CONTENT = f"goals: {{g: {{name: G}}}}\nprinciples: {{p: {{name: P}}}}\n{ONE}"
MEMBERS = (
    "components: {c: {order: 1, name: C}}\n"
    "elements:\n  a: {kind: application, name: A, component: c, places: {qgs-1425: udnv}}\n"
    "  b: {kind: application, name: B, component: c"
)
SECTIONS = [
    ("qgs-1425", "Q1425-NV-02", "pass", "tasks: {nv: {name: NV, total: 5 tỷ}}"),
    ("qgs-1425", "Q1425-NV-02", "pass", "tasks: {nv: {name: NV, total: 5 tỷ}, nv-2: {name: NV2, part_of: nv}}"),
    ("qgs-1425", "Q1425-NV-02", "pass", "tasks: {nv: {name: NV}}\nsourcing: {s: {of: nv, form: lease, amount: 5 tỷ}}"),
    ("qgs-1425", "Q1425-NV-02", "pass", "elements: {a: {kind: application, name: A}}\n"
     "tasks: {nv: {name: NV, delivers: a}}\nsourcing: {s: {of: a, form: lease}}"),
    ("qgs-1425", "Q1425-NV-02", "manual",
     "tasks: {nv: {name: NV}}\nsourcing: {s: {of: nv, form: {unknown: chưa quyết}}}"),
    ("qgs-1425", "Q1425-NV-02", "fail", "elements: {a: {kind: application, name: A}}\n"
     "tasks: {nv: {name: NV, covers: a}}\nsourcing: {s: {of: a, form: lease}}"),
    # the current state is described by what is there in it, the target only by what is there then
    *(("huong-dan-2026", "HD26-HS-09", wanted, f"elements: {{a: {{{SYSTEM}, states: {states}}}}}\n{REST}")
      for wanted, states in (("pass", "[ht, mt]"), ("fail", "[ht]"), ("fail", "[mt]"))),
    # a component is mapped through its elements where each has a place or a reason
    ("huong-dan-2026", "HD26-AX-02", "pass", f"{MEMBERS}, outside: {{qgs-1425: Của Trung ương}}}}"),
    ("huong-dan-2026", "HD26-AX-02", "fail", f"{MEMBERS}}}"),
    ("huong-dan-2026", "HD26-AX-02", "fail", "components: {c: {order: 1, name: C}}"),
    # an overall diagram may be one of the pictures that the architecture asks for
    *((name, id, wanted, f"{CONTENT}{more}")
      for name, id in (("cpdt-2.0", "C20-DC-01"), ("cpdt-3.0", "C30-DC-01"), ("cps-4.0", "S40-DC-01"))
      for wanted, more in (("pass", "views: {so-do: {name: Sơ đồ tổng thể}}"), ("fail", ""))),
    # a state or a goal may be called a term; a task may not be due by one
    ("huong-dan-2026", "HD26-TT-03", "pass", f"goals: {{g: {{name: Dài hạn}}}}\n{ONE}"),
    ("huong-dan-2026", "HD26-TT-03", "fail", f"tasks: {{nv: {{name: NV, stage: Dài hạn}}}}\n{ONE}"),
    # one code for an object and a gap, a gap and a task, a task and a goal
    ("huong-dan-2026", "HD26-KT-03", "fail", "elements: {a: {kind: application, name: A, codes: {mau03: ND-1}}}\n"
     "contents: {nd: {name: ND, codes: {mau03: ND-1}}}"),
    ("huong-dan-2026", "HD26-KT-03", "fail", "tasks: {nv: {name: NV, codes: {mau03: NV-1}}}\n"
     "goals: {g: {name: G, codes: {mau03: NV-1}}}"),
    ("huong-dan-2026", "HD26-KT-03", "fail", "elements: {a: {kind: application, name: A, codes: {mau03: KT-1}, "
     "uses: [{to: b, codes: {mau03: KT-1}}]}, b: {kind: application, name: B}}"),
    ("huong-dan-2026", "HD26-KT-03", "pass", "elements: {a: {kind: application, name: A, codes: {mau03: KT-1}}}\n"
     "contents: {nd: {name: ND, codes: {mau03: ND-1}}}\ntasks: {nv: {name: NV, codes: {mau03: NV-1}}}"),
    # a version that is not stated is asked elsewhere
    ("huong-dan-2026", "HD26-SD-03", "not-applicable", f"views: {{v: {{name: V, code: SĐ-T-01}}}}\n{ONE}"),
    # what is kept is no gap
    *(("huong-dan-2026", "HD26-HT-01", wanted, f"{ONE}contents: {{nd: {{name: ND, about: [a], treatment: {said}}}}}")
      for wanted, said in (("not-applicable", "keep"), ("fail", "upgrade"), ("fail", "{unknown: chưa quyết}"))),
    *(("qgs-3090", "Q3090-DC-01", wanted, f"elements: {{a: {{{SYSTEM}, states: {states}}}}}\n{REST}")
      for wanted, states in (("pass", "[ht, mt]"), ("fail", "[mt]"))),
    # of a task made of parts the whole or a part says it; leasing is a resource; unknown criteria verify nothing
    *(("qgs-1425", "Q1425-NV-01", wanted, f"{ONE}tasks: {{nv: {{name: NV{more}}}, nv-2: {{name: NV2{rest}}}}}")
      for wanted, more, rest in (
          ("pass", ", delivers: a", ", part_of: nv"),
          ("pass", "", ", covers: a, part_of: nv"),
          ("fail", "", ", part_of: nv"),
          ("fail", "", ", covers: a"),
          ("pass", ", covers: a", ", progress: stopped"),
      )),
    ("qgs-1425", "Q1425-NV-01", "pass",
     f"{ONE}contents: {{nd: {{name: ND}}}}\ntasks: {{nv: {{name: NV, covers: nd}}}}"),
    *(("qgs-1425", id, "fail", f"{ONE}tasks: {{nv: {{name: NV, progress: {{unknown: chưa rõ}}}}}}")
      for id in ("Q1425-NV-01", "Q1425-NV-02")),
    *(("huong-dan-2026", "HD26-HT-03", wanted, f"{ONE}tasks: {{nv: {{name: NV, codes: {{mau03: NV-1}}, result: A, "
       f"lead: so, priority: high, due: 2027-12-31, criteria: X}}}}\n{more}")
      for wanted, more in (("pass", "sourcing: {s: {of: nv, form: lease}}"), ("fail", ""))),
    ("huong-dan-2026", "HD26-HT-09", "fail",
     f"{ONE}tasks: {{nv: {{name: NV, progress: verified, criteria: {{unknown: chưa rõ}}}}}}"),
    ("huong-dan-2026", "HD26-HT-09", "pass", f"{ONE}tasks: {{nv: {{name: NV, progress: verified}}}}\n"
     "evidence: {e: {name: Biên bản, about: [nv], date: 2025-01-01, until: 2025-12-31}}"),
    *(("qgs-1425", "Q1425-AT-06", wanted, f"elements:\n  a: {{kind: application, name: A, personal_data: true{when}}}\n"
       f"  b: {{kind: data_store, name: B, personal_data: true, part_of: a}}\n{more}")
      for wanted, when, more in (
          ("pass", "", "evidence: {e: {name: E, type: impact-assessment, about: [a]}}"),
          ("not-applicable", ", lifecycle: planned", ""),
          ("fail", ", lifecycle: {unknown: chưa rõ}", ""),
      )),
]  # fmt: skip


@pytest.mark.parametrize(("name", "id", "wanted", "sections"), SECTIONS)
def test_what_was_unfair_between_sections_is_fair(name: str, id: str, wanted: str, sections: str) -> None:
    assert told(id, name, f"{sections}\n").status.value == wanted


@pytest.mark.parametrize(
    ("component", "failing"),
    [
        ("maps: {cpdt-1.0: [quan-ly-chi-dao]}, responsible: so", False),
        ("maps: {cpdt-1.0: [quan-ly-chi-dao]}", True),
        ("maps: {cpdt-1.0: [quan-ly-chi-dao]}, responsible: {unknown: chưa giao}", True),
        ("maps: {cpdt-1.0: [ha-tang-ky-thuat]}, responsible: so", True),
    ],
)
def test_direction_and_management_may_hold_no_element(component: str, failing: bool) -> None:
    answer = told("C10-TP-01", "cpdt-1.0", f"components: {{c: {{order: 1, name: C, {component}}}}}\n")
    place = "ha-tang-ky-thuat" if "ha-tang" in component else "quan-ly-chi-dao"
    (found,) = (one for one in answer.outcomes if one.subjects == (place,))
    assert (found.status is Status.FAIL, found.reason) == (failing, "empty" if failing else "answered-for")


@pytest.mark.parametrize(("part_of", "wanted"), [(", part_of: a", "not-applicable"), ("", "fail")])
def test_two_parts_of_one_system_need_no_platform_between_them(part_of: str, wanted: str) -> None:
    text = (
        "elements:\n  a: {kind: application, role: one_stop, name: A}\n"
        f"  b: {{kind: application, name: B, sends: a{part_of}}}\n"
    )
    assert told("C10-KN-04", "cpdt-1.0", text, day="2018-06-15").status.value == wanted
