"""The report in a few sentences, for those who decide: what came out, what it rests on, what is waited for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.values import Certainty
from kientruc.result import Status
from kientruc.views.conformance import Conformance
from kientruc.views.register import Asked
from kientruc.views.status import Standing

FEW = 3  # bodies named that owe an answer; the list below names them all


def summary(
    architecture: Architecture, editions: Sequence[Conformance], asked: Sequence[Asked], standing: Standing, lang: str
) -> tuple[str, ...]:
    """Give the sentences, in the order in which somebody asks."""
    return (
        *(_outcome(one, lang) for one in editions),
        *_waits(editions, lang),
        *_asked(asked, lang),
        _rests_on(architecture, lang),
        " ".join(standing.sentences),
    )


def _outcome(one: Conformance, lang: str) -> str:
    binding = [line.status for line in one.lines if line.binds]
    words = (
        text("summary.counted", lang, count=binding.count(status), word=text(f"status.{status.value}", lang).lower())
        for status in Status
        if status in binding
    )
    return text("summary.must", lang, edition=one.edition_name, total=len(binding), counted="; ".join(words))


def _waits(editions: Sequence[Conformance], lang: str) -> Iterator[str]:
    """Say how many points wait, and of how many requirements."""
    for one in editions:
        waiting = [line for line in one.deciding if line.pending]
        if waiting:
            shown = [(one.ids, one.words, one.place, one.question) for line in waiting for one in line.pending]
            counted = sum(line.counts.get(Status.MANUAL.value, 0) for line in waiting)
            points = counted - len(shown) + len({*shown})  # several may wait for one answer
            yield text("summary.waits", lang, count=points, requirements=len(waiting))


def _asked(asked: Sequence[Asked], lang: str) -> Iterator[str]:
    if not asked:
        return
    most = sorted(asked, key=lambda one: -one.count)
    named, others = (most, []) if len(most) == FEW + 1 else (most[:FEW], most[FEW:])  # one more is named, not counted
    who = "; ".join(text("summary.owes", lang, name=one.body, count=one.count) for one in named)
    rest = sum(one.count for one in others)
    more = text("summary.others", lang, bodies=len(others), count=rest) if others else ""
    yield text("summary.unknown", lang, count=sum(one.count for one in asked), who=who + more)
    if not any(by for one in asked for line in one.lines for _, _, by, _ in line.items):
        yield text("summary.no-deadline", lang)


def _rests_on(architecture: Architecture, lang: str) -> str:
    all, assumed = architecture.elements.values(), Certainty.ASSUMED
    unsure = sum(one.certainty is assumed for one in all)
    return text("summary.elements", lang, count=len(all), assumed=unsure)
