"""Phiếu tự kiểm tra: every requirement of the declared edition with one of the four answer words and its grounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kientruc.messages import text
from kientruc.model.values import Certainty
from kientruc.result import Status
from kientruc.views.conformance import RequirementLine
from kientruc.views.document import (
    Clause,
    Column,
    Document,
    Paragraph,
    Ref,
    Row,
    SignatureBlock,
    Table,
    says,
)
from kientruc.views.dossier.blocks import row
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.outcome_table import ASSESSMENT

ID = "phieu-kiem-tra"
TABLE = "bang-kiem-tra"
COLUMNS = (("number", 1.0), ("requirement", 7.0), ("basis", 4.0), ("answer", 2.6), ("grounds", 7.0))
_ID = re.compile(r"\b[A-Z][A-Z0-9]+-[A-Z]{2}-\d{2}\b")  # another requirement: readers know it by its number
_FIELD = re.compile(r" ?\([a-z][a-z_.]*\)")  # the key of a field behind its name
WORDS = 300  # letters of one ground; the report has the rest


def check_sheet(dossier: Dossier) -> Document | None:
    """Make the sheet; None where the declared edition is not known. The agency made it, no ministry prescribed it."""
    checked = dossier.checked
    if checked is None:
        return None
    lines = [line for line in checked.lines if not line.look_ahead]
    ahead = len(checked.lines) - len(lines)
    answers = [text(f"status.{ASSESSMENT.get(line.status, line.status).value}", VI) for line in lines]
    numbers = {line.id: dossier.say(ID, "numbered", number=str(at)) for at, line in enumerate(lines, 1)}
    rows = tuple(_row(dossier, *pair, numbers) for pair in enumerate(zip(lines, answers, strict=True), 1))
    before, _, after = dossier.say(ID, "table", table="\0").partition("\0")
    columns = tuple(
        Column(dossier.say(ID, key), width, "centre" if key in ("number", "answer") else "left")
        for key, width in COLUMNS
    )
    counts = dict.fromkeys(answers)
    return replace(
        dossier.paper(ID, framework=checked.edition_name),
        blocks=(
            Paragraph(says(dossier.say(ID, "opening", framework=checked.edition_name, day=checked.on))),
            *(
                Clause(says(dossier.say(ID, "count", answer=answer, count=str(answers.count(answer)))))
                for answer in counts
            ),
            *((Paragraph(says(dossier.say(ID, "ahead", count=str(ahead)))),) if ahead else ()),
            *((Paragraph(says(dossier.say(ID, "trials"))),) if any(line.trial for line in lines) else ()),
            Paragraph(says(before, Ref(TABLE), after)),
            Table(columns, rows, TABLE, dossier.say(ID, "caption")),
            Paragraph(says(dossier.say(ID, "end"))),
        ),
        signatures=tuple(SignatureBlock((dossier.say(ID, key),)) for key in ("format_signs", "content_signs")),
        landscape=True,
    )


def _row(dossier: Dossier, number: int, pair: tuple[RequirementLine, str], numbers: Mapping[str, str]) -> Row:
    """Make the row of a requirement; other requirements are told by their numbers."""
    line, answer = pair
    title = dossier.say(ID, "trial", title=line.title) if line.trial else line.title
    words = (
        str(number),
        title,
        "; ".join(cited(dossier, one) for one in line.basis),
        answer,
        _ID.sub(lambda id: numbers.get(id[0], id[0]), _grounds(dossier, line)),
    )
    return row(*words)


def _grounds(dossier: Dossier, line: RequirementLine) -> str:
    """Say why: the first of what failed or waits and how many more there are; else how many passed."""
    found = line.failed or line.waived or line.pending
    if not found:
        return " ".join(filter(None, (_settled(dossier, line), _scope(dossier, line))))
    words = _short(found[0].words).replace(". (", " (")  # what is said of a sentence stands in it
    rest = len(found) - 1
    words = words.rstrip(".")
    return (
        dossier.say(ID, "more", words=words, count=str(rest))
        if rest > 0
        else words
        if words[-1:] in "?…"
        else f"{words}."
    )


def _scope(dossier: Dossier, line: RequirementLine) -> str:
    """Say what is looked at, where a requirement concerns nothing and the reader may wonder why.

    A reading tells it in its first sentence, by a word of its own; the rest is for whoever writes requirements.
    """
    if line.counts.get("pass"):
        return ""
    word = dossier.say(ID, "looked_at")
    firsts = (reading.partition(". ")[0].rstrip(".") for reading in line.readings)
    return " ".join(f"{_short(one)}." for one in firsts if word in one.split())


def cited(dossier: Dossier, basis: str) -> str:
    """Cite a clause; how sure we are of it stands on the drafter's sheet."""
    number, _, article = without_doubt(basis).partition(", ")
    return dossier.cite(number, article)


def without_doubt(basis: str) -> str:
    """Leave out of a basis how sure we are of it."""
    for one in Certainty:
        basis = basis.removesuffix(f" ({text(f'certainty.{one.value}', VI)})")
    return basis


def _settled(dossier: Dossier, line: RequirementLine) -> str:
    """Tell how many passed, by their true number where only the first are kept."""
    count = line.counts.get("pass", 0)
    if not count:
        return dossier.say(ID, "nothing") if line.status is Status.NOT_APPLICABLE else line.why
    return dossier.say(ID, "passed" if count > 1 else "passed_once", count=str(count))


def _short(words: str) -> str:
    """Cut a text, and leave out of it what only the files call by such a name."""
    words = _FIELD.sub("", words.replace("`", ""))
    return words if len(words) <= WORDS else words[:WORDS].rsplit(" ", 1)[0] + " …"
