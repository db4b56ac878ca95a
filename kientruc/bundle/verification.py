"""What came of verifying a bundle: is it whole, who sealed it, is what it says what is found."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kientruc.bundle.manifest import Manifest
from kientruc.finding import Finding, Severity
from kientruc.source import SourceFile


class Answer(StrEnum):
    """The answer to one of the three questions."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not-asked"


class Verification(NamedTuple):
    """The bundle, its manifest as far as it can be read, the three answers, and all findings.

    `sealed_by` is the fingerprint of the key whose seal holds, "" where there is none; whose key it is, it cannot say.
    `seal` answers whether that is the key that was asked for, or where none was, whether the seal holds.
    """

    source: SourceFile
    manifest: Manifest | None
    whole: Answer
    seal: Answer
    sealed_by: str
    same: Answer
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether it was too large or hostile."""
        return any(one.refused for one in self.findings)

    @property
    def holds(self) -> bool:
        """Whether nothing was found against it."""
        return all(one.severity is not Severity.BLOCKER for one in self.findings)
