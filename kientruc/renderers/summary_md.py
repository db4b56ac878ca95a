"""Results as a Markdown note for a merge request: verdict, counts, what is not met and where, editions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from kientruc.messages import text
from kientruc.renderers.escapes import markdown, markdown_code
from kientruc.result import Status
from kientruc.views.outcomes import OutcomeLine, Results

MARK = "<!-- kientruc check -->"  # a robot finds the note it wrote last time, and we the file that is ours
SHOWN = 50  # lines of one table
LONGEST = 400  # characters of a sentence in it: a note is read in passing, the rest stands in the other formats


def render(results: Results) -> str:
    """Spell the note."""
    return "\n".join((MARK, *_note(results))) + "\n"


def _note(results: Results) -> Iterator[str]:
    lang = results.lang
    title = text("report.title", lang)
    yield f"## {title}: {markdown(results.title)}" if results.title else f"## {title}"
    yield ""
    if results.mark:
        yield from (f"**{results.mark}**", "")
    if results.facts:
        yield from (" · ".join(f"{label}: {markdown(value)}" for label, value in results.facts), "")
    if results.editions:
        yield from (*_verdicts(results), "")
        yield from _unmet(results)
        yield from _waits(results)
    else:
        yield from (text("text.not-evaluated", lang), "")
    yield from _loading(results)
    hashes = (f"{markdown_code(one.id)} sha256 {markdown_code(one.sha256[:12])}" for one in results.editions)
    yield f"<sub>{' · '.join((results.tool, *hashes))}</sub>"


def _verdicts(results: Results) -> Iterator[str]:
    """One column for each edition: day, verdict, and each group's counts."""
    lang = results.lang
    yield _row("", *(f"{markdown(one.name)} ({markdown_code(one.id)})" for one in results.editions))
    yield _row(*("---",) * (1 + len(results.editions)))
    yield _row(text("report.verdict", lang), *(f"**{one.verdict_word}**" for one in results.editions))
    yield _row(text("column.on", lang), *(one.on for one in results.editions))
    for group in dict.fromkeys(group for one in results.editions for group, _ in one.tally):
        yield _row(group, *(_counted(results.statuses, dict(one.tally).get(group, ())) for one in results.editions))


def _counted(words: Iterable[str], numbers: Iterable[int]) -> str:
    return ", ".join(f"{word} {number}" for word, number in zip(words, numbers, strict=False) if number) or "–"


def _unmet(results: Results) -> Iterator[str]:
    count = sum(one.counts[status] for one in results.editions for status in (Status.FAIL, Status.ERROR))
    yield from (f"### {text('report.failed', results.lang, count=count)}", "")
    if not count:
        yield from (text("report.nothing-to-mend", results.lang), "")
        return
    several = len(results.editions) > 1
    columns = (*(("edition",) if several else ()), "requirement", "message", "place", "basis", "remedy")
    yield from _head(columns, results.lang)
    for line in islice(_failing(results), SHOWN):
        cells = (_rule(line), _short(line.message), _place(line), markdown(line.basis))
        edition = (markdown_code(line.edition),) if several else ()
        yield _row(*edition, *cells, _short(line.remedy))
    yield from _more(count - SHOWN, results.lang)


def _failing(results: Results) -> Iterator[OutcomeLine]:
    """What failed is at the head of each edition's lines, so that the first other line ends the search."""
    for edition in results.editions:
        for line in edition.lines():
            if line.status not in (Status.FAIL, Status.ERROR):
                break
            yield line


def _short(words: str) -> str:
    return markdown(words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…")


def _rule(line: OutcomeLine) -> str:
    return f"{markdown_code(line.rule)}<br>{line.modality}, {line.stage}"


def _waits(results: Results) -> Iterator[str]:
    lines = [f"- {markdown_code(one.id)} {markdown(line)}" for one in results.editions for line in one.waits]
    if lines:
        yield from (f"### {text('report.unassessed', results.lang)}", "", *lines, "")


def _loading(results: Results) -> Iterator[str]:
    if not results.loading_count:
        return
    yield from (f"### {text('text.findings', results.lang, count=results.loading_count)}", "")
    yield from _head(("requirement", "message", "place", "remedy"), results.lang)
    for line in results.loading[:SHOWN]:
        yield _row(markdown_code(line.rule), _short(line.message), _place(line), _short(line.remedy))
    yield from _more(results.loading_count - SHOWN, results.lang)


def _head(columns: tuple[str, ...], lang: str) -> Iterator[str]:
    yield _row(*(text(f"column.{column}", lang) for column in columns))
    yield _row(*("---",) * len(columns))


def _more(count: int, lang: str) -> Iterator[str]:
    yield ""
    if count > 0:
        yield from (text("report.more", lang, count=count), "")


def _place(line: OutcomeLine) -> str:
    return markdown_code(f"{line.place.path}:{line.place.line}:{line.place.column}") if line.place else ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
