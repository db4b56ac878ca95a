"""Reads the words of an edition: places, code lists and fields, its own upon those it starts from, and roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kientruc.finding import Finding
from kientruc.frameworks.about import EditionFile
from kientruc.frameworks.folder import Files
from kientruc.frameworks.reader import EditionError, Problems, unknown, validated
from kientruc.frameworks.shelf import EDITIONS, about_of, common, shelved
from kientruc.frameworks.vocabulary import Place, Role, Stack, Vocabulary, Words
from kientruc.model.record import adapter


@cache
def roles() -> Mapping[str, Role]:
    """Give the one register of roles, by id."""
    top, _ = common("roles.yaml")
    found: dict[str, Role] = validated(adapter(dict[str, Role]), top, top)
    _check_roles(found, top)
    return {id: found[id] for id in sorted(found)}


def _check_roles(found: Mapping[str, Role], top: Any) -> None:
    wrong = [
        unknown(role.is_, "role", found, top.span(id, "is"))
        for id, role in found.items()
        if role.is_ and role.is_ not in found
    ]
    if wrong:
        raise EditionError(wrong)


@cache
def load_words(id: str, folder: Path = EDITIONS) -> Words:
    """Give an edition's places and code lists alone, with the roles: all that reading an architecture needs.

    Raises:
        KeyError: there is no such edition.
        EditionError: its files are wrong.
    """
    files = shelved(id, folder)
    return read_words(files, folder, about_of(files, folder, id))


def read_words(files: Files, shelf: Path, about: EditionFile) -> Words:
    """Read the words of an opened folder upon those it starts from, or lies beside."""
    other = about.words_from or about.starts_from
    base = load_words(other, shelf) if other else Words(roles=roles())
    kept = without(base.places, about.drops)
    found, spans = _vocabulary(files)
    places = {**kept, **found.places}
    wrong = [
        unknown(place.parent, "place", places, spans["places", id].span("parent"))
        for id, place in found.places.items()
        if place.parent and place.parent not in places
    ]
    wrong = wrong or [
        Finding("E-CIRCLE", spans["places", id].span("parent"), {"found": id, "what": "parent"})
        for id in found.places
        if _is_inside_itself(id, places)
    ]
    wrong += [
        Finding("E-CODE", spans["lists", id].span("values", index), {"found": str(value)})
        for id, one in found.lists.items()
        for index, value in _odd_codes(one.values)
    ]
    wrong += _odd_stack(found.picture, places, spans)
    if wrong:
        raise EditionError(wrong)
    shared = {**base.shared, **found.shared}
    return Words(
        places=dict(sorted(places.items(), key=lambda item: (item[1].order, item[0]))),
        lists={**base.lists, **{id: one.filled(shared) for id, one in found.lists.items()}},
        conditions={**base.conditions, **found.conditions},
        shared=shared,
        fields={**base.fields, **found.fields},
        roles=roles(),
        nothing=found.nothing or base.nothing,
        picture=found.picture or _standing(base.picture, places),
    )


def _odd_stack(stack: Stack | None, places: Mapping[str, Place], spans: Mapping[tuple[str, str], Any]) -> list[Finding]:
    """Refuse what no figure can stack: a name that is no place, a place within another, a place named twice."""
    found, seen = list[Finding](), set[str]()
    tops = [id for id, place in places.items() if place.parent is None]
    for key, at, id in stack.named if stack else ():
        span = spans["picture", key].span(key, at)
        if id not in places:
            found.append(unknown(id, "place", tops, span))
        elif id in seen or places[id].parent is not None:
            allowed = ", ".join(one for one in tops if one not in seen)
            found.append(Finding("E-VALUE", span, {"field": key, "found": id, "allowed": allowed}))
        seen.add(id)
    return found


def _standing(stack: Stack, places: Mapping[str, Place]) -> Stack:
    """Leave out of a figure what is no place of this edition."""
    sides = {key: tuple(id for id in getattr(stack, key) if id in places) for key in ("rows", "left", "right")}
    return stack.model_copy(update=sides)


def _vocabulary(files: Files) -> tuple[Vocabulary, dict[tuple[str, str], Any]]:
    """Read all files of words as one; a name that two of them give is refused.

    Returns:
        The words, and what is written of each place, list, condition, platform and field.
    """
    problems = Problems()
    sections = ("places", "lists", "conditions", "shared", "fields")
    whole: dict[str, Any] = {**{name: {} for name in sections}, "nothing": None, "picture": None}
    written: dict[tuple[str, str], Any] = {}
    for path, (top, _) in files.items():
        if path != "vocabulary.yaml" and not path.startswith("vocabulary/"):
            continue
        found = problems.catch(validated, adapter(Vocabulary), top, top)
        for name, value in found or ():
            if not isinstance(value, dict):
                whole[name] = value or whole[name]
                if isinstance(value, Stack):
                    written |= {(name, key): (top, top[name]) for key in top[name]}
                continue
            for id in sorted(value.keys() & whole[name].keys()):
                first = written[name, id][0].key_span(id)
                values = {"id": id, "first": str(first)}
                problems.append(Finding("M-DUP", top[name].key_span(id), values, (first,)))
            whole[name] |= value
            written |= {(name, id): (top[name], top[name][id]) for id in value}
    if problems:
        raise EditionError(problems)
    return Vocabulary.model_construct(**whole), {key: node for key, (_, node) in written.items()}


def without(places: Mapping[str, Place], dropped: Iterable[str]) -> Mapping[str, Place]:
    """Leave out some places and everything below them."""
    gone = set(dropped)
    while more := {id for id, place in places.items() if place.parent in gone} - gone:
        gone |= more
    return {id: place for id, place in places.items() if id not in gone}


def _is_inside_itself(id: str, places: Mapping[str, Place]) -> bool:
    seen, parent = set[str](), places[id].parent
    while parent is not None and parent not in seen:
        seen.add(parent)
        parent = places[parent].parent
    return id in seen


def _odd_codes(values: Iterable[str | int]) -> Iterator[tuple[int, str | int]]:
    """Find the codes of a list that are there already but for case and spacing, or begin or end with a space."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        code = " ".join(str(value).casefold().split())
        if code in seen or str(value) != str(value).strip():
            yield index, value
        seen.add(code)
