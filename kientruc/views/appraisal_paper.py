"""The appraisal as a paper to sign: what was found, requirement by requirement; who decides writes the decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kientruc.messages import text
from kientruc.views.appraisal import Appraisal
from kientruc.views.conformance import Conformance, RequirementLine
from kientruc.views.document import (
    BLANK,
    Block,
    Cell,
    Clause,
    Column,
    Dash,
    Document,
    HeadBlock,
    Heading,
    Paragraph,
    Ref,
    Row,
    SignatureBlock,
    Table,
    says,
)
from kientruc.views.outcome_table import assessment
from kientruc.views.reuse import Reuse

ID = "ket-qua-doi-chieu"
PROFILE = "nd30-2020"  # the format of administrative papers since 5/3/2020
VI = "vi"  # official papers are in Vietnamese, whatever language the tool speaks
WORDS = 300  # letters of one ground; the page for reading has the rest
SHOWN = 60  # rows of what is only a hint


def appraisal_paper(view: Appraisal, issuer: str = "") -> Document:
    """Make the paper of an appraisal in Vietnamese. No ministry prescribed its form, and it says so.

    Args:
        issuer: the reviewer's office, which heads the paper; blank where it is to be written by hand.
    """
    if view.on is None:
        raise ValueError("nothing was checked")
    return Document(
        id=ID,
        title=_say("title", architecture=view.title),
        date=view.on,
        head=HeadBlock(issuer or BLANK * 6),
        blocks=tuple(_blocks(view)),
        type_name=_say("type"),
        abstract=_say("abstract", architecture=view.title),
        signatures=(SignatureBlock((_say("made-by"),)), SignatureBlock((_say("checked-by"),))),
        mark=view.mark,
        landscape=True,
    )


def _say(key: str, **values: object) -> str:
    return text(f"appraisal-paper.{key}", VI, **values)


def _blocks(view: Appraisal) -> Iterator[Block]:
    yield Paragraph(says(_say("opening", name=view.submitted.name, sort=view.submitted.sort)))
    yield Paragraph(says(_say("hash", hash=view.submitted.sha256)), style="note")
    for key, value in view.facts:
        yield Dash(says(f"{key}: {value};"))
    yield Heading(_say("verdicts"))
    for edition, counts in zip(view.editions, view.answers, strict=True):
        told = "; ".join(f"{word}: {number}" for word, number in counts)
        values = {"edition": edition.edition_name, "day": edition.on, "verdict": edition.verdict_word, "counts": told}
        yield Clause(says(_say("verdict", **values)))
    for words in view.submitted.remarks:
        yield Dash(says(words))
    if view.loading:
        yield Paragraph(says(_say("left-out", count=len(view.loading))))
    for one in view.lists:
        yield Heading(one.name)
        rows = [(str(number), line.words, line.answer) for number, line in enumerate(one.lines, 1)]
        yield from _table(f"bang-{one.lines[0].id}", one.name, (("number", 1), ("line", 12), ("answer", 3)), rows)
    for edition in view.editions:
        yield Heading(_say("requirements", edition=edition.edition_name))
        yield from _requirements(edition)
    yield from _conditions(view)
    yield from _since(view)
    if view.reuse:
        yield from _reuse(view.reuse)
    yield Heading(_say("opinion"))
    yield from (Paragraph(says(BLANK * 8)) for _ in range(4))
    yield Paragraph(says(_say("end")))


def _requirements(edition: Conformance) -> Iterator[Block]:
    rows = [
        (str(number), f"{line.id}: {line.title}", "; ".join(line.basis), assessment(line.status, VI), _grounds(line))
        for number, line in enumerate((one for one in edition.lines if not one.look_ahead), 1)
    ]
    columns = (("number", 1), ("requirement", 7), ("basis", 4), ("answer", 2.6), ("grounds", 7))
    return _table(f"bang-{edition.anchor}yeu-cau", _say("requirements-caption"), columns, rows)


def _grounds(line: RequirementLine) -> str:
    """Say why: the first of what failed or waits with its place, and how many more there are."""
    found = line.failed or line.waived or line.pending
    if not found:
        return _say("passed", count=line.counts["pass"]) if line.passed else line.why
    words = found[0].words.replace("`", "")
    if len(words) > WORDS:
        words = words[:WORDS].rsplit(" ", 1)[0] + " …"
    at = found[0].place
    said = f"{words} [{at.cell or at.where}]" if at else words
    sorts = ("fail", "error") if line.failed else ("waived",) if line.waived else ("manual",)
    more = sum(line.counts.get(sort, 0) for sort in sorts) - 1
    return _say("more", words=said, count=more) if more else said


def _conditions(view: Appraisal) -> Iterator[Block]:
    yield Heading(_say("conditions"))
    if not view.conditions:
        yield Paragraph(says(text("appraisal.no-conditions", VI)))
        return
    rows = [(one.sort, one.words, one.who or "–", one.due or "–") for one in view.conditions]
    columns = (("sort", 3), ("what", 10), ("who", 4), ("due", 3))
    yield from _table("bang-dieu-kien", _say("conditions"), columns, rows)


def _since(view: Appraisal) -> Iterator[Block]:
    since = view.since
    if since is None:
        return
    yield Heading(_say("since"))
    yield Paragraph(says(text("appraisal.since-which", VI, name=since.name, version=since.version, day=since.cut_off)))
    for trend in since.trends:
        numbers = {"asked": trend.asked, "answered": len(trend.answered), "still": trend.still, "new": trend.new}
        yield Clause(says(f"{trend.edition}: {text('appraisal.answered', VI, **numbers)}"))


def _reuse(reuse: Reuse) -> Iterator[Block]:
    yield Heading(_say("reuse"))
    yield Paragraph(says(text("appraisal.reuse-note", VI)))
    rows = [
        (
            f"{one.name} ({one.id})",
            " ".join((one.why, *(words for _, words in one.beside))),
            one.said or text("appraisal.no-reason", VI),
        )
        for one in reuse.doubts[:SHOWN]
    ]
    if rows:
        yield from _table("bang-dung-lai", _say("reuse"), (("element", 5), ("why", 8), ("reason", 6)), rows)
    if len(reuse.doubts) > SHOWN:
        yield Paragraph(says(text("report.more", VI, count=len(reuse.doubts) - SHOWN)))
    if not reuse.doubts:
        yield Paragraph(says(text("appraisal.no-doubts", VI)))


def _table(
    id: str, caption: str, columns: tuple[tuple[str, float], ...], rows: Sequence[tuple[str, ...]]
) -> Iterator[Block]:
    """Make a sentence that tells of a table, and the table."""
    before, _, after = _say("see", table="\0").partition("\0")
    yield Paragraph(says(before, Ref(id), after))
    heads = tuple(
        Column(text(f"appraisal-column.{key}", VI), width, "centre" if key in ("number", "answer") else "left")
        for key, width in columns
    )
    made: tuple[Row, ...] = tuple(tuple(Cell(says(words)) for words in row) for row in rows)
    yield Table(heads, made, id, caption)
