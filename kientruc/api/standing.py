"""Where an architecture stands on its way to approval on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc.api.checking import check_all, edition
from kientruc.api.cutting import Shown
from kientruc.api.suffix import by_suffix
from kientruc.frameworks import edition_ids
from kientruc.loading import Loaded
from kientruc.loading.contradictions import CODES
from kientruc.result import Status
from kientruc.views.remarks import remark

if TYPE_CHECKING:
    from kientruc.review import Review
    from kientruc.views.status import StatusView

STATUS_FORMATS = ("text", "json", "md")


def status(
    found: Loaded | Shown,
    on: date | None = None,
    review: Review | None = None,
    editions: Sequence[str] = (),
    lang: str = "vi",
) -> StatusView:
    """Tell where an architecture stands: steps, blockers, debts, contradictions, broken chains.

    Args:
        found: must hold an architecture; of one cut for its readers, requirements are checked of the whole.
        on: by default the architecture's cut-off.
        review: the reviewer's waivers; they are told when they end, and count where requirements are checked.
        editions: whose binding requirements must hold before the next step; none are checked by default.
    Raises:
        UsageError: an edition does not exist.
    Example:
        >>> api.status(loaded).on.isoformat()
        '2017-09-13'
    """
    from kientruc.frameworks.holidays import calendar
    from kientruc.progress.chains import broken_chains
    from kientruc.progress.debts import debts
    from kientruc.progress.stages import stages
    from kientruc.progress.where import where
    from kientruc.views.status import Found
    from kientruc.views.status import status as view

    shown = found if isinstance(found, Shown) else Shown(found)
    loaded, architecture = shown.loaded, shown.loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load stands nowhere")
    day, declared = on or architecture.cut_off, architecture.head.edition
    pack = edition(declared) if declared in edition_ids() else None
    standing = where(architecture, day, calendar(), _failing(Loaded(shown.whole, (), ()), day, review, editions))
    waivers = review.waivers if review else ()
    told = Found(
        standing,
        debts(architecture, standing, calendar(), waivers, pack.law.documents if pack else None),
        tuple(remark(one, lang) for one in loaded.findings if one.code in CODES),
        broken_chains(architecture),
        stages(architecture, pack.path if pack else {}),
        tuple(editions),
    )
    return view(architecture, told, calendar(), lang)


def _failing(loaded: Loaded, on: date, review: Review | None, editions: Sequence[str]) -> tuple[str, ...]:
    """Name the requirements that must be met and are not."""
    if not editions:
        return ()
    return tuple(
        one.requirement
        for report in check_all(loaded, editions, on, review)
        for one in report.result.requirements
        if report.edition and one.status is Status.FAIL and report.edition.requirements[one.requirement].binds
    )


def status_format(format: str, to: Path | None) -> str:
    """Tell how to spell a status: as asked, else as the suffix of the file says, else as text."""
    return by_suffix(format, to, STATUS_FORMATS)


def spell_status(view: StatusView, format: str = "text", lang: str = "vi") -> str:
    """Spell a status in one of `STATUS_FORMATS`.

    Example:
        >>> json.loads(api.spell_status(api.status(loaded), "json"))["format"]
        'kientruc-status/1'
    """
    from kientruc.renderers import status as renderer

    if format == "json":
        return renderer.data(view)
    return renderer.note(view, lang) if format == "md" else renderer.lines(view, lang)
