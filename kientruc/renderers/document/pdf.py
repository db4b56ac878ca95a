"""A set paper as PDF: typst reads it as data, with the shipped fonts only, no network and no package."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from kientruc.renderers.document.parts import Columns, Contents, Drawing, Laid, Part, Sheet

FONTS = Path(__file__).parent.parent / "fonts"


def render(laid: Laid) -> bytes:
    """Spell a set paper.

    Raises:
        ModuleNotFoundError: the extra `pdf` is not installed.
    """
    import typst

    pdf: bytes = typst.compile(
        _sources(laid),  # type: ignore[call-overload]  # a mapping of files is allowed; the types forgot it
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
        format="pdf",
    )
    return pdf


def pages(laid: Laid) -> dict[str, int]:
    """Count the page on which each entry of the contents stands; nothing where there are no contents."""
    if not any(isinstance(part, Contents) for sheet in laid.sheets for part in sheet.parts):
        return {}
    import typst

    found = typst.query(_sources(laid), "<pages>", field="value", font_paths=[FONTS], ignore_system_fonts=True)  # type: ignore[misc]  # as above
    return {anchor: page for entries in json.loads(found) for anchor, page in entries}


def _sources(laid: Laid) -> dict[str, bytes]:
    """Give every file the setting reads: our own program, the data, the drawings. There is no other."""
    program = files("kientruc.renderers.document").joinpath("paper.typ").read_bytes()
    drawings = {_file(part): part.svg for sheet in laid.sheets for part in sheet.parts if isinstance(part, Drawing)}
    return {"main.typ": program, "laid.json": json.dumps(_data(laid), sort_keys=True).encode(), **drawings}


def _file(drawing: Drawing) -> str:
    return f"{drawing.name}.svg"


def _data(laid: Laid) -> dict[str, Any]:
    plain = {name: getattr(laid, name) for name in ("title", "date", "paper", "margins", "page_number", "mark")}
    styles = {role: asdict(style) for role, style in laid.styles.items()}
    return {**plain, "styles": styles, "sheets": [_sheet(sheet) for sheet in laid.sheets]}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    parts = [_part(part) for part in sheet.parts]
    return {"landscape": sheet.landscape, "restart": sheet.restart, "parts": parts}


def _part(part: Part) -> dict[str, Any]:
    kind = type(part).__name__.lower()
    match part:
        case Columns():
            left, right = ([_part(one) for one in side] for side in (part.left, part.right))
            return {"kind": kind, "left": left, "right": right, "widths": part.widths}
        case Drawing():
            size = {"width": part.width, "height": part.height}
            return {"kind": kind, "file": _file(part), "alt": part.alt, **size}
        case _:
            return {"kind": kind, **asdict(part)}
