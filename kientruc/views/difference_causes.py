"""Who asked, for people: cited by letter, notice or decision; what was asked, what became of it, who owes what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from kientruc.comparing import Cause, Difference, What
from kientruc.model.approval import Comment, Conclusion, Condition
from kientruc.views.difference_words import Words
from kientruc.views.words import day, name

OWING = frozenset(("pending", "unmet", "open"))  # standings of which something is still to be done

DECIDED = MappingProxyType(  # how to cite a decision, as we know who decided and the text it rests on
    {
        (False, False): "difference.decision",
        (True, False): "difference.decision-by",
        (False, True): "difference.decision-on",
        (True, True): "difference.decision-by-on",
    }
)


class Run(NamedTuple):
    """Numbers that follow each other: "4–6", or "9" alone."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def runs(numbers: Iterable[int]) -> tuple[Run, ...]:
    """Put numbers in order, and those together that follow each other."""
    found: list[Run] = []
    for number in sorted(set(numbers)):
        if found and found[-1].last == number - 1:
            found[-1] = Run(found[-1].first, number)
        else:
            found.append(Run(number, number))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class CauseLine:
    """What somebody asked: the answer, what became of it, and the numbers of the lines that it explains.

    `standing` is the verdict of a comment or "pending", the state of a conclusion, "met" or "unmet" of a condition, or
    "decided"; `owed` tells who still has to do what by when, "" where nobody has.
    """

    number: int
    key: str
    id: str
    words: str
    asked: str
    answered: str
    verdict: str
    standing: str
    owed: str
    lines: tuple[int, ...]

    @property
    def partly(self) -> bool:
        """Whether it was done in part only."""
        return self.standing == "partly"

    @property
    def runs(self) -> tuple[Run, ...]:
        """The lines, those that follow each other as one."""
        return runs(self.lines)


def key(cause: Cause) -> str:
    """Give what makes a cause known in the list of causes."""
    return "/".join(filter(None, (cause.section, cause.hearing, cause.id)))


def numbered(found: Difference, words: Words, whole: bool) -> Mapping[str, tuple[int, Cause]]:
    """Number what has a row in the list of causes, by its key: what explains a line, then what else was asked.

    Args:
        whole: whether also to tell what was asked or answered since, or waits still, and changed nothing.
    """
    told: dict[str, Cause] = {}
    for change in found.changes:
        for one in (change, *change.fields):
            told.update((key(cause), replace(cause, fields=())) for cause in one.causes)
    if whole:
        told.update((key(cause), cause) for cause in _asked_since(found, words))
    return {key: (number, cause) for number, (key, cause) in enumerate(sorted(told.items()), 1)}


def _asked_since(found: Difference, words: Words) -> Iterator[Cause]:
    """Give what is new or newly answered, and what waits still."""
    paths: dict[tuple[str, str], list[str]] = {
        (one.section, one.id): [""] if one.what is What.ADDED else [field.path for field in one.fields]
        for one in found.records
    }

    def is_new(section: str, id: str, field: str) -> bool:
        return any(path == "" or path == field or path.startswith(f"{field}.") for path in paths.get((section, id), ()))

    records = words.new.records
    for section, field in (("comments", "verdict"), ("conditions", "met_on"), ("decisions", "changed")):
        for id in records[section]:
            cause = Cause(section, id)
            if is_new(section, id, field) or owes(cause, words):
                yield cause
    for hearing, one in records["hearings"].items():
        for id in one.conclusions:
            cause = Cause("conclusions", id, hearing)
            if is_new("hearings", hearing, f"conclusions.{id}") or owes(cause, words):
                yield cause


def owes(cause: Cause, words: Words) -> bool:
    """Tell whether somebody still has to do something; a comment taken in part has its answer."""
    stands = standing(cause, words)
    return stands in OWING or (stands == "partly" and cause.section == "conclusions")


def cause_lines(
    known: Mapping[str, tuple[int, Cause]], explained: Mapping[str, list[int]], words: Words
) -> Iterator[CauseLine]:
    """Give each with the lines it explains."""
    for key, (number, cause) in known.items():
        asked, answered = said(cause, words)
        yield CauseLine(
            number,
            key,
            cause.id,
            cited(cause, words),
            asked,
            answered,
            verdict(cause, words),
            standing(cause, words),
            _owed(cause, words),
            tuple(dict.fromkeys(explained.get(key, ()))),
        )


def explained_by(lines: Iterable[tuple[int, tuple[str, ...]]]) -> Mapping[str, list[int]]:
    """Give for each key of a cause the numbers of the lines that name it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, keys in lines:
        for one in keys:
            found[one].append(number)
    return found


def cited(cause: Cause, words: Words) -> str:
    """Tell who asked and where: by the number and day of the letter, notice or decision, else by the id."""
    if cause.section == "conclusions":
        hearing = words.new.records["hearings"][cause.hearing]
        told = {"day": day(hearing.date, words.lang), "hearing": name(hearing, words.lang)}
        if isinstance(hearing.notice, str):
            return words.say("difference.in-notice", notice=hearing.notice, **told)
        return words.say("difference.in-hearing", **told)
    record = words.new.records[cause.section][cause.id]
    if isinstance(record, Comment | Condition):
        return told_by(record, words)
    by = record.decided_by
    decided = {
        "title": name(record, words.lang),
        "body": words.anything(by) if isinstance(by, str) else "",
        "day": day(record.date, words.lang),
        "document": words.anything(record.document) if record.document else "",
    }
    return words.say(DECIDED[bool(decided["body"]), bool(decided["document"])], **decided)


def paper(cause: Cause, words: Words) -> str:
    """Cite the letter or notice by its number alone; what has none, and decisions, as they are cited anywhere."""
    section, told = cause.section, ""
    if section == "conclusions":
        notice = words.new.records["hearings"][cause.hearing].notice
        told = words.say("in-letter.conclusions", letter=notice) if isinstance(notice, str) else ""
    elif section in ("comments", "conditions"):
        letter = _letter(words.new.records[section][cause.id], words)[0]
        told = words.say(f"in-letter.{section}", letter=letter) if letter else ""
    told = told or cited(cause, words)
    return words.say("difference.in-part", words=told) if standing(cause, words) == "partly" else told


def told_by(record: Comment | Condition, words: Words) -> str:
    """Cite a comment or condition by the letter it stands in, or that its body sent in the round; else by its id."""
    body, section = words.anything(record.from_), type(record).section
    number, when = _letter(record, words)
    if not number:
        return words.say(f"asked-by.{section}", id=record.id, body=body)
    return words.say(f"in-letter.{section}", letter=", ".join(filter(None, (number, when, body))))


def _letter(record: Comment | Condition, words: Words) -> tuple[str, str]:
    """Give number and day of the letter something stands in; "" for what nobody says."""
    round = words.new.records["rounds"].get(record.round)
    answer = round.answers.get(record.from_) if round else None
    own = record if isinstance(record, Comment) and record.letter else answer
    if own is None or not isinstance(own.letter, str):
        return "", ""
    return own.letter, day(own.date, words.lang) if isinstance(own.date, date) else ""


def _conclusion(cause: Cause, words: Words) -> Conclusion:
    found: Conclusion = words.new.records["hearings"][cause.hearing].conclusions[cause.id]
    return found


def standing(cause: Cause, words: Words) -> str:
    """Give what became of what was asked, as `CauseLine` tells it."""
    if cause.section == "conclusions":
        state = _conclusion(cause, words).state
        return state if isinstance(state, str) else "open"
    record = words.new.records[cause.section][cause.id]
    if cause.section == "conditions":
        return "met" if record.met_on else "unmet"
    return "decided" if cause.section == "decisions" else record.verdict or "pending"


def verdict(cause: Cause, words: Words) -> str:
    """Tell what became of what was asked."""
    stands = standing(cause, words)
    if cause.section == "conclusions":
        return words.say("difference.verdict-conclusion", state=words.say(f"conclusion.{stands}"))
    record = words.new.records[cause.section][cause.id]
    if stands == "met":
        return words.say("difference.met", day=day(record.met_on, words.lang))
    if stands == "decided":
        return words.say("difference.decided", day=day(record.date, words.lang))
    return words.say(f"difference.{stands}" if stands in ("unmet", "pending") else f"handling.{stands}")


def _owed(cause: Cause, words: Words) -> str:
    """Tell who still has to answer or to do something, and by when."""
    if not owes(cause, words):
        return ""
    conclusion = cause.section == "conclusions"
    record = _conclusion(cause, words) if conclusion else words.new.records[cause.section][cause.id]
    who = record.who if conclusion else getattr(record, "responsible", None)
    told = (
        words.say(f"owed-by.{cause.section}", body=words.anything(who)) if isinstance(who, str) else "",
        words.say("difference.owed-until", day=day(record.by, words.lang)) if isinstance(record.by, date) else "",
        words.say("difference.owed-leader") if getattr(record, "needs_leader", False) else "",
    )
    return "; ".join(filter(None, told))


def said(cause: Cause, words: Words) -> tuple[str, str]:
    """Give the text of a cause, and what was answered to it (of a condition what is noted); "" where nothing was."""
    if cause.section == "conclusions":
        one = _conclusion(cause, words)
        return words.either(one.text, one.text_en), words.either(one.answer or "", one.answer_en)
    record = words.new.records[cause.section][cause.id]
    if cause.section == "decisions":
        return words.either(record.reason or "", record.reason_en), ""
    asked = words.either(record.text, record.text_en)
    if cause.section == "conditions":
        return asked, words.either(record.note or "", record.note_en)
    parts = (("proposal", record.proposal), ("grounds", record.grounds))
    more = (words.say(f"comments.{key}", words=told) for key, told in parts if told)
    asked = " ".join((asked, *more))
    return asked, words.either(record.response or "", record.response_en)
