"""Many submissions side by side on one machine, each in a child of its own, and none a danger to the others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue

from kientruc.api.isolated import Isolated, Reply
from kientruc.api.isolated_worker import USUAL, Budget, End
from kientruc.portfolio.digest import Settings, refused
from kientruc.portfolio.found import Handed, Sort
from kientruc.portfolio.told import NotTold, parse

TARGET = "kientruc.portfolio.digest:prepare"
LASTING = (End.ERROR, End.MEMORY, End.LARGE)  # how the same submission ends again, on any day


def run_here(
    handed: Sequence[Handed], settings: Settings, jobs: int, budget: Budget = USUAL
) -> Iterator[tuple[Handed, bytes]]:
    """Give the result of each submission, as soon as it is there.

    Args:
        jobs: how many are run at once.
    """
    if not handed:
        return
    setup = json.dumps(settings.told()).encode()
    every = [Isolated(TARGET, setup, budget) for _ in range(max(1, min(jobs, len(handed))))]
    idle: SimpleQueue[Isolated] = SimpleQueue()
    for worker in every:
        idle.put(worker)

    def one(task: Handed) -> bytes:
        worker = idle.get()
        try:
            return result(worker.run(spelt(task.path, task.kind)), task.kind)
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(len(every)) as pool:
        try:
            waiting = {pool.submit(one, task): task for task in handed}
            for done in as_completed(waiting):
                yield waiting.pop(done), done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in every:
                worker.close()


def spelt(path: Path, kind: Sort) -> bytes:
    """Spell a task for the child that runs it."""
    return json.dumps([str(path.absolute()), kind]).encode()


def result(reply: Reply, kind: Sort) -> bytes:
    """Give what a child gave, if it is a result; else that the submission is refused, and why."""
    if reply.end is End.DONE:
        try:
            parse(reply.data)
        except NotTold:
            return refused(kind, "result", "portfolio-refused.result")
        return reply.data
    name = reply.end.name.lower()
    lasting = reply.end in LASTING
    return refused(kind, name, f"portfolio-refused.{name}", lasting, {"detail": reply.detail or "–"})
