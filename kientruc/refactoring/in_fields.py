"""Ids inside the fields of places (`covers.nd-05`, `in_state.mai.owner`, `basis[qd-1,Điều 1]`), and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kientruc.loading.places import places
from kientruc.loading.references import ends
from kientruc.loading.relations import VERB_SECTIONS, VERBS
from kientruc.loading.uses import Sections, inner_sections
from kientruc.model.approval import Hearing, Place
from kientruc.model.architecture import FIND_ORDER, SINGULAR, Architecture
from kientruc.model.element import Element
from kientruc.model.record import Record
from kientruc.source import Span

CONCLUSIONS = "conclusions"
_FIELD = re.compile(r"([^.\[]+)[.\[](.+)", re.DOTALL)
_ENDS = re.compile(r"[.,\[\]]|$")  # where an id may end; it may have dots itself


class Meant(NamedTuple):
    """The record that an id in a field means, and where in the field the id begins."""

    section: str
    id: str
    start: int


class Written(NamedTuple):
    """One field of a place: the place, the field's text and where it is written."""

    place: Place
    field: str
    span: Span


def conclusions_of(hearing: str) -> str:
    """Name the space of ids that the conclusions of one hearing have to themselves."""
    return f"{hearing}.{CONCLUSIONS}"


def meant(architecture: Architecture, place: str, field: str) -> Meant | None:
    """Tell what the id in a field of a place means: the longest id that is there; None where the field names none.

    Args:
        place: the id of the record whose field it is. If it is gone, nobody knows its kind: any record will do.
    """
    match = _FIELD.fullmatch(field)
    if not match:
        return None
    name, rest = match.groups()
    cuts = sorted({one.start() for one in _ENDS.finditer(rest)}, reverse=True)
    holders = [architecture.records[one][place] for one in FIND_ORDER if place in architecture.records[one]]
    holders = [one for one in holders if type(one).section != "retired"]
    for id in (rest[:cut] for cut in cuts if cut):
        if section := _section(architecture, holders, name, id):
            return Meant(section, id, match.start(2))
    return None


def fields_naming(architecture: Architecture, section: str, id: str) -> Iterator[tuple[Written, Meant]]:
    """Give every field of a place that names a record."""
    for holder, path, place in places(architecture.records):
        for index, field in enumerate(place.fields):
            found = meant(architecture, place.id, field)
            span = holder.span(*path, "fields", index)
            if found and found[:2] == (section, id) and span:
                yield Written(place, field, span), found


def _section(architecture: Architecture, holders: list[Record], name: str, id: str) -> str:
    for holder in holders:
        if isinstance(holder, Hearing) and name == CONCLUSIONS:
            return conclusions_of(holder.id) if id in holder.conclusions else ""
    looked_in = next(filter(None, (_sections(holder, name) for holder in holders)), () if holders else FIND_ORDER)
    return next((section for section in looked_in if id in architecture.records[section]), "")


def _sections(holder: Record, name: str) -> Sections:
    """Name the sections that what stands first in a field may point into, in the order they are looked in."""
    section = type(holder).section
    if section in VERB_SECTIONS and name in VERBS:
        kind = holder.kind.value if isinstance(holder, Element) else SINGULAR[section]
        return (*ends(VERBS[name], kind), *FIND_ORDER)
    asked = inner_sections(type(holder), name)
    return tuple(one for one in FIND_ORDER if one in asked)
