"""Questions about an architecture, answered in tables: reach, way, impact, owner, uncovered gaps, unknowns, endings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kientruc.frameworks import Edition
from kientruc.graph import ArchitectureGraph
from kientruc.graph.covering import Covers
from kientruc.graph.gap import Change, gap
from kientruc.graph.impact import impact as _impact
from kientruc.graph.verb_groups import Via
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.legal import EvidenceType
from kientruc.model.planning import SourcingForm
from kientruc.model.record import Record, Unknown
from kientruc.model.unknown_values import unknown_values
from kientruc.model.verbs import Verb
from kientruc.result import CheckResult, Outcome
from kientruc.views.access_marks import notice, readers_of
from kientruc.views.conformance import Evidence
from kientruc.views.table import NOTHING, Answered, Cell, Table, table
from kientruc.views.waiting import beside_unknowns
from kientruc.views.words import day, label

PEOPLE = frozenset(("public_service", "user_group", "channel"))  # whom a stop hurts, told before all else


class Contract(NamedTuple):
    """A paper or lease that ends: about what, and its last day if that is known."""

    id: str
    about: tuple[str, ...]
    until: date | None


class Asker:
    """Answers questions about one architecture in one language."""

    def __init__(self, architecture: Architecture, lang: str) -> None:
        self.architecture, self.lang = architecture, lang
        self.graph = ArchitectureGraph(architecture)

    # --- how things are joined ---

    def reach(self, id: str, via: Via, back: bool = False) -> Answered:
        """Tell what can be reached from an element, or with `back` what reaches it, each with its shortest way."""
        joined = self.graph.submitted
        routes = joined.routes_to([id], via, back=not back)
        ways = [way for one in routes.sources() if one != id and (way := routes.path(one))]
        rows = [self._way(way if back else way[::-1], way[0]) for way in ways]
        key = "reached-by" if back else "reaches"
        return self._answer("reach", (id,), table(key, ("element", "kind", "steps", "way"), rows))

    def path(self, source: str, target: str, via: Via) -> Answered:
        """Give one shortest way from one element to another; no row where there is none."""
        way = self.graph.submitted.path(source, [target], via)
        rows = [self._way(way, target)] if way else []
        return self._answer("path", (source, target), table("path", ("element", "kind", "steps", "way"), rows))

    def impact(self, id: str) -> Answered:
        """Tell what stops if an element stops: services and people first, then the rest; and what no longer passes.

        Connections are told beside it: nobody wrote down what goes over them. Where nothing is recorded it says so.
        """
        found = _impact(self.graph, id)
        lines = self.graph.submitted.touching([id], (Verb.CONNECTS,), over=True)
        people = [way for way in found.ways if self._kind(way[0]) in PEOPLE]
        others = [way for way in found.ways if self._kind(way[0]) not in PEOPLE]
        columns = ("element", "kind", "steps", "way")
        return self._answer(
            "impact",
            (id,),
            table("services-hit", columns, [self._way(way, way[0]) for way in people]),
            table("elements-hit", columns, [self._way(way, way[0]) for way in others]),
            table("exchanges-lost", ("exchange", "data", "over"), [self._exchange(one) for one in found.exchanges]),
            table("connections-cut", ("exchange", "data", "over"), [self._exchange(one) for one in lines]),
            table("contracts", ("contract", "about", "until"), [self._contract(one) for one in self._contracts(id)]),
            remarks=() if found.ways or found.exchanges or lines else self._unrecorded(id),
        )

    def _unrecorded(self, id: str) -> tuple[str, ...]:
        """Say that nothing was found because nothing is written, and what is there for other states only."""
        graph = self.graph
        others = [one for one in graph.touching([id], "exchange", over=True) if not graph.is_checked(one)]
        told = "; ".join(self._exchange(one)[0].words for one in others)
        later = (text("ask.other-states", self.lang, relations=told),) if told else ()
        return (text("ask.nothing-recorded", self.lang), *later)

    def ending(self, on: date) -> Answered:
        """Give the contracts that end by a day, each with how much rests on what it is about."""
        found = [one for one in self._contracts() if one.until and one.until <= on]
        found.sort(key=lambda one: (one.until or on, one.id))
        rows = [(*self._contract(one), Cell(str(hits := self._hits(one.about)), hits)) for one in found]
        return self._answer("ending", (), table("contracts", ("contract", "about", "until", "hits"), rows), on=on)

    # --- who ---

    def owner(self, id: str) -> Answered:
        """Tell who owns an element, and through which whole; of an organisation, what it owns, operates and leads."""
        if id in self.architecture.organisations:
            return self._answer("owner", (id,), *self._belongings(id))
        rows = []
        for field in ("owner", "operator", "data_owner", "technical_contact", "confirmed_by"):
            held = self.graph.held(id, field)
            if held is not None:
                through = Cell(self._ways(held.path), list(held.path)) if len(held.path) > 1 else NOTHING
                rows.append((self._word("field", field), self._who(held.value), through))
        return self._answer("owner", (id,), table("answerable", ("as", "body", "through"), rows))

    def _belongings(self, id: str) -> Iterator[Table]:
        elements = self.architecture.elements.values()
        for field, key in (("owner", "as-owner"), ("operator", "as-operator"), ("data_owner", "as-data-owner")):
            rows = [(self._ref(one.id), self._kind_cell(one.id)) for one in elements if getattr(one, field) == id]
            yield table(key, ("element", "kind"), rows)
        tasks = [one for one in self.architecture.records["tasks"].values() if one.lead == id]
        yield table("as-lead", ("task",), [(self._ref(one.id),) for one in tasks])

    # --- what is left open ---

    def uncovered(self, on: date) -> Answered:
        """Give every change between today and the target that no task covers and nobody declared open."""
        found = gap(self.architecture)
        covers = Covers(self.architecture, on)
        open_ids = [
            (id, change)
            for id, change in (found.elements.items() if found else ())
            if change.differs is not False and covers.best([id]) is None
        ]
        rows = [
            (
                self._ref(id),
                self._kind_cell(id),
                self._word("change", change.change),
                Cell(", ".join(one.field for one in change.fields)) if change.change is Change.CHANGED else NOTHING,
            )
            for id, change in open_ids
        ]
        remarks = () if found else (text("ask.no-states", self.lang),)
        columns = ("element", "kind", "change", "fields")
        return self._answer("uncovered", (), table("uncovered", columns, rows), remarks=remarks)

    def unknown(self, by: date | None = None, checked: Sequence[tuple[Edition, CheckResult]] = ()) -> Answered:
        """Give every value that nobody knows, with who must answer by when; with `by`, those due until that day.

        Args:
            checked: editions with results, of which it is told what else their binding requirements wait for.
        """
        told: list[tuple[date, str, tuple[Cell, ...]]] = []
        for record in (self.architecture.head, *self.architecture.all_records(), *self.architecture.relations):
            for path, value in unknown_values(record):
                if by is None or (value.by and value.by <= by):
                    told.append((value.by or date.max, record.id, self._unknown(record, path, value)))
        told.sort(key=lambda one: one[:2])
        columns = ("record", "field", "at", "why", "ask", "by")
        rows = [row for _, _, row in told]
        others = [self._point(*one) for pair in checked for one in beside_unknowns(self.architecture, *pair, self.lang)]
        waits = (table("waits", ("record", "requirement", "at", "waits", "todo"), others),) if others else ()
        remarks = (text("todo.unknown", self.lang),) if rows else ()
        return self._answer("unknown", (), table("unknown", columns, rows), *waits, remarks=remarks)

    def _point(self, requirement: str, outcome: Outcome, point: Evidence) -> tuple[Cell, ...]:
        known = next((id for id in outcome.subjects if self.architecture.find(id)), "")
        at = Cell(str(outcome.span)) if outcome.span else NOTHING
        return (self._ref(known) if known else NOTHING, Cell(requirement), at, Cell(point.words), Cell(point.advice))

    # --- cells ---

    def _answer(
        self,
        question: str,
        subjects: tuple[str, ...],
        *tables: Table,
        remarks: tuple[str, ...] = (),
        on: date | None = None,
    ) -> Answered:
        names = [self._ref(id).words for id in subjects]
        values = {"first": names[0] if names else "", "last": names[-1] if names else ""}
        title = text(f"ask.{question}", self.lang, **values, on=day(on, self.lang) if on else "")
        left_out = tuple(filter(None, (notice(self.architecture, self.lang),)))
        return Answered(question, subjects, title, (*remarks, *left_out), tuple(tables), readers_of(self.architecture))

    def _ref(self, id: str) -> Cell:
        return Cell(f"{label(self.architecture, id, self.lang)} [{id}]", id)

    def _kind(self, id: str) -> str:
        found = self.architecture.find(id)
        return found.kind.value if isinstance(found, Element) else found.section if found else ""

    def _kind_cell(self, id: str) -> Cell:
        found = self.architecture.find(id)
        if not isinstance(found, Element):
            return Cell(text(f"section.{found.section}", self.lang) if found else "", self._kind(id))
        return Cell(found.kind.in_(self.lang), found.kind.value)

    def _ways(self, way: Iterable[str]) -> str:
        return " → ".join(label(self.architecture, id, self.lang) for id in way)

    def _way(self, way: tuple[str, ...], subject: str) -> tuple[Cell, ...]:
        steps = Cell(str(len(way) - 1), len(way) - 1)
        return (self._ref(subject), self._kind_cell(subject), steps, Cell(self._ways(way), list(way)))

    def _exchange(self, relation: Relation) -> tuple[Cell, ...]:
        verb = relation.verb.in_(self.lang)
        ends = [label(self.architecture, id, self.lang) for id in (relation.source_id, relation.target)]
        value = {"from": relation.source_id, "verb": relation.verb.value, "to": relation.target}
        return (
            Cell(f"{ends[0]} {verb} {ends[1]}", value),
            *(
                Cell("; ".join(label(self.architecture, id, self.lang) for id in ids), list(ids))
                for ids in (relation.data, relation.over)
            ),
        )

    def _contracts(self, about: str = "") -> list[Contract]:
        """Give what binds the province to somebody for a time: contracts and agreements in evidence, and leases."""
        records = self.architecture.records
        papers = (
            Contract(one.id, one.about, one.until)
            for one in records["evidence"].values()
            if one.type in (EvidenceType.CONTRACT, EvidenceType.AGREEMENT)
        )
        leases = (
            Contract(one.id, (one.of,) if isinstance(one.of, str) else one.of or (), one.until or None)
            for one in records["sourcing"].values()
            if one.form is SourcingForm.LEASE or any(share.form is SourcingForm.LEASE for share in one.shares)
        )
        return [one for one in (*papers, *leases) if not about or about in one.about]

    def _contract(self, one: Contract) -> tuple[Cell, ...]:
        about = "; ".join(label(self.architecture, id, self.lang) for id in one.about)
        return (self._ref(one.id), Cell(about, list(one.about)), self._day(one.until))

    def _hits(self, ids: Iterable[str]) -> int:
        found = (way[0] for id in ids if id in self.architecture.elements for way in _impact(self.graph, id).ways)
        return len(set(found))

    def _unknown(self, record: Record, path: tuple[str | int, ...], value: Unknown) -> tuple[Cell, ...]:
        where = ".".join(map(str, path))
        ask = self._ref(value.ask) if value.ask else NOTHING
        subject = self._exchange(record)[0] if isinstance(record, Relation) else self._ref(record.id)
        span = record.span(*path)
        at = Cell(str(span)) if span else NOTHING
        return (subject, Cell(where), at, Cell(value.why(self.lang)), ask, self._day(value.by))

    def _who(self, value: object) -> Cell:
        if isinstance(value, Unknown):
            return Cell(value.why(self.lang), {"unknown": value.unknown})
        return self._ref(str(value))

    def _day(self, value: date | None) -> Cell:
        return Cell(day(value, self.lang), value.isoformat()) if value else NOTHING

    def _word(self, table: str, key: str) -> Cell:
        return Cell(text(f"{table}.{key}", self.lang), str(key))
