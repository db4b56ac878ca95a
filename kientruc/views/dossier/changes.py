"""Báo cáo các nội dung chỉnh sửa: an account to sign; the causes and the changes told whole in annexes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kientruc.comparing import What
from kientruc.views.difference import DifferenceView
from kientruc.views.difference_account import Moved
from kientruc.views.difference_causes import CauseLine
from kientruc.views.difference_lines import Line
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
from kientruc.views.dossier.changes_annexes import CAUSES, CHANGES, NOTHING, annexes, content
from kientruc.views.dossier.conclusions import lower
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.dossier.wording import COMMON
from kientruc.views.words import name, number_words

ID = "bao-cao-chinh-sua"
NO_BREAK = "\u00a0"
MOVED = "bang-kinh-phi-thoi-han"
BY = {  # which text tells how many of a kind there were
    "conclusions": "by_conclusions",
    "comments": "by_comments",
    "conditions": "by_conditions",
    "decisions": "by_decisions",
}
STANDINGS = {  # which text counts those that stand so
    "accepted": "stands_accepted",
    "done": "stands_done",
    "met": "stands_met",
    "partly": "stands_partly",
    "explained": "stands_explained",
    "noted": "stands_noted",
    "pending": "stands_pending",
    "unmet": "stands_unmet",
    "open": "stands_open",
}
LEFT = {  # which text tells of those that stand so: what was not done, or not wholly
    "partly": "left_partly",
    "explained": "left_explained",
    "pending": "left_pending",
    "unmet": "left_unmet",
    "open": "left_open",
}
_TURNED = re.compile(r": (.+) → (.+)$")  # what was and what is, in the account of a line
COLUMNS = (("moved", 6.0), ("before", 4.0, "right"), ("after", 4.0, "right"))


def changes(dossier: Dossier) -> Document | None:
    """Make the paper; None where nothing was named to compare with."""
    compared = dossier.compared
    if compared is None:
        return None
    made = dossier.paper(ID)
    lines = content_lines(compared)
    return replace(
        replace(made, abstract=_unbroken(made.abstract)),
        addressees=(dossier.agency.name,),
        blocks=(
            Paragraph(says(dossier.say(ID, "opening", old=_at(dossier, compared.old), new=_at(dossier, compared.new)))),
            Heading(dossier.say(ID, "counts"), 2),
            *_counts(dossier, lines),
            Heading(dossier.say(ID, "causes"), 2),
            *_causes(dossier, compared, lines),
            Heading(dossier.say(ID, "left"), 2),
            *_left(dossier, compared.causes),
            Heading(dossier.say(ID, "moved"), 2),
            *_moved(dossier, compared),
            Heading(dossier.say(ID, "bare"), 2),
            *_bare(dossier, [line for line in lines if line.bare]),
            *_claims(dossier, compared),
            Paragraph(says(dossier.say(ID, "end"))),
        ),
        signatures=(SignatureBlock((dossier.say(COMMON, "director"),)),),
        recipients=(dossier.say(COMMON, "as_above"), dossier.say(COMMON, "archive")),
        annexes=annexes(dossier, compared),
    )


def _at(dossier: Dossier, version: str) -> str:
    """Let the names of hearings stand inside a sentence."""
    for one in dossier.architecture.records["hearings"].values():
        version = version.replace(one.name, lower(one.name))
    return version


def content_lines(compared: DifferenceView) -> list[Line]:
    """Give what changed of the architecture, group by group."""
    return [line for group in compared.groups for line in content(group)]


def _unbroken(title: str) -> str:
    """Keep what stands in brackets at the end of a title on one line."""
    before, bracket, after = title.rpartition(" (")
    return f"{before}{bracket}{after.replace(' ', NO_BREAK)}" if bracket and after.endswith(")") else title


def _counts(dossier: Dossier, lines: Sequence[Line]) -> Iterator[Block]:
    """Count what the annex tells: each change is of one sort, and the sorts add up."""
    if not lines:
        yield Paragraph(says(dossier.say(ID, "none")))
        return
    yield Paragraph(with_refs(dossier, ID, "counted", annex=Ref(CHANGES), **counts(lines)))


def counts(lines: Sequence[Line]) -> dict[str, str]:
    """Give what every paper says of how much changed: all, by sort, and what no cause is told of."""
    count = Counter[str]()
    for line in lines:
        on = "relation" if line.path and line.what is not What.CHANGED else ""
        count[f"{line.what}{on}"] += len(line.ids)
    numbers = {
        "lines": count.total(),
        **{"added": count[What.ADDED], "removed": count[What.REMOVED], "renamed": count[What.RENAMED]},
        **{"came": count[f"{What.ADDED}relation"], "went": count[f"{What.REMOVED}relation"]},
        "changed": count[What.CHANGED],
        "bare": sum(len(line.ids) for line in lines if line.bare),
    }
    return {key: number_words(value, VI) for key, value in numbers.items()}


def _causes(dossier: Dossier, compared: DifferenceView, lines: Sequence[Line]) -> Iterator[Block]:
    """Count what each hearing, each round, the conditions and the decisions changed."""
    found: dict[tuple[str, ...], list[CauseLine]] = {}
    for one in compared.causes:
        found.setdefault(_asked_at(dossier, one), []).append(one)
    if not found:
        yield Paragraph(says(dossier.say(ID, "causes_none")))
        return
    there = {number for line in lines for number in range(line.number, line.last + 1)}
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
    count = Counter(one.standing for one in some)
    stood = [
        dossier.say(ID, key, count=number_words(count[standing], VI))
        for standing, key in STANDINGS.items()
        if count[standing]
    ]
    numbers = {"count": number_words(len(some), VI), "lines": number_words(len(told), VI), "stood": ", ".join(stood)}
    return dossier.say(ID, BY[section], at=name(at, VI) if at else "", **numbers)


def _left(dossier: Dossier, causes: Sequence[CauseLine]) -> Iterator[Block]:
    """Tell what was done in part, declined with its reason, is not answered, not met or still open."""
    if not any(one.standing in LEFT for one in causes):
        yield Paragraph(says(dossier.say(ID, "left_none")))
    for standing, key in LEFT.items():
        some = [one for one in causes if one.standing == standing]
        if some:
            yield Paragraph(says(dossier.say(ID, key, count=number_words(len(some), VI))))
            yield from listed([_told(dossier, one) for one in some])


def _told(dossier: Dossier, one: CauseLine) -> str:
    parts = (
        one.asked,
        one.owed and f"{_capital(one.owed)}.",
        one.answered and dossier.say(ID, "answer", words=one.answered),
    )
    words = " ".join(part for part in parts if part)
    return dossier.say(ID, "left_line", number=str(one.number), words=one.words, told=words)


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
            rows += [
                row(_numbered(dossier, one), *(_amount(dossier, side) for side in (one.before, one.after)))
                for one in some
            ]
    yield Table(columns(dossier, *COLUMNS), tuple(rows), MOVED, dossier.say(ID, "moved_caption"))


def _amount(dossier: Dossier, words: str) -> str:
    """Leave the unit to the heading of the rows."""
    return words.removesuffix(dossier.say(COMMON, "money", amount=""))


def _numbered(dossier: Dossier, one: Moved) -> str:
    return dossier.say(ID, "moved_numbered", words=one.words, number=str(one.number)) if one.number else one.words


def _bare(dossier: Dossier, bare: Sequence[Line]) -> Iterator[Block]:
    if not bare:
        yield Paragraph(says(dossier.say(ID, "bare_none")))
        return
    yield Paragraph(says(dossier.say(ID, "bare_some", count=number_words(sum(len(line.ids) for line in bare), VI))))
    yield from listed(
        [dossier.say(ID, "bare_line", number=line.label, words=_bare_words(dossier, line)) for line in bare]
    )


def _bare_words(dossier: Dossier, line: Line) -> str:
    """Say what changed; of what went with a relation, no more than that."""
    account = _TURNED.sub(lambda found: dossier.say(ID, "turned", before=found[1], after=found[2]), line.account)
    gone = bool(line.path) and line.what is What.REMOVED
    return account if not line.told or line.after == NOTHING or gone else f"{account} ({line.after.rstrip('.')})"


def _claims(dossier: Dossier, compared: DifferenceView) -> Iterator[Block]:
    if not compared.claims:
        return
    yield Heading(dossier.say(ID, "claims"), 2)
    yield Paragraph(says(dossier.say(ID, "claims_some", count=number_words(len(compared.claims), VI))))
    yield from listed([f"{_capital(one.words)}: {one.place}" for one in compared.claims])
