"""The page that is served of each load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kientruc import api
from kientruc.api import Loaded, Report
from kientruc.errors import KientrucError
from kientruc.messages import text
from kientruc.renderers import live_html
from kientruc.serving.live import Live
from kientruc.serving.session import Load, Session
from kientruc.views.words import name as name_of

MOST = 100  # findings shown of each sort


def page(loaded: Loaded, reports: Sequence[Report], lang: str) -> str:
    """Make the page.

    Args:
        reports: one for each edition; of what did not load, the one there is.
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


def show(session: Session, load: Load, live: Live, lang: str) -> None:
    """Say at once how loading went, and show the page with what the check found.

    Where the files cannot be read the page says why; a browser that has an older one lays that over its picture.
    """
    now = load.loaded
    if now.architecture is None:
        count = len(now.findings) + now.more
        notice = text("live.old" if session.good else "live.broken", lang, count=count)
        live.tell(notice)
        live.show(page(now, api.check_all(now), lang), whole=False, notice=notice)
        return
    live.tell("")
    session.check(load)
    live.show(page(now, session.reports, lang), whole=True)
