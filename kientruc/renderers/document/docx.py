"""A set paper as DOCX: Word's own styles, one XML string for the body, one package with the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from kientruc.renderers.document.docx_package import bare
from kientruc.renderers.document.measures import MM
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
from kientruc.renderers.packed import repacked
from kientruc.views.document import Run

SPACES = nsdecls("w", "r", "wp", "a", "pic") + (
    ' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
)
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SYMBOL = re.compile(r"\b\d[-\w]*(?:/[-\w]+)+")  # a number with its symbol, 224/2026/NĐ-CP: no line ends in it
UNBROKEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
ALIGN = {"left": "left", "centre": "center", "right": "right", "justify": "both"}
CELL = (0.6, 1.9)  # millimetres above and below, left and right of what stands in a cell
HEADER, FOOTER = 10, 10  # millimetres from the edge of the sheet
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def render(laid: Laid, pages: dict[str, int] | None = None) -> bytes:
    """Spell a set paper.

    Args:
        pages: the page of each anchor, as the contents show it until the reader's program counts anew.
    """
    return _Writer(laid, pages or {}).document()


def twips(mm: float) -> int:
    """Give millimetres as twentieths of a point."""
    return round(mm * MM * 20)


def style_id(role: str) -> str:
    """Name the Word style of a role: `heading_1` is KtHeading1."""
    return "Kt" + role.title().replace("_", "")


class _Writer:
    """Writes one paper."""

    def __init__(self, laid: Laid, pages: dict[str, int]) -> None:
        self.laid, self.pages = laid, pages
        self.word: Document = bare(docx.Document())
        self.count = 0
        self.bookmarks = 0

    def document(self) -> bytes:
        """Give the package."""
        self.properties()
        self.styles()
        body = self.word.element.body
        sections = self.sections()
        content = "".join(
            self.sheet(sheet, sections[index], index == len(self.laid.sheets) - 1)
            for index, sheet in enumerate(self.laid.sheets)
        )
        for child in list(body):
            body.remove(child)
        for child in parse_xml(f"<w:body {SPACES}>{content}</w:body>"):
            body.append(child)
        stream = io.BytesIO()
        self.word.save(stream)
        return repacked(stream.getvalue())

    def properties(self) -> None:
        """Say title and language; no clock, no name."""
        import datetime

        core = self.word.core_properties
        core.title, core.author, core.comments, core.language = self.laid.title, "", "", "vi-VN"
        core.last_modified_by, core.revision = "", 1
        core.created = core.modified = datetime.datetime(*self.laid.date)

    def styles(self) -> None:
        """Make the default font, and one paragraph style for each role."""
        root = self.word.styles.element
        font, lang = self.laid.font, '<w:lang w:val="vi-VN" w:eastAsia="vi-VN"/>'
        fonts = (
            f"<w:rFonts {' '.join(f'w:{kind}={quoteattr(font)}' for kind in ('ascii', 'hAnsi', 'cs', 'eastAsia'))}/>"
        )
        for child in list(root):
            root.remove(child)
        made = [
            f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="000000"/><w:sz w:val="28"/>'
            f'<w:szCs w:val="28"/>{lang}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
            '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
            "</w:docDefaults>",
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/></w:style>',
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
            '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
            *(self.style(role, style) for role, style in self.laid.styles.items()),
        ]
        for child in parse_xml(f"<w:styles {SPACES}>{''.join(made)}</w:styles>"):
            root.append(child)

    def style(self, role: str, style: Style) -> str:
        """Spell one paragraph style."""
        marks = ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "")
        size = round(style.size * 2)
        outline = {"chapter_title": 0, "annex_title": 0, "heading_1": 1, "heading_2": 2, "heading_3": 3}.get(role)
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(role)}">'
            f'<w:name w:val="Kt {role.replace("_", " ")}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
            + self.spacing(style)
            + f'<w:ind w:firstLine="{twips(style.indent)}"/><w:jc w:val="{ALIGN[style.align]}"/>'
            + (f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "")
            + f'</w:pPr><w:rPr>{marks}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        )

    def spacing(self, style: Style) -> str:
        """Spell the room above, below and between the lines of a style."""
        return (
            f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" '
            f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>'
        )

    # --- sheets ---

    def sections(self) -> list[str]:
        """Make the headers and footers, and spell the properties of each section."""
        first = self.word.sections[0]
        first.header_distance, first.footer_distance = Mm(HEADER), Mm(FOOTER)
        first.different_first_page_header_footer = True
        number = self.number()
        top = self.laid.page_number.startswith("top")
        mark = self.line(Line("sample_mark", (Run(self.laid.mark, bold=True),))) if self.laid.mark else ""
        self.fill(first.header, number if top else "")
        self.fill(first.footer, mark + ("" if top else number))
        self.fill(first.first_page_header, "")
        self.fill(first.first_page_footer, mark)
        references = "".join(
            f'<w:{child.tag.rpartition("}")[2]} w:type="{child.get(qn("w:type"))}" r:id="{child.get(qn("r:id"))}"/>'
            for child in first._sectPr
            if child.tag.endswith("Reference")
        )
        return [self.section(sheet, references if sheet.restart else "") for sheet in self.laid.sheets]

    def fill(self, part: object, content: str) -> None:
        """Put lines into a header or footer; an empty one keeps its one empty line."""
        part.is_linked_to_previous = False  # type: ignore[attr-defined]
        root = part._element  # type: ignore[attr-defined]
        for child in list(root):
            root.remove(child)
        for child in parse_xml(f"<w:body {SPACES}>{content or '<w:p/>'}</w:body>"):
            root.append(child)

    def number(self) -> str:
        """Spell the line with the number of the page."""
        style = self.laid.styles["page_number"]
        align = ALIGN["centre" if self.laid.page_number.endswith("centre") else "right"]
        field = "".join(
            f"<w:r>{part}</w:r>"
            for part in (
                '<w:fldChar w:fldCharType="begin"/>',
                '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
                '<w:fldChar w:fldCharType="separate"/>',
                "<w:t>2</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        )
        name = style_id("page_number")
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{self.spacing(style)}<w:jc w:val="{align}"/></w:pPr>{field}</w:p>'
        )

    def section(self, sheet: Sheet, references: str) -> str:
        """Spell the properties of a section."""
        width, height = self.laid.paper[::-1] if sheet.landscape else self.laid.paper
        top, right, bottom, left = self.laid.margins
        return (
            f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"'
            + (' w:orient="landscape"/>' if sheet.landscape else "/>")
            + f'<w:pgMar w:top="{twips(top)}" w:right="{twips(right)}" w:bottom="{twips(bottom)}" '
            f'w:left="{twips(left)}" w:header="{twips(HEADER)}" w:footer="{twips(FOOTER)}" w:gutter="0"/>'
            + ('<w:pgNumType w:start="1"/>' if sheet.restart else "")
            + ("<w:titlePg/>" if sheet.restart else "")
            + "</w:sectPr>"
        )

    def sheet(self, sheet: Sheet, section: str, last: bool) -> str:
        """Spell a sheet; its properties hang on its last line, or on one of no height."""
        content = "".join(self.part(part) for part in sheet.parts)
        if last:
            tail = "" if isinstance(sheet.parts[-1], Line) else self.gap(1)
            return content + tail + section
        return content + self.gap(1, section)

    def part(self, part: Part) -> str:
        """Spell one part."""
        match part:
            case Line():
                return self.line(part)
            case Rule():
                return self.rule(part)
            case Space():
                return self.gap(part.height)
            case Columns():
                return self.columns(part)
            case Grid():
                return self.grid(part)
            case Drawing():
                return self.drawing(part)
            case Contents():
                return "".join(self.entry(*entry) for entry in part.entries)
            case _:
                assert_never(part)

    # --- lines ---

    def line(self, line: Line) -> str:
        """Spell a paragraph."""
        style = self.laid.styles[line.role]
        runs = "".join(self.run(run, style) for run in line.runs)
        keep = "<w:keepNext/>" if line.keep else ""
        box = ""
        if line.boxed:
            sides = "".join(
                f'<w:{side} w:val="single" w:sz="6" w:space="3" w:color="000000"/>'
                for side in ("top", "left", "bottom", "right")
            )
            box = f"<w:pBdr>{sides}</w:pBdr>"
            box += '<w:ind w:left="1134" w:right="1134" w:firstLine="0"/>'
        if line.anchor:
            self.bookmarks += 1
            id = self.bookmarks
            name = line.anchor.replace("-", "_")
            runs = f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{id}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style_id(line.role)}"/>{keep}{box}</w:pPr>{runs}</w:p>'

    def run(self, run: Run, style: Style) -> str:
        """Spell a run; what its style says already is not said again."""
        marks = _mark("b", run.bold, style.bold) + _mark("i", run.italic, style.italic)
        properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
        words = _SYMBOL.sub(lambda found: found[0].replace("-", UNBROKEN), escape(run.text))
        return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'

    def rule(self, rule: Rule) -> str:
        """Spell a line as the border of an empty paragraph that is drawn in from both sides."""
        side = twips((rule.room - rule.width) / 2)
        return (
            '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
            '<w:spacing w:before="40" w:after="0" w:line="80" w:lineRule="exact"/>'
            f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
        )

    def gap(self, points: float, section: str = "") -> str:
        """Spell height that is left free, on the page of what follows; it may carry the end of a section."""
        line = max(20, round(points * 20))
        spacing = f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'
        stays = "" if section else "<w:keepNext/>"
        return f"<w:p><w:pPr>{stays}{spacing}{section}</w:pPr></w:p>"

    def entry(self, level: int, words: str, anchor: str) -> str:
        """Spell a line of the contents: a link, and a field that Word counts anew."""
        name = anchor.replace("-", "_")
        page = self.pages.get(anchor)
        right = twips(self.laid.paper[0] - self.laid.margins[1] - self.laid.margins[3])
        indent = twips(5 * (level - 1))
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'<w:r><w:t>{page or ""}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style_id("contents")}"/>'
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{right}"/></w:tabs>'
            f'<w:ind w:left="{indent}" w:right="0" w:firstLine="0"/></w:pPr>'
            f'<w:hyperlink w:anchor="{name}" w:history="1"><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
            f"<w:r><w:tab/></w:r>{field}</w:hyperlink></w:p>"
        )

    # --- tables and drawings ---

    def columns(self, columns: Columns) -> str:
        """Spell two columns as a table without borders and without room around its cells."""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>'
            + ("".join(self.part(part) for part in parts) or "<w:p/>")
            + "</w:tc>"
            for parts, width in zip((columns.left, columns.right), columns.widths, strict=True)
        )
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(columns.widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f"{_cell_margins((0, 0))}</w:tblPr>{_grid(columns.widths)}"
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
        )

    def grid(self, grid: Grid) -> str:
        """Spell a table; its heading is repeated, and no row is torn but the highest."""
        covered: list[tuple[int, int]] = [(0, 1)] * len(grid.widths)
        rows = [self.row(grid, grid.heading, covered, "table_head", True, grid.whole)]
        before_last = len(grid.rows) - 2  # stays with the last, which would stand alone on a page
        stay = range(before_last + 1) if grid.whole else (before_last,)
        rows += [
            self.row(grid, row, covered, "table_cell", False, at in stay, grid.torn[at])
            for at, row in enumerate(grid.rows)
        ]
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(grid.widths))}" w:type="dxa"/>'
            f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{_cell_margins(CELL)}</w:tblPr>'
            f"{_grid(grid.widths)}{''.join(rows)}</w:tbl>"
        )

    def row(
        self,
        grid: Grid,
        cells: tuple[GridCell, ...],
        covered: list[tuple[int, int]],
        role: str,
        heading: bool,
        keep: bool = False,
        torn: bool = False,
    ) -> str:
        """Spell a row.

        Args:
            covered: for each column how many rows a cell above it still covers, and over how many columns; kept here.
            keep: whether it stays on the page of the next; so does a row that heads those below.
            torn: whether the end of a page may tear it.
        """
        stays = keep or (len(cells) == 1 and cells[0].columns == len(grid.widths))
        waiting, spelt, at = list(cells), [], 0
        while at < len(grid.widths):
            left, span = covered[at]
            if left:
                covered[at] = (left - 1, span)
                spelt.append(self.cell(grid, at, span, "<w:vMerge/>", "<w:p/>"))
                at += span
            elif waiting:
                cell = waiting.pop(0)
                merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
                covered[at] = (cell.rows - 1, cell.columns)
                spelt.append(self.cell(grid, at, cell.columns, merge, self.words(cell, role, stays)))
                at += cell.columns
            else:
                spelt.append(self.cell(grid, at, 1, "", "<w:p/>"))
                at += 1
        marks = ("" if torn else "<w:cantSplit/>") + ("<w:tblHeader/>" if heading else "")
        return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{''.join(spelt)}</w:tr>"

    def words(self, cell: GridCell, role: str, keep: bool = False) -> str:
        """Spell what stands in a cell; `keep` holds it on the page of what follows."""
        style = self.laid.styles[role]
        runs = "".join(self.run(run, style) for run in cell.runs)
        align = f'<w:jc w:val="{ALIGN[cell.align]}"/>' if cell.align != style.align else ""
        stays = "<w:keepNext/>" if keep else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style_id(role)}"/>{stays}{align}</w:pPr>{runs}</w:p>'

    def cell(self, grid: Grid, at: int, span: int, merge: str, content: str) -> str:
        """Spell a cell around its content."""
        width = twips(sum(grid.widths[at : at + span]))
        spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{merge}</w:tcPr>{content}</w:tc>'

    def drawing(self, drawing: Drawing) -> str:
        """Spell a drawing: SVG for those who can, PNG for the rest."""
        self.count += 1
        package = self.word.part
        image, _ = package.get_or_add_image(io.BytesIO(drawing.png))
        uri = PackURI(f"/word/media/{drawing.name}.svg")
        part = PackagePart(uri, "image/svg+xml", drawing.svg, package.package)
        vector = package.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        across, along = (round(size * 36000) for size in (drawing.width, drawing.height))
        alt, id = quoteattr(drawing.alt), self.count
        return (
            '<w:p><w:pPr><w:keepNext/><w:spacing w:before="120"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{along}"/>'
            f'<wp:docPr id="{id}" name="{drawing.name}" descr={alt}/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{id}" name="{drawing.name}" descr={alt}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="{image}"><a:extLst><a:ext uri="{SVG_EXTENSION}"><asvg:svgBlip r:embed="{vector}"/>'
            "</a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{across}" cy="{along}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )


def _mark(tag: str, wanted: bool, given: bool) -> str:
    if wanted == given:
        return ""
    value = "" if wanted else ' w:val="0"'
    return f"<w:{tag}{value}/><w:{tag}Cs{value}/>"


def _grid(widths: Iterable[float]) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths) + "</w:tblGrid>"


def _cell_margins(room: tuple[float, float]) -> str:
    sides = "".join(
        f'<w:{side} w:w="{twips(room[index % 2])}" w:type="dxa"/>'
        for index, side in enumerate(("top", "left", "bottom", "right"))
    )
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"
