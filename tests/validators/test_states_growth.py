"""What the kinds that read states cost: twice the architecture is about twice the steps, on shapes made to be bad."""

from __future__ import annotations

from typing import Any

import pytest

from kientruc.validators import CHECKS

from .conftest import architecture_of
from .stated import HEAD, cpdt
from .test_kinds_growth import steps

TASKS = {"section": "tasks"}
CHECKED: dict[str, dict[str, Any]] = {
    "aggregate": {"kind": "aggregate", "select": TASKS, "sum": "cost.amount", "equals": "total"},
    "compare_props": {
        "kind": "compare_props",
        "select": TASKS,
        "left": "period.from",
        "op": "le",
        "right": "period.until",
    },
    "delta": {"kind": "delta"},
    "delta-contents": {"kind": "delta", "of": "contents"},
    "delta-tasks": {"kind": "delta", "of": "tasks"},
    "treatments": {"kind": "treatments"},
    **{
        f"timeline-{what}": {"kind": "timeline", "what": what}
        for what in ("waits", "states", "successors", "presence", "claims")
    },
}


def tangle(number: int) -> str:
    """Everything is joined to one hub, goes into one successor, and is named by one content that every task covers."""
    ids = [f"a{at:04}" for at in range(number)]
    every = ", ".join(ids)
    states = "".join(f"  {id}: {{role: transition, name: X, from: 2018-01-01, until: 2018-12-31}}\n" for id in ids)
    lines = (
        f"  {id}: {{kind: application, name: A, successor: hub, treatment: {('add', 'replace', 'keep')[at % 3]},"
        f" states: [{('sau', 'nay', 'nay, sau')[at % 3]}], in_state: {{sau: {{owner: so}}}},"
        " uses: [hub, {to: hub, status: existing, states: [nay, sau]}]}\n"
        for at, id in enumerate(ids)
    )
    tasks = (
        f"  t{id}: {{name: T, covers: c, waits_for: m, period: {{from: 2018, until: 2019}}, total: 1,"
        " cost: [{year: 2018, fund: x, amount: 1}]}\n"
        for id in ids
    )
    contents = (f"  c{id}: {{name: C, about: [hub]}}\n" for id in ids)
    hub = "  hub: {kind: application, name: Hub, states: [nay, sau], treatment: keep}\n"
    return (
        f"{states}elements:\n{''.join(lines)}{hub}"
        f"tasks:\n{''.join(tasks)}contents:\n  c: {{name: C, about: [{every}]}}\n{''.join(contents)}"
        "milestones: {m: {name: M, year: 2018}}\n"
    )


@pytest.mark.parametrize("name", CHECKED)
def test_twice_the_architecture_is_twice_the_steps(name: str) -> None:
    (made,) = CHECKS.validate_python(({"id": "a", **CHECKED[name]},), context=cpdt().words)
    counted = [steps(made, architecture_of(HEAD + tangle(number))) for number in (3, 30, 60, 120)][
        1:
    ]  # the first imports
    grown = counted[1] - counted[0], counted[2] - counted[1]  # what is the same for every size falls out
    assert grown[1] <= 2.3 * grown[0], counted
