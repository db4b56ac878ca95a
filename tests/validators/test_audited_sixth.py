"""What the sixth reader of the requirements found: duplicates, holders of data, parts, what has ended, ministries."""

from __future__ import annotations

import pytest
import yaml
from pydantic import ValidationError

from kientruc.loading import load_text
from kientruc.result import RequirementResult
from kientruc.validators import CHECKS, edition, run

from .test_audited import DAYS

HEAD = """\
format: kientruc/1
architecture: {{id: a, name: Khung, agency: so, edition: {edition}, cut_off: {day}, type: {type}}}
organisations: {{so: {{name: Sở}}}}
"""
STATES = "states: {ht: {name: HT, role: baseline}, mt: {name: MT, role: target}}\n"
MAIL = "c: {kind: application, role: national_shared, name: Thư chung, reference: {issuer: TW}}"
NDXP = "x: {kind: platform, role: ndxp, name: NDXP, owner: so, sharing: nation-a"
LGSP = "l: {kind: platform, role: lgsp, name: LGSP}"
SET = "d: {kind: information, name: Danh mục, data_type: master"
PORTAL = "c: {kind: platform, role: national_portal, name: Cổng, reference: {issuer: Bộ Công an}}"
SERVICE = "p: {kind: public_service, name: Cấp phép, service_level: 4}"
MODULE = "v: {kind: application, name: Phân hệ, part_of: m, realises: p"
CASES = [
    # the original record of the body that has to build a shared component is no duplicate, nor is what inherits it
    *(("Q1425-DC-01", "not-applicable", (f"{NDXP}{code}}}",)) for code in ("", ", codes: {pl2: A08}")),
    ("Q1425-DC-04", "pass", (f"{NDXP}, codes: {{pl2: A08}}}}",)),
    ("Q1425-DC-01", "not-applicable", ("a: {kind: application, name: A, codes: {pl2: B10}, inherits: c}", MAIL)),
    # a shared component is known by its code, its role or its sharing; a national database is one
    *(("Q1425-DC-01", wanted, (f"a: {{kind: {kind}, name: A, duplicates: c}}",
                               f"c: {{kind: {kind}, name: C, {whose}}}"))
      for kind, wanted, whose in (
          ("application", "fail", "codes: {pl2: b35}, reference: {issuer: Bộ}"),
          ("application", "fail", "codes: {pl2: B10}, reference: {issuer: Bộ}"),
          ("application", "fail", "sharing: nation-b, reference: {issuer: Bộ}"),
          ("data_store", "fail", "role: national_population_database, reference: {issuer: Bộ}"),
          ("application", "not-applicable", "codes: {pl2: X10}, reference: {issuer: Bộ}"),
          ("application", "not-applicable", "sharing: ministry, reference: {issuer: Bộ}"),
          ("application", "not-applicable", "codes: {pl2: B10}"),
      )),
    # a part follows the reason of its whole; what has ended is not asked
    *(("Q1425-DC-01", wanted, (f"h: {{kind: application, name: H{why}}}",
                               f"a: {{kind: application, name: A, part_of: h, duplicates: c{more}}}", MAIL))
      for wanted, why, more in (
          ("pass", ", own_because: Luật cơ yếu", ""),
          ("fail", "", ""),
          ("not-applicable", "", ", lifecycle: ended"),
          ("not-applicable", ", lifecycle: ended", ""),
          ("fail", ", lifecycle: ended", ", lifecycle: operating"),
          ("fail", ", lifecycle: {unknown: chưa rõ}", ""),
      )),
    *(("Q1425-DC-02", wanted, ("a: {kind: application, name: A, treatment: add, uses: c}",
                               f"c: {{kind: platform, name: C, codes: {{pl2: {code}}}, reference: {{issuer: Bộ}}}}"))
      for wanted, code in (("pass", "A06"), ("fail", "Z06"))),
    *(("HD26-QH-04", wanted, ("a: {kind: application, name: A, reads: c}",
                              f"c: {{kind: data_store, name: C, {how}, reference: {{issuer: Bộ}}}}"))
      for wanted, how in (("fail", "codes: {pl2: B41}"), ("fail", "role: national_database"),
                          ("not-applicable", "sharing: own"))),
    # data are held where they are stored: who writes into the store holds nothing
    ("Q1425-DL-01", "pass", ("a: {kind: application, name: A, writes: k}", "b: {kind: application, name: B, writes: k}",
                             "k: {kind: data_store, name: K, data_type: master, part_of: a}")),
    ("Q1425-DL-01", "pass", ("a: {kind: application, name: A, writes: d}",
                             "b: {kind: application, name: B, writes: [{to: d, over: l}]}", LGSP,
                             f"{SET}, part_of: k}}", "k: {kind: data_store, name: K, part_of: a}")),
    ("Q1425-DL-01", "fail", (f"{SET}, part_of: k}}", "k: {kind: data_store, name: K}",
                             "m: {kind: data_store, name: M, realises: d}")),
    ("Q1425-DL-01", "fail", ("a: {kind: application, name: A, writes: d}",
                             "b: {kind: portal_service, name: B, writes: d}", f"{SET}}}")),
    ("Q1425-DL-01", "pass", ("a: {kind: application, name: A, writes: d, part_of: h}", "h: {kind: platform, name: H}",
                             "b: {kind: application, name: B, writes: d, part_of: h}", f"{SET}}}")),
    # a copy is put to a person; the shared warehouse is none
    *(("Q1425-DL-01", wanted, (f"{SET}}}", "k: {kind: data_store, name: K, realises: d}",
                               f"m: {{kind: data_store, name: M, {more}}}"))
      for wanted, more in (("manual", "realises: d, duplicates: k"), ("manual", "duplicates: k"),
                           ("pass", "role: data_warehouse, realises: d"),
                           ("pass", "realises: d, lifecycle: ended"))),
    # what is only planned, or has ended, does not count beside what is there
    *(("Q1425-DL-01", wanted, (f"a: {{kind: application, name: A{life}, writes: [{{to: d, status: {one}}}]}}",
                               f"b: {{kind: application, name: B, writes: [{{to: d, status: {other}}}]}}", f"{SET}}}"))
      for wanted, life, one, other in (
          ("pass", "", "existing", "planned"), ("fail", "", "existing", "existing"), ("fail", "", "planned", "planned"),
          ("pass", ", lifecycle: ended", "existing", "existing"),
      )),
    ("Q1425-DL-01", "not-applicable", (f"{SET}}}",)),
    # infrastructure is known by its role; a service of a part is one of its whole
    *((id, "not-applicable", (f"a: {{kind: {kind}, name: A, scope: province, security_level: 2}}",))
      for id in ("C10-AT-03", "Q1425-AT-05") for kind in ("network", "node", "site")),
    *((id, wanted, (f"m: {{kind: application, name: M, security_level: 2{life}}}", f"{MODULE}{more}}}", SERVICE))
      for id in ("C10-AT-03", "Q1425-AT-05")
      for wanted, life, more in (
          ("fail", "", ""), ("not-applicable", ", lifecycle: ended", ""), ("not-applicable", "", ", lifecycle: ended"),
          ("not-applicable", "", ", reference: {issuer: Bộ}"),
      )),
    *(("Q1425-DV-03", wanted, (f"m: {{kind: application, name: M{whole}}}", f"{MODULE}{part}}}", SERVICE, PORTAL,
                               f"s: {{kind: interface, name: S, part_of: m{beside}}}"))
      for wanted, whole, part, beside in (
          ("pass", ", sends: c", "", ""), ("pass", "", ", sends: c", ""), ("pass", "", "", ", sends: c"),
          ("fail", "", "", ""), ("fail", ", sends: c, lifecycle: ended", "", ""),
      )),
    # protocols are asked of links between systems and the platform, not within it
    *(("Q1425-KN-06", wanted, (LGSP, other)) for wanted, other in (
        ("not-applicable", "a: {kind: data_store, name: A, part_of: l, sends: l}"),
        ("not-applicable", "a: {kind: shared_service, name: A, part_of: l, sends: l}"),
        ("not-applicable", "a: {kind: application, name: A, lifecycle: ended, sends: l}"),
        ("not-applicable", "a: {kind: application, name: A, uses: l}"),
        ("not-applicable", "a: {kind: application, name: A, reference: {issuer: Bộ}, sends: l}"),
        ("fail", "a: {kind: node, name: A, sends: l}"),
        ("fail", "a: {kind: application, name: A, sends: l}"),
    )),
    # what has ended has no owner to name, runs no duty and fills no layer
    *((id, "not-applicable", ("a: {kind: application, name: A, lifecycle: ended, security_level: 4}",))
      for id in ("Q1425-CT-06", "Q1425-CT-01", "Q1425-AT-03", "C10-AT-01")),
    ("Q1425-CT-06", "fail", ("a: {kind: application, name: A}",)),
    ("C10-TC-01", "not-applicable", ("a: {kind: application, role: document_management, name: A, lifecycle: ended}",)),
    ("Q1425-DL-02", "not-applicable", ("a: {kind: data_store, name: A, lifecycle: ended}",)),
    ("Q1425-DV-02", "not-applicable", ("m: {kind: application, role: one_stop, name: M, lifecycle: ended, realises: p}",
                                       "p: {kind: public_service, name: P, centralised_by: so}")),
    *(("Q1425-CT-04", wanted, (f"a: {{kind: {kind}, name: A{whose}}}",)) for wanted, kind, whose in (
        ("manual", "site", ""), ("not-applicable", "platform", ", reference: {issuer: Bộ}"),
    )),
    # a gap about a system is about its parts
    *(("HD26-AX-03", wanted, ("a: {kind: application, name: A, mapping: unmapped}",
                              f"b: {{kind: application, name: B, mapping: unmapped{part}}}",
                              "contents: {nd: {name: Ánh xạ hệ thống A, about: [a]}}"))
      for wanted, part in (("pass", ", part_of: a"), ("fail", ""))),
]  # fmt: skip


def told(id: str, elements: tuple[str, ...], type: str = "province", states: str = "") -> RequirementResult:
    """Hold elements, one a line, against one requirement of the edition that its name begins with."""
    name = {"Q": "qgs-1425", "H": "huong-dan-2026", "C": "cpdt-1.0"}[id[0]]
    day = DAYS[name]
    inside = [one for one in elements if not one.startswith("contents:")]
    more = "\n".join(one for one in elements if one.startswith("contents:"))
    head = HEAD.format(edition="cpdt-1.0" if name == "cpdt-1.0" else "qgs-1425", day=day, type=type)
    text = f"{head}{states}elements:\n" + "".join(f"  {one}\n" for one in inside) + more + "\n"
    loaded = load_text(text)
    assert loaded.architecture is not None, [str(finding) for finding in loaded.findings]
    found = run(loaded.architecture, edition(name), loaded.architecture.cut_off, only={id})
    return next(one for one in found.requirements if one.requirement == id)


@pytest.mark.parametrize(("id", "wanted", "elements"), CASES)
def test_what_was_unfair_is_fair(id: str, wanted: str, elements: tuple[str, ...]) -> None:
    assert told(id, elements).status.value == wanted


@pytest.mark.parametrize(
    ("wanted", "old", "new"), [("pass", "[ht]", "[mt]"), ("fail", "[ht]", "[ht, mt]"), ("fail", "[ht, mt]", "[mt]")]
)
def test_what_one_state_holds_and_the_next_takes_over_is_held_once(wanted: str, old: str, new: str) -> None:
    systems = (
        f"{id}: {{kind: application, name: {id}, states: {at}, writes: d}}" for id, at in (("a", old), ("b", new))
    )
    assert told("Q1425-DL-01", (*systems, f"{SET}}}"), states=STATES).status.value == wanted


def test_each_holder_is_named_once_by_the_system_it_is_part_of() -> None:
    stores = (
        f"k{at}: {{kind: data_store, name: Kho {at}, realises: d{more}}}"
        for at, more in enumerate(("", ", part_of: h"))
    )
    (found,) = told("Q1425-DL-01", (*stores, "h: {kind: application, name: Hệ}", f"{SET}}}")).outcomes
    assert (found.status.value, found.reason, found.values["found"], found.values["others"]) == (
        "fail",
        "held-twice",
        "2",
        "Kho 0, Hệ",
    )


@pytest.mark.parametrize("id", ["Q1425-CT-03", "Q1425-CT-05"])
@pytest.mark.parametrize(("type", "asked"), [("province", True), ("ministry", False), ("agency", False)])
def test_figures_of_the_province_are_asked_of_provinces(id: str, type: str, asked: bool) -> None:
    found = told(id, ("a: {kind: platform, name: A, owner: so, places: {qgs-1425: t-ntl-1}}",), type)
    assert (found.status.value != "not-applicable", found.why) == (asked, "" if asked else "other-type")


@pytest.mark.parametrize("id", ["Q1425-CT-03", "Q1425-CT-05"])
def test_who_does_not_say_its_type_is_asked(id: str) -> None:
    text = yaml.safe_load(HEAD.format(edition="qgs-1425", day=DAYS["qgs-1425"], type="province"))
    del text["architecture"]["type"]
    text["elements"] = {"a": {"kind": "platform", "name": "A", "places": {"qgs-1425": "t-ntl-1"}}}
    loaded = load_text(yaml.safe_dump(text, allow_unicode=True))
    assert loaded.architecture is not None, loaded.findings
    found = run(loaded.architecture, edition("qgs-1425"), loaded.architecture.cut_off, only={id})
    assert next(one for one in found.requirements if one.requirement == id).status.value in ("fail", "manual")


@pytest.mark.parametrize(("life", "covered"), [("", True), (", lifecycle: ended", False)])
def test_what_has_ended_covers_no_place(life: str, covered: bool) -> None:
    elements = (
        f"a: {{kind: platform, name: VMS{life}, places: {{qgs-1425: t-ntl-4}}}}",
        "b: {kind: platform, name: LGSP, places: {qgs-1425: t-ntl-1}}",
    )
    found = {one.subjects[0]: one.status.value for one in told("Q1425-CT-03", elements).outcomes}
    assert (found["t-ntl-4"], found["t-ntl-1"]) == ("pass" if covered else "fail", "pass")


def test_each_cross_cutting_component_is_asked_about_by_itself() -> None:
    found = told("Q1425-CT-04", ("a: {kind: application, name: A}",))
    assert [(one.check, one.status.value) for one in found.outcomes] == [(check, "manual") for check in "abcd"]


def test_a_condition_that_no_vocabulary_names_is_refused() -> None:
    words = edition("qgs-1425").words
    check = {"id": "a", "kind": "when_then", "select": {"kind": "application"}, "must": "@dung-chung"}
    with pytest.raises(ValidationError) as error:
        CHECKS.validate_python((check,), context=words)
    (problem,) = error.value.errors()
    assert (problem["type"], problem["ctx"]["found"]) == ("unknown_word", "@dung-chung")
    assert "@dung-chung-quoc-gia" in problem["ctx"]["known"]
