"""What is wrong with an architecture, where, and what to do about it: frozen data, shown the same everywhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kientruc.canonical import canonical
from kientruc.source import Span

POSITIONS = frozenset(("first", "line"))  # values that only tell where another place is


def fingerprint(*parts: str) -> str:
    """Name a finding by what it is about, never by where it stands or how it is worded: SHA-256 of canonical JSON."""
    return hashlib.sha256(canonical(list(parts))).hexdigest()


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return list(Severity).index(self)


class Change(StrEnum):
    """How a finding compares with an earlier run, its baseline."""

    NEW = "new"
    UNCHANGED = "unchanged"


class Replacement(NamedTuple):
    """What stands in a place gives way to a text; an empty place is where it is put in."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    `code` names the sentence in the message catalogue (for a requirement: its id), `values` fill its placeholders.
    `also` are further places that belong to the same finding: the other half of a duplicate, more uses of a wrong id.
    `fix` mends it, where exactly one remedy is right and was tried (refactoring/mend.py); else it is empty.
    """

    code: str
    span: Span | None
    values: dict[str, str] = field(default_factory=dict)
    also: tuple[Span, ...] = ()
    severity: Severity = Severity.BLOCKER
    refused: bool = False  # the input was too large or hostile: nothing more was read
    change: Change | None = None  # only where there is a baseline
    fix: tuple[Replacement, ...] = ()

    @property
    def order(self) -> tuple[tuple[str, int, int], str, tuple[tuple[str, str], ...]]:
        """Sort key: place, then code, then values."""
        return (self.span.order if self.span else ("", 0, 0), self.code, tuple(sorted(self.values.items())))

    @property
    def fingerprint(self) -> str:
        """What the finding is about: its code and values, without those that are positions."""
        about = (f"{key}={value}" for key, value in sorted(self.values.items()) if key not in POSITIONS)
        return fingerprint(self.code, *about)
