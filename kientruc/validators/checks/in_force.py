"""What the architecture rests on held on the day of its data."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Literal

from kientruc.frameworks.law import Succession, canonical, number_year
from kientruc.model.legal import LegalDocument
from kientruc.model.values import Certainty
from kientruc.progress.cited import cited
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.check import Check
from kientruc.validators.matter import Found, Matter, days


class InForce(Check):
    """Documents cited as `basis` by the architecture itself and by what belongs to it on its day.

    The days are those of the edition's register; the architecture's own count where the register is silent. A
    document without a known day is told by the year in its number, if that year has passed or is still to come.
    Judged on the architecture's cut-off, not on the day of the check: a basis does not become wrong afterwards.

    A document without a last day ends the day before the first one that replaces it, and one that amends others ends
    with the last of them. Passes: the witness is the document. Fails: not yet or no longer in force; the places are
    where it is cited, `{successor}` is the number of what stands in its stead on that day. Open: its day is not known.
    `numbers` asks it of these documents alone, `without` of all but these. Cost: one look at each document and each
    record that cites.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = frozenset(("id", "name", "number", "found", "on", "successor"))

    kind: Literal["in_force"]
    numbers: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each document that is cited; the places where it is cited belong to it."""
        succession = Succession(matter.edition.law.documents, matter.architecture.legal)
        for id, places in sorted(cited(matter.architecture, lambda record: _belongs(record, matter)).items()):
            document = matter.architecture.legal.get(id)
            if document is not None and self._asks_of(canonical(document.number)):
                yield _judge(document, tuple(places), succession, matter)

    def _asks_of(self, number: str) -> bool:
        asked = {canonical(one) for one in self.numbers}
        return (not asked or number in asked) and number not in {canonical(one) for one in self.without}


def _judge(document: LegalDocument, places: tuple[Span, ...], succession: Succession, matter: Matter) -> Found:
    on, number = matter.architecture.cut_off, canonical(document.number)
    year = number_year(document.number)
    status, reason, found = _answer(on, succession.first_day(number), succession.last_day(number), year)
    if status is Status.PASS and _is_assumed(document.id, len(places), matter):
        status, reason = Status.MANUAL, "basis-assumed"
    successor = succession.in_stead(number, on) if reason == "no-longer" else None
    own = document.span()
    also = (*places[1:], *((own,) if own else ()))
    span = places[0] if places else own
    values = {
        "id": document.id,
        "number": document.number,
        "name": document.title,
        "name_en": document.title_en or document.title,
        "successor": successor or "—",
        **_shown(found, matter),
        **days((on,), "on"),
    }
    told = values if status is not Status.PASS or reason == "by-year" else {}
    return Found(status, reason, (document.id,), told, (document.id,), span, also)


def _is_assumed(id: str, places: int, matter: Matter) -> bool:
    """Tell whether nothing but the list of bases cites it, and nobody has confirmed that list."""
    head = matter.architecture.head
    return places == 1 and id in head.basis and head.certainty_of("basis") is Certainty.ASSUMED


def _answer(on: date, first: date | None, last: date | None, year: int | None) -> tuple[Status, str, date | str | None]:
    if first and on < first:
        return Status.FAIL, "not-yet", first
    if last and on > last:
        return Status.FAIL, "no-longer", last
    if first:
        return Status.PASS, "in-force", first
    if year is None or year == on.year:
        return Status.MANUAL, "day-unknown", None
    return (Status.FAIL, "not-yet", str(year)) if year > on.year else (Status.PASS, "by-year", str(year))


def _shown(found: date | str | None, matter: Matter) -> dict[str, str]:
    if found is None:
        return matter.nothing("found")
    return {"found": found} if isinstance(found, str) else days((found,), "found")


def _belongs(record: Any, matter: Matter) -> bool:
    """Tell whether a record cites on the cut-off; what was only observed afterwards cites for itself."""
    if record.as_of is not None and record.as_of > matter.architecture.cut_off:
        return False
    return record.section not in ("elements", "relations") or matter.graph.is_checked(record)
