"""Another id for a record: where it is declared and wherever it is meant, in all files, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Patch
from kientruc.editing.refused import refused
from kientruc.errors import UsageError
from kientruc.loading import Loaded, load
from kientruc.loading.gathered import ID, proposal
from kientruc.loading.nearest import nearest
from kientruc.model.architecture import Architecture
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.tree import Mapping
from kientruc.refactoring.in_fields import fields_naming
from kientruc.refactoring.occurrences import declared, known_ids, sections_with, space_of, uses
from kientruc.refactoring.same import Renaming
from kientruc.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Renamed:
    """A renaming that is ready to be written.

    `places` counts the declaration and its uses; `left` is where the old id still stands as a word: comments, prose.
    """

    patch: Patch
    section: str
    places: int
    left: tuple[Span, ...]


def rename(root: Path, loaded: Loaded, old: str, new: str, section: str = "", limits: Limits = DEFAULT) -> Renamed:
    """Rename an id in all files of an architecture; nothing is written yet.

    Args:
        root: the root file `loaded` came from.
        section: where the record is, if the id stands in more than one space of ids.
    Raises:
        UsageError: the old id is not there or not clear, the new one is taken or of another form.
        EditRefused: a file cannot be edited, or the architecture would say something else afterwards.
    """
    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    section = section_of(architecture, old, section)
    _check_new(architecture, section, new)
    edits = Edits(loaded.files, limits)
    tops = [top for file in loaded.files if isinstance(top := edits.tree(file.path), Mapping)]
    at = declared(architecture, section, old)
    assert at is not None
    places = {(span.path, span.start): (span, new) for span in (at, *uses(architecture, tops, section, old))}
    for (_, field, span), found in fields_naming(architecture, section, old):
        places[span.path, span.start] = span, field[: found.start] + new + field[found.start + len(old) :]
    for span, spelt in places.values():
        edits.respell(span, spelt)
    patch = edits.patch()
    after = load(root, limits, {edited.file.path: edited.data for edited in patch.files})
    if after.architecture is None:
        wrong = next((finding.span for finding in after.findings if finding.span), at)
        raise refused("rename.breaks", wrong, code=after.findings[0].code)
    odd = Renaming(architecture, after.architecture, section, old, new).first_difference()
    if odd:
        raise refused("rename.differs", declared(architecture, *odd) or at, id=odd[1], section=odd[0])
    return Renamed(patch, section, len(places), tuple(_left(after.architecture, after.files, old)))


def section_of(architecture: Architecture, old: str, asked: str) -> str:
    found = sections_with(architecture, old)
    if not found:
        if near := nearest(old, known_ids(architecture)):
            raise UsageError("rename.unknown-near", found=old, near=near)
        raise UsageError("rename.unknown", found=old)
    if asked and asked not in found:
        raise UsageError("rename.not-there", id=old, found=asked, sections=", ".join(found))
    if not asked and len(found) > 1:
        raise UsageError("rename.which", id=old, sections=", ".join(found))
    return asked or found[0]


def _check_new(architecture: Architecture, section: str, new: str) -> None:
    if not ID.fullmatch(new):
        raise UsageError("rename.form", found=new, proposal=proposal(new) or "–")
    for other in space_of(section):
        if at := declared(architecture, other, new):
            raise UsageError("rename.taken", id=new, section=other, at=str(at))


def _left(architecture: Architecture, files: tuple[SourceFile, ...], old: str) -> Iterator[Span]:
    """Find the old id as a word, where it does not mean another record of that id."""
    word = re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w-]|\.\w)")
    known: set[tuple[str, int]] = set()
    for section in sections_with(architecture, old):
        spans = (declared(architecture, section, old), *uses(architecture, (), section, old))
        known.update((span.path, span.start) for span in spans if span)
    for file in files:
        for match in word.finditer(file.text):
            if (file.path, match.start()) not in known:
                yield Span(file, *match.span())
