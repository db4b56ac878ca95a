"""An element: a thing the agency has, wants, or connects to; and the relations written on it."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from kientruc.model.kinds import Kind
from kientruc.model.record import Frozen, Maybe, Named, Record
from kientruc.model.values import (
    Bool,
    ComponentId,
    Day,
    ElementId,
    LegalId,
    Line,
    Membership,
    Number,
    OrganisationId,
    SecurityLevel,
    ServiceLevel,
    StateId,
    Text,
    Treatment,
)
from kientruc.model.verbs import Verb


class Quantity(Frozen):
    """A counted or measured amount; `about` and `over` are shown, never summed."""

    value: Number | None = None
    about: Number | None = None
    over: Number | None = None
    unit: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return {"value": value} if isinstance(value, int | Decimal) else value


class Usage(StrEnum):
    """How far somebody else's thing is used here. Source: the draft guide of 13/9/2026, Bảng 1."""

    NOT_USED = "not-used"
    CONNECTING = "connecting"
    IN_USE = "in-use"
    PARTLY = "partly-used"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Reference(Frozen):
    """Whose thing this is, when the element only refers to something owned elsewhere."""

    issuer: Line
    code: Maybe[Line] | None = None
    document: Line | None = None
    version: Line | None = None
    usage: Maybe[Usage] | None = None


class Basis(Frozen):
    """A legal document, and where in it, that something rests on; a bare id is a document without an article."""

    document: LegalId
    article: Line | None = None
    reason: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return {"document": value} if isinstance(value, str) else value


class Scope(StrEnum):
    """For whom an element is there; NĐ 85/2016 Điều 9 asks whether infrastructure serves a whole sector or province."""

    UNIT = "unit"
    PROVINCE = "province"
    SECTOR = "sector"
    NATION = "nation"


class Sharing(StrEnum):
    """Who shares a thing. Source: the draft guide of 13/9/2026, Bảng 1; A and B are the lists of 1425/QĐ-TTg."""

    NATION_A = "nation-a"
    NATION_B = "nation-b"
    MINISTRY = "ministry"
    PROVINCE = "province"
    INTERNAL = "internal"
    OWN = "own"
    NONE = "not-applicable"


class Lifecycle(StrEnum):
    """Where a thing of one's own stands in its life. Source: the draft guide of 13/9/2026, Bảng 1."""

    PLANNED = "planned"
    BUILDING = "building"
    TRIAL = "trial"
    OPERATING = "operating"
    UPGRADING = "upgrading"
    MERGING = "merging"
    REPLACING = "replacing"
    ENDED = "ended"
    OTHER = "other"


class DataType(StrEnum):
    """What sort of data it is: the eight types told of 2439/QĐ-TTg."""

    ORIGINAL = "original"
    SPECIFICATION = "specification"
    MASTER = "master"
    CODE_LIST = "code-list"
    TRANSACTION = "transaction"
    AGGREGATE = "aggregate"
    ANALYTICAL = "analytical"
    OPEN = "open"


class Mapping(StrEnum):
    """How a thing relates to its place in the framework. Source: the draft guide of 13/9/2026, Bảng 3."""

    INHERITED = "inherited"
    SPECIFIED = "specified"
    EXTENDED = "extended"
    REFERENCED = "referenced"
    EQUIVALENT = "equivalent"
    UNMAPPED = "unmapped"


class Stated(Frozen):
    """What may differ from state to state."""

    owner: Maybe[OrganisationId] | None = None
    co_owners: tuple[OrganisationId, ...] = ()
    operator: Maybe[OrganisationId] | None = None
    data_owner: Maybe[OrganisationId] | None = None
    technical_contact: Maybe[OrganisationId] | None = None
    security_level: Maybe[SecurityLevel] | None = None
    service_level: Maybe[ServiceLevel] | None = None
    scope: Maybe[Scope] | None = None
    sharing: Maybe[Sharing] | None = None
    lifecycle: Maybe[Lifecycle] | None = None
    quantity: Maybe[Quantity] | None = None
    description: Text | None = None


class Element(Stated, Named):
    """One element. Which fields a kind may have is told by its row in `kinds.py`; verbs are kept as relations."""

    section: ClassVar[str] = "elements"

    kind: Kind
    role: Line | None = None  # how requirements recognise a thing; from the register of roles
    component: ComponentId | None = None
    places: dict[str, Line] = Field(default_factory=dict)  # edition -> place, where it differs from the component's
    outside: dict[str, Text] = Field(default_factory=dict)  # edition -> why it has no place there
    mapping: Maybe[Mapping] | None = None
    codes: dict[str, Line] = Field(default_factory=dict)
    confirmed_by: Maybe[OrganisationId] | None = None
    states: dict[StateId, Membership] = Field(default_factory=dict)
    in_state: dict[StateId, Stated] = Field(default_factory=dict)
    treatment: Maybe[Treatment] | None = None
    successor: ElementId | None = None
    reference: Reference | None = None
    basis: tuple[Basis, ...] = ()
    standards: tuple[Line, ...] = ()
    data_models: tuple[Literal["conceptual", "logical", "physical"], ...] = ()
    level_dossier: Maybe[tuple[Line, ...]] | None = None  # parts of the dossier of NĐ 85/2016, Điều 15
    continuity: Maybe[tuple[Literal["backup", "disaster-recovery"], ...]] | None = None
    personal_data: Maybe[Bool] | None = None
    data_protection_officer: Maybe[OrganisationId] | None = None
    data_type: Maybe[DataType] | None = None
    centralised_by: Maybe[OrganisationId] | None = None  # the ministry whose own system handles this procedure
    own_because: Maybe[Text] | None = None  # why a thing of one's own, where a shared one exists or comes first
    realised_from: Day | None = None


def _many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


ElementIds = Annotated[
    tuple[ElementId, ...],
    BeforeValidator(_many),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]  # one id may stand without brackets


class Relation(Record):
    """One verb from a source to a target, with what is said of the exchange. `source_id` and `target` are ids."""

    section: ClassVar[str] = "relations"

    verb: Verb = Field(validation_alias="\0verb")
    source_id: str = Field(validation_alias="\0from")
    target: str = Field(validation_alias="\0to")
    codes: dict[str, Line] = Field(default_factory=dict)
    data: ElementIds = ()
    payload: Maybe[Line] | None = None  # what is exchanged, in words, where no element stands for it
    over: ElementIds = ()
    protocol: Maybe[Line] | None = None
    format: Maybe[Line] | None = None
    frequency: Maybe[Line] | None = None
    sla: Maybe[Line] | None = None
    direct_because: Maybe[Text] | None = None  # why an exchange goes around the platforms: TT 13/2017, Điều 16
    basis: Maybe[tuple[Basis, ...]] = ()
    classification: Maybe[Line] | None = None
    protection: Maybe[Line] | None = None
    contact: Maybe[OrganisationId] | None = None
    status: (
        Maybe[Literal["existing", "not-connected", "upgrading", "planned", "proposed", "trial", "retired", "other"]]
        | None
    ) = None
    states: dict[StateId, Membership] = Field(default_factory=dict)
