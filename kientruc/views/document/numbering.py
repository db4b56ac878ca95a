"""Numbers of a paper's parts: Điều, khoản, điểm, headings, figures, tables, annexes; and what refers to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kientruc.views.document.tree import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Clause,
    Dash,
    Document,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Point,
    Ref,
    Run,
    Table,
)

LETTERS = "abcdđeghiklmnopqrstuvxy"  # the alphabet as points are counted: no f, j, w, z and no letter with a mark but đ
FIGURE, TABLE, ANNEX, ARTICLE = "Hình", "Bảng", "Phụ lục", "Điều"  # the words of the law, in every language of the tool
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class DocumentError(ValueError):
    """A paper refers to what it does not hold, or holds two things under one id."""


def letter(number: int) -> str:
    """Give the letter of a point, counted from 1: a, b, c, d, đ, e, g …, y, aa, ab …"""
    before, last = divmod(number - 1, len(LETTERS))
    return (letter(before) if before else "") + LETTERS[last]


def roman(number: int) -> str:
    """Give a Roman number, from 1."""
    words = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        words += sign * count
    return words


def numbered(document: Document) -> Document:
    """Give every part its number and every reference its words.

    Raises:
        DocumentError: a reference names nothing, or an id stands for two things.
    """
    counter = _Counter()
    blocks = counter.body(document.blocks)
    annexes = []
    for number, annex in enumerate(document.annexes, 1):
        label = f"{ANNEX} {roman(number)}" if len(document.annexes) > 1 else ANNEX
        counter.name(annex.id, label)
        annexes.append(replace(annex, label=label, blocks=counter.body(annex.blocks)))
    names = counter.names
    return replace(
        document,
        bases=tuple(_resolved(basis, names) for basis in document.bases),
        blocks=tuple(_named(block, names) for block in blocks),
        annexes=tuple(_annex(annex, names) for annex in annexes),
    )


def _annex(annex: Annex, names: Mapping[str, str]) -> Annex:
    return replace(annex, blocks=tuple(_named(block, names) for block in annex.blocks))


class _Counter:
    """Counts through a paper; articles run on through the chapters, all else begins anew below its parent."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.figures = self.tables = 0

    def body(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Number one body: the paper's own, or an annex's."""
        self.chapters = self.articles = self.clauses = self.points = 0
        self.headings = [0, 0, 0]
        return tuple(self.block(block) for block in blocks)

    def name(self, id: str, label: str) -> None:
        """Keep what an id prints as."""
        if id in self.names:
            raise DocumentError(f"two parts have the id {id!r}")
        if id:
            self.names[id] = label

    def block(self, block: Block) -> Block:
        """Give one block its number."""
        match block:
            case Chapter():
                self.chapters += 1
                self.headings = [0, 0, 0]
                return replace(block, label=f"{block.word} {roman(self.chapters)}")
            case Heading():
                return self.heading(block)
            case Article():
                self.articles += 1
                self.clauses = self.points = 0
                return replace(block, label=f"{ARTICLE} {self.articles}.")
            case Clause():
                self.clauses += 1
                self.points = 0
                return replace(block, label=f"{self.clauses}.")
            case Point():
                self.points += 1
                return replace(block, label=f"{letter(self.points)})")
            case Figure():
                self.figures += 1
                self.name(block.id, f"{FIGURE} {self.figures}")
                return replace(block, label=f"{FIGURE} {self.figures}")
            case Table() if block.id:
                self.tables += 1
                self.name(block.id, f"{TABLE} {self.tables}")
                return replace(block, label=f"{TABLE} {self.tables}")
            case _:
                return block

    def heading(self, heading: Heading) -> Heading:
        """Number a heading, and begin anew below it."""
        depth = heading.level - 1
        self.headings = [*self.headings[:depth], self.headings[depth] + 1, *[0] * (2 - depth)]
        self.clauses = self.points = 0
        number = self.headings[depth]
        return replace(heading, label=(f"{roman(number)}.", f"{number}.", f"{letter(number)})")[depth])


def _named(block: Block, names: Mapping[str, str]) -> Block:
    match block:
        case Paragraph() | Article() | Clause() | Point() | Dash():
            return replace(block, text=_resolved(block.text, names))
        case Table():
            return replace(block, rows=tuple(tuple(_cell(cell, names) for cell in row) for row in block.rows))
        case _:
            return block


def _cell(cell: Cell, names: Mapping[str, str]) -> Cell:
    return replace(cell, text=_resolved(cell.text, names))


def _resolved(text: Inline, names: Mapping[str, str]) -> Inline:
    if not any(isinstance(part, Ref) for part in text):
        return text
    try:
        return tuple(Run(names[part.id].replace(" ", "\u00a0")) if isinstance(part, Ref) else part for part in text)
    except KeyError as missing:
        raise DocumentError(f"nothing has the id {missing}") from None
