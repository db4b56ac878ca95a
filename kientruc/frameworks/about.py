"""What an edition is: its id and name, the instrument that issues it, its days, and what it follows or takes over."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kientruc.frameworks.vocabulary import Bilingual, Late
from kientruc.model.values import Certainty, Day, Id, Int, Line, Text

VOCABULARY = 1  # of conditions, kinds of check and keys; an edition written for another one is refused


class Standing(StrEnum):
    """How an edition stands on a day."""

    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"  # something later is applied in its place, an express end was not seen
    NO_LONGER = "no-longer"


class Days(Late):
    """The first and the last day something holds; an open end is null."""

    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    certainty: Certainty = Certainty.STATED
    note: Bilingual | None = None


class Instrument(Late):
    """The document that issues the edition, and the documents that amended it."""

    document: Id
    amended_by: tuple[Id, ...] = ()
    certainty: Certainty
    note: Text | None = None


class Superseded(Late):
    """The edition that is applied in this one's place without a repeal that anybody saw."""

    by: Id
    from_: Day = Field(alias="from")
    certainty: Certainty
    note: Bilingual | None = None


class Policy(Late):
    """What an edition knows of exceptions."""

    waivers: bool  # whether a waiver exists at all; if not, one is printed but changes nothing
    max_days: Annotated[Int, Field(ge=1)] | None = None  # the longest a waiver may last
    certainty: Certainty
    note: Bilingual | None = None


class EditionFile(Late):
    """The whole of `edition.yaml`.

    `starts_from` takes over the words and requirements of another edition, without those it `drops`: requirements by
    id, and places with everything below them. `words_from` is for an edition that is held beside another one: it takes
    over the places, lists and fields, and none of the requirements; elements name their places under that edition.
    `retired` are its own ids that nothing may bear again.
    """

    id: Id
    vocabulary: Int
    name: Bilingual
    instrument: Instrument
    in_force: Days
    replaces: tuple[Id, ...] = ()
    amends: tuple[Id, ...] = ()
    superseded: Superseded | None = None
    starts_from: Id | None = None
    words_from: Id | None = None
    drops: tuple[Id, ...] = ()
    retired: tuple[Id, ...] = ()
    policy: Policy
    source: Line | None = None
    note: Bilingual | None = None
    example_head: Text

    def standing(self, on: date) -> Standing:
        """Tell how it stands on a day; an end nobody knows is taken as open."""
        if self.in_force.from_ and on < self.in_force.from_:
            return Standing.NOT_YET
        if self.in_force.until and on > self.in_force.until:
            return Standing.NO_LONGER
        if self.superseded and on >= self.superseded.from_:
            return Standing.SUPERSEDED
        return Standing.IN_FORCE
