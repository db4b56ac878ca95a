"""Names of files that are the same file on every system, and lead nowhere else."""

from __future__ import annotations

import re

from kientruc.finding import Finding
from kientruc.reading.characters import FORBIDDEN, name_of, nfc
from kientruc.reading.refusal import Refusal
from kientruc.source import SourceFile, Span

MAX_NAME = 200
_LEAVES = re.compile(r"[\\:%\0]")  # backslashes and drives on Windows, addresses, escaped dots
_UNPORTABLE = re.compile(r'[<>"|?*\x00-\x1f]|[ .]$|^ ')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def check_path(path: str, at: Span | None, pattern: bool = False) -> tuple[str, ...]:
    """Split a relative path into its parts, in NFC.

    Args:
        pattern: whether `*` may stand in the last part.
    Raises:
        Refusal: I-PATH for what could leave the folder or reach the network, I-NAME for names not every system takes.
    """
    place = at or Span(SourceFile(shown(path), ""), 0, 0)
    parts = tuple(nfc(path).split("/"))
    if any(part in ("", ".", "..") or _LEAVES.search(part) for part in parts):
        raise Refusal(Finding("I-PATH", place, {"path": shown(path)}, refused=True))
    for index, part in enumerate(parts):
        name = part.replace("*", "") if pattern and index == len(parts) - 1 else part
        if _UNPORTABLE.search(name) or FORBIDDEN.search(name) or _RESERVED.fullmatch(name) or len(part) > MAX_NAME:
            raise Refusal(Finding("I-NAME", place, {"path": shown(part), "other": ""}, refused=True))
    return parts


def shown(path: str) -> str:
    """Give a path as it can be printed: short, and with every odd character spelt out."""
    return FORBIDDEN.sub(lambda match: name_of(match.group()), path)[:MAX_NAME]
