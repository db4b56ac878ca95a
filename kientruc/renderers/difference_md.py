"""A difference as a Markdown page: a table for each component, then the causes and what did not change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kientruc.comparing import Nature
from kientruc.messages import text
from kientruc.renderers.escapes import markdown, markdown_code
from kientruc.views.difference import DifferenceView
from kientruc.views.difference_account import Moved
from kientruc.views.difference_causes import CauseLine
from kientruc.views.difference_lines import Line

MARK = "<!-- kientruc diff -->"  # by it a page of ours is told from what somebody else wrote


def render(view: DifferenceView) -> str:
    """Spell the page."""
    return "\n".join((MARK, *_page(view))).rstrip() + "\n"


def _page(view: DifferenceView) -> Iterator[str]:
    lang = view.lang
    yield from (f"# {markdown(text('difference.title', lang, title=view.title))}", "")
    if view.mark:
        yield from (f"**{view.mark}**", "")
    yield from (
        f"- {text('difference.old', lang)}: {markdown(view.old)} {markdown_code(view.called[0])}",
        f"- {text('difference.new', lang)}: {markdown(view.new)} {markdown_code(view.called[1])}",
    )
    yield from (f"- {markdown(words)}" for words in (*view.filters, *view.remarks))
    yield ""
    yield from _account(view)
    yield from _table(
        (text("difference.what", lang), text("difference.count", lang)),
        ((words, str(number)) for words, number in view.counts),
    )
    if not view.groups:
        yield from (text("difference.none", lang), "")
    heads = tuple(text(f"difference.{key}", lang) for key in ("number", "subject", "field", "before", "after", "cause"))
    for group in view.groups:
        yield from (f"## {markdown(group.title)} ({group.count})", "")
        yield from _table(heads, (tuple(_cells(line)) for line in group.lines))
    yield from _causes(view)
    yield from _claims(view)


def _account(view: DifferenceView) -> Iterator[str]:
    """Tell what has no cause, what is done in part, and what moved; the counts follow."""
    lang, told = view.lang, view.account
    yield from (f"## {text('difference.account', lang)}", "")
    bare = (f"{line.label}. {line.account}" for line in told.bare)
    claims = (f"{one.words}: {one.place}" for one in view.claims)
    partly = (f"{one.number}. {one.words}: {one.verdict} – {one.answered}" for one in told.partly)
    parts: tuple[tuple[str, str, Iterable[str | Moved]], ...] = (
        ("account-bare", "account-bare-none", bare),
        ("account-claims", "account-claims-none", claims),
        ("account-partly", "account-partly-none", partly),
        ("account-money", "account-money-none", told.money),
        ("account-dates", "account-dates-none", told.dates),
    )
    for key, none, some in parts:
        items = [one if isinstance(one, str) else _moved(one, lang) for one in some]
        if items:
            yield from (f"**{text(f'difference.{key}', lang)}**", "")
            yield from (*(f"- {markdown(one)}" for one in items), "")
        else:
            yield from (text(f"difference.{none}", lang), "")


def _moved(one: Moved, lang: str) -> str:
    line = f" ({text('difference.account-line', lang, number=one.number)})" if one.number else ""
    return f"{one.words}{line}: {one.before} → {one.after}"


def _numbers(one: CauseLine) -> str:
    return ", ".join(map(str, one.runs))


def _cells(line: Line) -> Iterator[str]:
    yield line.label
    yield f"{markdown(line.subject)} {markdown_code(line.known_by)}" if line.known_by else markdown(line.subject)
    field = f"{markdown(line.field)} {markdown_code(line.path)}" if line.path else f"**{markdown(line.what_words)}**"
    if line.path and line.what.value != "changed":
        field = f"**{markdown(line.what_words)}**: {field}"
    yield f"{field} ({markdown(line.nature_words)})" if line.nature is Nature.EVIDENCE else field
    yield from (markdown(line.before), markdown(line.after))
    causes = [f"{markdown(cause.numbered)} {markdown_code(cause.id)}" for cause in line.causes]
    yield "<br>".join(causes) or (f"**{markdown(line.no_cause)}**" if line.bare else markdown(line.no_cause))


def _causes(view: DifferenceView) -> Iterator[str]:
    if view.causes:
        lang = view.lang
        yield from (f"## {text('difference.causes', lang)} ({len(view.causes)})", "")
        keys = ("number", "cause", "asked", "answered", "verdict", "lines")
        yield from _table(tuple(text(f"difference.{key}", lang) for key in keys), map(_cause, view.causes))


def _cause(one: CauseLine) -> tuple[str, ...]:
    verdict = f"{one.verdict}; {one.owed}" if one.owed else one.verdict
    words = f"{markdown(one.words)} {markdown_code(one.id)}"
    return (str(one.number), words, *map(markdown, (one.asked, one.answered, verdict)), _numbers(one))


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
