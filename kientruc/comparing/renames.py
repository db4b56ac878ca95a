"""Which records only got another id: as the new architecture says, else by what they say; what is not clear is none.

No removed record is ever held against all added ones: both must share a key (a name, a code, a rare field), and keys
that many share tell nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping

from rapidfuzz import fuzz

from kientruc.comparing.difference import COURSE, Nature
from kientruc.comparing.leaves import spelt
from kientruc.comparing.plain import all_leaves, nature_of, successors_of
from kientruc.model.architecture import SECTIONS, Architecture
from kientruc.model.record import Record

NAME_ALIKE = 90.0  # of 100: a letter or a short word differs; measured on the names of the province's elements
CODE_NAME_ALIKE = 50.0  # local codes are often numbers that move on to the next thing: a name may not be another's
FIELDS_ALIKE = 0.6  # of all fields of both
SHARED = 8  # a field that more records share tells nothing of which is which
BEST_BY = 0.1  # the best candidate must be so much better than the second
Keys = Callable[[Record], Iterable[Hashable]]
_QUOTES = dict.fromkeys(map(ord, "\"'“”‘’«»"), " ")
_WORDS = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


def renames(old: Architecture, new: Architecture) -> dict[tuple[str, str], tuple[str, str]]:
    """Find the records that got another id.

    Returns:
        By section and old id: the new id, and how it was recognised (retired, identical, name, codes, similar).
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for section in SECTIONS:
        before, after = old.records[section], new.records[section]
        gone = {id: before[id] for id in before.keys() - after.keys()}
        come = {id: after[id] for id in after.keys() - before.keys()}
        if gone and come:
            finder = _Finder(section, gone, come)
            finder.told(new)
            finder.alike()
            found |= {(section, old_id): rest for old_id, rest in finder.found.items()}
    return dict(sorted(found.items()))


def title(record: Record) -> str:
    """Give a record's name, number or title as it is compared: one case, single spaces, no marks of quotation."""
    words = next((getattr(record, name) for name in ("name", "number", "title") if getattr(record, name, None)), "")
    return " ".join(unicodedata.normalize("NFC", str(words)).translate(_QUOTES).casefold().split())


def sort(record: Record) -> str:
    """Give what two records must share to be one: the kind of an element, the type of what has one."""
    return str(getattr(record, "kind", None) or getattr(record, "type", None) or "")


class _Finder:
    """Pairs what is gone from a section with what came to it."""

    def __init__(self, section: str, gone: Mapping[str, Record], come: Mapping[str, Record]) -> None:
        self.section = section
        self.gone, self.come = dict(sorted(gone.items())), dict(sorted(come.items()))
        self.found: dict[str, tuple[str, str]] = {}

    def told(self, new: Architecture) -> None:
        """Take what the new architecture says of ids it retired; two ids that became one are no renaming."""
        said: dict[str, list[str]] = defaultdict(list)
        for id, retired in new.records["retired"].items():
            if id in self.gone and len(successors := successors_of(retired)) == 1:
                said[successors[0]].append(id)
        for successor, ids in sorted(said.items()):
            if len(ids) == 1 and successor in self.come:
                self.pair(ids[0], successor, "retired")
            else:
                for id in ids:
                    self.gone.pop(id, None)  # it became part of something: the architecture says so

    def pair(self, old: str, new: str, how: str) -> None:
        self.found[old] = (new, how)
        del self.gone[old], self.come[new]

    def alike(self) -> None:
        """Look for what says the same: everything, its name, its codes, nearly everything."""
        self.by_keys("identical", lambda record: (_everything(record),))
        if self.section in COURSE:
            return
        self.by_keys("name", lambda record: ((sort(record), words),) if (words := title(record)) else ())
        self.by_keys("codes", _codes, lambda one, other: fuzz.ratio(title(one), title(other)) >= CODE_NAME_ALIKE)
        self.similar()

    def by_keys(self, how: str, keys: Keys, agree: Callable[[Record, Record], bool] = lambda one, other: True) -> None:
        """Pair those that alone share a key; what shares it with several is unclear, and is looked at no further."""
        mine, its = _by_key(self.gone, keys), _by_key(self.come, keys)
        choices: dict[str, set[str]] = defaultdict(set)
        rivals: dict[str, set[str]] = defaultdict(set)
        unclear: set[str] = set()
        for key in mine.keys() & its.keys():
            if len(mine[key]) > 1 or len(its[key]) > 1:
                unclear.update(mine[key], its[key])
                continue
            choices[mine[key][0]].add(its[key][0])
            rivals[its[key][0]].add(mine[key][0])
        for old, news in sorted(choices.items()):
            new = min(news)
            clear = len(news) == 1 and len(rivals[new]) == 1 and not unclear & {old, new}
            if clear and agree(self.gone[old], self.come[new]):
                self.pair(old, new, how)
        if how != "codes":  # a name that several bear tells that they are not to be told apart; a code does not
            for id in unclear:
                self.gone.pop(id, None)
                self.come.pop(id, None)

    def similar(self) -> None:
        """Pair those whose names and fields are nearly the same, where no other comes near."""
        mine, its = ({id: _facts(record) for id, record in some.items()} for some in (self.gone, self.come))
        scored = {pair: score for pair in _candidates(mine, its) if (score := self.score(*pair, mine, its))}
        best_of: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for (old, new), score in scored.items():
            best_of[f"<{old}"].append((score, new))
            best_of[f">{new}"].append((score, old))
        for old, new in sorted(scored):
            if _clearly(best_of[f"<{old}"]) == new and _clearly(best_of[f">{new}"]) == old:
                self.pair(old, new, "similar")

    def score(self, old: str, new: str, mine: Mapping[str, frozenset[str]], its: Mapping[str, frozenset[str]]) -> float:
        """Tell how alike two records are, from 0 (not the same at all) to 1."""
        one, other = self.gone[old], self.come[new]
        names = title(one), title(other)
        if sort(one) != sort(other) or not all(names) or _DIGITS.findall(names[0]) != _DIGITS.findall(names[1]):
            return 0.0
        common, all_of = len(mine[old] & its[new]), len(mine[old] | its[new])
        if common < FIELDS_ALIKE * all_of or fuzz.ratio(*names, score_cutoff=NAME_ALIKE) == 0:
            return 0.0
        return (common / all_of + fuzz.ratio(*names) / 100) / 2


def _by_key(records: Mapping[str, Record], keys: Keys) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = defaultdict(list)
    for id, record in records.items():
        for key in keys(record):
            found[key].append(id)
    return found


def _codes(record: Record) -> Iterator[Hashable]:
    codes: Mapping[str, str] = getattr(record, "codes", {})
    return ((sort(record), system, code) for system, code in codes.items())


def _everything(record: Record) -> str:
    return spelt(record.model_dump(mode="json", exclude={"id"}, exclude_defaults=True))


def _facts(record: Record) -> frozenset[str]:
    """Give what a record says, a text for each field, apart from its name and where it was seen."""
    section = type(record).section
    said = ((leaf.path, leaf.after) for leaf in all_leaves(record, True))
    return frozenset(
        f'{path}\0"{value}' if isinstance(value, str) else f"{path}\0{spelt(value)}"  # text, and JSON that is none
        for path, value in said
        if path not in ("name", "number", "title") and nature_of(section, path) is Nature.CONTENT
    ) | {f"word\0{word}" for word in _WORDS.findall(title(record))}


def _candidates(mine: Mapping[str, frozenset[str]], its: Mapping[str, frozenset[str]]) -> Collection[tuple[str, str]]:
    """Give the pairs that share a fact which few others know: at most SHARED for each fact of each record."""
    many = Counter(fact for facts in mine.values() for fact in facts)
    holders: dict[str, list[str]] = defaultdict(list)
    for id, facts in its.items():
        for fact in facts:
            holders[fact].append(id)
    return {
        (old, new)
        for old, facts in mine.items()
        for fact in facts
        if many[fact] <= SHARED and len(holders[fact]) <= SHARED
        for new in holders[fact]
    }


def _clearly(scored: list[tuple[float, str]]) -> str:
    """Name the best of several, if no other comes near it."""
    first, *rest = sorted(scored, reverse=True)
    return first[1] if not rest or first[0] - rest[0][0] >= BEST_BY else ""
