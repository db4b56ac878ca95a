"""A picture the architecture asks for: which built-in view it starts from, what it shows, and what its colours mean."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from kientruc.model.record import Maybe, Named
from kientruc.model.values import Json, Line, OrganisationId, StateId, Text


class Grouping(StrEnum):
    """By what things are put together."""

    COMPONENT = "component"
    LAYER = "layer"  # business, application, data, technology
    PLACE = "place"  # of the edition that is asked for
    KIND = "kind"
    OWNER = "owner"
    OPERATOR = "operator"
    SECURITY_LEVEL = "security-level"
    TREATMENT = "treatment"
    ACCESS = "access"
    PHASE = "phase"
    NONE = "none"


class Ordering(StrEnum):
    """In which order things stand beside each other."""

    STATE = "state"
    KIND = "kind"
    NAME = "name"
    ID = "id"


class Colouring(StrEnum):
    """What the fill and border of a box mean."""

    STATE = "state"
    OWNER = "owner"
    OPERATOR = "operator"
    TREATMENT = "treatment"
    SECURITY_LEVEL = "security-level"
    CERTAINTY = "certainty"
    PHASE = "phase"
    ACCESS = "access"
    KIND = "kind"


Depth = Annotated[int, Field(strict=True, ge=0, le=6)]


class ViewRequest(Named):
    """A picture the architecture asks for beside the built-in ones, or a built-in one as it wants it.

    `show` and `relations` select in the grammar of the requirements' conditions; what is wrong in them is told with
    its place once the edition is known whose words they use.
    """

    section: ClassVar[str] = "views"

    base: Line | None = None
    show: dict[str, Json] | None = None
    relations: dict[str, Json] | None = None
    depth: Depth = 0  # how many steps beyond what is selected are shown too
    group_by: Grouping | None = None
    order_by: Ordering | None = None
    colour_by: Colouring | None = None
    edition: Line | None = None  # whose places things are grouped by; the declared one where none is named
    component: tuple[Line, ...] = ()
    code: Line | None = None
    purpose: Line | None = None
    state: StateId | None = None
    scope: Line | None = None
    version: Line | None = None
    responsible: Maybe[OrganisationId] | None = None
    notes: tuple[Text, ...] = ()  # sentences that stand beneath the picture
