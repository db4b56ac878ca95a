"""A migration as a reader meets it: section by section, what is clear first, then what people must do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kientruc.messages import text
from kientruc.views.migration import Gap, Judged, Migration, Subject


@dataclass(frozen=True, slots=True)
class Item:
    """One line, and what is told below it."""

    line: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A title, sentences, and items."""

    title: str
    lead: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


def plan(view: Migration, lang: str) -> Iterator[Section]:
    """Give the whole plan."""
    route = (text("migrate.route", lang, route=" → ".join(view.route)),) if len(view.route) > 2 else ()
    title = text("migrate.title", lang, origin=view.origin, target=view.target)
    yield Section(title, (text("migrate.not-compliance", lang), *route))
    yield _placed(view, lang)
    yield from left(view, lang)
    yield _gaps("migrate.gaps", view.gaps, lang)
    if view.shared:
        yield _gaps("migrate.shared", view.shared, lang)
    yield _results(view, lang)


def left(view: Migration, lang: str) -> Iterator[Section]:
    """Give what remains for people to decide."""
    if view.questions:
        count = sum(len(one.subjects) for one in view.questions)
        yield Section(
            text("migrate.questions", lang, questions=len(view.questions), count=count),
            items=tuple(_questions(view, lang)),
        )
    if view.nowhere:
        count = sum(len(one.subjects) for one in view.nowhere)
        items = tuple(
            Item(one.why or text("migrate.no-reason", lang), tuple(_subjects(one.subjects))) for one in view.nowhere
        )
        lead = (text("migrate.outside", lang, target=view.route[-1]),)
        yield Section(text("migrate.nowhere", lang, count=count), lead, items)
    if view.unplaced:
        title = text("migrate.unplaced", lang, origin=view.route[0], count=len(view.unplaced))
        lead = (text("migrate.outside", lang, target=view.route[-1]),)
        yield Section(title, lead, tuple(map(Item, _subjects(view.unplaced))))


def _placed(view: Migration, lang: str) -> Section:
    items = [
        Item(
            f"{_subject(one.subject)}: {' · '.join(one.at)} → {one.to} [{one.to_id}]",
            (f"{one.relation}; {one.certainty}; {one.why}",),
        )
        for one in view.placed
    ]
    lead = [text("migrate.follow", lang, count=view.follow)] if view.follow else []
    lead += [text("migrate.said", lang, count=view.said)] if view.said else []
    if view.apart:
        lead.append(text("migrate.apart", lang, names="; ".join(_subjects(view.apart))))
    return Section(text("migrate.placed", lang, count=len(view.placed)), tuple(lead), tuple(items))


def _questions(view: Migration, lang: str) -> Iterator[Item]:
    for one in view.questions:
        yield Item(
            " ".join(one.asks) or text("migrate.choose", lang),
            (
                f"{text('migrate.candidates', lang)}: {'; '.join(f'{name} [{id}]' for id, name in one.candidates)}",
                f"{text('migrate.decider', lang)}: {one.decider}",
                f"{text('migrate.about', lang)}: {'; '.join(_subjects(one.subjects))}",
            ),
        )


def _gaps(key: str, gaps: tuple[Gap, ...], lang: str) -> Section:
    items = tuple(Item(f"{gap.name} [{gap.id}]" + (f": {gap.detail}" if gap.detail else "")) for gap in gaps)
    return Section(text(key, lang, count=len(gaps)), items=items)


def _results(view: Migration, lang: str) -> Section:
    (before, now, after), (old, new) = view.verdicts, view.days
    ends = {"origin": view.route[0], "target": view.route[-1]}
    key = "migrate.changed" if view.changed else "migrate.unchanged"
    lead = (
        text("migrate.verdicts", lang, **ends, old=old, new=new, before=before, now=now, after=after),
        text(key, lang, **ends, ids=", ".join(view.changed)),
        text("migrate.reading", lang, **ends),
    )
    return Section(text("migrate.results", lang), lead, tuple(Item(_judged(one)) for one in view.requirements))


def _judged(one: Judged) -> str:
    now, after = (
        f"{status} ({failing})" if failing else status or "–"
        for status, failing in ((one.now, one.failing), (one.after, one.failing_after))
    )
    return f"{one.id} {one.title}: {one.before or '–'} → {now} → {after}"


def _subject(one: Subject) -> str:
    return f"{one.name} [{one.id}]"


def _subjects(some: Iterable[Subject]) -> Iterator[str]:
    return map(_subject, some)
