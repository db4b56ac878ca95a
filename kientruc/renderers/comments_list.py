"""Comments as text for a terminal, as Markdown in four columns, as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

from kientruc.messages import text
from kientruc.renderers.escapes import log_line, markdown
from kientruc.views.comments import CommentLine, Comments


def lines(view: Comments) -> Iterator[str]:
    """Spell comments for a terminal: rounds with their numbers, then one paragraph for each comment."""
    yield log_line(view.title)
    if view.notice:
        yield log_line(view.notice)
    for round in view.rounds:
        yield ""
        counts = "; ".join(f"{words} {number}" for words, number in round.counts)
        yield log_line(f"{round.name} [{round.id}]: {counts}")
        if round.silent:
            yield log_line(f"   {text('comments.silent', view.lang, bodies='; '.join(round.silent))}")
    for line in view.lines:
        yield ""
        yield from map(log_line, _paragraph(line, view.lang))


def _paragraph(line: CommentLine, lang: str) -> Iterator[str]:
    yield f"{line.number}. {line.at}: {line.body} [{line.id}]" + (f" ({line.letter})" if line.letter else "")
    if line.group:
        yield f"   {text('column.group', lang)}: {line.group}"
    for part in line.text.split("\n"):
        yield f"   {part}"
    if line.handling:
        yield f"   → {line.handling}"
    if line.changed:
        yield f"   {text('column.changed', lang)}: {line.changed}"
    if line.lacks:
        yield f"   {text('column.lacks', lang)}: {'; '.join(line.lacks)}"


def table(view: Comments) -> str:
    """Spell comments as Markdown, in the four columns of the form for drafts of law."""
    rows = [f"# {markdown(view.title)}", ""]
    if view.mark:
        rows += [f"**{markdown(view.mark)}**", ""]
    if view.notice:
        rows += [markdown(view.notice), ""]
    for number, round in enumerate(view.rounds, start=1):
        counts = "; ".join(f"{words}: {count}" for words, count in round.counts)
        rows.append(f"{number}. {markdown(round.name)}. {markdown(counts)}.")
        if round.agreed:
            rows.append("   " + markdown(text("comments.agreed", view.lang, bodies="; ".join(round.agreed))))
        if round.silent:
            rows.append("   " + markdown(text("comments.silent", view.lang, bodies="; ".join(round.silent))))
    keys = ("group", "sender", "comment", "handling")
    rows += ["", "| " + " | ".join(text(f"column.{key}", view.lang) for key in keys) + " |", "|---|---|---|---|"]
    for line in view.lines:
        sender = ", ".join(filter(None, (line.body, line.letter)))
        handling = line.handling or "; ".join(line.lacks)
        cells = (line.group or "–", sender, line.text, handling)
        rows.append("| " + " | ".join("<br>".join(map(markdown, cell.split("\n"))) for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def data(view: Comments) -> str:
    """Spell comments as JSON."""
    found = {"format": "kientruc-comments-list/1", **dataclasses.asdict(view)}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
