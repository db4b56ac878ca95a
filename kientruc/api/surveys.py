"""Surveys of the current state: the forms that go to departments, and what comes back in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc import __version__
from kientruc.api.checking import edition, model_sha256
from kientruc.api.consulting import inside
from kientruc.api.forms import FORM_EDITION
from kientruc.api.near import near_words
from kientruc.errors import UsageError, no_file
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.model.architecture import Architecture
from kientruc.views.remarks import Remark, remark

if TYPE_CHECKING:
    from kientruc.intake.survey_changes import Surveyed


def survey_forms(
    architecture: Architecture, body: str = "", lang: str = "vi", by: date | None = None
) -> dict[str, bytes]:
    """Make the forms of a survey.

    Args:
        body: the id of one body; "" for every body that owns or runs something, or is asked something.
        by: until when they are to come back; None for the day on which the first question of each is due.
    Returns:
        Workbooks by file name.
    Raises:
        UsageError: there is no such body, or nobody to be asked; the XLSX extra is not installed.
    """
    from kientruc.views.survey import survey, surveyed

    if body and body not in architecture.organisations:
        near = near_words(nearest(body, architecture.organisations), lang)
        raise UsageError("comments.no-body", found=body, near=near)
    bodies = (body,) if body else surveyed(architecture)
    if not bodies:
        raise UsageError("survey.nobody")
    try:
        from kientruc.renderers import survey_xlsx
    except ImportError:
        raise UsageError("cli.no-xlsx") from None
    form, model, tool = edition(FORM_EDITION), model_sha256(architecture), f"kientruc {__version__}"
    return {
        f"khao-sat-{one}.xlsx": survey_xlsx.render(survey(architecture, form, one, model, lang, by), tool)
        for one in bodies
    }


def take_surveys(
    root: Path, loaded: Loaded, forms: Sequence[Path], body: str = "", into: Path | None = None
) -> tuple[Surveyed, dict[str, Path]]:
    """Plan what filled forms change; `patch.write(root.parent)` puts it on disk.

    Args:
        loaded: must hold an architecture.
        body: whose a form is that has lost its keys.
        into: the file for new elements, as seen from where the user stands; None for where those of the body stand.
    Returns:
        The plan, and the forms by their hash, to name them in messages.
    Raises:
        UsageError: a form is not there, `into` lies outside, or what reads workbooks is not installed.
        EditRefused: a file cannot be edited, or would not load afterwards.
    """
    try:
        import openpyxl  # noqa: F401 - an extra: told before anything is read
    except ImportError:
        raise UsageError("cli.no-xlsx") from None
    from kientruc.intake.survey_book import read_survey
    from kientruc.intake.survey_changes import take

    for path in forms:
        if not path.exists() and not path.is_symlink():
            raise no_file(path, "*.xlsx")
    filled = [read_survey(path) for path in forms]
    taken = take(loaded, edition(FORM_EDITION), filled, body, inside(root, into))
    return taken, {str(id(one.source.file)): path for one, path in zip(filled, forms, strict=True)}


def survey_remarks(taken: Surveyed, paths: dict[str, Path], lang: str) -> Iterator[tuple[Remark, Path]]:
    """Put into words what was found in forms, each with the form as the user named it."""
    for finding in taken.findings:
        yield remark(finding, lang), paths.get(str(id(finding.span.file)) if finding.span else "", Path())
