"""The kinds of check: one file each, one name each in this union; editions, types and docs all read it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from kientruc.validators.checks.aggregate import Aggregate
from kientruc.validators.checks.cited_date import CitedDate
from kientruc.validators.checks.compare_along import CompareAlong
from kientruc.validators.checks.compare_props import CompareProps
from kientruc.validators.checks.coverage import Coverage
from kientruc.validators.checks.delta import Delta
from kientruc.validators.checks.exchange_props import ExchangeProps
from kientruc.validators.checks.exchanged_data import ExchangedData
from kientruc.validators.checks.in_force import InForce
from kientruc.validators.checks.readiness import Readiness
from kientruc.validators.checks.require_props import RequireProps
from kientruc.validators.checks.route import Route
from kientruc.validators.checks.sections import Sections
from kientruc.validators.checks.timeline import Timeline
from kientruc.validators.checks.treatments import Treatments
from kientruc.validators.checks.when_then import WhenThen

AnyCheck = Annotated[
    Aggregate
    | CitedDate
    | CompareAlong
    | CompareProps
    | Coverage
    | Delta
    | ExchangeProps
    | ExchangedData
    | InForce
    | Readiness
    | RequireProps
    | Route
    | Sections
    | Timeline
    | Treatments
    | WhenThen,
    Field(discriminator="kind"),
]
CHECKS: TypeAdapter[tuple[AnyCheck, ...]] = TypeAdapter(tuple[AnyCheck, ...])
