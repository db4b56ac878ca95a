"""What can be explained: every requirement, every kind of check, every edition, each by its name."""

from __future__ import annotations

from collections import abc
from collections.abc import Iterator
from textwrap import dedent

from kientruc.frameworks import Edition, Requirement
from kientruc.frameworks.folder import LIMITS
from kientruc.reading.tree import Mapping, Sequence
from kientruc.reading.yaml_file import parse
from kientruc.validators.in_words import check_rows, kinds, setting_rows
from kientruc.views.card import Card
from kientruc.views.explained import Uses, edition_card, kind_card, requirement_card


def names(shelf: abc.Sequence[Edition]) -> Iterator[str]:
    """Name all that `card` knows."""
    yield from kinds()
    for edition in shelf:
        yield from (edition.id, *edition.requirements)


def card(name: str, shelf: abc.Sequence[Edition], lang: str) -> Card | None:
    """Explain what bears a name; None where nothing does."""
    if name in kinds():
        return of_kind(name, shelf, lang)
    for edition in shelf:
        if name == edition.id:
            return edition_card(edition, lang)
    home = home_of(name, shelf)
    return of_requirement(home, name, lang) if home else None


def home_of(requirement: str, shelf: abc.Sequence[Edition]) -> Edition | None:
    """Give the edition in whose folder a requirement is written; others may have taken it over."""
    return next((edition for edition in shelf if requirement in edition.spans), None)


def of_requirement(edition: Edition, id: str, lang: str) -> Card:
    """Explain a requirement of an edition."""
    requirement = edition.requirements[id]
    return requirement_card(edition, requirement, check_rows(edition, requirement, lang), lang)


def of_kind(kind: str, shelf: abc.Sequence[Edition], lang: str) -> Card:
    """Explain a kind of check, with the requirements that use it and a check as the first of them writes it."""
    used = uses(kind, shelf)
    return kind_card(kind, setting_rows(kinds()[kind], lang), used, _written(kind, *used[0]) if used else "", lang)


def uses(kind: str, shelf: abc.Sequence[Edition]) -> Uses:
    """Give the requirements that use a kind of check, each in the edition where it is written."""
    return tuple(
        (edition, edition.requirements[id])
        for edition in shelf
        for id in sorted(edition.spans)
        if any(check.kind == kind for check in edition.requirements[id].checks)
    )


def _written(kind: str, edition: Edition, requirement: Requirement) -> str:
    """Cut the first check of a kind out of the file of its requirement."""
    file = edition.spans[requirement.id].file
    top, _ = parse(file, LIMITS)
    index = next(index for index, check in enumerate(requirement.checks) if check.kind == kind)
    assert isinstance(top, Mapping) and isinstance(top["checks"], Sequence)
    check = top["checks"][index]
    assert isinstance(check, Mapping)
    span = check.span()
    indent = " " * (file.column_of(span.start) - 1)
    return dedent(indent + file.text[span.start : span.end]).rstrip() + "\n"
