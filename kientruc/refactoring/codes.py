"""Local codes for what has none yet: the next number of its prefix. A code that is there never changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Patch
from kientruc.frameworks.forms import SCHEME, Forms, Prefix
from kientruc.loading import Loaded
from kientruc.model.element import Element
from kientruc.model.record import Record, Unknown
from kientruc.reading.limits import DEFAULT, Limits

_NUMBERED = re.compile(r"(.+)-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Coded:
    """The patch, and which record gets which code, in the order of the codes."""

    patch: Patch
    codes: tuple[tuple[str, str], ...]


def assign(loaded: Loaded, forms: Forms, limits: Limits = DEFAULT) -> Coded:
    """Give every record that a form lists a code of its own; nothing is written yet.

    Numbers go on from the highest of their prefix, also past gaps: a code that was given up is not used again.

    Raises:
        EditRefused: a file cannot be edited.
    """
    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    highest: dict[str, int] = {}
    for record in architecture.all_records():
        match = _NUMBERED.fullmatch((getattr(record, "codes", None) or {}).get(SCHEME, ""))
        if match:
            highest[match[1]] = max(highest.get(match[1], 0), int(match[2]))
    edits = Edits(loaded.files, limits)
    given: list[tuple[str, str]] = []
    for record, prefix in _without(loaded, forms):
        highest[prefix] = highest.get(prefix, 0) + 1
        code = f"{prefix}-{highest[prefix]:02}"
        _write(edits, record, code)
        given.append((record.id, code))
    return Coded(edits.patch(), tuple(sorted(given, key=lambda pair: pair[1])))


def _without(loaded: Loaded, forms: Forms) -> Iterator[tuple[Record, str]]:
    assert loaded.architecture is not None
    left = {key for crosswalk in forms.crosswalks.values() if crosswalk.of == "kind" for key in crosswalk.left_out}
    for section in dict.fromkeys(prefix.of for prefix in forms.codes):
        prefixes = [prefix for prefix in forms.codes if prefix.of == section]
        for record in loaded.architecture.records[section].values():
            if SCHEME in record.codes or (isinstance(record, Element) and record.kind.value in left):
                continue
            found = next((one.prefix for one in prefixes if _fits(one, record)), None)
            if found:
                yield record, found


def _fits(prefix: Prefix, record: Record) -> bool:
    if prefix.reference and getattr(record, "reference", None) is None:
        return False
    sharing = getattr(record, "sharing", None)
    return not prefix.sharing or (not isinstance(sharing, Unknown) and str(sharing) in prefix.sharing)


def _write(edits: Edits, record: Record, code: str) -> None:
    span = record.span()
    assert span is not None
    keys = (type(record).section, record.id)
    if getattr(record, "codes", None):
        edits.insert(span.path, (*keys, "codes", SCHEME), code)
    else:
        edits.insert(span.path, (*keys, "codes"), {SCHEME: code})
