"""The way to approval: versions, steps, hearings with conclusions, rounds of consultation, comments, decisions."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from kientruc.model.organisation import Person
from kientruc.model.record import Frozen, Maybe, Named, Record
from kientruc.model.values import (
    AnyId,
    Bool,
    Day,
    Id,
    Int,
    LegalId,
    Line,
    OrganisationId,
    PastId,
    Ref,
    Text,
)

HearingId = Annotated[Id, Ref(("hearings",))]
RoundId = Annotated[Id, Ref(("rounds",))]
VersionId = Annotated[Id, Ref(("versions",))]


class Version(Record):
    """A version of the architecture that was handed round; `model` is the hash that tells it apart from any other."""

    section: ClassVar[str] = "versions"

    number: Line
    date: Day
    model: Line | None = None
    summary: Text | None = None
    summary_en: Text | None = None


class Place(Frozen):
    """A record, and if need be the fields of it, that answer somebody; a bare id is the whole record.

    A field may be a verb, one target of it (`covers.nd-05`) or one entry of a list (`cost.2027`).
    """

    id: PastId
    fields: tuple[Line, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return {"id": value} if isinstance(value, str) else value


class Paper(Frozen):
    """One paper of a step; a bare line is its name."""

    name: Line
    name_en: Line | None = None
    state: Maybe[Literal["missing", "draft", "ready", "sent"]] | None = None
    number: Maybe[Line] | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


class Step(Named):
    """One step on the way to approval: who acts, with which papers, and where it stands since when.

    `stage` is the step it is on the way that the declared edition knows.
    """

    section: ClassVar[str] = "path"

    order: Int
    stage: Line | None = None
    actor: Maybe[OrganisationId]
    papers: tuple[Paper, ...] = ()
    state: Maybe[Literal["done", "running", "ordered", "pending", "refused"]]
    since: Maybe[Day] | None = None
    by: Maybe[Day] | None = None
    decision: Maybe[Line] | None = None
    hearing: HearingId | None = None
    round: RoundId | None = None


class Conclusion(Record):
    """What a hearing told somebody to do; later versions answer it, by the places they name or in words."""

    section: ClassVar[str] = "conclusions"

    text: Text
    text_en: Text | None = None
    who: Maybe[OrganisationId] | None = None
    by: Maybe[Day] | None = None
    about: tuple[PastId, ...] = ()
    state: Maybe[Literal["open", "partly", "done"]] | None = None
    answer: Text | None = None
    answer_en: Text | None = None
    answered_by: tuple[Place, ...] = ()


class Hearing(Named):
    """A meeting that hears a version of the architecture."""

    section: ClassVar[str] = "hearings"

    order: Int
    date: Day
    version: VersionId | None = None
    place: Maybe[Line] | None = None
    chair: Maybe[Person] | None = None
    secretary: Maybe[Person] | None = None
    attendance: tuple[OrganisationId, ...] = ()
    notice: Maybe[Line] | None = None  # number of the paper that announces its conclusions
    conclusions: dict[str, Conclusion] = Field(default_factory=dict)
    outcome: Text | None = None
    outcome_en: Text | None = None


class Answer(Frozen):
    """What one body wrote back in a round."""

    position: Literal["agrees", "agrees-with-conditions", "disagrees", "comments-only"]
    date: Maybe[Day] | None = None
    letter: Maybe[Line] | None = None


class Round(Named):
    """A round of consultation: which version it shows to whom, until when, and who wrote back.

    `working_days` are counted from the day after `opened`, as the agency's calendar has them.
    """

    section: ClassVar[str] = "rounds"

    order: Int | None = None
    version: VersionId | None = None
    letter: Line | None = None
    opened: Day | None = None
    working_days: Annotated[Int, Field(ge=1, le=366)] | None = None
    until: Day | None = None
    bodies: tuple[OrganisationId, ...] = ()
    answers: dict[OrganisationId, Answer] = Field(default_factory=dict)


class Condition(Record):
    """A condition under which a body agreed; while nothing meets it, it stands in every later round too."""

    section: ClassVar[str] = "conditions"

    round: RoundId
    from_: OrganisationId = Field(alias="from")
    text: Text
    text_en: Text | None = None
    about: tuple[PastId, ...] = ()
    by: Maybe[Day] | None = None
    met_by: tuple[Place, ...] = ()
    met_on: Day | None = None


class Comment(Record):
    """What a body said in a round, and what became of it.

    `passage` is the code of the section or figure of the draft that was read, `quote` what it says there; `proposal` is
    what the body would have instead and `grounds` why; `changed` are the places that answer it.
    """

    section: ClassVar[str] = "comments"

    round: RoundId
    from_: OrganisationId = Field(alias="from")
    person: Line | None = None  # who wrote it for the body
    letter: Line | None = None
    date: Maybe[Day] | None = None
    passage: Line | None = None
    quote: Text | None = None
    about: tuple[PastId, ...] = ()
    text: Text
    text_en: Text | None = None
    proposal: Text | None = None
    grounds: Text | None = None
    verdict: Literal["accepted", "partly", "explained", "noted"] | None = None
    needs_leader: Bool = False  # the answer waits for the opinion of a leader
    response: Text | None = None
    response_en: Text | None = None
    responsible: OrganisationId | None = None
    by: Day | None = None
    changed: tuple[Place, ...] = ()


class Decision(Named):
    """A decision about the architecture that no hearing and no comment made: what, why, and what it changes."""

    section: ClassVar[str] = "decisions"

    date: Day
    decided_by: Maybe[OrganisationId] | None = None
    document: LegalId | None = None
    reason: Text | None = None
    reason_en: Text | None = None
    alternatives: Text | None = None
    about: tuple[PastId, ...] = ()
    changed: tuple[Place, ...] = ()


class Retired(Record):
    """An id that is never used again: what bore it, since which version it is gone, what took its place."""

    section: ClassVar[str] = "retired"

    name: Line
    name_en: Line | None = None
    successor: AnyId | tuple[AnyId, ...] | None = None
    version: VersionId | None = None  # the first without it
    reason: Text | None = None
    reason_en: Text | None = None


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
