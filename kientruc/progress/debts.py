"""Who owes what by when on a day, of whatever sort, sorted by who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from kientruc.frameworks.holidays import Calendar
from kientruc.frameworks.law import Succession, canonical
from kientruc.model.architecture import Architecture
from kientruc.model.legal import LegalDocument
from kientruc.model.planning import Progress
from kientruc.model.unknown_values import unknown_values
from kientruc.progress.cited import cited
from kientruc.progress.open_items import (
    held_hearings,
    open_answers,
    open_comments,
    open_conclusions,
    open_conditions,
    opened_rounds,
)
from kientruc.progress.owed import Kind, Owed, Why, is_past, known_day, known_id
from kientruc.progress.where import Where
from kientruc.review.waivers import Waiver

SOON = timedelta(30)  # a waiver that ends within so many days is told
OVER = (Progress.DONE, Progress.VERIFIED, Progress.STOPPED, Progress.SUSPENDED)


def debts(
    architecture: Architecture,
    standing: Where,
    calendar: Calendar,
    waivers: Sequence[Waiver] = (),
    law: Mapping[str, LegalDocument] | None = None,
) -> tuple[Owed, ...]:
    """Gather all that is owed on the day of `standing`, by body, then by day.

    Args:
        waivers: a reviewer's; those that have ended or soon will are told.
        law: the edition's register, which has the word before the architecture's own.
    """
    on, rounds = standing.on, opened_rounds(architecture, standing.on)
    found = [
        *_steps(standing),
        *open_comments(architecture, on, rounds),
        *(one for one in open_answers(architecture, on, calendar, rounds) if one.why is not Why.SILENT),
        *open_conclusions(on, held_hearings(architecture, on), standing.undone),
        *open_conditions(architecture, on, rounds),
        *(one for one in standing.blockers if one.kind in (Kind.PAPER, Kind.REQUIREMENT)),
        *_unknowns(architecture, on),
        *_tasks(architecture, on),
        *_waivers(waivers, on),
        *_evidence(architecture, on),
        *_legal(architecture, on, law or {}),
    ]
    return tuple(sorted(found, key=lambda one: one.order))


def _steps(standing: Where) -> Iterator[Owed]:
    for one in standing.steps:
        if one.late:
            by, owner = known_day(one.step.by), known_id(one.step.actor)
            yield Owed(Kind.STEP, Why.STEP_LATE, one.step.id, owner, by, True, one.step)


def _unknowns(architecture: Architecture, on: date) -> Iterator[Owed]:
    for record in (architecture.head, *architecture.all_records(), *architecture.relations):
        for path, value in unknown_values(record):
            late, values = is_past(value.by, on), {"field": str(path[0]), "reason": value.unknown}
            id = record.id or getattr(record, "source_id", "")
            yield Owed(Kind.UNKNOWN, Why.UNKNOWN, id, value.ask or "", value.by, late, record, path, values)


def _tasks(architecture: Architecture, on: date) -> Iterator[Owed]:
    for task in architecture.records["tasks"].values():
        due = known_day(task.due)
        if task.progress is Progress.LATE or (is_past(due, on) and task.progress not in OVER):
            yield Owed(Kind.TASK, Why.TASK_LATE, task.id, known_id(task.lead), due, True, task)


def _waivers(waivers: Sequence[Waiver], on: date) -> Iterator[Owed]:
    for waiver in waivers:
        if waiver.state == "approved" and waiver.expires - on <= SOON:
            late = is_past(waiver.expires, on)
            why = Why.WAIVER_EXPIRED if late else Why.WAIVER_EXPIRING
            values = {"requirement": waiver.requirement}
            yield Owed(Kind.WAIVER, why, waiver.id, waiver.requested_by, waiver.expires, late, None, (), values)


def _evidence(architecture: Architecture, on: date) -> Iterator[Owed]:
    for paper in architecture.records["evidence"].values():
        if is_past(paper.until, on):
            yield Owed(Kind.EVIDENCE, Why.EVIDENCE_EXPIRED, paper.id, "", paper.until, True, paper)


def _legal(architecture: Architecture, on: date, law: Mapping[str, LegalDocument]) -> Iterator[Owed]:
    succession = Succession(law, architecture.legal)
    for id in sorted(cited(architecture)):
        document = architecture.legal[id]
        number = canonical(document.number)
        last = succession.last_day(number)
        if is_past(last, on):
            values = {"number": document.number, "successor": succession.in_stead(number, on) or ""}
            yield Owed(Kind.LEGAL, Why.NO_LONGER_IN_FORCE, id, "", last, True, document, (), values)
