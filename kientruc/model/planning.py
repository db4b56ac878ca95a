"""From what is to what shall be: states, principles, goals, assessments, contents, tasks, money, sourcing."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kientruc.model.element import Basis, Quantity
from kientruc.model.record import Frozen, Maybe, Named, Record
from kientruc.model.values import (
    AnyId,
    Certainty,
    Day,
    Id,
    Line,
    Money,
    OrganisationId,
    Ref,
    SourceId,
    Text,
    Treatment,
    Year,
)


class StateRole(StrEnum):
    """What a state of the architecture is for."""

    BASELINE = "baseline"
    TRANSITION = "transition"
    TARGET = "target"
    OBSERVED = "observed"


class State(Named):
    """A state of the whole architecture; elements are members of it."""

    section: ClassVar[str] = "states"

    role: StateRole
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None


class Principle(Named):
    """A principle the architecture follows."""

    section: ClassVar[str] = "principles"

    basis: tuple[Basis, ...] = ()


class Goal(Named):
    """What is to be reached: an objective, a direction, or a target with number, unit and year."""

    section: ClassVar[str] = "goals"

    type: Literal["objective", "direction", "target", "property"] = "objective"
    codes: dict[str, Line] = Field(default_factory=dict)
    quantity: Maybe[Quantity] | None = None
    year: Year | None = None
    basis: tuple[Basis, ...] = ()


class Assessment(Named):
    """What the current state is like: a strength, a weakness or a surveyed figure; it may lead to directions."""

    section: ClassVar[str] = "assessments"

    type: Literal["strength", "weakness", "figure"]
    about: tuple[AnyId, ...] = ()
    quantity: Maybe[Quantity] | None = None
    leads_to: tuple[Annotated[Id, Ref(("goals",))], ...] = ()


class Open(Frozen):
    """A gap that no task covers yet: why, who decides, and by when."""

    why: Text
    who: OrganisationId
    by: Day


class Content(Named):
    """What must be completed: what is there now, what is required, and what is done about it (the ND of Mẫu 03)."""

    section: ClassVar[str] = "contents"

    codes: dict[str, Line] = Field(default_factory=dict)
    about: tuple[AnyId, ...] = ()
    now: Maybe[Text] | None = None
    required: Maybe[Text] | None = None
    treatment: Maybe[Treatment] | None = None
    scope: Line | None = None
    open: Open | None = None


class Cost(Frozen):
    """Money of one year from one fund, in đồng."""

    year: Year
    fund: Line
    amount: Maybe[Money]
    source: SourceId | None = None
    certainty: Certainty | None = None


class Period(Frozen):
    """From one year or day to another, both included."""

    from_: Year | Day | None = Field(default=None, alias="from")
    until: Year | Day | None = None


class Progress(StrEnum):
    """How far a task is. Source: the draft guide of 13/9/2026, Bảng 4."""

    NOT_STARTED = "not-started"
    RUNNING = "running"
    LATE = "late"
    ADJUSTED = "adjusted"
    DONE = "done"
    VERIFIED = "verified"
    SUSPENDED = "suspended"
    STOPPED = "stopped"


class Task(Named):
    """Work to be done; what it delivers, covers and waits for are relations."""

    section: ClassVar[str] = "tasks"

    codes: dict[str, Line] = Field(default_factory=dict)
    lead: Maybe[OrganisationId] | None = None
    partners: tuple[OrganisationId, ...] = ()
    period: Maybe[Period] | None = None
    due: Maybe[Day] | None = None
    priority: Maybe[Literal["urgent", "high", "normal"]] | None = None
    result: Maybe[Text] | None = None
    criteria: Maybe[Text] | None = None
    resources: Maybe[tuple[Line, ...]] | None = None
    cost: Maybe[tuple[Cost, ...]] | None = None
    total: Maybe[Money] | None = None
    programme: Maybe[Line] | None = None
    stage: Maybe[Line] | None = None
    progress: Maybe[Progress] | None = None
    data_readiness: Maybe[Literal["full", "partial", "none", "not-applicable"]] | None = None
    basis: tuple[Basis, ...] = ()


class Milestone(Named):
    """A day or year by which something is reached."""

    section: ClassVar[str] = "milestones"

    date: Maybe[Day] | None = None
    year: Year | None = None


class SourcingForm(StrEnum):
    """How a thing is obtained."""

    INVEST = "invest"
    LEASE = "lease"
    SOCIALISE = "socialise"
    IN_HOUSE = "in-house"


class Share(Frozen):
    """Part of a mixed sourcing, with or without an amount in đồng."""

    form: SourcingForm
    amount: Maybe[Money] | None = None


class Sourcing(Record):
    """How something is obtained and why: lease to save, invest where security and autonomy demand it."""

    section: ClassVar[str] = "sourcing"

    of: AnyId | tuple[AnyId, ...] | None = None
    name: Line | None = None
    name_en: Line | None = None
    form: Maybe[SourcingForm]
    amount: Maybe[Money] | None = None
    shares: tuple[Share, ...] = ()
    reason: Literal["cost", "security-and-autonomy", "capacity", "speed", "other"] | None = None
    term: Line | None = None
    until: Maybe[Day] | None = None  # the last day of a lease
    exit: Text | None = None
    basis: tuple[Basis, ...] = ()
