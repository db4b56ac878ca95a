"""What a notebook shows of a thing, at a glance: a title, rows, tables, drawings; values only, no syntax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kientruc.messages import text
from kientruc.model.architecture import SECTIONS, Architecture
from kientruc.model.element import Element
from kientruc.model.record import Record
from kientruc.result import Status
from kientruc.views.access_marks import mark
from kientruc.views.card import Row, record_card
from kientruc.views.grid import Grids
from kientruc.views.outcomes import EditionOutcomes, OutcomeLine, Results, head_facts
from kientruc.views.table import Answered, Cell, Table, table
from kientruc.views.words import name

SHOWN = 25  # rows of one table
NAMED = 6  # subjects of one row
QUIET = (Status.PASS, Status.NOT_APPLICABLE)  # asks nothing of anybody


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in words: cells with what they mean (`pass`, `fail`, ... or ""); the first of `count` rows are here."""

    key: str
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One card.

    `state` is the value of a verdict, by which a card is coloured, or ""; `mark` is what every page says of itself:
    made-up data, for whom it is. `svgs` are drawings of ours.
    """

    title: str
    kicker: str = ""
    state: str = ""
    mark: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    svgs: tuple[str, ...] = ()


def record_panel(architecture: Architecture, record: Record, told: Answered, lang: str) -> Panel:
    """Show a record as its card does; `told` is what else is known of it, its relations first."""
    card = record_card(architecture, record, lang)
    section = text(f"section.{record.section}", lang)
    kicker = record.kind.in_(lang) if isinstance(record, Element) else section
    return Panel(
        name(record, lang) or record.id,
        f"{kicker} · {record.id}",
        mark=mark(architecture, lang),
        rows=card.rows[1:],
        sheets=_sheets(told.tables[1:], lang),
    )


def architecture_panel(architecture: Architecture, results: Results, lang: str) -> Panel:
    """Show whose an architecture is, what it holds, and what was found in loading."""
    counted = ((section, len(architecture.records[section])) for section in SECTIONS)
    holds = "; ".join(f"{text(f'section.{section}', lang)} {count}" for section, count in counted if count)
    relations = Row(text("report.relations", lang), str(len(architecture.relations)))
    rows = (*(Row(*fact) for fact in head_facts(architecture, lang)), Row(text("panel.holds", lang), holds), relations)
    title = name(architecture.head, lang)
    return Panel(title, architecture.head.id, mark=mark(architecture, lang), rows=rows, sheets=_findings(results))


def findings_panel(results: Results, lang: str) -> Panel:
    """Show what forbids an architecture."""
    return Panel(text("text.not-evaluated", lang), state="not-met", sheets=_findings(results))


def outcome_panels(results: Results) -> Iterator[Panel]:
    """Show what became of each edition: the verdict, the counts, then what asks something of somebody."""
    for edition in results.editions:
        rows = [Row(text("column.on", results.lang), edition.on)]
        for group, numbers in edition.tally:
            counted = zip(results.statuses, numbers, strict=False)
            rows.append(Row(group, ", ".join(f"{word} {number}" for word, number in counted if number)))
        yield Panel(
            edition.verdict_word,
            f"{edition.name} · {edition.id}",
            edition.verdict.value,
            results.mark,
            tuple(filter(None, (edition.partial,))),
            tuple(rows),
            _outcomes(edition, results.lang),
        )


def answer_panel(view: Answered, lang: str) -> Panel:
    """Show the answer to a question."""
    said = text(f"cut-mark.{view.access}", lang) if view.access else ""
    return Panel(view.title, mark=said, lines=view.remarks, sheets=_sheets(view.tables, lang))


def grids_panel(view: Grids) -> Panel:
    """Show tables."""
    sheets = (
        Sheet(
            grid.key,
            grid.name,
            tuple(column.words for column in grid.columns),
            tuple(tuple((entry.words, entry.sort) for entry in row) for row in grid.rows[:SHOWN]),
            len(grid.rows),
        )
        for grid in view.grids
    )
    facts = tuple(Row(*fact) for fact in view.facts)
    return Panel(view.title, view.kicker, mark=view.mark, lines=view.remarks, rows=facts, sheets=tuple(sheets))


def _outcomes(edition: EditionOutcomes, lang: str) -> tuple[Sheet, ...]:
    """Give a row for each requirement and status that is not quiet."""
    asking = (line for line in edition.lines() if line.status not in QUIET)
    found: dict[tuple[str, Status | None], list[OutcomeLine]] = {}
    for line in asking:
        found.setdefault((line.rule, line.status), []).append(line)
    rows = [_outcome(lines, lang) for lines in found.values()]
    columns = ("requirement", "title", "assessment", "message")
    return _sheets((table("outcomes", columns, rows),), lang) if rows else ()


def _outcome(lines: Sequence[OutcomeLine], lang: str) -> Sequence[Cell]:
    """Tell the message of one outcome; of several, whom they are about."""
    first = lines[0]
    word = Cell(text(f"status.{first.status.value}", lang), first.status.value) if first.status else Cell("")
    names = list(dict.fromkeys(called or id for line in lines for id, called in line.subjects))
    more = text("phrase.more", lang, count=len(names) - NAMED) if len(names) > NAMED else ""
    told = f"{len(lines)}: {'; '.join(names[:NAMED])}{more}" if len(lines) > 1 else first.message
    return Cell(first.rule), Cell(first.title), word, Cell(told)


def _findings(results: Results) -> tuple[Sheet, ...]:
    rows = [
        (
            Cell(line.rule),
            Cell(text(f"level.{line.severity.value}", results.lang)),
            Cell(line.place.where if line.place else ""),
            Cell(line.message),
            Cell(line.remedy),
        )
        for line in results.loading
    ]
    columns = ("requirement", "severity", "place", "message", "remedy")
    return _sheets((table("loading", columns, rows),), results.lang) if rows else ()


def _sheets(tables: Sequence[Table], lang: str) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(
            one.key,
            text(f"table.{one.key}", lang),
            tuple(text(f"column.{column}", lang) for column in one.columns),
            tuple(tuple((cell.words, str(cell.value or "")) for cell in row) for row in one.rows[:SHOWN]),
            len(one.rows),
        )
        for one in tables
    )
