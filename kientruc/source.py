"""Where a thing was written: a file and a stretch of characters in it, read as line and column only when asked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

_FINE = "\t\u00a0\u2007\u202f"  # spaces that Python does not count as printable


@dataclass(slots=True, eq=False)
class SourceFile:
    """One file as it was read.

    `path` is relative to the root's folder, with forward slashes and in NFC. `text` is what was decoded, without the
    byte order mark; character offsets count from 0 in it. `sha256` and `size` are of the bytes on disk.
    """

    path: str
    text: str = field(repr=False)
    sha256: str = ""
    bom: bool = False
    size: int = 0
    _starts: list[int] = field(default_factory=list, repr=False)

    def line_of(self, index: int) -> int:
        """Tell the line, from 1, in which a character offset lies."""
        return bisect_right(self._line_starts(), min(index, len(self.text)))

    def column_of(self, index: int) -> int:
        """Tell the column, from 1, in characters, of a character offset."""
        index = min(index, len(self.text))
        return index - self._line_starts()[self.line_of(index) - 1] + 1

    def line_text(self, line: int) -> str:
        """Give one line, from 1, without its line break; "" past the end.

        It is there to be shown: what a terminal or a reader could be misled by stands as U+FFFD, one for one.
        """
        starts = self._line_starts()
        if not 1 <= line <= len(starts):
            return ""
        end = starts[line] if line < len(starts) else len(self.text)
        text = self.text[starts[line - 1] : end].rstrip("\r\n")
        return "".join(letter if letter.isprintable() or letter in _FINE else "\ufffd" for letter in text)

    def _line_starts(self) -> list[int]:
        if not self._starts:
            starts, index = [0], self.text.find("\n")
            while index >= 0:
                starts.append(index + 1)
                index = self.text.find("\n", index + 1)
            self._starts = starts
        return self._starts


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one file: character offsets from `start` up to, not including, `end`."""

    file: SourceFile
    start: int
    end: int

    @property
    def path(self) -> str:
        """The file, relative to the root's folder."""
        return self.file.path

    @property
    def line(self) -> int:
        """The line of the first character, from 1."""
        return self.file.line_of(self.start)

    @property
    def column(self) -> int:
        """The column of the first character, from 1, in characters."""
        return self.file.column_of(self.start)

    @property
    def end_line(self) -> int:
        """The line of the last character, from 1."""
        return self.file.line_of(max(self.start, self.end - 1))

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.file.text[self.start : self.end]

    @property
    def order(self) -> tuple[str, int, int]:
        """What findings are sorted by."""
        return (self.file.path, self.start, self.end)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class CellSpan(Span):
    """A cell of a workbook, in the place of a stretch of text: its line is the row, its column the column, from 1.

    Without a sheet it is the whole workbook.
    """

    sheet: str = ""
    sheet_index: int = 0
    row: int = 1
    column_number: int = 1

    @property
    def line(self) -> int:
        """The row, from 1."""
        return self.row

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self.column_number

    @property
    def end_line(self) -> int:
        """The row, from 1."""
        return self.row

    @property
    def order(self) -> tuple[str, int, int]:
        """What findings are sorted by: file and sheet, row, column."""
        return (f"{self.file.path}\0{self.sheet_index:06}", self.row, self.column_number)

    @property
    def address(self) -> str:
        """The address within the sheet: C12."""
        letters, number = "", self.column_number
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row}"

    @property
    def cell(self) -> str:
        """The address with its sheet: Góp ý!C12; "" for the whole workbook."""
        return f"{self.sheet}!{self.address}" if self.sheet else ""

    def __str__(self) -> str:
        return f"{self.path} [{self.cell}]" if self.sheet else self.path
