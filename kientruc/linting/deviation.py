"""Where a finished paper departs from its format, and which article says so."""

from __future__ import annotations

from dataclasses import dataclass

from kientruc.messages import text
from kientruc.renderers.escapes import log_line, one_line

SHOWN = 200  # characters of what a stranger's paper says


@dataclass(frozen=True, slots=True)
class Deviation:
    """One departure: the rule that is broken, its clause, where, what was found and what is asked."""

    rule: str
    clause: str
    where: str
    found: str
    expected: str

    def words(self, lang: str) -> str:
        """Say it in a sentence of one line; what the paper says is cleaned and cut."""
        what = text(f"lint.{self.rule}", lang)
        where, found, expected = (one_line(words)[:SHOWN] for words in (self.where, self.found, self.expected))
        told = {"what": what, "where": where, "found": found, "expected": expected, "clause": self.clause}
        return log_line(text("lint.deviation", lang, **told))
