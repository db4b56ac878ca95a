"""Where the way to approval stands on a day, and what must be settled before its next step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kientruc.frameworks.holidays import Calendar, UnknownYear, deadline_of
from kientruc.model.approval import Hearing, Round, Step
from kientruc.model.architecture import Architecture
from kientruc.model.record import Unknown
from kientruc.progress.open_items import (
    held_hearings,
    open_answers,
    open_comments,
    open_conclusions,
    open_conditions,
    opened_rounds,
)
from kientruc.progress.owed import Kind, Owed, Why, has_come, is_past, known_day, known_id

DONE = "done"


@dataclass(frozen=True, slots=True)
class StepState:
    """A step as it stood on the day: its state, `unknown` where nobody knows it; `late` if it should be done."""

    step: Step
    state: str
    late: bool


@dataclass(frozen=True, slots=True)
class Where:
    """The path on a day.

    `current` is the first step that is not done, `next` the one after it. `blockers` stand between the two; `silent`
    are bodies that count as agreeing; `uncounted` the rounds, by `id`, whose working days need a `year` that is not
    among the `known` ones; `until` is the end that they state instead, or "".
    """

    on: date
    steps: tuple[StepState, ...]
    current: Step | None
    next: Step | None
    blockers: tuple[Owed, ...]
    silent: tuple[Owed, ...]
    uncounted: tuple[Mapping[str, str], ...]

    @property
    def undone(self) -> frozenset[str]:
        """The ids of the steps that are not done."""
        return frozenset(one.step.id for one in self.steps if one.state != DONE)

    @property
    def blocked(self) -> bool:
        """Whether anything stands before the next step."""
        return bool(self.blockers)


def where(architecture: Architecture, on: date, calendar: Calendar, failing: Sequence[str] = ()) -> Where:
    """Tell where an architecture stands on a day.

    A state with a later `since`, and a comment, answer or hearing with a later day, was not there yet. A verdict has
    no day: it counts as given. A round or hearing that no step names counts for every step.

    Args:
        failing: the ids of requirements that must be met and are not.
    """
    steps = tuple(_state(step, on) for step in _ordered(architecture))
    waiting = [one.step for one in steps if one.state != DONE]
    current, following = (*waiting, None, None)[:2]
    rounds = opened_rounds(architecture, on)
    uncounted = tuple(_uncounted(rounds, calendar))
    found: list[Owed] = []
    if current is not None:
        reached = [one for one in steps if one.step.order <= current.order]
        rounds = tuple(round for round in rounds if _counts(round, architecture, current))
        hearings = tuple(one for one in held_hearings(architecture, on) if _counts(one, architecture, current))
        found += _refused(reached, on)
        found += open_conclusions(on, hearings, {step.id for step in waiting})
        found += open_comments(architecture, on, rounds)
        found += open_answers(architecture, on, calendar, rounds)
        found += open_conditions(architecture, on, rounds)
        found += _papers(reached, on)
        found += (Owed(Kind.REQUIREMENT, Why.MUST_FAILS, id, "", None, False) for id in failing)
    blockers = tuple(one for one in found if one.why not in (Why.SILENT, Why.ON_THE_PATH))
    silent = tuple(one for one in found if one.why is Why.SILENT)
    return Where(on, steps, current, following, blockers, silent, uncounted)


def _ordered(architecture: Architecture) -> list[Step]:
    return sorted(architecture.records["path"].values(), key=lambda step: (step.order, step.id))


def _state(step: Step, on: date) -> StepState:
    state = "unknown" if isinstance(step.state, Unknown) else step.state
    if not has_come(step.since, on):
        state = "pending"
    return StepState(step, state, state != DONE and is_past(known_day(step.by), on))


def _counts(thing: Round | Hearing, architecture: Architecture, current: Step) -> bool:
    """Tell whether a round or a hearing belongs to a step at or before the current one, or to none at all."""
    named = [step.order for step in _ordered(architecture) if thing.id in (step.round, step.hearing)]
    return not named or named[0] <= current.order


def _refused(reached: Sequence[StepState], on: date) -> Iterator[Owed]:
    for one in reached:
        if one.state == "refused":
            by = known_day(one.step.by)
            yield Owed(Kind.STEP, Why.REFUSED, one.step.id, known_id(one.step.actor), by, is_past(by, on), one.step)


def _papers(reached: Sequence[StepState], on: date) -> Iterator[Owed]:
    for step in (one.step for one in reached):
        for index, paper in enumerate(step.papers):
            if paper.state == "missing":
                by, path = known_day(step.by), ("papers", index)
                values = {"paper": paper.name, "paper_en": paper.name_en or paper.name}
                owner = known_id(step.actor)
                yield Owed(Kind.PAPER, Why.PAPER_MISSING, step.id, owner, by, is_past(by, on), step, path, values)


def _uncounted(rounds: Sequence[Round], calendar: Calendar) -> Iterator[Mapping[str, str]]:
    for round in rounds:
        try:
            deadline_of(round.model_copy(update={"until": None}), calendar)
        except UnknownYear as error:
            yield {"id": round.id, "until": str(round.until or ""), **error.values}
