"""Results as one flat table: a row for each outcome, the same columns in every format of tables."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.messages import text
from kientruc.result import Status
from kientruc.views.outcomes import OutcomeLine, Results

Cell = str | int
COLUMNS = (
    *("edition", "requirement", "title", "modality", "stage", "severity", "check", "status", "assessment"),
    *("subjects", "names", "message", "remedy", "basis", "file", "line", "column", "witness", "fingerprint"),
)
LOADING_COLUMNS = ("requirement", "severity", "message", "remedy", "file", "line", "column", "fingerprint")
# The national check list knows four words; what the tool could not evaluate is one more thing it cannot conclude from.
ASSESSMENT = {
    Status.WAIVED: Status.FAIL,
    Status.ERROR: Status.MANUAL,
    Status.NOT_EVALUATED: Status.MANUAL,
}


def titles(columns: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """Give the words above the columns."""
    return tuple(text(f"column.{column}", lang) for column in columns)


def rows(results: Results, columns: tuple[str, ...] = COLUMNS) -> Iterator[tuple[Cell, ...]]:
    """Give one row for each outcome, edition after edition, then one that says how many there was no room for."""
    for edition in results.editions:
        yield from (_row(line, results.lang, columns) for line in edition.lines())
        if edition.cut:
            yield _cut(edition.id, edition.cut, results.lang, columns)


def loading_rows(results: Results, columns: tuple[str, ...] = COLUMNS) -> Iterator[tuple[Cell, ...]]:
    """Give one row for each finding of loading, then one that says how many there was no room for."""
    yield from (_row(line, results.lang, columns) for line in results.loading)
    if cut := results.loading_count - len(results.loading):
        yield _cut("", cut, results.lang, columns)


def _row(line: OutcomeLine, lang: str, columns: tuple[str, ...]) -> tuple[Cell, ...]:
    cells: dict[str, Cell] = {
        "edition": line.edition,
        "requirement": line.rule,
        "title": line.title,
        "modality": line.modality,
        "stage": line.stage if line.status else text("stage.reading", lang),
        "severity": text(f"level.{line.severity.value}", lang),
        "check": line.check,
        "status": line.status.value if line.status else "",
        "assessment": assessment(line.status, lang),
        "subjects": "; ".join(id for id, _ in line.subjects),
        "names": "; ".join(name for _, name in line.subjects if name),
        "message": line.message,
        "remedy": line.remedy,
        "basis": line.basis,
        "file": line.place.path if line.place else "",
        "line": line.place.line if line.place else "",
        "column": line.place.column if line.place else "",
        "witness": " → ".join(step.name or step.id for step in line.witness),
        "fingerprint": line.fingerprint,
    }
    return tuple(cells[column] for column in columns)


def _cut(edition: str, count: int, lang: str, columns: tuple[str, ...]) -> tuple[Cell, ...]:
    told = {"edition": edition, "message": text("report.more", lang, count=count)}
    return tuple(told.get(column, "") for column in columns)


def assessment(status: Status | None, lang: str) -> str:
    """Give the national check list's word; "" for a finding of loading."""
    return text(f"status.{ASSESSMENT.get(status, status).value}", lang) if status else ""
