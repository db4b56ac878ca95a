"""Where the architecture stands on its way: steps, hearings with their conclusions, urgent tasks, sourcing, bases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kientruc.messages import text
from kientruc.model.approval import Hearing, Paper
from kientruc.model.architecture import Architecture
from kientruc.model.organisation import Person
from kientruc.model.planning import Period
from kientruc.model.record import Record, Unknown
from kientruc.views.words import day, doubt, label, name, number_words, sources


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the path."""

    id: str
    name: str
    actor: str
    state: str
    since: str
    papers: str
    source: str


@dataclass(frozen=True, slots=True)
class ConclusionLine:
    """One conclusion of a hearing; `who` and `by` are "" where nothing is said of them."""

    id: str
    text: str
    who: str
    by: str


@dataclass(frozen=True, slots=True)
class HearingLine:
    """One hearing."""

    id: str
    name: str
    date: str
    chair: str
    outcome: str
    conclusions: tuple[ConclusionLine, ...]
    source: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task; `cost` in words."""

    id: str
    name: str
    lead: str
    priority: str
    period: str
    cost: str
    source: str


@dataclass(frozen=True, slots=True)
class SourcingLine:
    """One decision, or missing decision, how something is obtained."""

    id: str
    name: str
    form: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class LegalLine:
    """One legal document."""

    id: str
    number: str
    title: str
    date: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Approval:
    """All of it."""

    steps: tuple[StepLine, ...]
    hearings: tuple[HearingLine, ...]
    tasks: tuple[TaskLine, ...]
    sourcing: tuple[SourcingLine, ...]
    bases: tuple[LegalLine, ...]


def approval(architecture: Architecture, lang: str) -> Approval:
    """Gather the papers' side of an architecture in the order a reader follows it."""
    records = architecture.records
    say = Sayer(architecture, lang)
    return Approval(
        steps=tuple(
            StepLine(
                step.id,
                name(step, lang),
                say.who(step.actor) + say.unsure(step, "actor"),
                say.word("step", step.state) + say.unsure(step, "state"),
                say.day(step.since),
                "; ".join(say.paper(paper) for paper in step.papers),
                sources(architecture, step, lang),
            )
            for step in sorted(records["path"].values(), key=lambda step: (step.order, step.id))
        ),
        hearings=tuple(
            say.hearing(hearing)
            for hearing in sorted(records["hearings"].values(), key=lambda one: (one.order, one.id))
        ),
        tasks=tuple(
            TaskLine(
                task.id,
                name(task, lang),
                say.who(task.lead),
                say.word("priority", task.priority),
                say.period(task.period),
                say.cost(task.cost),
                sources(architecture, task, lang),
            )
            for task in sorted(records["tasks"].values(), key=lambda task: (task.priority != "urgent", task.id))
        ),
        sourcing=tuple(
            SourcingLine(
                item.id,
                say.names(item.of) or (item.name_en if lang == "en" else None) or item.name or item.id,
                say.word("sourcing", item.form),
                say.word("reason", item.reason),
                sources(architecture, item, lang),
            )
            for item in records["sourcing"].values()
        ),
        bases=tuple(
            LegalLine(
                document.id,
                document.number,
                say.title(document),
                say.day(document.date),
                doubt(architecture.head, lang, "basis") or doubt(document, lang),
            )
            for document in (architecture.legal[id] for id in architecture.head.basis)
        ),
    )


class Sayer:
    """Puts values of one architecture into one language; what is unknown is said to be unknown."""

    def __init__(self, architecture: Architecture, lang: str) -> None:
        self.architecture, self.lang = architecture, lang

    def who(self, value: str | Unknown | None) -> str:
        if isinstance(value, Unknown):
            return self.unknown()
        return label(self.architecture, value, self.lang) if value else "–"

    def unsure(self, record: Record, field: str) -> str:
        """Say behind a value how sure it is, where that was not simply seen: " (derived)"."""
        words = doubt(record, self.lang, field)
        return f" ({words})" if words else ""

    def unknown(self) -> str:
        return text("word.unknown", self.lang)

    def word(self, table: str, value: object) -> str:
        if isinstance(value, Unknown):
            return self.unknown()
        return text(f"{table}.{value}", self.lang) if value else "–"

    def day(self, value: date | Unknown | None) -> str:
        if isinstance(value, Unknown):
            return self.unknown()
        return day(value, self.lang) if value else "–"

    def names(self, value: str | tuple[str, ...] | None) -> str:
        ids = (value,) if isinstance(value, str) else value or ()
        return "; ".join(label(self.architecture, id, self.lang) for id in ids)

    def title(self, document: object) -> str:
        english = getattr(document, "title_en", None)
        return str(english if self.lang == "en" and english else getattr(document, "title", ""))

    def person(self, value: Person | Unknown | None) -> str:
        if isinstance(value, Unknown):
            return self.unknown()
        return f"{value.name} ({value.title})" if value and value.title else value.name if value else "–"

    def paper(self, paper: Paper) -> str:
        words = paper.name_en if self.lang == "en" and paper.name_en else paper.name
        state = f" ({self.word('paper', paper.state)})" if paper.state is not None else ""
        return words + state

    def period(self, value: Period | Unknown | None) -> str:
        if isinstance(value, Unknown):
            return self.unknown()
        if value is None:
            return "–"
        ends = [str(end) if isinstance(end, int) else self.day(end) for end in (value.from_, value.until) if end]
        return "–".join(dict.fromkeys(ends))

    def cost(self, value: object) -> str:
        if value is None:
            return "–"
        if isinstance(value, Unknown) or any(isinstance(cost.amount, Unknown) for cost in value):  # type: ignore[attr-defined]
            return self.unknown()
        total = sum(cost.amount for cost in value)  # type: ignore[attr-defined]
        return text("word.dong", self.lang, amount=number_words(total, self.lang))

    def hearing(self, hearing: Hearing) -> HearingLine:
        english = self.lang == "en"
        return HearingLine(
            hearing.id,
            name(hearing, self.lang),
            day(hearing.date, self.lang),
            self.person(hearing.chair),
            (hearing.outcome_en if english and hearing.outcome_en else hearing.outcome) or "",
            tuple(
                ConclusionLine(
                    id,
                    (conclusion.text_en if english and conclusion.text_en else conclusion.text),
                    self.who(conclusion.who) + self.unsure(conclusion, "who") if conclusion.who is not None else "",
                    self.day(conclusion.by) if conclusion.by is not None else "",
                )
                for id, conclusion in hearing.conclusions.items()
            ),
            sources(self.architecture, hearing, self.lang),
        )
