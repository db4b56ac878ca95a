"""Words that something outside a record must know: editions and their places, roles, fields of a kind; and secrecy."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from kientruc.frameworks import edition_ids, load_words, places_of, roles, stages_of
from kientruc.loading.gathered import Gathered
from kientruc.loading.mistakes import SECRET
from kientruc.loading.nearest import nearest, partly
from kientruc.model.architecture import Head
from kientruc.model.element import Element, Relation
from kientruc.model.kinds import Kind
from kientruc.model.organisation import Component
from kientruc.source import Span

_OWN_FIELDS = frozenset().union(*(kind.own_fields for kind in Kind))


@cache
def _editions() -> tuple[str, ...]:
    return edition_ids()


def check(
    head: Head | None,
    records: dict[str, dict[str, Any]],
    relations: list[Relation],
    gathered: Gathered,
    kindless: set[str],
) -> None:
    """Add a finding for every such word that is not known; whose role denies its kind joins the `kindless`."""
    if head is not None and head.edition not in _editions():
        _unknown(gathered, "M-EDITION", head.origin.span("edition"), head.edition, _editions())
    elif head is not None:
        _check_stages(head.edition, records["path"], gathered)
    for element in records["elements"].values():
        if not _check_element(element, gathered, element.id in kindless):
            kindless.add(element.id)
    for component in records["components"].values():
        _check_maps(component, gathered)
    for view in records["views"].values():
        if view.edition is not None and view.edition not in _editions():
            _unknown(gathered, "M-EDITION", view.origin.span("edition"), view.edition, _editions())
    for relation in relations:
        level = relation.classification
        if isinstance(level, str) and level.casefold() in SECRET:
            span = relation.origin.span("classification")
            gathered.refuse("M-SECRET", span, field="classification", found=level)


def _check_element(element: Element, gathered: Gathered, kindless: bool) -> bool:
    """Check one element.

    Returns:
        Whether its kind is known and nothing disputes it.
    """
    if element.role is not None and element.role not in roles():
        _unknown(gathered, "M-ROLE", element.origin.span("role"), element.role, roles())
    elif element.role is not None and not kindless and gathered.room():
        able = roles()[element.role].kinds
        if able and element.kind not in able:
            at, allowed = element.origin.span("role"), ", ".join(able)
            gathered.find("M-ROLEKIND", at, role=element.role, kind=element.kind.value, allowed=allowed)
            kindless = True
    for edition, place in element.places.items():
        _check_place(edition, place, ("places", edition), element.origin, gathered)
    for name in _OWN_FIELDS & element.model_fields_set:
        if name not in element.kind.own_fields and not kindless and gathered.room():
            kinds = ", ".join(kind.value for kind in Kind if name in kind.own_fields)
            at = element.origin.node.key_span(name)
            gathered.find("M-FIELD", at, field=name, kind=element.kind.value, kinds=kinds)
    return not kindless


def _check_stages(edition: str, path: dict[str, Any], gathered: Gathered) -> None:
    for step in path.values():
        if step.stage is not None and step.stage not in (known := stages_of(edition)):
            _unknown(gathered, "M-STAGE", step.origin.span("stage"), step.stage, known, edition)


def _check_maps(component: Component, gathered: Gathered) -> None:
    for edition, places in component.maps.items():
        for index, place in enumerate(places):
            if not _check_place(edition, place, ("maps", edition, index), component.origin, gathered):
                break


def _check_place(edition: str, place: str, path: tuple[str | int, ...], origin: Any, gathered: Gathered) -> bool:
    """Check one place of an edition.

    Returns:
        Whether there is such an edition, with places of its own.
    """
    if edition not in _editions() or places_of(edition) != edition:
        _unknown(gathered, "M-EDITION", origin.key_span(path[0], edition), edition, _editions())
        return False
    known = load_words(edition).places
    if place not in known:
        _unknown(gathered, "M-PLACE", origin.span(*path), place, known, edition)
    return True


def _unknown(gathered: Gathered, code: str, at: Span, found: str, known: Iterable[str], edition: str = "") -> None:
    if not gathered.room():
        return
    known = list(known)
    near = nearest(found, known) or partly(found, known)
    gathered.find(code, at, found=found, near=near, allowed=", ".join(known), edition=edition)
