"""A status as lines for a terminal, as Markdown, or as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from kientruc.renderers import migration
from kientruc.views.status import StatusView
from kientruc.views.status_sections import sections

FORMAT = "kientruc-status/1"


def lines(view: StatusView, lang: str) -> str:
    """Spell it for a terminal."""
    return "\n".join(migration.lines(sections(view, lang)))


def note(view: StatusView, lang: str) -> str:
    """Spell it as Markdown."""
    return migration.note(sections(view, lang), "")


def data(view: StatusView) -> str:
    """Spell everything as JSON; days as 2017-09-13."""
    whole = {"format": FORMAT, "blocked": bool(view.standing.blockers), **asdict(view)}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=str) + "\n"
