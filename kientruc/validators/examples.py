"""A requirement's own examples, run: they come out as they say, and a passing one can be made to fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from kientruc.frameworks.edition import Edition
from kientruc.frameworks.requirement import Combine, Requirement
from kientruc.loading import load_text
from kientruc.messages import LANGUAGES
from kientruc.model.architecture import Architecture
from kientruc.result import Answer, RequirementResult, Status
from kientruc.validators import mutants
from kientruc.validators.checks.manual import Manual
from kientruc.validators.matter import Matter
from kientruc.validators.requirement import evaluate

EXPECTED = {"passes": Status.PASS, "fails": Status.FAIL, "not_applicable": Status.NOT_APPLICABLE}
MOST_MUTANTS, MOST_LETTERS = 2_000, 4_000_000  # tried of one example; enough for any that a person can read
_GAP = re.compile(r"“”|\s\.|  |\{(?![^{}\s]*: )")


@dataclass(frozen=True, slots=True)
class Slip:
    """One example that is not what it says.

    `code`: "loads" (it is no architecture), "status", "witness" (a pass without evidence), "place" (a failure without a
    place), "gap" (a message with an empty placeholder), "vacuous" (nothing makes the passing one fail).
    """

    requirement: str
    example: str
    code: str
    found: str = ""


def slips(edition: Edition, requirement: Requirement) -> Iterator[Slip]:
    """Run the three examples of a requirement, and try to make the passing one fail."""
    for name, expected in EXPECTED.items():
        text = edition.example(getattr(requirement, name))
        loaded = load_text(text)
        if loaded.architecture is None:
            finding = loaded.findings[0]
            yield Slip(requirement.id, name, "loads", f"{finding.code} {finding.span}")
            continue
        result = evaluate_example(edition, requirement, loaded.architecture, expected)
        if result.status is not expected:
            yield Slip(requirement.id, name, "status", " ".join((result.status.value, result.why)).strip())
            continue
        yield from _evidence(requirement, name, result)
    if not can_fail(edition, requirement):
        yield Slip(requirement.id, "passes", "vacuous")


def evaluate_example(
    edition: Edition, requirement: Requirement, architecture: Architecture, said: Status = Status.PASS
) -> RequirementResult:
    """Hold an example against its requirement alone, on its own day or on the requirement's first if that is later.

    Args:
        said: how a person answers every question that the requirement asks.
    """
    on = _day(edition, requirement, architecture)
    answers = {(requirement.id, check.id): Answer(said, requirement.id, on) for check in requirement.checks}
    return evaluate(requirement, Matter(architecture, edition, on, answers))


def can_fail(edition: Edition, requirement: Requirement) -> bool:
    """Tell whether some mutant of the passing example fails: otherwise it would pass whatever one writes.

    What only asks a person, or is content with a person's word, can fail by the answer.
    """
    by_word = requirement.combine is Combine.ANY or all(isinstance(check, Manual) for check in requirement.checks)
    said = Status.FAIL if by_word else Status.PASS
    results = (evaluate_example(edition, requirement, one, said) for one in _mutants(edition, requirement))
    return any(result.status is Status.FAIL for result in results)


def _mutants(edition: Edition, requirement: Requirement) -> Iterator[Architecture]:
    text = edition.example(requirement.passes)
    architecture = load_text(text).architecture
    if architecture is None:
        return
    yield from islice(mutants.models(architecture), MOST_MUTANTS)
    most = min(MOST_MUTANTS, MOST_LETTERS // len(text))
    on = _day(edition, requirement, architecture)
    spoilt_texts = chain(mutants.mixed(text, edition.example(requirement.fails)), mutants.texts(text, edition.law, on))
    for mutant in islice(spoilt_texts, most):
        spoilt = load_text(mutant).architecture
        if spoilt is not None:
            yield spoilt


def _day(edition: Edition, requirement: Requirement, architecture: Architecture) -> date:
    first, _ = edition.applies(requirement)
    return max(architecture.cut_off, first or architecture.cut_off)


def _evidence(requirement: Requirement, name: str, result: RequirementResult) -> Iterator[Slip]:
    for outcome in result.outcomes:
        if outcome.status is Status.PASS and not outcome.witness:
            yield Slip(requirement.id, name, "witness", ", ".join(outcome.subjects))
        if outcome.status is not Status.FAIL:
            continue
        if outcome.span is None:
            yield Slip(requirement.id, name, "place", ", ".join(outcome.subjects))
        for lang in LANGUAGES:
            told = requirement.sentence(lang, outcome.values), requirement.advice(lang, outcome.values)
            for words in told:
                if _GAP.search(words):
                    yield Slip(requirement.id, name, "gap", words[:200])
