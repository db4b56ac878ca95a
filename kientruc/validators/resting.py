"""What a pass rests on: how sure the values and the places are without which it would be none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kientruc.model.element import Element
from kientruc.model.record import Record
from kientruc.model.values import Certainty, least_sure
from kientruc.result import Status
from kientruc.validators.conditions import Condition
from kientruc.validators.matter import Found, Matter

SURE = Certainty.STATED
WEAK = (Certainty.ASSUMED, Certainty.DOUBTFUL)  # what is derived was worked out from what was seen


def resting(found: Found, check: Any, matter: Matter) -> Certainty:
    """Tell of a pass how sure the surest is that it rests on; of any other outcome nothing.

    Each record it is about is as sure as the least sure of itself and the fields the check looks at. What a check has
    told itself stands.
    """
    if found.status is not Status.PASS or found.certainty is not SURE:
        return found.certainty
    fields = tuple(_fields(check))
    records = [record for id in found.subjects if (record := matter.architecture.find(id)) is not None]
    return surest(certainty(record, fields) for record in records)


def surest(found: Iterable[Certainty]) -> Certainty:
    """Give the surest of several ways to pass, where all are weak; else that it is sure enough."""
    held = tuple(found)
    return min(held, key=WEAK.index) if held and all(one in WEAK for one in held) else SURE


def certainty(record: Record, fields: Iterable[str]) -> Certainty:
    """Tell how sure a record and what it says in some fields are: as the least sure."""
    said = (record.certainty_of(field) for field in fields)
    return least_sure(record.certainty, *said)


def placed(element: Element, matter: Matter) -> Certainty:
    """Tell how sure it is that an element is at its place in the edition: by its own word, or through its component."""
    edition = matter.edition.places_of
    if edition in element.places:
        return certainty(element, (f"places.{edition}",))
    component = matter.architecture.components.get(element.component or "")
    through = certainty(component, (f"maps.{edition}",)) if component else SURE
    return least_sure(certainty(element, ("component",)), through)


def _fields(check: Any) -> Iterator[str]:
    """Name the fields that a check needs: those it lists, and those of what must hold, unless another would do."""
    yield from getattr(check, "props", ())
    if isinstance(prop := getattr(check, "prop", None), str):
        yield prop
    if isinstance(must := getattr(check, "must", None), Condition):
        yield from _needed(must)


def _needed(condition: Condition) -> Iterator[str]:
    if condition.prop is not None:
        yield condition.prop
    for one in condition.all or ():
        yield from _needed(one)
