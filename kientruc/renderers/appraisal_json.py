"""An appraisal for other programs: one canonical JSON (RFC 8785), with the whole result of the check in it."""

from __future__ import annotations

from typing import Any

from kientruc.canonical import canonical
from kientruc.views.appraisal import Appraisal, Since
from kientruc.views.check_list import CheckList
from kientruc.views.remarks import Place, Remark
from kientruc.views.reuse import Reuse

FORMAT = "kientruc-appraisal/1"


def render(view: Appraisal, state: str, tool: str, result: Any) -> bytes:
    """Spell an appraisal.

    Args:
        state: "appraised", "unread" or "refused".
        result: what findings.json says; None where nothing could be read.
    """
    submitted = view.submitted
    data = {
        "format": FORMAT,
        "tool": tool,
        "language": view.lang,
        "state": state,
        "submission": {"name": submitted.name, "sort": submitted.sort, "sha256": submitted.sha256},
        "remarks": list(submitted.remarks),
        "reasons": [_remark(one) for one in view.loading],
        "reasons_more": view.loading_more,
        "check_lists": [_list(one) for one in view.lists],
        "conditions": [one._asdict() for one in view.conditions],
        "since": _since(view.since) if view.since else None,
        "reuse": _reuse(view.reuse) if view.reuse else None,
        "subjects": [
            {
                "id": one.id,
                "name": one.name,
                "at": _place(one.place),
                "pages": list(one.pages),
                "requirements": [
                    {"edition": said.edition, "id": said.requirement, "status": said.status.value}
                    for said in one.mentions
                ],
            }
            for one in view.subjects
        ],
        "result": result,
    }
    return canonical(data) + b"\n"


def _remark(one: Remark) -> dict[str, Any]:
    told = {"code": one.code, "severity": one.severity.value, "message": one.message, "remedy": one.remedy}
    return {**told, "at": _place(one.place)}


def _place(place: Place | None) -> str | None:
    return place.where if place else None


def _list(one: CheckList) -> dict[str, Any]:
    lines = [
        {
            "id": line.id,
            "status": line.status.value,
            "answer": line.answer,
            "requirements": {served.id: served.status.value for served in line.requirements},
            "unread": list(line.unread),
        }
        for line in one.lines
    ]
    return {"edition": one.edition, "name": one.name, "lines": lines}


def _since(one: Since) -> dict[str, Any]:
    trends = [
        {
            "edition": trend.edition,
            "verdicts": list(trend.verdicts),
            "counts": [list(count) for count in trend.counts],
            "asked": trend.asked,
            "answered": [settled._asdict() for settled in trend.answered],
            "still": trend.still,
            "new": trend.new,
        }
        for trend in one.trends
    ]
    head = {"name": one.name, "version": one.version, "cut_off": one.cut_off, "sha256": one.sha256}
    return {**head, "trends": trends, "changes": {key: count for key, _, count in one.changes}}


def _reuse(one: Reuse) -> dict[str, Any]:
    reused = [{"id": item.id, "platform": item.platform.id, "at": _place(item.place)} for item in one.reused]
    doubts = [
        {
            "id": item.id,
            "why": item.why,
            "beside": [id for id, _ in item.beside],
            "said": item.said or None,
            "planned": item.planned,
            "at": _place(item.place),
        }
        for item in one.doubts
    ]
    return {"known": one.known, "reused": reused, "doubts": doubts, "unused": [item.id for item in one.unused]}
