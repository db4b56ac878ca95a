"""What holds for any two versions: nothing differs from itself, back mirrors forth, renaming is seen as renaming."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc.comparing import Difference, What, compare
from kientruc.model.architecture import Architecture
from kientruc.refactoring.same import Renaming
from tests.comparing.versions import architecture

FEW = settings(max_examples=60, deadline=None)
NAMES = ("Một cửa", "LGSP", "Cổng dữ liệu", "Thư điện tử", "Quản lý văn bản", "Bản đồ số")
OWNERS = ("so", "ban", "tinh")
BASE = """\
organisations: {tinh: {name: Tỉnh}, so: {name: Sở}, ban: {name: Ban}}
states: {nay: {name: Nay, role: baseline}}
"""


@st.composite
def elements(draw: st.DrawFn) -> dict[str, str]:
    """Draw elements by id, each written on one line; relations go to what is there."""
    ids: list[str] = draw(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1))
    found = {}
    for id in ids:
        name: str = draw(st.sampled_from(NAMES))
        owner: str = draw(st.sampled_from(OWNERS))
        line = f"kind: application, name: {name}, owner: {owner}"
        if draw(st.booleans()):
            line += f", in_state: {{nay: {{operator: {draw(st.sampled_from(OWNERS))}}}}}, states: [nay]"
        if draw(st.booleans()):
            line += f", codes: {{mau03: {draw(st.sampled_from(('K1', 'K2')))}}}"
        others = sorted(set(ids) - {id})
        used: list[str] = draw(st.lists(st.sampled_from(others), unique=True)) if others else []
        if used:
            line += f", uses: [{', '.join(used)}]"
        found[id] = line
    return found


def text_of(some: dict[str, str]) -> str:
    return BASE + "elements:\n" + "".join(f"  {id}: {{{line}}}\n" for id, line in some.items())


def mirrored(found: Difference) -> Counter[tuple[object, ...]]:
    turned = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED}
    return Counter(
        [
            (
                turned.get(one.what, one.what),
                one.section,
                one.old_id or one.id,
                field.path,
                str(field.after),
                str(field.before),
            )
            for one in found.records
            for field in one.fields
            if one.what is not What.RENAMED
        ]
    )


def told(found: Difference) -> Counter[tuple[object, ...]]:
    return Counter(
        (one.what, one.section, one.id, field.path, str(field.before), str(field.after))
        for one in found.records
        for field in one.fields
        if one.what is not What.RENAMED
    )


@given(elements())
@FEW
def test_nothing_differs_from_itself_written_in_another_order(some: dict[str, str]) -> None:
    turned = dict(reversed(some.items()))
    assert not compare(architecture(text_of(some)), architecture(text_of(turned)))


@given(elements(), elements())
@FEW
def test_back_is_forth_mirrored(one: dict[str, str], other: dict[str, str]) -> None:
    old, new = architecture(text_of(one)), architecture(text_of(other))
    forth, back = compare(old, new), compare(new, old)
    assert bool(forth) == (dict(sorted(one.items())) != dict(sorted(other.items())) and differ(old, new))
    renamed = {(record.old_id, record.id) for record in forth.records if record.what is What.RENAMED}
    assert {(record.id, record.old_id) for record in back.records if record.what is What.RENAMED} == renamed
    if not renamed:
        assert mirrored(back) == told(forth)
        counts, others = forth.counts(), back.counts()
        assert counts["relations_added"] == others["relations_removed"]


def differ(old: Architecture, new: Architecture) -> bool:
    """Ask somebody else: the comparison that guards renamings, of an id that is not there."""
    return Renaming(old, new, "elements", "–", "–").first_difference() is not None


@given(elements(), elements())
@FEW
def test_changed_fields_applied_to_the_old_one_give_the_new_one(one: dict[str, str], other: dict[str, str]) -> None:
    """Of the owners: those of the old one, with what the difference says of them, are those of the new one."""
    old, new = architecture(text_of(one)), architecture(text_of(other))
    owners = {id: element.owner for id, element in old.elements.items()}
    found = compare(old, new)
    for record in (record for record in found.records if record.section == "elements"):
        if record.what is not What.ADDED:
            owner = owners.pop(record.old_id)
        else:
            owner = None
        changed = next((field.after for field in record.fields if field.path == "owner"), owner)
        if record.what is not What.REMOVED:
            owners[record.id] = changed
    assert owners == {id: element.owner for id, element in new.elements.items()}


@given(st.integers(0, 2**32), st.integers(1, 20))
@FEW
def test_any_elements_that_are_renamed_are_found(seed: int, count: int) -> None:
    names = [f"Hệ thống {word} {number}" for number, word in enumerate(("văn bản", "đất đai", "hộ tịch", "y tế") * 10)]
    lines = [
        f"  e{at}: {{kind: application, name: {name}, owner: so, uses: [e{(at + 1) % len(names)}]}}\n"
        for at, name in enumerate(names)
    ]
    old = BASE + "elements:\n" + "".join(lines)
    chosen = random.Random(seed).sample(range(len(names)), count)
    new = old
    for at in chosen:
        new = new.replace(f"  e{at}:", f"  moi-{at}:").replace(f"[e{at}]", f"[moi-{at}]")
    found = compare(architecture(old), architecture(new))
    assert {(one.old_id, one.id) for one in found.records if one.what is What.RENAMED} == {
        (f"e{at}", f"moi-{at}") for at in chosen
    }
    assert (len(found.records), found.relations) == (count, ())
    assert all(not one.fields for one in found.records)
