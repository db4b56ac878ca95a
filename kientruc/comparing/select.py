"""A part of a difference: what lies in one component, or what nobody gives a cause for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from kientruc.comparing.difference import (
    Difference,
    FieldChange,
    RecordChange,
    RelationChange,
    Unconfirmed,
    What,
    lacks_cause,
)
from kientruc.model.architecture import Architecture

Change = TypeVar("Change", RecordChange, RelationChange)


class Places:
    """In which component things are, or were last; "" for what is in none."""

    def __init__(self, old: Architecture, new: Architecture) -> None:
        self.old, self.new = old, new

    def of(self, section: str, id: str) -> str:
        """Give the component of a record: an element's, or a component itself."""
        if section == "components":
            return id
        if section != "elements":
            return ""
        element = self.new.elements.get(id) or self.old.elements.get(id)
        return element.component or "" if element else ""

    def of_change(self, change: RecordChange | RelationChange) -> str:
        """Give the component of a change; that of a relation's source."""
        return self.of(change.section, change.id if isinstance(change, RecordChange) else change.source)

    def left(self, change: RecordChange) -> str:
        """Give the component a record was in before."""
        element = self.old.elements.get(change.old_id) if change.section == "elements" else None
        return element.component or "" if element else change.old_id if change.section == "components" else ""


def in_component(found: Difference, places: Places, component: str) -> Difference:
    """Keep what happened in a component, what left it, and what is said to have changed in it."""

    def is_in(change: RecordChange | RelationChange) -> bool:
        left = places.left(change) if isinstance(change, RecordChange) else ""
        return component in (places.of_change(change), left)

    def is_claimed(one: Unconfirmed) -> bool:
        return places.of(one.section, one.id) == component

    return replace(
        found,
        records=tuple(filter(is_in, found.records)),
        relations=tuple(filter(is_in, found.relations)),
        unconfirmed=tuple(filter(is_claimed, found.unconfirmed)),
    )


def only_uncaused(found: Difference) -> Difference:
    """Keep the lines for which nobody gives a cause; a renamed record whose new id has one keeps its fields."""
    return replace(
        found, records=_kept(found.records, _bare_record), relations=_kept(found.relations, lambda change, _: change)
    )


def _bare_record(change: RecordChange, fields: tuple[FieldChange, ...]) -> RecordChange:
    if change.what is What.RENAMED and not lacks_cause(change) and fields:
        return replace(change, what=What.CHANGED)
    return change


def _kept(changes: tuple[Change, ...], told: Callable[[Change, tuple[FieldChange, ...]], Change]) -> tuple[Change, ...]:
    found = []
    for change in changes:
        whole = change.what in (What.ADDED, What.REMOVED)
        fields = change.fields if whole else tuple(filter(lacks_cause, change.fields))
        if lacks_cause(change) if whole else fields or (change.what is What.RENAMED and lacks_cause(change)):
            found.append(told(replace(change, fields=fields), fields))
    return tuple(found)
