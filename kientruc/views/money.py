"""What must be done and how it is paid: gaps with their tasks, the roadmap, how things are obtained, exact sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kientruc.frameworks import Edition
from kientruc.graph.covering import Covers
from kientruc.graph.gap import gap
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.planning import Assessment, Content, Period, Progress, Sourcing, Task
from kientruc.model.record import Record, Unknown
from kientruc.model.verbs import Verb
from kientruc.result import CheckResult, Status
from kientruc.views.access_marks import mark
from kientruc.views.approval import Sayer
from kientruc.views.conformance import Shower
from kientruc.views.form_sheets import code_of
from kientruc.views.grid import NONE, Column, Entry, Grid, Grids
from kientruc.views.outcomes import head_facts
from kientruc.views.sums import (
    Group,
    Part,
    Sum,
    amount_of,
    by_cost,
    by_form,
    by_task,
    costs,
    counted,
    disagreeing,
    sums,
    whole,
    without_form,
)
from kientruc.views.words import label, name, number_words

GAPS = {"gap": 40, "id": 14, "now": 30, "required": 30, "treatment": 14, "tasks": 34, "results": 34, "lead": 22}
ROADMAP = {
    **{"task": 40, "id": 18, "period": 12, "due": 12, "lead": 24, "priority": 12, "progress": 14, "waits": 26},
    **{"amount": 19, "funds": 30, "findings": 36},
}
SOURCING = {
    **{"name": 36, "of": 30, "form": 16, "amount": 19, "shares": 30, "reason": 20, "term": 24, "until": 12},
    **{"exit": 30, "findings": 36},
}
SUMS = {"by": 22, "group": 40, "amount": 21, "counted": 12, "missing": 12, "which": 60}
LIST = "; "
DOES = (Verb.DELIVERS, Verb.COVERS, Verb.REALISES)  # what a task is for


def money(architecture: Architecture, checked: Sequence[tuple[Edition, CheckResult]], lang: str) -> Grids:
    """Make the tables of tasks, gaps and money of an architecture.

    Args:
        checked: results of one or several editions; what failed about a task or a sourcing stands beside it.
    """
    maker = _Maker(architecture, checked, lang)
    return Grids(
        lang,
        text("money.kicker", lang),
        name(architecture.head, lang),
        mark(architecture, lang),
        head_facts(architecture, lang),
        tuple(text("money.edition", lang, name=one.about.name.in_(lang), id=one.id) for one, _ in checked),
        (maker.gaps(), maker.roadmap(), maker.sourcing(), maker.sums()),
    )


class _Maker:
    """Makes the tables of one architecture in one language."""

    def __init__(self, architecture: Architecture, checked: Sequence[tuple[Edition, CheckResult]], lang: str) -> None:
        self.architecture, self.lang = architecture, lang
        self.say = Sayer(architecture, lang)
        self.tasks: Mapping[str, Task] = architecture.records["tasks"]
        self.obtained: Mapping[str, Sourcing] = architecture.records["sourcing"]
        self.covers = Covers(architecture, architecture.cut_off)
        self.found = self._findings(checked)
        self.out: dict[tuple[str, Verb], list[str]] = defaultdict(list)
        self.into: dict[tuple[str, Verb], list[str]] = defaultdict(list)
        for one in architecture.relations:
            if one.source_id in self.tasks:
                self.out[one.source_id, one.verb].append(one.target)
                self.into[one.target, one.verb].append(one.source_id)

    def _findings(self, checked: Sequence[tuple[Edition, CheckResult]]) -> dict[str, list[str]]:
        """Tell what failed about each task and sourcing, in words."""
        found: dict[str, list[str]] = defaultdict(list)
        for edition, result in checked:
            for one in result.requirements:
                show = Shower(self.architecture, edition, edition.requirements[one.requirement], self.lang)
                for outcome in one.outcomes:
                    if outcome.status is Status.FAIL:
                        for id in outcome.subjects:
                            if id in self.tasks or id in self.obtained:
                                found[id].append(f"{one.requirement}: {show.sentence(outcome)}")
        return found

    # --- gaps, tasks, results ---

    def gaps(self) -> Grid:
        """Tell for each gap which tasks close it and what they deliver; gaps without a task first, then open ones."""
        rows = [*self._contents(), *self._weaknesses(), *self._changes()]
        rows.sort(key=lambda one: one[0])
        left = sum(1 for rank, _ in rows if rank == 0)
        told: tuple[str, ...] = (text("money.uncovered", self.lang, count=left),) if left else ()
        idle = [one for one in self.tasks.values() if not any(self.out.get((one.id, verb)) for verb in DOES)]
        if idle:
            told += (text("money.idle", self.lang, count=len(idle), names=self._names(idle)),)
        return self._grid("gaps", GAPS, [row for _, row in rows], told, 2)

    def _contents(self) -> Iterator[tuple[int, tuple[Entry, ...]]]:
        for one in self.architecture.records["contents"].values():
            yield self._gap(one, self.covers.tasks(one.id), one.now or "", one.required or "", one)

    def _weaknesses(self) -> Iterator[tuple[int, tuple[Entry, ...]]]:
        for one in self.architecture.records["assessments"].values():
            if one.type == "weakness":
                ids = [id for goal in one.leads_to for id in self.into.get((goal, Verb.REALISES), ())]
                tasks = dict.fromkeys((*(task.id for task in self.covers.tasks(one.id)), *ids))
                yield self._gap(one, [self.tasks[id] for id in tasks], self._leads(one), "", None)

    def _leads(self, one: Assessment) -> str:
        return LIST.join(label(self.architecture, id, self.lang) for id in one.leads_to)

    def _changes(self) -> Iterator[tuple[int, tuple[Entry, ...]]]:
        """Give the changes to the target that nothing covers; those that a task covers stand with its content."""
        found = gap(self.architecture)
        for id, change in found.elements.items() if found else ():
            if change.differs is not False and self.covers.best([id]) is None:
                words = text(f"change.{change.change}", self.lang)
                yield self._gap(self.architecture.elements[id], (), words, "", None)

    def _gap(
        self, record: Record, tasks: Iterable[Task], now: str, required: str, content: Content | None
    ) -> tuple[int, tuple[Entry, ...]]:
        running = [task for task in tasks if task.progress is not Progress.STOPPED]
        rank, told = 2, Entry(self._names(running))
        if not running and content is not None and content.open is not None:
            who, by = self.say.who(content.open.who), self.say.day(content.open.by)
            rank, told = 1, Entry(text("money.open", self.lang, why=content.open.why, who=who, by=by), "manual")
        elif not running:
            rank, told = 0, Entry(text("money.no-task", self.lang), "lacking")
        ids = dict.fromkeys(id for task in running for id in self.out.get((task.id, Verb.DELIVERS), ()))
        results = [label(self.architecture, id, self.lang) for id in ids] or [
            t.result for t in running if isinstance(t.result, str)
        ]
        leads = dict.fromkeys(self.say.who(task.lead) for task in running)
        treatment = self.say.word("treatment", content.treatment) if content else ""
        words = (name(record, self.lang), code_of(record), now, required, treatment)
        return rank, (*map(Entry, words), told, Entry(LIST.join(results)), Entry(LIST.join(leads)))

    # --- the roadmap ---

    def roadmap(self) -> Grid:
        """Tell the tasks in the order in which they begin, each with what it waits for, its money and what failed."""
        rows = [self._task(one) for one in sorted(self.tasks.values(), key=self._begins)]
        return self._grid("roadmap", ROADMAP, rows, (), 2)

    def _begins(self, task: Task) -> tuple[str, str]:
        period = task.period if isinstance(task.period, Period) else None
        begin = (period.from_ or period.until) if period else task.due
        return (str(begin) if begin else "~", task.id)

    def _task(self, one: Task) -> tuple[Entry, ...]:
        waits = LIST.join(label(self.architecture, id, self.lang) for id in self.out.get((one.id, Verb.WAITS_FOR), ()))
        return (
            *map(Entry, (name(one, self.lang), code_of(one), self.say.period(one.period), self.say.day(one.due))),
            *map(Entry, (self.say.who(one.lead), self.say.word("priority", one.priority))),
            *map(Entry, (self.say.word("execution", one.progress), waits)),
            self._amount(amount_of(one)),
            Entry(LIST.join(dict.fromkeys(line.fund for line in costs(one)))),
            self._failed(one.id),
        )

    # --- how things are obtained ---

    def sourcing(self) -> Grid:
        """Tell how each thing is obtained, why, on which terms, how one gets out of it, and what failed about it."""
        rows = []
        for one in self.obtained.values():
            shares = (self._share(share.form.value, share.amount) for share in one.shares)
            words = (self._title(one), self.say.names(one.of))
            rows.append(
                (
                    *map(Entry, words),
                    Entry(self.say.word("sourcing", one.form), "" if one.form else "unknown"),
                    self._amount(one.amount),
                    Entry(LIST.join(shares)),
                    *map(Entry, (self.say.word("reason", one.reason), one.term or "", self.say.day(one.until))),
                    Entry(one.exit or ""),
                    self._failed(one.id),
                )
            )
        return self._grid("sourcing", SOURCING, rows, (), 1)

    def _share(self, form: str, amount: int | Unknown | None) -> str:
        return f"{text(f'sourcing.{form}', self.lang)}: {self._amount(amount).words}"

    def _title(self, one: Task | Sourcing) -> str:
        """Name a task or a sourcing; one without a name by what it is about."""
        about = self.say.names(one.of) if isinstance(one, Sourcing) and not one.name else ""
        return about or name(one, self.lang)

    # --- sums ---

    def sums(self) -> Grid:
        """Add up by form, and by period, lead, fund and year, each with what is missing from it."""
        tasks = counted(self.architecture)
        leads = {task.id: task.lead if isinstance(task.lead, str) else None for task in tasks}
        periods: dict[str, Group] = {task.id: self.say.period(task.period) if task.period else None for task in tasks}
        sorts = {
            "form": by_form(self.obtained.values()),
            "period": by_task(tasks, periods),
            "lead": by_task(tasks, leads),
            "fund": by_cost(tasks, "fund"),
            "year": by_cost(tasks, "year"),
        }
        rests = {"form": without_form(self.architecture)}
        rows = [row for key, parts in sorts.items() for row in self._sums(key, tuple(parts), rests.get(key, 0))]
        return self._grid("sums", SUMS, rows, tuple(self._caveats(tasks)), 2)

    def _sums(self, key: str, parts: Sequence[Part], rest: int) -> Iterator[tuple[Entry, ...]]:
        """Give the groups of one sort and their sum; `rest` is what tasks cost that no form is said of, in đồng."""
        if not parts:
            return
        by = text(f"money-by.{key}", self.lang)
        for one in sums(parts):
            yield self._row(Entry(by), Entry(self._group(key, one.group)), one, "")
        if rest:
            amount = Entry(number_words(rest, self.lang), "", rest)
            yield (Entry(by), Entry(text("money.no-form", self.lang)), amount, NONE, NONE, NONE)
        all_ = whole(parts)
        total = replace(all_, amount=all_.amount + rest)
        yield self._row(Entry(by, "sum"), Entry(text("money.all", self.lang), "sum"), total, "sum")

    def _row(self, by: Entry, group: Entry, one: Sum, sort: str) -> tuple[Entry, ...]:
        counts = (Entry(str(len(ids)), sort, len(ids)) for ids in (one.counted, one.missing))
        total = Entry(number_words(one.amount, self.lang), sort, one.amount) if one.counted else self._amount(None)
        which = [self._title(self.tasks.get(id) or self.obtained[id]) for id in one.missing]
        return (by, group, total, *counts, Entry(LIST.join(which), sort or ("unknown" if which else "")))

    def _group(self, key: str, group: Group) -> str:
        if group is None:
            return text("money.not-said", self.lang)
        if key == "form":
            return text(f"sourcing.{group}", self.lang)
        return label(self.architecture, str(group), self.lang) if key == "lead" else str(group)

    def _caveats(self, tasks: Sequence[Task]) -> Iterator[str]:
        yield text("money.apart", self.lang)
        left = [one for one in self.tasks.values() if one not in tasks]
        if left:
            yield text("money.left-out", self.lang, count=len(left), names=self._names(left))
        odd = disagreeing(tasks)
        if odd:
            yield text("money.odd", self.lang, count=len(odd), names=self._names(self.tasks[id] for id in odd))

    # --- cells ---

    def _amount(self, amount: int | Unknown | None) -> Entry:
        if not isinstance(amount, int):
            return Entry(text("word.unknown", self.lang), "unknown")
        return Entry(number_words(amount, self.lang), "", amount)

    def _failed(self, id: str) -> Entry:
        return Entry("\n".join(self.found[id]), "fail") if id in self.found else NONE

    def _names(self, records: Iterable[Record]) -> str:
        return LIST.join(name(one, self.lang) for one in records)

    def _grid(
        self, key: str, columns: Mapping[str, int], rows: Sequence[tuple[Entry, ...]], told: tuple[str, ...], heads: int
    ) -> Grid:
        empty = [at for at, one in enumerate(columns) if one == "findings" and not any(row[at].words for row in rows)]
        names = [(one, width) for at, (one, width) in enumerate(columns.items()) if at not in empty]
        titles = tuple(Column(text(f"money-column.{one}", self.lang), width) for one, width in names)
        left = tuple(tuple(entry for at, entry in enumerate(row) if at not in empty) for row in rows)
        return Grid(key, text(f"money.{key}", self.lang), told, titles, left, heads)
