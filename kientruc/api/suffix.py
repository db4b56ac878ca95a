"""The format of a file that the user named, by its suffix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kientruc.errors import UsageError


def by_suffix(format: str, to: Path | None, formats: Sequence[str]) -> str:
    """Tell how to spell something: as asked, else as the suffix of the file says, else in the first of the formats.

    Raises:
        UsageError: nothing was asked, and the suffix is of no format.
    """
    suffix = to.suffix.lower()[1:] if to else ""
    found = {"": formats[0], "txt": "text", "mmd": "mermaid", "gv": "dot"}.get(suffix, suffix)
    if not format and found not in formats:
        allowed = ", ".join("txt" if one == "text" else one for one in formats)
        raise UsageError("cli.bad-suffix", found=suffix, allowed=allowed)
    return format or found
