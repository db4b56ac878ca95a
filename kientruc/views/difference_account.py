"""The account of a difference on one page: what has no cause, what is done in part, what moved in money and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kientruc.comparing import Difference, Nature
from kientruc.model.architecture import Architecture
from kientruc.views.difference_causes import CauseLine
from kientruc.views.difference_lines import Group, Line
from kientruc.views.difference_words import Words
from kientruc.views.sums import Sum, by_cost, by_task, counted, sums, whole
from kientruc.views.words import number_words

MONEY = "total"  # of a task; how things are obtained tells of the same money
DATES = frozenset(("due", "by", "period.from", "period.until"))


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that moved, before and after; `number` is its line, 0 for a sum that has none."""

    number: int
    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Account:
    """What to look at first."""

    bare: tuple[Line, ...]
    partly: tuple[CauseLine, ...]
    money: tuple[Moved, ...]
    dates: tuple[Moved, ...]


def account(found: Difference, groups: tuple[Group, ...], causes: tuple[CauseLine, ...], words: Words) -> Account:
    """Gather what a reader must not miss.

    Args:
        found: whose records tell what tasks that came or went cost.
    """
    lines = [line for group in groups for line in group.lines if line.nature is Nature.CONTENT]
    all_lines = (line for group in groups for line in group.lines)
    money = (*_money(lines), *_came_or_went(found, lines, words))
    totals = tuple(_totals(words)) if money else ()
    return Account(
        bare=tuple(line for line in all_lines if line.bare),
        partly=tuple(one for one in causes if one.partly),
        money=(*totals, *money),
        dates=tuple(_dates(lines)),
    )


def _money(lines: list[Line]) -> Iterator[Moved]:
    """Give the totals that moved; of a task whose total did not, or that has none, what it costs by year."""
    totals = {one.id for one in lines if one.path == MONEY}
    for one in lines:
        if one.path == MONEY:
            yield Moved(one.number, one.subject, one.before, one.after)
        elif one.id not in totals and one.path.startswith("cost[") and one.path.endswith(".amount"):
            yield Moved(one.number, f"{one.subject} – {one.field}", one.before, one.after)


def _dates(lines: Iterable[Line]) -> Iterator[Moved]:
    for one in lines:
        if one.path in DATES:
            yield Moved(one.number, f"{one.subject} – {one.field}", one.before, one.after)


def _came_or_went(found: Difference, lines: Iterable[Line], words: Words) -> Iterator[Moved]:
    """Give what tasks cost that came or went."""
    told = {(line.section, line.id): line for line in lines if not line.path and line.told}
    for record in found.records:
        line = told.get((record.section, record.id))
        field = next((one for one in record.fields if one.path == MONEY), None)
        if line and field:
            yield Moved(line.number, f"{line.subject} ({line.what_words})", *words.sides(field))


def _totals(words: Words) -> Iterator[Moved]:
    """Give what all tasks cost together, and in each year (also one that stayed: the years add up), where any moved."""
    (before, by_year_before), (after, by_year_after) = (_sums(side) for side in (words.old, words.new))
    if (before, by_year_before) == (after, by_year_after):
        return
    yield Moved(0, words.say("difference.sum"), _amount(before, words), _amount(after, words))
    for year in sorted(by_year_before.keys() | by_year_after.keys()):
        mine, its = by_year_before.get(year), by_year_after.get(year)
        yield Moved(0, words.say("difference.sum-year", year=year), _amount(mine, words), _amount(its, words))


def _sums(architecture: Architecture) -> tuple[Sum, dict[int, Sum]]:
    tasks = counted(architecture)
    years = {one.group: one for one in sums(by_cost(tasks, "year"))}
    return whole(by_task(tasks, {})), {year: one for year, one in years.items() if isinstance(year, int)}


def _amount(found: Sum | None, words: Words) -> str:
    if found is None:
        return "–"
    amount = words.say("word.dong", amount=number_words(found.amount, words.lang))
    return words.say("difference.sum-missing", amount=amount, count=len(found.missing)) if found.missing else amount
