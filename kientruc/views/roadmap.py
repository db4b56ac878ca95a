"""The roadmap: the work in lanes over the years, what waits for what, the days that count, the money of each year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kientruc.messages import text
from kientruc.model.planning import Task
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb
from kientruc.views.choice import Choice, Material
from kientruc.views.layered import footer
from kientruc.views.picture import LegendEntry, Mark
from kientruc.views.sums import amount_of, costs, counted
from kientruc.views.timeline import Bar, Lane, Point, TimelinePicture, Wait
from kientruc.views.words import day, label, name, number_words

PRIORITIES = {"urgent": Mark.FIRST, "high": Mark.SECOND, "normal": Mark.THIRD, None: Mark.OTHER}
LETTERS = {"urgent": "A", "high": "B", "normal": "C", None: ""}
BILLION, MILLION = 10**9, 10**6


def roadmap(material: Material, choice: Choice) -> TimelinePicture | None:
    """Make the roadmap of all tasks; those of which nobody has said when stand apart in their lane."""
    architecture, lang = material.architecture, material.lang
    tasks: dict[str, Task] = dict(architecture.records["tasks"])
    if not tasks:
        return None
    held: dict[str, list[Task]] = defaultdict(list)
    for task in tasks.values():
        held[_lane(task)].append(task)
    lanes = tuple(
        Lane(key or "\0", _lane_words(material, key), tuple(_bar(material, task) for task in held[key]))
        for key in sorted(held, key=lambda key: (not key, key))
    )
    title = choice.heading or text("view.roadmap", lang)
    seen = [one for one in PRIORITIES if any(task.priority == one for task in tasks.values())]
    when = text("network.subtitle", lang, name=name(architecture.head, lang), day=day(architecture.cut_off, lang))
    return TimelinePicture(
        id=choice.id or "roadmap",
        title=title,
        subtitle=". ".join((*choice.about, when)),
        description=text("roadmap.description", lang, title=title, tasks=len(tasks)),
        lang=lang,
        lanes=lanes,
        points=tuple(_points(material)),
        waits=tuple(_waits(material, tasks)),
        sums=tuple(_sums(material)),
        legend=tuple(
            LegendEntry(PRIORITIES[one], text(f"priority.{one or 'unsaid'}", lang), LETTERS[one]) for one in seen
        ),
        footer=footer(material),
        notes=(*_unsaid(material, tasks), *choice.notes),
    )


def span(task: Task) -> tuple[date | None, date | None]:
    """Give the first and the last day of a task; a year stands for its first or its last day."""
    period = None if isinstance(task.period, Unknown) else task.period
    first = _edge(period.from_, 1, 1) if period else None
    last = _edge(period.until, 12, 31) if period else None
    due = task.due if isinstance(task.due, date) else None
    return first, last or due


def _edge(value: int | date | None, month: int, at: int) -> date | None:
    return date(value, month, at) if isinstance(value, int) else value


def _lane(task: Task) -> str:
    return task.stage if isinstance(task.stage, str) else ""


def _lane_words(material: Material, key: str) -> str:
    return key or text("roadmap.no-stage", material.lang)


def _bar(material: Material, task: Task) -> Bar:
    lang = material.lang
    first, last = span(task)
    amount = amount_of(task)
    lead = "" if task.lead is None or isinstance(task.lead, Unknown) else label(material.architecture, task.lead, lang)
    note = ". ".join(one for one in (name(task, lang), lead, task.result or "") if one)
    words = money_words(amount, lang) if amount else ""
    return Bar(task.id, name(task, lang), PRIORITIES[task.priority], first, last, words, note, LETTERS[task.priority])


def money_words(amount: int, lang: str) -> str:
    """Say an amount exactly: in billions or millions of đồng where three decimals are enough, else in đồng."""
    unit, key = (BILLION, "billion") if amount >= BILLION else (MILLION, "million")
    whole, rest = divmod(amount, unit)
    decimals = f"{rest:0{len(str(unit)) - 1}d}".rstrip("0")
    if len(decimals) > 3:
        return text("roadmap.dong", lang, amount=number_words(amount, lang))
    sign = "," if lang == "vi" else "."
    return text(f"roadmap.{key}", lang, amount=number_words(whole, lang) + (f"{sign}{decimals}" if decimals else ""))


def _points(material: Material) -> Iterator[Point]:
    for one in material.architecture.records["milestones"].values():
        when = one.date if isinstance(one.date, date) else date(one.year, 12, 31) if one.year else None
        if when is not None:
            yield Point(one.id, name(one, material.lang), when, name(one, material.lang))


def _waits(material: Material, tasks: dict[str, Task]) -> Iterator[Wait]:
    for one in material.architecture.relations:
        if one.verb is Verb.WAITS_FOR and one.source_id in tasks and one.target in tasks:
            begins, ends = span(tasks[one.source_id])[0], span(tasks[one.target])[1]
            yield Wait(one.source_id, one.target, bool(begins and ends and begins < ends))


def _sums(material: Material) -> Iterator[tuple[int, str]]:
    years: dict[int, int] = defaultdict(int)
    for task in counted(material.architecture):
        for cost in costs(task):
            if not isinstance(cost.amount, Unknown):
                years[cost.year] += cost.amount
    for year in sorted(years):
        yield year, money_words(years[year], material.lang)


def _unsaid(material: Material, tasks: dict[str, Task]) -> Iterator[str]:
    open_ = [task for task in tasks.values() if None in span(task)]
    if open_:
        yield text("roadmap.open", material.lang, count=len(open_), all=len(tasks))
    unpriced = [task for task in tasks.values() if amount_of(task) is None]
    if unpriced:
        yield text("roadmap.unpriced", material.lang, count=len(unpriced), all=len(tasks))
