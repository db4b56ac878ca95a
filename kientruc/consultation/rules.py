"""What of the comments is still open, and what bodies answered: the same for the list, the status and the papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kientruc.model.approval import Comment, Round
from kientruc.model.architecture import Architecture
from kientruc.source import Span


class Lack(StrEnum):
    """Why a comment is open."""

    VERDICT = "no-verdict"
    LEADER = "needs-leader"  # a verdict may stand, but a leader's opinion is waited for
    RESPONSE = "no-response"  # explained, or accepted only in part, without saying why
    CHANGE = "no-change"  # accepted, in full or in part, without a place that changed


@dataclass(frozen=True, slots=True)
class OpenComment:
    """A comment that blocks the next step, with everything it lacks."""

    comment: Comment
    lacks: tuple[Lack, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Count:
    """What came back in a round. A body that wrote comments without a position has answered too."""

    asked: tuple[str, ...]
    answered: tuple[str, ...]
    silent: tuple[str, ...]
    positions: Mapping[str, int]
    verdicts: Mapping[str, int]  # "" for those without
    comments: int
    open: int


def lacks(comment: Comment) -> tuple[Lack, ...]:
    """Tell what a comment lacks; nothing where it is settled.

    Whether a place that it names really changed is told by a comparison of versions, not here.
    """
    return tuple(_lacks(comment))


def _lacks(comment: Comment) -> Iterator[Lack]:
    if comment.verdict is None:
        yield Lack.VERDICT
    if comment.needs_leader:
        yield Lack.LEADER
    if comment.verdict in ("explained", "partly") and not comment.response:
        yield Lack.RESPONSE
    if comment.verdict in ("accepted", "partly") and not comment.changed:
        yield Lack.CHANGE


def open_comments(architecture: Architecture, round: str = "") -> tuple[OpenComment, ...]:
    """Give the comments, of one round or of all, that are not settled, in id order; each with its place."""
    comments = architecture.records["comments"].values()
    found = ((one, lacks(one)) for one in comments if not round or one.round == round)
    return tuple(OpenComment(one, why, one.span("verdict")) for one, why in found if why)


def count(architecture: Architecture, round: Round) -> Count:
    """Count what came back in a round."""
    comments = [one for one in architecture.records["comments"].values() if one.round == round.id]
    wrote = {*round.answers, *(one.from_ for one in comments)}
    asked = tuple(dict.fromkeys((*round.bodies, *sorted(wrote))))
    return Count(
        asked,
        tuple(body for body in asked if body in wrote),
        tuple(body for body in asked if body not in wrote),
        dict(sorted(Counter(answer.position for answer in round.answers.values()).items())),
        dict(sorted(Counter(one.verdict or "" for one in comments).items())),
        len(comments),
        sum(1 for one in comments if lacks(one)),
    )
