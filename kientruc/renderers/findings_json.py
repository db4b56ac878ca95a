"""findings.json: everything a check found, for other programs; its schema is docs/findings.schema.json."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kientruc.canonical import canonical
from kientruc.finding import Finding, Replacement
from kientruc.frameworks import Edition
from kientruc.messages import LANGUAGES
from kientruc.model.architecture import Architecture
from kientruc.model.kinds import Kind
from kientruc.reading.limits import Limits
from kientruc.renderers import model_json
from kientruc.result import CheckResult, Outcome, RequirementResult, Status, WaiverUse
from kientruc.source import SourceFile, Span
from kientruc.views.access_marks import readers_of
from kientruc.views.remarks import remark

FORMAT = "kientruc-findings/2"
GIVEN = ("waivers", "answers", "baseline")  # what a reviewer may bring


def render(
    checked: Sequence[tuple[CheckResult, Edition | None]],
    tool: str,
    architecture: Architecture | None,
    files: Sequence[SourceFile],
    limits: Limits,
    more: int,
) -> str:
    """Spell results: keys in alphabetical order, two spaces, a line break at the end; no day or time of the run.

    Args:
        checked: one result for each edition, at least one; the edition is None where loading failed.
        files: every file that was read.
        limits: those the files were read with.
        more: how many findings of loading there was no room for.
    """
    first = checked[0][0]
    data = {
        "format": FORMAT,
        "tool": f"kientruc {tool}",
        "languages": list(LANGUAGES),
        "architecture": _head(architecture),
        "inputs": _inputs(files),
        "limits": asdict(limits),
        "reviewer": {name: first.hashes.get(name) for name in GIVEN},
        "loading": [_finding(finding) for finding in first.loading],
        "loading_more": more,
        "results": [_result(result, edition) for result, edition in checked],
    }
    return canonical(data).decode() + "\n"


def inputs_sha256(files: Sequence[SourceFile]) -> str:
    """Give one hash of everything that was read: of path, size and hash of each file, as canonical JSON."""
    return hashlib.sha256(canonical([[one.path, one.size, one.sha256] for one in _sorted(files)])).hexdigest()


def _sorted(files: Sequence[SourceFile]) -> list[SourceFile]:
    return sorted(files, key=lambda file: file.path)


def _inputs(files: Sequence[SourceFile]) -> dict[str, Any]:
    told = [{"path": one.path, "bytes": one.size, "sha256": one.sha256} for one in _sorted(files)]
    return {"sha256": inputs_sha256(files), "files": told}


def _head(architecture: Architecture | None) -> dict[str, Any] | None:
    if architecture is None:
        return None
    head = architecture.head
    kinds = Counter(element.kind.value for element in architecture.elements.values())
    return {
        "id": head.id,
        "version": head.version,
        "cut_off": head.cut_off.isoformat(),
        "edition": head.edition,
        "model_sha256": model_json.sha256(architecture),
        **({"access": readers} if (readers := readers_of(architecture)) else {}),
        "relations": len(architecture.relations),
        "sections": {section: len(records) for section, records in architecture.records.items()},
        "kinds": {kind.value: kinds[kind.value] for kind in Kind},
    }


def _result(result: CheckResult, edition: Edition | None) -> dict[str, Any]:
    compared = result.compared
    return {
        "edition": {"id": result.edition, "sha256": edition.sha256 if edition else None},
        "on": result.on.isoformat() if result.on else None,
        "partial": result.partial,
        "verdict": result.verdict.value,
        "verdict_without_waivers": (result.unwaived or result.verdict).value,
        "counts": {status.value: count for status, count in result.counts().items()},
        "requirements": [_requirement(one, edition) for one in result.requirements],
        "waivers": [_waiver(one) for one in result.waivers],
        "notes": [_finding(note) for note in result.notes],
        "baseline": compared
        and {
            "size": compared.size,
            "new": compared.new,
            "unchanged": compared.unchanged,
            "gone_count": compared.gone_count,
            "gone": [dict(zip(("requirement", "check", "fingerprint"), key, strict=True)) for key in compared.gone],
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    words = {lang: remark(finding, lang) for lang in LANGUAGES}
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": {lang: one.message for lang, one in words.items()},
        "remedy": {lang: one.remedy for lang, one in words.items()},
        "at": _span(finding.span),
        "also": [_span(span) for span in finding.also],
        "refused": finding.refused,
        "fingerprint": finding.fingerprint,
        "change": finding.change,
        **({"fix": [_replacement(one) for one in finding.fix]} if finding.fix else {}),
    }


def _replacement(one: Replacement) -> dict[str, Any]:
    end = Span(one.span.file, one.span.end, one.span.end)
    place = {"path": one.span.path, "line": one.span.line, "column": one.span.column}
    return {**place, "end_line": end.line, "end_column": end.column, "text": one.text}


def _requirement(one: RequirementResult, edition: Edition | None) -> dict[str, Any]:
    requirement = edition.requirements[one.requirement] if edition else None
    return {
        "id": one.requirement,
        "status": one.status.value,
        "severity": one.severity.value,
        "modality": requirement.modality.value if requirement else None,
        "trial": not requirement.binds and requirement.status.value == "trial" if requirement else None,
        "combine": requirement.combine.value if requirement else None,
        "why": one.why or None,
        "counts": {status.value: count for status, count in one.counts.items()},
        "checks": [{"id": check.check, "status": check.status.value} for check in one.checks],
        "outcomes": [_outcome(outcome, edition) for outcome in one.outcomes],
    }


def _outcome(outcome: Outcome, edition: Edition | None) -> dict[str, Any]:
    requirement = edition.requirements[outcome.requirement] if edition else None
    unmet = outcome.status in (Status.FAIL, Status.WAIVED)
    ahead = outcome.reason.startswith("ahead-") and not outcome.reason.startswith("ahead-open-")
    spoken = requirement and (unmet or ahead)
    said = {lang: requirement.sentence(lang, outcome.values) for lang in LANGUAGES} if requirement and spoken else None
    return {
        "check": outcome.check,
        "status": outcome.status.value,
        "reason": outcome.reason,
        "subjects": list(outcome.subjects),
        "witness": list(outcome.witness),
        "witness_count": len(outcome.witness) + outcome.more,
        "values": dict(outcome.values),
        "message": said,
        "at": _span(outcome.span),
        "also": [_span(span) for span in outcome.also],
        "waiver": outcome.waiver or None,
        "requested": list(outcome.requested),
        "change": outcome.change,
        "rests_on": outcome.rests_on or None,
        "fingerprint": outcome.fingerprint,
    }


def _waiver(one: WaiverUse) -> dict[str, Any]:
    return {
        "id": one.id,
        "requirement": one.requirement,
        "subjects": list(one.subjects),
        "state": one.state,
        "reason": {"vi": one.reason, "en": one.reason_en},
        "basis": one.basis or None,
        "requested_by": one.requested_by,
        "approved_by": {"name": one.approved_by, "role": one.role} if one.approved_by else None,
        "from": one.first.isoformat() if one.first else None,
        "expires": one.expires.isoformat(),
        "days_left": one.days_left,
        "covers": one.covers,
        "effective": one.effective,
        "hindrances": list(one.hindrances),
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"path": span.path, "line": span.line, "column": span.column, "end_line": span.end_line}
