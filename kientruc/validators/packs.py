"""A pack under test: everything that is wrong with it, and whether its examples are what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kientruc.finding import Finding
from kientruc.frameworks.crosswalk import Crosswalk, crosswalks
from kientruc.frameworks.edition import Edition, from_files
from kientruc.frameworks.folder import open_folder
from kientruc.frameworks.reader import EditionError
from kientruc.frameworks.shelf import EDITIONS
from kientruc.model.architecture import Architecture
from kientruc.result import CheckResult
from kientruc.validators.checks import CHECKS
from kientruc.validators.examples import Slip, slips
from kientruc.validators.run import run


@dataclass(frozen=True, slots=True)
class Linted:
    """One pack as far as it could be read, and what is wrong with it."""

    edition: Edition | None
    findings: tuple[Finding, ...] = ()
    crosswalks: Mapping[str, Crosswalk] = field(default_factory=dict)  # by the edition they lead to

    @property
    def refused(self) -> bool:
        """Whether it was too large or hostile, and not read any further."""
        return any(finding.refused for finding in self.findings)


def lint(path: Path, id: str | None = None, shelf: Path = EDITIONS, targets: Iterable[str] | None = None) -> Linted:
    """Read a pack with its crosswalks; nothing of it is run.

    Args:
        path: its folder.
        id: which edition it must be; None for whatever it says.
        shelf: the editions it may start from and lead to.
        targets: the editions to which its crosswalks are read; None for all of them.
    """
    edition = None
    try:
        files = open_folder(path)
        edition = from_files(files, id, CHECKS, shelf)
        return Linted(edition, (), crosswalks(edition, files, CHECKS, shelf, targets))
    except EditionError as error:
        return Linted(edition, error.findings)


def try_examples(edition: Edition) -> Iterator[Slip]:
    """Run the examples of the requirements an edition writes; those it takes over are tried in their own edition."""
    for id in sorted(edition.spans):
        yield from slips(edition, edition.requirements[id])


def compare(old: Edition, new: Edition, architecture: Architecture, on: date | None) -> tuple[CheckResult, CheckResult]:
    """Check one architecture against two editions.

    Args:
        on: the day for both; None for the architecture's own, or an edition's first day where that is later.
    """

    def result(edition: Edition) -> CheckResult:
        first = edition.about.in_force.from_ or architecture.cut_off
        return run(architecture, edition, on or max(architecture.cut_off, first))

    return result(old), result(new)
