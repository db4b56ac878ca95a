"""Cards as a Markdown page: a heading with an anchor each, rows as an outline, examples to open and copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

from kientruc.renderers.escapes import markdown, one_line
from kientruc.views.card import Card, Row

_FENCES = re.compile(r"^ *(`{3,})", re.MULTILINE)
Link = Callable[[str], str]  # gives the address of what a row leads to; "" for none


def anchor(id: str) -> str:
    """Give the anchor of a card within its page."""
    return re.sub(r"[^a-z0-9_.-]", "-", id.casefold())


def render(title: str, intro: str, cards: Iterable[Card], link: Link) -> str:
    """Spell a page.

    Args:
        intro: Markdown already.
    """
    lines = [f"# {markdown(title)}", "", *([intro.strip(), ""] if intro else [])]
    for card in cards:
        lines += _card(card, link)
    return "\n".join(lines).rstrip() + "\n"


def _card(card: Card, link: Link) -> Iterator[str]:
    if card.id:
        yield f'<a id="{anchor(card.id)}"></a>'
        yield ""
    yield f"## {markdown(card.title)}"
    yield ""
    yield from _rows(card.rows, link, "")
    yield ""
    for title, text in card.blocks:
        fence = "`" * max((len(run) + 1 for run in _FENCES.findall(text)), default=3)
        yield f"<details><summary>{escape(one_line(title))}</summary>"
        yield from ("", f"{fence}yaml", text.rstrip("\n"), fence, "", "</details>", "")


def _rows(rows: Iterable[Row], link: Link, indent: str) -> Iterator[str]:
    for row in rows:
        address = link(row.ref) if row.ref else ""
        label, words = markdown(row.label), markdown(row.words)
        if address and (row.label == row.ref or not words):
            label = f"[{label}]({address})"
        elif address:
            words = f"[{words}]({address})"
        told = ": ".join(part for part in (f"**{label}**" if label else "", words) if part)
        yield f"{indent}- {told}"
        yield from _rows(row.below, link, f"{indent}  ")
