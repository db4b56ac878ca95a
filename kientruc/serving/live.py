"""What is shown live: the newest page, the one to open with, a sentence about them, and everybody who waits."""

from __future__ import annotations

import html
import re
from threading import Condition
from typing import NamedTuple

NOTHING = "default-src 'none'"
_POLICY = re.compile(r'http-equiv="Content-Security-Policy"\s+content="([^"]*)"')


class Page(NamedTuple):
    """A page as it goes out; pages are numbered, from 0 for none yet."""

    number: int = 0
    body: bytes = b""
    policy: str = NOTHING  # what the page lets itself do; the answer's head says the same


class Told(NamedTuple):
    """What those who wait are told at each turn: the number of the newest page, and a sentence or ""."""

    turn: int = 0
    number: int = 0
    notice: str = ""


class Live:
    """One writes, many read and wait.

    A browser opens with `first`, which shows an architecture as soon as there was one, and then takes over `newest`.
    """

    def __init__(self) -> None:
        self.first = self.newest = Page()
        self.told = Told()
        self.closed = False
        self._whole = False  # whether `first` shows an architecture
        self._changed = Condition()

    def show(self, page: str, whole: bool, notice: str = "") -> None:
        """Show a page.

        Args:
            whole: whether it shows an architecture, and can be opened with.
        """
        number = self.newest.number + 1
        policy = _POLICY.search(page)
        marked = page.replace("</head>", f'<meta name="kientruc-page" content="{number}"></head>', 1)
        self.newest = Page(number, marked.encode(), html.unescape(policy[1]) if policy else NOTHING)
        if whole or not self._whole:
            self.first, self._whole = self.newest, whole
        self.tell(notice)

    def tell(self, notice: str) -> None:
        """Say something about what is shown."""
        with self._changed:
            self.told = Told(self.told.turn + 1, self.newest.number, notice)
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def after(self, turn: int, seconds: float) -> Told:
        """Wait for a later turn than this one, so long at most; give what is told then."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.told.turn > turn, seconds)
            return self.told

    def opened(self, seconds: float) -> Page:
        """Wait for a page to open with, so long at most."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.first.number > 0, seconds)
            return self.first
