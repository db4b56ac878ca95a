"""Who: organisations and their people, and the places (components) of the agency's own picture."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from kientruc.model.record import Frozen, Maybe, Named
from kientruc.model.values import Bool, Day, Int, Line, OrganisationId, SourceId, Text


class OrganisationType(StrEnum):
    """What sort of body it is."""

    COMMITTEE = "committee"
    PARTY = "party"
    PEOPLES_COMMITTEE = "peoples_committee"
    DEPARTMENT = "department"
    DISTRICT = "district"
    MINISTRY = "ministry"
    CENTRAL = "central"
    ENTERPRISE = "enterprise"
    OTHER = "other"


class Person(Frozen):
    """Somebody in an office, as the source names them."""

    name: Line
    title: Line | None = None
    role: Line | None = None
    source: SourceId | None = None


class Organisation(Named):
    """A body; `group: true` stands for several ("các sở"). Its days tell when it bore this name."""

    section: ClassVar[str] = "organisations"

    type: OrganisationType | None = None
    group: Bool = False
    part_of: OrganisationId | None = None
    code: Line | None = None
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    successor: OrganisationId | tuple[OrganisationId, ...] | None = None
    standing_agency: Maybe[OrganisationId] | None = None
    people: tuple[Person, ...] = ()
    duties: tuple[Text, ...] = ()


class Component(Named):
    """A place of the agency's own picture; `maps` tells which place of each edition it stands for."""

    section: ClassVar[str] = "components"

    order: Int
    side: Bool = False  # beside the others, not below them: direction and management
    maps: dict[str, tuple[Line, ...]] = Field(default_factory=dict)
    responsible: Maybe[OrganisationId] | None = None
