"""What is asked of the text: fonts, sizes, strings of the head, bases, the sign of the end, glyphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kientruc.linting.deviation import Deviation
from kientruc.linting.word import Paragraph, Word
from kientruc.renderers.document.docx import style_id
from kientruc.renderers.document.measures import line_width, missing
from kientruc.renderers.document.profile import ROLES, Element, Profile

BY_STYLE = {style_id(role): role for role in ROLES}
ONE_LINE = ("national_title", "motto", "number", "place_date")
INDENTED = ("body", "basis", "clause", "point", "article")
LAST = ("body", "article", "clause", "point", "dash")
MISSPELT = {"national_title": "national-title", "motto": "motto"}
FREE = ("table_head", "table_cell", "contents", "sample_mark")  # runs in them may be bold or not as they like
BLACK = ("auto", "000000")
SLACK = 0.6  # millimetres by which a word may be longer than its room: letters are measured without kerning
RULE = 0.12  # of its length, by which the rule below the head may differ from the text
_LOOSE = re.compile(r"[\W\d_]+")


def text_rules(word: Word, profile: Profile) -> Iterator[Deviation]:
    """Hold the text against a format."""
    roles = {one.number: role for one in word.paragraphs if (role := role_of(one, profile))}
    for one in word.paragraphs:
        if one.text.strip():
            yield from _type(one, roles.get(one.number, ""), profile)
    yield from _head(word, roles, profile)
    yield from _bases(word, roles, profile)
    yield from _end(word, roles, profile)


def role_of(paragraph: Paragraph, profile: Profile) -> str:
    """Tell what a paragraph is: by its style, or, for the two lines everybody knows, by its words."""
    loose = _loosened(paragraph.text)
    fixed = {"national_title": profile.strings.national_title, "motto": profile.strings.motto or ""}
    for role, words in fixed.items():
        if words and loose and paragraph.inside >= 0 and _near(loose, _loosened(words)):
            return role
    return BY_STYLE.get(paragraph.style, "")


def _loosened(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return _LOOSE.sub("", "".join(c for c in plain if not unicodedata.combining(c)))


def _near(found: str, wanted: str) -> bool:
    """Tell whether two strings are meant to be the same: as long, and alike in most letters."""
    same = sum(a == b for a, b in zip(found, wanted, strict=False))
    return abs(len(found) - len(wanted)) <= 2 and same >= 0.4 * len(wanted)


def _where(paragraph: Paragraph) -> str:
    return f"“{paragraph.text.strip()[:50]}”"


def _type(one: Paragraph, role: str, profile: Profile) -> Iterator[Deviation]:
    where, font = _where(one), profile.font
    for name in sorted({run.font for run in one.words if run.text.strip()} - {font.name}):
        if font.required:
            yield Deviation("font", font.clause, where, name or "–", font.name)
    for colour in sorted({run.colour for run in one.words} - set(BLACK)):
        if font.required:
            yield Deviation("colour", font.clause, where, colour, BLACK[1])
    if lost := missing(unicodedata.normalize("NFC", one.text)):
        yield Deviation("glyph", font.clause, where, " ".join(f"U+{ord(c):04X}" for c in lost), font.name)
    if not unicodedata.is_normalized("NFC", one.text):
        yield Deviation("nfc", font.clause, where, "NFD", "NFC")
    if not role:
        yield Deviation("role", "–", where, one.style or "–", "Kt…")
        return
    element = profile.elements[role]
    sizes = {run.size for run in one.words if run.text.strip()}
    if any(not float(element.least) <= size <= float(element.most) for size in sizes):
        found = ", ".join(f"{size:g} pt" for size in sorted(sizes))
        yield Deviation("size", element.clause, where, found, f"{element.least}–{element.most} pt")
    if role not in FREE:
        yield from _shape(one, role, element, where)


def _shape(one: Paragraph, role: str, element: Element, where: str) -> Iterator[Deviation]:
    first = next(run for run in one.words if run.text.strip())
    for name, found, asked in (("bold", first.bold, element.bold), ("italic", first.italic, element.italic)):
        if found is not asked:
            yield Deviation(name, element.clause, where, str(found).lower(), str(asked).lower())
    if element.caps and one.text != one.text.upper():
        yield Deviation("capitals", element.clause, where, one.text[:50], one.text.upper()[:50])
    if one.align != element.align:
        yield Deviation("align", element.clause, where, one.align, element.align)
    if role in INDENTED and not 9.9 <= one.indent <= 12.8:
        yield Deviation("indent", element.clause, where, f"{one.indent:g} mm", "10–12.7 mm")
    if role in INDENTED and one.before < 6:
        yield Deviation("spacing", element.clause, where, f"{one.before:g} pt", ">= 6 pt")


def _head(word: Word, roles: dict[int, str], profile: Profile) -> Iterator[Deviation]:
    strings = profile.strings
    by_role = {role: one for one in reversed(word.paragraphs) if (role := roles.get(one.number))}
    wanted = {"national_title": strings.national_title, "motto": strings.motto}
    for role, words in wanted.items():
        one = by_role.get(role)
        if words and one is None:
            yield Deviation("missing", strings.clause, role, "–", words)
        elif words and one is not None and one.text != words:
            yield Deviation(MISSPELT[role], strings.clause, _where(one), one.text, words)
    for role in ("issuer",) if _is_attached(word, roles) else ("issuer", "number", "place_date"):
        if role not in by_role:
            yield Deviation("missing", profile.elements[role].clause, role, "–", role)
    for role in ONE_LINE:
        if one := by_role.get(role):
            long = sum(line_width(run.text, run.size, run.bold, run.italic) for run in one.words)
            if long > one.room + SLACK:
                clause = profile.elements[role].clause
                yield Deviation("one-line", clause, _where(one), f"{long:.1f} mm", f"<= {one.room:.1f} mm")
    if last := by_role.get("motto") or by_role.get("national_title"):
        yield from _rule(word, last, profile)
    if one := by_role.get("number"):
        yield from _symbol(one, profile)
    if one := by_role.get("draft_mark"):
        yield from _draft(one, profile)


def _is_attached(word: Word, roles: dict[int, str]) -> bool:
    """Tell whether the paper is a text that another approves, which alone has number and day."""
    found = (roles.get(one.number) for one in word.paragraphs)
    return next((role for role in found if role in ("annex_attached", "annex_label")), "") == "annex_attached"


def _rule(word: Word, last: Paragraph, profile: Profile) -> Iterator[Deviation]:
    long = sum(line_width(run.text, run.size, run.bold, run.italic) for run in last.words)
    below = word.paragraphs[last.number + 1].rule if last.number + 1 < len(word.paragraphs) else 0.0
    if abs(below - long) > RULE * long:
        clause = profile.elements["motto"].clause
        yield Deviation("rule", clause, _where(last), f"{below:.1f} mm", f"{long:.1f} mm")


def _symbol(one: Paragraph, profile: Profile) -> Iterator[Deviation]:
    """Look at number and symbol: it begins as the format has it, no blank in the symbol, no CV in a state letter."""
    words = one.text.strip()
    before, _, _ = profile.strings.number.partition("{")
    symbol = re.split(r"[\s\u00a0\d]+", words.removeprefix(before), maxsplit=1)[-1]
    letters = re.split(r"[/-]", symbol)
    if not words.startswith(before) or " " in symbol or (not profile.party and "CV" in letters):
        form = profile.strings.number.replace("{blank}", "…").replace("{symbol}", "TTr").replace("{body}", "STTTT")
        yield Deviation("symbol", profile.elements["number"].clause, _where(one), words, form)


def _draft(one: Paragraph, profile: Profile) -> Iterator[Deviation]:
    if not profile.strings.draft:
        yield Deviation("draft-mark", profile.elements["draft_mark"].clause, _where(one), one.text, "–")


def _bases(word: Word, roles: dict[int, str], profile: Profile) -> Iterator[Deviation]:
    bases = [one for one in word.paragraphs if roles.get(one.number) == "basis"]
    strings = profile.strings
    for one in bases:
        last = one is bases[-1]
        end = strings.last_basis_end if last else strings.basis_end
        if not one.text.rstrip().endswith(end):
            rule = "last-basis" if last else "basis"
            yield Deviation(rule, profile.elements["basis"].clause, _where(one), one.text.rstrip()[-1:], end)


def _end(word: Word, roles: dict[int, str], profile: Profile) -> Iterator[Deviation]:
    """See that the paper's own text, before any annex, ends with its sign, and no text before it does."""
    end = profile.strings.end
    annex = next(
        (one.number for one in word.paragraphs if roles.get(one.number) == "annex_label"), len(word.paragraphs)
    )
    body = [one for one in word.paragraphs[:annex] if roles.get(one.number) in LAST and one.text.strip()]
    if body and not body[-1].text.rstrip().endswith(end):
        yield Deviation("end", profile.strings.clause, _where(body[-1]), body[-1].text.rstrip()[-5:], end)
    for one in body[:-1]:
        if one.text.rstrip().endswith(end):
            yield Deviation("early-end", profile.strings.clause, _where(one), end, "–")
