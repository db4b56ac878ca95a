"""What a workbook brings to an architecture that does not exist yet: sections as they are written, forms to be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kientruc.consultation.filled import beside
from kientruc.intake.survey_book import Filled, read_survey
from kientruc.loading.gathered import proposal
from kientruc.model.kinds import Kind
from kientruc.reading.limits import DEFAULT
from kientruc.reading.refusal import Refusal
from kientruc.reading.workbook import Row, Workbook, fold, read
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile
from kientruc.views import survey_form as form
from kientruc.views.skeleton import agency_id

Data = dict[str, Any]
BODIES = ("owner", "operator")


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


def surveys(paths: Sequence[Path], id: str, agency: str) -> tuple[Data, list[Filled]]:
    """Make forms fit for an architecture that begins with them.

    Args:
        id: of the architecture.
        agency: the name of its agency, whose every form is that does not say from whom it is.
    Returns:
        The bodies and systems that the forms know by an id, to be there before they are taken, and the forms: of this
        architecture, and with all they say counted as new.
    """
    organisations, elements = {agency_id(agency): {"name": agency}}, dict[str, Data]()
    forms: list[Filled] = []
    for path in paths:
        filled = read_survey(path)
        body = filled.keys.get("body") or agency_id(agency)
        if filled.keys.get("body"):
            organisations.setdefault(body, {"name": _body(path) or body})
        said = {fold(one["name"]) for one in organisations.values()}
        for name in _named(filled):
            if fold(name) not in said and proposal(name):
                organisations.setdefault(agency_id(name), {"name": name})
        elements |= {one: data for one, data in _known(filled) if one not in elements and one not in organisations}
        keys = {**filled.keys, "form": form.FORM, "architecture": id, "version": "", "body": body}
        rows = {**filled.rows, "links": tuple(map(_new, filled.rows.get("links", ())))}
        forms.append(replace(filled, keys=keys, rows=rows, before={}))
    return {"organisations": organisations, "elements": elements}, forms


def _body(path: Path) -> str:
    """Give the name of the body that a form was sent to, as its first page says it."""
    book: Workbook = read(path, DEFAULT)
    found = (beside(sheet, form.words("body")) for sheet in book.sheets if not sheet.hidden)
    return next((cell.text for cell in found if cell), "")


def _named(filled: Filled) -> Iterator[str]:
    """Give the bodies that systems are said to belong to."""
    for row in filled.rows.get("systems", ()):
        yield from (" ".join(row.said(key).split())[:1000] for key in BODIES if row.said(key))


def _known(filled: Filled) -> Iterator[tuple[str, Data]]:
    """Give the systems that went out with the form, by their ids."""
    kinds: Mapping[str, str] = {fold(words): one.value for one in Kind for words in (one.vi, one.en, one.value)}
    for row in filled.rows.get("systems", ()):
        id, kind = row.said("id"), kinds.get(fold(row.said("kind")), "")
        if id and kind and row.said("name") and proposal(id) == id:
            yield id, {"kind": kind, "name": " ".join(row.said("name").split())[:1000]}


def _new(row: Row) -> Row:
    return replace(row, cells={key: cell for key, cell in row.cells.items() if key != "id"})
