"""Places that answer somebody: the fields they name are fields of their record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kientruc.loading.gathered import Gathered
from kientruc.loading.keys import keys_of
from kientruc.loading.nearest import nearest
from kientruc.model.approval import Hearing, Place
from kientruc.model.architecture import FIND_ORDER
from kientruc.model.record import Record

Records = Mapping[str, Mapping[str, Any]]
_ANSWERS = {"comments": "changed", "conditions": "met_by", "decisions": "changed"}  # the field that holds the places
_INNER = re.compile(r"[.\[]")  # where a path leaves its field: cost[2027].amount


def check(records: Records, gathered: Gathered) -> None:
    """Add a finding for every field that no record of its kind can have; what is retired may have had any."""
    for holder, path, place in places(records):
        kinds = [type(records[one][place.id]) for one in FIND_ORDER if one != "retired" and place.id in records[one]]
        allowed = list(dict.fromkeys(key for kind in kinds for key in keys_of(kind)))
        for index, field in enumerate(place.fields if kinds else ()):
            at = holder.span(*path, "fields", index)
            if at and _INNER.split(field, maxsplit=1)[0] not in allowed and gathered.room():
                near = nearest(field, allowed)
                gathered.find("M-NOFIELD", at, id=place.id, found=field, near=near, allowed=", ".join(allowed))


def places(records: Records) -> Iterator[tuple[Record, tuple[str | int, ...], Place]]:
    """Give every place with the record that names it, and where in that."""
    for section in (*_ANSWERS, "hearings"):
        for holder in records[section].values():
            yield from ((holder, path, place) for path, place in places_of(holder))


def places_of(holder: Record) -> Iterator[tuple[tuple[str | int, ...], Place]]:
    """Give the places that a record names, and where in it."""
    if field := _ANSWERS.get(type(holder).section):
        yield from (((field, index), place) for index, place in enumerate(getattr(holder, field)))
    elif isinstance(holder, Hearing):
        for id, conclusion in holder.conclusions.items():
            path = ("conclusions", id, "answered_by")
            yield from (((*path, index), place) for index, place in enumerate(conclusion.answered_by))
