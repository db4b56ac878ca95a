"""An architecture as it could be laid on the table on a day: without what happened on that day or later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from kientruc.model.approval import Comment, Condition, Decision, Hearing, Round, Step
from kientruc.model.architecture import Architecture
from kientruc.model.record import Record

# What a hearing says once it was held, and what it says of it before.
_NOT_HELD: Mapping[str, Any] = MappingProxyType(
    {"conclusions": {}, "attendance": (), "provenance": {}}
    | dict.fromkeys(("outcome", "outcome_en", "notice", "note", "note_en"))
)


def as_of(architecture: Architecture, earlier: Architecture, day: date) -> Architecture:
    """Leave out of the course of approval what happened on a day or later; what it made of the content stays.

    Left out are conclusions, outcome, notice and attendance of hearings from that day on; rounds, answers, comments,
    decisions and versions with such a day, but not the version that the architecture says it is; that a condition was
    met. A step that has stood since then as it stands is told as the earlier version told it, if that knew it. What
    has no day stays: the answer to a comment, the state of a conclusion of an earlier hearing.

    Args:
        earlier: the version it is compared with.
    """
    records = dict(architecture.records)
    for section, then in _THEN.items():
        before = earlier.records[section]
        told = {id: then(one, before.get(id), day) for id, one in records[section].items()}
        records[section] = MappingProxyType({id: one for id, one in told.items() if one is not None})
    number = architecture.head.version
    versions = {id: one for id, one in records["versions"].items() if one.number == number or one.date < day}
    records["versions"] = MappingProxyType(versions)
    opened, rounds = records["rounds"], architecture.records["rounds"]
    for section in ("comments", "conditions"):
        kept = {id: one for id, one in records[section].items() if one.round in opened and not _said(one, rounds, day)}
        records[section] = MappingProxyType(kept)
    return Architecture(architecture.head, records, architecture.relations, architecture.sources_sha256)


def _is_late(value: object, day: date) -> bool:
    return isinstance(value, date) and value >= day


def _hearing(one: Hearing, was: Hearing | None, day: date) -> Hearing:
    if one.date < day:
        return one
    return one.model_copy(update=_NOT_HELD)


def _step(one: Step, was: Step | None, day: date) -> Step | None:
    return was if _is_late(one.since, day) else one


def _round(one: Round, was: Round | None, day: date) -> Round | None:
    if _is_late(one.opened, day):
        return was
    answers = {body: answer for body, answer in one.answers.items() if not _is_late(answer.date, day)}
    return one.model_copy(update={"answers": answers})


def _condition(one: Condition, was: Condition | None, day: date) -> Condition:
    return one.model_copy(update={"met_on": None, "met_by": ()}) if _is_late(one.met_on, day) else one


def _decision(one: Decision, was: Decision | None, day: date) -> Decision | None:
    return None if one.date >= day else one


_THEN: Mapping[str, Callable[[Any, Any, date], Record | None]] = MappingProxyType(
    {"hearings": _hearing, "path": _step, "rounds": _round, "conditions": _condition, "decisions": _decision}
)


def _said(one: Comment | Condition, rounds: Mapping[str, Round], day: date) -> bool:
    """Tell whether a body wrote something on a day or later."""
    answer = rounds[one.round].answers.get(one.from_)
    own = one.date if isinstance(one, Comment) else None
    return _is_late(own or (answer.date if answer else None), day)
