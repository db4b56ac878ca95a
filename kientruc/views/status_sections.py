"""The status as a reader meets it: where it stands, what blocks, who owes what, then what is odd in the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kientruc.messages import text
from kientruc.progress.owed import Kind
from kientruc.views.migration_sections import Item, Section
from kientruc.views.remarks import Remark
from kientruc.views.status import ChainRow, Row, StageRow, StatusView, StepRow
from kientruc.views.words import day

SHOWN = 20  # of one sort; the JSON holds all


def sections(view: StatusView, lang: str) -> Iterator[Section]:
    """Give all sections that have something to say."""
    title = text("status.title", lang, name=view.title, day=day(view.on, lang))
    yield Section(title, view.standing.sentences)
    if view.standing.blockers:
        heading = text("status.blockers", lang, count=len(view.standing.blockers))
        items = _cut((_item(row, lang, True) for row in view.standing.blockers), len(view.standing.blockers), lang)
        yield Section(heading, (), items)
    if view.silent:
        lead = (text("status.silent-lead", lang),)
        items = _cut((_item(row, lang, True) for row in view.silent), len(view.silent), lang)
        yield Section(text("status.silent", lang, count=len(view.silent)), lead, items)
    if view.steps:
        yield Section(text("status.steps", lang), (), tuple(_step(row, lang) for row in view.steps))
    if view.stages:
        yield _stages(view, lang)
    yield _owed(view, lang)
    if view.contradictions:
        heading = text("status.contradictions", lang, count=len(view.contradictions))
        items = _cut(map(_remark, view.contradictions), len(view.contradictions), lang)
        yield Section(heading, (), items)
    if view.chains:
        yield Section(text("status.chains", lang, count=len(view.chains)), (), tuple(_chains(view.chains, lang)))
    notes = (*view.notes, *(() if view.checked else (text("status.unchecked", lang),)))
    if notes:
        yield Section(text("status.notes", lang), (), tuple(map(Item, notes)))


def _cut(items: Iterable[Item], count: int, lang: str) -> tuple[Item, ...]:
    shown = tuple(items)[:SHOWN]
    return (*shown, Item(text("status.more", lang, count=count - SHOWN))) if count > SHOWN else shown


def _item(row: Row, lang: str, with_owner: bool) -> Item:
    owner = row.owner or text("status.nobody", lang)
    who = text("status.who", lang, owner=owner) if with_owner else ""
    return Item(row.sentence, tuple(filter(None, ("; ".join(filter(None, (who, row.due))), row.place))))


def _step(row: StepRow, lang: str) -> Item:
    said = [row.state_words]
    if row.since:
        said.append(text("status.since", lang, day=day(row.since, lang)))
    if row.by:
        said.append(text("status.overdue" if row.late else "status.due", lang, day=day(row.by, lang)))
    mark = text("status.here", lang) if row.current else ""
    return Item(
        " ".join(filter(None, (f"{row.name}: {', '.join(said)}.", mark))), (text("status.who", lang, owner=row.actor),)
    )


def _stages(view: StatusView, lang: str) -> Section:
    """Tell which steps of the edition's path are lacking; one that is not certain is shown as that."""
    heading = text("status.stages", lang, edition=view.edition)
    if not view.stages_told:
        return Section(heading, (text("status.stages-untold", lang, ids=", ".join(row.id for row in view.stages)),))
    lacking = [row for row in view.stages if not row.steps]
    if not lacking:
        return Section(heading, (text("status.stages-whole", lang),))
    return Section(heading, (), tuple(_lacking(row, lang) for row in lacking))


def _lacking(row: StageRow, lang: str) -> Item:
    key = "status.lacking" if row.certain else "status.perhaps-lacking"
    sure = f" ({row.certainty})" if row.certainty else ""
    return Item(text(key, lang, name=row.name, id=row.id, actor=row.actor) + sure, (row.note,) if row.note else ())


def _owed(view: StatusView, lang: str) -> Section:
    count = sum(number for _, number in view.counts)
    if not count:
        return Section(text("status.owed", lang, count=0, late=0), (text("status.nothing-owed", lang),))
    kinds = "; ".join(text("status.kind", lang, kind=text(f"debt.{kind}", lang), count=n) for kind, n in view.counts)
    items = []
    for owner in view.owed:
        unknown = [row for row in owner.rows if row.kind == Kind.UNKNOWN]
        rows = [row for row in owner.rows if row.kind != Kind.UNKNOWN]
        lines = [_line(row) for row in rows[:SHOWN]]
        if len(rows) > SHOWN:
            lines.append(text("status.more", lang, count=len(rows) - SHOWN))
        if unknown:
            late = sum(row.late for row in unknown)
            lines.append(text("status.unknowns", lang, count=len(unknown), late=late))
        items.append(Item(f"{owner.name} ({len(owner.rows)})", tuple(lines)))
    heading = text("status.owed", lang, count=count, late=view.late)
    return Section(heading, (kinds,), tuple(items))


def _line(row: Row) -> str:
    return " ".join(filter(None, (row.sentence, row.due)))


def _remark(remark: Remark) -> Item:
    places = [place for place in (remark.place, *remark.also) if place]
    where = "; ".join(f"{place.path}:{place.line}:{place.column}" for place in places)
    return Item(f"{remark.code}: {remark.message}", tuple(filter(None, (where,))))


def _chains(rows: tuple[ChainRow, ...], lang: str) -> Iterator[Item]:
    for why, group in groupby(sorted(rows, key=lambda row: row.why), key=lambda row: row.why):
        found = list(group)
        lines = [f"{row.name} [{row.id}] {row.place}" for row in found[:SHOWN]]
        if len(found) > SHOWN:
            lines.append(text("status.more", lang, count=len(found) - SHOWN))
        yield Item(text(f"broken.{why}", lang, count=len(found)), tuple(lines))
