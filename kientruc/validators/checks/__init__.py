"""The kinds of check: one file each, one name each in this union; editions, types and docs all read it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from kientruc.validators.checks.acyclic import Acyclic
from kientruc.validators.checks.aggregate import Aggregate
from kientruc.validators.checks.chain import Chain
from kientruc.validators.checks.cited_date import CitedDate
from kientruc.validators.checks.columns import Columns
from kientruc.validators.checks.compare_along import CompareAlong
from kientruc.validators.checks.compare_props import CompareProps
from kientruc.validators.checks.count import Count
from kientruc.validators.checks.coverage import Coverage
from kientruc.validators.checks.delta import Delta
from kientruc.validators.checks.diagrams import Diagrams
from kientruc.validators.checks.evidence import Evidence
from kientruc.validators.checks.exchange_props import ExchangeProps
from kientruc.validators.checks.exchanged_data import ExchangedData
from kientruc.validators.checks.forbid_relation import ForbidRelation
from kientruc.validators.checks.in_force import InForce
from kientruc.validators.checks.manual import Manual
from kientruc.validators.checks.mapped import Mapped
from kientruc.validators.checks.no_text import NoText
from kientruc.validators.checks.passes_through import PassesThrough
from kientruc.validators.checks.reach import Reach
from kientruc.validators.checks.readiness import Readiness
from kientruc.validators.checks.require_props import RequireProps
from kientruc.validators.checks.require_relation import RequireRelation
from kientruc.validators.checks.route import Route
from kientruc.validators.checks.sections import Sections
from kientruc.validators.checks.timeline import Timeline
from kientruc.validators.checks.treatments import Treatments
from kientruc.validators.checks.unique import Unique
from kientruc.validators.checks.unknowns import Unknowns
from kientruc.validators.checks.when_then import WhenThen

AnyCheck = Annotated[
    Acyclic
    | Aggregate
    | Chain
    | CitedDate
    | Columns
    | CompareAlong
    | CompareProps
    | Count
    | Coverage
    | Delta
    | Diagrams
    | Evidence
    | ExchangeProps
    | ExchangedData
    | ForbidRelation
    | InForce
    | Manual
    | Mapped
    | NoText
    | PassesThrough
    | Reach
    | Readiness
    | RequireProps
    | RequireRelation
    | Route
    | Sections
    | Timeline
    | Treatments
    | Unique
    | Unknowns
    | WhenThen,
    Field(discriminator="kind"),
]
CHECKS: TypeAdapter[tuple[AnyCheck, ...]] = TypeAdapter(tuple[AnyCheck, ...])
