"""What an architecture will cost: exact sums by form, by phase and by year, with how many records nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.model.architecture import Architecture
from kientruc.model.planning import Period, Task
from kientruc.portfolio import told
from kientruc.views.sums import Group, by_cost, by_form, by_task, counted, sums


def spending(architecture: Architecture) -> Iterator[told.Sum]:
    """Add up the money of one architecture. What is unknown is in no sum; groups that nobody names are told as None.

    A phase is what a task says it is in, or else the years of its period.
    """
    tasks = counted(architecture)
    phases: dict[str, Group] = {task.id: _phase(task) for task in tasks}
    for one in sums(by_form(architecture.records["sourcing"].values())):
        yield _told("form", one.group, one.amount, len(one.counted), len(one.missing))
    for one in sums(by_task(tasks, phases)):
        yield _told("phase", one.group, one.amount, len(one.counted), len(one.missing))
    for one in sums(by_cost(tasks, "year")):
        yield _told("year", one.group, one.amount, len(one.counted), len(one.missing))


def _told(by: str, group: Group, amount: int, counted: int, missing: int) -> told.Sum:
    words = None if group is None else str(group)
    return told.Sum.model_validate(
        {"by": by, "group": words, "amount": str(amount), "counted": counted, "missing": missing}
    )


def _phase(task: Task) -> str | None:
    if isinstance(task.stage, str):
        return task.stage
    if not isinstance(task.period, Period):
        return None
    ends = (task.period.from_, task.period.until)
    years = [str(end)[:4] for end in ends if end is not None]
    return "–".join(dict.fromkeys(years)) or None
