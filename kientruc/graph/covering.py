"""What covers a gap: a task that delivers or covers a thing, or a content about it, or a content declared open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kientruc.model.architecture import Architecture
from kientruc.model.planning import Content, Open, Progress, Task
from kientruc.model.values import Certainty
from kientruc.model.verbs import Verb


@dataclass(frozen=True, slots=True)
class Cover:
    """How a thing is covered: its id, the content between if there is one, and the task or the declaration."""

    path: tuple[str, ...]
    task: Task | None
    open: Open | None
    assumed: bool
    overdue: bool = False

    @property
    def rank(self) -> tuple[bool, bool, bool, int, tuple[str, ...]]:
        """What the better one is told by: holding, stated, a task before a declaration, the shorter way."""
        return (self.overdue, self.assumed, self.task is None, len(self.path), self.path)


class Covers:
    """What covers each thing, found in one pass; what many things share is looked through once."""

    def __init__(self, architecture: Architecture, on: date) -> None:
        self._on = on
        self._tasks: dict[str, list[Cover]] = defaultdict(list)  # of an element or a content, itself
        self._contents: dict[str, list[Content]] = defaultdict(list)
        self._best: dict[str, Cover | None] = {}
        tasks = architecture.records["tasks"]
        for relation in architecture.relations:
            task = tasks.get(relation.source_id)
            if relation.verb in (Verb.DELIVERS, Verb.COVERS) and task and task.progress is not Progress.STOPPED:
                assumed = Certainty.ASSUMED in (task.certainty, relation.certainty)
                self._tasks[relation.target].append(Cover((relation.target, task.id), task, None, assumed))
        for covers in self._tasks.values():
            covers.sort(key=lambda cover: cover.rank)
        for content in architecture.records["contents"].values():
            for id in dict.fromkeys(content.about):
                self._contents[id].append(content)

    def best(self, ids: Iterable[str]) -> Cover | None:
        """Give the best cover of any of these things; None if nothing covers them."""
        found = [cover for id in ids if (cover := self._best_of(id)) is not None]
        return min(found, key=lambda cover: cover.rank, default=None)

    def contents(self, id: str) -> tuple[Content, ...]:
        """Give the contents about a thing, in id order."""
        return tuple(self._contents.get(id, ()))

    def tasks(self, id: str) -> tuple[Task, ...]:
        """Give the tasks that name a thing itself, element or content, the stated ones first."""
        return tuple(cover.task for cover in self._tasks.get(id, ()) if cover.task is not None)

    def _best_of(self, id: str) -> Cover | None:
        if id not in self._best:
            found = self._tasks.get(id, [])[:1]
            for content in self._contents.get(id, ()):
                found.extend(self._through(id, content))
            self._best[id] = min(found, key=lambda cover: cover.rank, default=None)
        return self._best[id]

    def _through(self, id: str, content: Content) -> Iterable[Cover]:
        weak = content.certainty is Certainty.ASSUMED
        for cover in self._tasks.get(content.id, [])[:1]:
            yield Cover((id, *cover.path), cover.task, None, weak or cover.assumed)
        if content.open is not None:
            yield Cover((id, content.id), None, content.open, weak, content.open.by < self._on)
