"""What texts that stand beneath each other need: worked out once, asked for every font and every width. Unit: em."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable

from kientruc.renderers.text_metrics import MOST_LINES, Measured

NEVER = 1e9
USUAL = 3  # lines a block may take; more only for a text that is long itself
LONG = 6.5  # em; so much of a long text is worth a line
FINE = 0.0011  # em; as finely as the widths of a text are known


class Column:
    """Texts of one column: the narrowest width for each number of lines of that one which needs most.

    Widths are in em and do not depend on the font; only the room does, so one column serves every size that is tried.
    """

    __slots__ = ("_broken", "_fits", "_never", "needed", "texts", "whole")

    def __init__(self, texts: tuple[Measured, ...]) -> None:
        self.texts = texts
        self.needed = _most(text.needed for text in texts)
        self.whole = _most(text.whole for text in texts)
        limits = [(text, min(allowed(text, USUAL), len(text.needed))) for text in texts]
        self._fits = max(text.needed[lines - 1] for text, lines in limits)
        self._never = max((text.needed[lines - 1] - FINE for text, lines in limits if _is_told(text)), default=0.0)
        self._broken: dict[int, list[float]] = {}

    def lines_in(self, room: float) -> float:
        """Lines that its longest text takes, or NEVER if one takes more than it should."""
        if room < self._never:
            return NEVER
        if room < self._fits:
            return most_lines(self.texts, room, USUAL)
        return next(count for count, need in enumerate(self.needed, 1) if need <= room)

    def broken(self, lines: int, room: float) -> int:
        """Count the texts that must be cut inside a compound in this width."""
        if (sorted_ := self._broken.get(lines)) is None:
            sorted_ = sorted(text.whole[min(lines, len(text.whole)) - 1] for text in self.texts)
            self._broken[lines] = sorted_
        return len(sorted_) - bisect_right(sorted_, room)


def _most(needs: Iterable[tuple[float, ...]]) -> tuple[float, ...]:
    each = [(*need, *need[-1:] * (MOST_LINES - len(need))) for need in needs]
    return tuple(map(max, zip(*each, strict=True)))


def _is_told(text: Measured) -> bool:
    """Whether the widths of a text go as far as the lines it may take."""
    return len(text.needed) < MOST_LINES or allowed(text, USUAL) <= MOST_LINES


def most_lines(texts: Iterable[Measured], room: float, usual: int) -> float:
    """Lines the longest of these texts takes (at least one), or NEVER if one takes more than it should."""
    most = 1
    for text in texts:
        if text.needed[0] <= room:
            continue  # one line
        lines = text.lines_in(room)
        if lines > usual and lines > allowed(text, usual):
            return NEVER
        if lines > most:
            most = lines
    return most


def allowed(text: Measured, usual: int) -> int:
    """Lines a text may take: the usual number, more only for a text that is long itself."""
    return usual if text.needed[0] <= LONG * usual else math.ceil(text.needed[0] / LONG)
