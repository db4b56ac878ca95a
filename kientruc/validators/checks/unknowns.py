"""What nobody knows yet is declared with who must answer and by when."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Literal

from kientruc.messages import text
from kientruc.model.record import Unknown
from kientruc.model.unknown_values import Path, unknown_values
from kientruc.result import Status
from kientruc.validators.check import Check, several_names
from kientruc.validators.matter import Found, Matter

SHOWN = 20  # places told with one section


class Unknowns(Check):
    """One outcome for each section that holds unknown values; the reason is mandatory in the format itself."""

    PLACEHOLDERS: ClassVar[frozenset[str]] = frozenset(("name", "found", "allowed", "missing", "others"))

    kind: Literal["unknowns"]
    needs: tuple[Literal["ask", "by"], ...] = ("ask", "by")

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give the head first, then the sections in the register's order, then the relations."""
        architecture = matter.architecture
        sections: list[tuple[str, Iterable[Any]]] = [("architecture", (architecture.head,))]
        sections += [(section, records.values()) for section, records in architecture.records.items()]
        for section, records in (*sections, ("relations", architecture.relations)):
            found = [(record, path, value) for record in records for path, value in unknown_values(record)]
            if found:
                yield self._judge(section, found, matter)

    def _judge(self, section: str, found: list[tuple[Any, Path, Unknown]], matter: Matter) -> Found:
        lacking = [one for one in found if self._lacks(one[2])]
        subjects = (section,)
        if not lacking:
            witness = tuple(dict.fromkeys(record.id or record.source_id for record, _, _ in found[:SHOWN]))
            return Found(Status.PASS, "said", subjects, {}, witness, found[0][0].span(*found[0][1]))
        records = list({id(record): record for record, _, _ in lacking}.values())
        keys = [key for key in self.needs if any(getattr(value, key) is None for _, _, value in lacking)]
        values = {"found": str(len(lacking)), "allowed": str(len(found)), **several_names(records, matter)}
        for lang, suffix in (("vi", ""), ("en", "_en")):
            values[f"name{suffix}"] = text(f"section.{section}", lang)
            values[f"missing{suffix}"] = ", ".join(text(f"unknown.{key}", lang) for key in keys)
        spans = [span for record, path, _ in lacking[:SHOWN] if (span := record.span(*path))]
        return Found(Status.FAIL, "missing", subjects, values, (), spans[0] if spans else None, tuple(spans[1:]))

    def _lacks(self, value: Unknown) -> bool:
        return any(getattr(value, key) is None for key in self.needs)
