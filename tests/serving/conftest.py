"""A small architecture of four files in a folder, and somebody who watches it in a thread."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from kientruc.reading.limits import DEFAULT, Limits
from kientruc.serving import watching
from kientruc.serving.session import Asked, Load, Session
from kientruc.serving.watching import rounds
from tests.properties.test_kept import FILES

LONG = 15.0  # seconds to wait for what comes within one, on a machine that does much else


def codes(load: Load) -> list[str]:
    return [one.code for one in load.loaded.findings]


class Watching:
    """Watches in a thread, as the commands do in theirs."""

    def __init__(self, root: Path, poll: bool, limits: Limits = DEFAULT) -> None:
        self.session = Session(Asked(root, limits))
        self.stop, self.loads = Event(), queue.SimpleQueue[Load | None]()
        self.deaf = 0
        self.thread = Thread(target=self._watch, args=(poll,), daemon=True)
        self.thread.start()

    def _watch(self, poll: bool) -> None:
        for _ in rounds(self.session.watched, self.stop, poll, self._deaf):
            self.loads.put(self.session.load())

    def _deaf(self) -> None:
        self.deaf += 1

    def until(self, true: Callable[[Load], bool]) -> Load:
        """Wait for a load of which something is true; what comes before it may be half of a change."""
        while True:
            load = self.loads.get(timeout=LONG)
            if load is not None and true(load):
                return load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "hồ sơ"
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


Watch = Callable[..., Watching]


@pytest.fixture
def watch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Begin to watch, and give who watches once the first load has come and all of it is watched."""
    monkeypatch.setattr(watching, "POLL", 40)
    begun: list[Watching] = []

    def begin(root: Path | None = None, poll: bool = False, limits: Limits = DEFAULT) -> Watching:
        one = Watching(root or folder / "architecture.yaml", poll, limits)
        begun.append(one)
        one.until(lambda load: True)
        one.loads.get(timeout=LONG)  # what the first load turned out to include is watched, and was loaded once more
        return one

    yield begin
    for one in begun:
        one.stop.set()
    for one in begun:
        one.thread.join(LONG)
        assert not one.thread.is_alive()
