"""What the tests of kinds of check share: one check as a requirement writes it, held against an architecture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from kientruc.frameworks import Edition
from kientruc.frameworks.vocabulary import Bilingual
from kientruc.model.architecture import Architecture
from kientruc.result import Answer, Outcome, RequirementResult
from kientruc.validators import CHECKS, edition
from kientruc.validators.matter import Matter
from kientruc.validators.requirement import evaluate

from .conftest import architecture_of

ID = "C10-AT-01"
FIELDS = (
    "owner", "name", "codes.mau03", "lead", "about", "type", "component", "security_level", "period.until", "due",
    "number", "standards", "kind", "quantity.value", "issuer", "form", "reason",
)  # fmt: skip
APPS = {"kind": "application"}
LGSP = {"role": "lgsp"}
STATES = """
states:
  nay: {role: baseline, name: Nay}
  sau: {role: target, name: Sau}
  xem: {role: observed, name: Xem}
"""
Told = tuple[str, str, tuple[str, ...]]


@cache
def words_of(id: str) -> Edition:
    """Give an edition that has words for every field the tests name."""
    found = edition(id)
    fields = {**{name: Bilingual(vi=name, en=name) for name in FIELDS}, **found.words.fields}
    return replace(found, words=replace(found.words, fields=fields))


def evaluated(
    check: Mapping[str, Any],
    architecture: Architecture | str,
    on: date | None = None,
    answers: Mapping[tuple[str, str], Answer] | None = None,
) -> RequirementResult:
    """Hold an architecture, or the snippet of one, against one check alone."""
    cpdt = words_of("cpdt-1.0")
    made = CHECKS.validate_python(({"id": "a", **check},), context=cpdt.words)
    requirement = cpdt.requirements[ID].model_copy(update={"checks": made, "applies_from": date(1945, 9, 2)})
    whole = architecture_of(cpdt.example(architecture)) if isinstance(architecture, str) else architecture
    return evaluate(requirement, Matter(whole, cpdt, on or whole.cut_off, answers or {}))


def outcomes(check: Mapping[str, Any], architecture: Architecture | str, on: date | None = None) -> tuple[Outcome, ...]:
    """Give the outcomes of one check, the gravest first."""
    return evaluated(check, architecture, on).outcomes


def told(check: Mapping[str, Any], architecture: Architecture | str, on: date | None = None) -> list[Told]:
    """Give status, reason and witness of each outcome, the gravest first."""
    return [(one.status.value, one.reason, one.witness) for one in outcomes(check, architecture, on)]


def status(check: dict[str, Any], text: str, on: date | None = None) -> list[str]:
    """Give the status of each outcome, the gravest first."""
    return [one.status.value for one in outcomes(check, text, on)]
