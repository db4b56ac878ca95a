"""What the tests of checks share: an architecture from its text, and one requirement's result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kientruc.frameworks import Edition
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture
from kientruc.result import RequirementResult
from kientruc.validators import edition, run

CheckText = Callable[..., RequirementResult]


@pytest.fixture(scope="session")
def cpdt() -> Edition:
    return edition("cpdt-1.0")


def architecture_of(text: str) -> Architecture:
    loaded = load_text(text)
    assert loaded.architecture is not None, [str(finding) for finding in loaded.findings]
    return loaded.architecture


@pytest.fixture
def check(cpdt: Edition) -> CheckText:
    """Hold a snippet against one requirement, on its first day or on the architecture's own if that is later."""

    def result(id: str, snippet: str, on: date | None = None) -> RequirementResult:
        architecture = architecture_of(cpdt.example(snippet))
        first, _ = cpdt.applies(cpdt.requirements[id])
        found = run(architecture, cpdt, on or max(architecture.cut_off, first or architecture.cut_off))
        return next(one for one in found.requirements if one.requirement == id)

    return result
