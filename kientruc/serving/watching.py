"""When to load again: woken by the system where watchfiles can ask it, else by looking every few moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from kientruc.errors import UsageError
from kientruc.serving.watched import Stamp, Watched

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

SETTLED = 40  # milliseconds of quiet after which a save is taken to be over …
NO_LONGER = 400  # … and how long quiet is waited for at most
LOOK = 2_000  # milliseconds after which a look is taken though nothing was told: no system tells everything
POLL = 300  # milliseconds between two looks where nobody tells


def rounds(watched: Callable[[], Watched], stop: Event, poll: bool, deaf: Callable[[], None]) -> Iterator[None]:
    """Give the word to load: at once, and again whenever something changed since the load before.

    Nothing is missed between a load and the wait for a change: what is watched is stamped before it is loaded, and
    loaded once more where it turns out that something else is to be watched.

    Args:
        watched: tells what is to be watched after the load that the word was last given for.
        stop: set by whoever has had enough.
        poll: whether to look by oneself, and ask the system nothing.
        deaf: called where the system refuses to tell; from then on it is looked.
    Raises:
        UsageError: watchfiles is not installed.
        KeyboardInterrupt: the user has had enough.
    """
    eye = _Eye(stop, poll, deaf)
    now = watched()
    while not stop.is_set():
        eye.turn_to(now)
        before = now.stamp()
        yield
        earlier, now = now, watched()
        while now == earlier and not stop.is_set() and not eye.sees(now, before):
            pass


class _Eye:
    """Sees that something changed, told by the system or by looking."""

    def __init__(self, stop: Event, poll: bool, deaf: Callable[[], None]) -> None:
        self.stop, self.poll, self.deaf = stop, poll, deaf
        self.on: tuple[tuple[Path, int, int], ...] = ()  # folders, and which they are: another may take their place
        self.told: RustNotify | None = None

    def turn_to(self, now: Watched) -> None:
        """Have the system tell of changes in the folders of what is watched."""
        folders = tuple((folder, *_identity(folder)) for folder in now.folders())
        if self.poll or folders == self.on:
            return
        try:
            from watchfiles._rust_notify import RustNotify
        except ImportError:
            raise UsageError("cli.no-watch") from None
        if self.told is not None:
            self.told.close()
        try:
            self.told = RustNotify([str(folder) for folder, _, _ in folders], False, False, POLL, False, True)
        except (OSError, RuntimeError):  # the system watches only so much, and some disks nothing
            self.told, self.poll = None, True
            self.deaf()
        self.on = folders

    def sees(self, now: Watched, before: Stamp) -> bool:
        """Wait a while; tell whether to load again."""
        if self.told is None:
            self.stop.wait(POLL / 1000)
            return now.unread or self._settled(now, before)
        told = self.told.watch(NO_LONGER, SETTLED, LOOK, self.stop)
        if told == "signal":
            raise KeyboardInterrupt
        if isinstance(told, str):  # nothing happened, as far as the system knows
            return now.unread or now.stamp() != before
        return not now.files.isdisjoint(Path(path) for _, path in told) or now.stamp() != before

    def _settled(self, now: Watched, before: Stamp) -> bool:
        """Tell whether something changed; if so, wait until nothing does."""
        last = now.stamp()
        if last == before:
            return False
        for _ in range(NO_LONGER // SETTLED):
            self.stop.wait(SETTLED / 1000)
            last, previous = now.stamp(), last
            if last == previous:
                break
        return True


def _identity(folder: Path) -> tuple[int, int]:
    try:
        found = folder.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino
