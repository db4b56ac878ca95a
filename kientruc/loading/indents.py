"""A record that lost its indent: the scanner stumbles over the next one, which is innocent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kientruc.finding import Finding
from kientruc.source import SourceFile, Span


def blamed(finding: Finding, file: SourceFile, top: Collection[str]) -> Finding:
    """Point a finding of a wrong indent at the line that stands too far left, if one does.

    It is the nearest line above that is less indented, is no section, and follows lines indented as the one reported.

    Args:
        top: the keys that may stand at the left.
    """
    if finding.code != "Y-INDENT" or finding.span is None:
        return finding
    wanted = _indent(file.line_text(finding.span.line))
    lines = [(number, file.line_text(number)) for number in range(finding.span.line - 1, 0, -1)]
    written = [(number, line) for number, line in lines if line.strip() and not line.lstrip().startswith("#")]
    left = next(((at, one) for at, one in enumerate(written) if _indent(one[1]) < wanted), None)
    if left is None:
        return finding
    at, (number, line) = left
    above = next((_indent(one) for _, one in written[at + 1 :] if _indent(one) <= wanted), -1)
    if above != wanted or line.strip().partition(":")[0] in top:
        return finding
    start = sum(len(one) for one in file.text.splitlines(keepends=True)[: number - 1]) + _indent(line)
    return replace(finding, span=Span(file, start, start + 1), also=(finding.span,))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
