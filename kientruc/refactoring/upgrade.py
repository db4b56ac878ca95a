"""From an older format of the files to the one this version reads: step by step, all files together or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Edited, Patch
from kientruc.editing.refused import EditRefused, refused
from kientruc.errors import UsageError
from kientruc.loading import Loaded, load
from kientruc.loading.gathered import show
from kientruc.loading.sections import FORMAT
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.tree import Mapping
from kientruc.source import SourceFile, Span

_NAME = re.compile(r"kientruc/(\d+)")


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one format to the next.

    Args:
        change: makes the changes in files, by their paths, the root file first; `format` itself is changed for it.
    """

    origin: str
    target: str
    change: Callable[[Edits, Sequence[str]], None]


STEPS: tuple[Step, ...] = ()  # there is one format so far


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Files in the newest format, ready to be written; an empty patch where they are in it already."""

    origin: str
    target: str
    patch: Patch


def upgrade(
    root: Path, loaded: Loaded, steps: Sequence[Step] = STEPS, target: str = FORMAT, limits: Limits = DEFAULT
) -> Upgraded:
    """Bring all files of an architecture to the newest format; nothing is written yet.

    Args:
        root: the root file `loaded` came from. In an older format it need not have given an architecture.
        steps: each leads from a format to a later one.
        target: the format that this version reads.
    Raises:
        UsageError: the format is newer, or no steps lead on from it.
        EditRefused: a file cannot be read or edited, or what comes out would not load.
    """
    files = {file.path: file for file in loaded.files}
    top = Edits(loaded.files, limits).tree(root.name) if root.name in files else None
    origin = show(top.get("format")) if isinstance(top, Mapping) else ""
    road = _road(origin, steps, target)
    now = files
    for step in road:
        now = _after(step, now, root.name, limits)
    edited = (Edited(files[path], now[path].text, now[path].bom) for path in sorted(files))
    patch = Patch(tuple(one for one in edited if one.changed))
    if road:
        _verify(root, loaded, patch, limits)
    return Upgraded(origin, target, patch)


def _road(origin: str, steps: Sequence[Step], target: str) -> list[Step]:
    """Give the steps from one format to another."""
    onward = {step.origin: step for step in steps}
    road: list[Step] = []
    at = origin
    while at != target:
        if at not in onward:
            number, known = _NAME.fullmatch(origin), _NAME.fullmatch(target)
            newer = number and known and int(number[1]) > int(known[1])
            raise UsageError("upgrade.newer" if newer else "upgrade.unknown", found=origin or "–", known=target)
        road.append(onward.pop(at))
        at = road[-1].target
    return road


def _after(step: Step, files: dict[str, SourceFile], root: str, limits: Limits) -> dict[str, SourceFile]:
    """Give the files as they are after a step."""
    edits = Edits(files.values(), limits)
    step.change(edits, [root, *(path for path in files if path != root)])
    edits.replace(root, ("format",), step.target)
    changed = {one.file.path: SourceFile(one.file.path, one.text, bom=one.bom) for one in edits.patch().files}
    return files | changed


def _verify(root: Path, loaded: Loaded, patch: Patch, limits: Limits) -> None:
    """Load what would be written: it must be an architecture, of the same files."""
    after = load(root, limits, {edited.file.path: edited.data for edited in patch.files})
    if {file.path for file in after.files} != {file.path for file in loaded.files}:
        raise EditRefused("upgrade.files", path=root.name)
    if after.architecture is None:
        wrong = after.findings[0]
        raise refused("upgrade.breaks", wrong.span or Span(after.files[0], 0, 0), code=wrong.code)
