"""Waivers as a reviewer keeps them: who need not meet which requirement, by whose decision, and until when."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from kientruc.finding import Finding
from kientruc.model.record import Frozen
from kientruc.model.values import Day, Id, Line, Text
from kientruc.review.given import Given, open_file, records
from kientruc.source import SourceFile

FORMAT = "kientruc-waivers/1"


class Decision(Frozen):
    """The document that grants or refuses it."""

    number: Line
    date: Day


class Approval(Frozen):
    """Who decided, as what, and when."""

    name: Line
    role: Line
    date: Day


class Waiver(Given):
    """One waiver. It holds from `from`, else from the day of approval, up to and including `expires`.

    Subjects are exact ids: a pattern would go on matching while what it permits grows.
    """

    section: ClassVar[str] = "waivers"

    edition: Id
    requirement: Id
    subjects: tuple[Id, ...]
    state: Literal["requested", "approved", "rejected", "revoked"]
    reason: Text
    reason_en: Text | None = None
    basis: Decision | None = None
    compensating: tuple[Text, ...] = ()
    requested_by: Line
    approved_by: Approval | None = None
    from_: Day | None = Field(default=None, alias="from")
    expires: Day
    note: Text | None = None


def read(path: Path) -> tuple[SourceFile, tuple[Waiver, ...], tuple[Finding, ...]]:
    """Read a file of waivers.

    Returns:
        The file, the waivers in id order, and everything that is wrong with it.
    Raises:
        UsageError: there is no such file.
    """
    file = open_file(path, FORMAT, (Waiver.section,))
    findings = list(file.findings)
    found = list(records(file.top, Waiver, findings)) if file.top is not None else []
    for waiver in found:
        if not waiver.subjects:
            values = {"id": waiver.id, "field": "subjects", "found": ""}
            findings.append(Finding("M-EMPTY", waiver.span("subjects"), values))
        if waiver.state == "approved":
            missing = [key for key in ("basis", "approved_by") if getattr(waiver, key) is None]
            findings.extend(Finding("R-UNSIGNED", waiver.span(), {"id": waiver.id, "field": key}) for key in missing)
        if waiver.from_ and waiver.from_ > waiver.expires:
            findings.append(Finding("R-DAYS", waiver.span("expires"), {"id": waiver.id}))
    return file.source, tuple(sorted(found, key=lambda one: one.id)), tuple(sorted(findings, key=lambda one: one.order))
