"""Days that follow each other: of tasks and what they wait for, of the states of an architecture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kientruc.graph import in_order
from kientruc.model.planning import Milestone, Period, State, Task
from kientruc.model.record import Record, Unknown
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.days import When, saying, surely_before
from kientruc.validators.matter import Found, Matter
from kientruc.validators.standing import spans


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
        values = {
            **matter.about(task),
            **_target(awaited, matter),
            **matter.nothing("found"),
            **matter.nothing("allowed"),
        }
        found = _follows(task, awaited, values, matter)
        if found is not None:
            yield found


def _follows(task: Task, awaited: Task | Milestone, values: dict[str, str], matter: Matter) -> Found | None:
    subjects, compared, open = (task.id,), False, None
    for one, other in _pairs(task, awaited):
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
    """Hold each state against itself and the one before it; of two of one role it must be told which is the later."""
    ordered = in_order(matter.architecture)
    for index, state in enumerate(ordered):
        compared = state.from_ is not None and state.until is not None
        found = _reversed(state, state, "from", "until", matter)
        for earlier in ordered[:index][-1:] if found is None else ():
            same = earlier.role is state.role
            pairs = (("until", "from"),) if same else (("from", "from"), ("until", "until"))
            for before, after in pairs:
                found = found or _reversed(earlier, state, before, after, matter)
                compared = compared or (_day(earlier, before) is not None and _day(state, after) is not None)
            if same and found is None and _undated(earlier, state):
                found = _fails("undated", state, earlier, matter, spans(earlier.span()))
        if found is not None:
            yield found
        elif compared:
            yield Found(Status.PASS, "in-order", (state.id,), {}, (state.id,), state.span())


def _undated(earlier: State, state: State) -> bool:
    return (earlier.from_ or earlier.until) == (state.from_ or state.until)


def _day(state: State, field: str) -> Any:
    return state.from_ if field == "from" else state.until


def _reversed(earlier: State, state: State, before: str, after: str, matter: Matter) -> Found | None:
    first, then = _day(earlier, before), _day(state, after)
    if first is None or then is None or (first <= then if earlier is state or before == after else first < then):
        return None
    found = _fails("reversed", state, earlier, matter, spans(earlier.span(before)), state.span(after))
    values = {**found.values, **saying("found", then), **saying("allowed", first, "≥ ")}
    return Found(found.status, found.reason, found.subjects, values, (), found.span, found.also)


def _fails(
    reason: str, state: State, other: State, matter: Matter, also: tuple[Span, ...], span: Span | None = None
) -> Found:
    values = {**matter.about(state), **_target(other, matter), **matter.nothing("found"), **matter.nothing("allowed")}
    return Found(Status.FAIL, reason, (state.id,), values, (), span or state.span(), also)


def _target(record: Record, matter: Matter) -> dict[str, str]:
    about = matter.about(record)
    return {"target": about["name"], "target_en": about["name_en"], "target_id": record.id}
