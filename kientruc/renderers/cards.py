"""Cards of records beside their text for a terminal: a page of Markdown, and data for programs."""

from __future__ import annotations

from typing import Any

from kientruc.model.record import Record
from kientruc.renderers import card_md
from kientruc.views.card import Card


def markdown_page(card: Card) -> str:
    """Spell a card as a page of its own."""
    return card_md.render(card.title, "", (Card("", card.rows, card.blocks),), lambda _: "").replace("\n## \n", "\n")


def data(record: Record) -> dict[str, Any]:
    """Give what the files say of a record, and where."""
    fields = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"section": type(record).section, "where": str(record.span() or ""), "record": fields}
