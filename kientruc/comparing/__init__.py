"""Two architectures compared: what came, went, changed and was renamed, down to the field, and who asked for it."""

from __future__ import annotations

from kientruc.comparing.compare import compare
from kientruc.comparing.difference import (
    Cause,
    Difference,
    FieldChange,
    Nature,
    RecordChange,
    RelationChange,
    Unconfirmed,
    What,
)

__all__ = [
    "Cause",
    "Difference",
    "FieldChange",
    "Nature",
    "RecordChange",
    "RelationChange",
    "Unconfirmed",
    "What",
    "compare",
]
