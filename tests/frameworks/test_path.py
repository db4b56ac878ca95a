"""The way to approval as editions tell it: which steps, how sure, and what a path may not name."""

from __future__ import annotations

import pytest

from kientruc.frameworks import EditionError, edition_ids, stage_names, stages_of
from kientruc.frameworks.path import load_path
from kientruc.model.values import Certainty
from kientruc.reading.limits import DEFAULT
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile
from kientruc.validators.run import edition

STEP = "ban-hanh: {name: {vi: Ban hành, en: Issue}, actor: {vi: Tỉnh, en: Province}, source: s, certainty: stated}"


def read(text: str) -> tuple[str, ...]:
    top, findings = parse(SourceFile("path.yaml", text), DEFAULT)
    assert list(findings) == []
    return tuple(load_path(top, {"vb"}, {"s"}))


def test_the_steps_keep_their_order() -> None:
    assert read(f"steps:\n  {STEP.replace('ban-hanh', 'z')}\n  {STEP}\n") == ("z", "ban-hanh")


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("source: s", "source: t", "E-WORD", 88),
        ("source: s", "source: [s, t]", "E-WORD", 88),
        ("source: s", "source: s, document: vb-2", "E-WORD", 101),
        ("source: s", "sorce: s", "E-KEY", 80),
        ("certainty: stated", "certainty: sure", "E-WORD", 102),
        (", en: Issue", "", "E-MISSING", 20),
    ],
)
def test_a_fault_of_a_path_is_told_with_its_place(old: str, new: str, code: str, column: int) -> None:
    assert old in STEP
    with pytest.raises(EditionError) as error:
        read(f"steps:\n  {STEP.replace(old, new, 1)}\n")
    found = [(one.code, one.span.line, one.span.column) for one in error.value.findings if one.span]
    assert (code, 2, column) in found


def test_only_two_editions_tell_a_path_and_none_takes_over_another_s() -> None:
    assert [id for id in edition_ids() if edition(id).path] == ["cpdt-1.0", "qgs-1425"]
    assert all(stages_of(id) == tuple(edition(id).path) for id in edition_ids())
    assert all(stage_names(id) == {step: one.name for step, one in edition(id).path.items()} for id in edition_ids())


def test_what_only_the_draft_guide_or_one_province_tells_is_not_stated() -> None:
    stated = {
        id: {name for name, step in edition(id).path.items() if step.certainty is Certainty.STATED}
        for id in ("cpdt-1.0", "qgs-1425")
    }
    assert stated == {"cpdt-1.0": {"soan-thao", "phe-duyet"}, "qgs-1425": {"xay-dung", "ban-hanh"}}
    draft = [step for step in edition("qgs-1425").path.values() if "du-thao-huong-dan-2026" in step.sources]
    assert {step.certainty for step in draft} == {Certainty.ASSUMED}
    assert all(step.document is None for step in draft)
