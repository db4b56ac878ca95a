"""findings.json: everything a check found, for other programs; its schema is docs/findings.schema.json."""

from __future__ import annotations

import json
from typing import Any

from kientruc.finding import Finding
from kientruc.frameworks import Edition
from kientruc.messages import LANGUAGES
from kientruc.model.architecture import Architecture
from kientruc.result import CheckResult, Outcome, RequirementResult, Status
from kientruc.source import Span
from kientruc.views.remarks import remark

FORMAT = "kientruc-findings/1"


def render(
    result: CheckResult,
    tool: str,
    architecture: Architecture | None,
    edition: Edition | None,
    inputs: dict[str, str],
    more: int,
) -> str:
    """Spell a result: keys in alphabetical order, two spaces, a line break at the end; no day or time of the run.

    Args:
        inputs: hash of every file that was read, by path.
        more: how many findings of loading there was no room for.
    """
    data = {
        "format": FORMAT,
        "tool": f"kientruc {tool}",
        "architecture": _head(architecture),
        "edition": {"id": result.edition, "sha256": edition.sha256 if edition else None},
        "inputs": inputs,
        "on": result.on.isoformat() if result.on else None,
        "verdict": result.verdict.value,
        "counts": {status.value: count for status, count in result.counts().items()},
        "loading": [_finding(finding) for finding in result.loading],
        "loading_more": more,
        "requirements": [_requirement(one, edition) for one in result.requirements],
    }
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _head(architecture: Architecture | None) -> dict[str, Any] | None:
    if architecture is None:
        return None
    head = architecture.head
    return {"id": head.id, "version": head.version, "cut_off": head.cut_off.isoformat()}


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
    }


def _requirement(one: RequirementResult, edition: Edition | None) -> dict[str, Any]:
    requirement = edition.requirements[one.requirement] if edition else None
    return {
        "id": one.requirement,
        "status": one.status.value,
        "severity": one.severity.value,
        "modality": requirement.modality.value if requirement else None,
        "trial": not requirement.binds and requirement.status.value == "trial" if requirement else None,
        "why": one.why or None,
        "counts": {status.value: count for status, count in one.counts.items()},
        "outcomes": [_outcome(outcome, edition) for outcome in one.outcomes],
    }


def _outcome(outcome: Outcome, edition: Edition | None) -> dict[str, Any]:
    requirement = edition.requirements[outcome.requirement] if edition else None
    spoken = requirement and (outcome.status is Status.FAIL or outcome.reason.startswith("ahead-"))
    said = {lang: requirement.sentence(lang, outcome.values) for lang in LANGUAGES} if requirement and spoken else None
    return {
        "check": outcome.check,
        "status": outcome.status.value,
        "reason": outcome.reason,
        "subjects": list(outcome.subjects),
        "witness": list(outcome.witness),
        "values": dict(outcome.values),
        "message": said,
        "at": _span(outcome.span),
        "also": [_span(span) for span in outcome.also],
        "fingerprint": outcome.fingerprint,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"path": span.path, "line": span.line, "column": span.column, "end_line": span.end_line}
