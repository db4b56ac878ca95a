"""What is said to happen to an element is what the states show."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.graph import Change, ElementChange, Gap, RelationChange, is_assumed
from kientruc.graph.covering import Covers
from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.planning import Period, Sourcing, Task
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
# No part of what a thing is: whose it is, and where it stands in its life.
WHOSE = frozenset(("owner", "co_owners", "operator", "data_owner", "technical_contact", "lifecycle"))


class Treatments(Check):
    """The states are the truth, the treatment a claim that is held against them.

    keep: in both, nothing of it changes; what others begin or cease to do with it, and that it goes along with the
    successor of what it used, are no changes of its own. standardise: in both, a relation or interface comes, goes or
    changes. upgrade: in both, a value or part changes. For both, a task or content about it shows the change as well.
    merge: goes, into a successor that is there, by a task; or stays, as what others go into or what a task or content
    reorganises. replace: goes, with a successor or a reason, and nothing points to it. add: comes, by a task with
    resources and date; money, a programme or a sourcing are resources. Whose a thing is, who runs it and where it
    stands in its life is no part of what it is: a new owner neither breaks keep nor makes an upgrade. `reuse`: what is
    added must also say why nothing shared is used (`own_because`).
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
        self.said: dict[tuple[str, str], tuple[Task | Sourcing, str, object] | None] = {}
        self.joined: dict[str, list[RelationChange]] = defaultdict(list)
        for one in gap.relations:
            for end in dict.fromkeys(one.ends):
                self.joined[end].append(one)
        elements = matter.architecture.elements.values()
        self.heirs = {one.successor for one in elements if gap.change(one.id) is Change.REMOVED}
        self.into = {one.successor for one in elements if one.successor != one.id}
        self.sourced: dict[str, list[Sourcing]] = defaultdict(list)
        for way in matter.architecture.records["sourcing"].values():
            for id in (way.of,) if isinstance(way.of, str) else way.of or ():
                self.sourced[id].append(way)

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
        in_place = treatment is Treatment.MERGE and self.in_place(element)
        yield from self.membership(element, (None, True) if in_place else EXPECTED[treatment])
        match treatment:
            case Treatment.KEEP:
                yield from self.unchanged(element)
            case Treatment.STANDARDISE:
                yield from self.one_of("no-new-relation", element, self.exchanges(element))
            case Treatment.UPGRADE:
                yield from self.one_of("no-new-value", element, self.makings(element))
            case Treatment.MERGE if in_place:
                yield from self.reorganised(element)
            case Treatment.MERGE:
                yield from self.merges(element)
            case Treatment.REPLACE:
                yield from self.replaced(element)
            case Treatment.ADD:
                yield from self.added(element)

    def in_place(self, element: Element) -> bool:
        """Tell whether it is what others go into, or says of no other that it goes into it and is not said to go."""
        stays = element.successor is None and self.matter.graph.membership(element, self.gap.after) == "present"
        return element.id in self.into or stays

    def reorganised(self, element: Element) -> Iterator[Found]:
        """Others go into it, or a task or content is about it."""
        if element.id not in self.into:
            yield from self.carried("nothing-merged", element)

    def carried(self, reason: str, element: Element) -> Iterator[Found]:
        """A task or a content that somebody has stated is about it."""
        cover, contents = self.covers.best((element.id,)), self.covers.contents(element.id)
        if cover is None and not contents:
            yield self.fails(reason, element, self.matter.nothing("found"), element.span("states"))
        elif (cover is None or cover.assumed) and all(map(is_assumed, contents)):
            named = cover.path[-1] if cover else contents[0].id
            values = {**self.matter.about(element), **self.matter.names((named,), "found")}
            yield Found(Status.MANUAL, "cover-assumed", (element.id,), values, (), element.span("treatment"))

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
        of_own = [one for one in self.joined[element.id] if self.is_own(one, element)]
        changes: list[ElementChange | RelationChange] = [*self.itself(element), *of_own]
        for one in changes:
            if one.differs is None:
                yield unsure(one, self.matter, (element.id,))
            elif one.differs:
                yield self.fails("changed", element, self.told(one, element), self.place(one, element))

    def itself(self, element: Element) -> list[ElementChange]:
        """Give what becomes of it, whose it is and who runs it left aside; nothing where neither state has it."""
        own = self.gap.elements.get(element.id)
        if own is None or own.change is not Change.CHANGED:
            return [own] if own else []
        fields = tuple(one for one in own.fields if one.field not in WHOSE)
        return [replace(own, fields=fields, change=Change.CHANGED if fields else Change.KEPT)]

    def is_own(self, one: RelationChange, element: Element) -> bool:
        """Tell whether a relation is of this element's own making: it did not come or go with what it leads to."""
        source, target = one.ends
        if one.relation.verb is Verb.PART_OF:
            return True
        return source == element.id and self.gap.change(target) is not Change.REMOVED and target not in self.heirs

    def exchanges(self, element: Element) -> list[ElementChange | RelationChange]:
        """Give its relations, and the interfaces that are part of it."""
        parts = [one for one in self.parts(element) if self.matter.architecture.elements[one.id].kind is Kind.INTERFACE]
        return [*self.joined[element.id], *parts]

    def makings(self, element: Element) -> list[ElementChange | RelationChange]:
        """Give its values and its parts."""
        joints = [
            one for one in self.joined[element.id] if one.relation.verb is Verb.PART_OF and one.ends[1] == element.id
        ]
        return [*self.itself(element), *self.parts(element), *joints]

    def parts(self, element: Element) -> list[ElementChange]:
        """Give what becomes of its parts, of those that are in one of the two states."""
        parts = self.matter.graph.neighbours(element.id, "parts")
        return [self.gap.elements[id] for id in parts if id in self.gap.elements]

    def one_of(self, reason: str, element: Element, changes: list[ElementChange | RelationChange]) -> Iterator[Found]:
        """At least one of these surely changes, or a task or content says that it will."""
        if any(one.differs for one in changes):
            return
        open = next((one for one in changes if one.differs is None), None)
        planned = next(self.carried(reason, element), None)
        if planned is not None:
            yield planned if open is None else unsure(open, self.matter, (element.id,))

    def merges(self, element: Element) -> Iterator[Found]:
        """There is a successor in the target, and a task about either, or a content declared open, that hands over."""
        if element.successor is None:
            yield self.fails("no-successor", element, self.matter.nothing("found"), element.span("states"))
        else:
            yield from self.succeeded(element, element.successor)
        if self.covers.best(filter(None, (element.id, element.successor))) is None:
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
        """At least one of the tasks, or a sourcing of it, says it; what nobody knows yet waits."""
        named = (element.id, *(content.id for content in self.covers.contents(element.id)))
        said = [one for id in named if (one := self.says(reason, id)) is not None]
        if any(not isinstance(value, Unknown) for _, _, value in said):
            return
        if not said:
            task = next(task for id in named for task in self.covers.tasks(id)[:1])
            yield self.fails(reason, element, self.matter.names((task.id,), "found"), task.span())
        for record, field, value in said[:1]:
            assert isinstance(value, Unknown)
            found = unknown(value, field, record, (element.id,), self.matter.about(record), self.matter)
            yield replace(found, witness=(element.id, record.id))

    def says(self, reason: str, id: str) -> tuple[Task | Sourcing, str, object] | None:
        """Give what says it first for one thing, else what says first that it is not known; found once."""
        if (reason, id) not in self.said:
            read, tasks = READ[reason], self.covers.tasks(id)
            said: list[tuple[Task | Sourcing, str, object]]
            said = [(task, *one) for task in tasks for one in read(task) if one[1] is not None and one[1] != ()]
            if reason == "no-money":
                ways = (way for one in (id, *(task.id for task in tasks)) for way in self.sourced.get(one, ()))
                said += [(way, "form", way.form) for way in ways]
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

    def told(self, one: ElementChange | RelationChange, element: Element) -> dict[str, str]:
        """Say what changes: a relation, begun with what it starts from where that is another, or fields."""
        if isinstance(one, RelationChange):
            said, source = joining(one.relation, self.matter), self.matter.name(one.ends[0])
            if one.ends[0] == element.id:
                return said
            return {"found": f"“{source['vi']}” {said['found']}", "found_en": f"“{source['en']}” {said['found_en']}"}
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
    money: Said = [("total", task.total), ("cost", whole), *(("cost", part.amount) for part in cost)]
    return [*money, ("resources", task.resources), ("programme", task.programme)]


def _days(task: Task) -> Said:
    period = task.period
    ends = (period.from_, period.until) if isinstance(period, Period) else (period,)
    return [("due", task.due), *(("period", end) for end in ends)]


READ = {"no-money": _money, "no-date": _days}
