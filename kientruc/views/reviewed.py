"""The reviewer's part of a result in words: the waiver register, notes on the files given, what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kientruc.frameworks import Edition
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.result import CheckResult, Outcome, Status, WaiverUse
from kientruc.views.remarks import Remark, remark
from kientruc.views.words import day, label


class RegisterLine(NamedTuple):
    """One waiver: what it is about, who asked and who granted, why, until when, and what it does."""

    id: str
    requirement: str
    title: str
    subjects: tuple[tuple[str, str], ...]  # ids and names
    reason: str
    asked: str
    granted: str
    period: str
    left: str
    covers: int
    effective: bool
    effect: str


class ReviewView(NamedTuple):
    """What the reviewer brought, and what it did; empty where nothing was brought."""

    register: tuple[RegisterLine, ...]
    unwaived: str  # the verdict there would be without any waiver; "" where none has an effect
    notes: tuple[Remark, ...]
    compared: str  # against the baseline; "" where there is none
    gone: tuple[tuple[str, int], ...]  # requirements with findings that are no longer there


def reviewed(architecture: Architecture, edition: Edition, result: CheckResult, lang: str) -> ReviewView:
    """Put the reviewer's part into words."""
    gone: dict[str, int] = {}
    for requirement, _, _ in result.compared.gone if result.compared else ():
        gone[requirement] = gone.get(requirement, 0) + 1
    return ReviewView(
        register=tuple(_line(architecture, edition, use, lang) for use in result.waivers),
        unwaived=text(f"verdict.{result.unwaived.value}", lang) if result.unwaived else "",
        notes=tuple(remark(note, lang) for note in result.notes),
        compared=compared(result, lang),
        gone=tuple(gone.items()),
    )


def compared(result: CheckResult, lang: str) -> str:
    """Say how many findings are new since the baseline, how many were there, how many are gone."""
    found = result.compared
    if found is None:
        return ""
    numbers = {"size": found.size, "new": found.new, "unchanged": found.unchanged, "gone": found.gone_count}
    return text("text.compared", lang, **numbers)


def summary(edition: Edition, result: CheckResult, lang: str) -> Iterator[str]:
    """Say of each waiver what it does, what the verdict would be without, and what changed since the baseline."""
    for use in result.waivers:
        values = {"requirement": use.requirement, "effect": _effect(use, lang), "left": _left(use, lang)}
        yield text("text.waiver", lang, id=use.id, **values)
    if result.unwaived:
        yield text("text.unwaived", lang, verdict=text(f"verdict.{result.unwaived.value}", lang))
    if result.compared:
        yield compared(result, lang)


def marks(uses: Mapping[str, WaiverUse], outcome: Outcome, lang: str) -> tuple[str, ...]:
    """Say what stands beside an outcome: its waiver or a mere request, a person's answer, that it is new."""
    use = uses.get(outcome.waiver)
    found = []
    if use and outcome.status is Status.WAIVED:
        found.append(text("mark.waived", lang, id=use.id, who=_granted(use), expires=day(use.expires, lang)))
    elif use:
        found.append(text("mark.waiver-without-effect", lang, id=use.id, why=_why(use, lang)))
    if outcome.requested:
        found.append(text("mark.requested", lang, ids=", ".join(outcome.requested)))
    if outcome.reason == "answered" and outcome.status is Status.FAIL:
        found.append(text("reason.answered", lang, **_in(lang, outcome.values)))
    if outcome.change:
        found.append(text(f"change.{outcome.change.value}", lang))
    return tuple(found)


def _in(lang: str, values: Mapping[str, str]) -> dict[str, str]:
    if lang != "en":
        return dict(values)
    return {**values, **{key.removesuffix("_en"): value for key, value in values.items() if key.endswith("_en")}}


def _line(architecture: Architecture, edition: Edition, use: WaiverUse, lang: str) -> RegisterLine:
    requirement = edition.requirements.get(use.requirement)
    places = edition.words.places
    first = day(use.first, lang) if use.first else "–"
    return RegisterLine(
        id=use.id,
        requirement=use.requirement if requirement else "",
        title=requirement.title.in_(lang) if requirement else use.requirement,
        subjects=tuple(
            (id, places[id].name.in_(lang) if id in places else label(architecture, id, lang)) for id in use.subjects
        ),
        reason=use.reason_en if lang == "en" else use.reason,
        asked=use.requested_by,
        granted=", ".join(filter(None, (_granted(use), use.basis))),
        period=f"{first} – {day(use.expires, lang)}",
        left=_left(use, lang),
        covers=use.covers,
        effective=use.effective,
        effect=_effect(use, lang),
    )


def _granted(use: WaiverUse) -> str:
    return f"{use.approved_by} ({use.role})" if use.approved_by else ""


def _left(use: WaiverUse, lang: str) -> str:
    return text("waiver.left", lang, days=use.days_left) if use.days_left >= 0 else text("hindrance.R-EXPIRED", lang)


def _effect(use: WaiverUse, lang: str) -> str:
    if use.hindrances:
        return text("waiver.without-effect", lang, why=_why(use, lang), count=use.covers)
    return text("waiver.covers", lang, count=use.covers) if use.covers else text("waiver.unused", lang)


def _why(use: WaiverUse, lang: str) -> str:
    return ", ".join(text(f"hindrance.{code}", lang) for code in use.hindrances)
