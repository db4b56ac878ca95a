"""A difference as a Markdown page: a table for each component, then the causes and what did not change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kientruc.messages import text
from kientruc.renderers.escapes import markdown, markdown_code
from kientruc.views.difference import DifferenceView, Line

MARK = "<!-- kientruc diff -->"  # by it a page of ours is told from what somebody else wrote


def render(view: DifferenceView) -> str:
    """Spell the page."""
    return "\n".join((MARK, *_page(view))).rstrip() + "\n"


def _page(view: DifferenceView) -> Iterator[str]:
    lang = view.lang
    yield from (f"# {markdown(text('difference.title', lang, title=view.title))}", "")
    if view.sample:
        yield from (f"**{text('report.sample', lang)}**", "")
    yield from (
        f"- {text('difference.old', lang)}: {markdown(view.old)}",
        f"- {text('difference.new', lang)}: {markdown(view.new)}",
    )
    yield from (f"- {markdown(words)}" for words in (*view.filters, *view.remarks))
    yield ""
    yield from _table(
        (text("difference.what", lang), text("difference.count", lang)),
        ((words, str(number)) for words, number in view.counts),
    )
    if not view.groups:
        yield from (text("difference.none", lang), "")
    heads = tuple(text(f"difference.{key}", lang) for key in ("number", "subject", "field", "before", "after", "cause"))
    for group in view.groups:
        yield from (f"## {markdown(group.title)} ({len(group.lines)})", "")
        yield from _table(heads, (tuple(_cells(line, lang)) for line in group.lines))
    yield from _causes(view)
    yield from _claims(view)


def _cells(line: Line, lang: str) -> Iterator[str]:
    yield str(line.number)
    yield f"{markdown(line.subject)} {markdown_code(line.id)}"
    field = f"{markdown(line.field)} {markdown_code(line.path)}" if line.path else f"**{markdown(line.what_words)}**"
    if line.path and line.what.value != "changed":
        field = f"**{markdown(line.what_words)}**: {field}"
    yield field if line.nature.value == "content" else f"{field} ({markdown(line.nature_words)})"
    yield from (markdown(line.before), markdown(line.after))
    causes = [markdown(cause.words) for cause in line.causes]
    yield "<br>".join(causes) or (f"**{markdown(text('difference.uncaused-line', lang))}**" if line.bare else "")


def _causes(view: DifferenceView) -> Iterator[str]:
    if view.causes:
        lang = view.lang
        yield from (f"## {text('difference.causes', lang)} ({len(view.causes)})", "")
        heads = tuple(text(f"difference.{key}", lang) for key in ("cause", "asked", "answered", "lines"))
        yield from _table(
            heads,
            (
                (*map(markdown, (one.words, one.asked, one.answered)), ", ".join(map(str, one.lines)))
                for one in view.causes
            ),
        )


def _claims(view: DifferenceView) -> Iterator[str]:
    if view.claims:
        lang = view.lang
        yield from (f"## {text('difference.claims', lang)} ({len(view.claims)})", "")
        heads = tuple(text(f"difference.{key}", lang) for key in ("cause", "place", "asked", "answered"))
        yield from _table(
            heads, (tuple(map(markdown, (one.words, one.place, one.asked, one.answered))) for one in view.claims)
        )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
