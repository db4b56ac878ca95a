"""The parts of an official paper: head, bases, articles, headings, tables, figures, signatures, annexes; no measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

BLANK = "\u00a0" * 6  # what is filled in by hand: no line breaks in it and no program draws it together


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """The number of a figure, table or annex: prints "Hình 2"."""

    id: str


Inline = tuple[Run | Ref, ...]


def says(*parts: str | Run | Ref) -> Inline:
    """Make inline text; a plain string is upright."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def plain(text: Inline) -> str:
    """Give the words without their style; a reference that is not resolved gives nothing."""
    return "".join(part.text for part in text if isinstance(part, Run))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; a note is small and italic and bears no `./.`."""

    text: Inline
    style: Literal["body", "centre", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part or chapter: its number on a line of its own, its title below, both centred."""

    title: str
    word: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text without articles: level 1 is "I. TITLE", 2 "1. Title", 3 "a) Title"."""

    title: str
    level: Literal[1, 2, 3] = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """Điều 1. …"""

    text: Inline
    label: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """1. … below an article or a heading."""

    text: Inline
    label: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """a) … below a clause."""

    text: Inline
    label: str = ""


@dataclass(frozen=True, slots=True)
class Dash:
    """- … one of several things without a number."""

    text: Inline


@dataclass(frozen=True, slots=True)
class Enacting:
    """The word after the bases that orders what follows: QUYẾT ĐỊNH:"""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` in parts of the whole."""

    title: str
    width: float
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over one or several columns and rows; the places it covers are left out of their rows."""

    text: Inline
    columns: int = 1
    rows: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading is repeated on every page; without an id it has no number and no caption."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    id: str = ""
    caption: str = ""
    landscape: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of ours as SVG, and as PNG for programs that cannot draw one; `alt` says it in words."""

    id: str
    caption: str
    alt: str
    svg: bytes
    png: bytes
    landscape: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """The list of chapters, headings and articles with their pages."""

    title: str


Block = Paragraph | Chapter | Heading | Article | Clause | Point | Dash | Enacting | Table | Figure | TableOfContents


@dataclass(frozen=True, slots=True)
class HeadBlock:
    """Who issues the paper, one line each. Number and day are official blanks: only the office fills them in.

    `symbol` is the type's letters ("TTr", none for a letter), `body` those of the issuer ("STTTT", "STTTT-CNTT").
    """

    issuer: str
    superior: str = ""
    symbol: str = ""
    body: str = ""
    place: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signs: the authority and office, one line each; a name nobody knows is a blank."""

    office: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """A text attached, with pages of its own; `attached` is the line in italics below its title."""

    title: str
    blocks: tuple[Block, ...]
    attached: str = ""
    landscape: bool = False
    id: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. `date` is the day the data speak of: it chooses the format, and is never printed as the paper's.

    `authority` is who decides, named above the bases of a decision. `party` asks for the head of a Party paper.
    `attached` is the line in italics of a text that another paper approves: it has no number and no day of its own.
    `type_name` is "" for a letter (công văn), whose abstract stands below the number.
    """

    id: str
    title: str
    date: date
    head: HeadBlock
    blocks: tuple[Block, ...]
    type_name: str = ""
    abstract: str = ""
    party: bool = False
    addressees: tuple[str, ...] = ()
    authority: str = ""
    attached: str = ""
    bases: tuple[Inline, ...] = ()
    signatures: tuple[SignatureBlock, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    landscape: bool = False
    mark: str = ""
