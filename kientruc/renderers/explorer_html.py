"""The explorer as one HTML file: strict CSP, one script of ours, no network, opens from disk and prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from kientruc.messages import raw
from kientruc.renderers.html_report import page
from kientruc.views.explorer import Entry, Explorer, Found

SCRIPTS = ("words", "picture", "lists", "card", "page")  # in the order they build upon each other
LIVE = "live.js"
WORDS = (
    *("explorer.all", "explorer.some", "explorer.none", "explorer.more", "explorer.by-name", "explorer.by-text"),
    *("explorer.value", "explorer.drop", "explorer.where", "explorer.pass", "explorer.findings-of", "explorer.close"),
    *(
        "explorer.pictures-of",
        "explorer.not-here",
        "explorer.findings-none",
        "explorer.findings-unfound",
        "explorer.none-but",
    ),
    *("explorer.changed", "explorer.same", "explorer.gone", "explorer.broken", "explorer.mended"),
)  # what the script says


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture: its pages as SVG of ours, and for each block that counts several elements their ids."""

    id: str
    title: str
    svgs: tuple[str, ...]
    counted: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def pages(self) -> tuple[Markup, ...]:
        """The drawings, to be set into the page as they are."""
        return tuple(Markup(svg) for svg in self.svgs)  # noqa: S704 - our own drawings, which escape their own text


def render(
    view: Explorer,
    sheets: Sequence[Sheet],
    tool: str,
    beside: str,
    left: Sequence[str],
    live: bool,
    elsewhere: Sequence[str] = (),
) -> str:
    """Spell the page.

    Args:
        sheets: the pictures, the first to be shown first.
        beside: the name of the report's file, where it lies beside the page.
        left: the titles of pictures that were not drawn.
        live: it may ask the server that it came from for a newer page.
        elsewhere: the titles of pictures that only a command draws.
    """
    words = {key.removeprefix("explorer."): raw(key, view.lang) for key in WORDS}
    values: dict[str, object] = {"view": view, "sheets": sheets, "tool": tool, "beside": beside, "left": left}
    values["elsewhere"] = elsewhere
    data = {
        "words": _json(words),
        "data": _json({**_data(view), "counted": {one.id: dict(one.counted) for one in sheets if one.counted}}),
    }
    return page(
        *("explorer.html.jinja", ("report.css", "explorer.css"), view.lang),
        script=_script(live),
        connect="'self'" if live else "'none'",
        **{**values, **data},
    )


def _script(live: bool) -> str:
    here = files("kientruc.renderers").joinpath("templates")
    parts = [here.joinpath(f"explorer/{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    if live and (more := here.joinpath(LIVE)).is_file():
        parts.append(more.read_text(encoding="utf-8"))
    return "(() => {\n'use strict';\n" + "".join(parts) + "})();\n"


def _json(value: object) -> Markup:
    """Spell data for a script element: nothing in it can end the element or begin a comment."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))  # noqa: S704 - escaped here


def _data(view: Explorer) -> dict[str, Any]:
    """Give what the script reads; labels of rows stand once, and are told by their position."""
    labels: dict[str, int] = {}
    return {
        "loaded": view.is_loaded,
        "facets": [{"id": one.id, "label": one.label, "values": one.values} for one in view.facets],
        "statuses": dict(view.statuses),
        "rules": [[one.id, one.title, one.about, one.basis] for one in view.rules],
        "entries": [_entry(one, labels) for one in view.entries],
        "findings": [_found(one) for one in view.findings],
        "labels": list(labels),
    }


def _entry(entry: Entry, labels: dict[str, int]) -> dict[str, Any]:
    rows = [[labels.setdefault(told, len(labels)), *filter(None, (words, ref))] for told, words, ref in entry.rows]
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "values": entry.values,
        "words": entry.words,
        "folded": entry.folded,
        "rows": rows,
        "passed": entry.passed,
        "place": entry.place,
        "print": entry.print,
    }


def _found(found: Found) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "code": found.code,
        "status": found.status,
        "message": found.message,
        "remedy": found.remedy,
        "subjects": found.subjects,
        "places": found.places,
        "source": found.source,
        "marks": found.marks,
    }
