"""One submission appraised, in the process that calls: opened, checked, compared, written; nothing touches the disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc.api.checking import Report, check_all, day, edition, fails, limits, loading_remarks, model_sha256
from kientruc.api.forms import FORM_EDITION
from kientruc.api.near import sentence
from kientruc.api.outputs import findings_json, provenance
from kientruc.api.reviewing import NAME, QUESTIONS, TOOL, Outcome, Reviewing, State, lost, packed
from kientruc.api.submissions import Submission, open_submission
from kientruc.errors import KientrucError
from kientruc.finding import Severity
from kientruc.frameworks import edition_ids
from kientruc.messages import text
from kientruc.model.architecture import Architecture

if TYPE_CHECKING:
    from kientruc.review import Review
    from kientruc.views.appraisal import Appraisal, Earlier, Submitted
    from kientruc.views.remarks import Place

THRESHOLDS = ("info", "minor", "major", "blocker", "must")


def appraiser(setup: bytes) -> Callable[[bytes], bytes]:
    """Get ready, before any submission is read: read the editions, import what is needed. In the worker."""
    reviewing = Reviewing.unpacked(setup)
    warm(reviewing)
    return partial(_task, reviewing)


def _task(reviewing: Reviewing, task: bytes) -> bytes:
    asked = json.loads(task)
    return packed(appraised(reviewing, Path(asked["path"]), asked["name"]))


def warm(reviewing: Reviewing) -> None:
    """Read every edition and import every module that an appraisal needs, so that a child need not."""
    for id in edition_ids():
        edition(id)
    from kientruc import bundle, comparing, intake, review  # noqa: F401 - to have them
    from kientruc.renderers import appraisal_html, appraisal_json, html_report  # noqa: F401 - to have them
    from kientruc.review import answers, waivers  # noqa: F401 - to have them
    from kientruc.views import appraisal, appraisal_paper  # noqa: F401 - to have them

    if {"docx", "pdf"} & {*reviewing.formats}:
        from kientruc.renderers.document import docx, laid_out, pdf, profile  # noqa: F401 - to have them


def appraised(reviewing: Reviewing, path: Path, name: str) -> Outcome:
    """Appraise one submission. What is wrong with it is in the outcome; it raises only where the tool fails."""
    cut_off = date.fromisoformat(reviewing.cut_off) if reviewing.cut_off else None
    try:
        submission = open_submission(path, limits(reviewing.elements), cut_off)
        loaded = submission.loaded
        if loaded.architecture is None or any(one.severity is Severity.BLOCKER for one in loaded.findings):
            return _refused(submission, name, reviewing)
        return _appraised(submission, name, reviewing, loaded.architecture)
    except KientrucError as error:
        return lost(path, name, sentence(error, reviewing.lang), reviewing)


def editions_for(reviewing: Reviewing, architecture: Architecture) -> tuple[str, ...]:
    """Give the editions to check against: the reviewer's, else the declared one with the guide to its forms."""
    if reviewing.editions:
        return reviewing.editions
    declared = architecture.head.edition
    guide = edition(FORM_EDITION)
    return (declared, FORM_EDITION) if guide.places_of == declared != FORM_EDITION else (declared,)


def _refused(submission: Submission, name: str, reviewing: Reviewing) -> Outcome:
    from kientruc.views.appraisal import refused

    loaded, lang = submission.loaded, reviewing.lang
    state: State = "refused" if loaded.refused else "unread"
    report = check_all(loaded._replace(architecture=None))
    view = refused(_submitted(submission, lang), loaded.findings, loaded.more, provenance(loaded, report, lang), lang)
    files = _files(view, state, None, reviewing)
    heavy = [one for one in loading_remarks(loaded, lang) if one.severity is Severity.BLOCKER]
    reasons = tuple(f"{one.place.where}: {one.code}: {one.message}" if one.place else one.message for one in heavy)
    reached = THRESHOLDS if state == "unread" else ()
    return Outcome(submission.path, name, state, (), reached, reasons, files)


def _appraised(submission: Submission, name: str, reviewing: Reviewing, architecture: Architecture) -> Outcome:
    import json

    from kientruc.views.appraisal import appraisal

    lang, loaded = reviewing.lang, submission.loaded
    review = _review(reviewing, submission)
    on = day(reviewing.on, loaded)
    reports = _located(submission, check_all(loaded, editions_for(reviewing, architecture), on, review))
    checked = [(one.edition, one.result) for one in reports if one.edition]
    earlier = _earlier(reviewing, review, architecture, tuple(one.id for one, _ in checked), reports[0].result.on)
    submitted = _submitted(submission, lang, architecture)
    if reviewing.previous and earlier is None:
        submitted = submitted._replace(remarks=(*submitted.remarks, text("appraisal.no-previous", lang)))
    view = appraisal(
        architecture,
        checked,
        submitted,
        loaded.findings,
        provenance(loaded, reports, lang),
        lang,
        model_sha256(architecture),
        earlier,
        _places(submission),
        _pages(submission, architecture),
    )
    files = _files(view, "appraised", json.loads(findings_json(loaded, reports)), reviewing)
    reached = tuple(one for one in THRESHOLDS if any(fails(report, one) for report in reports))
    verdicts = tuple((result.edition, result.verdict.value) for _, result in checked)
    return Outcome(submission.path, name, "appraised", verdicts, reached, (), files)


def _review(reviewing: Reviewing, submission: Submission) -> Review:
    """Read the reviewer's files again: a note tells where they lie in what is checked."""
    from kientruc.review import read

    inside = {"folder": submission.path, "file": submission.path.parent}.get(submission.kind)
    waivers, answers = (Path(words) if words else None for words in (reviewing.waivers, reviewing.answers))
    return read(waivers, answers, None, inside)


def _located(submission: Submission, reports: tuple[Report, ...]) -> tuple[Report, ...]:
    """Let the results on a workbook lead to its cells."""
    if submission.received is None:
        return reports
    from kientruc.intake.form_cells import in_cells

    cells = submission.received.cells
    return tuple(replace(one, result=in_cells(one.result, cells)) for one in reports)


def _places(submission: Submission) -> Mapping[str, Place]:
    from kientruc.views.remarks import place

    cells = submission.received.cells if submission.received else {}
    return {id: place(cell) for id, cell in cells.items() if "." not in id}


def _submitted(submission: Submission, lang: str, architecture: Architecture | None = None) -> Submitted:
    """Say what was handed in; what a bundle says of itself is only compared with what is found here."""
    from kientruc.views.appraisal import Submitted

    remarks: list[str] = []
    if submission.bundle is not None:
        manifest = submission.bundle.manifest
        for pack in manifest.editions:
            if pack.id not in edition_ids():
                remarks.append(text("appraisal.pack-unknown", lang, edition=pack.id))
            elif edition(pack.id).sha256 != pack.sha256:
                remarks.append(text("appraisal.pack-differs", lang, edition=pack.id))
        if architecture is not None and manifest.architecture.model_sha256 != model_sha256(architecture):
            remarks.append(text("appraisal.model-differs", lang))
    sort = text(f"submission.{submission.kind}", lang)
    sha256 = submission.sha256 if submission.loaded.files else ""  # of nothing there is a hash, but it tells nothing
    return Submitted(submission.path.name, sort, sha256, tuple(remarks))


def _earlier(
    reviewing: Reviewing, review: Review, architecture: Architecture, ids: tuple[str, ...], on: date | None
) -> Earlier | None:
    """Find, among the earlier submissions, the one of this architecture, and check it on the same day."""
    from kientruc.api.comparing import diff
    from kientruc.views.appraisal import Earlier

    for words in reviewing.previous:
        try:
            submission = open_submission(Path(words), limits(reviewing.elements))
        except KientrucError:  # then there is none to compare with, and that is told
            continue
        before = submission.loaded.architecture
        if before is None or before.head.id != architecture.head.id:
            continue
        reports = check_all(submission.loaded, ids, on, review)
        checked = tuple((one.edition, one.result) for one in reports if one.edition)
        found = diff(before, architecture)
        whats = [one.what.value for one in found.changes]
        changes = tuple((key, whats.count(key)) for key in ("added", "removed", "renamed", "changed"))
        return Earlier(before, checked, submission.sha256, changes)
    return None


def _pages(submission: Submission, architecture: Architecture) -> dict[str, tuple[str, ...]]:
    """Tell where the pages in a bundle speak of each element."""
    if submission.bundle is None:
        return {}
    from kientruc.views.pages import pages

    return pages(submission.bundle.members, architecture)


def _files(view: Appraisal, state: State, result: object, reviewing: Reviewing) -> dict[str, bytes]:
    from kientruc.renderers import appraisal_html, appraisal_json

    files = {f"{NAME}.json": appraisal_json.render(view, state, TOOL, result)}
    if "html" in reviewing.formats:
        files[f"{NAME}.html"] = appraisal_html.render(view, TOOL)
    if state == "appraised":
        files |= dict(_papers(view, reviewing))
        from kientruc.views.appraisal import questions_yaml

        if questions := questions_yaml(view):
            files[QUESTIONS] = questions.encode()
    return files


def _papers(view: Appraisal, reviewing: Reviewing) -> Iterator[tuple[str, bytes]]:
    """Write the paper to be signed, in the format of today's official papers."""
    wanted = {"docx", "pdf"} & {*reviewing.formats}
    if not wanted:
        return
    from kientruc.renderers.document import docx, pdf
    from kientruc.renderers.document.laid_out import lay_out
    from kientruc.renderers.document.profile import profiles
    from kientruc.views.appraisal_paper import PROFILE, appraisal_paper

    profile = next(one for one in profiles() if one.id == PROFILE)
    laid = lay_out(appraisal_paper(view, reviewing.issuer), profile)
    if "docx" in wanted:
        yield f"{NAME}.docx", docx.render(laid, pdf.pages(laid))
    if "pdf" in wanted:
        yield f"{NAME}.pdf", pdf.render(laid)
