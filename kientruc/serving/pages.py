"""The pages that are served: the newest that could be read, with what is wrong with the files now."""

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


def show(session: Session, load: Load, live: Live, lang: str) -> None:
    """Show what is wrong and the picture at once, what the check found as soon as it is known.

    Where the files cannot be read, picture and results are those of the last time they could be.
    """
    good, now = session.good, load.loaded
    if now.architecture is None:
        count = len(now.findings) + now.more
        shown = now._replace(architecture=good.architecture) if good else now
        live.show(page(shown, session.reports, lang), text("live.old" if good else "live.broken", lang, count=count))
        return
    live.show(page(now, (), lang), "")
    if session.check(load):
        live.show(page(now, session.reports, lang), "")
