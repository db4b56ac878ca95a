"""A difference as one HTML file: strict CSP, no script, no network, opens from disk and prints."""

from __future__ import annotations

from kientruc.renderers.html_report import page
from kientruc.views.difference import DifferenceView


def render(view: DifferenceView, tool: str) -> str:
    """Spell the page."""
    return page("difference.html.jinja", ("report.css", "difference.css"), view.lang, view=view, tool=tool)
