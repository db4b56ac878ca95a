"""Answers of a reviewer to what no program can decide, each bound to the architecture it was given for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar, Literal

from kientruc.finding import Finding
from kientruc.model.values import Day, Id, Line, Text
from kientruc.review.given import Given, open_file, records
from kientruc.source import SourceFile

FORMAT = "kientruc-answers/1"
SHA256 = re.compile(r"[0-9a-f]{64}")


class GivenAnswer(Given):
    """One answer to one check of one requirement. `model_sha256` is the hash of the model it was given for."""

    section: ClassVar[str] = "answers"

    edition: Id
    requirement: Id
    check: Id
    model_sha256: Line
    status: Literal["pass", "fail", "not-applicable"]
    by: Line
    date: Day
    note: Text | None = None

    @property
    def question(self) -> tuple[str, str, str]:
        """What it answers: edition, requirement and check."""
        return self.edition, self.requirement, self.check


def read(path: Path) -> tuple[SourceFile, tuple[GivenAnswer, ...], tuple[Finding, ...]]:
    """Read a file of answers; two answers to one question about one model are refused.

    Returns:
        The file, the answers in id order, and everything that is wrong with it.
    Raises:
        UsageError: there is no such file.
    """
    file = open_file(path, FORMAT, (GivenAnswer.section,))
    findings = list(file.findings)
    found = list(records(file.top, GivenAnswer, findings)) if file.top is not None else []
    first: dict[tuple[str, ...], GivenAnswer] = {}
    for answer in found:
        if not SHA256.fullmatch(answer.model_sha256):
            values = {"id": answer.id, "found": answer.model_sha256[:64]}
            findings.append(Finding("R-HASH", answer.span("model_sha256"), values))
        other = first.setdefault((*answer.question, answer.model_sha256), answer)
        if other is not answer:
            values = {"id": answer.id, "other_id": other.id}
            findings.append(Finding("R-TWICE", answer.span(), values, (other.span(),)))
    return file.source, tuple(sorted(found, key=lambda one: one.id)), tuple(sorted(findings, key=lambda one: one.order))
