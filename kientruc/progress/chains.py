"""From what was found to what is wanted to what is done: where that chain is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kientruc.graph import Change, gap
from kientruc.model.architecture import Architecture
from kientruc.model.element import Quantity
from kientruc.model.planning import Assessment
from kientruc.model.record import Record
from kientruc.model.verbs import Verb

Links = Mapping[Verb, Mapping[str, list[str]]]


class Break(StrEnum):
    """How a chain is broken."""

    NO_DIRECTION = "no-direction"  # an assessment leads to nothing
    NO_TASK = "no-task"  # a direction has no task
    NO_REASON = "no-reason"  # nothing stands behind a task
    NO_NUMBER = "no-number"  # a figure says no number
    NO_UNIT = "no-unit"
    NO_DATE = "no-date"


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken chain: of which record, and where."""

    why: Break
    record: Record
    path: tuple[str | int, ...] = ()


def broken_chains(architecture: Architecture) -> tuple[Broken, ...]:
    """Give every broken chain: assessments first, then directions, then tasks, each in id order.

    What was only observed after the architecture's cut-off could lead to nothing in it, and is left out.

    A direction has a task if a task realises it, covers an assessment that leads to it, or delivers or covers an
    element that realises it, or if a goal that is part of it has one. A task has a reason if it covers an assessment
    or a content, realises a goal, works on an element that realises one or differs between the states, or is part of
    a task that has one.
    """
    links, cut_off = _links(architecture), architecture.cut_off
    found = (*_assessments(architecture), *_directions(architecture, links), *_tasks(architecture, links))
    return tuple(one for one in found if one.record.as_of is None or one.record.as_of <= cut_off)


def _links(architecture: Architecture) -> Links:
    found: dict[Verb, dict[str, list[str]]] = {verb: {} for verb in Verb}
    for relation in architecture.relations:
        found[relation.verb].setdefault(relation.source_id, []).append(relation.target)
    return found


def _assessments(architecture: Architecture) -> Iterator[Broken]:
    for assessment in architecture.records["assessments"].values():
        if assessment.type == "figure":
            yield from _figure(assessment)
        if not assessment.leads_to:
            yield Broken(Break.NO_DIRECTION, assessment)


def _figure(assessment: Assessment) -> Iterator[Broken]:
    quantity = assessment.quantity
    if not isinstance(quantity, Quantity):
        yield Broken(Break.NO_NUMBER, assessment, ("quantity",))
        return
    if not quantity.unit:
        yield Broken(Break.NO_UNIT, assessment, ("quantity",))
    own = assessment.provenance.get("quantity")
    if not (assessment.as_of or (own and own.as_of)):
        yield Broken(Break.NO_DATE, assessment, ("quantity",))


def _directions(architecture: Architecture, links: Links) -> Iterator[Broken]:
    assessments = architecture.records["assessments"]
    led_to = {goal for assessment in assessments.values() for goal in assessment.leads_to}
    reached = set(_reached(architecture, links))
    parts = links[Verb.PART_OF]
    for goal in list(reached):  # what is reached in part has a task
        stack = [goal]
        while stack:
            wholes = [whole for whole in parts.get(stack.pop(), ()) if whole not in reached]
            reached.update(wholes)
            stack += wholes
    for goal in architecture.records["goals"].values():
        if (goal.type == "direction" or goal.id in led_to) and goal.id not in reached:
            yield Broken(Break.NO_TASK, goal)


def _reached(architecture: Architecture, links: Links) -> Iterator[str]:
    """Give the goals that a task works for."""
    assessments = architecture.records["assessments"]
    for task in architecture.records["tasks"]:
        yield from links[Verb.REALISES].get(task, ())
        for thing in _works_on(task, links):
            yield from assessments[thing].leads_to if thing in assessments else links[Verb.REALISES].get(thing, ())


def _works_on(task: str, links: Links) -> tuple[str, ...]:
    return (*links[Verb.COVERS].get(task, ()), *links[Verb.DELIVERS].get(task, ()))


def _tasks(architecture: Architecture, links: Links) -> Iterator[Broken]:
    records, found = architecture.records, gap(architecture)
    differing = {id for id, one in found.elements.items() if one.change is not Change.KEPT} if found else set()
    behind = {*records["assessments"], *records["contents"], *differing}
    grounded = {
        task
        for task in records["tasks"]
        if links[Verb.REALISES].get(task)
        or any(
            thing in behind or any(goal in records["goals"] for goal in links[Verb.REALISES].get(thing, ()))
            for thing in _works_on(task, links)
        )
    }
    for task in records["tasks"].values():
        if not _with_wholes(task.id, links) & grounded:
            yield Broken(Break.NO_REASON, task)


def _with_wholes(id: str, links: Links) -> set[str]:
    """Give a task and all it is part of."""
    found, stack = {id}, [id]
    while stack:
        wholes = [whole for whole in links[Verb.PART_OF].get(stack.pop(), ()) if whole not in found]
        found.update(wholes)
        stack += wholes
    return found
