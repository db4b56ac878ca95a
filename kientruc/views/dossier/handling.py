"""Bảng tổng hợp tiếp thu, giải trình: every comment of every round with its verdict, in four or seven columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from types import MappingProxyType

from kientruc.messages import text
from kientruc.model.approval import Comment, Place, Round
from kientruc.views.difference_words import Words
from kientruc.views.document import (
    Block,
    Cell,
    Column,
    Dash,
    Document,
    Heading,
    Paragraph,
    Ref,
    Run,
    SignatureBlock,
    Table,
    says,
)
from kientruc.views.document.numbering import roman
from kientruc.views.dossier.blocks import capital, listed
from kientruc.views.dossier.facts import DONE, PASSAGE, VI, Dossier
from kientruc.views.dossier.wording import COMMON
from kientruc.views.words import label, number_words

ID = "bang-tiep-thu"
TABLE = "bang-y-kien"
VERDICTS = ("accepted", "partly", "explained", "noted")
FIELDS: Mapping[str, str] = MappingProxyType(  # what papers call fields that are named after how they are written
    {
        **{
            "delivers": "of_result",
            "covers": "of_gap",
            "about": "of_about",
            "leads_to": "of_about",
            "in_state": "of_state",
        },
        **dict.fromkeys(("sends", "reads", "writes", "uses"), "of_exchange"),
    }
)
_DIGITS = re.compile(r"(\d+)")
FOUR = (("group", 3), ("body", 3), ("text", 7), ("response", 7))
SEVEN = (("number", 1), ("group", 3), ("body", 3), ("letter", 2.6), ("text", 6), ("response", 6), ("changed", 3.4))


def handling(dossier: Dossier, columns: int = 4) -> Document | None:
    """Make the paper in four or seven columns from the same rows; None where nobody was asked and nobody spoke."""
    records = dossier.architecture.records
    if not records["rounds"] and not records["comments"]:
        return None
    rounds = sorted(records["rounds"].values(), key=lambda one: (one.order or 0, one.id))
    comments = list(records["comments"].values())
    blocks: list[Block] = [Paragraph(says(dossier.say(ID, "opening")))]
    blocks += _asked(dossier, rounds, comments)
    blocks += _result(dossier, comments)
    if comments:
        blocks.append(_table(dossier, comments, FOUR if columns == 4 else SEVEN))
    blocks.append(Paragraph(says(dossier.say(ID, "end"))))
    return replace(
        dossier.paper(ID),
        id=f"{ID}-{columns}-cot",
        blocks=tuple(blocks),
        signatures=(SignatureBlock((dossier.say(COMMON, "director"),)),),
        recipients=(dossier.agency.name, dossier.say(COMMON, "archive")),
        landscape=True,
    )


def _asked(dossier: Dossier, rounds: Sequence[Round], comments: Sequence[Comment]) -> Iterator[Block]:
    yield Heading(dossier.say(ID, "asked"), 2)
    for one in rounds:
        said = sum(comment.round == one.id for comment in comments)
        letter = dossier.say(ID, "asked_letter", letter=_cited(dossier, one.letter)) if one.letter else ""
        counts = {"bodies": len(one.bodies), "answered": len(one.answers), "comments": said}
        words = {key: number_words(value, VI) for key, value in counts.items()}
        yield Paragraph(says(dossier.say(ID, "asked_round", round=one.name, letter=letter, **words)))
        spoke = {comment.from_ for comment in comments if comment.round == one.id}
        agreed = [
            _agreed(dossier, body, answer)
            for body, answer in one.answers.items()
            if answer.position == "agrees" and body not in spoke
        ]
        if agreed:
            yield Dash(says(dossier.say(ID, "agreed", bodies="; ".join(agreed))))
        silent = [body for body in one.bodies if body not in one.answers]
        if silent:
            yield Dash(says(dossier.say(ID, "silent", bodies=dossier.names(silent))))


def _cited(dossier: Dossier, number: str) -> str:
    """Name a letter by its number: a công văn, whose symbol bears no letters of a sort."""
    return f"{dossier.say(ID, 'by_letter')} {dossier.say(COMMON, 'number_of', number=number)}"


def _agreed(dossier: Dossier, body: str, answer: object) -> str:
    letter = _letter(dossier, getattr(answer, "letter", None), getattr(answer, "date", None))
    return f"{dossier.who(body)} ({letter})" if letter else dossier.who(body)


def _letter(dossier: Dossier, number: object, day: object) -> str:
    words = [number if isinstance(number, str) else "", dossier.day(day) if isinstance(day, date) else ""]
    return ", ".join(filter(None, words))


def _result(dossier: Dossier, comments: Sequence[Comment]) -> Iterator[Block]:
    yield Heading(dossier.say(ID, "result"), 2)
    yield Paragraph(says(dossier.say(ID, "result_all", count=number_words(len(comments), VI))))
    told = []
    for verdict in (*VERDICTS, None):
        count = sum(one.verdict == verdict for one in comments)
        if count or verdict:
            words = {"verdict": dossier.say(ID, verdict or "pending"), "count": number_words(count, VI)}
            told.append(dossier.say(ID, "result_text", **words))
    yield from listed(told)
    leader = sum(one.needs_leader for one in comments)
    if leader:
        yield Paragraph(says(dossier.say(ID, "result_leader", count=number_words(leader, VI))))
    if comments:
        before, _, after = dossier.say(ID, "result_table", table="\0").partition("\0")
        yield Paragraph(says(before, Ref(TABLE), after))


def _table(dossier: Dossier, comments: Sequence[Comment], columns: Sequence[tuple[str, float]]) -> Table:
    groups = {one.id: _group(dossier, one) for one in comments}
    ordered = sorted(comments, key=lambda one: (_order(dossier, one), groups[one.id], one.round, one.from_, one.id))
    rows, number = [], 0
    for group, members in groupby(ordered, key=lambda one: groups[one.id]):
        together = list(members)
        for index, one in enumerate(together):
            number += 1
            cells = {key: _cell(dossier, one, key, number) for key, _ in columns if key != "group"}
            if "changed" not in cells and one.changed:
                places = dossier.say(ID, "place", places=_places(dossier, one))
                cells["response"] = Cell((*cells["response"].text, Run(f" {places}.")))
            if not index:
                cells["group"] = Cell(says(group), rows=len(together))
            rows.append(tuple(cells[key] for key, _ in columns if key in cells))
    made = tuple(Column(dossier.say(ID, key), width, "centre" if key == "number" else "left") for key, width in columns)
    return Table(made, tuple(rows), TABLE, dossier.say(ID, "caption"))


def _group(dossier: Dossier, one: Comment) -> str:
    legal = dossier.architecture.legal
    about = [dossier.cite(legal[id].number) if id in legal else label(dossier.architecture, id, VI) for id in one.about]
    return "; ".join(dict.fromkeys(filter(None, (passage(dossier, one), *about)))) or dossier.say(ID, "no_group")


def passage(dossier: Dossier, one: Comment) -> str:
    """Name the passage that a comment is about as the Architecture numbers it; "" where it has none such."""
    found = PASSAGE.fullmatch(one.passage or "")
    if not dossier.outline or not found:
        return one.passage or ""
    codes = [heading.code for heading in dossier.outline.values()]
    if not found[2].isdecimal():
        return found[0] if found[2] in codes else ""
    annexes = [code for code in codes if code.isdecimal()]
    code = found[2].zfill(2)
    return f"{found[1]} {roman(annexes.index(code) + 1)}" if code in annexes else ""


def _order(dossier: Dossier, one: Comment) -> tuple[object, ...]:
    """Sort by where in the Architecture it is: the headings as they follow, numbers as numbers, then the rest."""
    found = PASSAGE.fullmatch(one.passage or "") if passage(dossier, one) else None
    if not found or not dossier.outline:
        words = _DIGITS.split(passage(dossier, one))
        return (not words[0], 0, tuple(word.zfill(6) if word.isdecimal() else word for word in words))
    codes = [heading.code for heading in dossier.outline.values()]
    return (False, codes.index(found[2].zfill(2) if found[2].isdecimal() else found[2]), ())


def _cell(dossier: Dossier, one: Comment, key: str, number: int) -> Cell:
    match key:
        case "number":
            return Cell(says(str(number)))
        case "body":
            return Cell(says(dossier.who(one.from_)))
        case "letter":
            return Cell(says(_said_in(dossier, one)))
        case "text":
            more = (("proposal", one.proposal), ("grounds", one.grounds))
            parts = [one.text, *(text(f"comments.{key}", VI, words=words) for key, words in more if words)]
            return Cell(says(" ".join(parts)))
        case "changed":
            return Cell(says(capital(_places(dossier, one))))
        case _:
            verdict = dossier.say(ID, one.verdict or "pending")
            return Cell((Run(f"{verdict}.", bold=True), Run(f" {_response(one, verdict)}".rstrip())))


def _response(one: Comment, verdict: str) -> str:
    """Give the answer without what stands beside it anyhow: the verdict, and that something was changed."""
    words = (one.response or "").strip()
    if words.lower().startswith(verdict.lower()):
        words = words[len(verdict) :].lstrip(" ,.;:–-")
        words = words[:1].upper() + words[1:]
    return "" if one.changed and words.rstrip(".").lower() == DONE else words


def _said_in(dossier: Dossier, one: Comment) -> str:
    own = _letter(dossier, one.letter, one.date)
    there = dossier.architecture.records["rounds"].get(one.round)
    answer = there.answers.get(one.from_) if there else None
    return own or (_letter(dossier, answer.letter, answer.date) if answer else "")


def _places(dossier: Dossier, one: Comment) -> str:
    return "; ".join(_place(dossier, place) for place in one.changed)


def _place(dossier: Dossier, place: Place) -> str:
    words = Words(dossier.architecture, dossier.architecture, VI)
    heads = {field: field.partition(".")[0] for field in place.fields if not field.endswith("_en")}
    told = [dossier.say(ID, FIELDS[head]) if head in FIELDS else words.limit(field) for field, head in heads.items()]
    named = label(dossier.architecture, place.id, VI)
    limits = ", ".join(dict.fromkeys(told))
    return dossier.say(ID, "limited", limits=limits, place=named) if limits else named
