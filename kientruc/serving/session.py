"""One architecture from save to save: what it is now, what it last was when it could be read, and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from kientruc import api
from kientruc.api import Loaded, Report
from kientruc.finding import Finding
from kientruc.loading.kept import Kept
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.result import Outcome, Status
from kientruc.review import Review
from kientruc.serving.watched import Watched, watched

UNMET = (Status.FAIL, Status.ERROR)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be loaded and how it is to be checked, as for `check`."""

    root: Path
    limits: Limits = DEFAULT
    editions: tuple[str, ...] = ()
    on: str = ""
    only: tuple[str, ...] = ()
    waivers: Path | None = None
    answers: Path | None = None
    baseline: Path | None = None


class Load(NamedTuple):
    """What came of one load: which files are otherwise than at the one before, and which findings are gone.

    While something cannot be read, nothing is known to be gone: that is told once it can.
    """

    loaded: Loaded
    review: Review
    changed: tuple[str, ...]
    mended: tuple[Finding, ...]


class Compared(NamedTuple):
    """One edition's report, what is new in it, and what is gone of the one before; None where there was none."""

    report: Report
    new: Report | None
    gone: Report | None


class Session:
    """Loads and checks one architecture again and again: the same as a first time, only faster.

    `good` is the last load that gave an architecture, `reports` what came of checking the last that was checked.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.good: Loaded | None = None
        self.reports: tuple[Report, ...] = ()
        self._last: Load | None = None
        self._open: tuple[Finding, ...] = ()  # of earlier loads; not known to be gone
        self._kept = Kept()

    def watched(self) -> Watched:
        """Tell what decides the next load."""
        asked, last = self.asked, self._last
        others = [path for path in (asked.waivers, asked.answers, asked.baseline) if path]
        found = last.loaded.asked if last else ()
        unread = last is not None and any(one.code == "I-READ" for one in last.loaded.findings)
        return watched(asked.root, found, others, unread)

    def load(self) -> Load | None:
        """Load anew.

        Returns:
            None where it is what it was.
        Raises:
            UsageError: a file of the reviewer's is not there.
        """
        asked, last = self.asked, self._last
        review = api.review(asked.root, asked.waivers, asked.answers, asked.baseline)
        loaded = api.load(asked.root, asked.limits, kept=self._kept)
        if last and _said(last.loaded, last.review) == _said(loaded, review):
            self._last = last._replace(loaded=loaded)
            return None
        changed = _changed(last.loaded, loaded) if last else ()
        missing = _missing((*self._open, *(last.loaded.findings if last else ())), loaded.findings)
        is_known = loaded.whole and not loaded.refused and not loaded.more
        mended, self._open = (missing, ()) if is_known else ((), missing)
        self._last = Load(loaded, review, changed, mended)
        if loaded.architecture is not None:
            self.good = loaded
        return self._last

    def check(self, load: Load) -> tuple[Compared, ...]:
        """Check what was loaded, where there is an architecture and the reviewer's files are usable."""
        if load.loaded.architecture is None or load.review.findings:
            return ()
        asked = self.asked
        on = api.day(asked.on, load.loaded)
        before = {one.result.edition: one for one in self.reports}
        self.reports = api.check_all(load.loaded, asked.editions, on, load.review, asked.only)
        return tuple(_compared(before.get(one.result.edition), one) for one in self.reports)


def _said(loaded: Loaded, review: Review) -> tuple[object, ...]:
    """Give all that one load can differ in from another."""
    files = tuple((file.path, file.sha256) for file in loaded.files)
    return files, [one.order for one in (*loaded.findings, *review.findings)], loaded.more, review.hashes


def _changed(before: Loaded, now: Loaded) -> tuple[str, ...]:
    """Name the files that are new, gone, or have other bytes."""
    old, new = ({(file.path, file.sha256) for file in one.files} for one in (before, now))
    return tuple(sorted({path for path, _ in old ^ new}))


def _missing(before: Sequence[Finding], now: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give the findings that are not there any more, as often as they are missing."""
    left = Counter(finding.fingerprint for finding in now)
    missing = []
    for finding in before:
        if not left[finding.fingerprint]:
            missing.append(finding)
        left[finding.fingerprint] -= left[finding.fingerprint] > 0
    return tuple(missing)


def _compared(before: Report | None, now: Report) -> Compared:
    if before is None:
        return Compared(now, None, None)
    return Compared(now, _without(now, before), _without(before, now))


def _without(report: Report, other: Report) -> Report:
    """Leave of what failed in a report what did not fail in the other."""
    left = Counter(_key(outcome) for one in other.result.requirements for outcome in one.outcomes if _unmet(outcome))
    requirements = []
    for one in report.result.requirements:
        kept = []
        for outcome in filter(_unmet, one.outcomes):
            if not left[_key(outcome)]:
                kept.append(outcome)
            left[_key(outcome)] -= left[_key(outcome)] > 0
        requirements.append(replace(one, outcomes=tuple(kept), counts=Counter(outcome.status for outcome in kept)))
    return replace(report, result=replace(report.result, requirements=tuple(requirements)))


def _unmet(outcome: Outcome) -> bool:
    return outcome.status in UNMET


def _key(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.requirement, outcome.check, outcome.fingerprint
