"""From one edition to another by the crosswalks there are: the direct one, or else the shortest chain of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kientruc.frameworks.crosswalk import Crosswalk, Row, load_crosswalk
from kientruc.frameworks.requirement import Checks
from kientruc.frameworks.shelf import EDITIONS, edition_ids
from kientruc.model.element import Mapping as Relation
from kientruc.model.kinds import Kind
from kientruc.model.values import Certainty, least_sure


@dataclass(frozen=True, slots=True)
class Destination:
    """Where what lies at a place belongs: the places of the target, and the rows that led there, in order."""

    to: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def relation(self) -> Relation:
        """How it relates to its new place: the first change on the way, if there is one."""
        if not self.to:
            return Relation.UNMAPPED
        return next((row.relation for row in self.rows if row.relation is not Relation.INHERITED), Relation.INHERITED)

    @property
    def certainty(self) -> Certainty:
        """How sure the way is: as its least sure row, and never more than derived."""
        return least_sure(Certainty.DERIVED, *(row.certainty for row in self.rows))

    @property
    def narrowed(self) -> bool:
        """Whether the kind or role of an element decided."""
        return any(row.rank for row in self.rows)


@dataclass(frozen=True, slots=True)
class Route:
    """Crosswalks that follow each other, at least one."""

    crosswalks: tuple[Crosswalk, ...]

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions on the way, from the first to the last."""
        return (self.crosswalks[0].origin, *(crosswalk.target for crosswalk in self.crosswalks))

    def destination(self, place: str, kind: Kind | None = None, roles: Sequence[str] = ()) -> Destination:
        """Tell where an element at a place belongs; without kind and role, whatever no row tells apart.

        Args:
            roles: the element's role and every wider one.
        """
        places: tuple[str, ...] = (place,)
        rows: list[Row] = []
        for crosswalk in self.crosswalks:
            found = [row for one in places if (row := crosswalk.row(one, kind, roles))]
            rows += found
            places = tuple(dict.fromkeys(to for row in found for to in row.to))
        return Destination(places, tuple(rows))


def load_route(origin: str, target: str, checks: Checks, shelf: Path = EDITIONS) -> Route | None:
    """Find the way from one edition to another; of several chains of one length, the first in the order of ids.

    Returns:
        None if no crosswalk, nor any chain of them, leads there.
    Raises:
        KeyError, EditionError: see `load_crosswalk`.
    """
    direct = load_crosswalk(origin, target, checks, shelf)
    if direct or origin == target:
        return Route((direct,)) if direct else None
    waiting: list[tuple[Crosswalk, ...]] = [()]
    left = [id for id in edition_ids(shelf) if id != origin]
    for begun in waiting:  # grows while it is read: the shortest first
        last = begun[-1].target if begun else origin
        for next_ in [*left]:
            crosswalk = load_crosswalk(last, next_, checks, shelf)
            if crosswalk and next_ == target:
                return Route((*begun, crosswalk))
            if crosswalk:
                left.remove(next_)
                waiting.append((*begun, crosswalk))
    return None
