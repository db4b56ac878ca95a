"""The known name nearest to a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Iterable

CLOSE = 80.0  # of 100: so similar that few other names are


def close(word: str, known: Iterable[str]) -> str:
    """Give the nearest known name if it differs by one slip, or hardly; else "": a wrong hint is worse than none."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    best = nearest(word, known)
    return best if best and (fuzz.ratio(word, best) >= CLOSE or OSA.distance(word, best) == 1) else ""


def nearest_first(word: str, known: Iterable[str], most: int) -> list[str]:
    """Give some of the known names: those like the word, the most similar first, then the others as they come."""
    from rapidfuzz import fuzz, process

    names = list(known)
    like = [str(name) for name, _, _ in process.extract(word, names, scorer=fuzz.ratio, score_cutoff=60.0, limit=most)]
    return [*like, *(name for name in names if name not in like)][:most]


def nearest(word: str, known: Iterable[str], cutoff: float = 70.0) -> str:
    """Give the most similar known name, the first in alphabetical order among equals; "" if none is near."""
    from rapidfuzz import fuzz, process  # only ever needed to explain a mistake

    best = process.extractOne(word, sorted(set(known)), scorer=fuzz.ratio, score_cutoff=cutoff)
    return str(best[0]) if best else ""


def partly(word: str, known: Iterable[str]) -> str:
    """Give the one known name that has the word as a whole part between separators; "" if none has, or several."""
    found = holding(word, known)
    return found[0] if len(found) == 1 else ""


def holding(word: str, known: Iterable[str]) -> list[str]:
    """Give the known names that have the word as a whole part between separators, in order."""
    part = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])")
    found = {name for name in known if part.search(name)} if word else set()
    return sorted(found)
