"""What differs, down to the leaf; what only looks different; what the versions say of themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from kientruc.comparing import Nature, What, compare
from kientruc.comparing.compare import are_related
from kientruc.comparing.leaves import KEYS
from kientruc.loading import load_text
from kientruc.model.architecture import SECTIONS, Head
from kientruc.model.element import Relation
from tests.comparing.versions import HEAD, architecture, compared, fields

BASE = """\
organisations: {tinh: {name: Tỉnh}, so: {name: Sở}, ban: {name: Ban}}
sources: {mau: {kind: plan, title: Mẫu}, bao: {kind: press, title: Báo}}
states: {nay: {name: Nay, role: baseline}, dich: {name: Đích, role: target}}
components: {ung-dung: {name: Ứng dụng, order: 1}}
"""
OLD = f"""\
{BASE}elements:
  mot-cua: {{kind: application, name: Một cửa, owner: so, component: ung-dung, states: [nay], sends: [lgsp]}}
  lgsp: {{kind: platform, name: LGSP, in_state: {{dich: {{owner: so}}}}, codes: {{mau03: KT-06}}}}
tasks:
  xay:
    name: Xây
    lead: so
    partners: [so, ban]
    cost: [{{year: 2027, fund: tinh, amount: 100}}, {{year: 2028, fund: tinh, amount: 5}}]
"""


def changed(*pairs: tuple[str, str]) -> list[tuple[str, str, object, object]]:
    new = OLD
    for before, after in pairs:
        assert before in new
        new = new.replace(before, after)
    return fields(compared(OLD, new))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("owner: so, comp", "owner: ban, comp", ("mot-cua", "owner", "so", "ban")),
        ("owner: so, comp", "comp", ("mot-cua", "owner", "so", None)),
        ("dich: {owner: so}", "dich: {owner: ban}", ("lgsp", "in_state.dich.owner", "so", "ban")),
        ("amount: 100", "amount: 90", ("xay", "cost[2027,tinh].amount", 100, 90)),
        ("year: 2028", "year: 2029", ("xay", "cost[2028,tinh].amount", 5, None)),
        ("KT-06", "KT-07", ("lgsp", "codes.mau03", "KT-06", "KT-07")),
        ("states: [nay]", "states: [nay, dich]", ("mot-cua", "states.dich", None, "present")),
        ("[so, ban]", "[ban]", ("xay", "partners", ["ban", "so"], ["ban"])),
        ("order: 1", "order: 2", ("ung-dung", "order", 1, 2)),
        ("lead: so", "lead: {unknown: chưa giao}", ("xay", "lead", "so", {"unknown": "chưa giao"})),
        ("title: Mẫu", "title: Mẫu 2", ("mau", "title", "Mẫu", "Mẫu 2")),
        ("role: target", "role: transition", ("dich", "role", "target", "transition")),
        ("owner: so, comp", "owner: {value: so, source: bao}, comp", ("mot-cua", "owner.source", None, "bao")),
    ],
)  # fmt: skip
def test_a_field_is_told_down_to_its_leaf(before: str, after: str, found: tuple[str, str, object, object]) -> None:
    assert found in changed((before, after))


def test_an_unknown_value_that_stays_unknown_is_told_inside() -> None:
    known = ("lead: so", "lead: {unknown: chưa giao, ask: so}")
    one, other = (OLD.replace(known[0], words) for words in (known[1], known[1].replace("ask: so", "ask: ban")))
    assert fields(compared(one, other)) == [("xay", "lead.ask", "so", "ban")]


def test_the_head_is_compared_and_what_it_says_of_the_change_itself_needs_no_cause() -> None:
    old, new = (architecture(BASE, head) for head in (', version: "0.1"', ', version: "0.2", effective: 2018-01-01'))
    found = compare(old, new)
    assert [(one.path, one.nature) for one in found.records[0].fields] == [
        ("effective", Nature.CONTENT),
        ("version", Nature.COURSE),
    ]
    assert found.counts()["uncaused"] == 1


def test_order_defaults_and_composition_mean_nothing() -> None:
    new = OLD
    for before, after in (
        ("[so, ban]", "[ban, so]"),
        ("kind: application, name: Một cửa", "name: Một cửa, access: internal, kind: application"),
        ("{year: 2027, fund: tinh, amount: 100}, ", ""),
        ("amount: 5}", "amount: 5}, {amount: 100 đồng, year: 2027, fund: tinh}"),
    ):
        assert before in new
        new = new.replace(before, after)
    assert not compare(architecture(OLD), architecture(unicodedata.normalize("NFD", new)))


def test_twins_in_a_list_are_told_apart_by_what_else_they_say() -> None:
    cost = "cost: [{year: 2027, fund: tinh, amount: 100}, {year: 2027, fund: tinh, amount: 7}]"
    old = f"{BASE}tasks: {{xay: {{name: Xây, {cost}}}}}\n"
    assert fields(compared(old, old.replace("amount: 100", "amount: 200"))) == [
        ("xay", "cost[2027,tinh#2].amount", 100, 200)
    ]


def test_source_and_certainty_alone_are_evidence_and_relations_do_not_repeat_them() -> None:
    found = compared(OLD, OLD.replace("owner: so, comp", "owner: so, source: mau, certainty: assumed, comp"))
    assert [(one.path, one.nature) for one in found.records[0].fields] == [
        ("certainty", Nature.EVIDENCE),
        ("source", Nature.EVIDENCE),
    ]
    assert found.relations == ()
    assert found.counts()["uncaused_evidence"] == found.counts()["uncaused"] == 2


def test_relations_come_go_and_change_by_their_ends_or_their_id() -> None:
    found = compared(OLD, OLD.replace("sends: [lgsp]", "sends: [{to: lgsp, protocol: HTTPS}], uses: lgsp"))
    assert [(one.what, one.path, [field.path for field in one.fields]) for one in found.relations] == [
        (What.CHANGED, "sends[lgsp]", ["protocol"]),
        (What.ADDED, "uses[lgsp]", []),
    ]
    named = OLD.replace("sends: [lgsp]", "sends: [{id: q, to: lgsp}]")
    (one,) = compared(named, OLD.replace("sends: [lgsp]", "uses: [{id: q, to: lgsp}]")).relations
    assert [(leaf.path, leaf.before, leaf.after) for leaf in one.fields] == [("verb", "sends", "uses")]


def test_added_and_removed_records_have_all_they_say() -> None:
    new = f"{OLD}legal: {{qd: {{number: 1425/QĐ-TTg, title: Khung}}}}\n"
    (added,), (removed,) = compared(OLD, new).records, compared(new, OLD).records
    assert (added.what, added.id, added.old_id) == (What.ADDED, "qd", "")
    assert (removed.what, removed.id, removed.old_id) == (What.REMOVED, "qd", "qd")
    assert [(one.path, one.before, one.after) for one in added.fields] == [
        ("number", None, "1425/QĐ-TTg"),
        ("title", None, "Khung"),
    ]
    assert [(one.path, one.after, one.before) for one in removed.fields] == [
        (one.path, one.before, one.after) for one in added.fields
    ]


def test_versions_are_recognised_by_their_hash_and_a_wrong_hash_is_told() -> None:
    old = architecture(BASE, ', version: "0.1"')
    right, wrong = (
        architecture(f'{BASE}versions: {{v1: {{number: "0.1", date: 2017-01-01, model: {hash}}}}}\n')
        for hash in ("a" * 64, "b" * 64)
    )
    assert compare(old, right, "a" * 64).known_as == ("0.1",)
    assert compare(old, right, "a" * 64).disputed == ""
    assert (compare(old, wrong, "a" * 64).known_as, compare(old, wrong, "a" * 64).disputed) == ((), "0.1")


def test_two_architectures_without_common_ids_are_not_versions_of_one() -> None:
    head = HEAD.replace("id: kt", "id: khac").replace("agency: tinh", "agency: x")
    apart = load_text(f"{head}}}\norganisations: {{x: {{name: X}}}}\n").architecture
    assert apart is not None
    assert not are_related(architecture(OLD), apart)
    assert are_related(architecture(OLD), architecture(BASE))


def lists_of_mappings(kind: Any, name: str = "") -> Iterator[str]:
    """Name the fields of a model, and of those in it, that hold lists of mappings."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for field, info in kind.model_fields.items():
            yield from lists_of_mappings(info.annotation, field)
    for inner in get_args(kind):
        if get_origin(kind) is tuple and isinstance(inner, type) and issubclass(inner, BaseModel):
            yield name
        yield from lists_of_mappings(inner, name)


def test_every_list_of_mappings_in_the_model_has_keys_to_tell_its_entries_apart() -> None:
    assert {name for model in (Head, Relation, *SECTIONS.values()) for name in lists_of_mappings(model)} == set(KEYS)
