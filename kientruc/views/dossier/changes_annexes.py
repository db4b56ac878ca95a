"""The annexes of the report of changes: who asked for what and what became of it; every change, before and after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from kientruc.comparing import Nature, What
from kientruc.views.difference import DifferenceView
from kientruc.views.difference_lines import Group, Line, runs
from kientruc.views.document import Annex, Cell, Row, Run, Table, says
from kientruc.views.document.tree import Inline
from kientruc.views.dossier.blocks import columns
from kientruc.views.dossier.facts import Dossier

ID = "bao-cao-chinh-sua"
CAUSES, CHANGES = "phu-luc-nguyen-nhan", "phu-luc-chinh-sua"
OF_CAUSES = (("number", 1.0), ("asked_by", 4.0), ("asked", 6.5), ("answered", 6.5), ("lines", 2.5))
OF_CHANGES = (
    *(("number", 1.0), ("thing", 3.6), ("changed", 4.0)),
    *(("before", 5.4), ("after", 5.4), ("cause", 3.6)),
)
NOTHING = "–"
_ID = re.compile(r" \[[a-z0-9][a-z0-9._-]*\]")


def content(group: Group) -> tuple[Line, ...]:
    """Keep what changed of the architecture: not sources, English names and the course of approval."""
    return tuple(line for line in group.lines if line.nature is Nature.CONTENT and not line.path.endswith("_en"))


def annexes(dossier: Dossier, compared: DifferenceView) -> tuple[Annex, ...]:
    """Make the annexes that have anything to tell."""
    groups = [(group, lines) for group in compared.groups if (lines := content(group))]
    there = {line.number for _, lines in groups for line in lines}
    numbers = {one.key: number for number, one in enumerate(compared.causes, 1)}
    causes = tuple(_causes(dossier, compared, there))
    changes = tuple(_changes(dossier, groups, compared, numbers))
    found = (("causes_title", CAUSES, OF_CAUSES, causes), ("changes_title", CHANGES, OF_CHANGES, changes))
    return tuple(
        Annex(
            dossier.say(ID, key),
            (Table(columns(dossier, *widths), rows),),
            dossier.say(ID, "annex_attached"),
            landscape=True,
            id=id,
        )
        for key, id, widths, rows in found
        if rows
    )


def _causes(dossier: Dossier, compared: DifferenceView, there: set[int]) -> Iterator[Row]:
    for number, one in enumerate(compared.causes, 1):
        lines = ", ".join(map(str, runs(set(one.lines) & there)))
        verdict = (Run(f"{one.verdict}. ", bold=True),) if one.verdict else ()
        answer = (*verdict, Run(without_ids(one.answered)))
        told = (says(str(number)), says(one.words), says(without_ids(one.asked)), answer, says(lines or NOTHING))
        yield tuple(map(Cell, told))


def _changes(
    dossier: Dossier,
    groups: Sequence[tuple[Group, tuple[Line, ...]]],
    compared: DifferenceView,
    numbers: Mapping[str, int],
) -> Iterator[Row]:
    """Give a row for each line; the thing stands once before all its lines, and causes once where they are the same."""
    words = {one.key: one.words for one in compared.causes}
    partly = {one.key for one in compared.causes if one.partly}

    def cause(line: Line) -> Inline:
        if line.bare:
            return (Run(dossier.say(ID, "no_cause"), bold=True),)
        keys = dict.fromkeys(one.key for one in line.causes)
        return says(
            "; ".join(
                dossier.say(
                    ID, "partly_cause" if key in partly else "cause", words=words[key], number=str(numbers[key])
                )
                for key in keys
            )
        )

    for group, lines in groups:
        title = dossier.say(ID, "group", title=group.title, count=str(len(lines)))
        yield (Cell(says(title), len(OF_CHANGES)),)
        for _, some in groupby(lines, key=lambda line: (line.section, line.id)):
            yield from _thing(list(some), cause)


def _thing(lines: Sequence[Line], cause: Callable[[Line], Inline]) -> Iterator[Row]:
    causes = [cause(line) for line in lines]
    same = [len(list(some)) for _, some in groupby(causes)]
    begins = dict(zip(accumulate(same, initial=0), same, strict=False))
    for index, line in enumerate(lines):
        first = (Cell(says(line.subject), rows=len(lines)),) if index == 0 else ()
        last = (Cell(causes[index], rows=begins[index]),) if index in begins else ()
        yield (Cell(says(str(line.number))), *first, Cell(says(_field(line))), *_sides(line), *last)


def _sides(line: Line) -> Row:
    """Give before and after; of a thing that came or went, all that it says across both."""
    if line.told:
        said = (side for side in (line.before, line.after) if side != NOTHING)
        return (Cell(says(without_ids("; ".join(said))), 2),)
    return tuple(Cell(says(without_ids(side))) for side in (line.before, line.after))


def _field(line: Line) -> str:
    what = f"{line.what_words[:1].upper()}{line.what_words[1:]}"
    if not line.field:
        return what
    return without_ids(line.field if line.what is What.CHANGED else f"{what}: {line.field}")


def subject(line: Line) -> str:
    """Say what happened to what, in one line."""
    words = f"{line.what_words[:1].upper()}{line.what_words[1:]}: {line.subject}"
    return without_ids(f"{words} – {line.field}" if line.field else words)


def without_ids(words: str) -> str:
    """Leave out ids, which no reader of a paper knows."""
    return _ID.sub("", words)
