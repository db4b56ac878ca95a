"""A remark: one finding of loading or one failed outcome in words, with its place; every output shows the same ones."""

from __future__ import annotations

from typing import NamedTuple

from kientruc.errors import SYSTEM
from kientruc.finding import Finding, Severity
from kientruc.loading.nearest import nearest_first
from kientruc.messages import text
from kientruc.source import CellSpan, Span

EXAMPLE = "mot-cua"  # an id, where none can be made of what was written
UNLISTED = ("P-BASE", "P-COMPONENT")  # codes whose names are of the architecture itself: no command lists them
LISTED = 8  # allowed names told in a sentence; the JSON has them all


class Place(NamedTuple):
    """Where to look: lines and columns from 1, the end exclusive; `source` is the whole line."""

    path: str
    line: int
    column: int
    end_column: int
    source: str
    cell: str | None = None  # of a workbook, with its sheet; "" for the whole of one

    @property
    def where(self) -> str:
        """The place in one word, to be put behind a folder: file and line, or workbook and cell."""
        if self.cell is None:
            return f"{self.path}:{self.line}:{self.column}"
        return f"{self.path} [{self.cell}]" if self.cell else self.path


class Remark(NamedTuple):
    """One thing to mend, ready to be shown. `basis` is "" for findings of loading."""

    code: str
    severity: Severity
    message: str
    remedy: str
    place: Place | None
    also: tuple[Place, ...] = ()
    basis: str = ""
    subjects: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()  # what else is known of it: a waiver, a request, that it is new
    advised: str = ""  # what it is called instead of an error, where nothing binding is missed


def place(span: Span) -> Place:
    """Make a span readable; what goes over several lines is shown by its first."""
    if isinstance(span, CellSpan):
        return Place(span.path, span.line, span.column, span.column + 1, "", span.cell)
    source = span.file.line_text(span.line)
    column = span.column
    end = min(column + max(1, span.end - span.start), len(source) + 1)
    return Place(span.path, span.line, column, max(end, column + 1), source)


def remark(finding: Finding, lang: str) -> Remark:
    """Put a finding of loading into words."""
    values = _phrases(finding.code, finding.values, lang)
    return Remark(
        code=finding.code,
        severity=finding.severity,
        message=text(f"finding.{finding.code}", lang, **values),
        remedy=text(f"help.{finding.code}", lang, **values),
        place=place(finding.span) if finding.span else None,
        also=tuple(place(span) for span in finding.also),
    )


def _first(names: list[str], found: str, lang: str, see: str) -> str:
    """List what is allowed: if that is long, what is like the word that was found, then how many more there are."""
    if len(names) <= LISTED + 1:
        return ", ".join(names)
    more = text("phrase.more-allowed" if see else "phrase.others-named", lang, count=len(names) - LISTED, see=see)
    return ", ".join(nearest_first(found, names, LISTED)) + more


def _phrases(code: str, values: dict[str, str], lang: str) -> dict[str, str]:
    """Turn what the loader found into the parts of a sentence: nothing where there is nothing to say."""
    see = "explain M-KIND" if code == "M-KIND" else "" if code in UNLISTED else "schema --to schema.json"
    told = dict(values)
    if values.get("why") in SYSTEM:
        told["why"] = text(f"system.{values['why']}", lang)
    if "near" in values:
        told["near"] = text("phrase.near", lang, near=values["near"]) if values["near"] else "."
    if "proposal" in values:
        told["proposal"] = values["proposal"] or EXAMPLE
    if "elsewhere" in values:
        told["elsewhere"] = (
            text("phrase.elsewhere", lang, id=values["id"], elsewhere=values["elsewhere"])
            if values["elsewhere"]
            else ""
        )
        told["times"] = text("phrase.times", lang, count=values["count"]) if int(values["count"]) > 1 else ""
    if "other" in values and "id" not in values:
        told["other"] = text("phrase.other", lang, other=values["other"]) if values["other"] else ""
    if values.get("hidden"):
        told["near"] = text("phrase.hidden", lang, hidden=values["hidden"])
    for listed in ("allowed", "kinds", "sections"):
        if values.get(listed):
            told[listed] = _first(values[listed].split(", "), values.get("found") or told.get("key", ""), lang, see)
    if "guess" in values:
        told["guess"] = text("phrase.utf16", lang) if values["guess"] else ""
    if "letter" in values:
        told["letter"] = text(values["letter"], lang)
    if "measure" in values:
        told["measure"] = text(values["measure"], lang)
    for side in ("told", "now"):
        if (status := f"{side}_status") in values:
            told[status] = text(f"status.{values[status]}" if values[status] else "phrase.no-such", lang)
        if (verdict := f"{side}_verdict") in values:
            told[verdict] = text(f"verdict.{values[verdict]}", lang)
    if "expected" in values:
        told["expected"] = text(values["expected"], lang)
        told["hint"] = text(values.get("hint", "hint.other"), lang, **told)
    if "source_kind" in values:
        told["reach"] = text("phrase.reaches" if values["allowed"] else "phrase.reaches-nothing", lang, **told)
        told["joined"] = text("phrase.joined" if values["verbs"] else "phrase.joined-by-nothing", lang, **told)
    return told
