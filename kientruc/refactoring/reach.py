"""A file that is to be made becomes part of an architecture: an include names it, or the root file gets one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Edited
from kientruc.loading import Loaded, load
from kientruc.reading.files import Workspace
from kientruc.reading.refusal import Refusal
from kientruc.reading.tree import Mapping as Tree
from kientruc.reading.tree import Sequence as Items
from kientruc.source import SourceFile

_FIRST = ("architecture", "format")  # what the includes of a root file follow
NOTHING = b"{}\n"


def is_blank(text: str) -> bool:
    """Tell whether a file holds nothing but comments."""
    return not re.sub(r"(?m)^\s*#.*$", "", text).strip()


def with_file(root: Path, loaded: Loaded, to: str) -> Loaded:
    """Give what loads if a file is there that an include names already; what was loaded, if that is not all it lacks.

    The file, missing or empty, is given as it is: without text.
    """
    if loaded.architecture is not None or loaded.refused:
        return loaded
    there = next((file for file in loaded.files if file.path == to), None)
    if there is not None and not is_blank(there.text):
        return loaded
    found = load(root, loaded.limits, {to: NOTHING})
    if found.architecture is None or not any(file.path == to for file in found.files):
        return loaded
    others = (file for file in found.files if file.path != to)
    return found._replace(files=(*others, *([there] if there else [])))


def on_disk(root: Path, loaded: Loaded, to: str) -> SourceFile | None:
    """Read a file that belongs to no architecture yet; None if it is not there."""
    try:
        return Workspace(root.parent, loaded.limits).read(to)
    except Refusal:
        return None


def with_include(root: str, loaded: Loaded, edited: Sequence[Edited], to: str) -> list[Edited]:
    """Give the changed files with a root file that includes one more."""
    old = next(file for file in loaded.files if file.path == root)
    ours = next((one for one in edited if one.file.path == root), Edited(old, old.text, old.bom))
    edits = Edits([SourceFile(root, ours.text)], loaded.limits)
    top = edits.tree(root)
    assert isinstance(top, Tree)
    if isinstance(top.get("include"), Items):
        edits.append(root, ("include",), to)
    elif "include" in top:
        edits.replace(root, ("include",), [top["include"], to])
    else:
        edits.insert(root, ("include",), [to], next((key for key in _FIRST if key in top), None))
    (new,) = edits.patch().files
    return [*(one for one in edited if one.file.path != root), replace(ours, text=new.text)]
