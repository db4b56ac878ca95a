"""The tables an edition prescribes, as its workbook, both ways; and local codes for what has none yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kientruc import __version__
from kientruc.api.checking import edition
from kientruc.errors import UsageError, no_file
from kientruc.finding import Finding, Severity
from kientruc.frameworks import edition_ids
from kientruc.loading import Loaded, load_text
from kientruc.loading.gathered import proposal
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.source import CellSpan, SourceFile
from kientruc.views.remarks import Remark, remark

if TYPE_CHECKING:
    from kientruc.frameworks import Edition
    from kientruc.frameworks.forms import Forms
    from kientruc.intake.form_book import FormBook
    from kientruc.intake.form_changes import Changes
    from kientruc.refactoring.codes import Coded
    from kientruc.renderers.form_template import FilledIn

FORM_EDITION = "huong-dan-2026"  # the one that prescribes Mẫu 03


def form_workbook(architecture: Architecture, edition_id: str = FORM_EDITION, lang: str = "vi") -> bytes:
    """Fill the workbook an edition prescribes, for instance Mẫu 03 of the draft guide.

    Raises:
        UsageError: there is no such edition, or it prescribes no tables.
    Example:
        >>> api.form_workbook(small.architecture)[:2]
        b'PK'
    """
    from kientruc.renderers import form_xlsx
    from kientruc.views.form_workbook import workbook

    found, _ = _prescribed(edition_id)
    return form_xlsx.render(workbook(architecture, found, f"kientruc {__version__}", lang))


def form_in_template(
    architecture: Architecture, template: Path, edition_id: str = FORM_EDITION, lang: str = "vi"
) -> FilledIn:
    """Put the tables of an edition's form into a workbook of the user's own; the template itself is only read.

    Returns:
        The bytes of the filled workbook, and what was found; with a blocker there are none.
    Raises:
        UsageError: there is no such file or edition, or the edition prescribes no tables.
    """
    from kientruc.reading.files import Workspace
    from kientruc.reading.limits import DEFAULT
    from kientruc.reading.refusal import Refusal
    from kientruc.renderers.form_template import FilledIn, fill
    from kientruc.views.form_workbook import workbook

    found, forms = _prescribed(edition_id)
    if not template.exists() and not template.is_symlink():
        raise no_file(template, "*.xlsx")
    try:
        data = Workspace(template.parent, DEFAULT).data(template.name)
    except Refusal as refusal:
        return FilledIn(b"", (refusal.finding,))
    return fill(workbook(architecture, found, f"kientruc {__version__}", lang), forms.forms, template.name, data)


def assign_codes(loaded: Loaded, edition_id: str = FORM_EDITION) -> Coded:
    """Give every record that the form lists a local code of its own; `patch.write(root.parent)` puts them on disk.

    Raises:
        UsageError, EditRefused: as for `form_workbook`; a file cannot be edited.
    """
    from kientruc.refactoring.codes import assign

    return assign(loaded, _prescribed(edition_id)[1])


class Received(NamedTuple):
    """What a workbook became: the text of a root file and what it holds, or nothing; and what was found on the way."""

    text: str
    architecture: Architecture | None
    findings: tuple[Finding, ...]
    source: SourceFile  # the workbook; without a hash where it could not be opened
    cells: Mapping[str, CellSpan] = MappingProxyType({})  # where each record stands, by id, and its fields, by path

    @property
    def blocked(self) -> bool:
        """Whether something was found that must be mended first."""
        return any(one.severity in (Severity.BLOCKER, Severity.MAJOR) for one in self.findings)


def receive_form(
    path: Path, name: str = "", agency: str = "", cut_off: date | None = None, edition_id: str = FORM_EDITION
) -> Received:
    """Make a whole architecture of a workbook alone, as most agencies send nothing else.

    Args:
        name, agency, cut_off: what the workbook may not say of itself; what it says is taken before them.
    Raises:
        UsageError: there is no such file or edition, or nobody says the cut-off.
    """
    from kientruc.intake.form_book import day, unknown
    from kientruc.intake.form_model import Head, make

    found, forms = _prescribed(edition_id)
    book = _form_book(path, found, forms)
    if not book.rows:
        return Received("", None, book.findings, book.source.file)
    told = {key: words for key, words in book.particulars.items() if unknown(words) is None}
    cut = day(told.get("cut-off", "")) or cut_off
    if cut is None:
        raise UsageError("form.need-cut-off")
    id = proposal(told.get("dossier", "")) or proposal(path.stem) or "ho-so"
    head = Head(
        id,
        name or told.get("dossier", "") or path.stem,
        told.get("agency", "") or agency or text("form.unknown", "vi"),
        cut,
        told.get("version", ""),
        day(told.get("effective", "")),
    )
    made = make(book, found, forms, head)
    loaded = load_text(made.text)
    if loaded.architecture is None:
        raise UsageError("form.broken", code=loaded.findings[0].code if loaded.findings else "–")
    return Received(made.text, loaded.architecture, made.findings, book.source.file, made.cells)


def form_changes(loaded: Loaded, path: Path, edition_id: str = FORM_EDITION, remove_missing: bool = False) -> Changes:
    """Compare an edited workbook with the architecture it was made from; `patch.write(root.parent)` puts it on disk.

    Args:
        remove_missing: whether that of which the row is gone is taken out and its id retired; else it is told.
    Raises:
        UsageError, EditRefused: there is no such file or edition; a file cannot be edited.
    """
    from kientruc.intake.form_changes import changes
    from kientruc.views.form_sheets import sheets

    if loaded.architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    found, forms = _prescribed(edition_id)
    book, current = _form_book(path, found, forms), sheets(loaded.architecture, found)
    return changes(book, current, loaded, found, remove_missing=remove_missing)


def form_remarks(findings: tuple[Finding, ...], lang: str) -> list[Remark]:
    """Put into words what was found in a workbook."""
    return [remark(finding, lang) for finding in findings]


def _form_book(path: Path, found: Edition, forms: Forms) -> FormBook:
    from kientruc.intake.form_book import read_form

    if not path.exists() and not path.is_symlink():
        raise no_file(path, "*.xlsx")
    return read_form(path, found, forms)


def _prescribed(id: str) -> tuple[Edition, Forms]:
    found = edition(id)
    if found.forms is None:
        known = [one for one in edition_ids() if edition(one).forms is not None]
        raise UsageError("form.none", found=id, allowed=", ".join(known))
    return found, found.forms
