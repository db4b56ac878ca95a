"""What is asked of headings, tables and figures: nothing empty, headings repeated, captions, references, print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kientruc.linting.deviation import Deviation
from kientruc.linting.word import Paragraph, Word
from kientruc.renderers.document.laid_out import LEGIBLE
from kientruc.renderers.document.measures import MM, drawing_size, smallest_print
from kientruc.renderers.document.profile import Profile

HEADINGS = {"annex_title": 0, "chapter_title": 1, "heading_1": 2, "heading_2": 3, "heading_3": 4}
DEPTHS = {**HEADINGS, "annex_label": 0, "chapter": 1, "recipients_head": 0, "authority": 0}
CAPTIONS = {"caption_table": "unreferenced-table", "caption_figure": "unreferenced-figure"}
NO_RULE = "–"
_LABEL = re.compile(r"^(\w+[\s\u00a0]\d+)\.\s*(.*)$", re.DOTALL)

_NAMED = re.compile(r"\b(?=(\w+\s\d+)\b)")


def part_rules(word: Word, roles: Mapping[int, str], profile: Profile) -> Iterator[Deviation]:
    """Hold headings, tables and figures against what every paper owes its reader."""
    yield from _headings(word, roles, profile)
    yield from _tables(word, profile)
    yield from _figures(word, roles, profile)
    yield from _captions(word, roles)


def _where(paragraph: Paragraph) -> str:
    return f"“{paragraph.text.strip()[:50]}”"


def _headings(word: Word, roles: Mapping[int, str], profile: Profile) -> Iterator[Deviation]:
    """Find headings without words, and headings that nothing follows but one as high or higher."""
    follows: dict[int, str] = {}
    after = "annex_label"
    for one in reversed(word.paragraphs):
        follows[one.number] = after
        if one.text.strip() or one.drawings:
            after = roles.get(one.number, "")
    for one in word.paragraphs:
        role = roles.get(one.number, "")
        if role not in HEADINGS:
            continue
        wordless = not re.sub(r"^[\w]{0,4}[.)]", "", one.text.strip()).strip()
        if wordless or DEPTHS.get(follows[one.number], len(DEPTHS)) <= HEADINGS[role]:
            yield Deviation("empty-heading", profile.elements[role].clause, _where(one), NO_RULE, NO_RULE)


def _tables(word: Word, profile: Profile) -> Iterator[Deviation]:
    number = 0
    for table in word.tables:
        number += table.bordered
        if table.bordered and table.rows > 1 and not table.repeated:
            yield Deviation("table-heading", profile.elements["table_head"].clause, f"[{number}]", "0", ">= 1")


def _figures(word: Word, roles: Mapping[int, str], profile: Profile) -> Iterator[Deviation]:
    for one in word.paragraphs:
        for drawing in one.drawings:
            after = word.paragraphs[one.number + 1] if one.number + 1 < len(word.paragraphs) else None
            if after is None or roles.get(after.number) != "caption_figure" or not after.text.strip():
                yield Deviation("caption", NO_RULE, drawing.alt[:50] or "–", NO_RULE, "caption_figure")
            if not drawing.alt.strip():
                yield Deviation("alt", NO_RULE, _where(after) if after else NO_RULE, NO_RULE, "alt")
            printed = _print(drawing.svg, drawing.width)
            if 0 < printed < LEGIBLE - 0.05:
                found = f"{printed:.1f} pt"
                yield Deviation("legible", NO_RULE, drawing.alt[:50], found, f">= {LEGIBLE:g} pt")


def _print(svg: bytes, width: float) -> float:
    try:
        return smallest_print(svg) * width / drawing_size(svg)[0] * MM
    except (ValueError, ZeroDivisionError):
        return 0.0


def _captions(word: Word, roles: Mapping[int, str]) -> Iterator[Deviation]:
    """Find captions without words, and figures and tables that no text speaks of."""
    texts = (one.text.replace("\u00a0", " ") for one in word.paragraphs if roles.get(one.number) not in CAPTIONS)
    named = {label for text in texts for label in _NAMED.findall(text)}
    for one in word.paragraphs:
        rule = CAPTIONS.get(roles.get(one.number, ""))
        if not rule:
            continue
        match = _LABEL.match(one.text.strip())
        if match is None or not match[2].strip():
            yield Deviation("caption", NO_RULE, _where(one), one.text, NO_RULE)
            continue
        if match[1].replace("\u00a0", " ") not in named:
            yield Deviation(rule, NO_RULE, _where(one), NO_RULE, match[1])
