"""Words by which a text tells of a thing that is left out: its id, its names, its codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kientruc.model.element import Element
from kientruc.model.legal import LegalDocument
from kientruc.model.record import Record
from kientruc.model.values import Access

_WORD = re.compile(r"[^\W_]+")
_NAMES = ("name", "name_en", "title", "title_en")
_KNOWN_BY_NAME = frozenset(("elements", "organisations", "components", "legal"))
Term = tuple[str, ...]


def words(text: str) -> Term:
    """Take a text apart: NFC, no difference of case, and whatever is no letter and no digit only parts words."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def terms(record: Record) -> Iterator[str]:
    """Give what names a record in somebody's text.

    A step, a task or an assessment that merely does not say it is public bears a sentence for a name, which others say
    too: of these only what is restricted is known by its name.
    """
    if record.access is Access.RESTRICTED or record.section in _KNOWN_BY_NAME:
        yield from names(record)
    else:
        yield from _codes(record)


def names(record: Record) -> Iterator[str]:
    """Give everything by which the tool itself names a record."""
    yield from _codes(record)
    yield from (value for field in _NAMES if isinstance(value := getattr(record, field, None), str))


def _codes(record: Record) -> Iterator[str]:
    yield record.id
    yield from getattr(record, "codes", {}).values()
    if isinstance(record, Element) and record.reference and isinstance(record.reference.code, str):
        yield record.reference.code
    if isinstance(record, LegalDocument):
        yield record.number


class Mentions:
    """Finds whole words: one pass over a text, whatever the number of terms.

    A single letter, and a number of up to three digits, name nothing: no text could be told beside them.
    """

    def __init__(self, named: Iterable[str]) -> None:
        self._terms: dict[str, set[Term]] = {}
        for term in map(words, named):
            plain = "".join(term)
            if len(plain) > (3 if plain.isdigit() else 1):
                self._terms.setdefault(term[0], set()).add(term)

    def __call__(self, text: str) -> bool:
        """Tell whether a text names one of them."""
        if not self._terms:
            return False
        found = words(text)
        for at, word in enumerate(found):
            if any(found[at : at + len(term)] == term for term in self._terms.get(word, ())):
                return True
        return False
