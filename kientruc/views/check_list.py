"""The national check list: each of its lines with one of four answer words, and the requirements that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kientruc.frameworks import Edition
from kientruc.frameworks.requirements import CHECK_LISTS
from kientruc.frameworks.vocabulary import Bilingual
from kientruc.messages import text
from kientruc.result import CheckResult, Status
from kientruc.views.outcome_table import ASSESSMENT, assessment

WORST = (Status.FAIL, Status.MANUAL, Status.PASS, Status.NOT_APPLICABLE)  # the first that is there answers the line


class Served(NamedTuple):
    """A requirement that helps to answer a line."""

    id: str
    title: str
    status: Status
    answer: str


class CheckLine(NamedTuple):
    """One line. What the tool does not check is in `unread`; then the line is never said to be met."""

    id: str
    words: str
    status: Status
    answer: str
    requirements: tuple[Served, ...]
    unread: tuple[str, ...]


class CheckList(NamedTuple):
    """One list of an edition, and how many lines got which answer."""

    edition: str
    anchor: str  # that of its edition in a page
    name: str
    lines: tuple[CheckLine, ...]
    counts: tuple[tuple[str, int], ...]


def check_lists(edition: Edition, result: CheckResult, lang: str, anchor: str = "") -> tuple[CheckList, ...]:
    """Answer the lists of an edition; nothing where it has none."""
    found = []
    statuses = {one.requirement: one.status for one in result.requirements}
    for id in CHECK_LISTS:
        if id not in edition.words.lists:
            continue
        asked = edition.words.lists[id]
        lines = tuple(_line(str(value), asked.words, edition, statuses, lang) for value in asked.values)
        counts = tuple((assessment(one, lang), sum(line.status is one for line in lines)) for one in WORST)
        found.append(
            CheckList(edition.id, anchor, asked.name.in_(lang), lines, tuple(pair for pair in counts if pair[1]))
        )
    return tuple(found)


def _line(
    id: str, words: Mapping[str, Bilingual], edition: Edition, statuses: dict[str, Status], lang: str
) -> CheckLine:
    serving = [one for one in edition.requirements.values() if id in one.serves and one.id in statuses]
    unread = tuple(one.title.in_(lang) for one in edition.not_read if id in one.serves)
    there = {ASSESSMENT.get(statuses[one.id], statuses[one.id]) for one in serving}
    if unread or not there:
        there = there & {Status.FAIL} or {Status.MANUAL}
    status = next(one for one in WORST if one in there)
    said = words[id].in_(lang) if id in words else id
    served = tuple(
        Served(one.id, one.title.in_(lang), statuses[one.id], assessment(statuses[one.id], lang)) for one in serving
    )
    return CheckLine(id, said, status, text(f"status.{status.value}", lang), served, unread)
