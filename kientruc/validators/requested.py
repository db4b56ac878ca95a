"""Views that an architecture asks for: their selections read in the words of an edition, and settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from kientruc.finding import Finding
from kientruc.frameworks.edition import Edition
from kientruc.frameworks.reader import EditionError, nearest, validated
from kientruc.frameworks.shelf import edition_ids
from kientruc.frameworks.vocabulary import Bilingual, Late, Words
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation
from kientruc.model.view_request import ViewRequest
from kientruc.validators.conditions import RelationCondition, Vias
from kientruc.validators.deciding import compiled
from kientruc.validators.matter import Matter
from kientruc.validators.selection import Selection
from kientruc.validators.words import ALL_FIELDS

MOST_NAMED = 40  # names of views told to somebody who misspelt one


class Lines(Late):
    """Which relations a view shows: of some verbs, for which a condition holds or cannot be decided."""

    via: Vias | None = None
    where: RelationCondition | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What a request comes to: ids of elements and the relations; None where it leaves them to the view."""

    elements: frozenset[str] | None
    relations: tuple[Relation, ...] | None


def faults(architecture: Architecture, edition: Edition, known: Iterable[str]) -> Iterator[Finding]:
    """Find what is wrong with the views an architecture asks for.

    Args:
        edition: whose roles and code lists the selections may name.
        known: names of the views that are built in.
    """
    known = tuple(known)
    for request in architecture.records["views"].values():
        if request.base is not None and request.base not in known:
            values = {
                "found": request.base,
                "near": nearest(request.base, known),
                "allowed": ", ".join(known[:MOST_NAMED]),
            }
            yield Finding("P-BASE", request.span("base"), values)
        if request.edition is not None and request.edition not in edition_ids():
            near, allowed = nearest(request.edition, edition_ids()), ", ".join(edition_ids())
            values = {"found": request.edition, "near": near, "allowed": allowed}
            yield Finding("M-EDITION", request.span("edition"), values)
        for index, id in enumerate(request.component):
            if id not in architecture.components:
                near = nearest(id, architecture.components)
                values = {"found": id, "near": near, "allowed": ", ".join(architecture.components)}
                yield Finding("P-COMPONENT", request.span("component", index), values)
        for field, model in (("show", Selection), ("relations", Lines)):
            try:
                _read(request, field, model, edition)
            except EditionError as error:
                yield from error.findings


def settled(request: ViewRequest, matter: Matter) -> Settled:
    """Settle a request whose faults are none.

    What a condition leaves undecided is shown: a picture that leaves out what is unknown would hide it.
    """
    show: Selection | None = _read(request, "show", Selection, matter.edition)
    lines: Lines | None = _read(request, "relations", Lines, matter.edition)
    relations = tuple(_lines(lines, matter)) if lines else None
    if show is None and not request.component:
        return Settled(None, relations)
    found = (element for element, _ in (show or Selection()).judged(matter))
    ids = {one.id for one in found if not request.component or one.component in request.component}
    near = matter.architecture.relations if relations is None else relations
    return Settled(frozenset(_around(ids, near, request.depth, matter.architecture)), relations)


def _lines(lines: Lines, matter: Matter) -> Iterator[Relation]:
    relations = matter.graph.relations(lines.via) if lines.via else matter.architecture.relations
    test = compiled(lines.where, matter) if lines.where else None
    return (one for one in relations if test is None or test(one) is not False)


def _around(ids: set[str], relations: Iterable[Relation], depth: int, architecture: Architecture) -> set[str]:
    """Give these and what is so many steps from them, along the relations or against them."""
    near: dict[str, set[str]] = {}
    for one in relations if depth else ():
        if one.source_id in architecture.elements and one.target in architecture.elements:
            near.setdefault(one.source_id, set()).add(one.target)
            near.setdefault(one.target, set()).add(one.source_id)
    wave = set(ids)
    for _ in range(depth):
        wave = {other for id in wave for other in near.get(id, ())} - ids
        ids |= wave
    return ids


def _read(request: ViewRequest, field: str, model: Any, edition: Edition) -> Any:
    """Read one selection; None where there is none.

    Raises:
        EditionError: it is wrong; each finding has its place.
    """
    data = getattr(request, field)
    if data is None:
        return None
    node = request.origin.node[field] if request.origin is not None else None
    return validated(_adapter(model), data, node, _words(edition))


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _words(edition: Edition) -> Words:
    """Give the words of an edition with every field there is: a view needs no name for what it asks of."""
    plain = {name: Bilingual(vi=name, en=name) for name in ALL_FIELDS}
    return replace(edition.words, fields={**plain, **edition.words.fields})
