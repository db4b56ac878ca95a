"""What records say against each other, by days and orders: warnings with both places, for it may be right and odd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from kientruc.finding import Finding, Severity
from kientruc.loading.gathered import Gathered
from kientruc.loading.unsourced import unsourced
from kientruc.model.approval import Comment, Condition, Decision, Place, Round, Step
from kientruc.model.architecture import Head
from kientruc.model.organisation import Component
from kientruc.model.planning import Period, State, StateRole
from kientruc.model.record import Record
from kientruc.source import Span

Records = Mapping[str, Mapping[str, Any]]
CODES = (
    *("M-STEPORDER", "M-ORDERDATE", "M-BEFORE", "M-UNTIL"),
    *("M-ANSWERLATE", "M-NOTASKED", "M-GONE"),
)
SHOWN = 5  # of what is told together, so many are named
WAITING = ("pending", "ordered", "running", "refused")


class Dated(NamedTuple):
    """A day and where it is written: of which record, under which path; `name` is what it is called in a sentence."""

    record: Record
    path: tuple[str | int, ...]
    day: date
    name: str

    @property
    def span(self) -> Span | None:
        """Where it is written."""
        return self.record.span(*self.path)


def check(head: Head | None, records: Records, gathered: Gathered) -> None:
    """Add every contradiction as a warning."""
    gathered.findings.extend(contradictions(records))
    if not len(gathered.findings):  # what is wrong otherwise may have cost an element its source
        gathered.findings.extend(unsourced(records["elements"]))
    if head is not None:
        gathered.findings.extend(late(head.cut_off, records))


def contradictions(records: Records) -> Iterator[Finding]:
    """Give what steps, hearings, rounds, answers, comments and conditions say against each other."""
    steps = records["path"].values()
    yield from _undone(steps)
    yield from _out_of_order(steps, lambda step: _dated(step, "since") if step.state == "done" else None)
    yield from _out_of_order(records["hearings"].values(), lambda hearing: _dated(hearing, "date"))
    yield from _out_of_order(records["rounds"].values(), lambda round: _dated(round, "opened"))
    yield from _before(records)
    for round in records["rounds"].values():
        yield from _deadline(round)
    yield from _not_asked(records)
    yield from _gone(records)
    yield from _backwards(records)
    yield from _same_order(records["components"].values())


def _backwards(records: Records) -> Iterator[Finding]:
    """Tell of each time that ends before it begins; both ends are part of it, and a year is all its days."""
    for task in records["tasks"].values():
        if isinstance(task.period, Period):
            yield from _ended(task, task.period, ("period",))
    for section in ("organisations", "states", "legal"):
        for record in records[section].values():
            yield from _ended(record, record, ())


def _ended(record: Record, time: Any, path: tuple[str, ...]) -> Iterator[Finding]:
    begin, end = time.from_, time.until
    first = date(begin, 1, 1) if isinstance(begin, int) else begin
    last = date(end, 12, 31) if isinstance(end, int) else end
    if isinstance(first, date) and isinstance(last, date) and last < first:
        at, also = record.span(*path, "until"), record.span(*path, "from")
        yield _finding("M-PERIOD", at, also, id=record.id, first=str(begin), until=str(end))


def _same_order(components: Iterable[Component]) -> Iterator[Finding]:
    """Tell of components that claim the same place in the picture, where a side counts for itself."""
    first: dict[tuple[bool, int], Component] = {}
    for component in sorted(components, key=lambda one: one.id):
        other = first.setdefault((component.side, component.order), component)
        if other is not component:
            at, also = component.span("order"), other.span("order")
            yield _finding("M-SAMEORDER", at, also, id=component.id, other=other.id, order=str(component.order))


def late(cut_off: date, records: Records) -> Iterator[Finding]:
    """Tell of elements seen only after the data cut-off that stand in the state which the cut-off closes."""
    states = {
        id for id, state in records["states"].items() if state.role is StateRole.BASELINE and _closed(state, cut_off)
    }
    for element in records["elements"].values() if states else ():
        if element.as_of and element.as_of > cut_off:
            present = sorted(state for state in states if element.states.get(state) == "present")
            if present:
                values = {"id": element.id, "day": str(element.as_of), "cut_off": str(cut_off), "state": present[0]}
                yield _finding("M-LATE", element.span("as_of"), element.span("states"), **values)


def _closed(state: State, cut_off: date) -> bool:
    return state.until is not None and state.until <= cut_off


def _undone(steps: Iterable[Step]) -> Iterator[Finding]:
    """Tell of each step that is done the first one before it that is known not to be."""
    ordered = sorted(steps, key=lambda step: (step.order, step.id))
    waiting = next((step for step in ordered if step.state in WAITING), None)
    for step in ordered:
        if waiting and step.order > waiting.order and step.state == "done":
            yield _finding("M-STEPORDER", step.span("state"), waiting.span("state"), id=step.id, other=waiting.id)


def _out_of_order(records: Iterable[Any], day_of: Callable[[Any], Dated | None]) -> Iterator[Finding]:
    """Tell of each thing that comes after another in order and before it in time; things of one order are beside."""
    latest: Dated | None = None
    ordered = sorted((one for one in records if one.order is not None), key=lambda one: (one.order, one.id))
    for _, beside in groupby(ordered, key=lambda one: one.order):
        days = [dated for dated in map(day_of, beside) if dated]
        if latest:
            yield from (_told("M-ORDERDATE", dated, latest) for dated in days if dated.day < latest.day)
        latest = max((*days, *((latest,) if latest else ())), key=lambda one: one.day, default=None)


def _before(records: Records) -> Iterator[Finding]:
    """Tell of each day what lies before it and cannot; those of one section together: one wrong day is one mistake."""
    early: dict[tuple[str, str, tuple[str | int, ...]], list[tuple[Dated, Dated]]] = {}
    for dated, others in _pairs(records):
        for other in others:
            if dated and other and dated.day < other.day:
                key = type(dated.record).section, other.record.id, other.path
                early.setdefault(key, []).append((dated, other))
    for (first, other), *more in early.values():
        ids = list(dict.fromkeys(one.name for one in (first, *(one for one, _ in more))))
        days = sorted({first.day, *(one.day for one, _ in more)})
        told = ", ".join(ids[:SHOWN]) + (f", … ({len(ids)})" if len(ids) > SHOWN else "")
        values = {"day": "–".join(map(str, dict.fromkeys((days[0], days[-1])))), "other": other.name}
        also = [other.span, *(one.span for one, _ in more[: SHOWN - 1])]
        found = _finding("M-BEFORE", first.span, None, id=told, other_day=str(other.day), **values)
        yield replace(found, also=tuple(filter(None, also)))


def _pairs(records: Records) -> Iterator[tuple[Dated | None, tuple[Dated | None, ...]]]:
    """Give each day with those it cannot lie before."""
    versions, hearings, rounds = records["versions"], records["hearings"], records["rounds"]
    for hearing in hearings.values():
        yield _dated(hearing, "date"), (_dated(versions.get(hearing.version), "date"),)
        for id, conclusion in hearing.conclusions.items():
            path = ("conclusions", id, "answered_by")
            yield from _decided(hearing, path, conclusion.answered_by, _dated(hearing, "date"), records)
    for round in rounds.values():
        opened = _dated(round, "opened")
        yield opened, (_dated(versions.get(round.version), "date"),)
        yield _dated(round, "until"), (opened,)
        for body, answer in round.answers.items():
            yield _dated(round, "answers", body, "date", value=answer.date, name=body), (opened,)
    for step in records["path"].values():
        if step.state == "done":
            yield _dated(step, "since"), (_dated(hearings.get(step.hearing), "date"),)
        if step.state in ("done", "running"):
            yield _dated(step, "since"), (_dated(rounds.get(step.round), "opened"),)
    for comment in records["comments"].values():
        opened = _dated(rounds.get(comment.round), "opened")
        yield _dated(comment, "date"), (opened,)
        yield from _decided(comment, ("changed",), comment.changed, opened, records)
    for condition in records["conditions"].values():
        opened = _dated(rounds.get(condition.round), "opened")
        yield _dated(condition, "met_on"), (opened,)
        yield from _decided(condition, ("met_by",), condition.met_by, opened, records)


def _decided(
    record: Record, path: tuple[str, ...], places: tuple[Place, ...], asked: Dated | None, records: Records
) -> Iterator[tuple[Dated, tuple[Dated | None, ...]]]:
    """Give the day of each decision that is said to answer something, with the day on which that was said."""
    for index, place in enumerate(places):
        decision: Decision | None = records["decisions"].get(place.id)
        if decision is not None:
            yield Dated(record, (*path, index), decision.date, decision.id), (asked,)


def _deadline(round: Round) -> Iterator[Finding]:
    """Tell of an end that is not the one counted, and of answers after the end."""
    from kientruc.frameworks.holidays import UnknownYear, calendar, deadline_of  # only a consultation counts days

    counted = None
    with suppress(UnknownYear):  # nobody can count it: `status` says so
        counted = deadline_of(round.model_copy(update={"until": None}), calendar())
    end = round.until or counted
    if end is None:
        return
    if counted and counted != end:
        values = {"until": str(end), "opened": str(round.opened), "days": str(round.working_days)}
        at = round.span("until")
        yield _finding("M-UNTIL", at, round.span("working_days"), id=round.id, counted=str(counted), **values)
    for body, answer in round.answers.items():
        if isinstance(answer.date, date) and answer.date > end:
            at, values = round.span("answers", body, "date"), {"day": str(answer.date), "until": str(end)}
            also = round.span("until" if round.until else "working_days")
            yield _finding("M-ANSWERLATE", at, also, id=round.id, body=body, **values)


def _not_asked(records: Records) -> Iterator[Finding]:
    """Tell who answered, commented or set a condition in a round in which he was not asked."""
    rounds: Mapping[str, Round] = records["rounds"]
    said = [
        *((round, body, round.span("answers", body)) for round in rounds.values() for body in round.answers),
        *(
            (rounds[one.round], one.from_, one.span("from"))
            for section in ("comments", "conditions")
            for one in records[section].values()
            if one.round in rounds
        ),
    ]
    for round, body, at in said:
        if round.bodies and body not in round.bodies:
            yield _finding("M-NOTASKED", at, round.span("bodies"), id=round.id, body=body)


def _gone(records: Records) -> Iterator[Finding]:
    """Tell what is spoken of in a round whose version no longer had it."""
    for section in ("comments", "conditions"):
        for one in records[section].values():
            yield from _gone_from(one, records)


def _gone_from(one: Comment | Condition, records: Records) -> Iterator[Finding]:
    round: Round | None = records["rounds"].get(one.round)
    shown = records["versions"].get(round.version or "") if round else None
    for index, id in enumerate(one.about):
        retired = records["retired"].get(id)
        first = records["versions"].get(retired.version or "") if retired else None
        if retired and shown and first and first.date <= shown.date:
            at = one.span("about", index)
            yield _finding("M-GONE", at, retired.span(), id=one.id, other=id, version=shown.number)


def _dated(record: Any, *path: str, value: object = None, name: str = "") -> Dated | None:
    """Give a day of a record, None where there is no record, or it tells none."""
    if record is None:
        return None
    day = value if value is not None else getattr(record, path[0])
    return Dated(record, path, day, name or record.id) if isinstance(day, date) else None


def _told(code: str, dated: Dated, other: Dated) -> Finding:
    values = {"day": str(dated.day), "other": other.name, "other_day": str(other.day)}
    return _finding(code, dated.span, other.span, id=dated.name, **values)


def _finding(code: str, at: Span | None, also: Span | None, **values: str) -> Finding:
    weight = Severity.INFO if code == "M-ANSWERLATE" else Severity.MINOR  # a late answer is a fact of life
    return Finding(code, at, values, (also,) if also else (), weight)
