"""The known name nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], cutoff: float = 70.0) -> str:
    """Give the most similar known name, the first in alphabetical order among equals; "" if none is near."""
    from rapidfuzz import fuzz, process  # only ever needed to explain a mistake

    best = process.extractOne(word, sorted(set(known)), scorer=fuzz.ratio, score_cutoff=cutoff)
    return str(best[0]) if best else ""
