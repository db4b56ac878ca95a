"""The roadmap: the work in lanes over the years, what waits for what, the days that count, the money of each year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from kientruc.messages import text
from kientruc.model.planning import Task
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb
from kientruc.views.choice import Choice, Material
from kientruc.views.network import LineEntry, LineMark
from kientruc.views.picture import LegendEntry, Mark
from kientruc.views.sums import amount_of, costs, counted
from kientruc.views.timeline import Bar, Lane, Point, TimelinePicture, Wait
from kientruc.views.title_block import footer, subtitle, title
from kientruc.views.words import label, name, number_words

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
        held[_lane(material, task)].append(task)
    for tasks_of in held.values():
        tasks_of.sort(key=lambda task: (span(task)[0] or date.max, span(task)[1] or date.max, task.id))
    order = architecture.components_in_order
    lanes = tuple(
        Lane(id or "\0", words, tuple(_bar(material, task) for task in held[id]))
        for id, words in (*((one.id, name(one, lang)) for one in order), ("", text("roadmap.common", lang)))
        if id in held
    )
    heading, waits = title(material, choice, "roadmap"), tuple(_waits(material, tasks))
    seen = [one for one in PRIORITIES if any(task.priority == one for task in tasks.values())]
    return TimelinePicture(
        id=choice.id or "roadmap",
        title=heading,
        subtitle=subtitle(material, choice),
        description=text("roadmap.description", lang, title=heading, tasks=len(tasks)),
        lang=lang,
        lanes=lanes,
        points=tuple(_points(material)),
        waits=waits,
        lines=tuple(
            LineEntry(mark, text(f"wait.{words}", lang))
            for mark, words in ((LineMark.PRESENT, "kept"), (LineMark.MISSING, "broken"))
            if any(one.broken is (mark is LineMark.MISSING) for one in waits)
        ),
        undated=text("roadmap.undated", lang),
        money=text("roadmap.money", lang),
        sums=tuple(_sums(material)),
        legend=tuple(
            LegendEntry(PRIORITIES[one], text(f"priority.{one or 'unsaid'}", lang), LETTERS[one]) for one in seen
        ),
        footer=footer(material),
        notes=(*_unsaid(material, tasks), *choice.notes),
    )


def span(task: Task) -> tuple[date | None, date | None]:
    """Give the first and the last day of a task; a year stands for its first or its last day."""
    first, last = _period(task)
    return (
        date(first, 1, 1) if isinstance(first, int) else first,
        date(last, 12, 31) if isinstance(last, int) else last,
    )


def _period(task: Task) -> tuple[int | date | None, int | date | None]:
    period = None if isinstance(task.period, Unknown) else task.period
    due = task.due if isinstance(task.due, date) else None
    return (period.from_, period.until or due) if period else (None, due)


def _lane(material: Material, task: Task) -> str:
    """Give the component that most of what a task delivers is in; "" where there is none, or several alike."""
    elements = material.architecture.elements
    delivered = (elements[id].component for id in material.graph.neighbours(task.id, Verb.DELIVERS) if id in elements)
    counted = Counter(component for component in delivered if component)
    most = counted.most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else ""


def _bar(material: Material, task: Task) -> Bar:
    lang = material.lang
    first, last = span(task)
    amount = amount_of(task)
    lead = "" if task.lead is None or isinstance(task.lead, Unknown) else label(material.architecture, task.lead, lang)
    result = task.result if isinstance(task.result, str) else ""
    note = ". ".join(one for one in (name(task, lang), lead, result) if one)
    words = money_words(amount, lang) if amount else ""
    priority = None if isinstance(task.priority, Unknown) else task.priority
    return Bar(task.id, name(task, lang), PRIORITIES[priority], first, last, words, note, LETTERS[priority])


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
            yield Wait(one.source_id, one.target, _too_early(tasks[one.source_id], tasks[one.target]))


def _too_early(waiting: Task, awaited: Task) -> bool:
    """Tell whether work surely begins before what it waits for ends: within one year nobody knows."""
    begins, ends = _period(waiting)[0], _period(awaited)[1]
    if begins is None or ends is None:
        return False
    latest = date(begins, 12, 31) if isinstance(begins, int) else begins
    return latest < (date(ends, 1, 1) if isinstance(ends, int) else ends)


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
