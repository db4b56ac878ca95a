"""The annexes of the report of changes: who asked for what and what became of it; every change, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kientruc.comparing import Nature, What
from kientruc.views.difference import DifferenceView
from kientruc.views.difference_causes import runs
from kientruc.views.difference_lines import Group, Line
from kientruc.views.document import Annex, Cell, Row, Run, Table, says
from kientruc.views.document.tree import Inline
from kientruc.views.dossier.blocks import capital, columns, row
from kientruc.views.dossier.facts import Dossier

ID = "bao-cao-chinh-sua"
CAUSES, CHANGES = "phu-luc-nguyen-nhan", "phu-luc-chinh-sua"
OF_CAUSES = (("number", 1.0), ("asked_by", 4.0), ("asked", 6.5), ("answered", 6.5), ("lines", 2.5))
OF_CHANGES = (
    *(("number", 1.1), ("thing", 5.4), ("changed", 4.8)),
    *(("before", 4.4), ("after", 5.0), ("cause", 3.1)),
)
NOTHING = "–"


def content(group: Group) -> tuple[Line, ...]:
    """Keep what changed of the architecture: not sources and the course of approval."""
    return tuple(line for line in group.lines if line.nature is Nature.CONTENT)


def annexes(dossier: Dossier, compared: DifferenceView) -> tuple[Annex, ...]:
    """Make the annexes that have anything to tell."""
    groups = [(group, lines) for group in compared.groups if (lines := content(group))]
    there = {number for _, lines in groups for line in lines for number in range(line.number, line.last + 1)}
    causes = tuple(_causes(compared, there))
    changes = tuple(_changes(dossier, groups))
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


def _causes(compared: DifferenceView, there: set[int]) -> Iterator[Row]:
    for one in compared.causes:
        lines = ", ".join(map(str, runs(set(one.lines) & there)))
        verdict = f"{one.verdict}; {one.owed}" if one.owed else one.verdict
        answer = (Run(f"{verdict}. ", bold=True), Run(one.answered))
        told = (says(str(one.number)), says(capital(one.words)), says(one.asked), answer, says(lines or NOTHING))
        yield tuple(map(Cell, told))


def _changes(dossier: Dossier, groups: Sequence[tuple[Group, tuple[Line, ...]]]) -> Iterator[Row]:
    """Give a row for each line; the thing and the causes stand in each, for a page may begin with any."""
    for group, lines in groups:
        title = dossier.say(ID, "group", title=group.title, count=str(group.count))
        yield (Cell(says(title), len(OF_CHANGES)),)
        for line in lines:
            sides = (
                (NOTHING, NOTHING) if line.what is What.RENAMED else (line.before, line.after)
            )  # ids are no reader's
            told = (line.label, line.subject, _field(line), *sides)
            yield (*row(*told), Cell(_cause(dossier, line)))


def _cause(dossier: Dossier, line: Line) -> Inline:
    if line.bare:
        return (Run(dossier.say(ID, "no_cause"), bold=True),)
    return says("; ".join(one.short for one in line.causes))


def _field(line: Line) -> str:
    what = f"{line.what_words[:1].upper()}{line.what_words[1:]}"
    if not line.field:
        return what
    return line.field if line.what is What.CHANGED else f"{what}: {line.field}"
