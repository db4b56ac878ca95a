"""What is asked of pages: paper, margins, place of the page number, annexes counted anew, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.linting.deviation import Deviation
from kientruc.linting.word import Paragraph, Section, Word
from kientruc.renderers.document.docx import style_id
from kientruc.renderers.document.profile import Profile

SLACK = 0.3  # millimetres that rounding may take
FIELDS = ("PAGE", "PAGEREF")  # all that a paper of ours lets a program count


def page_rules(word: Word, profile: Profile) -> Iterator[Deviation]:
    """Hold the pages against a format."""
    annexes = {one.section for one in word.paragraphs if one.style == style_id("annex_label")}
    for index, section in enumerate(word.sections):
        where = f"§ {index + 1}"
        yield from _paper(section, profile, where)
        yield from _margins(section, profile, where)
        yield from _number(section, profile, where)
        first = index == 0 or index in annexes
        yield from _first_page(section, profile, where, first)
        if first and index and section.start != 1:
            yield Deviation("annex-count", profile.page_number.clause, where, str(section.start or "–"), "1")
    for table in word.tables:
        room = word.sections[table.section].text
        if table.width > room + 2 * SLACK:
            widths = (f"{table.width:.1f} mm", f"<= {room:.1f} mm")
            yield Deviation("wide-table", profile.paper.clause, f"[{table.number + 1}]", *widths)
    for target in word.outside:
        yield Deviation("outside", "–", target[:80], target[:80], "–")
    edges = [
        one
        for section in word.sections
        for found in (section.headers, section.footers)
        for lines in found.values()
        for one in lines
    ]
    for paragraph in (*word.paragraphs, *edges):
        for field in paragraph.fields:
            if field.partition(" ")[0] not in FIELDS:
                yield Deviation("field", "–", _where(paragraph), field[:80], ", ".join(FIELDS))


def _paper(section: Section, profile: Profile, where: str) -> Iterator[Deviation]:
    short, long = sorted((float(profile.paper.width), float(profile.paper.height)))
    width, height = (long, short) if section.landscape else (short, long)
    if abs(section.width - width) > SLACK or abs(section.height - height) > SLACK:
        found = f"{section.width:g} x {section.height:g} mm"
        yield Deviation("paper", profile.paper.clause, where, found, f"{width:g} x {height:g} mm")


def _margins(section: Section, profile: Profile, where: str) -> Iterator[Deviation]:
    for side in ("top", "bottom", "left", "right"):
        measure, found = getattr(profile.margins, side), section.margins[side]
        if not float(measure.least) - SLACK <= found <= float(measure.most) + SLACK:
            asked = f"{measure.least}–{measure.most} mm"
            yield Deviation("margins", measure.clause, f"{where} {side}", f"{found:g} mm", asked)


def _number(section: Section, profile: Profile, where: str) -> Iterator[Deviation]:
    place = profile.page_number.place
    found = list(_numbers(section, "default"))
    if [name for name, _ in found] != [place]:
        words = ", ".join(name for name, _ in found) or "–"
        yield Deviation("page-number", profile.page_number.clause, where, words, place)
        return
    element = profile.elements["page_number"]
    for _, line in found:
        sizes = {run.size for run in line.words}
        if any(not float(element.least) <= size <= float(element.most) for size in sizes):
            asked = f"{element.least}–{element.most} pt"
            yield Deviation("page-number-size", element.clause, where, _sizes(sizes), asked)


def _first_page(section: Section, profile: Profile, where: str, first: bool) -> Iterator[Deviation]:
    shown = [name for name, _ in _numbers(section, "first" if section.own_first else "default")]
    if first and shown:
        yield Deviation("first-page", profile.page_number.clause, where, shown[0], "–")
    if not first and section.own_first:
        yield Deviation("lost-number", profile.page_number.clause, where, "–", profile.page_number.place)


def _numbers(section: Section, kind: str) -> Iterator[tuple[str, Paragraph]]:
    for edge, found in (("top", section.headers), ("bottom", section.footers)):
        for line in found.get(kind, ()):
            if any(field.split()[:1] == ["PAGE"] for field in line.fields):
                yield f"{edge}-{line.align}", line


def _sizes(sizes: set[float]) -> str:
    return ", ".join(f"{size:g} pt" for size in sorted(sizes))


def _where(paragraph: Paragraph) -> str:
    return f"“{paragraph.text[:40]}”"
