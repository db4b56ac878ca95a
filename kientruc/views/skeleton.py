"""A new architecture before anybody wrote in it: head, components, what is there from the start, files for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kientruc.editing.spelling import flow
from kientruc.frameworks.edition import Edition
from kientruc.frameworks.skeleton import Part, parts
from kientruc.loading.gathered import proposal
from kientruc.messages import text
from kientruc.model.kinds import Kind, Layer

Records = Mapping[str, Mapping[str, Any]]  # by id, as they are written
FOLDER = "architecture"
LONGEST = 40  # characters of a name in a file's name
STATES = ("hien-trang", "muc-tieu")


@dataclass(frozen=True, slots=True)
class About:
    """What an architecture's head says: names, ids, the day up to which its data speak. `body` is the agency's id."""

    name: str
    agency: str
    body: str
    id: str
    cut_off: date


@dataclass(frozen=True, slots=True)
class Example:
    """An element nobody has yet, to show how one is written."""

    id: str
    kind: Kind
    name: str

    @property
    def is_system(self) -> bool:
        """Whether the law asks for its security level."""
        return self.kind.layer in (Layer.APPLICATION, Layer.TECHNOLOGY)


@dataclass(frozen=True, slots=True)
class PartFile:
    """One file for a component; `number` counts from 1, `elements` are there from the start."""

    number: int
    part: Part
    file: str
    example: Example
    elements: Records


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All that is to be written; `head`, and sections by name, as they stand in YAML."""

    edition: Edition
    head: Mapping[str, Any]
    agency: str
    places: tuple[PartFile, ...]
    unplaced: Records | None  # elements of no component; None where there is no need of a file for them
    sections: Mapping[str, Records] = field(default_factory=dict)


def skeleton(edition: Edition, about: About, given: Mapping[str, Any] | None = None, stray: bool = False) -> Skeleton:
    """Make the skeleton of an edition.

    Args:
        given: sections that a workbook brought, and under `architecture` what it says of the head, as they are
            written; what it has not is made.
        stray: whether there is to be a file for elements of no component, though there may be none yet.
    """
    held = given or {}
    head = _head(edition, about, held.get("architecture", {}))
    document = edition.law.documents[edition.about.instrument.document]
    law: dict[str, object] = {"number": document.number, "title": document.title, "title_en": document.title_en}
    law |= {"issuer": document.issuer, "date": document.date, "from": document.from_}
    roles = zip(STATES, ("baseline", "target"), strict=True)
    states = {
        id: {"role": role, "name": text(f"form-state.{role}", "vi"), "name_en": text(f"form-state.{role}", "en")}
        for id, role in roles
    }
    sections: dict[str, Records] = {
        "organisations": {about.body: {"name": about.agency}},
        "sources": {},
        "legal": {document.id: {key: value for key, value in law.items() if value}},
        "states": states,
        "contents": {},
        "tasks": {},
    }
    sections |= {name: held[name] for name in sections if name in held}
    found = parts(edition)
    inside = dict(_inside(edition, found, held.get("elements", {})))
    places = tuple(
        PartFile(number, part, _file(number, part), _example(number, part), inside.get(part.id, {}))
        for number, part in enumerate(found, 1)
    )
    return Skeleton(edition, head, about.body, places, inside.get("") if not stray else inside.get("", {}), sections)


def _head(edition: Edition, about: About, held: Mapping[str, Any]) -> dict[str, Any]:
    head = {"id": about.id, "name": about.name, "agency": about.body, "edition": edition.id, "cut_off": about.cut_off}
    effective, basis = {**unsaid("effective"), "ask": about.body}, [edition.about.instrument.document]
    more = {"effective": effective, "basis": basis, **held}
    return head | {key: value for key, value in more.items() if key not in head}


def agency_id(name: str) -> str:
    """Propose the id of a body from its name: one that stands in YAML without quotes, and is no document's."""
    id = proposal(name)[:60].strip("-._") or "co-quan"
    return f"co-quan-{id}" if flow(id) != id or id[-1].isdigit() else id


def unsaid(what: str) -> dict[str, str]:
    """Give what stands for a value that nobody knows when an architecture begins."""
    return {"unknown": text(f"init-unknown.{what}", "vi"), "unknown_en": text(f"init-unknown.{what}", "en")}


def _file(number: int, part: Part) -> str:
    words, name = proposal(part.name.vi).split("-"), ""
    for word in words:
        if len(name) + len(word) >= LONGEST:
            break
        name = f"{name}-{word}"
    return f"{FOLDER}/{number:02}{name}.yaml"


def _example(number: int, part: Part) -> Example:
    """Give an example of the first kind; its name is that of the kind up to where it tells a second thing."""
    kind = part.kinds[0]
    name = kind.vi.partition(",")[0]
    return Example(f"{proposal(name)}-{number}", kind, name[:1].upper() + name[1:])


def _inside(edition: Edition, found: tuple[Part, ...], elements: Records) -> Iterator[tuple[str, Records]]:
    """Put elements into the components that hold the places they name; under "" those that name none."""
    by_part: dict[str, dict[str, Mapping[str, Any]]] = {}
    for id, one in elements.items():
        named = str(one.get("places", {}).get(edition.places_of, ""))
        holder = next((part for part in found if named in (*part.places, *part.inside)), None)
        data = {"kind": one["kind"], "name": one["name"], "component": holder.id} | dict(one) if holder else one
        by_part.setdefault(holder.id if holder else "", {})[id] = data
    yield from by_part.items()
