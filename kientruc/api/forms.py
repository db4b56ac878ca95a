"""The tables an edition prescribes, as its workbook; and local codes for what has none yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kientruc import __version__
from kientruc.api.checking import edition
from kientruc.errors import UsageError
from kientruc.frameworks import edition_ids
from kientruc.loading import Loaded
from kientruc.model.architecture import Architecture

if TYPE_CHECKING:
    from kientruc.frameworks import Edition
    from kientruc.frameworks.forms import Forms
    from kientruc.refactoring.codes import Coded

FORM_EDITION = "huong-dan-2026"  # the one that prescribes Mẫu 03


def form_workbook(architecture: Architecture, edition_id: str = FORM_EDITION, lang: str = "vi") -> bytes:
    """Fill the workbook an edition prescribes, for instance Mẫu 03 of the draft guide.

    Raises:
        UsageError: there is no such edition, or it prescribes no tables.
    """
    from kientruc.renderers import form_xlsx
    from kientruc.views.form_workbook import workbook

    found, _ = _prescribed(edition_id)
    return form_xlsx.render(workbook(architecture, found, f"kientruc {__version__}", lang))


def assign_codes(loaded: Loaded, edition_id: str = FORM_EDITION) -> Coded:
    """Give every record that the form lists a local code of its own; `patch.write(root.parent)` puts them on disk.

    Raises:
        UsageError, EditRefused: as for `form_workbook`; a file cannot be edited.
    """
    from kientruc.refactoring.codes import assign

    return assign(loaded, _prescribed(edition_id)[1])


def _prescribed(id: str) -> tuple[Edition, Forms]:
    found = edition(id)
    if found.forms is None:
        known = [one for one in edition_ids() if edition(one).forms is not None]
        raise UsageError("form.none", found=id, allowed=", ".join(known))
    return found, found.forms
