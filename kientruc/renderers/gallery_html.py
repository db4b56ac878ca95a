"""A page of all pictures of an architecture: each by its title, drawn, with the files it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kientruc.renderers.html_report import page


@dataclass(frozen=True, slots=True)
class Entry:
    """One view: its pages as SVG of ours, and the names of the files beside this page that hold it."""

    id: str
    title: str
    svgs: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def pages(self) -> tuple[Markup, ...]:
        """The drawings, to be set into the page as they are."""
        return tuple(Markup(svg) for svg in self.svgs)  # noqa: S704 - our own drawings, which escape their own text


@dataclass(frozen=True, slots=True)
class Gallery:
    """What the page shows; `left` are views of which nothing could be drawn, with why."""

    title: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    entries: Sequence[Entry]
    left: Sequence[tuple[str, str]]


def render(view: Gallery, lang: str, tool: str) -> str:
    """Spell the page; it works by itself, from a disk."""
    return page(
        *("gallery.html.jinja", ("report.css", "gallery.css"), lang),
        **{name: getattr(view, name) for name in ("title", "mark", "facts", "entries", "left")},
        lang=lang,
        tool=tool,
    )
