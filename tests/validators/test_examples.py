"""Every requirement's own examples: they pass, fail and do not apply; and a passing one can be made to fail."""

from __future__ import annotations

from datetime import date

import pytest

from kientruc.frameworks import Edition, edition_ids
from kientruc.loading import load_text
from kientruc.validators import edition, mutants
from kientruc.validators.examples import Slip, slips

EDITIONS = {id: edition(id) for id in edition_ids()}
OWN = [(id, name) for id, found in EDITIONS.items() for name in found.spans]


@pytest.mark.parametrize(("id", "name"), OWN)
def test_each_example_comes_out_as_it_says(id: str, name: str) -> None:
    found = EDITIONS[id]
    assert list(slips(found, found.requirements[name])) == []


def test_what_is_taken_over_still_binds_where_it_is_taken_over() -> None:
    """An example belongs to the edition it was written for; a later one only says that the duty goes on."""
    assert "C10-AT-01" in EDITIONS["cps-4.0"].requirements
    assert "C10-AT-01" not in EDITIONS["cps-4.0"].spans


# --- the machinery itself notices what is wrong ---

GOOD = EDITIONS["cpdt-1.0"].requirements["C10-AT-01"]
VAN_BAN = "elements:\n  van-ban: {kind: application, name: Quản lý văn bản, owner: so-tttt, security_level: 2}\n"


@pytest.mark.parametrize(
    ("change", "slip"),
    [
        ({"passes": GOOD.fails}, Slip("C10-AT-01", "passes", "status", "fail")),
        ({"fails": GOOD.passes}, Slip("C10-AT-01", "fails", "status", "pass")),
        (
            {"not_applicable": "elements: []"},
            Slip("C10-AT-01", "not_applicable", "loads", "M-TYPE architecture.yaml:11:1"),
        ),
    ],
)
def test_an_example_that_lies_is_told(change: dict[str, str], slip: Slip) -> None:
    assert slip in list(slips(EDITIONS["cpdt-1.0"], GOOD.model_copy(update=change)))


def test_a_requirement_that_nothing_can_fail_is_vacuous() -> None:
    never_fails = [check.model_copy(update={"props": ("kind",)}) for check in GOOD.checks]
    found = list(slips(EDITIONS["cpdt-1.0"], GOOD.model_copy(update={"checks": tuple(never_fails)})))
    assert [slip.code for slip in found] == ["status", "vacuous"]


def test_a_message_with_a_gap_is_told() -> None:
    gap = GOOD.message.model_copy(update={"vi": "Hệ thống “{missing_en_}” thiếu."})
    found = list(slips(EDITIONS["cpdt-1.0"], GOOD.model_copy(update={"message": gap})))
    assert [(slip.example, slip.code, slip.found) for slip in found] == [("fails", "gap", "Hệ thống “” thiếu.")]


# --- mutants ---


def spoilt(text: str) -> set[str]:
    return set(mutants.texts(text, EDITIONS["cpdt-1.0"].law, date(2017, 9, 13)))


@pytest.mark.parametrize(
    ("text", "mutant"),
    [
        ("a:\n  b: x\n  c: y\n", "a:\n  b: x\n"),
        ("a:\n  b:\n    c: y\n  d: z\n", "a:\n  d: z\n"),
        ("a: {b: x, c: y}\n", "a: {b: x}\n"),
        ("a: {b: x, c: y}\n", "a: {c: y}\n"),
        ("a: [b, c]\n", "a: [c]\n"),
        ("a: [b]\n", "a: []\n"),
        ("a: {treatment: keep}\n", "a: {treatment: replace}\n"),
        ("a: {s: present}\n", "a: {s: absent}\n"),
        ("a: {personal_data: true}\n", "a: {personal_data: false}\n"),
        ("a: {kind: site}\n", "a: {kind: application}\n"),
        ("a: {level: 3}\n", "a: {level: 2}\n"),
        ("a: {level: 3}\n", "a: {level: 4}\n"),
        ("a: 2017-09-13\n", "a: 2016-09-13\n"),
        ("a: {number: 13/2017/TT-BTTTT}\n", "a: {number: 1736/BKHCN-CĐSQG}\n"),  # not yet in force on that day
    ],
)
def test_texts_are_spoilt_in_every_way(text: str, mutant: str) -> None:
    assert mutant in spoilt(text)
    assert text not in spoilt(text)


def test_models_are_spoilt_by_their_relations_and_by_twins() -> None:
    snippet = "elements:\n  a: {kind: application, name: A, uses: [b]}\n  b: {kind: platform, name: B}\n"
    architecture = load_text(EDITIONS["cpdt-1.0"].example(snippet)).architecture
    assert architecture is not None
    found = [
        ([(one.source_id, one.target) for one in mutant.relations], sorted(mutant.elements))
        for mutant in mutants.models(architecture)
    ]
    assert ([], ["a", "b"]) in found
    assert ([("b", "a")], ["a", "b"]) in found
    assert ([("a", "b")], ["a", "a-x", "b"]) in found


def test_what_reads_is_made_to_write() -> None:
    snippet = "elements:\n  a: {kind: application, name: A, reads: [b]}\n  b: {kind: data_store, name: B}\n"
    architecture = load_text(EDITIONS["cpdt-1.0"].example(snippet)).architecture
    assert architecture is not None
    assert "writes" in [one.verb for mutant in mutants.models(architecture) for one in mutant.relations]


def test_the_examples_begin_alike() -> None:
    for found in EDITIONS.values():
        assert isinstance(found, Edition)
        assert found.about.example_head.startswith("format: kientruc/1\narchitecture:\n")
        assert f"edition: {found.id}\n" in found.about.example_head
        assert found.example("format: x") == "format: x"
