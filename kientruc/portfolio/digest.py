"""One submission to one result: opened within limits, checked, and told in what a portfolio compares."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kientruc import api
from kientruc.errors import KientrucError
from kientruc.finding import Finding
from kientruc.messages import LANGUAGES, text
from kientruc.model.architecture import Architecture
from kientruc.model.values import Access
from kientruc.portfolio.found import Sort
from kientruc.portfolio.holdings import Holdings
from kientruc.portfolio.spending import spending
from kientruc.portfolio.told import MOST_HELD, Checked, Head, Refusal, Told
from kientruc.views.access_marks import told_for
from kientruc.views.remarks import place, remark
from kientruc.views.words import label


class Settings(NamedTuple):
    """What the one who runs it asks for, and what a result depends on beside the submission.

    `editions`: none for the one each submission declares; `on`: none for the cut-off of each; `cut_off`: of workbooks
    that do not say their own; `access`: for whom the portfolio is.
    """

    editions: tuple[str, ...] = ()
    on: date | None = None
    cut_off: date | None = None
    access: str = Access.INTERNAL.value

    def told(self) -> list[object]:
        """Give them as data, for JSON."""
        days = [day.isoformat() if day else None for day in (self.on, self.cut_off)]
        return [list(self.editions), *days, self.access]

    @classmethod
    def read(cls, data: list[object]) -> Settings:
        """Read what `told` gave."""
        editions, on, cut_off, access = data
        assert isinstance(editions, list)
        first, second = (date.fromisoformat(day) if isinstance(day, str) else None for day in (on, cut_off))
        return cls(tuple(map(str, editions)), first, second, str(access))


def prepare(setup: bytes) -> Callable[[bytes], bytes]:
    """Read what all submissions are held against, once, and give what makes a result of one: task in, result out."""
    settings = Settings.read(json.loads(setup))
    for id in settings.editions:
        api.edition(id)

    def run(task: bytes) -> bytes:
        path, kind = json.loads(task)
        return digest(Path(path), kind, settings)

    return run


def digest(path: Path, kind: Sort, settings: Settings) -> bytes:
    """Give the result of a submission, spelt; one that cannot be used is a result too."""
    try:
        return _digest(path, kind, settings).spelt()
    except KientrucError as error:
        values = {name: path.name if value == str(path) else value for name, value in error.values.items()}
        return refused(kind, error.key, error.key, values=values)


def refused(
    kind: Sort, code: str, words: str, lasting: bool = True, values: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Spell the result of a submission that something stopped."""
    message = {lang: text(words, lang, **{"near": "", **values}) for lang in LANGUAGES}
    told = Refusal.model_validate({"code": code, "message": message, "lasting": lasting})
    return Told(kind=kind, refusal=told).spelt()


def _digest(path: Path, kind: Sort, settings: Settings) -> Told:
    submission = api.open_submission(path, cut_off=settings.cut_off)
    loaded = submission.loaded
    if loaded.architecture is None:
        return Told(
            kind=kind,
            submission_sha256=submission.sha256,
            refusal=_refusal(loaded.findings, len(loaded.findings) + loaded.more),
        )
    whole = loaded.architecture
    cuts = whole.holds_restricted or settings.access == Access.PUBLIC.value
    architecture = api.cut(loaded, settings.access).architecture if cuts else whole
    reports = api.check_all(loaded, settings.editions, settings.on)
    editions = tuple(one.edition for one in reports if one.edition)
    holdings = Holdings(architecture, editions, submission.received.cells if submission.received else None)
    offers = tuple(holdings.offers())
    return Told(
        kind=kind,
        submission_sha256=submission.sha256,
        head=_head(architecture, api.model_sha256(whole)),
        checked=tuple(_checked(one) for one in reports),
        bearers=holdings.bearers(),
        places=tuple(holdings.places()),
        links=tuple(holdings.links()),
        duplicates=tuple(holdings.duplicates())[:MOST_HELD],
        offers=offers[:MOST_HELD],
        offers_more=max(0, len(offers) - MOST_HELD),
        sums=tuple(spending(architecture)),
    )


def _refusal(findings: tuple[Finding, ...], count: int) -> Refusal:
    """Take the heaviest finding, the first of several; what was too large or hostile before what is wrong."""
    first = min(findings, key=lambda one: (not one.refused, one.severity.rank, one.order))
    said = {lang: remark(first, lang).message for lang in LANGUAGES}
    where = place(first.span).where if first.span else ""
    return Refusal.model_validate({"code": first.code, "message": said, "at": where[:1_000], "findings": count})


def _head(architecture: Architecture, model: str) -> Head:
    head, readers = architecture.head, told_for(architecture)
    return Head(
        id=head.id,
        name=head.name,
        name_en=head.name_en or "",
        agency=label(architecture, head.agency, "vi"),
        version=head.version or "",
        cut_off=head.cut_off.isoformat(),
        edition=head.edition,
        model_sha256=model,
        elements=len(architecture.elements),
        relations=len(architecture.relations),
        sample=architecture.is_sample,
        readers=readers.value if readers else "",
    )


def _checked(report: api.Report) -> Checked:
    result = report.result
    assert result.on is not None
    return Checked(
        edition=result.edition,
        sha256=report.edition.sha256 if report.edition else "",
        on=result.on.isoformat(),
        verdict=result.verdict,
        requirements={one.requirement: one.status for one in result.requirements},
    )
