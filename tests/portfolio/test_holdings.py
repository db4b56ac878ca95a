"""What is taken of one architecture: links in their state, duplicates by each way of knowing them, offers, sums."""

from __future__ import annotations

import pytest

from kientruc import api
from kientruc.portfolio.holdings import Holdings
from kientruc.portfolio.spending import spending
from tests.portfolio.made import root


def holdings(elements: str) -> Holdings:
    made = api.load_text(root("tinh", "Tỉnh", "qgs-1425") + elements)
    assert made.architecture is not None, made.findings
    return Holdings(made.architecture, (api.edition("qgs-1425"),))


@pytest.mark.parametrize(
    ("states", "status", "told"),
    [
        ("[nay, dich]", "", "present"),
        ("[dich]", "", "planned"),
        ("[nay, dich]", "status: planned", "planned"),
        ("{nay: unknown}", "", "unknown"),
        ("", "", "unsaid"),
        ("", "status: proposed", "planned"),
        ("", "status: not-connected", "missing"),
    ],
)
def test_a_link_stands_as_its_states_say_or_else_its_status(states: str, status: str, told: str) -> None:
    said = f", states: {states}" if states else ""
    found = holdings(
        f"""\
elements:
  lgsp: {{kind: platform, role: lgsp, name: LGSP, sends: [{{to: ngsp, {status}}}]{said}}}
  ngsp: {{kind: platform, role: ngsp, name: NGSP, reference: {{issuer: Bộ}}{said}}}
""".replace("to: ngsp, }", "to: ngsp}")
    )
    assert {link.role: link.state for link in found.links() if link.role in ("ngsp", "nas")} == {
        "ngsp": told,
        "nas": "missing",
    }


def test_a_link_between_two_national_things_is_none_of_ours_and_a_wide_role_counts_narrow_ones() -> None:
    found = holdings("""\
elements:
  ndxp: {kind: platform, role: ndxp, name: NDXP, reference: {issuer: Bộ}, states: [nay], sends: ngsp}
  ngsp: {kind: platform, role: ngsp, name: NGSP, reference: {issuer: Bộ}, states: [nay]}
  lgsp: {kind: platform, role: lgsp, name: LGSP, states: [nay], sends: {to: kho, over: [ndxp]}}
  kho: {kind: data_store, name: Kho, states: [nay]}
""")
    links = {link.role: (link.state, link.id, link.via) for link in found.links()}
    assert links["ngsp"] == ("missing", "ngsp", "")
    assert links["ndxp"] == links["national_sharing"] == ("present", "ndxp", "lgsp")


def test_a_duplicate_is_known_by_code_by_relation_or_by_name_and_tells_its_reason() -> None:
    name = api.edition("qgs-1425").words.shared["b15"].name.vi
    found = holdings(f"""\
elements:
  ma: {{kind: application, name: A, codes: {{pl2: a05}}, own_because: Chưa có}}
  noi: {{kind: application, name: B, own_because: {{unknown: chưa hỏi}}}}
  chung: {{kind: application, name: C, sharing: nation-b, reference: {{issuer: Bộ}}, duplicates: noi}}
  ten: {{kind: application, name: "{name} tỉnh Mẫu", successor: chung}}
  rieng: {{kind: application, name: D, codes: {{pl2: z99}}}}
""")
    told = {one.id: (one.how, one.platform, one.group, one.reason, one.successor) for one in found.duplicates()}
    assert told == {
        "ma": ("code", "a05", "A", "stated", ""),
        "noi": ("relation", "", "B", "unknown", ""),
        "ten": ("name", "b15", "B", "none", "chung"),
    }


def test_what_is_new_is_in_the_target_alone_or_said_to_be_added() -> None:
    found = holdings("""\
elements:
  a: {kind: platform, name: A, states: [dich]}
  b: {kind: platform, name: B, states: [nay, dich]}
  c: {kind: platform, name: C, treatment: add}
  d: {kind: platform, name: D}
  e: {kind: platform, name: E, reference: {issuer: Bộ}}
  g: {kind: network, name: G, states: [dich]}
""")
    assert {one.id: one.new for one in found.offers()} == {"a": True, "b": False, "c": True, "d": False}


def test_sums_count_what_is_unknown_apart_and_split_what_is_mixed() -> None:
    found = holdings("""\
elements:
  a: {kind: platform, name: A}
tasks:
  v1:
    name: Việc 1
    stage: I
    cost: [{year: 2027, fund: f, amount: 2 tỷ}, {year: 2028, fund: f, amount: {unknown: chưa rõ}}]
  v2: {name: Việc 2, period: {from: 2028, until: 2030}, total: 5 tỷ}
  v3: {name: Việc 3, progress: stopped, total: 9 tỷ}
sourcing:
  s: {of: a, form: invest, amount: 7 tỷ, shares: [{form: lease, amount: 3 tỷ}, {form: invest, amount: 4 tỷ}]}
""")
    told = [(one.by, one.group, one.amount, one.counted, one.missing) for one in spending(found.architecture)]
    billion = "000000000"
    assert told == [
        ("form", "invest", f"4{billion}", 1, 0),
        ("form", "lease", f"3{billion}", 1, 0),
        ("phase", "2028–2030", f"5{billion}", 1, 0),
        ("phase", "I", f"2{billion}", 1, 1),
        ("year", "2027", f"2{billion}", 1, 0),
        ("year", "2028", "0", 0, 1),
        ("year", None, f"5{billion}", 1, 0),
    ]
