"""What a reviewer brings to a check: waivers, answers, a baseline. Nothing here is ever read from what is checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kientruc.finding import Finding, Severity
from kientruc.source import SourceFile, Span

if TYPE_CHECKING:  # most checks have no reviewer, and need not wait for what reads their files
    from kientruc.review.answers import GivenAnswer
    from kientruc.review.baseline import Baseline
    from kientruc.review.waivers import Waiver

__all__ = ["Review", "read"]


class Review(NamedTuple):
    """Everything the reviewer gave. With a finding in it, it may not be used."""

    waivers: tuple[Waiver, ...] = ()
    answers: tuple[GivenAnswer, ...] = ()
    baseline: Baseline | None = None
    sources: Mapping[str, SourceFile] = MappingProxyType({})  # by "waivers", "answers", "baseline"
    paths: Mapping[str, Path] = MappingProxyType({})  # as they were named, by the same
    findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()

    def path_of(self, finding: Finding) -> Path:
        """Give the file a finding is about, as the reviewer named it; an empty path where it is about none."""
        found = (name for name, source in self.sources.items() if finding.span and finding.span.file is source)
        return self.paths.get(next(found, ""), Path())

    @property
    def hashes(self) -> dict[str, str]:
        """Hashes of the files given."""
        return {name: source.sha256 for name, source in self.sources.items()}


def read(
    waivers: Path | None = None,
    answers: Path | None = None,
    baseline: Path | None = None,
    submission: Path | None = None,
) -> Review:
    """Read the files of a reviewer; what is wrong with them is in the findings.

    Args:
        submission: the folder of what is checked; a note tells that waivers or answers lie in it.
    Raises:
        UsageError: one of the files is not there.
    """
    sources: dict[str, SourceFile] = {}
    findings: list[Finding] = []
    found_waivers: tuple[Waiver, ...] = ()
    found_answers: tuple[GivenAnswer, ...] = ()
    found_baseline: Baseline | None = None
    if waivers:
        from kientruc.review.waivers import read as read_waivers

        sources["waivers"], found_waivers, wrong = read_waivers(waivers)
        findings.extend(wrong)
    if answers:
        from kientruc.review.answers import read as read_answers

        sources["answers"], found_answers, wrong = read_answers(answers)
        findings.extend(wrong)
    if baseline:
        from kientruc.review.baseline import read as read_baseline

        sources["baseline"], found_baseline, wrong = read_baseline(baseline)
        findings.extend(wrong)
    given = {"waivers": waivers, "answers": answers, "baseline": baseline}
    paths = {name: path for name, path in given.items() if path}
    notes = [
        Finding("R-INSIDE", Span(sources[name], 0, 0), {"path": sources[name].path}, severity=Severity.MINOR)
        for name, path in paths.items()
        if name != "baseline" and submission and _lies_in(path, submission)
    ]
    return Review(found_waivers, found_answers, found_baseline, sources, paths, tuple(findings), tuple(notes))


def _lies_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
