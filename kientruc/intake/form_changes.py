"""An edited workbook against the architecture it was made from: what differs becomes a patch, all else stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Edited, Patch
from kientruc.editing.refused import EditRefused
from kientruc.finding import Finding, Severity
from kientruc.frameworks.edition import Edition
from kientruc.frameworks.forms import CODE, FormField
from kientruc.intake.added import Added, loads
from kientruc.intake.form_book import FormBook, day, is_nothing, spelt, unknown
from kientruc.intake.form_gone import Gone, retire
from kientruc.intake.form_new import NewRows, cited, submission_title
from kientruc.intake.form_parts import Parts
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation
from kientruc.model.record import Record
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.workbook import Row, fold
from kientruc.source import CellSpan, SourceFile
from kientruc.views.form_sheets import Line, Sheet
from kientruc.views.words import name

BODIES = frozenset(("owner", "operator", "technical_contact", "data_owner", "confirmed_by", "contact", "lead"))
ENDS = ("source_id", "verb", "target", "data")
Mark = tuple[str, ...]  # what a row is known by
PLAIN = frozenset(("name", "note", "now", "required", "scope", "result", "criteria", "programme", "stage"))
PLAIN |= {"reference.code", "reference.document", "reference.version", "reference.issuer"}


@dataclass(frozen=True, slots=True)
class Changes:
    """The patch, and what could not be taken over; with a blocker the patch is empty.

    `cells` counts the values that change, `new` names the records that rows became, with connections by their ends,
    and `gone` those of which the rows are gone, where they were to be removed.
    """

    patch: Patch
    cells: int
    findings: tuple[Finding, ...]
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def changes(
    book: FormBook,
    current: tuple[Sheet, ...],
    loaded: Loaded,
    edition: Edition,
    limits: Limits = DEFAULT,
    remove_missing: bool = False,
) -> Changes:
    """Compare each cell with what would be written there today, and edit what differs; nothing is written yet.

    A new row becomes a record, or a connection.

    Args:
        current: the tables as the architecture fills them now.
        remove_missing: whether that of which the row is gone is taken out, and its id retired, where nothing uses it.
    Raises:
        EditRefused: a file cannot be edited, or what is new would not load.
    """
    if loaded.architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    editor = _Editor(book.source.file, loaded, loaded.architecture, edition, limits)
    for sheet in current:
        editor.table(sheet, book.rows.get(sheet.form))
    new = NewRows(book, edition, loaded.architecture)
    for form, row in editor.rows:
        new.take(row, form)
    told = (one for one in (*book.findings, *new.findings) if one.code != "F-VALUE" or str(one.span) not in editor.kept)
    findings = [*told, *editor.findings]
    if any(one.severity is Severity.BLOCKER for one in findings):
        return Changes(Patch(()), 0, tuple(findings))
    names = new.write(Added(loaded, loaded.architecture, editor.edits))
    patch = editor.edits.patch()
    after = loads(loaded, patch) if names or (remove_missing and patch.files) else loaded
    if after.architecture is None:
        code = after.findings[0].code if after.findings else "–"
        raise EditRefused("survey.breaks", code=code, where=str(after.findings[0].span) if after.findings else "–")
    if not remove_missing:
        findings += (
            Finding("F-GONE", book.source, {"found": words}, severity=Severity.MAJOR) for words in editor.gone_names
        )
        return Changes(patch, len(editor.done), tuple(findings), names)
    reason = text("form.row-gone", "vi", file=book.source.path)
    retired = retire(after, editor.gone, reason, book.source, limits)
    findings += retired.findings
    return Changes(_joined(patch, retired.patch), len(editor.done), tuple(findings), names, retired.gone)


def _joined(first: Patch, then: Patch) -> Patch:
    """Give two patches, the second made of what the first leaves, as one."""
    old = {edited.file.path: edited.file for edited in first.files}
    found = {edited.file.path: edited for edited in first.files}
    for edited in then.files:
        file = old.get(edited.file.path, edited.file)
        found[edited.file.path] = Edited(file, edited.text, edited.bom)
    return Patch(tuple(found[path] for path in sorted(found)))


class _Editor:
    def __init__(
        self, source: SourceFile, loaded: Loaded, architecture: Architecture, edition: Edition, limits: Limits
    ) -> None:
        self.source, self.architecture, self.edition = source, architecture, edition
        self.itself = submission_title(source.path)  # what became of a row is told to be from here
        self.edits = Edits(loaded.files, limits)
        self.findings: list[Finding] = []
        self.kept: set[str] = set()  # cells that say what the architecture says, be it on no list
        self.done: dict[tuple[str, tuple[str | int, ...]], tuple[Any, CellSpan]] = {}
        self.bodies = {
            fold(name(one, lang)): id for id, one in architecture.organisations.items() for lang in ("en", "vi")
        }
        self.ids = cited(architecture)
        self.rows: list[tuple[str, Row]] = []  # that are new, with their form
        self.spoken: Mapping[tuple[str, str], CellSpan] = {}  # where rows say something, by record and column
        self.gone, self.gone_names = Gone(), list[str]()

    def table(self, sheet: Sheet, rows: tuple[Row, ...] | None) -> None:
        if rows is None:
            return
        key = _key(sheet, self.ids)
        known = {key(line.words): line for line in sheet.lines}
        seen: dict[Mark, Row] = {}
        new: dict[Mark, Row] = {}
        found: dict[Mark, Row] = {}
        for row in rows:
            words = tuple(row.said(field.id) for field in sheet.columns)
            mark = key(words)
            if mark in seen:
                self.tell("F-TWICE", row.at, found=_named(mark), first=str(seen[mark].at))
            elif mark not in known:
                new[mark] = row
            else:
                found[mark] = row
            seen.setdefault(mark, row)
        there = {mark: known[mark] for mark in known if mark in seen}
        gone = {mark: known[mark] for mark in known if mark not in seen}
        parts = Parts(sheet, there, gone)
        self.spoken = parts.spoken(found) if len(parts.columns) > 1 else {}
        for mark, row in found.items():
            self.cells(sheet, known[mark], row)
        for mark, row in new.items():
            if parts.is_renamed(row) or (
                parts.is_mapping and row.said(sheet.columns[0].id) and self.is_there(sheet, row)
            ):
                self.tell("F-NEW", row.at, found=_named(mark) or "–")
            else:
                self.rows.append((sheet.form, row))
                for section, line in parts.known_in(row):
                    self.cells(sheet, line, row, section)
        for mark, line in gone.items():
            if parts.is_kept(line):
                self.tell("F-GONE", CellSpan(self.source, 0, 0), found=_named(mark))
            else:
                self.gone_names.append(_named(mark))
                parts.add_to(self.gone, line)

    def is_there(self, sheet: Sheet, row: Row) -> bool:
        return self.ids.get(fold(row.said(sheet.columns[0].id)), "") in self.architecture.elements

    def cells(self, sheet: Sheet, line: Line, row: Row, only: str = "") -> None:
        """Compare cells with what would be written there, all or those of one section."""
        for field, before, silent in zip(sheet.columns, line.words, line.silent, strict=True):
            after, section = row.said(field.id), field.section or _first(sheet)
            if only and section != only:
                continue
            record = line.records.get(section)
            other = self.spoken.get((record.id if record else "", field.id))
            same = " ".join(before.split()) == " ".join(after.split())
            if same or (not before and after == silent) or (not after and before == self.itself):
                self.kept.add(str(row.place(field.id)))
            elif not after and other:
                self.tell("F-DIFFERS", row.place(field.id), found="–", first=str(other))
            else:
                self.cell(field, record, after, row.place(field.id))

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


def _key(sheet: Sheet, ids: Mapping[str, str]) -> Callable[[tuple[str, ...]], Mark]:
    """Make what tells the rows of a table apart: their codes, else their names; a relation by its ends and type."""
    paths = [field.field for field in sheet.columns]
    if "source_id" in paths:
        code, source, verb, target, data = (paths.index(path) for path in (CODE, *ENDS))
        return lambda words: (
            *(fold(words[code]), ids.get(fold(words[source]), fold(words[source])), fold(words[verb])),
            *(ids.get(fold(words[target]), fold(words[target])), _content(words[data])),
        )
    codes = [index for index, path in enumerate(paths) if path == CODE]
    names = [index for index, path in enumerate(paths) if path == "name"]
    pairs = list(zip(codes, names or codes, strict=False))
    return lambda words: tuple(fold(words[code] or words[name]) for code, name in pairs)


def _content(words: str) -> str:
    """Give what tells a connection from another of the same ends; what is not known or does not apply is nothing."""
    return "" if is_nothing(words) or unknown(words) else fold(words)


def _named(mark: Mark) -> str:
    return " / ".join(filter(None, mark))
