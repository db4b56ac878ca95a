"""Where an architecture stands on its way to approval: steps, what blocks, who owes what, what contradicts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kientruc.frameworks.holidays import Calendar
from kientruc.messages import text
from kientruc.model.approval import Step
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation
from kientruc.model.record import Record, Unknown
from kientruc.model.values import Certainty
from kientruc.progress.chains import Broken
from kientruc.progress.owed import Owed
from kientruc.progress.stages import Stages
from kientruc.progress.where import StepState, Where
from kientruc.source import Span
from kientruc.views.access_marks import notice
from kientruc.views.register import field_words
from kientruc.views.remarks import Remark
from kientruc.views.words import day, doubt, label, name

SAYS = ("from", "round", "hearing")  # values that are ids and are said by name
SAID = 160  # characters of a comment or a conclusion that are shown
KNOWN = (Certainty.STATED, Certainty.DERIVED)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the path."""

    id: str
    name: str
    actor: str
    state: str
    state_words: str
    since: date | None
    by: date | None
    late: bool
    current: bool
    stage: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing owed, in a sentence.

    `owner` is in words, "" where nobody is named; `due` says by when, "" where there is no day and nothing is late;
    `place` is file:line:column.
    """

    kind: str
    why: str
    id: str
    sentence: str
    owner: str
    by: date | None
    due: str
    late: bool
    place: str


@dataclass(frozen=True, slots=True)
class Owner:
    """All that one body owes."""

    id: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One broken chain."""

    why: str
    id: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """One step of the edition's path; `certain` tells whether it is known to belong to it."""

    id: str
    name: str
    actor: str
    steps: tuple[str, ...]
    certainty: str
    certain: bool
    note: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The short of it: the current step, the one after, and what stands between."""

    current: str  # "" where all is done, or there is no path
    next: str
    blockers: tuple[Row, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusView:
    """Everything that is told."""

    title: str
    version: str
    edition: str
    on: date
    standing: Standing
    steps: tuple[StepRow, ...]
    silent: tuple[Row, ...]
    owed: tuple[Owner, ...]
    counts: tuple[tuple[str, int], ...]  # things owed, by kind
    late: int
    contradictions: tuple[Remark, ...]
    chains: tuple[ChainRow, ...]
    stages: tuple[StageRow, ...]
    stages_told: bool
    checked: tuple[str, ...]  # the editions whose requirements were checked
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out of an architecture on a day."""

    where: Where
    debts: Sequence[Owed]
    contradictions: tuple[Remark, ...]
    chains: Sequence[Broken]
    stages: Stages
    checked: tuple[str, ...]


def status(architecture: Architecture, found: Found, calendar: Calendar, lang: str) -> StatusView:
    """Put what was found into words."""
    where, head = found.where, architecture.head
    rows = [(one, owed_row(architecture, one, lang)) for one in found.debts]
    return StatusView(
        title=name(head, lang),
        version=head.version or "",
        edition=found.stages.edition,
        on=where.on,
        standing=standing(architecture, where, lang),
        steps=tuple(_step(architecture, one, where, lang) for one in where.steps),
        silent=tuple(owed_row(architecture, one, lang) for one in where.silent),
        owed=tuple(
            Owner(id, _who(architecture, id, lang), tuple(row for _, row in group))
            for id, group in groupby(rows, key=lambda pair: pair[0].owner)
        ),
        counts=tuple(sorted(Counter(one.kind.value for one in found.debts).items())),
        late=sum(one.late for one in found.debts),
        contradictions=found.contradictions,
        chains=tuple(
            ChainRow(one.why.value, one.record.id, name(one.record, lang), _place(one.record.span(*one.path)))
            for one in found.chains
        ),
        stages=tuple(_stages(found.stages, lang)),
        stages_told=found.stages.told,
        checked=found.checked,
        notes=(*_notes(architecture, where, calendar, lang), *filter(None, (notice(architecture, lang),))),
    )


def standing(architecture: Architecture, where: Where, lang: str) -> Standing:
    """Give the short of it."""
    current = name(where.current, lang) if where.current else ""
    following = name(where.next, lang) if where.next else ""
    rows = tuple(owed_row(architecture, one, lang) for one in where.blockers)
    return Standing(current, following, rows, tuple(_sentences(where, current, following, lang)))


def _sentences(where: Where, current: str, following: str, lang: str) -> Iterator[str]:
    if not where.steps:
        yield text("status.no-path", lang)
        return
    if where.current is None:
        yield text("status.all-done", lang)
        return
    state = next(one.state for one in where.steps if one.step is where.current)
    yield text("status.current", lang, name=current, state=_state(state, lang))
    yield text("status.next", lang, name=following) if following else text("status.last", lang)
    yield text("status.blocked", lang, count=len(where.blockers)) if where.blocked else text("status.free", lang)


def _step(architecture: Architecture, one: StepState, where: Where, lang: str) -> StepRow:
    step = one.step
    return StepRow(
        step.id,
        name(step, lang),
        (text("word.unknown", lang) if isinstance(step.actor, Unknown) else label(architecture, step.actor, lang))
        + _unsure(step, "actor", lang),
        one.state,
        _state(one.state, lang) + _unsure(step, "state", lang),
        step.since if isinstance(step.since, date) and step.since <= where.on else None,
        step.by if isinstance(step.by, date) else None,
        one.late,
        step is where.current,
        step.stage or "",
    )


def _unsure(step: Step, field: str, lang: str) -> str:
    """Say behind a field how sure it is; nothing where it was seen, or where nobody knows it."""
    words = "" if isinstance(getattr(step, field), Unknown) else doubt(step, lang, field)
    return f" ({words})" if words else ""


def _state(state: str, lang: str) -> str:
    return text("word.unknown", lang) if state == "unknown" else text(f"step.{state}", lang)


def owed_row(architecture: Architecture, one: Owed, lang: str) -> Row:
    """Put one thing owed into a sentence."""
    values = {key: label(architecture, value, lang) if key in SAYS else value for key, value in one.values.items()}
    values["name"] = _titled(architecture, one.record, lang) if one.record else one.id
    for key in ("also", "steps"):
        values[key] = "; ".join(label(architecture, id, lang) for id in one.values.get(key, "").split())
    values["also"] = text("status.also", lang, rounds=values["also"]) if values["also"] else ""
    if lang == "en":
        values |= {key: values[f"{key}_en"] for key in ("paper", "text") if values.get(f"{key}_en")}
    words = " ".join(values.get("text", "").split())
    values["text"] = words if len(words) <= SAID else words[: SAID - 1] + "…"
    values["field"] = field_words(values["field"], lang) if "field" in values else ""
    values["successor"] = text("status.successor", lang, number=values["successor"]) if values.get("successor") else ""
    sentence = text(f"owed.{one.why.value}", lang, **(values | {"id": one.id}))
    place = _place(one.record.span(*one.path)) if one.record else ""
    owner = _who(architecture, one.owner, lang) if one.owner else ""
    return Row(one.kind.value, one.why.value, one.id, sentence, owner, one.by, _due(one, lang), one.late, place)


def _titled(architecture: Architecture, record: Record, lang: str) -> str:
    if isinstance(record, Relation):
        return " → ".join(label(architecture, end, lang) for end in (record.source_id, record.target))
    return name(record, lang)


def _who(architecture: Architecture, owner: str, lang: str) -> str:
    return label(architecture, owner, lang) if owner else text("status.nobody", lang)


def _stages(stages: Stages, lang: str) -> Iterator[StageRow]:
    for id, step in stages.steps.items():
        words = "" if step.certainty is Certainty.STATED else text(f"certainty.{step.certainty.value}", lang)
        note = step.note.in_(lang) if step.note else ""
        certain = step.certainty in KNOWN
        yield StageRow(id, step.name.in_(lang), step.actor.in_(lang), stages.named[id], words, certain, note)


def _notes(architecture: Architecture, where: Where, calendar: Calendar, lang: str) -> Iterator[str]:
    """Say what of the calendar is not certain, as far as rounds are counted in it."""
    for one in where.uncounted:
        key = "status.unchecked-until" if one["until"] else "status.uncounted"
        values = {name: one[name] for name in ("year", "known", *(("until",) if one["until"] else ()))}
        yield text(key, lang, round=label(architecture, one["id"], lang), **values)
    rounds: Iterable[Record] = architecture.records["rounds"].values()
    years = sorted({day.year for round in rounds for day in _days(round) if day.year in calendar.years})
    for year in (calendar.years[year] for year in years):
        if year.certainty is not Certainty.STATED:
            words = text(f"certainty.{year.certainty.value}", lang)
            yield text("status.calendar", lang, year=year.year, certainty=words)
        if year.not_found:
            yield year.not_found.in_(lang)


def _days(round: Record) -> Iterator[date]:
    yield from (value for value in (getattr(round, "opened", None), getattr(round, "until", None)) if value)


def _place(span: Span | None) -> str:
    return str(span or "")


def _due(one: Owed, lang: str) -> str:
    if one.by is None:
        return text("status.late", lang) if one.late else ""
    return text("status.overdue" if one.late else "status.due", lang, day=day(one.by, lang))
