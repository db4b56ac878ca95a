"""What can be measured before a paper is printed: widths of words in Tinos, sizes of drawings and of their print."""

from __future__ import annotations

import re
import unicodedata

from kientruc.renderers.text_metrics import widths

MM = 72 / 25.4  # points in a millimetre
UNKNOWN = 1.0  # em; a letter the font lacks
_SIZE = re.compile(r'<svg\b[^>]*?\b(width|height)="([\d.]+)[a-z]*"[^>]*?\b(width|height)="([\d.]+)[a-z]*"')
_BOX = re.compile(r'<svg\b[^>]*?\bviewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
_PRINT = re.compile(r'font-size\s*[:=]\s*"?\s*([\d.]+)')


def line_width(text: str, size: float, bold: bool = False, italic: bool = False) -> float:
    """Give the width of a line in millimetres."""
    table = widths("tinos")[{(0, 0): "regular", (1, 0): "bold", (0, 1): "italic", (1, 1): "bolditalic"}[bold, italic]]
    em = sum(table[c] / 1000 if c in table else 0.0 if unicodedata.combining(c) else UNKNOWN for c in text)
    return em * size / MM


def missing(text: str) -> str:
    """Give the characters that the shipped fonts cannot print, each once, in order."""
    table = widths("tinos")["regular"]
    return "".join(dict.fromkeys(c for c in text if c not in table and not c.isspace()))


def drawing_size(svg: bytes) -> tuple[float, float]:
    """Give width and height of a drawing of ours, in its own units.

    Raises:
        ValueError: it does not say.
    """
    head = svg[:4000].decode("utf-8", "replace")
    if box := _BOX.search(head):
        return float(box[1]), float(box[2])
    if match := _SIZE.search(head):
        found = {match[1]: float(match[2]), match[3]: float(match[4])}
        if len(found) == 2:
            return found["width"], found["height"]
    raise ValueError("the drawing has no size")


def smallest_print(svg: bytes) -> float:
    """Give the size of the smallest letters of a drawing in its own units; 0 where it has none."""
    return min((float(size) for size in _PRINT.findall(svg.decode("utf-8", "replace"))), default=0.0)
