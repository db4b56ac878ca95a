"""What is reused of the nation's shared platforms, and what may double one: hints with evidence, never a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from kientruc.frameworks.vocabulary import Words
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Sharing
from kientruc.model.kinds import Kind
from kientruc.model.record import Record, Unknown
from kientruc.model.values import Treatment
from kientruc.model.verbs import Verb
from kientruc.views.remarks import Place, place
from kientruc.views.words import name

BUILT = (Kind.APPLICATION, Kind.PLATFORM, Kind.DATA_STORE, Kind.PORTAL_SERVICE, Kind.SHARED_SERVICE)
NATIONAL = (Sharing.NATION_A, Sharing.NATION_B)
NATIONAL_ROLE = "national_shared"
_WORDS = re.compile(r"\w+")
ALIKE = 88.0  # of 100, of the words of two names in any order


class Platform(NamedTuple):
    """A platform of the nation's lists: group A or B, and who owns it."""

    id: str
    name: str
    group: str
    owner: str


class Reused(NamedTuple):
    """An element by which the architecture uses a platform of the nation."""

    id: str
    name: str
    platform: Platform
    place: Place | None


class Doubt(NamedTuple):
    """An element that may double something: why it is thought so, and what the architecture says to it."""

    id: str
    name: str
    why: str
    beside: tuple[tuple[str, str], ...]  # ids and names of what it may double
    said: str  # the reason given for one's own; "" where none is
    planned: bool  # it is still to be built
    place: Place | None


class Reuse(NamedTuple):
    """What is reused, what is in doubt, and the platforms for all (group A) that nothing bears the code of."""

    known: bool  # whether an edition of the check has the nation's lists
    reused: tuple[Reused, ...]
    doubts: tuple[Doubt, ...]
    unused: tuple[Platform, ...]


def reuse(architecture: Architecture, words: Words, lang: str, places: Mapping[str, Place]) -> Reuse:
    """Hold an architecture against the lists of platforms.

    Args:
        words: of the edition that has the lists.
        places: where elements stand, if not where the model says.
    """
    platforms = {
        id: Platform(id.upper(), one.name.in_(lang), one.list, one.owner or "") for id, one in words.shared.items()
    }
    at = {one.id: places.get(one.id) or place_of(one) for one in architecture.elements.values()}
    reused = tuple(
        Reused(one.id, name(one, lang), platforms[code], at[one.id])
        for one in architecture.elements.values()
        for code in sorted(_codes(one) & platforms.keys())
    )
    used = {one.platform.id for one in reused}
    doubts = (*_like(architecture, words, platforms, lang, at), *_twice(architecture, lang, at))
    unused = tuple(one for one in platforms.values() if one.group == "A" and one.id not in used)
    return Reuse(bool(platforms), reused, doubts, unused)


def place_of(record: Record) -> Place | None:
    """Give the place of a record in its file."""
    span = record.span()
    return place(span) if span else None


def _codes(one: Element) -> set[str]:
    codes = {code.lower() for code in one.codes.values()}
    if one.reference and isinstance(one.reference.code, str):
        codes.add(one.reference.code.lower())
    return codes


def _like(
    architecture: Architecture,
    words: Words,
    platforms: Mapping[str, Platform],
    lang: str,
    at: Mapping[str, Place | None],
) -> Iterator[Doubt]:
    """Give what is one's own and is called, or plays the role of, what the nation shares."""
    from rapidfuzz import fuzz, process

    names = {id: _folded(words.shared[id].name.vi) for id in platforms}
    roles = words.kinds_of((NATIONAL_ROLE,))
    for one in architecture.elements.values():
        if one.kind not in BUILT or one.reference or one.sharing in NATIONAL or _codes(one) & platforms.keys():
            continue
        said = _folded(one.name)
        near = process.extract(said, names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=None)
        best = next((id for words, _, id in near if _holds(said, words)), "")
        if best:
            like = platforms[best]
            why = text("reuse.named-like", lang, code=like.id, name=like.name, owner=like.owner or "–")
            yield _doubt(one, why, ((like.id, like.name),), lang, at)
        elif one.role in roles:
            role = words.roles[one.role]
            yield _doubt(one, text("reuse.national-role", lang, role=role.in_(lang)), (), lang, at)


def _holds(one: str, other: str) -> bool:
    """Tell whether one name has all words of the other: two with words of their own are of two bodies."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def _twice(architecture: Architecture, lang: str, at: Mapping[str, Place | None]) -> Iterator[Doubt]:
    """Give what has the very name of another thing of its kind, and what is said to double another."""
    own = [one for one in architecture.elements.values() if one.kind in BUILT and not one.reference]
    for _, same in groupby(sorted(own, key=_same), key=_same):
        first, *others = sorted(same, key=lambda one: one.id)
        for other in others:
            yield _doubt(other, text("reuse.same-name", lang), ((first.id, name(first, lang)),), lang, at)
    for relation in architecture.relations:
        source = architecture.elements.get(relation.source_id)
        target = architecture.elements.get(relation.target)
        if relation.verb is Verb.DUPLICATES and source and target:
            yield _doubt(source, text("reuse.declared", lang), ((target.id, name(target, lang)),), lang, at)


def _same(one: Element) -> tuple[str, str]:
    return one.kind.value, _folded(one.name)


def _doubt(
    one: Element, why: str, beside: tuple[tuple[str, str], ...], lang: str, at: Mapping[str, Place | None]
) -> Doubt:
    said = one.own_because if isinstance(one.own_because, str) else ""
    planned = not isinstance(one.treatment, Unknown) and one.treatment is Treatment.ADD
    return Doubt(one.id, name(one, lang), why, beside, said, planned, at[one.id])


def _folded(words: str) -> str:
    """Give the letters and digits of a name in lower case."""
    return " ".join(_WORDS.findall(words.casefold()))
