"""Tables of an architecture as a workbook and as a page: traceability matrices, tasks with their money."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc import __version__
from kientruc.api.checking import Report, edition
from kientruc.api.forms import FORM_EDITION
from kientruc.errors import UsageError
from kientruc.renderers.folder import write_several

if TYPE_CHECKING:
    from kientruc.views.grid import Grids

TABLE_FORMATS = {"xlsx": 14, "html": 41}  # and how many first bytes tell a file of each from somebody else's


def matrices(reports: Sequence[Report], lang: str = "vi", form_id: str = FORM_EDITION) -> Grids:
    """Make the traceability matrices of a checked architecture; each edition has its matrix of requirements.

    Args:
        form_id: the edition whose tables and codes elements are traced to.
    Raises:
        UsageError: that edition prescribes no tables.
    """
    from kientruc.views.matrices import matrices as view

    form = edition(form_id)
    if form.forms is None:
        raise UsageError("form.none", found=form_id, allowed=FORM_EDITION)
    architecture = reports[0].architecture
    if architecture is None:
        raise ValueError("an architecture that did not load has no matrices")
    return view(architecture, [(one.edition, one.result) for one in reports if one.edition], form, lang)


def money(reports: Sequence[Report], lang: str = "vi") -> Grids:
    """Make the tables of gaps, tasks, sourcing and sums of a checked architecture, with what failed beside them."""
    from kientruc.views.money import money as view

    architecture = reports[0].architecture
    if architecture is None:
        raise ValueError("an architecture that did not load has no tables")
    return view(architecture, [(one.edition, one.result) for one in reports if one.edition], lang)


def spell_tables(view: Grids, format: str) -> bytes:
    """Spell tables in one of `TABLE_FORMATS`.

    Raises:
        UsageError: the XLSX extra is not installed.
    """
    from kientruc.renderers import grids_html

    tool = f"kientruc {__version__}"
    if format == "html":
        return grids_html.render(view, tool).encode()
    try:
        from kientruc.renderers import grids_xlsx
    except ImportError:
        raise UsageError("cli.no-xlsx") from None
    return grids_xlsx.render(view, tool)


def write_tables(view: Grids, to: Path, name: str) -> tuple[Path, ...]:
    """Write tables to a file that its suffix describes, or both formats under a name into a folder.

    Raises:
        UsageError: the suffix is of no format.
        OutputError: see `write_several`.
    """
    format = to.suffix[1:].lower()
    if format and format not in TABLE_FORMATS:
        raise UsageError("table.suffix", found=to.suffix, allowed=", ".join(f".{one}" for one in TABLE_FORMATS))
    paths = {format: to} if format else {one: to / f"{name}.{one}" for one in TABLE_FORMATS}
    files = [(path, spell_tables(view, format), TABLE_FORMATS[format]) for format, path in paths.items()]
    write_several(files, None if format else to)
    return tuple(paths.values())
