"""The law around an edition: documents with the days on which they hold, found again by their number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kientruc.model.legal import LegalDocument

_YEAR = re.compile(r"[0-9]{1,5}/((?:19|20)[0-9]{2})/")


@dataclass(frozen=True)
class LawRegister:
    """The documents of `law.yaml` by id."""

    documents: Mapping[str, LegalDocument]

    def by_number(self, number: str) -> LegalDocument | None:
        """Find a document however its number is spelt: with or without "Quyết định", any case, any spacing."""
        wanted = canonical(number)
        return next((found for found in self.documents.values() if canonical(found.number) == wanted), None)

    def in_force(self, id: str, on: date) -> bool | None:
        """Tell whether a document holds on a day, by its own days and by what replaced it; None where no day is known.

        Raises:
            KeyError: no document has that id.
        """
        last = self.last_day(id)
        if last is not None and on > last:
            return False
        return self.documents[id].in_force(on)

    def last_day(self, id: str) -> date | None:
        """Give the last day a document holds: its own, else the day before that which replaces it first holds.

        What only amends ends with the last of what it amends. None while no end is known.
        """
        return self._last_day(id, frozenset())

    def successor(self, id: str, on: date) -> LegalDocument | None:
        """Give the document that stands on a day in the place of one that holds no longer; None where there is none.

        It is the nearest along the chain of replacements that holds on that day, however many there are between.
        """
        if self.in_force(id, on) is not False:
            return None
        seen, wave = {id}, [id]
        while wave:
            following = sorted({other for one in wave for other in self._after(one)} - seen)
            holding = [other for other in following if self.in_force(other, on)]
            if holding:
                return self.documents[holding[0]]
            seen.update(following)
            wave = following
        return None

    def replaced_by(self, id: str) -> tuple[str, ...]:
        """Name what replaces a document, on whichever of the two it is written, in id order."""
        own = self.documents[id].replaced_by
        return tuple(sorted({*own, *self._replacing.get(id, ())} & self.documents.keys()))

    def amended_by(self, id: str, on: date) -> tuple[str, ...]:
        """Name the amendments of a document that hold on a day, in id order."""
        found = (other for other, document in self.documents.items() if id in document.amends)
        return tuple(other for other in sorted(found) if self.in_force(other, on))

    @cached_property
    def _replacing(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for id, document in self.documents.items():
            for old in document.replaces:
                found[old] = (*found.get(old, ()), id)
        return found

    def _after(self, id: str) -> Iterable[str]:
        """Name what may stand in a document's place: what replaces it, or what replaces that which it amends."""
        yield from self.replaced_by(id)
        for amended in self.documents[id].amends:
            if amended in self.documents:
                yield from self.replaced_by(amended)

    def _last_day(self, id: str, seen: frozenset[str]) -> date | None:
        document = self.documents[id]
        if document.until is not None or id in seen:
            return document.until
        firsts = [first for other in self.replaced_by(id) if (first := first_day(self.documents[other]))]
        if firsts:
            return min(firsts) - timedelta(days=1)
        ends = [self._last_day(other, seen | {id}) for other in document.amends if other in self.documents]
        known = [end for end in ends if end is not None]
        return max(known) if ends and len(known) == len(ends) else None

    def names(self) -> Mapping[str, str]:
        """Give each document's number by its id."""
        return {id: document.number for id, document in self.documents.items()}


def canonical(number: str) -> str:
    """Reduce a document's number to what identifies it: from its first digit on, no spaces, one case.

    The issuer's letters stay: 1425/QĐ-TTg and 1425/QĐ-UBND are two documents.
    """
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFC", number)).casefold()
    first = re.search(r"[0-9]", bare)
    return bare[first.start() :] if first else bare


def first_day(document: LegalDocument) -> date | None:
    """Give the first day a document holds as far as it is known: its `from`, else the day it was issued."""
    return document.from_ or document.date


def number_year(number: str) -> int | None:
    """Read the year out of a number such as 85/2016/NĐ-CP; official letters and decisions have none."""
    match = _YEAR.match(canonical(number))
    return int(match.group(1)) if match else None
