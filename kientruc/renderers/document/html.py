"""A set paper as one HTML file: strict CSP, no script, no network, opens from disk and prints on the same sheets."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from typing import assert_never

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
from kientruc.views.document import Run

HEADINGS = ("h2", "h3", "h4", "h5")
ALIGN = {"left": "left", "centre": "center", "right": "right", "justify": "justify"}


def render(laid: Laid) -> bytes:
    """Spell a set paper. What is measured stands in one style sheet; no element bears a style of its own."""
    writer = _Writer(laid)
    body = "".join(writer.sheet(sheet) for sheet in laid.sheets)
    style = writer.style_sheet()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    csp = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{csp}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(laid.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    ).encode()


class _Writer:
    """Writes one paper; measures become classes, so that the page needs no inline style."""

    def __init__(self, laid: Laid) -> None:
        self.laid = laid
        self.measures: dict[str, str] = {}
        lines = (part for sheet in laid.sheets for part in sheet.parts if isinstance(part, Line) and part.level)
        self.headings = dict(zip(sorted({line.level for line in lines}), HEADINGS, strict=False))  # none is skipped

    def measured(self, rule: str) -> str:
        """Give the class that stands for a rule."""
        return self.measures.setdefault(rule, f"m{len(self.measures)}")

    def style_sheet(self) -> str:
        """Give the whole style sheet."""
        width, height = self.laid.paper
        top, right, bottom, left = self.laid.margins
        roles = "".join(f".{role}{{{_style(style)}}}\n" for role, style in self.laid.styles.items())
        measures = "".join(f".{name}{{{rule}}}\n" for rule, name in self.measures.items())
        common = files("kientruc.renderers.document").joinpath("paper.css").read_text(encoding="utf-8")
        return (
            common + f"@page{{size:{width:g}mm {height:g}mm;margin:{top:g}mm {right:g}mm {bottom:g}mm {left:g}mm}}\n"
            f"@page across{{size:{height:g}mm {width:g}mm}}\n"
            f".sheet{{width:{width:g}mm;padding:{top:g}mm {right:g}mm {bottom:g}mm {left:g}mm}}\n"
            f".across{{width:{height:g}mm}}\n{roles}{measures}"
        )

    def sheet(self, sheet: Sheet) -> str:
        """Spell a sheet."""
        content = "".join(self.part(part) for part in sheet.parts)
        mark = f'<p class="sample_mark">{escape(self.laid.mark)}</p>\n' if self.laid.mark else ""
        kind = "sheet across" if sheet.landscape else "sheet"
        return f'<section class="{kind}">\n{content}{mark}</section>\n'

    def part(self, part: Part) -> str:
        """Spell one part."""
        match part:
            case Line():
                return self.line(part)
            case Rule():
                return f'<hr class="{self.measured(f"width:{part.width:g}mm")}">\n'
            case Space():
                return f'<div class="{self.measured(f"height:{part.height:g}pt")}"></div>\n'
            case Columns():
                return self.columns(part)
            case Grid():
                return self.grid(part)
            case Drawing():
                data = base64.b64encode(part.svg).decode()
                size = self.measured(f"width:{part.width:g}mm")
                source = f'src="data:image/svg+xml;base64,{data}"'
                return f'<p class="drawing"><img class="{size}" alt="{escape(part.alt)}" {source}></p>\n'
            case Contents():
                lines = "".join(
                    f'<li class="contents {self.measured(f"padding-left:{5 * (level - 1)}mm")}">'
                    f'<a href="#{escape(anchor)}">{escape(words)}</a></li>\n'
                    for level, words, anchor in part.entries
                )
                return f"<nav><ul>\n{lines}</ul></nav>\n"
            case _:
                assert_never(part)

    def line(self, line: Line) -> str:
        """Spell a line: a heading where the contents know it, else a paragraph."""
        tag = "h1" if line.role == "type_name" else self.headings.get(line.level, "p")
        id = f' id="{escape(line.anchor)}"' if line.anchor else ""
        box = " boxed" if line.boxed else ""
        return f'<{tag}{id} class="{line.role}{box}">{self.runs(line.runs, line.role)}</{tag}>\n'

    def runs(self, runs: tuple[Run, ...], role: str) -> str:
        """Spell runs; what their role says already is not said again."""
        style = self.laid.styles[role]
        spelt = []
        for run in runs:
            words = escape(run.text)
            if run.bold != style.bold:
                words = f"<b>{words}</b>" if run.bold else f'<span class="light">{words}</span>'
            spelt.append(f"<i>{words}</i>" if run.italic and not style.italic else words)
        return "".join(spelt)

    def columns(self, columns: Columns) -> str:
        """Spell two columns."""
        sides = "".join(
            f'<div class="{self.measured(f"flex:0 0 {width:g}mm")}">{"".join(self.part(part) for part in parts)}</div>'
            for parts, width in zip((columns.left, columns.right), columns.widths, strict=True)
        )
        return f'<div class="columns">{sides}</div>\n'

    def grid(self, grid: Grid) -> str:
        """Spell a table."""
        columns = "".join(f'<col class="{self.measured(f"width:{width:g}mm")}">' for width in grid.widths)
        heading = "".join(self.cell(cell, "th", "table_head") for cell in grid.heading)
        rows = "".join(
            f"<tr>{''.join(self.cell(cell, 'td', 'table_cell') for cell in row)}</tr>\n" for row in grid.rows
        )
        head = f"<colgroup>{columns}</colgroup>\n<thead><tr>{heading}</tr></thead>"
        return f"<table>\n{head}\n<tbody>\n{rows}</tbody>\n</table>\n"

    def cell(self, cell: GridCell, tag: str, role: str) -> str:
        """Spell a cell."""
        span = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        scope = ' scope="col"' if tag == "th" else ""
        kind = f"{role} {self.measured(f'text-align:{ALIGN[cell.align]}')}"
        return f'<{tag}{span}{scope} class="{kind}">{self.runs(cell.runs, role)}</{tag}>'


def _style(style: Style) -> str:
    weight, slant = ("bold" if style.bold else "normal"), ("italic" if style.italic else "normal")
    return (
        f"font-size:{style.size:g}pt;font-weight:{weight};font-style:{slant};text-align:{ALIGN[style.align]};"
        f"text-indent:{style.indent:g}mm;margin:{style.before:g}pt 0 {style.after:g}pt;"
        f"line-height:{style.line * 1.15:g}"
    )
