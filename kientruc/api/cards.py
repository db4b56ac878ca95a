"""Things as cards in a notebook, and results as plain rows: what somebody looks at who works in Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kientruc import __version__
from kientruc.api.asking import found
from kientruc.api.checking import Report
from kientruc.loading import Loaded
from kientruc.model.architecture import Architecture

if TYPE_CHECKING:
    from kientruc.views.catalog import View
    from kientruc.views.outcomes import Results
    from kientruc.views.panel import Panel
    from kientruc.views.table import Answered


@dataclass(frozen=True, slots=True)
class Card:
    """A card: as HTML in a notebook, as text elsewhere. The HTML needs no script, no network and nothing beside it."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


def card(
    thing: Loaded | Architecture | Report | Sequence[Report] | Answered | View, id: str = "", lang: str = "vi"
) -> Card:
    """Make a card to look at in a notebook.

    Args:
        thing: an architecture for what it holds, or with `id` for one record of it; what was loaded, for the same with
            what was found in loading; one or several reports for verdict and outcomes; an answer of `Questions`; a
            view, drawn or as tables.
        id: of a record.
    Raises:
        UsageError: nothing has that id.
        ValueError: a record is asked for of what did not load.
        OutputError: the view holds more than can be drawn.
    Example:
        >>> api.card(loaded, "lgsp")  # doctest: +ELLIPSIS
        Nền tảng tích hợp, chia sẻ dữ liệu tỉnh...
    """
    from kientruc.renderers import panel_html

    panels = tuple(_panels(thing, id, lang))
    return Card(panel_html.render(panels, lang), panel_html.plain(panels))


def _panels(thing: Any, id: str, lang: str) -> Sequence[Panel]:
    from kientruc.views import panel
    from kientruc.views.grid import Grids
    from kientruc.views.table import Answered

    if isinstance(thing, Loaded | Architecture):
        return (_of_architecture(thing, id, lang),)
    if isinstance(thing, Report) or (isinstance(thing, Sequence) and all(isinstance(one, Report) for one in thing)):
        reports = (thing,) if isinstance(thing, Report) else tuple(thing)
        results = _results(reports, lang)
        return tuple(panel.outcome_panels(results)) or (panel.findings_panel(results, lang),)
    if isinstance(thing, Answered):
        return (panel.answer_panel(thing, lang),)
    return (panel.grids_panel(thing) if isinstance(thing, Grids) else _drawn(thing),)


def _of_architecture(thing: Loaded | Architecture, id: str, lang: str) -> Panel:
    from kientruc.views import panel
    from kientruc.views.subject import subject

    loaded = thing if isinstance(thing, Loaded) else Loaded(thing, (), ())
    architecture = loaded.architecture
    if id:
        if architecture is None:
            raise ValueError("an architecture that did not load has no records")
        record = found(architecture, id)
        return panel.record_panel(architecture, record, subject(architecture, record, lang), lang)
    from kientruc.result import CheckResult, Verdict

    report = Report(CheckResult("", None, Verdict.NOT_EVALUATED, (), loaded.findings), architecture)
    results = _results((report,), lang, loaded.more)
    if architecture is None:
        return panel.findings_panel(results, lang)
    return panel.architecture_panel(architecture, results, lang)


def _results(reports: Sequence[Report], lang: str, more: int = 0) -> Results:
    from kientruc.views.outcomes import results

    return results(reports, {}, more, __version__, lang)


def _drawn(view: View) -> Panel:
    from kientruc.api.pictures import spell_view
    from kientruc.views.panel import Panel

    return Panel(view.title, svgs=tuple(one.decode() for one in spell_view(view, "svg", "slide")))


def outcome_rows(reports: Report | Sequence[Report], lang: str = "vi") -> list[dict[str, str | int]]:
    """Give results as plain rows, one for each outcome: for a table, a count, a DataFrame.

    Args:
        reports: one for each edition.
    Returns:
        What failed first, then what waits, then what passed. Keys are the columns of `docs/outputs.md` in their order:
        `edition`, `requirement`, `title`, `status`, `subjects`, `message`, `file`, `line` and the others. Lines and
        columns count from 1; "" where there is none.
    Example:
        >>> rows = api.outcome_rows(report)
        >>> rows[0]["edition"], rows[0]["requirement"]
        ('cpdt-1.0', 'C10-AT-01')
    """
    from kientruc.views.outcome_table import COLUMNS, rows

    several = (reports,) if isinstance(reports, Report) else reports
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows(_results(several, lang))]
