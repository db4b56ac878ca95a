"""Fixes are tried on every case of loading: afterwards the finding is gone, nothing new came, and no more is mended."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kientruc.frameworks import roles
from kientruc.loading import load
from kientruc.loading.gathered import ID
from kientruc.loading.relations import VERBS
from kientruc.loading.sections import TOP
from kientruc.messages import keys
from kientruc.model.kinds import Kind
from kientruc.model.values import Access, Certainty, Treatment
from kientruc.refactoring.certain import certain, certain_id
from kientruc.refactoring.fixes import MECHANICAL
from kientruc.refactoring.mend import mend, with_fixes
from tests import mutants
from tests.conftest import HEAD
from tests.loading.test_cases import CASES, cases

LEFT = {  # cases of mechanical codes whose remedy takes judgement all the same
    *(
        "M-EDITION-head",
        "M-EDITION-maps",
        "M-EDITION-view",
        "M-NOFIELD-conclusion",
        "M-PLACE-element",
        "M-DAYFORM-month",
    ),
    *("M-FORMAT-wrong", "M-KEY-id", "M-KEY-to", "M-KEY-unknown-ask", "M-VALUE-default", "M-VALUE-membership"),
    *("M-SECTION-far", "M-TYPE-defaults", "M-TYPE-head", "M-TYPE-include", "M-TYPE-level", "M-TYPE-section"),
    *("M-TYPE-states", "M-TYPE-target", "M-TYPE-unknown", "M-REF", "M-REF-conclusion", "M-REF-declared"),
    *("M-REF-default", "M-REF-default-ask", "M-REF-elsewhere", "M-REF-far", "M-REF-in-state", "M-REF-key"),
    *(
        "M-FORMAT-included",
        "M-REF-long-state",
        "M-TYPE-period",
        "M-REF-long",
        "M-REF-name",
        "M-REF-number",
        "M-REF-state",
        "M-REF-target",
        "M-REF-unknown-ask",
    ),
    *("M-KEY-vietnamese", "M-KIND-vietnamese", "M-REF-named", "M-SECTION-systems", "M-TYPE-period", "M-EDITION-number"),
    *("T-CONFUSABLE", "Y-AMBIG-extra", "Y-AMBIG-key", "Y-CHAR-control", "Y-CHAR-escape", "Y-COLON-flow"),
    *(
        "Y-DUP",
        "Y-DUP-nfc",
        "Y-DUP-record",
        "Y-DUP-lost-id",
        "Y-KEY-complex",
        "Y-KEY-null",
        "Y-KEY-placeholder",
        "Y-KEY-true",
    ),
}


def is_mechanical(name: str) -> bool:
    return name not in LEFT and name.split("-")[0] + "-" + name.split("-")[1] in MECHANICAL


def written(name: str, folder: Path) -> Path:
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    (folder / "root.yaml").write_text(HEAD, encoding="utf-8")
    shutil.copy(CASES / f"{name}.yaml", folder / text.split("\n")[1].partition(": ")[2].partition(":")[0])
    return folder / "root.yaml"


@pytest.mark.parametrize("name", [one for one in cases() if is_mechanical(one)])
def test_a_fix_leaves_nothing_of_its_finding_and_brings_nothing_new(name: str, tmp_path: Path) -> None:
    root = written(name, tmp_path)
    before = load(root)
    mended = mend(root, before)
    assert [one.code for one in mended.done] == [one.code for one in before.findings]
    mended.patch.write(tmp_path)
    after = load(root)
    assert after.findings == () and after.architecture is not None
    assert mend(root, after).patch.files == ()
    assert mended.after.architecture is not None
    assert mended.after.architecture.sources_sha256 == after.architecture.sources_sha256


@pytest.mark.parametrize("name", [one for one in cases() if not is_mechanical(one)])
def test_what_takes_judgement_is_left(name: str, tmp_path: Path) -> None:
    root = written(name, tmp_path)
    before = load(root)
    mended = mend(root, before)
    assert (mended.done, mended.patch.files, mended.after) == ((), (), before)


def test_every_code_is_mechanical_or_not_and_the_page_says_which() -> None:
    page = (Path(__file__).parents[2] / "docs" / "editing.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in page.split("\n") if line.startswith("| `")]
    told = {code: answer.strip() for codes, answer in rows for code in codes.replace("`", "").split()}
    codes = {key.removeprefix("finding.") for key in keys("vi") if key[8:10] in ("I-", "M-", "T-", "Y-")}
    assert told.keys() == codes
    assert {code for code, answer in told.items() if answer.startswith(("có", "yes"))} == set(MECHANICAL)


SLIPS = (
    *(mutants.misspelt_key, mutants.misspelt_required_key, mutants.misspelt_kind, mutants.misspelt_verb),
    *(mutants.misspelt_reference, mutants.misspelt_component, mutants.unknown_section, mutants.unknown_word),
    *(mutants.unknown_role, mutants.misspelt_declaration),
)


def test_misspelt_words_of_the_province_come_back_byte_for_byte_or_not_at_all(tmp_path: Path) -> None:
    s = mutants.subject()
    shutil.copytree(mutants.ROOT / "architecture", tmp_path / "architecture")
    shutil.copy(mutants.ROOT / "architecture.yaml", tmp_path)
    rng, root = random.Random(20260922), tmp_path / "architecture.yaml"
    mended = []
    for slip in SLIPS:
        mutant = slip(s, rng)
        (tmp_path / mutant.path).write_text(mutant.text, encoding="utf-8", newline="")
        texts = {edited.file.path: edited.text for edited in mend(root, load(root)).patch.files}
        (tmp_path / mutant.path).write_text(s.files[mutant.path].text, encoding="utf-8", newline="")
        assert texts in ({}, {mutant.path: s.files[mutant.path].text}), slip.__name__
        mended += [slip.__name__] if texts else []
    assert "misspelt_declaration" not in mended  # whether it or what names it is misspelt, nobody knows
    assert len(mended) >= 7


def test_of_the_slips_with_one_nearest_name_at_least_95_in_100_are_certain_and_no_other_name_ever_is() -> None:
    s = mutants.subject()
    rng = random.Random(20260923)
    verbs, words = mutants.keys_of("elements"), frozenset(map(str, (*Certainty, *Treatment, *Access)))
    lists: list[tuple[Callable[[str, Iterable[str]], str], Sequence[str], Collection[str]]] = [
        *((certain, sorted(mutants.keys_of(section)), mutants.keys_of(section)) for section in ("elements", "tasks")),
        *((certain, [kind.value for kind in Kind], list(Kind)), (certain, sorted(VERBS), verbs)),
        *((certain, TOP, TOP), (certain, sorted(words), words), (certain, sorted(roles()), roles())),
        *(
            (certain_id, sorted(s.ids), s.ids),
            (certain_id, sorted(s.architecture.components), s.architecture.components),
        ),
    ]
    unique = mended = 0
    for choose, names, known in lists:
        for _ in range(100):
            meant = rng.choice([name for name in names if len(name) > 3])
            written = mutants.typo(rng, meant, known.__contains__)
            near = [name for name in known if OSA.distance(written, name) <= 2]
            found = choose(written, known)
            assert found in ("", meant), (written, found)
            if near == [meant] and [*filter(str.isdigit, written)] == [*filter(str.isdigit, meant)]:
                unique, mended = unique + 1, mended + bool(found)
    assert unique > 600 and mended >= 0.95 * unique, (mended, unique)


def test_fixes_of_two_files_and_two_rounds_keep_line_breaks_and_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "root.yaml").write_bytes(HEAD.replace("cut_off", "cut_of").replace("\n", "\r\n").encode())
    text = "﻿elements:\r\n  a:\r\n\tknid: aplication  # loại\r\n    name: A\r\n"
    (tmp_path / "a.yaml").write_bytes(text.encode())
    root = tmp_path / "root.yaml"
    mended = mend(root, load(root))
    assert [one.code for one in mended.done] == ["Y-TAB", "M-KEY", "M-KEY", "M-KIND"]
    mended.patch.write(tmp_path)
    assert (tmp_path / "a.yaml").read_bytes().decode() == text.replace("\tknid: aplic", "    kind: applic")
    assert (tmp_path / "root.yaml").read_bytes() == HEAD.replace("\n", "\r\n").encode()


def test_what_is_right_elsewhere_but_not_at_its_place_is_no_remedy(tmp_path: Path) -> None:
    (tmp_path / "root.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(
        "elements:\n"
        "  nguoi: {kind: user_group, name: A, reads: [kho-du-leu]}\n"  # a user group reads nothing
        "  a: {kind: application, name: A, reads: [kho-du-lieu], naem: B, owner: 12}\n"  # a name is there
        "  kho-du-lieu: {kind: data_store, name: K}\n",
        encoding="utf-8",
    )
    root = tmp_path / "root.yaml"
    before = load(root)
    assert [one.code for one in before.findings] == ["M-REF", "M-KEY", "M-NUMBER"]
    assert mend(root, before).done == ()


def test_a_tab_is_left_where_its_width_cannot_be_told(tmp_path: Path) -> None:
    root = tmp_path / "root.yaml"
    root.write_text(HEAD, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("elements:\n  a:\n\tkind:application\n    name: A\n", encoding="utf-8")
    assert mend(root, load(root)).done == ()  # the next slip hides whether the width is right


def test_a_file_that_cannot_be_read_in_the_end_stays_as_it_is(tmp_path: Path) -> None:
    root = tmp_path / "root.yaml"
    root.write_text(HEAD.replace("cut_off", "cut_of"), encoding="utf-8")
    (tmp_path / "a.yaml").write_text(
        "elements:\n  a:\n    kind:platform\n    name: A\n  b: {name: [}\n", encoding="utf-8"
    )
    before = load(root)
    mended = mend(root, before)
    assert [edited.file.path for edited in mended.patch.files] == ["root.yaml"]
    assert [one.code for one in mended.done] == ["M-KEY"]
    assert [(one.code, bool(one.fix)) for one in with_fixes(root, before).findings] == [
        ("Y-NOSPACE", False),
        ("M-KEY", True),
    ]


def test_a_finding_shows_its_fix_where_it_stands(tmp_path: Path) -> None:
    root = written("M-REF-slip", tmp_path)
    (finding,) = with_fixes(root, load(root)).findings
    assert [(one.span.line, one.span.text, one.text) for one in finding.fix] == [(6, "so-tia-chinh", "so-tai-chinh")]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("aplication", ("application", "platform"), "application"),
        ("Data-Store", ("data_store", "node"), "data_store"),
        ("nod", ("node", "nodes"), "node"),
        ("kep", ("keep", "kept"), ""),  # two are as near
        ("appliction_fild", ("application_field", "application_filled"), ""),  # two slips, and another is near
        ("c2", ("c1",), ""),
        ("own", ("one",), ""),  # too short
        ("node", ("node",), ""),
    ],
)
def test_a_word_of_a_closed_list_is_certain(word: str, known: tuple[str, ...], meant: str) -> None:
    assert certain(word, known) == meant


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("so-tia-chinh", "so-tai-chinh", "so-tai-chinh"),
        ("mot_cua", "mot-cua", "mot-cua"),
        ("sot-ai-chinh", "so-tai-chinh", "so-tai-chinh"),
        ("kho-du-lizu", "kho-du-lieu", "kho-du-lieu"),
        ("ho-so-dang", "ho-so-dong", ""),  # another word
        ("mang-wan", "mang-lan", ""),
        ("so-ct", "so-tc", ""),
        ("so-khct", "so-khcn", ""),
        ("nd-84-2016", "nd-85-2016", ""),
        ("tram-b", "tram-a", ""),
    ],
)
def test_an_id_may_be_another_one_that_is_not_there_yet(word: str, known: str, meant: str) -> None:
    assert certain_id(word, (known,)) == meant


@given(st.from_regex(ID, fullmatch=True), st.lists(st.from_regex(ID, fullmatch=True), max_size=5))
def test_what_is_certain_is_known_and_keeps_its_digits(word: str, ids: list[str]) -> None:
    found = certain_id(word, ids)
    assert found == "" or (found in ids and found != word)
    assert found == "" or [*filter(str.isdigit, found)] == [*filter(str.isdigit, word)]
