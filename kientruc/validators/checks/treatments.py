"""What is said to happen to an element is what the states show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.graph import Change, ElementChange, Gap, RelationChange
from kientruc.graph.covering import Covers
from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.planning import Period, Task
from kientruc.model.record import Unknown
from kientruc.model.values import Treatment
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.check import ELEMENT, Check, unknown
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection
from kientruc.validators.standing import doubt, joining, spans, standing, unsure

EXPECTED = {  # whether it is there in the baseline, and in the target
    Treatment.KEEP: (True, True),
    Treatment.STANDARDISE: (True, True),
    Treatment.UPGRADE: (True, True),
    Treatment.MERGE: (True, False),
    Treatment.REPLACE: (True, False),
    Treatment.ADD: (False, True),
}
Said = list[tuple[str, object]]  # fields with their values
STAYS = frozenset((Change.KEPT, Change.CHANGED, None))


class Treatments(Check):
    """The states are the truth, the treatment a claim that is held against them.

    keep: in both, nothing of it changes. standardise: in both, a relation or interface comes, goes or changes. upgrade:
    in both, a value or part changes. merge: goes, into a successor that is there, by a task; or is what others go into.
    replace: goes, with a successor or a reason, and nothing points to it. add: comes, by a task with money and date.
    `reuse`: what is added must also say why nothing shared is used (`own_because`).
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"treatment", "found", "allowed"}

    kind: Literal["treatments"]
    select: Selection = Selection()
    reuse: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each element with a treatment: a contradiction if there is one, else what is unknown."""
        if matter.gap is None:
            return
        claims = _Claims(matter, matter.gap, self.reuse)
        for element in self.select.of(matter):
            if isinstance(element.treatment, Unknown):
                about = matter.about(element)
                yield unknown(element.treatment, "treatment", element, (element.id,), about, matter)
            elif element.treatment is not None:
                yield claims.judge(element, element.treatment)


class _Claims:
    """Holds one treatment after another against what was computed once."""

    def __init__(self, matter: Matter, gap: Gap, reuse: bool) -> None:
        self.matter, self.gap, self.reuse = matter, gap, reuse
        self.states = (gap.before, gap.after)
        self.covers = Covers(matter.architecture, matter.on)
        self.said: dict[tuple[str, str], tuple[Task, str, object] | None] = {}
        self.joined: dict[str, list[RelationChange]] = defaultdict(list)
        for one in gap.relations:
            for end in dict.fromkeys(one.ends):
                self.joined[end].append(one)
        elements = matter.architecture.elements.values()
        self.into = {one.successor for one in elements if one.treatment is Treatment.MERGE and one.successor != one.id}

    def judge(self, element: Element, treatment: Treatment) -> Found:
        """Give the first contradiction; where there is none, the first thing nobody knows; else that all is so."""
        first: Found | None = None
        for one in self.objections(element, treatment):
            if one.status is Status.FAIL:
                return one
            first = first or one
        witness = (element.id, element.successor) if element.successor else (element.id,)
        return first or Found(Status.PASS, "as-claimed", (element.id,), {}, witness, element.span("treatment"))

    def objections(self, element: Element, treatment: Treatment) -> Iterator[Found]:
        """Give what speaks against a claim, and what nobody knows of it."""
        merged = treatment is Treatment.MERGE and element.id in self.into  # the others become part of this one
        expected = (None, True) if merged else EXPECTED[treatment]
        yield from self.membership(element, expected)
        match treatment:
            case Treatment.KEEP:
                yield from self.unchanged(element)
            case Treatment.STANDARDISE:
                yield from self.one_of("no-new-relation", element, self.exchanges(element))
            case Treatment.UPGRADE:
                yield from self.one_of("no-new-value", element, self.makings(element))
            case Treatment.MERGE if not merged:
                yield from self.merges(element)
            case Treatment.REPLACE:
                yield from self.replaced(element)
            case Treatment.ADD:
                yield from self.added(element)
            case _:
                pass

    def membership(self, element: Element, expected: tuple[bool | None, bool]) -> Iterator[Found]:
        """Hold both states against what the treatment says of them; None where it says nothing."""
        reasons = (("not-in-baseline", "in-baseline"), ("not-in-target", "still-in-target"))
        for state, wanted, (missing, there) in zip(self.states, expected, reasons, strict=True):
            word = self.matter.graph.membership(element, state)
            if wanted is True and word == "absent":
                yield self.fails(missing, element, standing(element, self.states, self.matter), element.span("states"))
            elif wanted is False and word == "present":
                yield self.fails(there, element, standing(element, self.states, self.matter), element.span("states"))
            elif wanted is not None and (open := doubt(element, (state,), self.matter, (element.id,))):
                yield open

    def unchanged(self, element: Element) -> Iterator[Found]:
        """Nothing of it changes; that something new or gone is joined to it changes it only if that is its part."""
        own = self.gap.elements.get(element.id)
        of_own = [one for one in self.joined[element.id] if self.is_own(one, element)]
        for one in (*((own,) if own else ()), *of_own):
            if one.differs is None:
                yield unsure(one, self.matter, (element.id,))
            elif one.differs:
                yield self.fails("changed", element, self.told(one), self.place(one, element))

    def is_own(self, one: RelationChange, element: Element) -> bool:
        """Tell whether a relation is of this element's own making, or joins it to something that stays."""
        other = one.ends[0]
        return other == element.id or one.relation.verb is Verb.PART_OF or self.gap.change(other) in STAYS

    def exchanges(self, element: Element) -> list[ElementChange | RelationChange]:
        """Give its relations, and the interfaces that are part of it."""
        parts = [one for one in self.parts(element) if self.matter.architecture.elements[one.id].kind is Kind.INTERFACE]
        return [*self.joined[element.id], *parts]

    def makings(self, element: Element) -> list[ElementChange | RelationChange]:
        """Give its values and its parts."""
        own = self.gap.elements.get(element.id)
        joints = [
            one for one in self.joined[element.id] if one.relation.verb is Verb.PART_OF and one.ends[1] == element.id
        ]
        return [*((own,) if own else ()), *self.parts(element), *joints]

    def parts(self, element: Element) -> list[ElementChange]:
        """Give what becomes of its parts, of those that are in one of the two states."""
        parts = self.matter.graph.neighbours(element.id, "parts")
        return [self.gap.elements[id] for id in parts if id in self.gap.elements]

    def one_of(self, reason: str, element: Element, changes: list[ElementChange | RelationChange]) -> Iterator[Found]:
        """At least one of these surely changes."""
        if any(one.differs for one in changes):
            return
        open = next((one for one in changes if one.differs is None), None)
        if open is not None:
            yield unsure(open, self.matter, (element.id,))
        else:
            yield self.fails(reason, element, self.matter.nothing("found"), element.span("states"))

    def merges(self, element: Element) -> Iterator[Found]:
        """There is a successor in the target, and a task, or a content declared open, that hands over."""
        if element.successor is None:
            yield self.fails("no-successor", element, self.matter.nothing("found"), element.span("states"))
        else:
            yield from self.succeeded(element, element.successor)
        if self.covers.best((element.id,)) is None:
            yield self.fails("no-task", element, self.matter.nothing("found"), element.span("states"))

    def succeeded(self, element: Element, id: str) -> Iterator[Found]:
        """The successor is there in the target."""
        successor, target = self.matter.architecture.elements[id], (self.gap.after,)
        if self.matter.graph.membership(successor, self.gap.after) == "absent":
            places = (element.span("successor"), successor.span("states"))
            yield self.fails("successor-absent", element, standing(successor, target, self.matter), *places)
        elif open := doubt(successor, target, self.matter, (element.id,)):
            yield open

    def replaced(self, element: Element) -> Iterator[Found]:
        """There is a successor in the target or a reason; and no relation says that it is still there."""
        if element.successor is not None:
            yield from self.succeeded(element, element.successor)
        elif element.note is None and not self.covers.contents(element.id):
            yield self.fails("no-reason", element, self.matter.nothing("found"), element.span("states"))
        for relation in self.matter.graph.touching((element.id,), tuple(Verb)):
            if relation.states.get(self.gap.after) == "present":
                yield self.fails("still-used", element, joining(relation, self.matter), relation.span("states"))

    def added(self, element: Element) -> Iterator[Found]:
        """A task brings it, with money and date, or that is declared open; what is only referred to needs none."""
        if element.reference is not None:
            return
        cover, contents = self.covers.best((element.id,)), self.covers.contents(element.id)
        if cover is None:
            yield self.fails("no-task", element, self.matter.nothing("found"), element.span("states"))
        elif cover.task is not None and all(content.open is None for content in contents):
            yield from self.some("no-money", element)
            yield from self.some("no-date", element)
        if self.reuse and isinstance(element.own_because, Unknown):
            about = self.matter.about(element)
            yield unknown(element.own_because, "own_because", element, (element.id,), about, self.matter)
        elif self.reuse and not element.own_because:
            yield self.fails("no-reuse-answer", element, self.matter.nothing("found"), element.span())

    def some(self, reason: str, element: Element) -> Iterator[Found]:
        """At least one of the tasks says it; what nobody knows yet waits."""
        named = (element.id, *(content.id for content in self.covers.contents(element.id)))
        said = [one for id in named if (one := self.says(reason, id)) is not None]
        if any(not isinstance(value, Unknown) for _, _, value in said):
            return
        if not said:
            task = next(task for id in named for task in self.covers.tasks(id)[:1])
            yield self.fails(reason, element, self.matter.names((task.id,), "found"), task.span())
        for task, field, value in said[:1]:
            assert isinstance(value, Unknown)
            found = unknown(value, field, task, (element.id,), self.matter.about(task), self.matter)
            yield replace(found, witness=(element.id, task.id))

    def says(self, reason: str, id: str) -> tuple[Task, str, object] | None:
        """Give the first task for one thing that says it, else the first that says it is not known; found once."""
        if (reason, id) not in self.said:
            read = READ[reason]
            said = [(task, *one) for task in self.covers.tasks(id) for one in read(task) if one[1] is not None]
            known = (one for one in said if not isinstance(one[2], Unknown))
            self.said[reason, id] = next(known, said[0] if said else None)
        return self.said[reason, id]

    def fails(self, reason: str, element: Element, values: dict[str, str], *places: Span | None) -> Found:
        """Make the outcome of a claim that does not hold: the treatment's place first, then those that contradict."""
        values = {**self.matter.about(element), **values}
        for lang, suffix in (("vi", ""), ("en", "_en")):
            values[f"treatment{suffix}"] = text(f"treatment.{element.treatment}", lang)
            values[f"allowed{suffix}"] = text(f"claim.{reason}", lang)
        at = element.span("treatment")
        return Found(Status.FAIL, reason, (element.id,), values, (), at, spans(*(one for one in places if one != at)))

    def told(self, one: ElementChange | RelationChange) -> dict[str, str]:
        """Say what changes: a relation, or fields."""
        if isinstance(one, RelationChange):
            return joining(one.relation, self.matter)
        if one.change is not Change.CHANGED:
            return standing(self.matter.architecture.elements[one.id], self.states, self.matter)
        return self.matter.fields(tuple(field.field for field in one.fields), "found")

    def place(self, one: ElementChange | RelationChange, element: Element) -> Span | None:
        """Give where the change is written."""
        if isinstance(one, RelationChange):
            return one.relation.span()
        states = [state for state in reversed(self.states) if state in element.in_state]
        return element.span("in_state", states[0]) if states else element.span("states")


def _money(task: Task) -> Said:
    cost = task.cost if isinstance(task.cost, tuple) else ()
    whole = None if isinstance(task.cost, tuple) else task.cost
    return [("total", task.total), ("cost", whole), *(("cost", part.amount) for part in cost)]


def _days(task: Task) -> Said:
    period = task.period
    ends = (period.from_, period.until) if isinstance(period, Period) else (period,)
    return [("due", task.due), *(("period", end) for end in ends)]


READ = {"no-money": _money, "no-date": _days}
