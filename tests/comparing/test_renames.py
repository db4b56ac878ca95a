"""Which records only got another id: as the new version says, as names, codes and fields tell, and what is unclear."""

from __future__ import annotations

import pytest

from kientruc.comparing import Difference, What
from tests.comparing.versions import compared, fields

BASE = "organisations: {tinh: {name: Tỉnh}, so: {name: Sở Thông tin}}\n"


def renamed(found: Difference) -> dict[str, tuple[str, str]]:
    """Give old ids with the new ones, and how they were recognised."""
    return {one.old_id: (one.id, one.matched) for one in found.records if one.what is What.RENAMED}


def elements(*lines: str) -> str:
    return BASE + "elements:\n" + "".join(f"  {line}\n" for line in lines)


LONG = (
    "kind: application, name: Hệ thống quản lý văn bản và điều hành, description: Dùng ở mọi sở, owner: so, role: email"
)


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("kind: application, name: Một cửa", "kind: application, name: Một cửa", "identical"),
        ("kind: application, name: Một cửa, owner: so", "kind: application, name: “MỘT  cửa”", "name"),
        ("kind: node, name: Máy chủ A, codes: {nas: X}", "kind: node, name: Máy chủ dữ liệu, codes: {nas: X}", "codes"),
        (LONG, LONG.replace("điều hành", "điều hànhh"), "similar"),
    ],
)  # fmt: skip
def test_a_record_is_recognised(old: str, new: str, how: str) -> None:
    assert renamed(compared(elements(f"a: {{{old}}}"), elements(f"b: {{{new}}}"))) == {"a": ("b", how)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: application, name: Một cửa", "kind: platform, name: Một cửa"),
        ("kind: node, name: Phòng máy 1, codes: {nas: X1}", "kind: node, name: Trạm phát, codes: {nas: X1}"),
        (LONG + ", note: Số 1", (LONG + ", note: Số 1").replace("điều hành", "điều hành 2")),
        (LONG, LONG.replace("văn bản và điều hành", "cán bộ")),
    ],
)
def test_another_kind_a_code_that_moved_on_or_another_number_is_no_renaming(old: str, new: str) -> None:
    assert renamed(compared(elements(f"a: {{{old}}}"), elements(f"b: {{{new}}}"))) == {}


def test_what_is_unclear_is_no_renaming() -> None:
    old = elements("a: {kind: site, name: Phòng máy chủ}", "b: {kind: site, name: Phòng máy chủ}")
    found = compared(old, elements("c: {kind: site, name: Phòng máy chủ}"))
    assert renamed(found) == {}
    assert [(one.what.value, one.id) for one in found.records] == [("removed", "a"), ("removed", "b"), ("added", "c")]


def test_the_new_version_decides_and_two_that_became_one_are_removed() -> None:
    old = elements("a: {kind: site, name: A}", "b: {kind: site, name: B}", "c: {kind: site, name: C}")
    new = elements("x: {kind: node, name: X}", "yy: {kind: site, name: A}")
    told = "retired: {a: {name: A, successor: x}, b: {name: B, successor: yy}, c: {name: C, successor: yy}}\n"
    found = compared(old, new + told)
    assert renamed(found) == {"a": ("x", "retired")}
    assert {one.id: one.successors for one in found.records if one.what is What.REMOVED} == {"b": ("yy",), "c": ("yy",)}


def test_references_to_a_renamed_id_are_no_changes() -> None:
    old = """\
        organisations: {tinh: {name: Tỉnh}, so: {name: Sở Thông tin}}
        states: {nay: {name: Nay, role: baseline}}
        components: {tp: {name: Thành phần, order: 1}}
        elements:
          a: {kind: application, name: Một cửa, owner: so, states: [nay], component: tp, uses: [{to: l, contact: so}],
            in_state: {nay: {operator: {value: so, certainty: assumed}}}}
          l: {kind: platform, name: LGSP, reference: {issuer: so}}
        tasks: {t: {name: Xây, lead: {unknown: chưa rõ, ask: so}, delivers: [a], partners: [so]}}
        notes: {gc: {about: a, text: Một câu}}
        """
    new = old
    for before, after in ((" so:", " so-moi:"), (" so,", " so-moi,"), (": so}", ": so-moi}"), ("[so]", "[so-moi]")):
        new = new.replace(before, after)
    for before, after in (
        (" a:", " mot-cua:"),
        ("[a]", "[mot-cua]"),
        ("about: a", "about: mot-cua"),
        (" l:", " lgsp:"),
    ):
        new = new.replace(before, after)
    for before, after in (("to: l,", "to: lgsp,"), ("nay:", "hien-trang:"), ("[nay]", "[hien-trang]"), ("tp", "tp-1")):
        new = new.replace(before, after)
    found = compared(old, new)
    assert {old: new for old, (new, _) in renamed(found).items()} == {
        "so": "so-moi",
        "nay": "hien-trang",
        "tp": "tp-1",
        "a": "mot-cua",
        "l": "lgsp",
    }
    assert (fields(found), found.relations) == ([], ())


def test_an_owner_who_changes_to_another_body_is_told_though_a_component_of_that_id_was_renamed() -> None:
    old = """\
        organisations: {tinh: {name: Tỉnh}, mot: {name: Một}, hai: {name: Hai}}
        components: {mot: {name: Thành phần, order: 1}}
        elements: {a: {kind: application, name: A, owner: mot, component: mot}}
        """
    new = old.replace("components: {mot", "components: {hai").replace(
        "owner: mot, component: mot", "owner: hai, component: hai"
    )
    assert fields(compared(old, new)) == [("a", "owner", "mot", "hai")]


def test_a_comment_that_names_the_id_a_thing_had_is_not_changed_by_its_renaming() -> None:
    comment = "rounds: {r: {name: R}}\ncomments: {c: {round: r, from: so, text: T, about: [a]}}\n"
    old = elements("a: {kind: site, name: Phòng máy}") + comment
    new = elements("b: {kind: site, name: Phòng máy}") + comment + "retired: {a: {name: A, successor: b}}\n"
    found = compared(old, new)
    assert renamed(found) == {"a": ("b", "retired")}
    assert [one.id for one in found.records if one.section == "comments"] == []
