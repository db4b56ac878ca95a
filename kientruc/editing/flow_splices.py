"""Entries put into and taken out of brackets, with their commas and, where each has its own, their lines."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.editing.changes import Changes
from kientruc.editing.places import Entry, Places
from kientruc.editing.spelling import entry, flow
from kientruc.editing.splice import Splice, line_break
from kientruc.reading.tree import Mapping, Sequence


def flow_splices(places: Places, node: Mapping | Sequence, entries: list[Entry], changes: Changes) -> Iterator[Splice]:
    """Give the splices that delete and insert entries of a collection in brackets."""
    kept = [index for index in range(len(entries)) if index not in changes.deleted]
    for index in sorted(changes.deleted):
        yield from _delete(places, entries[index])
    if kept and kept[-1] < len(entries) - 1 and places.comma_after(entries[-1].end) < 0:
        comma = places.comma_after(entries[kept[-1]].end)
        yield Splice(comma, _skip_spaces(places, comma + 1), "")
    for index, some in sorted(changes.inserted.items()):
        texts = [flow(value) if name is None else entry(name, value) for name, value in some]
        before = [number for number in kept if number < index]
        if not before:
            at = entries[0].start if entries else node.start + 1
            yield Splice(at, at, ", ".join(texts) + (", " if kept else ""))
            continue
        last = entries[before[-1]]
        if changes.deleted or not _own_line(places, last):
            yield Splice(last.end, last.end, "".join(f", {text}" for text in texts))
        else:
            yield from _own_lines(places, last, texts)


def _delete(places: Places, gone: Entry) -> Iterator[Splice]:
    """Take out an entry and the comma behind it; the whole line, if nothing else stands on it."""
    comma = places.comma_after(gone.end)
    near = comma >= 0 and not places.text[gone.end : comma].strip(" ")
    end = comma + 1 if near else gone.end
    if comma >= 0 and not near:
        yield Splice(comma, comma + 1, "")
    if places.begins_line(gone.start) and places.ends_line(end) and "\n" in places.text[end:]:
        yield Splice(places.line_start(gone.start), places.next_line(end), "")
    else:
        yield Splice(gone.start, _skip_spaces(places, end) if comma >= 0 else end, "")


def _skip_spaces(places: Places, at: int) -> int:
    """Skip spaces, unless they keep a comment apart from what is before them."""
    end = at
    while places.text.startswith(" ", end):
        end += 1
    return at if places.text.startswith("#", end) else end


def _own_line(places: Places, last: Entry) -> bool:
    comma = places.comma_after(last.end)
    end = comma + 1 if comma >= 0 and "\n" not in places.text[last.end : comma] else last.end
    return places.begins_line(last.start) and places.ends_line(end) and (comma < 0 or end > last.end)


def _own_lines(places: Places, last: Entry, texts: list[str]) -> Iterator[Splice]:
    indent = places.text[places.line_start(last.start) : last.start]
    comma = places.comma_after(last.end)
    end = places.line_end(last.end)
    if comma < 0:
        yield Splice(last.end, last.end, ",")
    lines = [f"{line_break(places.file, end)}{indent}{text}," for text in texts]
    text = "".join(lines)
    yield Splice(end, end, text if comma >= 0 else text[:-1])
