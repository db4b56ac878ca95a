"""Tables as one HTML file: strict CSP, no script, no network; wide ones scroll under headings that stay, and print."""

from __future__ import annotations

from kientruc.renderers.html_report import page
from kientruc.views.grid import Grids


def render(view: Grids, tool: str) -> str:
    """Spell the page."""
    return page("grids.html.jinja", ("report.css", "grids.css"), view.lang, view=view, tool=tool)
