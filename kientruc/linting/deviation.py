"""Where a finished paper departs from its format, and which article says so."""

from __future__ import annotations

from dataclasses import dataclass

from kientruc.messages import text


@dataclass(frozen=True, slots=True)
class Deviation:
    """One departure: the rule that is broken, its clause, where, what was found and what is asked."""

    rule: str
    clause: str
    where: str
    found: str
    expected: str

    def words(self, lang: str) -> str:
        """Say it in a sentence."""
        return text(
            "lint.deviation",
            lang,
            what=text(f"lint.{self.rule}", lang),
            where=self.where,
            found=self.found,
            expected=self.expected,
            clause=self.clause,
        )
