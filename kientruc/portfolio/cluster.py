"""Many submissions on the machines of a dask cluster; the same results as on one machine, byte for byte."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kientruc.api.isolated import Isolated, Reply
from kientruc.api.isolated_worker import End
from kientruc.errors import UsageError
from kientruc.portfolio.digest import Settings, refused
from kientruc.portfolio.found import MOST_BYTES, MOST_FILES, Handed, Sort, below, includes
from kientruc.portfolio.pool import TARGET, result, spelt

Files = Mapping[str, bytes | None]
CONNECT = "30s"
_HERE = threading.local()
UNDER_WAY = 64  # submissions that are held in memory at once


def run_there(handed: Sequence[Handed], settings: Settings, scheduler: str) -> Iterator[tuple[Handed, bytes]]:
    """Give the result of each submission, as soon as it is there. Workers need this tool, and no file of ours.

    Args:
        scheduler: address of the cluster, such as tcp://10.0.0.5:8786.
    Raises:
        UsageError: dask.distributed is not installed, or nobody answers there.
    """
    try:
        import distributed
    except ImportError:
        raise UsageError("portfolio.no-dask") from None
    try:
        dask: Any = distributed  # half of it has types
        client = dask.Client(scheduler, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError, MemoryError) as error:  # what answers may be no scheduler
        raise UsageError(
            "portfolio.no-scheduler", address=scheduler, why=str(error)[:200] or type(error).__name__
        ) from None
    setup = json.dumps(settings.told()).encode()
    left = iter(handed)
    waiting: dict[Any, Handed] = {}

    def sent(task: Handed) -> Any:
        future = client.submit(run_one, task.path.name, task.kind, carried(task), setup, pure=False)
        waiting[future] = task
        return future

    with client:
        first = [sent(task) for task in islice(left, UNDER_WAY)]
        done = dask.as_completed(first, loop=client.loop)
        for future in done:
            task = waiting.pop(future)
            yield task, _taken(future, task.kind)
            for following in islice(left, 1):
                done.add(sent(following))


def run_one(name: str, kind: Sort, files: Files | None, setup: bytes) -> bytes:
    """Run one submission on the machine of a worker, in a child of its own; its files lie there as long as it runs.

    Args:
        files: bytes by path, None for a link, which is refused wherever it leads; None for more than may be sent.
    """
    if files is None:
        return result(Reply(End.LARGE), kind)
    with tempfile.TemporaryDirectory(prefix="kientruc-") as folder:
        for path, data in files.items():
            place = Path(folder) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if data is None:
                place.symlink_to("nowhere")
            else:
                place.write_bytes(data)
        return result(_isolated(setup).run(spelt(Path(folder) / name, kind)), kind)


def _isolated(setup: bytes) -> Isolated:
    """Give the process of this thread that has read the editions; it ends when this one does."""
    found: Isolated | None = getattr(_HERE, "worker", None)
    if found is None or found.setup != setup:
        if found is not None:
            found.close()
        found = _HERE.worker = Isolated(TARGET, setup)
    return found


def _taken(done: Any, kind: Sort) -> bytes:
    """Take what a worker gave; one that was lost as often as it was tried is a refusal, and no reason to stop."""
    error = done.exception()
    if error is not None:
        return refused(kind, "crash", "portfolio-refused.crash", False, {"detail": type(error).__name__})
    return result(Reply(End.DONE, bytes(done.result())), kind)


def carried(task: Handed) -> Files | None:
    """Read what a submission may be made of, as `found` hashes it."""
    if task.kind != "folder" and not (task.kind == "file" and includes(task.path)):
        return {task.path.name: task.path.read_bytes()}
    found: dict[str, bytes | None] = {}
    size = 0
    for path in below(task.path if task.kind == "folder" else task.path.parent):
        link = path.is_symlink()
        if not link and not path.is_file():
            continue
        size += 0 if link else path.stat().st_size
        if len(found) == MOST_FILES or size > MOST_BYTES:
            return None
        found[path.relative_to(task.path.parent).as_posix()] = None if link else path.read_bytes()
    return found
