"""Editions as text for a terminal: the list of all, what is wrong with examples, and the difference of two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kientruc.messages import text
from kientruc.views.editions import Delta, Difference, Listed


def listing(rows: Iterable[Listed], lang: str) -> Iterator[str]:
    """Spell the list: three lines for each edition."""
    for row in rows:
        yield f"{row.id}  {row.name}"
        yield "    " + "; ".join(filter(None, (row.instrument, row.days, row.standing)))
        yield "    " + text("editions.counts", lang, stable=row.stable, trial=row.trial, not_read=row.not_read)


def difference(view: Difference, lang: str) -> Iterator[str]:
    """Spell the difference: requirements, places, and what becomes of one architecture."""
    yield text("editions.kept", lang, count=len(view.kept))
    yield from (f"    {one.new if one.old == one.new else f'{one.old} → {one.new}'}  {one.title}" for one in view.kept)
    for key, rows in (("editions.new", view.new), ("editions.dropped", view.dropped)):
        yield text(key, lang, count=len(rows))
        yield from (f"    {id}  {title}" for id, title in rows)
    if view.moved is None:
        yield text("editions.no-crosswalk", lang)
    else:
        yield text("editions.places", lang, count=len(view.moved))
        for row in view.moved:
            place = f"{row.place} ({row.narrowed})" if row.narrowed else row.place
            yield f"    {place} → {row.to or '–'}  [{row.relation}; {row.certainty}]"
            if row.decide:
                yield f"        {text('editions.decide', lang)}: {row.decide}"
    if view.delta is not None:
        yield from _delta(view.delta, lang)


def _delta(delta: Delta, lang: str) -> Iterator[str]:
    (before, after), (old, new) = delta.verdicts, delta.days
    yield text("editions.verdicts", lang, before=before, old=old, after=after, new=new)
    changed = [one for one in delta.changes if not one.is_same]
    for one in changed:
        name = one.new if one.old == one.new or not one.old else f"{one.old} → {one.new}" if one.new else one.old
        yield f"    {name}: {one.before or '–'} → {one.after or '–'}"
    yield text("editions.same", lang, count=len(delta.changes) - len(changed))
