"""A record or key with a wrong indent: the scanner stumbles over the next one, which is innocent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kientruc.finding import Finding
from kientruc.source import SourceFile, Span

STEPS = (2, 4)  # spaces by which people indent a level


def blamed(finding: Finding, file: SourceFile, top: Collection[str]) -> Finding:
    """Point a finding of a wrong indent at the line above that stands wrong, if one does.

    It is no section, and either the first of its block or between lines that are indented as the one reported.

    Args:
        top: the keys that may stand at the left.
    """
    if finding.code != "Y-INDENT" or finding.span is None:
        return finding
    wanted = _indent(file.line_text(finding.span.line))
    lines = [(number, file.line_text(number)) for number in range(finding.span.line - 1, 0, -1)]
    written = [(number, line) for number, line in lines if line.strip() and not line.lstrip().startswith("#")]
    number = _first(written, wanted, top) or _middle(written, wanted, top)
    if not number:
        return finding
    start = sum(len(one) for one in file.text.splitlines(keepends=True)[: number - 1])
    start += _indent(file.line_text(number))
    return replace(finding, span=Span(file, start, start + 1), also=(finding.span,))


def _middle(above: Sequence[tuple[int, str]], wanted: int, top: Collection[str]) -> int:
    """Find the line that stands too far left and follows lines indented as the one reported; 0 if none does."""
    at = next((at for at, (_, line) in enumerate(above) if _indent(line) < wanted), None)
    if at is None:
        return 0
    number, line = above[at]
    before = next((_indent(one) for _, one in above[at + 1 :] if _indent(one) <= wanted), -1)
    return number if before == wanted and _key(line) not in top else 0


def _first(above: Sequence[tuple[int, str]], wanted: int, top: Collection[str]) -> int:
    """Find the first line of its block that stands wrong while the one reported is a level deeper than what opens it.

    Returns:
        The number of the line; 0 if there is none such.
    """
    at = next((at for at, (_, line) in enumerate(above) if _indent(line) < wanted), -1)
    for first in (at, at - 1):  # it lost its indent, or has more than the others
        if 0 <= first < len(above) - 1:
            (number, line), (_, opener) = above[first], above[first + 1]
            outer = _indent(opener)
            wrong = _indent(line) - outer not in STEPS
            if _opens(opener) and wanted - outer in STEPS and wrong and _key(line) not in top:
                return number
    return 0


def _opens(line: str) -> bool:
    return line.partition(" #")[0].rstrip().endswith(":")


def _key(line: str) -> str:
    return line.strip().partition(":")[0]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
