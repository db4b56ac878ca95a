"""How official papers print words, whoever wrote them: days, percentages, numbers of laws, names of two halves."""

from __future__ import annotations

import re

from kientruc.reading.characters import FORBIDDEN, nfc

_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?=/\d{4}(?![\d/]))")
_PERCENT = re.compile(r"(?<=\d) (?=%)")
_DASH = re.compile(r"(?<=\w) (?=– \w)")
_HALVES = re.compile(r"(\w+ )?(\w+) – (\w+)( \w+)?")
_SORTS = "văn bản|nghị định|quyết định|thông tư|nghị quyết|kế hoạch|chỉ thị|công văn|thông báo|tờ trình|báo cáo"
_NUMBER = re.compile(rf"\b((?:{_SORTS}) )(?=\d[^\s/]*/)", re.IGNORECASE)
NO_BREAK = "\u00a0"


def words(text: str) -> str:
    """The text as papers print it.

    Days below 10 and the months 1 and 2 get their zero (NĐ 30/2020 and TT 01/2011), whoever wrote them; no line begins
    with a dash, and the halves of a name (“Bà Rịa – Vũng Tàu”) are not torn; a legal text is cited by its “số”.
    """
    numbered = _NUMBER.sub(r"\1số ", _DAY.sub(_padded, printable(text)))
    return _DASH.sub(NO_BREAK, _HALVES.sub(_tied, _PERCENT.sub("", numbered)))


def printable(text: str) -> str:
    """The text as it can be printed: NFC, single spaces; hard spaces stay, for they are blanks to be filled in."""
    return _SPACES.sub(" ", FORBIDDEN.sub("\ufffd", nfc(text)))


def _padded(day: re.Match[str]) -> str:
    """Write day and month with the zeros that are due."""
    return f"{int(day[1]):02}/{int(day[2]):02}" if int(day[2]) < 3 else f"{int(day[1]):02}/{int(day[2])}"


def _tied(halves: re.Match[str]) -> str:
    """Tie the words of each half of a name: capitals stand on both sides of its dash."""
    if not (halves[2][0].isupper() and halves[3][0].isupper()):
        return halves[0]
    before, after = (one if (one or "").strip()[:1].isupper() else "" for one in (halves[1], halves[4]))
    first, second = f"{before}{halves[2]} –", f"{halves[3]}{after}"
    return halves[0].replace(f"{first} {second}", " ".join(one.replace(" ", NO_BREAK) for one in (first, second)))
