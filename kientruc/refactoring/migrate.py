"""What a migration writes: a place in the other edition for each component and element whose place is clear."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Patch
from kientruc.editing.refused import refused
from kientruc.loading import Loaded, load
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.tree import Mapping, is_long
from kientruc.refactoring.moves import Fate, Move, Moves
from kientruc.source import Span


@dataclass(frozen=True, slots=True)
class Migrated:
    """A migration that is ready to be written, and the architecture as it would be then."""

    patch: Patch
    after: Architecture


def migrate(
    root: Path, loaded: Loaded, moves: Moves, target: str, declare: bool = False, limits: Limits = DEFAULT
) -> Migrated:
    """Say where everything belongs whose place is clear; nothing is written yet, nothing said before is touched.

    Args:
        root: the root file `loaded` came from.
        target: the edition the moves lead to.
        declare: whether the architecture declares this edition from now on.
    Raises:
        EditRefused: a file cannot be edited, or the architecture would not load afterwards.
    """
    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    edits = Edits(loaded.files, limits)
    for move in moves.all:
        if move.fate is Fate.PROPOSED:
            _say(edits, move, target)
    if declare and architecture.head.edition != target:
        head = architecture.head.origin
        edits.replace(head.file.path, _inside(head.node, ("architecture", "edition"))[0], target)
    patch = edits.patch()
    after = load(root, limits, {edited.file.path: edited.data for edited in patch.files})
    if after.architecture is None:
        wrong = next(finding for finding in after.findings if finding.span)
        raise refused("migrate.breaks", wrong.span or Span(loaded.files[0], 0, 0), code=wrong.code)
    return Migrated(patch, after.architecture)


def _say(edits: Edits, move: Move, target: str) -> None:
    """Write the place of one component or element, with how sure it is."""
    record = move.record
    is_element = isinstance(record, Element)
    field = "places" if is_element else "maps"
    value = {"value": move.to[0] if is_element else list(move.to), "certainty": move.certainty.value}
    keys: tuple[str, ...] = (type(record).section, record.id, field)
    node = record.origin.node
    keys, there = _inside(node, keys)
    if isinstance(there, Mapping):
        edits.insert(record.origin.file.path, (*keys, target), value)
    else:
        beside = "component" if is_element else "order"
        edits.insert(record.origin.file.path, keys, {target: value}, beside if beside in node else None)


def _inside(record: Mapping, keys: tuple[str, ...]) -> tuple[tuple[str, ...], object]:
    """Give the keys to the value of a record's field and the value itself, through its long form."""
    there = record.get(keys[-1])
    if isinstance(there, Mapping) and is_long(there):
        return (*keys, "value"), there["value"]
    return keys, there
