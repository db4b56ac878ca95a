"""Small changes to the files: what a finding proposes, a record added, moved, a field of one set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc.loading import Loaded
from kientruc.messages import text
from kientruc.reading.characters import name_of

if TYPE_CHECKING:
    from kientruc.refactoring.mend import Mended

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
