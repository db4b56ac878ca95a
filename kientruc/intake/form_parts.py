"""What the rows of a form are about, part by part, a gap and a task apart; which of them are gone or renamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kientruc.frameworks.forms import CODE
from kientruc.intake.form_gone import Gone
from kientruc.model.element import Relation
from kientruc.model.record import Named
from kientruc.reading.workbook import Row, fold
from kientruc.source import CellSpan
from kientruc.views.form_sheets import Line, Sheet

Mark = tuple[str, ...]


class Parts:
    """The parts of one table's rows: those that are there, and those that are gone, by section."""

    def __init__(self, sheet: Sheet, there: Mapping[Mark, Line], gone: Mapping[Mark, Line]) -> None:
        self.columns: dict[str, dict[str, int]] = {}
        for index, field in enumerate(sheet.columns):
            section = field.section or next((name for line in sheet.lines for name in line.records), "")
            self.columns.setdefault(section, {}).setdefault(str(field.field), index)
        self.ids = [field.id for field in sheet.columns]
        self.there, self.gone = there, gone
        self.is_mapping = any(field.field == "mapping" for field in sheet.columns)
        self.kept = {(section, record.id) for line in there.values() for section, record in line.records.items()}
        self.renamed: set[tuple[str, str]] = set()  # records that are gone, and a new row bears the name of
        self.names = {
            (section, self._of(line.words, section)): record.id
            for line in gone.values()
            for section, record in line.records.items()
            if isinstance(record, Relation) or (section, record.id) not in self.kept
        }

    def _of(self, words: tuple[str, ...], section: str) -> str:
        """Give what a part is called apart from its code: its name; of a connection, its ends."""
        own = self.columns[section]
        paths = ("source_id", "target") if "source_id" in own else ("name",) if "name" in own else (CODE,)
        return " / ".join(fold(words[own[path]]) for path in paths)

    def spoken(self, rows: Mapping[Mark, Row]) -> dict[tuple[str, str], CellSpan]:
        """Give where rows say something of records: an empty cell in another row of one does not unsay it."""
        found: dict[tuple[str, str], CellSpan] = {}
        for mark, row in rows.items():
            for section, record in self.there[mark].records.items():
                for index in self.columns[section].values():
                    if row.said(self.ids[index]):
                        found[record.id, self.ids[index]] = row.place(self.ids[index])
        return found

    def is_renamed(self, row: Row) -> bool:
        """Tell whether a new row bears the name, or joins the ends, of one that is gone: no new thing, perhaps."""
        words = tuple(row.said(id) for id in self.ids)
        found = [
            (section, self.names[section, name])
            for section in self.columns
            if (name := self._of(words, section)) and (section, name) in self.names
        ]
        self.renamed.update(found)
        return bool(found)

    def known_in(self, row: Row) -> Iterator[tuple[str, Line]]:
        """Give the parts of a new row that other rows tell of already, each with one of those."""
        if len(self.columns) < 2:
            return
        for section, own in self.columns.items():
            code = fold(row.said(self.ids[own[CODE]]))
            lines = (*self.there.values(), *self.gone.values())
            known = (line for line in lines if section in line.records and fold(line.words[own[CODE]]) == code)
            line = next(known, None) if code else None
            if line is not None:
                yield section, line

    def is_kept(self, line: Line) -> bool:
        """Tell whether what is gone may not be taken out: a mapping, or what only has another code now."""
        return self.is_mapping or any((section, one.id) in self.renamed for section, one in line.records.items())

    def add_to(self, gone: Gone, line: Line) -> None:
        """Add what a missing row tells of to what is gone; a gap or a task that another row still tells of is not."""
        records = line.records
        for section, record in records.items():
            if isinstance(record, Relation):
                gone.relations.append(record)
            elif (section, record.id) not in self.kept:
                gone.records[section, record.id] = record.name if isinstance(record, Named) else record.id
        if len(records) == 2:
            gone.covers.append((records["tasks"].id, records["contents"].id))
