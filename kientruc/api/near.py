"""The nearest known name, as a message puts it."""

from __future__ import annotations

from kientruc.messages import text


def near_words(name: str, lang: str) -> str:
    """Propose a name, or end the sentence where none is near."""
    return text("phrase.near", lang, near=name) if name else "."
