"""A page to look at while the files are written: what is wrong with them, and a picture; a script keeps it new."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from importlib.resources import files

from markupsafe import Markup

from kientruc.renderers.html_report import page
from kientruc.views.remarks import Remark

ADOPT = """\
window.kientruc = {adopt(text) {
  const next = new DOMParser().parseFromString(text, "text/html");
  const main = next.querySelector("main");
  if (!main.querySelector("figure")) main.append(...document.querySelectorAll("figure"));
  for (const part of ["header", "main"]) document.querySelector(part).replaceWith(next.querySelector(part));
  document.title = next.title;
}};
"""
List = tuple[str, Sequence[Remark], int]  # a heading, what is below it, and how many more there are


def render(title: str, lists: Sequence[List], svgs: Iterable[bytes], lang: str) -> str:
    """Spell the page. The script may run and may ask whoever served it; nothing else may."""
    pictures = [Markup(svg.decode()) for svg in svgs]  # noqa: S704 - our own drawings, which escape their own text
    made = page(*("live.html.jinja", ("report.css",), lang), title=title, lists=lists, pictures=pictures, lang=lang)
    script = ADOPT + files("kientruc.renderers").joinpath("templates/live.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    may = f"default-src 'none'; script-src 'sha256-{digest}'; connect-src 'self'; "
    return made.replace("default-src &#39;none&#39;; ", may, 1).replace(
        "</head>", f"<script>{script}</script></head>", 1
    )
