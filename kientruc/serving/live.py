"""What is shown live: the newest page, and everybody who waits for a newer one."""

from __future__ import annotations

import html
import re
from threading import Condition
from typing import NamedTuple

_POLICY = re.compile(r'http-equiv="Content-Security-Policy"\s+content="([^"]*)"')


class Shown(NamedTuple):
    """A page as it goes out. `notice` is a sentence about it, or ""; pages are numbered, from 0 for none yet."""

    number: int = 0
    page: bytes = b""
    policy: str = "default-src 'none'"  # what the page lets itself do; the answer's head says the same
    notice: str = ""


class Live:
    """Holds the newest page. One writes, many read and wait."""

    def __init__(self) -> None:
        self.shown = Shown()
        self.closed = False
        self._changed = Condition()

    def show(self, page: str, notice: str) -> None:
        """Show a page, or say something else about the one that is shown."""
        number = self.shown.number + 1
        policy = _POLICY.search(page)
        marked = page.replace("</head>", f'<meta name="kientruc-page" content="{number}"></head>', 1)
        with self._changed:
            self.shown = Shown(number, marked.encode(), html.unescape(policy[1]) if policy else Shown().policy, notice)
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> Shown:
        """Wait for a newer page than this one, so long at most; give what is shown then."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.shown.number > number, seconds)
            return self.shown
