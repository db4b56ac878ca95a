"""A migration as lines for a terminal, as a Markdown note with its diff, or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from kientruc.renderers.escapes import clean, log_line, markdown
from kientruc.views.migration import Migration
from kientruc.views.migration_sections import Section

FORMAT = "kientruc-migration/1"


def lines(sections: Iterable[Section]) -> Iterator[str]:
    """Spell sections for a terminal."""
    for section in sections:
        yield log_line(section.title)
        yield from (log_line(f"  {sentence}") for sentence in section.lead)
        for item in section.items:
            yield log_line(f"  - {item.line}")
            yield from (log_line(f"      {line}") for line in item.below)
        yield ""


def note(sections: Iterable[Section], diff: str) -> str:
    """Spell sections as Markdown, and the diff as a block of code that nothing in it can end."""
    found: list[str] = []
    for section in sections:
        found += [f"{'###' if found else '##'} {markdown(section.title)}", ""]
        found += [line for sentence in section.lead for line in (markdown(sentence), "")]
        for item in section.items:
            found.append(f"- {markdown(item.line)}")
            found += [f"  - {markdown(line)}" for line in item.below]
        found += [""] if section.items else []
    if diff:
        longest = max((len(run) for run in re.findall("`+", diff)), default=0)
        fence = "`" * max(3, longest + 1)
        body = "\n".join(map(clean, diff.split("\n")))
        found += [f"{fence}diff", body.rstrip("\n"), fence, ""]
    return "\n".join(found)


def data(view: Migration) -> str:
    """Spell everything as JSON."""
    return json.dumps({"format": FORMAT, **asdict(view)}, ensure_ascii=False, indent=2) + "\n"
