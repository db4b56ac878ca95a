"""The guide's own examples: they pass, fail and do not apply, and say why without a gap; questions with an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

import pytest

from kientruc.frameworks import Stage
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture
from kientruc.result import Answer, RequirementResult, Status
from kientruc.validators import edition
from kientruc.validators.checks.manual import Manual
from kientruc.validators.matter import Matter
from kientruc.validators.requirement import evaluate
from tests.validators.test_examples import mutants

GUIDE = edition("huong-dan-2026")
ON = date(2026, 11, 25)
EXPECTED = {"passes": Status.PASS, "fails": Status.FAIL, "not_applicable": Status.NOT_APPLICABLE}


def _architecture(snippet: str) -> Architecture:
    loaded = load_text(GUIDE.example(snippet))
    assert loaded.architecture is not None, [str(finding) for finding in loaded.findings]
    return loaded.architecture


def _result(id: str, which: str) -> RequirementResult:
    """Evaluate an example; a person's questions are answered as the example claims."""
    requirement = GUIDE.requirements[id]
    answer = Answer(EXPECTED[which], "người thẩm tra", ON)
    questions = {(id, check.id): answer for check in requirement.checks if isinstance(check, Manual)}
    return evaluate(
        requirement, Matter(_architecture(getattr(requirement, which)), GUIDE, ON, MappingProxyType(questions))
    )


@pytest.mark.parametrize("which", EXPECTED)
@pytest.mark.parametrize("id", GUIDE.requirements)
def test_each_example_comes_out_as_it_says(id: str, which: str) -> None:
    result = _result(id, which)
    assert result.status is EXPECTED[which], (result.why, result.outcomes)
    assert all(outcome.witness for outcome in result.outcomes if outcome.status is Status.PASS)
    assert all(outcome.span for outcome in result.outcomes if outcome.status is Status.FAIL)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id", GUIDE.requirements)
def test_each_failure_is_told_without_a_gap(id: str, lang: str) -> None:
    requirement = GUIDE.requirements[id]
    for outcome in _result(id, "fails").outcomes:
        if outcome.status is Status.FAIL:
            told = requirement.sentence(lang, outcome.values) + requirement.advice(lang, outcome.values)
            assert not re.search(r"“”|\s\.|  |\{", told), told


AUTOMATIC = [id for id, one in GUIDE.requirements.items() if not any(isinstance(c, Manual) for c in one.checks)]


@pytest.mark.parametrize("id", AUTOMATIC)
def test_a_passing_example_fails_when_it_is_spoilt(id: str) -> None:
    """Otherwise the requirement would pass whatever one writes."""
    requirement = GUIDE.requirements[id]
    passing, failing = GUIDE.example(requirement.passes), GUIDE.example(requirement.fails)
    statuses = set()
    for mutant in (*mutants(passing), *_mixed(passing, failing)):
        architecture = load_text(mutant).architecture
        if architecture is not None:
            statuses.add(evaluate(requirement, Matter(architecture, GUIDE, ON)).status)
    assert Status.FAIL in statuses


def _mixed(passing: str, failing: str) -> Iterator[str]:
    """Put a value of the failing example into the passing one, under the same key."""
    pair = re.compile(r"\b([a-z_0-9]+): (\[[^\]\n]*\]|\"[^\"\n]*\"|[^,{}\[\]\n]+)")
    for match in pair.finditer(passing):
        for other in pair.finditer(failing):
            if other.group(1) == match.group(1) and other.group(2) != match.group(2):
                yield passing[: match.start(2)] + other.group(2) + passing[match.end(2) :]


def test_what_comes_from_a_draft_never_decides() -> None:
    assert {requirement.status for requirement in GUIDE.requirements.values()} == {Stage.TRIAL}
    assert not any(requirement.binds for requirement in GUIDE.requirements.values())
