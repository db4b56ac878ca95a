"""What was meant by words of somebody's own: a name for an id, Vietnamese for a key, something nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kientruc.loading.gathered import ID, Entry, proposal
from kientruc.loading.nearest import nearest
from kientruc.messages import LANGUAGES, PLACEHOLDER, keys, raw
from kientruc.model.kinds import Kind
from kientruc.model.verbs import Verb

CALLED = ("name", "name_en", "title", "title_en", "number")  # the fields by which a record is known to people
LONGEST = 40  # letters of what a word of the format is called; what is longer is a sentence
SHORTEST = 4  # letters of a phrase that says something as a part of another
ALIKE = 40.0  # of 100: so much of what was written must be the phrase found in it, or the other way round


def folded(words: str) -> str:
    """Give words as they are compared: no marks, no case, one hyphen between them."""
    return proposal(words).replace("_", "-").replace(".", "-")


def says_unknown(words: str) -> bool:
    """Tell whether somebody wrote that he does not know, in words or by a mere sign (`?`, `-`); `khong-co` is an id."""
    return ("-" not in words or not ID.fullmatch(words)) and ((said := folded(words)) in heard("unknown") or not said)


@cache
def heard(word: str) -> frozenset[str]:
    """Give what people say for a word of the format, in both languages, folded."""
    return frozenset(phrase for lang in LANGUAGES for phrase in _phrases(raw(f"heard.{word}", lang)))


def ours(word: str, allowed: Iterable[str]) -> str:
    """Give the word of the format, of those allowed, that is nearest in letters or in what the catalogues call it.

    Returns:
        "" where none is near: a wrong hint is worse than none.
    """
    known, said = tuple(allowed), folded(word)
    table = _table(known)
    exact = table.exact.get(said, "") if said else ""
    return exact if exact and exact != word else nearest(word, known) or _in_part(said, table)


class _Table(NamedTuple):
    """Words of the format by what they are called: the first of each phrase, the phrases of each, all their parts."""

    exact: Mapping[str, str]
    phrases: tuple[tuple[str, str], ...]
    parts: frozenset[str]


@lru_cache(64)
def _table(known: tuple[str, ...]) -> _Table:
    phrases = tuple((phrase, name) for name in known for phrase in {folded(name), *_spoken().get(name, ())})
    exact: dict[str, str] = {}
    for phrase, name in phrases:
        exact.setdefault(phrase, name)
    return _Table(exact, phrases, frozenset(part for phrase, _ in phrases for part in phrase.split("-")))


def _in_part(said: str, table: _Table) -> str:
    """Find what is called by a part of the words that were said, or they by a part of it; only one may fit best."""
    from rapidfuzz import fuzz

    if table.parts.isdisjoint(said.split("-")):
        return ""
    best: dict[str, float] = {}
    for phrase, name in table.phrases:
        if _holds(said, phrase) or _holds(phrase, said):
            best[name] = max(best.get(name, 0.0), fuzz.ratio(said, phrase))
    found = sorted(((ratio, name) for name, ratio in best.items() if ratio >= ALIKE), reverse=True)
    return found[0][1] if found and (len(found) == 1 or found[0][0] > found[1][0]) else ""


def _holds(words: str, part: str) -> bool:
    return len(part) >= SHORTEST and f"-{part}-" in f"-{words}-"


@cache
def _spoken() -> Mapping[str, frozenset[str]]:
    """Map each word of the format to what the catalogues, the kinds and the verbs call it, in both languages."""
    found: dict[str, set[str]] = {}
    for lang in LANGUAGES:
        for key in keys(lang):
            if not PLACEHOLDER.search(words := raw(key, lang)) and (len(words) <= LONGEST or key.startswith("heard.")):
                found.setdefault(key.rpartition(".")[2], set()).update(_phrases(words))
        for one in (*Kind, *Verb):
            found.setdefault(one.value, set()).update(_phrases(one.in_(lang)))
    return {word: frozenset(phrases) for word, phrases in found.items()}


def _phrases(words: str) -> Iterator[str]:
    """Take apart what something is called in several ways."""
    yield from filter(None, map(folded, words.replace(";", ",").split(",")))


class Names:
    """The ids of records by what people call them, made when first asked for."""

    def __init__(self, sections: Mapping[str, Mapping[str, Entry]]) -> None:
        self._sections = sections
        self._known: dict[str, dict[str, set[str]]] = {}

    def id_of(self, words: str, sections: Sequence[str]) -> str:
        """Give the id of the one thing in these sections with that name; "" if there is none, or several."""
        said = folded(words)
        found = set().union(*(self._named(section).get(said, ()) for section in sections)) if said else set()
        return str(next(iter(found))) if len(found) == 1 else ""

    def _named(self, section: str) -> Mapping[str, set[str]]:
        if section not in self._known:
            known = self._known[section] = {}
            for id, entry in self._sections[section].items():
                for name in (entry.node.get(field) for field in CALLED):
                    if isinstance(name, str):
                        known.setdefault(folded(name), set()).add(id)
        return self._known[section]
