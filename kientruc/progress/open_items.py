"""What rounds and hearings left open on a day: comments, answers, conclusions, conditions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from kientruc.consultation.rules import lacks
from kientruc.frameworks.holidays import Calendar, UnknownYear, deadline_of
from kientruc.model.approval import Conclusion, Condition, Hearing, Round
from kientruc.model.architecture import Architecture
from kientruc.progress.owed import Kind, Owed, Why, has_come, is_past, known_day, known_id


def open_comments(architecture: Architecture, on: date, rounds: Iterable[Round]) -> Iterator[Owed]:
    """Give the comments of some rounds that were made by the day and are not settled, each with the first it lacks."""
    wanted = {round.id for round in rounds}
    for comment in architecture.records["comments"].values():
        lacking = lacks(comment)
        if lacking and comment.round in wanted and has_come(comment.date, on):
            said = {"text": comment.text, "text_en": comment.text_en or ""}
            values = {"round": comment.round, "from": comment.from_, **said}
            owner, late = comment.responsible or "", is_past(comment.by, on)
            yield Owed(Kind.COMMENT, Why(lacking[0]), comment.id, owner, comment.by, late, comment, (), values)


def open_answers(architecture: Architecture, on: date, calendar: Calendar, rounds: Iterable[Round]) -> Iterator[Owed]:
    """Give the bodies that were asked and neither answered nor commented; once the round is over, they agree."""
    wrote = {(one.round, one.from_) for one in architecture.records["comments"].values() if has_come(one.date, on)}
    for round in rounds:
        try:
            end = deadline_of(round, calendar)
        except UnknownYear:
            end = None
        for index, body in enumerate(round.bodies):
            answer = round.answers.get(body)
            if (answer is None or not has_come(answer.date, on)) and (round.id, body) not in wrote:
                why = Why.SILENT if is_past(end, on) else Why.NO_ANSWER
                values = {"round": round.id}
                yield Owed(Kind.ANSWER, why, round.id, body, end, False, round, ("bodies", index), values)


def open_conclusions(on: date, hearings: Iterable[Hearing], undone: Collection[str]) -> Iterator[Owed]:
    """Give the conclusions of some hearings that are not done, or of which nothing tells what answers them.

    Args:
        undone: the steps of the path that are not done; a conclusion that one of them answers waits for it.
    """
    for hearing in hearings:
        for id, conclusion in hearing.conclusions.items():
            steps = [place.id for place in conclusion.answered_by if place.id in undone]
            why = Why.ON_THE_PATH if steps else _undone(conclusion)
            if why:
                by, path = known_day(conclusion.by), ("conclusions", id)
                said = {"text": conclusion.text, "text_en": conclusion.text_en or ""}
                values = {"hearing": hearing.id, "steps": " ".join(steps), **said}
                owner = known_id(conclusion.who)
                yield Owed(Kind.CONCLUSION, why, id, owner, by, is_past(by, on), hearing, path, values)


def _undone(conclusion: Conclusion) -> Why | None:
    if conclusion.state is not None and conclusion.state != "done":  # also one of which nobody knows
        return Why.NOT_DONE
    return None if conclusion.answered_by or conclusion.answer else Why.NOT_ANSWERED


def open_conditions(architecture: Architecture, on: date, rounds: Iterable[Round]) -> Iterator[Owed]:
    """Give the conditions of some rounds that nothing meets; each stands in every round opened since, too."""
    wanted = {round.id: round for round in rounds}
    for condition in architecture.records["conditions"].values():
        if condition.round in wanted and not is_met(condition, on):
            by = known_day(condition.by)
            also = later_rounds(architecture, wanted[condition.round], on)
            said = {"text": condition.text, "text_en": condition.text_en or ""}
            values = {"round": condition.round, "from": condition.from_, **said}
            values["also"] = " ".join(round.id for round in also)
            yield Owed(Kind.CONDITION, Why.NOT_MET, condition.id, "", by, is_past(by, on), condition, (), values)


def is_met(condition: Condition, on: date) -> bool:
    """Tell whether a condition is met on a day."""
    return bool(condition.met_on or condition.met_by) and has_come(condition.met_on, on)


def later_rounds(architecture: Architecture, round: Round, on: date) -> tuple[Round, ...]:
    """Give the rounds that were opened after one, by the day, in the order in which they were."""
    found = (
        other
        for other in architecture.records["rounds"].values()
        if other.opened and other.opened <= on and round.opened and other.opened > round.opened
    )
    return tuple(sorted(found, key=lambda other: (other.opened, other.id)))


def opened_rounds(architecture: Architecture, on: date) -> tuple[Round, ...]:
    """Give the rounds that were opened by a day, also those that tell no day."""
    return tuple(round for round in architecture.records["rounds"].values() if has_come(round.opened, on))


def held_hearings(architecture: Architecture, on: date) -> tuple[Hearing, ...]:
    """Give the hearings that were held by a day."""
    return tuple(hearing for hearing in architecture.records["hearings"].values() if hearing.date <= on)
