"""Exact sums of money by group: what is unknown is never guessed, and every sum says what is missing from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kientruc.model.architecture import Architecture
from kientruc.model.planning import Cost, Progress, Sourcing, Task
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb

Group = str | int | None  # a form, period, lead, fund or year; None where nothing is said or known of it


@dataclass(frozen=True, slots=True)
class Part:
    """An amount in đồng, or None where it is not known, of a record, under a group.

    `within`: it is not known by itself, but the whole that is stated holds it, and with it another part.
    """

    id: str
    group: Group
    amount: int | None
    within: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """The parts of one group: the amount in đồng, the ids counted in it, and those missing from it."""

    group: Group
    amount: int
    counted: tuple[str, ...]
    missing: tuple[str, ...]


def sums(parts: Iterable[Part]) -> tuple[Sum, ...]:
    """Add up parts group by group, in the order of the groups; what has no group is last."""
    found: dict[Group, list[Part]] = {}
    for part in parts:
        found.setdefault(part.group, []).append(part)
    return tuple(_sum(group, found[group]) for group in sorted(found, key=lambda one: (one is None, one or "")))


def whole(parts: Iterable[Part]) -> Sum:
    """Add up all parts, whatever their group; what a stated whole holds is not missing."""
    return _sum(None, [part for part in parts if not part.within])


def _sum(group: Group, parts: list[Part]) -> Sum:
    known = [part for part in parts if part.amount is not None]
    missing = dict.fromkeys(part.id for part in parts if part.amount is None)
    amount = sum(part.amount for part in known if part.amount is not None)
    return Sum(group, amount, tuple(dict.fromkeys(part.id for part in known)), tuple(missing))


def by_form(sourcing: Iterable[Sourcing]) -> Iterator[Part]:
    """Split what is obtained by form: a mixed one by its shares, each once, and what they leave under no form."""
    for one in sourcing:
        amount = _known(one.amount)
        if not one.shares:
            yield Part(one.id, None if isinstance(one.form, Unknown) else one.form.value, amount)
            continue
        known = sum(share.amount for share in one.shares if isinstance(share.amount, int))
        for share in one.shares:
            part = _known(share.amount)
            yield Part(one.id, share.form.value, part, within=part is None and amount is not None)
        if amount is not None and amount > known:
            yield Part(one.id, None, amount - known)


def without_form(architecture: Architecture) -> int:
    """Give what tasks cost, in đồng, that no form is said of: by it the sums by form come to those by task."""
    cost = whole(by_task(counted(architecture), {})).amount
    return max(0, cost - whole(by_form(architecture.records["sourcing"].values())).amount)


def by_cost(tasks: Iterable[Task], field: str) -> Iterator[Part]:
    """Split what tasks cost by a field of their cost lines, `year` or `fund`; what the lines leave is under none."""
    for task in tasks:
        lines, known = costs(task), sum(line.amount for line in costs(task) if isinstance(line.amount, int))
        total = _known(task.total)
        for line in lines:
            part = _known(line.amount)
            yield Part(task.id, getattr(line, field), part, within=part is None and total is not None)
        if total is not None and total > known:
            yield Part(task.id, None, total - known)
        elif total is None and not lines:
            yield Part(task.id, None, None)


def by_task(tasks: Iterable[Task], groups: Mapping[str, Group]) -> Iterator[Part]:
    """Take what each task costs in all, under its group. A task that is known in part is both counted and missing."""
    for task in tasks:
        group = groups.get(task.id)
        if isinstance(task.total, int):
            yield Part(task.id, group, task.total)
            continue
        yield from (Part(task.id, group, _known(line.amount)) for line in costs(task))
        if not costs(task):
            yield Part(task.id, group, None)


def costs(task: Task) -> tuple[Cost, ...]:
    """Give the cost lines of a task; none where nobody knows them."""
    return task.cost if isinstance(task.cost, tuple) else ()


def amount_of(task: Task) -> int | None:
    """Give what a task costs in all, in đồng; None where any part of it is unknown."""
    found = whole(by_task((task,), {}))
    return None if found.missing else found.amount


def disagreeing(tasks: Iterable[Task]) -> tuple[str, ...]:
    """Name the tasks whose cost lines, all known, come to something else than the total that is stated."""
    return tuple(
        task.id
        for task in tasks
        if isinstance(task.total, int)
        and costs(task)
        and all(isinstance(line.amount, int) for line in costs(task))
        and sum(line.amount for line in costs(task) if isinstance(line.amount, int)) != task.total
    )


def counted(architecture: Architecture) -> tuple[Task, ...]:
    """Give the tasks whose money is summed: none that is stopped, none whose whole already states what it costs."""
    tasks: Mapping[str, Task] = architecture.records["tasks"]
    wholes: dict[str, list[str]] = {}
    for one in architecture.relations:
        if one.verb is Verb.PART_OF and one.source_id in tasks and one.target in tasks:
            wholes.setdefault(one.source_id, []).append(one.target)

    def above(id: str) -> Iterator[Task]:
        seen, left = {id}, list(wholes.get(id, ()))
        while left:
            if (other := left.pop()) not in seen:
                seen.add(other)
                left += wholes.get(other, ())
                yield tasks[other]

    stated = {id for id, task in tasks.items() if isinstance(task.total, int) or amount_of(task) is not None}
    return tuple(
        task
        for id, task in tasks.items()
        if task.progress is not Progress.STOPPED and not any(other.id in stated for other in above(id))
    )


def _known(amount: int | Unknown | None) -> int | None:
    return amount if isinstance(amount, int) else None
