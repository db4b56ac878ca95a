"""Days that follow each other: of tasks and what they wait for, of the states of an architecture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kientruc.graph import in_order
from kientruc.graph.states import begins
from kientruc.model.planning import Milestone, Period, State, Task
from kientruc.model.record import Record, Unknown
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.days import When, saying, surely_before
from kientruc.validators.matter import Found, Matter
from kientruc.validators.standing import spans

FIELDS = ("from", "until")


@dataclass(frozen=True, slots=True)
class Mark:
    """When something begins or ends: the value, which may be unknown, and the field it stands in."""

    value: Any
    field: tuple[str, ...]

    def span(self, record: Record) -> Span | None:
        """Give where it is written."""
        return record.span(*self.field)


def waits(matter: Matter) -> Iterator[Found]:
    """Hold each task against each task and milestone it waits for: it neither begins nor ends before that is done."""
    tasks, milestones = matter.architecture.records["tasks"], matter.architecture.records["milestones"]
    for relation in matter.graph.relations(Verb.WAITS_FOR):
        task: Task = tasks[relation.source_id]
        awaited: Task | Milestone = tasks.get(relation.target) or milestones[relation.target]
        found = _follows(task, awaited, {**matter.about(task), **_target(awaited, matter)}, matter)
        if found is not None:
            yield found


def _follows(task: Task, awaited: Task | Milestone, values: dict[str, str], matter: Matter) -> Found | None:
    subjects, compared, open = (task.id,), False, None
    for one, other in _pairs(task, awaited):
        if one.value is None or other.value is None:
            continue
        for mark, record in ((one, task), (other, awaited)):
            if isinstance(mark.value, Unknown):
                named = {**values, **matter.about(record), **matter.unknown(mark.value, mark.field[0])}
                open = open or Found(Status.MANUAL, "unknown", subjects, named, (), mark.span(record))
        if isinstance(one.value, When) and isinstance(other.value, When):
            compared = True
            if surely_before(one.value, other.value):
                told = {**values, **saying("found", one.value), **saying("allowed", other.value, "≥ ")}
                return Found(Status.FAIL, "too-early", subjects, told, (), one.span(task), spans(other.span(awaited)))
    if open is not None:
        return open
    return Found(Status.PASS, "in-order", subjects, {}, (task.id, awaited.id), task.span()) if compared else None


def _pairs(task: Task, awaited: Task | Milestone) -> Iterator[tuple[Mark, Mark]]:
    """Give what must not come first, and what it is held against."""
    begin, end, done = _begin(task), _end(task), _end(awaited)
    yield from ((begin, done), (end, done))
    if isinstance(awaited, Task) and not done.value:
        yield begin, _begin(awaited)


def _begin(task: Task) -> Mark:
    if isinstance(task.period, Period):
        return Mark(task.period.from_, ("period", "from"))
    return Mark(task.period, ("period",))


def _end(one: Task | Milestone) -> Mark:
    if isinstance(one, Milestone):
        return Mark(one.date, ("date",)) if one.date or one.year is None else Mark(one.year, ("year",))
    if isinstance(one.period, Period) and one.period.until is not None:
        return Mark(one.period.until, ("period", "until"))
    if one.due is not None or isinstance(one.period, Period):
        return Mark(one.due, ("due",))
    return Mark(one.period, ("period",))


def states(matter: Matter) -> Iterator[Found]:
    """Hold each state against itself and those before it.

    None begins or ends before one of an earlier role, none of one role begins before the other's end; and of two of one
    role it must be told which is the later.
    """
    furthest: dict[str, State] = {}  # of the states before: by a field, or a role, the one that has the latest day
    previous: State | None = None
    for state in in_order(matter.architecture):
        held = [(state, "from", "until"), *((furthest[name], name, name) for name in FIELDS if name in furthest)]
        if state.role in furthest:
            held.append((furthest[state.role], "until", "from"))
        known = [one for one in held if _day(one[0], one[1]) is not None and _day(state, one[2]) is not None]
        wrong = next((one for one in known if not _follow(*one, state)), None)
        same = previous is not None and previous.role is state.role and begins(previous) == begins(state)
        if wrong is not None:
            yield _reversed(*wrong, state, matter)
        elif same and previous is not None:
            yield _fails("undated", state, previous, matter, state.span(), spans(previous.span()))
        elif known:
            yield Found(Status.PASS, "in-order", (state.id,), {}, (state.id,), state.span())
        for key, field in (*((name, name) for name in FIELDS), (state.role, "until")):
            if _day(state, field) is not None and (key not in furthest or _later(state, furthest[key], field)):
                furthest[key] = state
        previous = state


def _day(state: State, field: str) -> date | None:
    return state.from_ if field == "from" else state.until


def _later(one: State, other: State, field: str) -> bool:
    return (_day(one, field) or date.min) > (_day(other, field) or date.min)


def _follow(earlier: State, before: str, after: str, state: State) -> bool:
    first, then = _day(earlier, before), _day(state, after)
    assert first is not None
    assert then is not None
    return first < then or (first == then and (before, after) != ("until", "from"))


def _reversed(earlier: State, before: str, after: str, state: State, matter: Matter) -> Found:
    first, then = _day(earlier, before), _day(state, after)
    assert first is not None
    assert then is not None
    found = _fails("reversed", state, earlier, matter, state.span(after), spans(earlier.span(before)))
    return replace(found, values={**found.values, **saying("found", then), **saying("allowed", first, "≥ ")})


def _fails(reason: str, state: State, other: State, matter: Matter, span: Span | None, also: tuple[Span, ...]) -> Found:
    values = {**matter.about(state), **_target(other, matter), **matter.nothing("found"), **matter.nothing("allowed")}
    return Found(Status.FAIL, reason, (state.id,), values, (), span, also)


def _target(record: Record, matter: Matter) -> dict[str, str]:
    about = matter.about(record)
    return {"target": about["name"], "target_en": about["name_en"], "target_id": record.id}
