"""Thông báo kết luận of a hearing: when and where, who led it, what was concluded, who does what by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kientruc.model.approval import Conclusion, Hearing
from kientruc.model.organisation import Person
from kientruc.views.document import Block, Clause, Dash, Document, Paragraph, SignatureBlock, says
from kientruc.views.document.tree import HeadBlock
from kientruc.views.dossier.facts import Dossier, brief, two
from kientruc.views.dossier.wording import COMMON

ID = "thong-bao-ket-luan"


def conclusions(dossier: Dossier) -> Document | None:
    """Make the paper; None where there is no hearing."""
    hearing = dossier.hearing
    if hearing is None:
        return None
    named = lower(hearing.name)
    return replace(
        dossier.paper(ID, office_head(dossier, dossier.say(ID, "symbol")), hearing=named),
        blocks=tuple(_blocks(dossier, hearing, named)),
        signatures=(SignatureBlock((dossier.say(COMMON, "by_order"), dossier.say(COMMON, "chief_of_office"))),),
        recipients=(
            dossier.say(ID, "recipients"),
            dossier.say(ID, "recipients_more"),
            dossier.say(COMMON, "archive"),
        ),
    )


def office_head(dossier: Dossier, symbol: str) -> HeadBlock:
    """Make the head of a paper of the committee's office."""
    committee, office = dossier.committee, dossier.say(COMMON, "office")
    return HeadBlock(office, brief(committee.name), symbol, f"VP{dossier.short(committee)}", dossier.place())


def long_day(dossier: Dossier, hearing: Hearing) -> str:
    """Write a day in words: 13 tháng 9 năm 2017."""
    day, month = two(hearing.date)
    return dossier.say(COMMON, "long_day", day=day, month=month, year=str(hearing.date.year))


def chair(dossier: Dossier, hearing: Hearing) -> str:
    """Name who led the hearing."""
    if isinstance(hearing.chair, Person):
        return dossier.person(hearing.chair)
    return dossier.say(ID, "unknown_chair")


def place(dossier: Dossier, hearing: Hearing) -> str:
    """Say where: dots where nobody knows."""
    where = hearing.place if isinstance(hearing.place, str) else dossier.dots
    return dossier.say(ID, "at_place", place=where)


def _blocks(dossier: Dossier, hearing: Hearing, named: str) -> Iterator[Block]:
    led = chair(dossier, hearing)
    there = dossier.say(ID, "attendance", bodies=dossier.names(hearing.attendance)) if hearing.attendance else ""
    values = {"date": long_day(dossier, hearing), "place": place(dossier, hearing), "chair": led, "hearing": named}
    yield Paragraph(says(dossier.say(ID, "opening", attendance=there, **values)))
    yield Paragraph(says(dossier.say(ID, "concluded", chair=led)))
    if hearing.outcome:
        yield Clause(says(hearing.outcome))
    for one in hearing.conclusions.values():
        yield Clause(says(dossier.say(ID, "conclusion", text=one.text)))
        told = told_to(dossier, one)
        if told:
            yield Dash(says(told))
    if not hearing.conclusions and not hearing.outcome:
        yield Paragraph(says(dossier.say(ID, "none", dots=dossier.say(COMMON, "dots"))))
    yield Paragraph(says(dossier.say(ID, "end")))


def told_to(dossier: Dossier, one: Conclusion) -> str:
    """Say who is to do it and by when; "" where the conclusion orders nobody."""
    if one.who is None:
        return ""
    who = dossier.say(ID, "who", who=dossier.who(one.who) if isinstance(one.who, str) else dossier.dots)
    by = dossier.say(ID, "by", by=dossier.day(one.by)) if one.by is not None else ""
    return f"{who}{by}."


def lower(words: str) -> str:
    """Let a name stand inside a sentence."""
    return words[:1].lower() + words[1:]
