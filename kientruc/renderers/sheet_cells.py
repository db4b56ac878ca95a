"""Texts put into a sheet's XML where it stands: all else of the part, and of the workbook, stays byte for byte."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from xlsxwriter.utility import xl_col_to_name

from kientruc.reading.workbook.parts import column_number
from kientruc.renderers.sheets import TALLEST, cell_text, row_height

_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_SPANS = re.compile(rb"\s+spans=(?:\"[^\"]*\"|'[^']*')")  # which columns a row has: a hint that would be wrong
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # the format would read a character there

_HEIGHT = re.compile(rb"\s+ht=[\"']([0-9.]+)[\"']")
WIDTH, FONT = 9.0, 1.25  # of a column where none is told; letters of 12 to 13 points, as papers have them, to ours

Cells = Mapping[int, Mapping[int, str]]  # texts by row and column, from 1


@dataclass(slots=True)
class _Row:
    start: int
    opened: int  # where its first tag ends
    end: int = 0
    cells: dict[int, tuple[int, int, str]] = field(default_factory=dict)  # by column: from, to, style


class _Walk:
    """Finds the rows and cells of a sheet by their bytes. The part was checked: it is well-formed and in order."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.path: list[str] = []
        self.prefix = ""
        self.widths: tuple[tuple[int, int, float], ...] = ()  # of columns: from, to, in digits
        self.rows: dict[int, _Row] = {}
        self.data = (0, 0, 0)  # where the data begin, where their first tag ends, where the last begins
        self.row = self.column = self.start = 0
        self.style = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.finish
        self.parser.Parse(content, True)

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, _, name = tag.rpartition(":")
        self.path.append(name)
        at = self.parser.CurrentByteIndex
        match self.path:
            case [_, "cols", "col"]:
                first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
                self.widths += ((first, last, float(attributes.get("width", WIDTH))),)
            case [_, "sheetData"]:
                self.prefix = f"{prefix}:" if prefix else ""
                self.data = (at, self.opened(at), at)
            case [_, "sheetData", "row"]:
                self.row, self.column = int(attributes.get("r") or self.row + 1), 0
                self.rows[self.row] = _Row(at, self.opened(at))
            case [_, "sheetData", "row", "c"]:
                written = attributes.get("r", "").rstrip("0123456789")
                self.column = column_number(written) if written else self.column + 1
                self.start, self.style = at, attributes.get("s", "")

    def finish(self, tag: str) -> None:
        at = self.parser.CurrentByteIndex
        match self.path:
            case [_, "sheetData"]:
                self.data = (*self.data[:2], at)
            case [_, "sheetData", "row"]:
                self.rows[self.row].end = self.opened(at)
            case [_, "sheetData", "row", "c"]:
                self.rows[self.row].cells[self.column] = (self.start, self.opened(at), self.style)
        self.path.pop()

    def height(self, texts: Mapping[int, str]) -> float:
        """Estimate how high a row must be in points: not every program fits rows by itself."""
        columns = [column for column, words in texts.items() if words]
        widths = [
            next((width for first, last, width in self.widths if first <= column <= last), WIDTH) for column in columns
        ]
        lines = row_height((texts[column] for column in columns), (max(1, int(width / FONT)) for width in widths))
        return min(TALLEST, round(lines * FONT, 1))

    def opened(self, at: int) -> int:
        """Give where the tag that begins at a place ends."""
        match = _TAG.match(self.content, at)
        if match is None:
            raise ValueError("a tag that the parser saw")
        return match.end()


def put_cells(content: bytes, cells: Cells, like: int = 0) -> bytes:
    """Put texts into a sheet; a cell keeps its style.

    Args:
        content: the part, in UTF-8, as `reading.workbook` has found it to be in order.
        like: the row whose styles cells get that have none of their own; with it, rows become as high as their texts.
    """
    walk = _Walk(content)
    models = walk.rows[like].cells if like in walk.rows else {}
    after = sorted(walk.rows)
    pieces: list[tuple[int, int, int, bytes]] = []  # from, to, the number of the row, what stands there instead
    for number in sorted(cells):
        row = walk.rows.get(number)
        height = walk.height(cells[number]) if like else 0
        body = _row(walk, number, row, cells[number], models, height)
        if row is not None:
            pieces.append((row.start, row.end, number, body))
        else:
            following = next((one for one in after if one > number), None)
            at = walk.rows[following].start if following is not None else walk.data[2]
            pieces.append((at, at, number, body))
    start, opened, end = walk.data
    if start == end:  # a sheet without a row
        name = f"{walk.prefix}sheetData".encode()
        body = b"".join(piece for _, _, _, piece in pieces)
        return content[:start] + b"<" + name + b">" + body + b"</" + name + b">" + content[opened:]
    found, last = bytearray(), 0
    for begin, stop, _, piece in sorted(pieces):
        found += content[last:begin] + piece
        last = stop
    return bytes(found + content[last:])


def _row(
    walk: _Walk,
    number: int,
    row: _Row | None,
    texts: Mapping[int, str],
    models: Mapping[int, tuple[int, int, str]],
    height: float,
) -> bytes:
    """Give a row with its new cells among those it has."""
    there = row.cells if row is not None else {}
    found: list[bytes] = []
    for column in sorted({*there, *texts}):
        if not texts.get(column) and column in there:
            found.append(walk.content[there[column][0] : there[column][1]])
        else:
            style = there[column][2] if column in there else models[column][2] if column in models else ""
            found.append(_cell(walk.prefix, f"{xl_col_to_name(column - 1)}{number}", style, texts.get(column, "")))
    if row is None:
        first = f'<{walk.prefix}row r="{number}">'.encode()
    else:
        written = _SPANS.sub(b"", walk.content[row.start : row.opened])
        first = written[:-2] + b">" if written.endswith(b"/>") else written
    told = _HEIGHT.search(first)
    if height > (float(told[1]) if told else 0):
        first = _HEIGHT.sub(b"", first)[:-1] + f' ht="{height}">'.encode()
    return first + b"".join(found) + f"</{walk.prefix}row>".encode()


def _cell(prefix: str, address: str, style: str, words: str) -> bytes:
    styled = f' s="{style}"' if style.isdigit() else ""
    if not words:
        return f'<{prefix}c r="{address}"{styled}/>'.encode()
    text = html.escape(_ESCAPED.sub("_x005F_", cell_text(words)), quote=False)
    inner = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
    return f'<{prefix}c r="{address}"{styled} t="inlineStr">{inner}</{prefix}c>'.encode()
