"""Báo cáo các nội dung chỉnh sửa: an account to sign; the causes and the changes told whole in annexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kientruc.comparing import What
from kientruc.views.difference import DifferenceView
from kientruc.views.difference_account import Moved
from kientruc.views.difference_lines import CauseLine, Line
from kientruc.views.document import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Ref,
    Row,
    SignatureBlock,
    Table,
    says,
)
from kientruc.views.dossier.blocks import columns, listed, row, with_refs
from kientruc.views.dossier.changes_annexes import CAUSES, CHANGES, annexes, content, subject, without_ids
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.dossier.wording import COMMON
from kientruc.views.words import name, number_words

ID = "bao-cao-chinh-sua"
MOVED = "bang-kinh-phi-thoi-han"
BY = {  # which text tells how many of a kind there were
    "conclusions": "by_conclusions",
    "comments": "by_comments",
    "conditions": "by_conditions",
    "decisions": "by_decisions",
}
COLUMNS = (("moved", 6.0), ("before", 4.0, "right"), ("after", 4.0, "right"))


def changes(dossier: Dossier) -> Document | None:
    """Make the paper; None where nothing was named to compare with."""
    compared = dossier.compared
    if compared is None:
        return None
    lines = [line for group in compared.groups for line in content(group)]
    return replace(
        dossier.paper(ID),
        addressees=(dossier.agency.name,),
        blocks=(
            Paragraph(says(dossier.say(ID, "opening", old=compared.old, new=compared.new))),
            *(Paragraph(says(one)) for one in compared.remarks),
            Heading(dossier.say(ID, "counts"), 2),
            *_counts(dossier, lines),
            Heading(dossier.say(ID, "causes"), 2),
            *_causes(dossier, compared, lines),
            Heading(dossier.say(ID, "partly"), 2),
            *_partly(dossier, compared.account.partly),
            Heading(dossier.say(ID, "moved"), 2),
            *_moved(dossier, compared),
            Heading(dossier.say(ID, "bare"), 2),
            *_bare(dossier, [line for line in lines if line.bare]),
            Heading(dossier.say(ID, "claims"), 2),
            *_claims(dossier, compared),
            Paragraph(says(dossier.say(ID, "end"))),
        ),
        signatures=(SignatureBlock((dossier.say(COMMON, "director"),)),),
        recipients=(dossier.say(COMMON, "as_above"), dossier.say(COMMON, "archive")),
        annexes=annexes(dossier, compared),
    )


def _counts(dossier: Dossier, lines: Sequence[Line]) -> Iterator[Block]:
    """Count the lines that the annex tells, the things they are about, and what came or went of these."""
    if not lines:
        yield Paragraph(says(dossier.say(ID, "none")))
        return
    whole = Counter(line.what for line in lines if not line.path)
    ends = Counter(line.what for line in lines if line.path and line.what is not What.CHANGED)
    came_or_went = {(one.section, one.id) for one in lines if not one.path}
    changed = {(one.section, one.id) for one in lines if one.what is What.CHANGED} - came_or_went
    numbers = {
        "lines": len(lines),
        **{"added": whole[What.ADDED], "removed": whole[What.REMOVED], "renamed": whole[What.RENAMED]},
        "changed": len(changed),
        **{"came": ends[What.ADDED], "went": ends[What.REMOVED], "bare": sum(line.bare for line in lines)},
    }
    told = {key: number_words(value, VI) for key, value in numbers.items()}
    yield Paragraph(with_refs(dossier, ID, "counted", annex=Ref(CHANGES), **told))


def _causes(dossier: Dossier, compared: DifferenceView, lines: Sequence[Line]) -> Iterator[Block]:
    """Count what each hearing, each round, the conditions and the decisions changed."""
    found: dict[tuple[str, ...], list[CauseLine]] = {}
    for one in compared.causes:
        found.setdefault(_asked_at(dossier, one), []).append(one)
    if not found:
        yield Paragraph(says(dossier.say(ID, "causes_none")))
        return
    there = {line.number for line in lines}
    yield Paragraph(with_refs(dossier, ID, "causes_some", annex=Ref(CAUSES)))
    yield from listed([_counted(dossier, key, some, there) for key, some in sorted(found.items(), key=_order)])


def _order(one: tuple[tuple[str, ...], object]) -> tuple[int, tuple[str, ...]]:
    return [*BY].index(one[0][0]), one[0]


def _asked_at(dossier: Dossier, one: CauseLine) -> tuple[str, ...]:
    """Give the kind of a cause, and the hearing or round in which it was told."""
    section, *ids = one.key.split("/")
    if section == "conclusions":
        return section, ids[0]
    return (section, dossier.architecture.records[section][ids[0]].round) if section == "comments" else (section,)


def _counted(dossier: Dossier, key: tuple[str, ...], some: Sequence[CauseLine], there: set[int]) -> str:
    section, *ids = key
    records = dossier.architecture.records
    told = {number for one in some for number in one.lines} & there
    at = next((records[where][id] for id in ids for where in ("hearings", "rounds") if id in records[where]), None)
    count = {"count": number_words(len(some), VI), "lines": number_words(len(told), VI)}
    return dossier.say(ID, BY[section], at=name(at, VI) if at else "", **count)


def _partly(dossier: Dossier, partly: Sequence[CauseLine]) -> Iterator[Block]:
    if not partly:
        yield Paragraph(says(dossier.say(ID, "partly_none")))
    lines = [dossier.say(ID, "partly_line", words=_capital(one.words), answer=one.answered) for one in partly]
    yield from listed(lines)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _moved(dossier: Dossier, compared: DifferenceView) -> Iterator[Block]:
    """Tell money and dates in one table; the number of a line is that of the annex."""
    account = compared.account
    if not account.money and not account.dates:
        yield Paragraph(says(dossier.say(ID, "moved_none")))
        return
    yield Paragraph(with_refs(dossier, ID, "moved_some", table=Ref(MOVED), annex=Ref(CHANGES)))
    rows: list[Row] = []
    for key, some in (("money", account.money), ("dates", account.dates)):
        if some:
            rows.append((Cell(says(dossier.say(ID, key)), len(COLUMNS)),))
            rows += [row(_numbered(dossier, one), one.before, one.after) for one in some]
    yield Table(columns(dossier, *COLUMNS), tuple(rows), MOVED, dossier.say(ID, "moved_caption"))


def _numbered(dossier: Dossier, one: Moved) -> str:
    words = without_ids(one.words)
    return dossier.say(ID, "moved_numbered", words=words, number=str(one.number)) if one.number else words


def _bare(dossier: Dossier, bare: Sequence[Line]) -> Iterator[Block]:
    if not bare:
        yield Paragraph(says(dossier.say(ID, "bare_none")))
        return
    yield Paragraph(says(dossier.say(ID, "bare_some", count=number_words(len(bare), VI))))
    yield from listed([dossier.say(ID, "bare_line", number=str(line.number), words=subject(line)) for line in bare])


def _claims(dossier: Dossier, compared: DifferenceView) -> Iterator[Block]:
    if not compared.claims:
        yield Paragraph(says(dossier.say(ID, "claims_none")))
        return
    yield Paragraph(says(dossier.say(ID, "claims_some", count=number_words(len(compared.claims), VI))))
    yield from listed([f"{_capital(one.words)}: {without_ids(one.place)}" for one in compared.claims])
