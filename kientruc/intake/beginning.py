"""What a workbook brings to an architecture that is not there yet: sections as written, forms to be taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from kientruc.consultation.filled import beside
from kientruc.intake.survey_book import Filled, read_survey
from kientruc.loading.gathered import proposal
from kientruc.reading.limits import DEFAULT
from kientruc.reading.refusal import Refusal
from kientruc.reading.workbook import Cell, Row, Workbook, fold, read
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile
from kientruc.views import survey_form as form
from kientruc.views.skeleton import About, agency_id

Data = dict[str, Any]
BODIES, ENDS = ("owner", "operator"), ("source", "target")
CODED = re.compile(r"[a-z0-9][a-z0-9._-]*\s+[–—-]\s+(.*)")


def is_survey(path: Path) -> bool:
    """Tell a survey from any other workbook, by its sheets; what cannot be read is none."""
    try:
        book = read(path, DEFAULT)
    except Refusal:
        return False
    known = {fold(words) for words in form.words(form.TABLES["systems"].sheet)}
    return any(sheet.name == form.SHEET or fold(sheet.name) in known for sheet in book.sheets)


def sections(text: str) -> Data:
    """Give the sections of a root file that was made of a workbook."""
    found, _ = parse(SourceFile("", text), DEFAULT)
    assert isinstance(found, dict)
    return {key: value for key, value in found.items() if isinstance(value, dict)}


class Fresh(NamedTuple):
    """Forms made fit for an architecture that begins with them.

    `organisations` must be there before the forms are taken. `left_out` counts the connections on record that lead to
    what is in none of a form's own rows.
    """

    organisations: dict[str, Data]
    forms: list[Filled]
    left_out: int


def surveys(paths: Sequence[Path], about: About) -> Fresh:
    """Read forms that went out from an architecture which is not at hand: all they say is new, under ids of its own.

    Args:
        about: the new architecture, whose agency every form is of that does not say from whom it is.
    """
    organisations: dict[str, Data] = {about.body: {"name": about.agency}}
    forms, left_out = list[Filled](), 0
    for path in paths:
        filled = read_survey(path)
        body = filled.keys.get("body") or about.body
        if filled.keys.get("body"):
            organisations.setdefault(body, {"name": _body(path) or body})
        said = {fold(one["name"]) for one in organisations.values()}
        for name in _named(filled):
            if fold(name) not in said and proposal(name):
                organisations.setdefault(agency_id(name), {"name": name})
        keys = {**filled.keys, "form": form.FORM, "architecture": about.id, "version": "", "body": body}
        systems = tuple(map(_new, filled.rows.get("systems", ())))
        links = tuple(_links(filled))
        left_out += len(filled.rows.get("links", ())) - len(links)
        rows = {**filled.rows, "systems": systems, "links": links}
        forms.append(replace(filled, keys=keys, rows=rows, before={}))
    return Fresh(organisations, forms, left_out)


def _body(path: Path) -> str:
    """Give the name of the body that a form was sent to, as its first page says it."""
    book: Workbook = read(path, DEFAULT)
    found = (beside(sheet, form.words("body")) for sheet in book.sheets if not sheet.hidden)
    return next((cell.text for cell in found if cell), "")


def _named(filled: Filled) -> Iterator[str]:
    """Give the bodies that systems are said to belong to."""
    for row in filled.rows.get("systems", ()):
        yield from (" ".join(row.said(key).split())[:1000] for key in BODIES if row.said(key))


def _links(filled: Filled) -> Iterator[Row]:
    """Give the connections as new ones between names: those on record only where both ends are in the form."""
    names = {fold(row.said("name")) for row in filled.rows.get("systems", ())}
    for row in filled.rows.get("links", ()):
        ends = {key: _named_only(row.cells[key]) for key in ENDS if key in row.cells}
        if not row.said("id") or {fold(cell.text) for cell in ends.values()} <= names:
            yield replace(_new(row), cells={**_new(row).cells, **ends})


def _named_only(cell: Cell) -> Cell:
    """Take the code off a name, as the list to choose from has it before."""
    found = CODED.fullmatch(cell.text)
    return replace(cell, value=found[1]) if found else cell


def _new(row: Row) -> Row:
    return replace(row, cells={key: cell for key, cell in row.cells.items() if key != "id"})
