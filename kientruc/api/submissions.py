"""What is handed in, in whatever form: a bundle, a folder, a root file, a workbook; opened in one way."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from kientruc.api.checking import root_file
from kientruc.api.forms import Received, receive_form
from kientruc.loading import Loaded, load
from kientruc.reading.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from kientruc.bundle import Bundle

Sort = Literal["bundle", "folder", "file", "workbook"]
_WORKBOOKS = (".xlsx", ".xlsm", ".xls")


class Submission(NamedTuple):
    """What was handed in and what it holds.

    `sha256` is of the bytes handed in; for YAML, of the path, size and hash of every file that was read. `loaded` holds
    no architecture where the submission cannot be used, and why in its findings. `bundle` and `received` are there
    only for their kinds, and `bundle` only for one whose files are as its manifest says.
    """

    kind: Sort
    path: Path
    sha256: str
    loaded: Loaded
    bundle: Bundle | None = None
    received: Received | None = None


def open_submission(path: Path, limits: Limits = DEFAULT, cut_off: date | None = None) -> Submission:
    """Open a submission: a folder, a bundle (.zip), a workbook of Mẫu 03 (.xlsx), else a root file of YAML.

    Nothing is written or unpacked. What is wrong with the submission is in the findings of `loaded`.

    Args:
        cut_off: for a workbook that does not say its own.
    Raises:
        UsageError: there is no such file, or nobody says the cut-off of a workbook.
    """
    if path.suffix.lower() in _WORKBOOKS and not path.is_dir():
        return _workbook(path, cut_off)
    from kientruc.renderers.findings_json import inputs_sha256

    loaded = load(root_file(path), limits)
    return Submission("folder" if path.is_dir() else "file", path, inputs_sha256(loaded.files), loaded)


def _workbook(path: Path, cut_off: date | None) -> Submission:
    received = receive_form(path, cut_off=cut_off)
    loaded = Loaded(received.architecture, received.findings, (received.source,))
    return Submission("workbook", path, received.source.sha256, loaded, received=received)
