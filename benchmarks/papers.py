"""A paper of about 60 pages with 20 figures and 30 tables, set and written in each format."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from time import perf_counter

from kientruc.renderers import png
from kientruc.views.document import (
    Block,
    Cell,
    Chapter,
    Column,
    Document,
    Figure,
    HeadBlock,
    Heading,
    Paragraph,
    Ref,
    Table,
    TableOfContents,
    says,
)

CHAPTERS, HEADINGS, FIGURES, TABLES, ROWS = 10, 30, 20, 30, 24
WORDS = (
    "Kiến trúc chính quyền điện tử cấp tỉnh kết nối các hệ thống thông tin, cơ sở dữ liệu của sở, ngành, địa phương. "
)
BOXES, PIXELS = 60, 1600


def paper() -> Document:
    """Make the paper; the same each time."""
    day, head = (
        datetime.date(2026, 11, 25),
        HeadBlock("Sở Khoa học và Công nghệ", "UBND tỉnh Mẫu", "BC", "SKHCN", "Mẫu"),
    )
    return Document("dai", "Dài", day, head, tuple(_blocks()), "Báo cáo", "Thuyết minh kiến trúc")


def measured() -> Mapping[str, float]:
    """Seconds by the clock of setting and writing, drawings given, after one paper that warms everything."""
    from kientruc.linting import lint_docx
    from kientruc.renderers.document import docx, html, pdf
    from kientruc.renderers.document.laid_out import lay_out
    from kientruc.renderers.document.profile import choose

    whole = paper()
    profile = choose(whole.date)
    written = docx.render(lay_out(whole, profile))
    ways: Mapping[str, Callable[[], object]] = {
        "paper docx": lambda: docx.render(lay_out(whole, profile)),
        "paper html": lambda: html.render(lay_out(whole, profile)),
        "paper pdf": lambda: pdf.render(lay_out(whole, profile)),
        "paper lint": lambda: lint_docx(written, profile),
    }
    taken = {}
    for name, way in ways.items():
        began = perf_counter()
        way()
        taken[name] = perf_counter() - began
    return taken


def _blocks() -> Iterator[Block]:
    yield TableOfContents("Mục lục")
    columns = tuple(Column(f"Cột {number}", width) for number, width in enumerate((1, 4, 3, 3, 2), 1))
    for number in range(1, HEADINGS + 1):
        if number % (HEADINGS // CHAPTERS) == 1:
            yield Chapter(f"Nội dung {number}", "Phần")
        yield Heading(f"Đề mục {number}")
        for index in range(3):
            refs = (Ref(f"b{number}"),) if index == 0 else (Ref(f"h{number}"),) if number <= FIGURES else ("",)
            yield Paragraph(says(WORDS * 4, "Xem ", *refs, "."))
        rows = tuple(
            tuple(Cell(says(f"Hệ thống {row}.{column}" if column else str(row))) for column in range(len(columns)))
            for row in range(1, ROWS + 1)
        )
        yield Table(columns, rows, f"b{number}", f"Danh mục {number}")
        if number <= FIGURES:
            svg = _drawing(number)
            yield Figure(f"h{number}", f"Sơ đồ {number}", f"Sơ đồ {number}", svg.encode(), png.render(svg, PIXELS))


def _drawing(number: int) -> str:
    """Draw a field of named boxes."""
    boxes = "".join(
        f'<rect x="{20 + 160 * (box % 6)}" y="{20 + 60 * (box // 6)}" width="150" height="50" fill="#eef"/>'
        f'<text x="{28 + 160 * (box % 6)}" y="{50 + 60 * (box // 6)}" font-size="18">Hệ thống {number}.{box}</text>'
        for box in range(BOXES)
    )
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 640" width="1000" height="640" '
    return f'{head}font-family="Noto Sans">{boxes}</svg>'
