"""What two independent readers of the requirements found unfair: each case, and how it comes out now."""

from __future__ import annotations

import pytest

from kientruc.loading import load_text
from kientruc.result import Status
from kientruc.validators import edition, run

HEAD = """
format: kientruc/1
architecture: {{id: a, name: "{name}", agency: so, edition: {edition}, cut_off: {day}, type: province}}
organisations: {{so: {{name: Sở}}}}
states:
  ht: {{role: baseline, name: Hiện trạng}}
  mt: {{role: target, name: Mục tiêu}}
"""
DAYS = {"cpdt-1.0": "2017-09-13", "cpdt-2.0": "2020-06-01", "qgs-1425": "2026-11-25", "huong-dan-2026": "2026-11-25"}
MASTER = "hs: {kind: information, name: Hồ sơ, data_type: master}"
CASES = [
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
    # forty cameras are one sort of device; a code of another list is nobody's prefix
    ("huong-dan-2026", "HD26-KT-14", "not-applicable",
     "a: {kind: device, name: Camera, quantity: 40, codes: {mau03: KT-1}}"),
    ("huong-dan-2026", "HD26-KT-01", "pass", "a: {kind: application, name: A, codes: {mau03: KT-1}}\n"
     "  b: {kind: application, name: B, part_of: a}"),
]  # fmt: skip


def status(id: str, text: str, name: str, day: str) -> str:
    loaded = load_text(text)
    assert loaded.architecture is not None, [finding.code for finding in loaded.findings]
    result = run(loaded.architecture, edition(name), loaded.architecture.cut_off)
    return next(one.status for one in result.requirements if one.requirement == id).value


@pytest.mark.parametrize(("name", "id", "wanted", "elements"), CASES)
def test_what_was_unfair_is_fair(name: str, id: str, wanted: str, elements: str) -> None:
    text = HEAD.format(name="Kiến trúc", edition=name, day=DAYS[name]) + f"elements:\n  {elements}\n"
    assert status(id, text, name, DAYS[name]) == wanted


def test_a_component_of_several_places_asks_and_does_not_fail() -> None:
    head = HEAD.format(name="Kiến trúc", edition="qgs-1425", day="2026-11-25")
    component = "components: {c: {order: 1, name: An toàn, maps: {qgs-1425: [anm, x2]}}}\n"
    text = f"{head}{component}elements: {{a: {{kind: platform, name: A, component: c}}}}\n"
    assert status("Q1425-CT-01", text, "qgs-1425", "2026-11-25") == Status.MANUAL.value


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Khung kiến trúc Chính quyền số tỉnh A", "pass"),
        ("Khung kiến  trúc\u00a0Chính quyền số", "pass"),
        ("Đề cương nhiệm vụ xây dựng Khung kiến trúc Chính quyền số", "fail"),
    ],
)
def test_the_name_begins_with_that_of_its_type(name: str, wanted: str) -> None:
    text = HEAD.format(name=name, edition="huong-dan-2026", day="2026-11-25")
    assert status("HD26-HS-02", text, "huong-dan-2026", "2026-11-25") == wanted
