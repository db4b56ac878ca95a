"""Puts the messages of a catalogue into the order of their keys, so that two people's additions never collide."""

from __future__ import annotations

import sys
from pathlib import Path


def ordered(text: str) -> str:
    """Sort the entries of a .po, its head staying first; an entry that is there twice, word for word, stays once."""
    head, *entries = text.strip().split("\n\n")
    return "\n\n".join((head, *sorted(set(entries), key=_key))) + "\n"


def _key(entry: str) -> str:
    return next(line for line in entry.splitlines() if line.startswith("msgid "))[7:-1]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(ordered(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
