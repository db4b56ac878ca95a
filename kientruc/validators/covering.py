"""What covers a gap: a task that delivers or covers a thing, or a content about it, or a content declared open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kientruc.model.planning import Content, Open, Progress, Task
from kientruc.model.values import Certainty
from kientruc.model.verbs import Verb
from kientruc.validators.matter import Matter


@dataclass(frozen=True, slots=True)
class Cover:
    """How a thing is covered: its id, the content between if there is one, and the task or the declaration."""

    path: tuple[str, ...]
    task: Task | None = None
    open: Open | None = None
    assumed: bool = False

    @property
    def rank(self) -> tuple[bool, bool, int, tuple[str, ...]]:
        """What the better one is told by: stated before assumed, a task before a declaration, the shorter way."""
        return (self.assumed, self.task is None, len(self.path), self.path)


class Covers:
    """Every cover of every thing, found in one pass. A task that was stopped covers nothing."""

    def __init__(self, matter: Matter) -> None:
        self._tasks: dict[str, list[tuple[Task, bool]]] = defaultdict(list)
        self._contents: dict[str, list[Content]] = defaultdict(list)
        tasks = matter.architecture.records["tasks"]
        for relation in matter.architecture.relations:
            task = tasks.get(relation.source_id)
            if relation.verb in (Verb.DELIVERS, Verb.COVERS) and task and task.progress is not Progress.STOPPED:
                assumed = Certainty.ASSUMED in (task.certainty, relation.certainty)
                self._tasks[relation.target].append((task, assumed))
        for content in matter.architecture.records["contents"].values():
            for id in dict.fromkeys(content.about):
                self._contents[id].append(content)

    def of(self, id: str) -> tuple[Cover, ...]:
        """Give every cover of a thing, the best first."""
        found = [Cover((id, task.id), task, None, assumed) for task, assumed in self._tasks.get(id, ())]
        for content in self._contents.get(id, ()):
            weak = content.certainty is Certainty.ASSUMED
            for task, assumed in self._tasks.get(content.id, ()):
                found.append(Cover((id, content.id, task.id), task, None, weak or assumed))
            if content.open is not None:
                found.append(Cover((id, content.id), None, content.open, weak))
        return tuple(sorted(found, key=lambda cover: cover.rank))

    def of_any(self, ids: Iterable[str]) -> tuple[Cover, ...]:
        """Give every cover of any of these, the best first."""
        return tuple(sorted((cover for id in ids for cover in self.of(id)), key=lambda cover: cover.rank))

    def contents(self, id: str) -> tuple[Content, ...]:
        """Give the contents about a thing, in id order."""
        return tuple(self._contents.get(id, ()))
