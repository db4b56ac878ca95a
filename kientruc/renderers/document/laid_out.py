"""A paper set by a profile: where head and signatures stand, what is in capitals, how wide each rule and column is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from kientruc.renderers.document.columns import height, torn, widths
from kientruc.renderers.document.flow import ended, filled, sheets_of
from kientruc.renderers.document.measures import MM, drawing_size, line_width, smallest_print
from kientruc.renderers.document.parts import (
    Columns,
    Contents,
    Drawing,
    Grid,
    GridCell,
    Laid,
    Line,
    Part,
    Rule,
    Sheet,
    Space,
    Style,
)
from kientruc.renderers.document.print_style import NO_BREAK, printable, words
from kientruc.renderers.document.profile import Element, Profile
from kientruc.views.document import (
    BLANK,
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Clause,
    Dash,
    Document,
    Enacting,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Point,
    Run,
    SignatureBlock,
    Table,
    TableOfContents,
    numbered,
    plain,
)

HEAD = 71 / 165  # of the width of the text; the national title needs the rest, with room for a wider font
MOST_RIGHT = 0.6  # of the width, for the side of the national title where place and date are long
SPARE = 1.0  # millimetre beside the longest line of a side of the head
WIDER = 0.43  # millimetre by which LibreOffice draws a space that does not break wider than the font has it
LEAST_BLANK = 3  # such spaces that leave room for a number
SIGNATURE = 0.46  # of the width, left to the recipients
SHORT_RULE = 0.4  # of the text above it: between a third and a half
LEGIBLE = 8.0  # points; smaller print turns a drawing across
CAPTION = 22.0  # millimetres that caption and title of a drawing take from the page
WHOLE = 0.25  # of the height of a page: a table that is no higher stays on one
SIGN = 62.0  # points left free for signature and seal
ENDS = (".", ";", ":", "…")  # an article that ends so is a sentence; else it has a title, and that is bold


def lay_out(document: Document, profile: Profile) -> Laid:
    """Set a paper.

    Raises:
        DocumentError: it refers to what it does not hold.
    """
    return _Setter(numbered(document), profile).laid()


class _Setter:
    """Sets one paper."""

    def __init__(self, document: Document, profile: Profile) -> None:
        self.document, self.profile = document, profile
        self.anchors = self.drawings = 0
        self.across = document.landscape
        self.entries: list[tuple[int, str, str]] = []

    def laid(self) -> Laid:
        """Give the whole."""
        document, profile = self.document, self.profile
        margins, paper = profile.margins, profile.paper
        text = [*self.upright(self.head()), *self.flow(ended(document.blocks, profile))]
        foot = [*self.upright(self.foot())]
        if foot and text:  # who signs is never alone on a page: the last words go with it
            across, last = text[-1]
            text[-1] = (across, replace(last, keep=True) if isinstance(last, Line) else last)
        body = [*text, *foot]
        sheets = list(sheets_of(body))
        for annex in document.annexes:
            sheets += self.annex(annex)
        return Laid(
            title=words(document.title),
            date=(document.date.year, document.date.month, document.date.day),
            font=profile.font.name,
            paper=(float(paper.width), float(paper.height)),
            margins=tuple(float(one.value) for one in (margins.top, margins.right, margins.bottom, margins.left)),  # type: ignore[arg-type]
            page_number=profile.page_number.place,
            styles={name: _style(element) for name, element in sorted(profile.elements.items())},
            sheets=tuple(self.with_contents(sheet) for sheet in sheets),
            mark=printable(document.mark),
        )

    def line(
        self,
        role: str,
        *parts: str | Run,
        level: int = 0,
        before: str = "",
        keep: bool = False,
        boxed: bool = False,
    ) -> Line:
        """Make a line of a role; capitals where its role wants them, the role's weight in every run.

        Args:
            before: what the contents say before the line's own words.
        """
        element = self.profile.elements[role]
        runs = []
        for part in parts:
            run = Run(part) if isinstance(part, str) else part
            text = words(run.text)
            if element.align == "centre":  # a title is not torn inside a name
                text = text.replace(f"{NO_BREAK}– ", f"{NO_BREAK}–{NO_BREAK}")
            runs.append(
                Run(text.upper() if element.caps else text, run.bold or element.bold, run.italic or element.italic)
            )
        anchor = ""
        if level:
            self.anchors += 1
            anchor = f"muc-{self.anchors}"
        made = Line(role, tuple(run for run in runs if run.text), anchor, level, keep, boxed)
        if level:
            self.entries.append((level, words(before) + made.text, anchor))
        return made

    def width(self, across: bool | None = None) -> float:
        """Give the width of the text in millimetres."""
        return self.profile.text_width(self.across if across is None else across)

    def length(self, line: Line) -> float:
        """Give how long a line is in millimetres."""
        element = self.profile.elements[line.role]
        return line_width(line.text, float(element.size), element.bold, element.italic)

    def drawn(self, line: Line) -> float:
        """Give how long a line is in the program that draws it widest, in millimetres."""
        return self.length(line) + WIDER * line.text.count(NO_BREAK)

    def short_rule(self, line: Line, room: float) -> Rule:
        """Make a rule a third to a half as long as the last line of the text above it."""
        long = self.length(line)
        last = long if long <= room else min(room, max(long % room, room / 2))
        return Rule(round(last * SHORT_RULE, 2), room)

    # --- head ---

    def head(self) -> Iterator[Part]:
        """Set what stands above the text."""
        document, widths = self.document, self.sides()
        yield Columns(tuple(self.issuer(widths[0])), tuple(self.state(widths[1])), widths)
        if not document.attached:
            yield Columns(tuple(self.number()), (self.place_and_date(widths[1]),), widths)
        if document.type_name:
            yield self.line("type_name", document.type_name, keep=True)
            abstract = self.line("abstract", document.abstract, keep=True)
            yield abstract
            if document.attached:
                abstract = self.line("annex_attached", f"({document.attached})", keep=True)
                yield abstract
            yield self.short_rule(abstract, self.width())
            yield Space(6)
        yield from self.addressees()
        if document.authority:
            yield self.line("authority", document.authority, keep=True)
        yield from self.bases()

    def sides(self) -> tuple[float, float]:
        """Share the width out so that neither the issuer nor place and date break, if both have room."""
        width, strings = self.width(), self.profile.strings
        titles = (
            self.place_and_date(0),
            self.line("national_title", strings.national_title),
            self.line("motto", strings.motto or ""),
        )
        least = max(map(self.drawn, titles)) + SPARE
        named = (self.line("issuer", one) for one in self.document.head.issuer.split("\n"))
        wanted = max(map(self.drawn, (self.line("superior", self.document.head.superior), *named))) + SPARE
        right = max(width * (1 - HEAD), min(width * MOST_RIGHT, least))
        if width - right < wanted <= width - least:
            right = width - wanted
        return round(width - right, 2), round(right, 2)

    def issuer(self, room: float) -> Iterator[Line | Rule]:
        """Set the superior and the issuing body."""
        head, star = self.document.head, self.profile.strings.star
        if head.superior:
            yield self.line("superior", head.superior)
        *before, line = (self.line("issuer", one) for one in head.issuer.split("\n"))
        yield from before
        yield line
        yield self.line("star", star) if star else self.short_rule(line, room)

    def state(self, room: float) -> Iterator[Line | Rule]:
        """Set the national title and its motto, or the Party's; the rule is as long as the text."""
        strings = self.profile.strings
        last = self.line("national_title", strings.national_title)
        yield last
        if strings.motto:
            last = self.line("motto", strings.motto)
            yield last
        yield Rule(round(self.length(last), 2), room)

    def number(self) -> Iterator[Line]:
        """Set number and symbol, below them the abstract of a letter, and the mark of a draft."""
        head, strings = self.document.head, self.profile.strings
        form = strings.number if head.symbol else strings.letter_number
        body = head.body or BLANK
        yield self.line("number", form.format(blank=BLANK, symbol=head.symbol, body=body))
        if not self.document.type_name:
            yield self.line("letter_abstract", self.document.abstract)
        if head.draft and strings.draft:
            yield self.line("draft_mark", strings.draft, boxed=True)

    def place_and_date(self, room: float) -> Line:
        """Set the place, and the day that the office fills in: blanks as long as the room in millimetres allows."""
        place, form = self.document.head.place or BLANK, self.profile.strings.date
        blanks = (BLANK[:count] for count in range(len(BLANK), LEAST_BLANK, -1))
        lines = (self.line("place_date", form.format(place=place, blank=one)) for one in blanks)
        shortest = self.line("place_date", form.format(place=place, blank=BLANK[:LEAST_BLANK]))
        return next((one for one in lines if self.drawn(one) <= room), shortest)

    def addressees(self) -> Iterator[Part]:
        """Set to whom the paper goes: one body on the line, several on lines of their own."""
        to, word = self.document.addressees, self.profile.strings.addressed
        if len(to) == 1:
            yield self.line("addressees", f"{word} {to[0]}")
        elif to:
            yield self.line("addressees", word, keep=True)
            for index, one in enumerate(to, 1):
                yield self.line("dash", f"- {one}{'.' if index == len(to) else ';'}")

    def bases(self) -> Iterator[Part]:
        """Set the bases; the sign after the last one is the format's."""
        bases, strings = self.document.bases, self.profile.strings
        for index, basis in enumerate(bases, 1):
            end = strings.last_basis_end if index == len(bases) else strings.basis_end
            yield self.line("basis", *_runs(basis), end)

    # --- foot ---

    def foot(self) -> Iterator[Part]:
        """Set the recipients and who signs."""
        document = self.document
        if not (document.signatures or document.recipients):
            return
        widths = (round(self.width() * SIGNATURE, 2), round(self.width() * (1 - SIGNATURE), 2))
        yield Space(8)
        first, *rest = document.signatures or (SignatureBlock(()),)
        if rest:  # two sign side by side, and the recipients stand below
            for one, other in zip([first, *rest][::2], [*[first, *rest][1::2], SignatureBlock(())], strict=False):
                half = round(self.width() / 2, 2)
                yield Columns(tuple(self.signature(one)), tuple(self.signature(other)), (half, half))
            if document.recipients:
                yield Columns(tuple(self.recipients()), (), widths)
        else:
            yield Columns(tuple(self.recipients()), tuple(self.signature(first)), widths)

    def recipients(self) -> Iterator[Line]:
        """Set the list of who gets the paper."""
        to = self.document.recipients
        if to:
            yield self.line("recipients_head", self.profile.strings.recipients)
        for index, one in enumerate(to, 1):
            yield self.line("recipients", f"- {one}{'.' if index == len(to) else ';'}")

    def signature(self, block: SignatureBlock) -> Iterator[Line | Space]:
        """Set the office, room to sign, and the name where it is known."""
        for one in block.office:
            yield self.line("authority", one)
        if block.office:
            yield Space(SIGN)
            yield self.line("signer", block.name or BLANK)

    # --- body ---

    def annex(self, annex: Annex) -> Iterator[Sheet]:
        """Set an annex on pages of its own."""
        self.across = annex.landscape
        label = self.line("annex_label", annex.label, keep=True)
        title = self.line("annex_title", annex.title, level=1, before=f"{annex.label}. ", keep=True)
        head: list[Part] = [label, title]
        if annex.attached:
            head.append(self.line("annex_attached", f"({annex.attached})", keep=True))
        head += [self.short_rule(title, self.width()), Space(6)]
        yield from sheets_of([*self.upright(head), *self.flow(annex.blocks)])
        self.across = self.document.landscape

    def upright(self, parts: Iterable[Part]) -> Iterator[tuple[bool, Part]]:
        """Say of parts that they lie as the whole text does."""
        return ((self.across, part) for part in parts)

    def flow(self, blocks: Iterable[Block]) -> Iterator[tuple[bool, Part]]:
        """Set the text block by block; each part with whether it lies across."""
        for block in blocks:
            across = self.across or (isinstance(block, Table | Figure) and self.turned(block))
            yield from ((across, part) for part in self.block(block, across))

    def turned(self, block: Table | Figure) -> bool:
        """Tell whether a block lies across: as it asks, or because its print would be too small upright."""
        return block.landscape or (isinstance(block, Figure) and 0 < self.print_of(block, False) < LEGIBLE)

    def scale(self, figure: Figure, across: bool) -> float:
        """Give how many millimetres a unit of a drawing takes where it fills the room there is."""
        width, height = drawing_size(figure.svg)
        return min(self.width(across) / width, (self.profile.text_height(across) - CAPTION) / height)

    def print_of(self, figure: Figure, across: bool) -> float:
        """Give the smallest print of a drawing in points."""
        return smallest_print(figure.svg) * self.scale(figure, across) * MM

    def block(self, block: Block, across: bool) -> Iterator[Part]:
        """Set one block."""
        match block:
            case Paragraph():
                opens = plain(block.text).rstrip().endswith(":")  # what it opens must not begin the next page
                yield self.line(block.style, *_runs(block.text), keep=opens)
            case Chapter():
                yield self.line("chapter", block.label, keep=True)
                yield self.line("chapter_title", block.title, level=1, before=f"{block.label}. ", keep=True)
            case Heading():
                level = block.level + 1
                yield self.line(f"heading_{block.level}", f"{block.label} {block.title}", level=level, keep=True)
            case Article():
                runs = _runs(block.text)
                titled = not plain(block.text).rstrip().endswith(ENDS)
                yield self.article(block.label, tuple(replace(run, bold=run.bold or titled) for run in runs))
            case Clause():
                yield self.line("clause", f"{block.label} ", *_runs(block.text))
            case Point():
                yield self.line("point", f"{block.label} ", *_runs(block.text))
            case Dash():
                yield self.line("dash", "- ", *_runs(block.text))
            case Enacting():
                yield self.line("enacting", block.text, keep=True)
            case Table():
                yield from self.table(block, across)
            case Figure():
                yield from self.figure(block, across)
            case TableOfContents():
                yield self.line("contents_title", block.title, keep=True)
                yield Contents(())
            case _:
                assert_never(block)

    def article(self, label: str, runs: tuple[Run, ...]) -> Line:
        """Set an article: the label is bold, the text as it is written."""
        line = self.line("article", f"{label} ", *runs)
        kept = (line.runs[0], *(replace(one, bold=run.bold) for one, run in zip(line.runs[1:], runs, strict=True)))
        return replace(line, runs=kept)

    def table(self, table: Table, across: bool) -> Iterator[Part]:
        """Set a table, its caption above."""
        if table.caption:
            yield self.line("caption_table", f"{table.label}. {table.caption}", keep=True)
        heading = tuple(GridCell(self.line("table_head", one.title).runs, "centre") for one in table.columns)
        placed = list(filled(table))
        head, size = (float(self.profile.elements[role].size) for role in ("table_head", "table_cell"))
        wide = widths(table, placed, self.width(across), head, size)
        page = self.profile.text_height(across)
        yield Grid(
            wide,
            heading,
            tuple(tuple(self.cells(table, row)) for row in placed),
            tuple(torn(row, wide, size, page) for row in placed),
            height(placed, wide, size) <= page * WHOLE,
        )

    def cells(self, table: Table, row: tuple[tuple[int, Cell], ...]) -> Iterator[GridCell]:
        """Set the cells of a row; one over all columns is as bold as a heading."""
        for at, cell in row:
            head = cell.columns == len(table.columns)
            runs = self.line("table_cell", *(replace(run, bold=True) if head else run for run in _runs(cell.text))).runs
            yield GridCell(runs, "left" if head else table.columns[at].align, cell.columns, cell.rows)

    def figure(self, figure: Figure, across: bool) -> Iterator[Part]:
        """Set a drawing as large as its page allows, its caption below."""
        width, height = drawing_size(figure.svg)
        scale = self.scale(figure, across)
        size = (round(width * scale, 2), round(height * scale, 2))
        self.drawings += 1
        name, small = f"hinh-{self.drawings}", round(self.print_of(figure, across), 2)
        yield Drawing(name, figure.svg, figure.png, *size, words(figure.alt), small)
        yield self.line("caption_figure", f"{figure.label}. {figure.caption}")

    def with_contents(self, sheet: Sheet) -> Sheet:
        """Fill in the contents, now that everything is known."""
        full = Contents(tuple(self.entries))
        return replace(sheet, parts=tuple(full if isinstance(part, Contents) else part for part in sheet.parts))


def _style(element: Element) -> Style:
    numbers = (float(one) for one in (element.indent, element.before, element.after, element.line))
    return Style(float(element.size), element.bold, element.italic, element.align, *numbers)


def _runs(text: Inline) -> tuple[Run, ...]:
    return tuple(part for part in text if isinstance(part, Run))
