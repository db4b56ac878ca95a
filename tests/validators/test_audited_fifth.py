"""What the fifth reader of the requirements found: states, wholes and hosts, lists of nothing, kinds left out."""

from __future__ import annotations

import pytest

from .test_audited import told

BOTH = "continuity: [backup, disaster-recovery]"
FOUR = "kind: application, name: A, security_level: 4"
NDXP = "x: {kind: platform, role: ndxp, name: NDXP, reference: {issuer: Bộ}}"
ELEMENTS = [
    # wholes and hosts are followed however many steps away; own and theirs count together
    *(("qgs-1425", "Q1425-AT-03", wanted, f"a: {{{FOUR}{own}, hosted_on: h}}\n"
       f"  h: {{kind: {host}: s}}\n  s: {{kind: site, name: S, continuity: [{has}]}}")
      for host in ("node, name: H, part_of", "platform, name: H, hosted_on")
      for wanted, own, has in (
          ("pass", "", "backup, disaster-recovery"),
          ("pass", ", continuity: [backup]", "disaster-recovery"),
          ("fail", ", continuity: [backup]", "backup"),
      )),
    ("qgs-1425", "Q1425-AT-03", "manual", f"a: {{{FOUR}, continuity: [backup], hosted_on: h}}\n"
     "  h: {kind: site, name: S, continuity: {unknown: chưa rõ}}"),
    # what only the current state has does not meet what is asked of the target
    *(("qgs-1425", "Q1425-AT-03", wanted,
       f"a: {{{FOUR}, hosted_on: [{{to: c, states: [ht]}}, {{to: m, states: [mt]}}]}}\n"
       f"  c: {{kind: site, name: C{old}}}\n  m: {{kind: site, name: M{new}}}")
      for wanted, old, new in (("pass", "", f", {BOTH}"), ("fail", f", {BOTH}", ""))),
    *(("cps-4.0", "S40-KN-01", wanted,
       f"a: {{kind: platform, role: lgsp, name: A, connects: [{{to: x, states: [{at}]}}]}}\n  {NDXP}")
      for wanted, at in (("fail", "ht"), ("pass", "mt"), ("pass", "ht, mt"))),
    ("cps-4.0", "S40-KN-01", "pass",
     f"a: {{kind: platform, role: lgsp, name: A, states: [ht], connects: [{{to: x, states: [ht]}}]}}\n  {NDXP}"),
    *(("qgs-1425", "Q1425-DV-01", wanted,
       f"a: {{kind: application, role: one_stop, name: A, uses: tc, sends: [{{to: p, states: [{at}]}}]}}\n"
       "  tc: {kind: platform, role: tthc_component, name: TC, reference: {issuer: VPCP}}\n"
       "  p: {kind: platform, role: national_portal, name: Cổng, reference: {issuer: VPCP}}")
      for wanted, at in (("fail", "ht"), ("pass", "ht, mt"))),
    *(("qgs-1425", "Q1425-DV-02", wanted,
       f"a: {{kind: application, role: one_stop, name: A, realises: [{{to: d, states: [{at}]}}]}}\n"
       "  d: {kind: public_service, name: D, centralised_by: so}") for wanted, at in (("pass", "ht"), ("fail", "mt"))),
    # a part that names no states goes with its whole; one that changes its whole follows the one it goes to
    ("qgs-1425", "Q1425-CT-06", "pass", "a: {kind: application, name: A, owner: so, states: [ht]}\n"
     "  b: {kind: data_store, name: B, part_of: a}"),
    ("qgs-1425", "Q1425-CT-06", "fail", "a: {kind: application, name: A, owner: so}\n"
     "  b: {kind: data_store, name: B, part_of: [{to: a, states: [ht]}]}"),
    # networks and sites follow what they are part of; systems of others lie at the boundary
    *(("qgs-1425", "Q1425-CT-01", wanted,
       f"w: {{kind: {kind}, name: W{placed}}}\n  b: {{kind: {part}, name: B, part_of: w}}")
      for kind, part in (("network", "network"), ("site", "site"), ("site", "network"))
      for wanted, placed in (("pass", ", places: {qgs-1425: hts}"), ("fail", ""))),
    *(("qgs-1425", "Q1425-CT-01", wanted, f"a: {{kind: application, name: A{whose}}}")
      for wanted, whose in (("not-applicable", ", reference: {issuer: Tỉnh ủy}"), ("fail", ""))),
    # a part of somebody else does not settle the level of what it is joined to
    *((name, id, wanted, "a: {kind: network, name: WAN, security_level: 2}\n"
       f"  b: {{kind: network, name: LAN, security_level: 4, part_of: a{whose}}}")
      for name, id in (("cpdt-1.0", "C10-AT-02"), ("qgs-1425", "Q1425-AT-02"))
      for wanted, whose in (("not-applicable", ", reference: {issuer: Công an}"), ("fail", ""))),
    # LGSP may be joined to NDXP by a part of it, or lie on the way of others; what has ended is not asked
    *(("cps-4.0", "S40-KN-01", wanted, f"l: {{kind: platform, role: lgsp, name: L}}\n  {NDXP}\n  {more}")
      for wanted, more in (
          ("pass", "i: {kind: interface, name: I, part_of: l, connects: x}"),
          ("pass", "a: {kind: application, name: A, reads: [{to: d, over: [l, x]}]}\n  d: {kind: data_store, name: D}"),
          ("fail", "a: {kind: application, name: A, reads: [{to: d, over: [x]}]}\n  d: {kind: data_store, name: D}"),
          ("fail", "c: {kind: platform, role: lgsp, name: C, lifecycle: ended, connects: x}"),
      )),
    ("cps-4.0", "S40-KN-01", "not-applicable", "l: {kind: platform, role: lgsp, name: L, lifecycle: ended}"),
    # whether personal data are processed is not known; a portal is asked
    ("qgs-1425", "Q1425-AT-07", "manual", "a: {kind: application, name: A, personal_data: {unknown: chưa rõ}}"),
    ("qgs-1425", "Q1425-AT-07", "fail", "a: {kind: portal_service, name: A, personal_data: true}"),
    # equal names are a suspicion; two references of a central system are two records
    *(("huong-dan-2026", "HD26-KT-05", wanted, f"a: {{kind: application, name: A{whose}}}\n"
       f"  b: {{kind: application, name: A{whose}}}")
      for wanted, whose in (("manual", ""), ("fail", ", reference: {issuer: Bộ}"))),
    # a dossier told in words, or whose level was approved, is for a person; what is only planned has none yet
    *(("cpdt-1.0", id, wanted, f"a: {{kind: application, name: A, security_level: 2{more}}}")
      for id, wanted, more in (
          ("C10-AT-04", "fail", ""),
          ("C10-AT-05", "not-applicable", ""),
          ("C10-AT-04", "not-applicable", ", lifecycle: planned"),
          ("C10-AT-04", "not-applicable", ", level_dossier: [Thuyết minh đã duyệt]"),
          ("C10-AT-05", "manual", ", level_dossier: [Thuyết minh đã duyệt]"),
          ("C10-AT-04", "fail", ", level_dossier: [mo-ta-tong-quan, Thuyết minh]"),
          ("C10-AT-04", "not-applicable", "}\nevidence:\n  qd: {name: QĐ, type: level-approval, about: [a]"),
          ("C10-AT-05", "manual", "}\nevidence:\n  qd: {name: QĐ, type: level-approval, about: [a]"),
      )),
    # services of a portal and shared services are systems where they say so themselves
    *(("qgs-1425", "Q1425-AT-03", "fail", f"a: {{kind: {kind}, name: A, security_level: 4}}")
      for kind in ("portal_service", "shared_service")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "id", "wanted", "elements"), ELEMENTS)
def test_what_was_unfair_is_fair(name: str, id: str, wanted: str, elements: str) -> None:
    assert told(id, name, f"elements:\n  {elements}\n").status.value == wanted


@pytest.mark.parametrize(
    ("standards", "wanted"), [("standards: [XML], ", "pass"), ("", "fail"), ("standards: [], ", "fail")]
)
def test_a_list_of_nothing_is_no_word_of_ones_own(standards: str, wanted: str) -> None:
    text = (
        f"elements:\n  a: {{kind: application, {standards}name: A}}\n"
        "  b: {kind: application, standards: [], name: B, part_of: a}\n"
    )
    assert told("C10-TC-03", "cpdt-1.0", text, day="2018-08-15").status.value == wanted


def test_what_has_ended_declares_no_standards() -> None:
    text = "elements: {a: {kind: application, name: A, lifecycle: ended}}\n"
    assert told("C10-TC-03", "cpdt-1.0", text, day="2018-08-15").status.value == "not-applicable"


def test_a_level_that_falls_short_is_told_with_its_state() -> None:
    text = (
        "elements:\n  a: {kind: application, name: A, security_level: 2, states: [ht, mt], "
        "in_state: {mt: {security_level: 3}}}\n"
        "  b: {kind: application, name: B, security_level: 3, part_of: a, states: [ht, mt]}\n"
    )
    (found,) = told("C10-AT-02", "cpdt-1.0", text).outcomes
    assert (found.values["at"], found.values["at_en"]) == (" ở trạng thái “Hiện trạng”", " in state “Hiện trạng”")


KEPT = "a: {kind: site, name: TTDL, states: [ht, mt], treatment: keep}"
TREATED = [
    ("pass", f"{KEPT}\n  b: {{kind: application, name: B, states: [ht, mt], hosted_on: [{{to: a, states: [mt]}}]}}"),
    ("pass", "a: {kind: application, name: A, states: [ht, mt], treatment: keep, "
     "uses: [{to: c, states: [ht]}, {to: m, states: [mt]}]}\n"
     "  c: {kind: platform, name: C, states: [ht], successor: m}\n  m: {kind: platform, name: M, states: [mt]}"),
    ("fail", "a: {kind: application, name: A, states: [ht, mt], treatment: keep, uses: [{to: m, states: [mt]}]}\n"
     "  m: {kind: platform, name: M, states: [ht, mt]}"),
    ("pass", "a: {kind: application, name: A, states: [ht, mt], treatment: keep, "
     "in_state: {ht: {lifecycle: trial}, mt: {lifecycle: operating}}}"),
    ("pass", "a: {kind: application, name: A, states: [ht], treatment: merge, successor: c}\n"
     "  c: {kind: application, name: C, states: [mt]}\ntasks: {nv: {name: NV, delivers: c}}"),
    ("fail", "a: {kind: application, name: A, states: [ht], treatment: merge, successor: c}\n"
     "  c: {kind: application, name: C, states: [mt]}\ntasks: {nv: {name: NV}}"),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "elements"), TREATED)
@pytest.mark.parametrize(("name", "id"), [("huong-dan-2026", "HD26-HT-08"), ("qgs-1425", "Q1425-TT-01")])
def test_a_treatment_is_held_to_ones_own_changes(name: str, id: str, wanted: str, elements: str) -> None:
    assert told(id, name, f"elements:\n  {elements}\n").status.value == wanted


TASK = "name: A, codes: {mau03: NV-1}, result: R, lead: so, priority: high, due: 2027-06-30, criteria: C"
OTHERS = [
    ("HD26-HT-03", "pass", f"tasks: {{a: {{{TASK}, resources: [người], part_of: b}}, b: {{name: B}}}}"),
    ("HD26-HT-03", "fail", f"tasks: {{a: {{{TASK}, resources: [người]}}, b: {{name: B}}}}"),
    ("HD26-HT-03", "pass", f"tasks: {{a: {{{TASK}, resources: [người]}}, b: {{name: B, progress: stopped}}}}"),
    ("HD26-HT-03", "pass", f"tasks: {{a: {{{TASK}, programme: Kế hoạch 12}}}}"),
    ("HD26-HT-12", "fail", "goals: {g: {name: G}}\n"
     "elements: {a: {kind: application, name: A, states: [ht], realises: g}}"),
    ("HD26-HT-12", "pass", "goals: {g: {name: G}}\nelements: {a: {kind: application, name: A, realises: g}}"),
    ("HD26-HT-12", "fail", "goals: {g: {name: G}}\ntasks: {a: {name: Tập huấn, realises: g}}"),
    ("HD26-HT-13", "manual", "goals: {g: {name: G}, h: {name: H, part_of: g}}"),
    ("HD26-HT-14", "manual", "contents: {c: {name: Phương án đặc thù cho hải đảo}}"),
    ("HD26-HT-14", "not-applicable", "contents: {c: {name: Nối LGSP}}"),
    *(("HD26-TT-03", wanted, f"tasks: {{a: {{name: A, result: {said!r}}}}}") for wanted, said in (
        ("fail", "[Tên hệ thống]"), ("fail", "[ngày/tháng/năm]"), ("fail", "…"), ("fail", "Chưa xác định;"),
        ("fail", "Giai đoạn ngắn hạn"), ("pass", "Nối [LGSP]"),
    )),
    ("HD26-TT-03", "pass", "rounds: {v: {name: V}}\n"
     "comments: {c: {round: v, from: so, text: \"Thay [Tên khung] bằng tên đầy đủ\"}}"),
]  # fmt: skip


@pytest.mark.parametrize(("id", "wanted", "sections"), OTHERS)
def test_what_was_unfair_in_the_draft_guide_is_fair(id: str, wanted: str, sections: str) -> None:
    more = "" if "elements:" in sections else "\nelements: {e: {kind: application, name: E}}"
    assert told(id, "huong-dan-2026", f"{sections}{more}\n").status.value == wanted
