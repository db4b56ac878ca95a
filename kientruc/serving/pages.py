"""The page that is served: the newest that could be read, with what is wrong with the files now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kientruc import api
from kientruc.api import Loaded, Report
from kientruc.errors import KientrucError
from kientruc.messages import text
from kientruc.renderers import live_html
from kientruc.views.words import name as name_of

MOST = 100  # findings shown of each sort


def page(loaded: Loaded, reports: Sequence[Report], lang: str) -> str:
    """Make the page.

    Args:
        loaded: the findings of the newest load, with the newest architecture that there was; None for none so far.
        reports: of the same architecture; none while it is being checked.
    """
    architecture = loaded.architecture
    title = name_of(architecture.head, lang) if architecture else text("live.none", lang)
    return live_html.render(title, tuple(_lists(loaded, reports, lang)), _pictures(loaded, lang), lang)


def _lists(loaded: Loaded, reports: Sequence[Report], lang: str) -> Iterator[live_html.List]:
    count = len(loaded.findings) + loaded.more
    heading = text("text.findings", lang, count=count) if count else text("text.loaded-none", lang)
    yield heading, api.loading_remarks(loaded, lang)[:MOST], max(0, count - MOST)
    for report in reports:
        remarks, count = api.outcome_remarks(report, lang, MOST)
        yield next(iter(api.summary(report, lang)), ""), remarks, max(0, count - MOST)


def _pictures(loaded: Loaded, lang: str) -> tuple[bytes, ...]:
    if loaded.architecture is None:
        return ()
    try:
        return api.spell_view(api.view(loaded, "layered", lang), "svg", "slide")
    except KientrucError:  # there is nothing to draw, or more than can be drawn
        return ()


def notice(loaded: Loaded, good: Loaded | None, lang: str) -> str:
    """Say what a reader must know of the page: that its picture is older than the files."""
    if loaded.architecture is not None:
        return ""
    return text("live.old" if good else "live.broken", lang, count=len(loaded.findings) + loaded.more)
