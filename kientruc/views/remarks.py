"""A remark: one finding of loading or one failed outcome in words, with its place; every output shows the same ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from kientruc.errors import SYSTEM
from kientruc.finding import Finding, Severity
from kientruc.loading.nearest import nearest_first
from kientruc.messages import has, text
from kientruc.model.architecture import SECTIONS
from kientruc.model.kinds import Kind
from kientruc.source import CellSpan, Span

EXAMPLE = "mot-cua"  # an id, where none can be made of what was written
SAMPLES = {("architecture", "edition"): "qgs-1425", ("architecture", "cut_off"): "2026-11-30"}  # of what has one form
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
    is_trial: bool = False  # of a requirement on trial: it moves no verdict
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


def _first(names: list[str], found: str, lang: str, see: str, called: Callable[[str], str]) -> str:
    """List what is allowed: if that is long, what is like the word that was found, then how many more there are.

    Args:
        called: gives a name with what people call it.
    """
    if len(names) <= LISTED + 1:
        return ", ".join(map(called, names))
    more = text("phrase.more-allowed" if see else "phrase.others-named", lang, count=len(names) - LISTED, see=see)
    return ", ".join(map(called, nearest_first(found, names, LISTED))) + more


def _called(code: str, values: dict[str, str], lang: str, name: str) -> str:
    """Put behind a word of the format what it means, where the catalogues say it."""
    from kientruc.views.difference_words import WORDED

    tables = {"M-KEY": "field", "M-SECTION": "section"}.get(code, "")
    if code == "M-VALUE":
        tables = WORDED.get(values["field"], "")
    known = (text(key, lang) for table in tables.split() if has(key := f"{table}.{name}", lang))
    kinds = {kind.value: kind.in_(lang) for kind in Kind} if code == "M-KIND" else {}
    said = kinds.get(name) or next(known, "")
    return f"{name} ({said})" if said and said.casefold() != name.replace("_", " ") else name


def _phrases(code: str, values: dict[str, str], lang: str) -> dict[str, str]:
    """Turn what the loader found into the parts of a sentence: nothing where there is nothing to say."""
    see = "" if code in UNLISTED else "schema --to schema.json"
    if code == "M-KIND" or values.get("section") in SECTIONS:
        see = f"explain {code if code == 'M-KIND' else values['section']}"
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
    is_used_more = "elsewhere" in values and int(values["count"]) > 1
    told["times"] = text("phrase.times", lang, count=values["count"]) if is_used_more else ""
    if "other" in values and "id" not in values:
        told["other"] = text("phrase.other", lang, other=values["other"]) if values["other"] else ""
    if values.get("hidden"):
        told["near"] = text("phrase.hidden", lang, hidden=values["hidden"])
    for listed in ("allowed", "kinds", "sections"):
        if values.get(listed):
            near = values.get("near") or values.get("found") or values.get("key", "")
            told[listed] = _first(values[listed].split(", "), near, lang, see, partial(_called, code, values, lang))
    if "doubled" in values:
        told["lost"] = text("phrase.lost-id", lang, doubled=values["doubled"]) if values["doubled"] else ""
    if "guess" in values:
        told["guess"] = text(f"phrase.{values['guess']}", lang) if values["guess"] else ""
    if "form" in values:
        told["form"] = text(values["form"], lang)
    if code == "M-MISSING":
        told["into"] = text("phrase.into-item" if "item" in values else "phrase.into", lang, **values)
        told["example"] = SAMPLES.get((values["id"], values["field"]), "…")
    if code == "M-EMPTY":
        told["comment"] = text("phrase.comment", lang) if "comment" in values else ""
    if code == "I-PATH":
        meant = values["path"].replace("\\", "/")
        told["slash"] = text("phrase.slash", lang, meant=meant) if meant != values["path"] else ""
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
