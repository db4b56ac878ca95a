"""Every requirement's own examples: they pass, fail and do not apply; and a passing one can be made to fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from kientruc.frameworks import Edition
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture
from kientruc.result import Status
from kientruc.validators import edition, run

EDITION = edition("cpdt-1.0")
EXPECTED = {"passes": Status.PASS, "fails": Status.FAIL, "not_applicable": Status.NOT_APPLICABLE}


@pytest.mark.parametrize("which", EXPECTED)
@pytest.mark.parametrize("id", EDITION.requirements)
def test_each_example_comes_out_as_it_says(id: str, which: str) -> None:
    architecture = _load(EDITION.example(getattr(EDITION.requirements[id], which)))
    assert architecture is not None
    result = next(one for one in run(architecture, EDITION, _day(id)).requirements if one.requirement == id)
    assert result.status is EXPECTED[which], (result.why, result.outcomes)
    assert all(outcome.witness for outcome in result.outcomes if outcome.status is Status.PASS)
    assert all(outcome.span for outcome in result.outcomes if outcome.status is Status.FAIL)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id", EDITION.requirements)
def test_each_failure_is_told_without_a_gap(id: str, lang: str) -> None:
    requirement = EDITION.requirements[id]
    architecture = _load(EDITION.example(requirement.fails))
    assert architecture is not None
    result = next(one for one in run(architecture, EDITION, _day(id)).requirements if one.requirement == id)
    for outcome in result.outcomes:
        if outcome.status is Status.FAIL:
            told = requirement.sentence(lang, outcome.values) + requirement.advice(lang, outcome.values)
            assert not re.search(r"“”|\s\.|  |\{(?!cpdt)", told), told


@pytest.mark.parametrize("id", EDITION.requirements)
def test_a_passing_example_fails_when_it_is_spoilt(id: str) -> None:
    """Otherwise the requirement would pass whatever one writes."""
    snippet = EDITION.example(EDITION.requirements[id].passes)
    statuses = {_status(id, architecture) for mutant in mutants(snippet) if (architecture := _load(mutant))}
    assert Status.FAIL in statuses


def mutants(text: str) -> Iterator[str]:
    """Drop each line, each entry of a flow mapping or sequence, and turn absent into present, levels down, days on."""
    lines = text.splitlines(keepends=True)
    for index in range(len(lines)):
        yield "".join(lines[:index] + lines[index + 1 :])
    for match in re.finditer(r", [a-z_]+: (?:\[[^\]{}]*\]|\{[^{}]*\}|\"[^\"]*\"|[^,{}\[\]]+)(?=[,}])", text):
        yield text[: match.start()] + text[match.end() :]
    for match in re.finditer(r"(?<=\[)[^\]{}]*, ", text):
        yield text[: match.start()] + text[match.end() :]
    for old, new in (("absent", "present"), (": 3", ": 2"), ("2015-04-24", "2016-04-24"), ("13/2017", "39/2017")):
        for match in re.finditer(re.escape(old), text):
            yield text[: match.start()] + new + text[match.end() :]


def _load(text: str) -> Architecture | None:
    return load_text(text).architecture


def _day(id: str) -> date:
    first, _ = EDITION.applies(EDITION.requirements[id])
    return max(date(2017, 9, 13), first or date.min)


def _status(id: str, architecture: Architecture) -> Status:
    results = run(architecture, EDITION, _day(id)).requirements
    return next(one.status for one in results if one.requirement == id)


def test_the_examples_begin_alike() -> None:
    head = EDITION.about.example_head
    assert head.startswith("format: kientruc/1\narchitecture:\n")
    assert isinstance(EDITION, Edition)
    assert EDITION.example("format: x") == "format: x"
