"""The way to approval: steps, hearings with conclusions, rounds of consultation, comments, waiver requests."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kientruc.model.organisation import Person
from kientruc.model.record import Maybe, Named, Record
from kientruc.model.values import AnyId, Day, Id, Int, Line, OrganisationId, Ref, StateId, Text

StepId = Annotated[Id, Ref(("path",))]
HearingId = Annotated[Id, Ref(("hearings",))]
RoundId = Annotated[Id, Ref(("rounds",))]


class Step(Named):
    """One step on the way to approval: who acts, with which papers, and where it stands since when."""

    section: ClassVar[str] = "path"

    order: Int
    actor: Maybe[OrganisationId]
    papers: tuple[Line, ...] = ()
    state: Maybe[Literal["done", "ordered", "pending", "refused"]]
    since: Maybe[Day] | None = None
    decision: Maybe[Line] | None = None
    hearing: HearingId | None = None


class Conclusion(Record):
    """What a hearing told somebody to do."""

    section: ClassVar[str] = "conclusions"

    text: Text
    text_en: Text | None = None
    who: Maybe[OrganisationId] | None = None
    by: Maybe[Day] | None = None
    about: tuple[AnyId, ...] = ()
    answered_by: tuple[AnyId, ...] = ()


class Hearing(Named):
    """A meeting that hears the architecture."""

    section: ClassVar[str] = "hearings"

    order: Int
    date: Day
    place: Maybe[Line] | None = None
    chair: Maybe[Person] | None = None
    secretary: Maybe[Person] | None = None
    attendance: tuple[OrganisationId, ...] = ()
    conclusions: dict[str, Conclusion] = Field(default_factory=dict)
    outcome: Text | None = None
    outcome_en: Text | None = None


class Round(Named):
    """A round of consultation: whom it asks, and until when."""

    section: ClassVar[str] = "rounds"

    opened: Day | None = None
    until: Day | None = None
    bodies: tuple[OrganisationId, ...] = ()


class Comment(Record):
    """What a body said in a round, and what became of it."""

    section: ClassVar[str] = "comments"

    round: RoundId
    from_: OrganisationId = Field(alias="from")
    letter: Line | None = None
    about: tuple[AnyId, ...] = ()
    text: Text
    verdict: Literal["accepted", "partly", "explained", "noted"] | None = None
    response: Text | None = None
    changed: tuple[AnyId, ...] = ()


class WaiverRequest(Record):
    """A request not to be held to one requirement; it changes no outcome, a reviewer's waiver would."""

    section: ClassVar[str] = "waiver_requests"

    requirement: Line
    subjects: tuple[AnyId, ...]
    reason: Text
    alternatives: Text | None = None
    impact: Text | None = None
    control: Text | None = None
    until: Day | None = None


class ViewRequest(Named):
    """A picture the architecture asks for beside the built-in ones."""

    section: ClassVar[str] = "views"

    base: Line | None = None
    component: tuple[Line, ...] = ()
    code: Line | None = None
    purpose: Line | None = None
    state: StateId | None = None
    scope: Line | None = None
    version: Line | None = None
    responsible: Maybe[OrganisationId] | None = None
