"""An appraisal as one HTML file for reading: strict CSP, no script, no network, opens from disk."""

from __future__ import annotations

from kientruc.renderers.html_report import page
from kientruc.views.appraisal import Appraisal


def render(view: Appraisal, tool: str) -> bytes:
    """Spell an appraisal, or the reasons why there is none."""
    return page("appraisal.html.jinja", ("report.css", "appraisal.css"), view.lang, view=view, tool=tool).encode()
