"""Whether a waiver or an answer stands: on a day, in an edition, about what is there; and what to say if not."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date
from typing import TYPE_CHECKING

from kientruc.finding import Finding, Severity
from kientruc.frameworks.edition import Edition
from kientruc.loading.nearest import nearest
from kientruc.validators.matter import Matter

if TYPE_CHECKING:
    from kientruc.review.answers import GivenAnswer
    from kientruc.review.waivers import Waiver

# Where in a waiver each hindrance is to be seen, and how much the note weighs.
PLACES = {
    "R-NOWAIVERS": ("edition", Severity.INFO),
    "R-NEVER": ("requirement", Severity.MINOR),
    "R-STATE": ("state", Severity.INFO),
    "R-EXPIRED": ("expires", Severity.MINOR),
    "R-EARLY": ("from", Severity.INFO),
    "R-OVERLONG": ("expires", Severity.MINOR),
    "R-SELF": ("approved_by", Severity.MINOR),
}


def first_day(waiver: Waiver) -> date | None:
    """Give the first day a waiver can hold: what it says, else the day it was approved."""
    return waiver.from_ or (waiver.approved_by.date if waiver.approved_by else None)


def longest(waiver: Waiver, edition: Edition) -> int | None:
    """Give the most days a waiver may last, first and last included; None where nobody sets a limit."""
    requirement = edition.requirements.get(waiver.requirement)
    limits = (edition.about.policy.max_days, requirement.waivable.max_days if requirement else None)
    return min((limit for limit in limits if limit), default=None)


def hindrances(waiver: Waiver, edition: Edition, on: date) -> tuple[str, ...]:
    """Give every reason why a waiver of this edition has no effect on a day; the days at both ends are its own."""
    requirement = edition.requirements.get(waiver.requirement)
    first, most, by = first_day(waiver), longest(waiver, edition), waiver.approved_by
    found = (
        ("R-NOWAIVERS", not edition.about.policy.waivers),
        ("R-REQUIREMENT", requirement is None),
        ("R-NEVER", requirement is not None and not requirement.waivable.allowed),
        ("R-STATE", waiver.state != "approved"),
        ("R-EXPIRED", on > waiver.expires),
        ("R-EARLY", first is not None and on < first),
        ("R-OVERLONG", bool(most and first and (waiver.expires - first).days + 1 > most)),
        ("R-SELF", by is not None and _folded(by.name) == _folded(waiver.requested_by)),
    )
    return tuple(code for code, there in found if there)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def notes_on_waiver(waiver: Waiver, matter: Matter, hindered: tuple[str, ...], known: Set[str]) -> Iterator[Finding]:
    """Say what keeps a waiver from its effect, and which of its subjects are not among the known ids."""
    if waiver.edition != matter.edition.id:
        yield _elsewhere(waiver, matter.edition)
        return
    yield from (_hindrance(code, waiver, matter) for code in hindered)
    for index, subject in enumerate(waiver.subjects):
        if subject not in known:
            values = {"id": waiver.id, "found": subject, "near": nearest(subject, known)}
            yield Finding("R-SUBJECT", waiver.span("subjects", index), values, severity=Severity.MINOR)


def notes_on_answer(answer: GivenAnswer, matter: Matter) -> Iterator[Finding]:
    """Say that an answer names an edition, a requirement or a check that is not there."""
    if answer.edition != matter.edition.id:
        yield _elsewhere(answer, matter.edition)
        return
    requirement = matter.edition.requirements.get(answer.requirement)
    if requirement is None:
        yield _unknown_requirement(answer, matter.edition)
        return
    letters = [check.id for check in requirement.checks]
    if answer.check not in letters:
        values = {"id": answer.id, "found": answer.check, "allowed": ", ".join(letters)}
        yield Finding("R-CHECK", answer.span("check"), values, severity=Severity.MINOR)


def is_known(answer: GivenAnswer, matter: Matter) -> bool:
    """Tell whether the check it answers is there."""
    requirement = matter.edition.requirements.get(answer.requirement)
    return requirement is not None and any(check.id == answer.check for check in requirement.checks)


def _elsewhere(given: Waiver | GivenAnswer, edition: Edition) -> Finding:
    values = {"id": given.id, "found": given.edition, "edition": edition.id}
    return Finding("R-EDITION", given.span("edition"), values, severity=Severity.MINOR)


def _unknown_requirement(given: Waiver | GivenAnswer, edition: Edition) -> Finding:
    near = nearest(given.requirement, edition.requirements)
    values = {"id": given.id, "edition": edition.id, "found": given.requirement, "near": near}
    return Finding("R-REQUIREMENT", given.span("requirement"), values, severity=Severity.MINOR)


def _hindrance(code: str, waiver: Waiver, matter: Matter) -> Finding:
    if code == "R-REQUIREMENT":
        return _unknown_requirement(waiver, matter.edition)
    first = first_day(waiver)
    values = {
        "id": waiver.id,
        "edition": matter.edition.id,
        "requirement": waiver.requirement,
        "state": waiver.state,
        "on": matter.on.isoformat(),
        "expires": waiver.expires.isoformat(),
        "start": first.isoformat() if first else "",
        "limit": str(longest(waiver, matter.edition) or ""),
    }
    field, severity = PLACES[code]
    return Finding(code, waiver.span(field), values, severity=severity)
