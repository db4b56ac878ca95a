"""What the requirements of one edition wait for, point by point: about whom, where it stands, what is to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kientruc.frameworks import Edition
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.result import CheckResult, Outcome, Status
from kientruc.views.conformance import SHOWN, Evidence, Shower, once, points

UNKNOWN = "unknown"  # the reason of an outcome that waits for a value which its record says nobody knows


class Waiting(NamedTuple):
    """One requirement that waits: the sentence that says so, the points shown, how many there are in all."""

    id: str
    words: str
    shown: tuple[tuple[Outcome, Evidence], ...]
    total: int


def waiting(
    architecture: Architecture, edition: Edition, result: CheckResult, lang: str, most: int
) -> Iterator[Waiting]:
    """Give the binding requirements that wait; in a run of some requirements, all of these that do.

    Args:
        most: points shown of one requirement.
    """
    for one in result.requirements:
        requirement = edition.requirements[one.requirement]
        if one.status is not Status.MANUAL or not (requirement.binds or result.partial):
            continue
        show, count = Shower(architecture, edition, requirement, lang), points(one)
        words = text("text.waits", lang, title=requirement.title.in_(lang), id=requirement.id, count=count)
        found = once(outcome for outcome in one.outcomes if outcome.status is Status.MANUAL)
        yield Waiting(requirement.id, words, tuple((outcome, show.one(outcome)) for outcome in found[:most]), count)


def sentence(point: Evidence, lang: str) -> str:
    """Say what is waited for in a sentence that stands alone: it names whom it is about."""
    if point.failed or not point.names or point.names[0] in point.words:
        return point.words
    return text("text.point", lang, name=point.names[0], words=point.words)


def beside_unknowns(
    architecture: Architecture, edition: Edition, result: CheckResult, lang: str
) -> Iterator[tuple[str, Outcome, Evidence]]:
    """Give, with its requirement, each point that waits for something else than a value that is not known."""
    for one in waiting(architecture, edition, result, lang, SHOWN):
        yield from ((one.id, *point) for point in one.shown if point[0].reason != UNKNOWN)
