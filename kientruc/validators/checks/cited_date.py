"""A document is cited with a day under which official texts know it."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from kientruc.frameworks.law import canonical
from kientruc.model.legal import LegalDocument
from kientruc.result import Status
from kientruc.validators.check import Check
from kientruc.validators.matter import Found, Matter, days


class CitedDate(Check):
    """Concerns the documents of the architecture with one of these numbers; the register's days are all accepted."""

    PLACEHOLDERS: ClassVar[frozenset[str]] = frozenset(("id", "name", "number", "found", "allowed"))

    kind: Literal["cited_date"]
    numbers: tuple[str, ...]

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each such document."""
        wanted = {canonical(number) for number in self.numbers}
        for document in matter.architecture.legal.values():
            known = matter.edition.law.by_number(document.number)
            if known is not None and canonical(document.number) in wanted:
                yield _judge(document, known, matter)


def _judge(document: LegalDocument, known: LegalDocument, matter: Matter) -> Found:
    accepted = [*((known.date,) if known.date else ()), *known.accepted_dates]
    subjects = (document.id,)
    if document.date in accepted:
        return Found(Status.PASS, "accepted", subjects, {}, subjects, document.span("date"))
    values = {
        "id": document.id,
        "number": document.number,
        "name": document.title,
        "name_en": document.title_en or document.title,
        **(days((document.date,), "found") if document.date else matter.nothing("found")),
        **days(accepted, "allowed"),
    }
    return Found(Status.FAIL, "differs" if document.date else "missing", subjects, values, (), document.span("date"))
