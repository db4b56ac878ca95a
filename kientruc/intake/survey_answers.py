"""The questions of a survey: answers to what nobody knew when it went out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kientruc.finding import Severity
from kientruc.intake.survey_seen import VERBS, Seen
from kientruc.intake.survey_written import Change, Submission
from kientruc.model.field_types import holds
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb
from kientruc.reading.workbook import Cell, Row
from kientruc.views.survey import key_of, unknowns


@dataclass
class Answers:
    """Takes rows of answers."""

    seen: Seen

    def __post_init__(self) -> None:
        self.asked = {key_of(*one[:2]): one for one in unknowns(self.seen.architecture)}

    def question(self, row: Row, sender: Submission) -> None:
        """Take an answer to what nobody knew."""
        cell, key = row.cells.get("answer"), row.said("id")
        if cell is None or cell.is_empty:
            return
        if key not in self.asked:
            self.closed(key, cell)
            return
        record, path, unknown = self.asked[key]
        if unknown.ask != sender.body:
            self.seen.tell("F-OTHERS", cell.at, Severity.MINOR, found=key[:60], body=sender.body)
        value = self.seen.values.answer(record, path, cell)
        if value is not None:
            self.seen.wishes.setdefault(("", key), []).append(Change(record, path, value, cell.at, sender))

    def closed(self, key: str, cell: Cell) -> None:
        """Tell of an answer to what is no question any more, unless the architecture says the same."""
        section, _, rest = key.partition("/")
        id, _, place = rest.partition("/")
        record = self.seen.architecture.records.get(section, {}).get(id)
        if section == "architecture":
            record = self.seen.architecture.head
        if section == "relations":
            source, verb, target, place = (*rest.split("/", 3), "", "", "", "")[:4]
            record = next(iter(self.seen.relations.get((source, VERBS.get(verb, Verb.DEPENDS_ON), target), ())), None)
        value: Any = record
        path = tuple(int(part) if part.isdecimal() else part for part in place.split("/"))
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, tuple):
                value = value[part] if isinstance(part, int) and part < len(value) else None
            else:
                value = getattr(value, str(part)) if part in getattr(type(value), "model_fields", ()) else None
        if record is None or value is None or isinstance(value, Unknown):
            self.seen.tell("F-LOST", cell.at, Severity.MAJOR, code=key, name=cell.text[:60])
            return
        answer = self.seen.values.answer(record, path, cell)
        if answer is not None and holds(type(record), path).read(answer) != value:
            self.seen.tell("F-MOVED", cell.at, Severity.MAJOR, found=cell.text[:60], there=str(value)[:60])
