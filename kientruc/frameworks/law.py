"""The law around an edition: documents with the days on which they hold, found again by their number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kientruc.model.legal import LegalDocument

_YEAR = re.compile(r"[0-9]{1,5}/((?:19|20)[0-9]{2})/")


@dataclass(frozen=True, slots=True)
class LawRegister:
    """The documents of `law.yaml` by id."""

    documents: Mapping[str, LegalDocument]

    def by_number(self, number: str) -> LegalDocument | None:
        """Find a document however its number is spelt: with or without "Quyết định", any case, any spacing."""
        wanted = canonical(number)
        return next((found for found in self.documents.values() if canonical(found.number) == wanted), None)

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
