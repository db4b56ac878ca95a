"""A finished DOCX read back: every paragraph as it will look, wherever its look is said; nothing is run or fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lxml import etree

from kientruc.errors import KientrucError
from kientruc.reading.archive import Archive, BadArchive
from kientruc.reading.archive_limits import ArchiveLimits
from kientruc.reading.limits import MIB

PACKED = 64 * MIB  # bytes of the file; a paper of 60 pages has 4 MiB
UNPACKED = ArchiveLimits(inflated=128 * MIB, ratio=200)
MARKS = 2_500_000  # of XML in all parts that are read: a paper of 60 pages has 50,000
BASED_ON = 32  # styles above a style; programs stop at ten
_MEASURE = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?")
_DECLARES = re.compile(rb"<\0?!\0?(D\0?O\0?C|E\0?N\0?T)")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
SAID = MappingProxyType({f"{W}tab": " ", f"{W}br": " ", f"{W}noBreakHyphen": "-"})  # in a run beside its text
TWIPS = 1440 / 25.4  # in a millimetre
EMU = 36_000  # in a millimetre
Xml = Any  # lxml brings no types


class NotADocument(KientrucError):
    """The file is no DOCX that can be read safely."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text as it will look; points."""

    text: str
    font: str
    size: float
    bold: bool
    italic: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing in a paragraph: millimetres, and the SVG if it has one."""

    width: float
    svg: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `style` is the id of its style, `room` the width it has, `rule` the length of its border on top."""

    number: int
    style: str
    text: str
    words: tuple[Words, ...]
    align: str
    indent: float
    before: float
    room: float
    section: int
    fields: tuple[str, ...]
    drawings: tuple[Drawn, ...]
    rule: float
    inside: int  # the table it is in, -1 outside


@dataclass(frozen=True, slots=True)
class Table:
    """A table: whether it has borders, its width, how many rows, how many of them are repeated on each page."""

    number: int
    bordered: bool
    width: float
    rows: int
    repeated: int
    section: int
    before: int  # the number of the last paragraph above it


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one size; millimetres. Headers and footers by type: default, first."""

    width: float
    height: float
    landscape: bool
    margins: Mapping[str, float]
    own_first: bool
    start: int | None
    headers: Mapping[str, tuple[Paragraph, ...]]
    footers: Mapping[str, tuple[Paragraph, ...]]

    @property
    def text(self) -> float:
        """The width of the text."""
        return self.width - self.margins["left"] - self.margins["right"]


@dataclass(frozen=True, slots=True)
class Word:
    """The whole paper."""

    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    outside: tuple[str, ...]  # what it would fetch from elsewhere, or run


def opened(data: bytes) -> Word:
    """Read a DOCX within limits.

    Raises:
        NotADocument: it is too large, packed too tightly, no ZIP, no DOCX, or XML with declarations of its own.
    """
    return _Reader(_parts(data)).word()


def _parts(data: bytes) -> dict[str, bytes]:
    if len(data) > PACKED:
        raise NotADocument("lint.not-docx", why=f"> {PACKED // MIB} MiB")
    try:
        archive = Archive(data, UNPACKED)
        read = archive.read(_is_read)
    except BadArchive as bad:
        raise NotADocument("lint.not-docx", why=" ".join((bad.problem, *bad.values.values()))) from None
    if sum(part.count(b"<") for part in read.values()) > MARKS:
        raise NotADocument("lint.not-docx", why=f"XML > {MARKS}")
    return dict.fromkeys(archive.names, b"") | read


def _is_read(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".svg"))


def _xml(parts: Mapping[str, bytes], name: str) -> Xml:
    data = parts.get(name)
    if data is None:
        raise NotADocument("lint.not-docx", why=name)
    if _DECLARES.search(data):
        raise NotADocument("lint.not-docx", why=f"DOCTYPE: {name}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotADocument("lint.not-docx", why=str(error)[:80]) from None
    if root.getroottree().docinfo.doctype:  # in an encoding in which it did not show
        raise NotADocument("lint.not-docx", why=f"DOCTYPE: {name}")
    return root


class _Reader:
    """Reads one package."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = parts
        self.root = _xml(parts, "word/document.xml")
        self.targets = dict(self.relations("word/_rels/document.xml.rels"))
        styles = _xml(parts, "word/styles.xml")
        self.styles = {style.get(f"{W}styleId"): style for style in styles.findall(f"{W}style")}
        self.normal = next((id for id, style in self.styles.items() if _default(style)), "")
        self.defaults = styles.find(f"{W}docDefaults")
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.read: dict[str, tuple[Paragraph, ...]] = {}

    def relations(self, name: str) -> Iterator[tuple[str, str]]:
        """Give what ids of a part stand for."""
        if name in self.parts:
            for one in _xml(self.parts, name):
                yield str(one.get("Id")), str(one.get("Target"))

    def word(self) -> Word:
        """Give the whole."""
        body = self.root.find(f"{W}body")
        if body is None:
            raise NotADocument("lint.not-docx", why="w:body")
        sections = [found for found in body.iter(f"{W}sectPr") if not _changed(found)]
        held: dict[str, Xml] = {}
        made: list[Section] = []
        for found in sections:
            made.append(self.section(found, held))
        self.sections = made or [_nowhere()]
        self.at = 0
        self.blocks(body, self.sections[0].text, -1)
        return Word(tuple(self.paragraphs), tuple(self.tables), tuple(self.sections), tuple(self.outside()))

    def section(self, found: Xml, held: dict[str, Xml]) -> Section:
        """Read the properties of a section; headers it does not name are those of the one before."""
        size, margins, start = (found.find(f"{W}{name}") for name in ("pgSz", "pgMar", "pgNumType"))
        for one in found:
            if one.tag in (f"{W}headerReference", f"{W}footerReference"):
                held[f"{one.tag}/{one.get(f'{W}type')}"] = self.targets.get(one.get(f"{R}id"), "")
        sides = ("top", "right", "bottom", "left")
        first = _on(found.find(f"{W}titlePg"))
        return Section(
            width=_mm(size, "w"),
            height=_mm(size, "h"),
            landscape=size is not None and size.get(f"{W}orient") == "landscape",
            margins={side: _mm(margins, side) for side in sides},
            own_first=first,
            start=int(_number(start.get(f"{W}start"))) if start is not None and start.get(f"{W}start") else None,
            headers=self.edges(held, "headerReference"),
            footers=self.edges(held, "footerReference"),
        )

    def edges(self, held: Mapping[str, str], tag: str) -> dict[str, tuple[Paragraph, ...]]:
        """Read the headers or footers that are in force."""
        found = {}
        for key, target in held.items():
            name, _, kind = key.rpartition("/")
            if name == f"{W}{tag}" and f"word/{target}" in self.parts:
                found[kind] = self.edge(target)
        return found

    def edge(self, target: str) -> tuple[Paragraph, ...]:
        """Read a header or footer, once for all the sections that have it."""
        if target not in self.read:
            root = _xml(self.parts, f"word/{target}")
            self.read[target] = tuple(self.paragraph(one, 0, 0.0, -1) for one in root.iter(f"{W}p"))
        return self.read[target]

    def blocks(self, parent: Xml, room: float, inside: int) -> None:
        """Read paragraphs and tables one after the other, those in cells too."""
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraphs.append(self.paragraph(child, len(self.paragraphs), room, inside))
                if inside < 0 and child.find(f"{W}pPr/{W}sectPr") is not None and self.at + 1 < len(self.sections):
                    self.at += 1
                    room = self.sections[self.at].text
            elif child.tag == f"{W}tbl":
                self.table(child)

    def table(self, table: Xml) -> None:
        """Read a table and what stands in its cells."""
        number, rows = len(self.tables), table.findall(f"{W}tr")
        widths = [_mm(column, "w") for column in table.findall(f"{W}tblGrid/{W}gridCol")]
        borders = table.find(f"{W}tblPr/{W}tblBorders")
        bordered = borders is not None and any(one.get(f"{W}val") not in ("none", "nil") for one in borders)
        repeated = 0
        for row in rows:
            if not _on(row.find(f"{W}trPr/{W}tblHeader")):
                break
            repeated += 1
        above = len(self.paragraphs) - 1
        self.tables.append(Table(number, bordered, sum(widths), len(rows), repeated, self.at, above))
        sides = table.find(f"{W}tblPr/{W}tblCellMar")
        padding = sum(_mm(sides.find(f"{W}{side}"), "w") for side in ("left", "right")) if sides is not None else 3.8
        for row in rows:
            for cell in row.findall(f"{W}tc"):
                width = _mm(cell.find(f"{W}tcPr/{W}tcW"), "w")
                self.blocks(cell, width - padding, number)

    def paragraph(self, found: Xml, number: int, room: float, inside: int) -> Paragraph:
        """Read a paragraph with its look."""
        own = found.find(f"{W}pPr")
        named = own.find(f"{W}pStyle") if own is not None else None
        style = named.get(f"{W}val") if named is not None else self.normal
        chain = [own, *(one.find(f"{W}pPr") for one in self.chain(style))]
        words = tuple(self.words(found, style))
        align = _first(chain, "jc")
        indent, spacing = _attributes(chain, "ind"), _attributes(chain, "spacing")
        drawn = [one for one in found.iter(f"{W}drawing")]
        rule = self.rule(own, indent, room)
        return Paragraph(
            number,
            style,
            "".join(one.text for one in words),
            words,
            {"both": "justify", "center": "centre"}.get(align, align or "left"),
            round(_number(indent.get("firstLine")) / TWIPS, 2),
            _number(spacing.get("before")) / 20,
            room - (_number(indent.get("left")) + _number(indent.get("right"))) / TWIPS,
            getattr(self, "at", 0),
            tuple((one.text or "").strip() for one in found.iter(f"{W}instrText"))
            + tuple(one.get(f"{W}instr", "").strip() for one in found.iter(f"{W}fldSimple")),
            tuple(self.drawn(one) for one in drawn),
            rule,
            inside,
        )

    def rule(self, own: Xml, indent: Mapping[str, str], room: float) -> float:
        """Give the length of a line drawn as the border of a paragraph; 0 where there is none."""
        if own is None or own.find(f"{W}pBdr/{W}top") is None or own.find(f"{W}pBdr/{W}left") is not None:
            return 0.0
        return room - (_number(indent.get("left")) + _number(indent.get("right"))) / TWIPS

    def chain(self, style: str) -> Iterator[Xml]:
        """Give a style and what it is based on, so far as programs follow it; a circle ends."""
        seen: set[str] = set()
        while style in self.styles and style not in seen and len(seen) < BASED_ON:
            seen.add(style)
            found = self.styles[style]
            yield found
            base = found.find(f"{W}basedOn")
            style = base.get(f"{W}val") if base is not None else ""

    def words(self, found: Xml, style: str) -> Iterator[Words]:
        """Read the runs of a paragraph."""
        base = [one.find(f"{W}rPr") for one in self.chain(style)]
        last = self.defaults.find(f"{W}rPrDefault/{W}rPr") if self.defaults is not None else None
        for run in found.iter(f"{W}r"):
            if run.getparent().tag in (f"{W}del", f"{W}moveFrom"):
                continue
            text = "".join(SAID.get(one.tag, one.text or "") for one in run if one.tag in SAID or one.tag == f"{W}t")
            if not text:
                continue
            chain = [run.find(f"{W}rPr"), *base, last]
            fonts = _attributes(chain, "rFonts")
            size = _first(chain, "sz")
            bold, italic = _mark(chain, "b"), _mark(chain, "i")
            colour = _first(chain, "color") or "auto"
            yield Words(text, fonts.get("ascii", ""), (_number(size) or 20) / 2, bold, italic, colour)

    def drawn(self, found: Xml) -> Drawn:
        """Read a drawing."""
        extent, about = found.find(f".//{WP}extent"), found.find(f".//{WP}docPr")
        vector = found.find(f".//{SVG}svgBlip")
        target = self.targets.get(vector.get(f"{R}embed"), "") if vector is not None else ""
        name = f"word/{target}" if not target.startswith("/") else target[1:]
        width = _number(extent.get("cx")) / EMU if extent is not None else 0.0
        return Drawn(width, self.parts.get(name, b""), about.get("descr", "") if about is not None else "")

    def outside(self) -> Iterator[str]:
        """Name what would be fetched from elsewhere, or run."""
        for name in sorted(self.parts):
            if name.endswith(".rels"):
                for one in _xml(self.parts, name):
                    if one.get("TargetMode") == "External":
                        yield str(one.get("Target"))
            if "vbaProject" in name or name.endswith(".bin") or "/embeddings/" in name:
                yield name


def _nowhere() -> Section:
    return Section(0, 0, False, dict.fromkeys(("top", "right", "bottom", "left"), 0.0), False, None, {}, {})


def _default(style: Xml) -> bool:
    return bool(style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"))


def _changed(section: Xml) -> bool:
    return bool(section.getparent().tag == f"{W}sectPrChange")


def _mm(element: Xml, name: str) -> float:
    return round(_number(element.get(f"{W}{name}")) / TWIPS, 2) if element is not None else 0.0


def _number(written: str | None) -> float:
    """Read a measure, whole or with a fraction; what is none, or far from any paper, is 0."""
    return float(written) if written and _MEASURE.fullmatch(written) else 0.0


def _on(element: Xml) -> bool:
    if element is None:
        return False
    value: str = element.get(f"{W}val", "")
    return value not in ("0", "false", "off")


def _first(chain: list[Xml], name: str) -> str:
    for properties in chain:
        found = properties.find(f"{W}{name}") if properties is not None else None
        if found is not None:
            return str(found.get(f"{W}val", ""))
    return ""


def _mark(chain: list[Xml], name: str) -> bool:
    for properties in chain:
        found = properties.find(f"{W}{name}") if properties is not None else None
        if found is not None:
            return _on(found)
    return False


def _attributes(chain: list[Xml], name: str) -> dict[str, str]:
    """Gather the attributes of a property: the nearest that says one wins."""
    found: dict[str, str] = {}
    for properties in reversed(chain):
        element = properties.find(f"{W}{name}") if properties is not None else None
        if element is not None:
            found.update({key.removeprefix(W): value for key, value in element.attrib.items()})
    return found
