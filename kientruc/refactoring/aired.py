"""A blank line before what is new, where its neighbours have one."""

from __future__ import annotations

from kientruc.editing.patch import Edited
from kientruc.editing.splice import Splice, apply, line_break
from kientruc.editing.verified import difference
from kientruc.reading.limits import Limits
from kientruc.reading.tree import Mapping
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile, Span


def aired(edited: Edited, section: str, id: str, limits: Limits) -> Edited:
    """Set a new record, or its section where that is new too, off from what is above it as the others are.

    The file stays as it is where a blank line would become part of a text.
    """
    file = SourceFile(edited.file.path, edited.text)
    root, _ = parse(file, limits)
    records = root.get(section) if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(records, Mapping) or records.flow:
        return edited
    node, name = (records, id) if len(records) > 1 else (root, section)
    spans = [node.key_span(key) for key in node]
    index = [*node].index(name)
    above = [_stands_off(one) for at, one in enumerate(spans) if at not in (0, index)]
    is_section = node is root and spans[0].line < spans[index].line - 1  # of a file that is more than short lines
    if not index or not (all(above) if above else is_section) or _stands_off(spans[index]):
        return edited
    at = spans[index].start - spans[index].column + 1
    text = apply(file, [Splice(at, at, line_break(file, at), lines=True)])
    found, _ = parse(SourceFile(file.path, text), limits)
    return edited if difference(root, found) is not None else Edited(edited.file, text, edited.bom)


def _stands_off(at: Span) -> bool:
    """Tell whether a blank line is above a key, or above the comments right above it."""
    line = at.line - 1
    while at.file.line_text(line).lstrip().startswith("#"):
        line -= 1
    return line > 0 and not at.file.line_text(line).strip()
