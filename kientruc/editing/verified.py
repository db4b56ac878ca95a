"""The last word before a file is written: its new text is read again, and must hold what was meant, and no more."""

from __future__ import annotations

from collections import Counter

from kientruc.editing.patch import Edited
from kientruc.editing.refused import EditRefused, refused
from kientruc.finding import Severity
from kientruc.reading.findings import Findings
from kientruc.reading.limits import Limits
from kientruc.reading.tree import Mapping, Sequence
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile, Span

Keys = tuple[str | int, ...]


def read(file: SourceFile, limits: Limits) -> tuple[Mapping | Sequence, Counter[str]]:
    """Read a file that is to be changed.

    Returns:
        Its tree, and what is wrong in it, by code.
    Raises:
        EditRefused: it cannot be read.
    """
    root, findings = parse(file, limits)
    if not isinstance(root, Mapping | Sequence):
        at = next((finding.span for finding in findings if finding.span), None) or Span(file, 0, 0)
        raise refused("edit.unreadable", at)
    return root, _blockers(findings)


def verified(
    root: Mapping | Sequence, wrong: Counter[str], text: str, bom: bool, intended: object, limits: Limits
) -> Edited:
    """Give the changed file, if it reads as intended and nothing in it is newly wrong.

    Raises:
        EditRefused: it does not; the message names the first place that would change.
    """
    file = root.file
    found, findings = parse(SourceFile(file.path, text), limits)
    path = difference(intended, found)
    if path is not None or not _blockers(findings) <= wrong:
        at = root.span(*path) if path else Span(file, 0, 0)
        raise EditRefused("edit.differs", path=file.path, line=str(at.line), keys=" → ".join(map(str, path or ())))
    return Edited(file, text, bom)


def difference(one: object, other: object) -> Keys | None:
    """Give the path to the first difference in data, type or order; None if there is none."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key, its in zip(one, other, strict=False):
            if key != its:
                return (str(key),)
        pairs = [(key, one[key], other[key]) for key in one if key in other]
    elif isinstance(one, list) and isinstance(other, list):
        pairs = [(index, *pair) for index, pair in enumerate(zip(one, other, strict=False))]
    else:
        return None if type(one) is type(other) and one == other else ()
    for key, left, right in pairs:
        below = difference(left, right)
        if below is not None:
            return (key, *below)
    return None if len(one) == len(other) else ()


def _blockers(findings: Findings) -> Counter[str]:
    return Counter(finding.code for finding in findings if finding.severity is Severity.BLOCKER)
