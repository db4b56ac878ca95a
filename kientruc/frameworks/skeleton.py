"""What a new architecture of an edition begins with: components, their places, kinds to show as examples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kientruc.frameworks.edition import Edition
from kientruc.frameworks.reader import EditionError, read, unknown, validated
from kientruc.frameworks.vocabulary import Bilingual, Late, Obligation, Place
from kientruc.model.kinds import Kind
from kientruc.model.record import adapter
from kientruc.model.values import Certainty, Line
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT

SKELETONS = Path(__file__).parent / "skeletons"


class Drawn(Late):
    """One component as a file tells it; without a name of its own it has that of its first place."""

    places: tuple[Line, ...]
    kinds: tuple[Kind, ...] = ()
    name: Bilingual | None = None


class SkeletonFile(Late):
    """The whole of a file: components by id, in their order."""

    source: Line
    certainty: Certainty
    components: dict[str, Drawn]


class Part(NamedTuple):
    """A component to begin with; `inside` are all places within its own, `below` those of them worth naming."""

    id: str
    name: Bilingual
    places: tuple[str, ...]
    kinds: tuple[Kind, ...]
    side: bool
    inside: frozenset[str]
    below: Mapping[str, Place]


def parts(edition: Edition, folder: Path = SKELETONS) -> tuple[Part, ...]:
    """Give the components to begin with: of the file for the edition's places, else its topmost places.

    Raises:
        EditionError: the file names a place that nobody knows.
    """
    drawn = _file(edition, folder) or {id: Drawn(places=(id,)) for id in _from_above(edition)}
    return tuple(_part(edition, id, one) for id, one in drawn.items())


def _part(edition: Edition, id: str, one: Drawn) -> Part:
    words, picture = edition.words, edition.words.picture
    inside = _inside(words.places, one.places)
    drawn = {place: it for place, it in inside.items() if it.obligation is not Obligation.OPTIONAL}
    return Part(
        id,
        one.name or words.places[one.places[0]].name,
        one.places,
        one.kinds or (Kind.APPLICATION,),
        one.places[0] in (*picture.left, *picture.right),
        frozenset(inside),
        drawn or inside,
    )


def _file(edition: Edition, folder: Path) -> dict[str, Drawn] | None:
    name = f"{edition.places_of}.yaml"
    if not (folder / name).exists():
        return None
    top, _ = read(Workspace(folder, DEFAULT), name)
    found: SkeletonFile = validated(adapter(SkeletonFile), top, top)
    wrong = [
        unknown(place, "place", edition.words.places, top.span("components", id, "places"))
        for id, one in found.components.items()
        for place in one.places
        if place not in edition.words.places
    ]
    if wrong:
        raise EditionError(wrong)
    return found.components


def _from_above(edition: Edition) -> tuple[str, ...]:
    """Give the topmost places as the framework's figure stands, or in their order."""
    tops = [id for id, place in edition.words.places.items() if place.parent is None]
    drawn = [id for _, _, id in edition.words.picture.named]
    return tuple(dict.fromkeys((*drawn, *tops)))


def _inside(places: Mapping[str, Place], tops: tuple[str, ...]) -> dict[str, Place]:
    """Give all places within some, in the order of the edition."""
    known = set(tops)
    while more := {id for id, one in places.items() if one.parent in known} - known:
        known |= more
    return {id: one for id, one in places.items() if id in known and id not in tops}
