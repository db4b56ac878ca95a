"""What the tests of states share: an architecture with three states, and one check held against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from kientruc.frameworks import Edition
from kientruc.frameworks.vocabulary import Bilingual
from kientruc.model.architecture import Architecture
from kientruc.validators import CHECKS, edition
from kientruc.validators.matter import Found, Matter

from .conftest import architecture_of

HEAD = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {tinh: {name: Tỉnh}, so: {name: Sở}}
states:
  nay: {role: baseline, name: Nay, until: 2017-09-13}
  giua: {role: transition, name: Giữa, from: 2018-01-01}
  sau: {role: target, name: Sau, from: 2020-01-01}
"""
FIELDS = (
    "owner", "name", "security_level", "period.from", "period.until", "due", "total", "cost.amount", "amount",
    "shares.amount", "quantity.value", "year", "from", "until", "date",
)  # fmt: skip


@cache
def cpdt() -> Edition:
    """Give an edition that has words for every field the tests name."""
    found = edition("cpdt-1.0")
    fields = {**{name: Bilingual(vi=name, en=name) for name in FIELDS}, **found.words.fields}
    return replace(found, words=replace(found.words, fields=fields))


def outcomes(check: Mapping[str, Any], architecture: Architecture | str, on: date | None = None) -> list[Found]:
    """Give the outcomes of one check, as it is written, in its own order; a snippet gets the head with three states."""
    whole = architecture_of(HEAD + architecture) if isinstance(architecture, str) else architecture
    (made,) = CHECKS.validate_python(({"id": "a", **check},), context=cpdt().words)
    return list(made.outcomes(Matter(whole, cpdt(), on or whole.cut_off)))


def told(check: Mapping[str, Any], architecture: Architecture | str, on: date | None = None) -> list[tuple[str, ...]]:
    """Give status, reason and subjects of each outcome."""
    return [(one.status.value, one.reason, *one.subjects) for one in outcomes(check, architecture, on)]


def lines(found: Found) -> list[int]:
    """Give the lines of both places, counted from the first line of the snippet."""
    spans = [found.span, *found.also]
    return [span.line - HEAD.count("\n") for span in spans if span is not None]
