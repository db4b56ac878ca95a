"""A difference as text for a terminal: one line for each change, its cause below."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.comparing import Nature, What
from kientruc.messages import text
from kientruc.renderers.escapes import log_line, one_line
from kientruc.views.difference import DifferenceView
from kientruc.views.difference_lines import Line

SIGNS = {What.ADDED: "+", What.REMOVED: "-", What.RENAMED: "→", What.CHANGED: "~"}
LONGEST = 240  # characters of a value: a terminal is read in passing, the other formats hold everything


def lines(view: DifferenceView) -> Iterator[str]:
    """Spell everything."""
    return map(log_line, _lines(view))


def _lines(view: DifferenceView) -> Iterator[str]:
    lang = view.lang
    yield text("difference.title", lang, title=view.title)
    if view.mark:
        yield view.mark
    yield from (f"  - {view.old} [{view.called[0]}]", f"  + {view.new} [{view.called[1]}]")
    yield from (f"  {words}" for words in (*view.filters, *view.remarks))
    yield ""
    for group in view.groups:
        yield f"{one_line(group.title)} ({group.count})"
        for line in group.lines:
            yield from _line(line, lang)
        yield ""
    yield from _claims(view)
    if not view.groups:
        yield text("difference.none", lang)
    yield from (f"{words}: {number}" for words, number in view.counts)


def _line(line: Line, lang: str) -> Iterator[str]:
    subject = f"{one_line(line.subject)} [{line.known_by}]" if line.known_by else one_line(line.subject)
    mark = f" ({line.nature_words})" if line.nature is Nature.EVIDENCE else ""
    yield f"  {SIGNS[line.what]} {line.label}. {subject} {_short(line.field, lang) or line.what_words}{mark}"
    yield f"      {_short(line.before, lang)} → {_short(line.after, lang)}"
    for cause in line.causes:
        id = "" if cause.id in cause.words.split() else f" [{cause.id}]"
        yield f"      {text('difference.cause', lang)}: {one_line(cause.words)}{id}"
    if line.no_cause and not line.causes:
        yield f"      {line.no_cause}"


def _claims(view: DifferenceView) -> Iterator[str]:
    if view.claims:
        yield f"{text('difference.claims', view.lang)} ({len(view.claims)})"
        for claim in view.claims:
            yield f"  ! {one_line(claim.words)}: {one_line(claim.place)}"
        yield ""


def _short(words: str, lang: str) -> str:
    """Cut a long value after an entry of it, else after a word."""
    line = one_line(words)
    if len(line) <= LONGEST:
        return line
    kept = line[: LONGEST + 1]
    return f"{kept.rpartition('; ')[0] or kept.rpartition(' ')[0] or line[:LONGEST]}{text('difference.more', lang)}"
