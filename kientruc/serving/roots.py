"""Other root files beside the one that is watched: a folder may hold two architectures, and only one was meant."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.reading.refusal import Refusal

LOOKED_AT = 200  # files of a folder
_ROOT = re.compile(rb"^format:\s*['\"]?kientruc/\d", re.MULTILINE)


def other_roots(root: Path) -> tuple[str, ...]:
    """Name the files beside a root file that are root files too."""
    workspace = Workspace(root.parent, DEFAULT)
    others = sorted(path.name for path in islice(root.parent.glob("*.yaml"), LOOKED_AT) if path.name != root.name)
    return tuple(name for name in others if _is_root(workspace, name))


def _is_root(workspace: Workspace, name: str) -> bool:
    try:
        return _ROOT.search(workspace.data(name)) is not None
    except Refusal:
        return False
