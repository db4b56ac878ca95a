"""Báo cáo các nội dung chỉnh sửa: what changed since an earlier version, by component, each line with its cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kientruc.comparing import Nature
from kientruc.views.difference import DifferenceView
from kientruc.views.difference_account import Moved
from kientruc.views.difference_lines import Group, Line
from kientruc.views.document import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Ref,
    Row,
    Run,
    SignatureBlock,
    Table,
    says,
)
from kientruc.views.dossier.blocks import columns, cut, listed, with_refs
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.dossier.wording import COMMON
from kientruc.views.words import number_words

ID = "bao-cao-chinh-sua"
TABLE = "bang-chinh-sua"
COLUMNS = (("number", 1.0), ("changed", 5.0), ("before", 5.5), ("after", 5.5), ("cause", 4.5))
WORDS = 260  # letters of one cell; the comparison itself has the rest
_ID = re.compile(r" \[[a-z0-9][a-z0-9._-]*\]")


def changes(dossier: Dossier) -> Document | None:
    """Make the paper; None where nothing was named to compare with."""
    compared = dossier.compared
    if compared is None:
        return None
    groups = [(group, lines) for group in compared.groups if (lines := _content(group))]
    bare = [line for _, lines in groups for line in lines if line.bare]
    return replace(
        dossier.paper(ID),
        addressees=(dossier.agency.name,),
        blocks=(
            *_opening(dossier, compared),
            Heading(dossier.say(ID, "changes"), 2),
            *_changes(dossier, groups),
            Heading(dossier.say(ID, "bare"), 2),
            *_bare(dossier, bare),
            Heading(dossier.say(ID, "claims"), 2),
            *_claims(dossier, compared),
            Paragraph(says(dossier.say(ID, "end"))),
        ),
        signatures=(SignatureBlock((dossier.say(COMMON, "director"),)),),
        recipients=(dossier.say(COMMON, "as_above"), dossier.say(COMMON, "archive")),
        landscape=True,
    )


def _content(group: Group) -> tuple[Line, ...]:
    """Keep what changed of the architecture: sources, English names and the course of approval are only counted."""
    return tuple(line for line in group.lines if line.nature is Nature.CONTENT and not line.path.endswith("_en"))


def _opening(dossier: Dossier, compared: DifferenceView) -> Iterator[Block]:
    yield Paragraph(says(dossier.say(ID, "opening", old=compared.old, new=compared.new)))
    yield from (Paragraph(says(one)) for one in compared.remarks)
    yield Heading(dossier.say(ID, "counts"), 2)
    yield from listed(
        [dossier.say(ID, "count", words=words, count=number_words(count, VI)) for words, count in compared.counts]
    )
    yield Heading(dossier.say(ID, "partly"), 2)
    partly = compared.account.partly
    yield from _list(
        dossier, "partly_none", [dossier.say(ID, "partly_line", words=one.words, answer=one.answered) for one in partly]
    )
    yield Heading(dossier.say(ID, "moved"), 2)
    moved = (*compared.account.money, *compared.account.dates)
    yield from _list(dossier, "moved_none", [_moved(dossier, one) for one in moved])


def _moved(dossier: Dossier, one: Moved) -> str:
    key = "moved_numbered" if one.number else "moved_line"
    return dossier.say(ID, key, words=one.words, number=str(one.number), old=one.before, new=one.after)


def _list(dossier: Dossier, none: str, lines: Sequence[str]) -> Iterator[Block]:
    if lines:
        yield from listed(list(lines))
    else:
        yield Paragraph(says(dossier.say(ID, none)))


def _changes(dossier: Dossier, groups: Sequence[tuple[Group, tuple[Line, ...]]]) -> Iterator[Block]:
    if not groups:
        yield Paragraph(says(dossier.say(ID, "none")))
        return
    yield Paragraph(with_refs(dossier, ID, "table", table=Ref(TABLE)))
    rows: list[Row] = []
    for group, lines in groups:
        rows.append((Cell(says(dossier.say(ID, "group", title=group.title, count=str(len(lines)))), len(COLUMNS)),))
        rows += [_row(dossier, line) for line in lines]
    yield Table(columns(dossier, *COLUMNS), tuple(rows), TABLE, dossier.say(ID, "caption"))


def _row(dossier: Dossier, line: Line) -> Row:
    causes = "; ".join(dict.fromkeys(one.words for one in line.causes))
    cause = (Run(dossier.say(ID, "no_cause"), bold=True),) if line.bare else says(causes)
    told = [_told(line.before), _told(line.after)]
    return tuple(map(Cell, (says(str(line.number)), says(_subject(line)), *map(says, told), cause)))


def _subject(line: Line) -> str:
    words = f"{line.what_words[:1].upper()}{line.what_words[1:]}: {line.subject}"
    return _told(f"{words} – {line.field}" if line.field else words)


def _told(words: str) -> str:
    """Leave out ids, which no reader of a paper knows, and what is too long for a cell."""
    return cut(_ID.sub("", words), WORDS)


def _bare(dossier: Dossier, bare: Sequence[Line]) -> Iterator[Block]:
    if not bare:
        yield Paragraph(says(dossier.say(ID, "bare_none")))
        return
    yield Paragraph(says(dossier.say(ID, "bare_some", count=number_words(len(bare), VI))))
    yield from listed([dossier.say(ID, "bare_line", number=str(line.number), words=_subject(line)) for line in bare])


def _claims(dossier: Dossier, compared: DifferenceView) -> Iterator[Block]:
    if not compared.claims:
        yield Paragraph(says(dossier.say(ID, "claims_none")))
        return
    yield Paragraph(says(dossier.say(ID, "claims_some", count=number_words(len(compared.claims), VI))))
    yield from listed([f"{one.words}: {_told(one.place)}" for one in compared.claims])
