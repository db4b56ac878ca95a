"""What is handed in, in whatever form: a bundle, a folder, a root file, a workbook; opened in one way."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from kientruc.api.checking import root_file
from kientruc.api.forms import Received, receive_form
from kientruc.errors import no_file
from kientruc.loading import Loaded, load, load_from
from kientruc.reading.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from kientruc.bundle import Bundle

Sort = Literal["bundle", "folder", "file", "workbook"]
BUNDLES = ".zip"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls")


class Submission(NamedTuple):
    """What was handed in and what it holds.

    `sha256` is of the bytes handed in; for YAML, of the path, size and hash of every file that was read. `loaded` holds
    no architecture where the submission cannot be used, and why in its findings. `bundle` and `received` are there
    only for their kinds, and `bundle` only for one whose files are all as its manifest says.
    """

    kind: Sort
    path: Path
    sha256: str
    loaded: Loaded
    bundle: Bundle | None = None
    received: Received | None = None

    @property
    def base(self) -> str:
        """What paths in its findings are told behind: a folder and a slash, or the bundle they lie in and a colon."""
        if self.bundle:
            return f"{self.path.as_posix()}:"
        folder = (self.path if self.kind == "folder" else self.path.parent).as_posix()
        return "" if folder == "." else f"{folder.removesuffix('/')}/"


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
    if path.suffix.lower() == BUNDLES and not path.is_dir():
        return _bundle(path, limits)
    from kientruc.renderers.findings_json import inputs_sha256

    loaded = load(root_file(path), limits)
    return Submission("folder" if path.is_dir() else "file", path, inputs_sha256(loaded.files), loaded)


def _bundle(path: Path, limits: Limits) -> Submission:
    from kientruc.bundle import open_bundle

    if not path.exists() and not path.is_symlink():
        raise no_file(path, f"*{BUNDLES}")
    bundle, source, findings = open_bundle(path)
    if bundle is None or findings:
        return Submission("bundle", path, source.sha256, Loaded(None, findings, (source,)))
    return Submission("bundle", path, source.sha256, load_bundle(bundle, limits), bundle)


def load_bundle(bundle: Bundle, limits: Limits) -> Loaded:
    """Load the architecture in a bundle, out of memory."""
    from kientruc.reading.memory import MemoryWorkspace

    return load_from(MemoryWorkspace(bundle.sources, limits), bundle.manifest.root)


def _workbook(path: Path, cut_off: date | None) -> Submission:
    received = receive_form(path, cut_off=cut_off)
    loaded = Loaded(received.architecture, received.findings, (received.source,))
    return Submission("workbook", path, received.source.sha256, loaded, received=received)
