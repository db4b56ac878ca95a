"""Comments as papers and lists show them: who said what about what, what became of it, what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kientruc.consultation.rules import Count, count, lacks
from kientruc.messages import text
from kientruc.model.approval import Comment, Round
from kientruc.model.architecture import Architecture
from kientruc.views.access_marks import mark, notice
from kientruc.views.difference_words import Words
from kientruc.views.words import day, label, name


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment. All but `id`, `round` and `from_` are words; "" where nothing is said."""

    number: int
    id: str
    round: str
    from_: str
    group: str  # what it is about: the passage that was read, the things it names
    body: str
    letter: str
    text: str
    verdict: str
    response: str
    changed: str
    lacks: tuple[str, ...]
    at: str

    @property
    def handling(self) -> str:
        """The verdict with the reason: one column of the form for drafts of law."""
        return ". ".join(filter(None, (self.verdict, self.response)))


@dataclass(frozen=True, slots=True)
class RoundLine:
    """What came back in one round, in words."""

    id: str
    name: str
    counts: tuple[tuple[str, int], ...]
    silent: tuple[str, ...]
    agreed: tuple[str, ...]  # bodies that only agree, with the number of their letter


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments in the order of rounds and bodies."""

    title: str
    rounds: tuple[RoundLine, ...]
    lines: tuple[CommentLine, ...]
    notice: str  # what was left out; "" for nothing
    open: int  # of all, whether they are shown or not
    mark: str  # what every page says: made-up data, for whom it is
    lang: str


def comments(architecture: Architecture, lang: str, round: str = "", only_open: bool = False) -> Comments:
    """Gather the comments of a round, or of all of them."""
    records: Mapping[str, Round] = architecture.records["rounds"]
    rounds = [one for one in records.values() if round in ("", one.id)]
    rounds.sort(key=lambda one: (one.order or 0, one.id))
    places = {one.id: index for index, one in enumerate(rounds)}
    found = [one for one in architecture.records["comments"].values() if one.round in places]
    found.sort(key=lambda one: (places[one.round], one.from_, one.id))
    lines = tuple(_line(architecture, one, number, lang) for number, one in enumerate(found, start=1))
    return Comments(
        title=text("comments.title", lang, name=name(architecture.head, lang)),
        rounds=tuple(_round(architecture, one, lang) for one in rounds),
        lines=tuple(line for line in lines if line.lacks) if only_open else lines,
        open=sum(1 for line in lines if line.lacks),
        notice=notice(architecture, lang),
        mark=mark(architecture, lang),
        lang=lang,
    )


def _line(architecture: Architecture, one: Comment, number: int, lang: str) -> CommentLine:
    english = lang == "en"
    said = one.text_en if english and one.text_en else one.text
    more = (("proposal", one.proposal), ("grounds", one.grounds))
    parts = [said, *(text(f"comments.{key}", lang, words=words) for key, words in more if words)]
    about = [label(architecture, id, lang) for id in one.about]
    limits = Words(architecture, architecture, lang).limits
    changed = (f"{label(architecture, place.id, lang)}{limits(place.fields)}" for place in one.changed)
    when = day(one.date, lang) if isinstance(one.date, date) else ""
    return CommentLine(
        number,
        one.id,
        one.round,
        one.from_,
        "; ".join(dict.fromkeys(filter(None, (_passage(architecture, one, lang), *about)))),
        label(architecture, one.from_, lang),
        ", ".join(filter(None, (one.letter or "", when))) or _answered(architecture, one, lang),
        "\n".join(parts),
        text(f"handling.{one.verdict}", lang) if one.verdict else "",
        (one.response_en if english and one.response_en else one.response) or "",
        "; ".join(changed),
        tuple(text(f"open.{lack}", lang) for lack in lacks(one)),
        str(one.span() or ""),
    )


def _passage(architecture: Architecture, one: Comment, lang: str) -> str:
    return label(architecture, one.passage, lang) if one.passage else ""


def _answered(architecture: Architecture, one: Comment, lang: str) -> str:
    """Give the letter with which the body answered in the round."""
    answer = architecture.records["rounds"][one.round].answers.get(one.from_)
    if answer is None:
        return ""
    letter = answer.letter if isinstance(answer.letter, str) else ""
    return ", ".join(filter(None, (letter, day(answer.date, lang) if isinstance(answer.date, date) else "")))


def _round(architecture: Architecture, one: Round, lang: str) -> RoundLine:
    counted = count(architecture, one)
    wrote = {comment.from_ for comment in architecture.records["comments"].values() if comment.round == one.id}
    agreed = [id for id, answer in one.answers.items() if answer.position == "agrees" and id not in wrote]
    letters = {id: answer.letter for id, answer in one.answers.items() if isinstance(answer.letter, str)}
    return RoundLine(
        one.id,
        name(one, lang),
        tuple(_counts(counted, lang)),
        tuple(label(architecture, id, lang) for id in counted.silent),
        tuple(f"{label(architecture, id, lang)}{f' ({letters[id]})' if id in letters else ''}" for id in agreed),
    )


def _counts(counted: Count, lang: str) -> Iterator[tuple[str, int]]:
    yield text("comments.asked", lang), len(counted.asked)
    yield text("comments.answered", lang), len(counted.answered)
    for position, number in counted.positions.items():
        yield text(f"position.{position}", lang), number
    yield text("comments.count", lang), counted.comments
    for verdict, number in counted.verdicts.items():
        yield text(f"handling.{verdict}", lang) if verdict else text("open.no-verdict", lang), number
    yield text("comments.open", lang), counted.open
