"""Two versions of a small architecture, written beside the assertion."""

from __future__ import annotations

from textwrap import dedent

from kientruc.comparing import Cause, Difference, FieldChange, compare
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture

HEAD = (
    "format: kientruc/1\narchitecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13"
)


def architecture(text: str, head: str = "") -> Architecture:
    """Load what stands below a usual head, to which more may be added."""
    loaded = load_text(f"{HEAD}{head}}}\n{dedent(text)}")
    assert loaded.architecture is not None, [(one.code, one.values) for one in loaded.findings]
    return loaded.architecture


def compared(old: str, new: str) -> Difference:
    """Compare two texts."""
    return compare(architecture(old), architecture(new))


def fields(found: Difference) -> list[tuple[str, str, object, object]]:
    """Give id, path, before and after of every field that changed."""
    return [(one.id, field.path, field.before, field.after) for one in found.records for field in one.fields]


def ids(causes: tuple[Cause, ...]) -> list[str]:
    """Give the ids of causes."""
    return [cause.id for cause in causes]


def field(found: Difference, id: str, path: str) -> FieldChange:
    """Give one field that changed."""
    return next(one for record in found.records if record.id == id for one in record.fields if one.path == path)
