"""The one name that a misspelt one must mean: stricter by far than what a message proposes (decision 0022)."""

from __future__ import annotations

import re
from collections.abc import Iterable

FAR = 3  # slips at which a name is no rival any more
SHORTEST = 4  # letters of a name that one slip leaves recognisable
LONG = 8  # letters from which on two slips do
_SEPARATORS = re.compile(r"[._ -]+")
_DIGITS = re.compile(r"\d+")
_VOWEL = re.compile(r"[aeiouy]")
_SYLLABLE = re.compile(  # what could be a Vietnamese word without its marks
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)


def certain(word: str, known: Iterable[str]) -> str:
    """Give the one word of a closed list that is meant; "" if that takes judgement.

    It is the same but for case and separators; or one slip of the hand away (a letter swapped, lost, doubled, wrong)
    and no other is; or, of a long word, two slips, and no other is even three away. Digits are never changed.
    """
    from rapidfuzz.distance import OSA

    names = sorted(set(known))
    alike = [name for name in names if _folded(name) == _folded(word)]
    if alike or not word:
        return alike[0] if len(alike) == 1 and alike[0] != word else ""
    near = sorted((OSA.distance(word, name, score_cutoff=FAR), name) for name in names)
    distance, best = near[0] if near else (FAR + 1, "")
    rivals = [name for other, name in near[1:] if other <= (1 if distance == 1 else FAR)]
    wanted = {1: SHORTEST, 2: LONG}.get(distance)
    if rivals or wanted is None or len(best) < wanted or _DIGITS.findall(word) != _DIGITS.findall(best):
        return ""
    return best


def certain_id(word: str, ids: Iterable[str]) -> str:
    """Give the one id that is meant; "" if it may be another one, which only is not there yet.

    Beyond `certain`: no part of it between separators is made a different word (see `_is_slip`).
    """
    best = certain(word, ids)
    if not best:
        return ""
    ours, theirs = _SEPARATORS.split(word.lower()), _SEPARATORS.split(best)
    if len(ours) != len(theirs) or "".join(ours) == "".join(theirs):
        return best if len(best) >= LONG or _folded(word) == _folded(best) else ""  # a separator was lost or moved
    return best if all(our == their or _is_slip(our, their) for our, their in zip(ours, theirs, strict=True)) else ""


def _is_slip(our: str, their: str) -> bool:
    """Tell whether a part of an id can only be the other, misspelt.

    A letter typed twice is; else one slip in a part of three letters or more. Where the letters are other ones, or
    swapped in a shorter part, nothing one could say may have been written (`tizh`, `os`; not `tanh`, `khct`).
    """
    from rapidfuzz.distance import OSA

    said, sayable = _SYLLABLE.fullmatch(our) is not None, _VOWEL.search(their) is not None
    if sayable and any(our == their[:at] + letter + their[at:] for at, letter in enumerate(their)):
        return True
    if OSA.distance(our, their) != 1:
        return False
    if sorted(our) == sorted(their):
        return len(their) >= SHORTEST - 1 or (sayable and not said)
    if len(our) == len(their):
        return len(their) >= SHORTEST and sayable and not said
    return min(len(our), len(their)) >= SHORTEST - 1


def _folded(word: str) -> str:
    return _SEPARATORS.sub("_", word.lower().strip()).replace("-", "_")
