"""What has become of one record: what requirements found of it, and how it changed from version to version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from kientruc.comparing import Difference
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.record import Record
from kientruc.result import Status
from kientruc.views.access_marks import readers_of
from kientruc.views.card import relations_of
from kientruc.views.difference import difference
from kientruc.views.outcomes import Results
from kientruc.views.table import Answered, Cell, Table, table
from kientruc.views.uses import Uses
from kientruc.views.words import label, name

Compare = Callable[[Architecture, Architecture], Difference]
Versions = Sequence[tuple[str, Architecture]]  # what the user calls each, the oldest first


def subject(
    architecture: Architecture,
    record: Record,
    lang: str,
    results: Results | None = None,
    versions: Versions = (),
    compare: Compare | None = None,
) -> Answered:
    """Show a record in tables: its relations, what requirements found, its history.

    Args:
        results: of the editions it was checked against, if it was.
        versions: earlier ones and, last, this one; `compare` tells two of them apart.
    """
    tables = [_relations(architecture, record, lang)]
    if results is not None:
        tables.append(
            table("verdicts", ("requirement", "assessment", "message", "edition"), list(_verdicts(record, results)))
        )
    if versions and compare:
        rows = list(_history(architecture, record, lang, versions, compare))
        tables.append(table("history", ("change", "versions", "field", "before", "after", "cause"), rows))
    title = f"{name(record, lang)} [{record.id}]"
    return Answered("show", (record.id,), title, (), tuple(tables), readers_of(architecture))


def _relations(architecture: Architecture, record: Record, lang: str) -> Table:
    rows = []
    for relation, _, words in relations_of(Uses(architecture), record.id, lang):
        ends = [f"{label(architecture, id, lang)} [{id}]" for id in (relation.source_id, relation.target)]
        value = {"from": relation.source_id, "verb": relation.verb.value, "to": relation.target}
        rows.append((Cell(f"{ends[0]} {words} {ends[1]}", value),))
    return table("relations", ("relation",), rows)


def _verdicts(record: Record, results: Results) -> Iterator[tuple[Cell, ...]]:
    """Give each outcome about it, of those that pass one for each requirement."""
    passed: set[tuple[str, str]] = set()
    for edition in results.editions:
        for line in edition.lines():
            about = any(id == record.id for id, _ in line.subjects)
            if line.status is not None and about and (edition.id, line.rule) not in passed:
                if line.status is Status.PASS:
                    passed.add((edition.id, line.rule))
                status = Cell(text(f"status.{line.status.value}", results.lang), line.status.value)
                yield (Cell(line.rule), status, Cell(line.message), Cell(edition.id))


def _history(
    architecture: Architecture, record: Record, lang: str, versions: Versions, compare: Compare
) -> Iterator[tuple[Cell, ...]]:
    """Give each change of it, also under the ids that it bore before, the oldest first."""
    names = {record.id} | {
        id
        for id, gone in architecture.records["retired"].items()
        if record.id in (gone.successor, *_many(gone.successor))
    }
    for (old_name, old), (new_name, new) in pairwise(versions):
        view = difference(compare(old, new), old, new, (old_name, new_name), lang, cites=True, is_part=True)
        for line in (line for group in view.groups for line in group.lines if names & {*line.ids}):
            causes = "; ".join(cause.words for cause in line.causes)
            yield (
                Cell(line.what_words, line.what.value),
                Cell(f"{old_name} → {new_name}", [old_name, new_name]),
                Cell(line.field, line.path or None),
                Cell(line.before),
                Cell(line.after),
                Cell(causes, [cause.key for cause in line.causes]),
            )


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()
