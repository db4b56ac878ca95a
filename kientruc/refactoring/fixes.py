"""Which findings of loading have one remedy that needs no judgement, and what it would change: still to be tried."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal

from kientruc.editing.spelling import Unwritable, flow, key
from kientruc.finding import Finding, Replacement
from kientruc.loading.gathered import ID
from kientruc.loading.sections import FORMAT
from kientruc.reading.characters import LOOKALIKE, STRANGE, lookalike
from kientruc.reading.scalars import plain
from kientruc.reading.slips import SPACES
from kientruc.refactoring.certain import certain
from kientruc.source import Span

Fix = tuple[Replacement, ...]
RESHAPING = ("Y-TAB", "Y-LETTER", "Y-NOSPACE", "Y-COLON", "Y-START", "Y-COMMA", "M-FORMAT")  # the tree becomes another
TABS = (2, 4, 8)  # columns that editors show a tab as
_WORDS = ("M-KIND", "M-VALUE", "M-ROLE", "M-EDITION", "M-PLACE", "M-STAGE", "M-NOFIELD")
_QUOTES = ('"', "'")
_SHOWN = 60  # characters of a value that a finding quotes: what is longer was cut


def remedies(finding: Finding) -> tuple[Fix, ...]:
    """Give what could mend a finding by itself, without knowing the rest of the architecture.

    Returns:
        None, one, or several of which only one may turn out to be right.
    """
    make = _BY_CODE.get(finding.code)
    if make is None or finding.span is None or finding.refused:
        return ()
    try:
        return tuple(make(finding, finding.span))
    except Unwritable:
        return ()


def respelt(at: Span, new: str) -> Replacement:
    """Write a word in the place of another, with the quotes it has."""
    return Replacement(at, flow(new, at.text))


def unquoted(at: Span) -> str:
    """Give a word as it is meant, without its quotes."""
    text = at.text
    return text[1:-1] if text[:1] in _QUOTES and text[-1:] == text[:1] and len(text) > 1 else text


def _word(finding: Finding, at: Span) -> Iterator[Fix]:
    found = finding.values["found"]
    best = certain(found, finding.values["allowed"].split(", ")) if len(found) < _SHOWN else ""
    if best and unquoted(at) == found:
        yield (respelt(at, best),)


def _key(finding: Finding, at: Span) -> Iterator[Fix]:
    found = finding.values["key"]
    best = certain(found, finding.values["allowed"].split(", "))
    if best and unquoted(at) == found:
        yield (Replacement(at, key(best, True, at.text)),)


def _curly(finding: Finding, at: Span) -> Iterator[Fix]:
    meant = finding.values["meant"]
    if at.text == finding.values["found"]:
        yield (Replacement(at, flow(meant)),)


def _day(finding: Finding, at: Span) -> Iterator[Fix]:
    """A day that can be read in one order only: the year first, or no month where the day is."""
    numbers = [int(part) for part in re.findall(r"\d+", finding.values["found"])]
    if len(numbers) == 3 and (numbers[0] > 12 or numbers[0] == numbers[1]) and unquoted(at) == finding.values["found"]:
        yield (respelt(at, finding.values["day"]),)


def _type(finding: Finding, at: Span) -> Iterator[Fix]:
    """A number where text belongs, or text in quotes where a number or true and false do; one id where a list does."""
    expected, text = finding.values["expected"], unquoted(at)
    if "\n" in at.text or not text:
        return
    is_quoted = text != at.text
    try:
        value = plain(text)
    except ValueError:
        return
    if expected == "type.text" and not is_quoted and type(value) in (int, Decimal):
        yield (Replacement(at, flow(text)),)
    elif is_quoted and (
        (expected == "type.boolean" and type(value) is bool)
        or (expected == "type.integer" and type(value) is int)
        or (expected == "type.number" and type(value) in (int, Decimal))
    ):
        yield (Replacement(at, text),)
    elif expected == "type.list" and ID.fullmatch(text):
        yield (Replacement(at, f"[{at.text}]"),)


def _format(finding: Finding, at: Span) -> Iterator[Fix]:
    text = at.file.text
    if re.search(r"^[\"']?format[\"']?\s*:|^(?:---|%)", text, re.MULTILINE):
        return
    start = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", text)
    place = start.end() if start else 0
    end = "\r\n" if "\r\n" in text else "\n"
    if text[place : place + 1] not in ("{", "["):
        yield (Replacement(Span(at.file, place, place), f"format: {FORMAT}{end}"),)


def _quoted(finding: Finding, at: Span) -> Iterator[Fix]:
    yield (Replacement(at, f'"{at.text}"'),)


def _number_key(finding: Finding, at: Span) -> Iterator[Fix]:
    if at.text.isascii() and at.text.isdigit():
        yield (Replacement(at, f'"{at.text}"'),)


def _invisible(finding: Finding, at: Span) -> Iterator[Fix]:
    """What has no shape and no width: without it the text looks the same."""
    if len(at.text) == 1 and unicodedata.category(at.text) == "Cf":
        yield (Replacement(at, ""),)


def _lookalike(finding: Finding, at: Span) -> Iterator[Fix]:
    """Every mixed word of a text, if all that is strange in it has a double."""
    mixed = [word for word in re.finditer(r"\w+", at.text) if lookalike(word.group())]
    if "\\" in at.text or not all(one in LOOKALIKE for word in mixed for one in STRANGE.findall(word.group())):
        return
    yield tuple(
        Replacement(
            Span(at.file, at.start + word.start(), at.start + word.end()),
            "".join(LOOKALIKE.get(letter, letter) for letter in word.group()),
        )
        for word in mixed
    )


def _letter(finding: Finding, at: Span) -> Iterator[Fix]:
    if at.text == "：":
        beside = at.file.text[at.end : at.end + 1]
        yield (Replacement(at, ":" if beside in (" ", "\n", "\r", "") else ": "),)
    else:  # the whole run: one alone would leave the next
        run = re.compile(rf"[ {SPACES}]+").match(at.file.text, at.start)
        end = run.end() if run else at.end
        yield (Replacement(Span(at.file, at.start, end), " " * (end - at.start)),)


def _space(finding: Finding, at: Span) -> Iterator[Fix]:
    yield (Replacement(at, f"{at.text} "),)


def _tab(finding: Finding, at: Span) -> Iterator[Fix]:
    """Every indent of the file that begins with a tab, as wide as an editor shows it; one further right may be text."""
    found = [*re.finditer(r"^\t[ \t]*(?=\S)", at.file.text, re.MULTILINE)]
    for width in TABS if any(one.start() <= at.start <= one.end() for one in found) else ():
        yield tuple(Replacement(Span(at.file, *one.span()), one.group().expandtabs(width)) for one in found)


def _text(finding: Finding, at: Span) -> Iterator[Fix]:
    """The text of one line that has to stand in quotes: all behind its key, if no other key may begin in it."""
    line = at.file.line_text(at.line)
    start = at.start - at.column + 1
    found = re.fullmatch(r"( *(?:- )?(?:[a-z_][a-z0-9_-]*: +))(\S.*?) *", line)
    if found is None or start + found.start(2) > at.start or found[2][0] in "\"'{[|>&*!#" or " #" in found[2]:
        return
    if any(re.fullmatch(r"[a-z_]+", word) for word in re.findall(r"(\S+):(?= |$)", found[2])):
        return  # it may be the next key, which lost its line
    yield (Replacement(Span(at.file, start + found.start(2), start + found.end(2)), flow(found[2], '"')),)


def _comma(finding: Finding, at: Span) -> Iterator[Fix]:
    """A decimal comma that cannot part thousands."""
    whole, _, rest = at.text.partition(",")
    if at.text == finding.values["found"] and (len(rest) != 3 or whole == "0"):
        yield (Replacement(at, finding.values["meant"]),)


def _twice(finding: Finding, at: Span) -> Iterator[Fix]:
    """A line that stands there twice, letter for letter, and has nothing below it.

    Where other keys of its record are there twice too, two records may have run together: both lines are true.
    """
    first, text = finding.also[0], at.file.text
    lines = [(one.start - one.column + 1, one.file.line_text(one.line)) for one in (first, at)]
    (_, before), (start, line) = lines
    end = start + len(line)
    if (
        finding.values["doubled"]
        or first.line == at.line
        or before != line
        or "\ufffd" in line
        or line.strip()[:1] == "-"
        or not text.startswith("\n", end)
    ):
        return
    indent = len(line) - len(line.lstrip(" "))
    for one in (first, at):
        below = one.file.line_text(one.line + 1)
        if below.strip() and len(below) - len(below.lstrip(" ")) > indent:
            return
    if line.lstrip().startswith(at.text) and not re.search(r":\s*(?:[|>].*)?$", line):
        yield (Replacement(Span(at.file, start, end + 1), ""),)


_BY_CODE: dict[str, Callable[[Finding, Span], Iterator[Fix]]] = {
    **dict.fromkeys(_WORDS, _word),
    "M-KEY": _key,
    "M-SECTION": _key,
    "M-QUOTES": _curly,
    "M-DAYFORM": _day,
    "M-TYPE": _type,
    "M-FORMAT": _format,
    "Y-AMBIG": _quoted,
    "Y-KEY": _number_key,
    "Y-CHAR": _invisible,
    "T-CONFUSABLE": _lookalike,
    "Y-LETTER": _letter,
    "Y-NOSPACE": _space,
    "Y-TAB": _tab,
    "Y-COLON": _text,
    "Y-START": _text,
    "Y-COMMA": _comma,
    "Y-DUP": _twice,
}
MECHANICAL = (*_BY_CODE, "M-REF")
