"""What would make a check pass by naming things otherwise: other kinds, borrowed roles, doubled codes."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
import re2
from pydantic import TypeAdapter, ValidationError

from kientruc.frameworks import EditionError, load_pack
from kientruc.frameworks.shelf import EDITIONS
from kientruc.loading import load_text
from kientruc.result import Status
from kientruc.validators import CHECKS, edition, run
from kientruc.validators.conditions import Pattern

HEAD = edition("cpdt-1.0").about.example_head


def codes(text: str) -> list[str]:
    return [finding.code for finding in load_text(HEAD + text).findings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("elements: {a: {kind: other, name: A}}", "M-KIND"),
        ("elements: {a: {kind: datastore, name: A}}", "M-KIND"),
        ("elements: {a: {kind: application, name: A, associated: [b]}, b: {kind: data_store, name: B}}", "M-KEY"),
    ],
)
def test_row_48_nothing_hides_behind_another_word(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    ("kind", "role", "found"),
    [
        ("information", "lgsp", ["M-ROLEKIND"]),
        ("user_group", "national_database", ["M-ROLEKIND"]),
        ("process", "ngsp", ["M-ROLEKIND"]),
        ("platform", "lgsp", []),
        ("data_store", "national_database", []),
    ],
)
def test_row_48_a_role_is_no_label(kind: str, role: str, found: list[str]) -> None:
    assert codes(f"elements: {{a: {{kind: {kind}, name: A, role: {role}}}}}") == found


def test_row_48_what_bears_a_role_is_held_to_the_requirements() -> None:
    """A platform that is there in name only gives the exchanges their way, and fails for itself."""
    loaded = load_text(HEAD + "elements: {gia: {kind: platform, name: LGSP, role: lgsp}}")
    assert loaded.architecture is not None
    found = run(loaded.architecture, edition("cpdt-1.0"), loaded.architecture.cut_off).requirements
    assert {one.requirement: one.status for one in found}["C10-AT-01"] is Status.FAIL


@pytest.fixture
def vocabulary(tmp_path: Path) -> Path:
    shutil.copytree(EDITIONS / "cpdt-1.0", tmp_path / "cpdt-1.0")
    return tmp_path / "cpdt-1.0" / "vocabulary.yaml"


@pytest.mark.parametrize("doubled", ["logical", "Logical", '"logical "', '" physical"'])
def test_row_53_a_code_list_holds_each_code_once(vocabulary: Path, doubled: str) -> None:
    text = vocabulary.read_text(encoding="utf-8")
    wanted = "values: [conceptual, logical, physical]"
    changed = text.replace(wanted, f"values: [conceptual, logical, {doubled}]")
    vocabulary.write_text(changed, encoding="utf-8")
    with pytest.raises(EditionError) as refused:
        load_pack(vocabulary.parent, CHECKS)
    (finding,) = refused.value.findings
    line = text[: text.index(wanted)].count("\n") + 1
    assert (finding.code, finding.span and finding.span.line) == ("E-CODE", line)


def test_row_53_a_byte_order_mark_changes_no_code(vocabulary: Path) -> None:
    plain = load_pack(vocabulary.parent, CHECKS)
    vocabulary.write_bytes(b"\xef\xbb\xbf" + vocabulary.read_bytes())
    marked = load_pack(vocabulary.parent, CHECKS)
    assert marked.words == plain.words
    assert marked.sha256 != plain.sha256


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "(.*a){12}$", "(?:a?){50}a{50}$"])
def test_row_40_a_pattern_takes_time_that_grows_with_the_text_and_no_faster(pattern: str) -> None:
    kept: str = TypeAdapter(Pattern).validate_python(pattern)
    start = time.process_time()
    for _ in range(20):
        re2.search(kept, "a" * 20_000 + "!")
    assert time.process_time() - start < 4  # of Python's own engine, 30 letters take longer than anybody waits


@pytest.mark.parametrize(
    "pattern", ["(?=a)", r"(a)\1", "(?<!a)b", "(?>a+)", "a{1001}", "((a{100}){100}){100}", "(", "a" * 201]
)
def test_row_40_what_cannot_be_matched_so_is_refused_when_the_requirement_is_read(pattern: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Pattern).validate_python(pattern)
