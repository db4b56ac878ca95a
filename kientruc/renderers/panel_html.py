"""Cards as a piece of HTML for a notebook: its style within, no script, no network, readable on light and on dark."""

from __future__ import annotations

from collections.abc import Sequence

from kientruc.renderers.escapes import one_line
from kientruc.renderers.html_report import fragment
from kientruc.views.panel import Panel

FEW = 10  # rows of one label that are open


def render(panels: Sequence[Panel], lang: str) -> str:
    """Spell cards, one below the other."""
    return fragment("panel.html.jinja", "panel.css", lang, panels=panels, few=FEW)


def plain(panels: Sequence[Panel]) -> str:
    """Spell what there is of cards without HTML: their titles and rows."""
    lines = []
    for panel in panels:
        lines += [panel.title, *panel.lines, *(f"  {row.label}: {row.words}" for row in panel.rows)]
    return "\n".join(one_line(line) for line in lines)
