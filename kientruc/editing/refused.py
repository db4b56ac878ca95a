"""An edit that cannot be made: which file, which line, why."""

from __future__ import annotations

from kientruc.errors import KientrucError
from kientruc.source import Span


class EditRefused(KientrucError):
    """A change cannot be made as asked; nothing was written."""


def refused(key: str, at: Span, /, **values: str) -> EditRefused:
    """Build the refusal of an edit at a place."""
    return EditRefused(key, path=at.path, line=str(at.line), **values)
