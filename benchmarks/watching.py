"""From a save to what is told of it: 2,000 elements in four files, and in one; the page of the province."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Timer
from time import perf_counter, process_time

from benchmarks import generate
from benchmarks.processes import HERE
from kientruc import api
from kientruc.loading.kept import Kept
from kientruc.serving.live import Live
from kientruc.serving.pages import show
from kientruc.serving.session import Asked, Load, Session
from kientruc.serving.watching import rounds

SAVES = 9
QUIET = 0.2  # seconds between two saves


def measured() -> Mapping[str, float]:
    """Seconds by the clock from a save to what follows it, and CPU seconds of a load with and without what was kept."""
    found: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        many = generate.write(Path(folder) / "many", 2_000)
        one = generate.write(Path(folder) / "one", 2_000, per_file=2_000)
        part = many.parent / "architecture" / "phan-002.yaml"
        session = Session(Asked(many))
        found["watch loading"], found["watch check"] = _saves(session, part, session.check)
        session = Session(Asked(one))
        found["watch one file"], _ = _saves(session, one.parent / "architecture" / "phan-000.yaml", session.check)
        shutil.copytree(HERE / "architecture", Path(folder) / "architecture")
        root, live = Path(shutil.copy(HERE / "architecture.yaml", folder)), Live()
        session = Session(Asked(root))
        shown = partial(show, session, live=live, lang="vi")
        _, found["serve page"] = _saves(session, root.parent / "architecture" / "co-quan.yaml", shown)
        kept = Kept()
        api.load(many, kept=kept)
        found["load first"] = median(_cpu(lambda: api.load(many), part) for _ in range(SAVES))
        found["load again"] = median(_cpu(lambda: api.load(many, kept=kept), part) for _ in range(SAVES))
    return found


def _saves(session: Session, file: Path, then: Callable[[Load], object]) -> tuple[float, float]:
    """Save a file so many times; give the medians of seconds until it is loaded, and until the rest is done too."""
    saved: list[float] = []
    loaded: list[float] = []
    done: list[float] = []

    def save() -> None:
        _change(file)
        saved.append(perf_counter())

    for _ in rounds(session.watched, Event(), False, lambda: None):
        if (load := session.load()) is None:
            continue
        loaded.append(perf_counter())
        then(load)
        done.append(perf_counter())
        gc.collect()
        if len(saved) == SAVES:
            break
        Timer(QUIET, save).start()
    return _after(saved, loaded), _after(saved, done)


def _after(saved: list[float], ends: list[float]) -> float:
    """Give the median of what passed after each save; before the first load, nothing was saved."""
    return median(at - since for at, since in zip(ends[1:], saved, strict=True))


def _cpu(do: Callable[[], object], file: Path) -> float:
    _change(file)
    gc.collect()
    began = process_time()
    do()
    return process_time() - began


def _change(file: Path) -> None:
    """Write a file with one line more."""
    file.write_bytes(file.read_bytes() + b"# \n")
