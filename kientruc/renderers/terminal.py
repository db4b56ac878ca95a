"""Remarks as text for a terminal or a log: place, sentence, the line with a caret, basis and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kientruc.finding import Severity
from kientruc.messages import text
from kientruc.renderers.escapes import log_line
from kientruc.views.remarks import Place, Remark
from kientruc.views.waiting import sentence

if TYPE_CHECKING:
    from kientruc.views.card import Card, Row
    from kientruc.views.waiting import Waiting


def lines(remarks: Iterable[Remark], lang: str, base: str = "") -> Iterator[str]:
    """Spell remarks, several lines each, a blank line between them.

    Args:
        base: the root's folder as the user named it, put before every path; "" or one that ends with a slash.
    """
    for remark in remarks:
        yield from map(log_line, _one(remark, lang, base))
        yield ""


def _one(remark: Remark, lang: str, base: str) -> Iterator[str]:
    error = remark.severity in (Severity.BLOCKER, Severity.MAJOR)
    told = "trial" if remark.is_trial else remark.severity.value
    severity = remark.advised if error and remark.advised and not remark.is_trial else text(f"severity.{told}", lang)
    where = f"{base}{remark.place.where}: " if remark.place else ""
    yield f"{where}{severity} {remark.code}: {remark.message}"
    if remark.place:
        yield from _caret(remark.place)
    for place in remark.also[:5]:
        yield f"      {text('text.also', lang)} {base}{place.where}"
    for mark in remark.marks:
        yield f"   {mark}"
    if remark.basis:
        yield f"   {text('text.basis', lang)}: {remark.basis}"
    if remark.remedy:
        yield f"   {text('text.remedy', lang)}: {remark.remedy}"


def _caret(place: Place) -> Iterator[str]:
    """Show the line, cut to what fits, and a caret under the place. Marks that take no column are rare in NFC text."""
    if not place.source.strip():
        return
    start = max(0, place.column - 60)
    shown = place.source[start : start + 110].replace("\t", " ")
    shown = f"…{shown[1:]}" if start else shown
    number = str(place.line)
    yield f"{number:>5} | {shown}"
    width = max(1, min(place.end_column, start + 111) - place.column)
    yield f"{'':>5} | {' ' * (place.column - 1 - start)}{'^' * width}"


def waiting(found: Iterable[Waiting], lang: str, base: str = "") -> Iterator[str]:
    """Spell what requirements wait for: each with its points, the remedy once where several have the same."""
    for one in found:
        yield log_line(f"  {one.words}")
        points = [point for _, point in one.shown]
        for at, point in enumerate(points, 1):
            where = f"{base}{point.place.where}: " if point.place else ""
            yield log_line(f"    {where}{sentence(point, lang)}")
            if point.advice and all(one.advice != point.advice for one in points[at : at + 1]):
                yield log_line(f"       {text('text.remedy', lang)}: {point.advice}")
        if points and one.total > len(points):
            yield log_line(f"    {text('text.more-points', lang, count=one.total - len(points), id=one.id)}")


def card(view: Card) -> str:
    """Spell a card: title, rows with aligned labels and what is below them, blocks indented below their titles."""
    width = max((len(row.label) for row in view.rows), default=0)
    rows = [view.title, ""]
    last = ""
    for row in view.rows:
        label = "" if row.label == last else row.label  # of rows of one sort, the first says which
        last = row.label
        rows += [f"{label:<{width}}  {row.words}".rstrip(), *_outline(row.below, " " * (width + 2))]
    for title, block in view.blocks:
        rows += ["", f"{title}:", *(f"    {line}".rstrip() for line in block.rstrip("\n").split("\n"))]
    return "\n".join(map(log_line, rows))


def _outline(rows: Iterable[Row], indent: str) -> Iterator[str]:
    for row in rows:
        yield f"{indent}- {': '.join(filter(None, (row.label, row.words)))}"
        yield from _outline(row.below, f"{indent}  ")
