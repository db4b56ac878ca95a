"""A form's workbook as somebody filled it in: the rows of each table, the particulars, and what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kientruc.finding import Finding, Severity
from kientruc.frameworks.edition import Edition
from kientruc.frameworks.forms import CODE, Duty, Form, Forms
from kientruc.loading.nearest import nearest
from kientruc.messages import LANGUAGES, text
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.refusal import Refusal
from kientruc.reading.workbook import Column, Row, Workbook, find_table, fold, read
from kientruc.source import CellSpan, SourceFile, Span

NEEDED = frozenset((CODE, "name", "source_id", "target", "verb"))
PARTICULARS = ("dossier", "agency", "version", "effective", "cut-off")
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class FormBook:
    """Rows by the id of their form, particulars by key; with a blocker among the findings it may not be used."""

    source: Span
    rows: Mapping[str, tuple[Row, ...]]
    particulars: Mapping[str, str]
    findings: tuple[Finding, ...]


def read_form(path: Path, edition: Edition, forms: Forms, limits: Limits = DEFAULT) -> FormBook:
    """Read a workbook; what is wrong with it is in the findings. A table that need not be there may be left out."""
    try:
        book = read(path, limits)
    except Refusal as refusal:
        at = refusal.finding.span or CellSpan(SourceFile(path.name, ""), 0, 0)
        return FormBook(at, {}, {}, (refusal.finding,))
    rows: dict[str, tuple[Row, ...]] = {}
    findings: list[Finding] = []
    for id, form in forms.forms.items():
        if not form.sheet or not form.rows:
            continue
        if form.duty is not Duty.MANDATORY and all(fold(form.sheet) != fold(sheet.name) for sheet in book.sheets):
            continue
        try:
            table = find_table(book, tuple(_columns(form)), title=form.sheet)
        except Refusal as refusal:
            findings.append(refusal.finding)
            continue
        rows[id] = tuple(_named(form, row) for row in table.rows)
        findings += table.findings
        findings += _wrong_values(form, table.rows, edition)
    return FormBook(CellSpan(book.source, 0, 0), rows, _particulars(book), tuple(findings))


def _columns(form: Form) -> Iterator[Column]:
    """Give the columns; those without which a row says nothing must be there: its code or ends, and its name."""
    needed = NEEDED if form.duty.value == "mandatory" else {CODE}
    for field in form.fields:
        bare = field.duty.value == "mandatory" and field.when is None and field.field in needed
        yield Column(field.id, (field.name.vi, field.name.en), bare)


def _named(form: Form, row: Row) -> Row:
    """Leave out of a row the codes and names that it declares unknown: they name nothing."""
    apart = {field.id for field in form.fields if field.field in (CODE, "name") and unknown(row.said(field.id))}
    cells = {key: cell for key, cell in row.cells.items() if key not in apart}
    return replace(row, cells=cells) if apart else row


def _particulars(book: Workbook) -> dict[str, str]:
    """Give what stands beside the labels of the dossier's head: on the first sheet that has most of them."""
    labels = {fold(text(f"form-head.{key}", lang)): key for key in PARTICULARS for lang in LANGUAGES}
    best: dict[str, str] = {}
    for sheet in book.sheets:
        pairs = ((row[0].text, row[1].text) for row in sheet.rows[:20] if len(row) > 1 and row[1].text)
        found = {labels[fold(label)]: words for label, words in pairs if fold(label) in labels}
        best = found if len(found) > max(1, len(best)) else best
    return best


def _wrong_values(form: Form, rows: tuple[Row, ...], edition: Edition) -> Iterator[Finding]:
    for field in form.fields:
        if field.list is None or field.also:
            continue
        words = spelt(edition, field.list)
        for row in rows:
            said = row.said(field.id)
            if said and fold(said) not in words and unknown(said) is None and not is_nothing(said):
                known = list(edition.words.lists[field.list].words.values())
                values = {
                    "field": field.name.vi,
                    "found": said[:60],
                    "near": nearest(said, [name.vi for name in known]),
                    "allowed": "; ".join(dict.fromkeys(name.vi for name in known)),
                }
                yield Finding("F-VALUE", row.place(field.id), values, severity=Severity.MAJOR)


def spelt(edition: Edition, id: str) -> dict[str, str]:
    """Give the values of a list by the words a cell may hold: the printed ones of every language, and the value."""
    found: dict[str, str] = {}
    lists = edition.words.lists[id]
    for value in map(str, lists.values):
        names = lists.words.get(value)
        for words in (value, *((names.vi, names.en) if names else ())):
            found.setdefault(fold(words), value)
    return found


def is_nothing(said: str) -> bool:
    """Tell whether a cell says that it does not apply."""
    return fold(said) in {fold(text("form.not-applicable", lang)) for lang in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a cell says that declares something unknown; "" and None where it does not say whom, by when."""

    who: str = ""
    by: date | None = None


def unknown(said: str) -> Asked | None:
    """Read "Chưa xác định (hỏi Sở A; hạn 31/12/2026)"; None where a cell says something else."""
    head, _, rest = said.strip().partition("(")
    if fold(head) not in {fold(text("form.unknown", lang)) for lang in LANGUAGES}:
        return None
    who, by = "", None
    for part in filter(None, (one.strip() for one in rest.removesuffix(")").split(";"))):
        if found := day(part.split(" ")[-1]):
            by = found
        elif fold(part) in {fold(text("form.no-day", lang)) for lang in LANGUAGES}:
            continue
        else:
            asks = (text("form.ask", lang, who="") for lang in LANGUAGES)
            who = next((part[len(ask) :] for ask in asks if part.casefold().startswith(ask.casefold())), part).strip()
    return Asked(who, by)


def day(said: str) -> date | None:
    """Read a day as it is written here, 29/1/2027; None where it is none."""
    match = _DAY.fullmatch(said.strip())
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None
