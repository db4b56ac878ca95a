"""An edited workbook against the architecture it was made from: what differs becomes a patch, all else stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Patch
from kientruc.finding import Finding, Severity
from kientruc.frameworks.edition import Edition
from kientruc.frameworks.forms import CODE, FormField
from kientruc.intake.form_book import FormBook, day, is_nothing, spelt, unknown
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation
from kientruc.model.record import Record
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.workbook import Row, fold
from kientruc.source import CellSpan
from kientruc.views.form_sheets import Sheet
from kientruc.views.words import name

BODIES = frozenset(("owner", "operator", "technical_contact", "data_owner", "confirmed_by", "contact", "lead"))
PLAIN = frozenset(("name", "note", "now", "required", "scope", "result", "criteria", "programme", "stage"))
PLAIN |= {"reference.code", "reference.document", "reference.version", "reference.issuer"}


@dataclass(frozen=True, slots=True)
class Changes:
    """The patch, how many cells changed, and what could not be taken over; with a blocker the patch is empty."""

    patch: Patch
    cells: int
    findings: tuple[Finding, ...]


def changes(
    book: FormBook, current: tuple[Sheet, ...], loaded: Loaded, edition: Edition, limits: Limits = DEFAULT
) -> Changes:
    """Compare each cell with what would be written there today, and edit what differs; nothing is written yet.

    Args:
        current: the tables as the architecture fills them now.
    Raises:
        EditRefused: a file cannot be edited.
    """
    if loaded.architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    editor = _Editor(loaded, loaded.architecture, edition, limits)
    for sheet in current:
        editor.table(sheet, book.rows.get(sheet.form))
    told = (one for one in book.findings if one.code != "F-VALUE" or str(one.span) not in editor.kept)
    findings = (*told, *editor.findings)
    if any(one.severity is Severity.BLOCKER for one in findings):
        return Changes(Patch(()), 0, findings)
    return Changes(editor.edits.patch(), len(editor.done), findings)


class _Editor:
    def __init__(self, loaded: Loaded, architecture: Architecture, edition: Edition, limits: Limits) -> None:
        self.architecture, self.edition = architecture, edition
        self.edits = Edits(loaded.files, limits)
        self.findings: list[Finding] = []
        self.kept: set[str] = set()  # cells that say what the architecture says, be it on no list
        self.done: dict[tuple[str, tuple[str | int, ...]], tuple[Any, CellSpan]] = {}
        self.bodies = {
            fold(name(one, lang)): id for id, one in architecture.organisations.items() for lang in ("en", "vi")
        }

    def table(self, sheet: Sheet, rows: tuple[Row, ...] | None) -> None:
        if rows is None:
            return
        key = _key(sheet)
        known = {key(line.words): line for line in sheet.lines}
        seen: dict[tuple[str, ...], Row] = {}
        for row in rows:
            words = tuple(row.said(field.id) for field in sheet.columns)
            mark = key(words)
            if mark in seen:
                self.tell("F-TWICE", row.at, found=" / ".join(filter(None, mark)), first=str(seen[mark].at))
            elif mark not in known:
                self.tell("F-NEW", row.at, found=" / ".join(filter(None, mark)) or "–")
            else:
                line = known[mark]
                for field, before, after in zip(sheet.columns, line.words, words, strict=True):
                    if " ".join(before.split()) == " ".join(after.split()):
                        self.kept.add(str(row.place(field.id)))
                    else:
                        self.cell(field, line.records.get(field.section or _first(sheet)), after, row.place(field.id))
            seen.setdefault(mark, row)
        for mark in known.keys() - seen.keys():
            self.tell("F-GONE", CellSpan(rows[0].at.file, 0, 0) if rows else None, found=" / ".join(filter(None, mark)))

    def cell(self, field: FormField, record: Record | None, words: str, at: CellSpan) -> None:
        """Edit one value, if one value is what the cell tells."""
        where = self.keys(field, record) if record is not None else None
        told = self.value(field, words, at)
        if where is None or told is None:
            if where is None:
                span = record.span() if record else None
                self.tell("F-EDIT", at, Severity.MAJOR, field=field.name.vi, found=words[:60], where=str(span or "–"))
            return
        path, keys = where
        value = told[0]
        if (path, keys) in self.done:
            if self.done[path, keys][0] != value:
                self.tell("F-DIFFERS", at, found=words[:60], first=str(self.done[path, keys][1]))
            return
        self.done[path, keys] = (value, at)
        there = record is not None and record.origin.has(*str(field.field).split("."))
        if value is None:
            if there:
                self.edits.delete(path, keys)
        elif there:
            self.edits.replace(path, keys, value)
        else:
            self.edits.insert(path, keys, value)

    def keys(self, field: FormField, record: Record | None) -> tuple[str, tuple[str | int, ...]] | None:
        """Give the file and the path of keys of what a cell tells; None where that is not one value of its own."""
        path, span = str(field.field or ""), record.span() if record is not None else None
        simple = path in PLAIN or path in BODIES or path == "due" or (field.list is not None and "places" not in path)
        derived = field.crosswalk or path in ("states", "reference") or field.also
        if record is None or span is None or not simple or derived or isinstance(record, Relation):
            return None
        parts = tuple(path.split("."))
        if len(parts) > 1 and not record.origin.has(parts[0]):
            return None
        return span.path, (type(record).section, record.id, *parts)

    def value(self, field: FormField, words: str, at: CellSpan) -> tuple[Any] | None:
        """Read a cell; None where it says nothing that could stand there, which is told."""
        path = str(field.field)
        if not words or (is_nothing(words) and not field.list):
            return (None,)
        if asked := unknown(words):
            ask = self.bodies.get(fold(asked.who))
            if asked.who and ask is None:
                return self.wrong("F-BODY", at, asked.who)
            parts = {"unknown": text("form.unknown", "vi"), "ask": ask, "by": asked.by}
            return ({key: value for key, value in parts.items() if value},)
        if field.list:
            value = spelt(self.edition, field.list).get(fold(words))
            return None if value is None else (value,)  # told when the book was read
        if path in BODIES:
            body = self.bodies.get(fold(words))
            return (body,) if body is not None else self.wrong("F-BODY", at, words)
        if path == "due":
            found = day(words)
            return (found,) if found is not None else self.wrong("F-DAY", at, words)
        return (words,)

    def wrong(self, code: str, at: CellSpan, words: str) -> tuple[Any] | None:
        """Tell what cannot stand there; gives None, for there is no value."""
        values = {"found": words[:60]}
        if code == "F-BODY":
            values["near"] = nearest(words, [one.name for one in self.architecture.organisations.values()])
        self.tell(code, at, Severity.MAJOR, **values)
        return None

    def tell(self, code: str, at: CellSpan | None, severity: Severity = Severity.MAJOR, **values: str) -> None:
        self.findings.append(Finding(code, at, values, severity=severity))


def _first(sheet: Sheet) -> str:
    """Give the section of the columns that do not name one."""
    records = next((line.records for line in sheet.lines), {})
    return next(iter(records), "")


def _key(sheet: Sheet) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Make what tells the rows of a table apart: their codes, else their names; a relation by its ends and type."""
    paths = [field.field for field in sheet.columns]
    if "source_id" in paths:
        wanted = [paths.index(path) for path in (CODE, "source_id", "verb", "target", "data")]
        return lambda words: tuple(fold(words[index]) for index in wanted)
    codes = [index for index, path in enumerate(paths) if path == CODE]
    names = [index for index, path in enumerate(paths) if path == "name"]
    pairs = list(zip(codes, names or codes, strict=False))
    return lambda words: tuple(fold(words[code] or words[name]) for code, name in pairs)
