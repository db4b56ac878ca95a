"""Bản Kiến trúc, Báo cáo thuyết minh: every heading of an outline with what is held for it, or that nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter

from kientruc.frameworks.forms import Heading as Asked
from kientruc.frameworks.reader import read, validated
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.views.access_marks import notice
from kientruc.views.document import (
    Annex,
    Block,
    Dash,
    Document,
    Heading,
    Paragraph,
    Ref,
    SignatureBlock,
    TableOfContents,
    says,
)
from kientruc.views.dossier import explanation, outline_lists, outline_state, outline_why, outline_work
from kientruc.views.dossier.blocks import Place
from kientruc.views.dossier.facts import Dossier
from kientruc.views.dossier.wording import COMMON

ID, REPORT = "kien-truc", "bao-cao-thuyet-minh"
ANNEX_OF = "annexes"  # what the heading tells whose children are the annexes
TELLERS: Mapping[str, Callable[[Place], Iterator[Block]]] = MappingProxyType(
    {
        **outline_why.TELLERS,
        **outline_state.TELLERS,
        **outline_work.TELLERS,
        **outline_lists.TELLERS,
        **explanation.TELLERS,
    }
)


@dataclass(frozen=True, slots=True)
class _Outline:
    """An outline: headings by id, in order, each with the ids of those below it."""

    headings: Mapping[str, Asked]

    def below(self, id: str | None) -> tuple[str, ...]:
        """Give the ids of the headings right below one, or those on top."""
        return tuple(key for key, one in self.headings.items() if one.parent == id)


@cache
def own_outline(name: str = "outline") -> Mapping[str, Asked]:
    """Give an outline of ours: that for editions which prescribe none, or that of the `explanation`."""
    top, _ = read(Workspace(Path(__file__).parent, DEFAULT), "outline.yaml")
    found: Mapping[str, Asked] = validated(TypeAdapter(dict[str, Asked]), top[name], top[name])
    return found


def architecture_text(dossier: Dossier) -> Document:
    """Make the text that is approved: particulars, contents, the chapters of the outline, annexes of the data."""
    outline = _Outline(dossier.outline or own_outline())
    tops = outline.below(None)
    annexes = next((id for id in tops if outline.headings[id].tells == ANNEX_OF), "")
    blocks: list[Block] = [
        *_particulars(dossier),
        TableOfContents(dossier.say(ID, "contents")),
    ]
    for id in tops:
        blocks += _annex_list(dossier, outline, id) if id == annexes else _chapter(dossier, outline, id, 1)
    version = dossier.architecture.head.version
    return Document(
        id=ID,
        title=dossier.say(ID, "title"),
        date=dossier.date,
        head=dossier.head("", dossier.agency),
        attached=dossier.say(ID, "attached"),
        type_name=dossier.architecture.head.name,
        abstract=dossier.say(ID, "version", version=version) if version else dossier.say(ID, "unversioned"),
        blocks=tuple(blocks),
        annexes=tuple(_annex(dossier, outline.headings[id], id) for id in outline.below(annexes) if annexes),
        mark=dossier.mark,
    )


def explanatory_report(dossier: Dossier) -> Document:
    """Make the report that explains the architecture to whoever approves it."""
    outline = _Outline(own_outline("explanation"))
    chapters = (block for id in outline.below(None) for block in _chapter(dossier, outline, id, 1))
    return replace(
        dossier.paper(REPORT),
        addressees=(dossier.agency.name,),
        blocks=(
            Paragraph(says(dossier.say(REPORT, "opening"))),
            *chapters,
            Paragraph(says(dossier.say(REPORT, "end"))),
        ),
        signatures=(SignatureBlock((dossier.say(COMMON, "director"),)),),
        recipients=(dossier.say(COMMON, "as_above"), dossier.say(COMMON, "archive")),
    )


def _particulars(dossier: Dossier) -> Iterator[Block]:
    head = dossier.architecture.head
    told = {
        "version": head.version or dossier.unknown,
        "effective": dossier.day(head.effective)
        if isinstance(head.effective, date)
        else dossier.say(ID, "by_decision"),
        "cut_off": dossier.day(head.cut_off),
    }
    yield Paragraph(says(dossier.say(ID, "particulars", **told)))
    if left_out := notice(dossier.architecture, "vi"):
        yield Paragraph(says(left_out), "note")


def _chapter(dossier: Dossier, outline: _Outline, id: str, level: int) -> Iterator[Block]:
    """Write a heading and all below it; headings deeper than papers number them become dashes."""
    asked = outline.headings[id]
    yield Heading(asked.name.vi, level)  # type: ignore[arg-type]
    below = outline.below(id)
    if asked.tells or not below:
        yield from told(Place(dossier, id, asked, level))
    for child in below:
        yield from _chapter(dossier, outline, child, min(level + 1, 3))


def _held(place: Place) -> tuple[Block, ...]:
    """Give what an architecture holds for a heading: what was written for it, and what its records tell."""
    notes = place.dossier.architecture.records["notes"].values()
    written = (Paragraph(says(one.text)) for one in notes if one.about == place.id and place.dossier.known(one))
    teller = TELLERS[place.asked.tells] if place.asked.tells else None
    return (*written, *(teller(place) if teller else ()))


def untold(dossier: Dossier) -> Iterator[str]:
    """Name the headings of the Architecture for which it holds nothing."""
    outline = _Outline(dossier.outline or own_outline())
    for id, asked in outline.headings.items():
        if (
            asked.tells != ANNEX_OF
            and (asked.tells or not outline.below(id))
            and not _held(Place(dossier, id, asked, 1))
        ):
            yield asked.name.vi


def told(place: Place) -> tuple[Block, ...]:
    """Give what an architecture holds for a heading; that it is not determined, and whose it is to say, otherwise."""
    blocks = _held(place)
    return blocks or (Paragraph(says(place.dossier.say(ID, place.dossier.unless_cut("nothing", "nothing_told")))),)


def _annex_list(dossier: Dossier, outline: _Outline, id: str) -> Iterator[Block]:
    yield Heading(outline.headings[id].name.vi)
    yield Paragraph(says(dossier.say(ID, "annexes")))
    ids = outline.below(id)
    for index, child in enumerate(ids, 1):
        end = "." if index == len(ids) else ";"
        yield Dash(says(Ref(child), f": {outline.headings[child].name.vi}{end}"))


def _annex(dossier: Dossier, asked: Asked, id: str) -> Annex:
    return Annex(
        asked.name.vi, told(Place(dossier, id, asked, 0)), dossier.say(ID, "annex_attached"), landscape=True, id=id
    )
