"""The page that is served of each load."""

from __future__ import annotations

from kientruc import api
from kientruc.messages import text
from kientruc.serving.live import Live
from kientruc.serving.session import Load, Session


def show(session: Session, load: Load, live: Live, lang: str) -> None:
    """Say at once how loading went, and show the page with what the check found.

    Where the files cannot be read the page says why; a browser that has an older one lays that over its picture.
    """
    now = load.loaded
    if now.architecture is None:
        count = len(now.findings) + now.more
        notice = text("live.old" if session.good else "live.broken", lang, count=count)
        live.tell(notice)
        live.show(api.explorer(now, api.check_all(now), lang, live=True), whole=False, notice=notice)
        return
    live.tell("")
    session.check(load)
    live.show(api.explorer(now, session.reports, lang, live=True), whole=True)
