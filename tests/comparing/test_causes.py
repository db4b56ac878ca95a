"""Who asked for a change, and what is said to have changed but did not."""

from __future__ import annotations

import pytest

from kientruc.comparing import What
from kientruc.comparing.select import Places, in_component, only_uncaused
from tests.comparing.versions import architecture, compared, field, ids

BASE = """\
organisations: {tinh: {name: Tỉnh}, so: {name: Sở}, ban: {name: Ban}}
states: {nay: {name: Nay, role: baseline}}
components: {tp: {name: Thành phần, order: 1}, khac: {name: Khác, order: 2}}
rounds: {r: {name: Đợt}}
"""
OLD = f"""\
{BASE}elements:
  a: {{kind: application, name: A cũ, owner: so, component: tp, states: [nay], in_state: {{nay: {{operator: so}}}}}}
  l: {{kind: platform, name: LGSP, component: khac}}
  bo: {{kind: node, name: Máy chủ bỏ đi}}
"""
NEW = f"""\
{BASE}elements:
  a: {{kind: application, name: A mới, owner: ban, component: tp, states: [nay], in_state: {{nay: {{operator: ban}}}},
    uses: [l], sends: [{{to: l}}]}}
  l: {{kind: platform, name: LGSP, component: khac}}
"""


def comment(changed: str, id: str = "c", verdict: str = "accepted") -> str:
    return f"comments: {{{id}: {{round: r, from: so, text: T, verdict: {verdict}, changed: [{changed}]}}}}\n"


def test_a_place_covers_the_whole_record_its_relations_and_what_is_gone() -> None:
    found = compared(OLD, NEW + comment("a, bo") + "retired: {bo: {name: Máy chủ bỏ đi}}\n")
    assert {ids(one.causes)[0] for record in found.records if record.id == "a" for one in record.fields} == {"c"}
    assert [ids(one.causes) for one in found.relations] == [["c"], ["c"]]
    assert [ids(one.causes) for one in found.records if one.what is What.REMOVED] == [["c"]]
    assert (found.counts()["uncaused"], found.unconfirmed) == (0, ())


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ("owner", {"owner"}),
        ("in_state", {"in_state.nay.operator"}),
        ("in_state.nay", {"in_state.nay.operator"}),
        ("name, owner", {"name", "owner"}),
    ],
)
def test_fields_limit_a_place_and_cover_what_lies_under_them(fields: str, paths: set[str]) -> None:
    found = compared(OLD, NEW + comment(f"{{id: a, fields: [{fields}]}}"))
    (record,) = (one for one in found.records if one.id == "a")
    assert {one.path for one in record.fields if one.causes} == paths
    assert [one.causes for one in found.relations] == [(), ()]


def test_a_verb_among_the_fields_covers_its_relations() -> None:
    found = compared(OLD, NEW + comment("{id: a, fields: [sends]}"))
    assert {one.path: ids(one.causes) for one in found.relations} == {"sends[l]": ["c"], "uses[l]": []}
    assert found.unconfirmed == ()


COVERS_OLD = f"""\
{BASE}elements:
  a: {{kind: application, name: A}}
  b: {{kind: application, name: B}}
  c: {{kind: application, name: C}}
tasks:
  viec: {{name: Việc, covers: [c], cost: [{{year: 2027, fund: x, amount: 9}}, {{year: 2028, fund: x, amount: 9}}]}}
"""
COVERS_NEW = COVERS_OLD.replace("covers: [c]", "covers: [a, b]").replace("amount: 9", "amount: 8")


def covered(*changed: str, old: str = COVERS_OLD, new: str = COVERS_NEW) -> dict[str, list[str]]:
    """Give the causes of each relation; the comments are c0, c1, … with the places and what they are about."""
    lines = [
        f"  c{at}: {{round: r, from: so, text: T, verdict: accepted, {some}}}\n" for at, some in enumerate(changed)
    ]
    found = compared(old, new + "comments:\n" + "".join(lines))
    assert found.unconfirmed == ()
    return {one.path: ids(one.causes) for one in found.relations}


def test_who_names_the_other_end_wins_over_who_only_names_the_verb() -> None:
    broad = "{id: viec, fields: [covers]}"
    found = covered(f"changed: [{broad}], about: [a]", f"changed: [{broad}, b]", f"changed: [{broad}]", new=BOTH)
    assert found == {"covers[a]": ["c0"], "covers[b]": ["c1"], "covers[c]": ["c0", "c1", "c2"]}


BOTH = COVERS_NEW.replace("name: B", "name: B mới")


@pytest.mark.parametrize("field", ["covers.a", "covers[a]"])
def test_a_place_may_name_one_target_of_a_verb(field: str) -> None:
    found = covered(
        f"changed: [{{id: viec, fields: ['{field}']}}]", "changed: [{id: viec, fields: [covers]}], about: [a]"
    )
    assert found == {"covers[a]": ["c0"], "covers[b]": ["c1"], "covers[c]": ["c1"]}


def test_a_place_may_name_one_entry_of_a_list() -> None:
    found = compared(COVERS_OLD, COVERS_NEW + comment("{id: viec, fields: [cost.2027]}", "yk"))
    (task,) = (one for one in found.records if one.id == "viec")
    assert {one.path: ids(one.causes) for one in task.fields} == {
        "cost[2027,x].amount": ["yk"],
        "cost[2028,x].amount": [],
    }


def test_a_whole_record_explains_relations_of_others_only_where_it_came_or_went() -> None:
    assert covered("changed: [b]", new=BOTH)["covers[b]"] == []
    without = COVERS_OLD.replace("  b: {kind: application, name: B}\n", "")
    assert covered("changed: [b]", old=without)["covers[b]"] == ["c0"]
    assert covered("changed: [b]", "changed: [{id: viec, fields: [covers]}]", old=without) == {
        "covers[a]": ["c1"],
        "covers[b]": ["c0"],
        "covers[c]": ["c1"],
    }


def test_who_gave_the_other_end_a_new_id_explains_a_relation_only_where_nobody_else_does() -> None:
    old = COVERS_OLD.replace("  b: {kind: application, name: B}", "  bb: {kind: application, name: B}")
    new = COVERS_NEW + "retired: {bb: {name: B, successor: b}}\n"
    assert covered("changed: [b]", old=old, new=new)["covers[b]"] == ["c0"]
    broad = "changed: [{id: viec, fields: [covers]}]"
    assert covered("changed: [b]", broad, old=old, new=new)["covers[b]"] == ["c1"]


@pytest.mark.parametrize("field", ["covers.bb", "covers[bb]", "covers.b"])
def test_a_place_may_name_a_target_by_the_id_it_had_before(field: str) -> None:
    old = COVERS_OLD.replace("  b: {kind: application, name: B}", "  bb: {kind: application, name: B}")
    for between in (old, COVERS_OLD):  # renamed since the older version, or before it
        new = COVERS_NEW + "retired: {bb: {name: B, successor: b}}\n"
        then = between if between == old else between + "retired: {bb: {name: B, successor: b}}\n"
        place = f"changed: [{{id: viec, fields: ['{field}']}}]"
        assert covered(place, old=then, new=new) == {"covers[a]": [], "covers[b]": ["c0"], "covers[c]": []}


def test_a_place_named_by_an_id_that_was_retired_before_both_versions_is_its_successor() -> None:
    retired = "retired: {cu: {name: A cũ, successor: a}, hai: {name: A cũ, successor: [a, l]}}\n"
    found = compared(OLD + retired, NEW + retired + comment("{id: cu, fields: [owner]}, hai"))
    (record,) = (one for one in found.records if one.id == "a")
    assert {one.path for one in record.fields if one.causes} == {"owner"}
    assert [(one.section, one.id) for one in found.unconfirmed] == [("retired", "hai")]


def test_a_renaming_of_what_an_answer_names_makes_no_new_cause() -> None:
    place = "changed: [{id: viec, fields: [covers.%s]}]"
    old = COVERS_NEW + f"comments: {{c0: {{round: r, from: so, text: T, verdict: accepted, {place % 'b'}}}}}\n"
    new = old.replace("  b: {", "  moi: {").replace("b]", "moi]").replace("covers: [a, b", "covers: [a, moi")
    assert [one.causes for one in compared(old, new.replace("name: A", "name: Á")).records] == [(), ()]


@pytest.mark.parametrize(
    "cause",
    [
        "hearings: {h: {name: Họp, order: 1, date: 2017-01-01, conclusions: {c: {text: T, answered_by: [a]}}}}",
        "conditions: {c: {round: r, from: so, text: T, met_by: [a]}}",
        "decisions: {c: {name: Q, date: 2017-01-01, changed: [a]}}",
    ],
)
def test_conclusions_conditions_and_decisions_are_causes_too(cause: str) -> None:
    found = compared(OLD, f"{NEW}{cause}\n")
    assert ids(field(found, "a", "owner").causes) == ["c"]


def test_what_stood_the_same_before_explains_nothing_and_a_new_verdict_does() -> None:
    same = compared(OLD + comment("a"), NEW + comment("a"))
    assert (field(same, "a", "owner").causes, same.unconfirmed) == ((), ())
    newly = compared(OLD + comment("a", verdict="noted"), NEW + comment("a"))
    assert ids(field(newly, "a", "owner").causes) == ["c"]
    wider = compared(OLD + comment("l"), NEW + comment("l, a"))
    assert (ids(field(wider, "a", "owner").causes), wider.unconfirmed) == (["c"], ())


def test_several_causes_are_all_told() -> None:
    two = comment("a") + "decisions: {d: {name: Q, date: 2017-01-01, changed: [{id: a, fields: [owner]}]}}\n"
    assert ids(field(compared(OLD, NEW + two), "a", "owner").causes) == ["c", "d"]


def test_what_is_said_to_have_changed_and_did_not_is_told() -> None:
    found = compared(OLD, NEW + comment("{id: a, fields: [owner, security_level]}, khac"))
    told = [(one.cause.id, one.section, one.id, one.fields) for one in found.unconfirmed]
    assert told == [("c", "elements", "a", ("security_level",)), ("c", "components", "khac", ())]


@pytest.mark.parametrize(("verdict", "count"), [("accepted", 1), ("partly", 1), ("explained", 0), ("noted", 0)])
def test_only_what_was_accepted_promises_a_change(verdict: str, count: int) -> None:
    assert len(compared(OLD, OLD + comment("l", verdict=verdict)).unconfirmed) == count
    assert len(compared(OLD, OLD + comment("", verdict=verdict)).unconfirmed) == count


def test_a_place_may_name_the_id_that_a_renamed_record_had() -> None:
    new = NEW.replace("  l:", "  lgsp:").replace("[l]", "[lgsp]").replace("to: l}", "to: lgsp}")
    found = compared(OLD, new + comment("l") + "retired: {l: {name: LGSP, successor: lgsp}}\n")
    (record,) = (one for one in found.records if one.what is What.RENAMED)
    assert (ids(record.causes), found.unconfirmed) == (["c"], ())


def test_the_course_of_approval_asks_for_no_cause() -> None:
    found = compared(OLD, OLD + comment("", verdict="noted"))
    assert (len(found.records), found.counts()["uncaused"]) == (1, 0)


def test_a_part_is_one_component_or_what_has_no_cause() -> None:
    old, new = architecture(OLD), architecture(NEW + comment("{id: a, fields: [owner]}"))
    found = compared(OLD, NEW + comment("{id: a, fields: [owner]}"))
    inside = in_component(found, Places(old, new), "tp")
    assert ({one.id for one in inside.records}, len(inside.relations)) == ({"a"}, 2)
    assert in_component(found, Places(old, new), "khac").records == ()
    bare = only_uncaused(found)
    assert [field.path for one in bare.records if one.id == "a" for field in one.fields] == [
        "in_state.nay.operator",
        "name",
    ]
    assert bare.counts()["uncaused"] == found.counts()["uncaused"] == sum(len(list(one.lines)) for one in bare.changes)
