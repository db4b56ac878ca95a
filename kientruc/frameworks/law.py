"""The law around an edition: documents with the days on which they hold, found again by their number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kientruc.model.legal import LegalDocument

LONGEST = 100  # documents looked through for what stands in the stead of one
_YEAR = re.compile(r"[0-9]{1,5}/((?:19|20)[0-9]{2})/")


@dataclass(frozen=True)
class LawRegister:
    """The documents of the common `law.yaml`, and of an edition's own, by id."""

    documents: Mapping[str, LegalDocument]

    def by_number(self, number: str) -> LegalDocument | None:
        """Find a document however its number is spelt: with or without "Quyết định", any case, any spacing."""
        return self._numbers.get(canonical(number))

    def names(self) -> Mapping[str, str]:
        """Give each document's number by its id."""
        return {id: document.number for id, document in self.documents.items()}

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
        """Give the last day a document holds: its own, else the day before that which replaces it first holds."""
        return self._succession.last_day(canonical(self.documents[id].number))

    def successor(self, id: str, on: date) -> LegalDocument | None:
        """Give the document that stands on a day in the place of one that holds no longer; None where there is none."""
        if self.in_force(id, on) is not False:
            return None
        number = self._succession.in_stead(canonical(self.documents[id].number), on)
        return self.by_number(number) if number else None

    def amended_by(self, id: str, on: date) -> tuple[str, ...]:
        """Name the amendments of a document that hold on a day, in id order."""
        found = (other for other, document in self.documents.items() if id in document.amends)
        return tuple(other for other in sorted(found) if self.in_force(other, on))

    @cached_property
    def _numbers(self) -> Mapping[str, LegalDocument]:
        """The documents by canonical number; where several bear one, the first has it."""
        return {canonical(found.number): found for found in reversed(tuple(self.documents.values()))}

    @cached_property
    def _succession(self) -> Succession:
        return Succession(self.documents)


class Succession:
    """What replaces and amends what, over several registers of documents; the first that says something has the word.

    Documents are known by their canonical numbers, for every register has ids of its own.
    """

    def __init__(self, *registers: Mapping[str, LegalDocument]) -> None:
        self._told: dict[str, list[LegalDocument]] = {}
        self._after: dict[str, list[str]] = {}
        self._amends: dict[str, list[str]] = {}
        self._ends: dict[str, date] = {}
        for register in registers:
            numbers = {id: canonical(document.number) for id, document in register.items()}
            for id, document in register.items():
                own = numbers[id]
                self._told.setdefault(own, []).append(document)
                self._after.setdefault(own, []).extend(numbers[one] for one in document.replaced_by if one in numbers)
                self._amends.setdefault(own, []).extend(numbers[one] for one in document.amends if one in numbers)
                for old in document.replaces:
                    if old in numbers:
                        self._after.setdefault(numbers[old], []).append(own)

    def first_day(self, number: str) -> date | None:
        """Give the first day of a document as far as it is known."""
        return next((day for one in self._told.get(number, ()) if (day := first_day(one))), None)

    def last_day(self, number: str) -> date | None:
        """Give a document's last day: its own, else the one before it is replaced, and at most that of what it amends.

        Amendments are followed down to the text that is amended; one that comes back to itself ends nothing.
        """
        stack, entered = [number], {number}
        while stack:
            own = stack[-1]
            waiting = (one for one in self._amends.get(own, ()) if one not in entered and one not in self._ends)
            below = next(waiting, None)
            if below is not None:
                entered.add(below)
                stack.append(below)
                continue
            stack.pop()
            amended = [self._ends.get(one, date.max) for one in self._amends.get(own, ())]
            self._ends[own] = min(self._own_end(own), max(amended, default=date.max))
        found = self._ends[number]
        return found if found < date.max else None

    def in_stead(self, number: str, on: date) -> str | None:
        """Give the number, as it is written, of the nearest document in force on a day that replaces this one."""
        wave, seen = [number], {number}
        for own in wave:
            for one in self._after.get(own, ()):
                first, last = self.first_day(one), self.last_day(one)
                if first and first <= on and (last is None or on <= last):
                    return self._told[one][0].number
            following = (*self._after.get(own, ()), *self._amends.get(own, ())) if len(wave) < LONGEST else ()
            wave.extend(one for one in dict.fromkeys(following) if one not in seen)
            seen.update(following)
        return None

    def _own_end(self, number: str) -> date:
        told = self._told.get(number, ())
        if told and told[0].until:
            return told[0].until
        starts = (day for one in self._after.get(number, ()) if one != number and (day := self.first_day(one)))
        ends = [*(one.until for one in told if one.until), *(day - timedelta(1) for day in starts)]
        return min(ends, default=date.max)


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
