"""Wholes that are parts of themselves: no picture and no owner can be told of them."""

from __future__ import annotations

from collections.abc import Iterable

from kientruc.loading.gathered import Gathered
from kientruc.model.element import Relation
from kientruc.model.verbs import Verb

SHOWN = 20  # ids of one circle; a longer one is cut in the middle


def check(relations: Iterable[Relation], gathered: Gathered) -> None:
    """Add a finding for every circle of `part_of`, at the step from its first id, once. Linear; no recursion."""
    wholes: dict[str, list[Relation]] = {}
    for relation in relations:
        if relation.verb is Verb.PART_OF:
            wholes.setdefault(relation.source_id, []).append(relation)
    done: set[str] = set()
    for start in sorted(wholes):
        if start not in done:
            _walk(start, wholes, done, gathered)


def _walk(start: str, wholes: dict[str, list[Relation]], done: set[str], gathered: Gathered) -> None:
    path: dict[str, Relation | None] = {start: None}  # each id with the step that led to it
    stack = [(start, iter(wholes.get(start, ())))]
    while stack:
        id, steps = stack[-1]
        step = next(steps, None)
        if step is None:
            stack.pop()
            path.pop(id)
            done.add(id)
        elif step.target in path:
            if not gathered.room():
                continue
            ids = [*path][[*path].index(step.target) :]
            others = tuple(led.origin.span("to") for id in ids[1:SHOWN] if (led := path[id]))
            first = ids.index(min(ids))
            chain = [*ids[first:], *ids[:first], ids[first]]
            if len(chain) > SHOWN:
                chain = [*chain[: SHOWN - 2], "…", *chain[-2:]]
            gathered.find("M-CIRCLE", step.origin.span("to"), others, id=step.source_id, chain=" → ".join(chain))
        elif step.target not in done:
            path[step.target] = step
            stack.append((step.target, iter(wholes.get(step.target, ()))))
