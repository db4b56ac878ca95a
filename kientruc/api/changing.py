"""Small changes to the files: what a finding proposes, a record added, moved, a field of one set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kientruc.loading import Loaded
from kientruc.messages import text
from kientruc.reading.characters import name_of
from kientruc.refactoring.changed import Changed, WouldBreak

if TYPE_CHECKING:
    from kientruc.refactoring.mend import Mended

__all__ = [
    "Changed",
    "Unsaid",
    "WouldBreak",
    "add",
    "fix",
    "fix_lines",
    "may_be_fixed",
    "move",
    "set_field",
    "with_fixes",
]


class Unsaid(NamedTuple):
    """A value nobody knows: why, who must answer, by when."""

    unknown: str
    ask: str = ""
    by: str = ""


SHOWN = 60  # characters shown of what was replaced


def fix(root: Path, loaded: Loaded) -> Mended:
    """Mend the findings of loading whose remedy needs no judgement; `patch.write(root.parent)` puts it on disk.

    Raises:
        EditRefused: see `refactoring.mend`.
    """
    from kientruc.refactoring.mend import mend

    return mend(root, loaded)


def with_fixes(root: Path, loaded: Loaded) -> Loaded:
    """Give what was loaded; each finding that `fix` would mend at once says how."""
    from kientruc.refactoring.mend import with_fixes as with_fixes_in

    return with_fixes_in(root, loaded)


def may_be_fixed(loaded: Loaded) -> bool:
    """Tell whether any finding is of a sort that `fix` mends."""
    from kientruc.refactoring.fixes import MECHANICAL

    return any(one.code in MECHANICAL for one in loaded.findings)


def fix_lines(mended: Mended, lang: str) -> Iterator[str]:
    """Tell what was mended, one line for each finding."""
    for finding in mended.done:
        first = finding.fix[0]
        old, new = _visible(first.span.text), _visible(first.text)
        times = text("fix.places", lang, count=len(finding.fix)) if len(finding.fix) > 1 else ""
        key = "fix.replaced" if old and new else "fix.taken-out" if old else "fix.put-in"
        yield text(key, lang, at=str(finding.span), code=finding.code, old=old, new=new, times=times)


def _visible(written: str) -> str:
    """Give a text as it can be quoted on one line, what nobody would see by the name of its character."""
    if written and not written.strip():
        names = dict.fromkeys(name_of(letter) for letter in written)
        return " ".join(names) + (f" x {len(written)}" if len(written) > 1 else "")
    shown = "".join(letter if letter.isprintable() else name_of(letter) for letter in written.strip())
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"


def set_field(
    root: Path,
    loaded: Loaded,
    id: str,
    field: str,
    words: Sequence[str],
    section: str = "",
    unknown: Unsaid | None = None,
) -> Changed:
    """Set a field of a record, or take it out; `patch.write(root.parent)` puts it on disk.

    Raises:
        UsageError, EditRefused: see `refactoring.set_field`.
    """
    from kientruc.refactoring.set_field import set_field as set_in

    said = {key: value for key, value in unknown._asdict().items() if value} if unknown else None
    return set_in(root, loaded, id, field, words, section, said)


def add(
    root: Path,
    loaded: Loaded,
    sort: str,
    id: str,
    name: str = "",
    fields: Sequence[tuple[str, Sequence[str]]] = (),
    into: str = "",
) -> Changed:
    """Add a record where its neighbours are; `patch.write(root.parent)` puts it on disk.

    Raises:
        UsageError, EditRefused: see `refactoring.add`.
    """
    from kientruc.refactoring.add import add as add_in

    return add_in(root, loaded, sort, id, name, fields, into)


def move(root: Path, loaded: Loaded, id: str, to: str, section: str = "") -> Changed:
    """Move a record to another file with its comments; `patch.write(root.parent)` puts it on disk.

    Raises:
        UsageError, EditRefused: see `refactoring.move`.
    """
    from kientruc.refactoring.move import move as move_in

    return move_in(root, loaded, id, to, section)


def with_file(root: Path, loaded: Loaded, to: str) -> Loaded:
    """Give what loads once a file is made that an include names already; see `refactoring.reach`."""
    from kientruc.refactoring.reach import with_file as with_it

    return with_it(root, loaded, to)
