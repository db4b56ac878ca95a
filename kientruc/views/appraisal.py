"""What a reviewer is told of one submission: verdicts, check list, evidence both ways, conditions, changes, reuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kientruc.finding import Finding
from kientruc.frameworks import Edition
from kientruc.frameworks.vocabulary import Words
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.progress.open_items import held_hearings, open_conclusions, open_conditions, opened_rounds
from kientruc.progress.owed import Kind, has_come
from kientruc.result import CheckResult, Outcome, Status
from kientruc.views.access_marks import mark
from kientruc.views.check_list import CheckList, check_lists
from kientruc.views.conformance import Conformance, Shower, conformance
from kientruc.views.outcome_table import assessment
from kientruc.views.remarks import Place, Remark, remark
from kientruc.views.report import Provenance
from kientruc.views.reuse import Reuse, place_of, reuse
from kientruc.views.status import owed_row
from kientruc.views.words import day, label, name

UNMET = (Status.FAIL, Status.ERROR, Status.MANUAL)
SHOWN = 3_000  # objects in the page; the JSON has all
Checked = Sequence[tuple[Edition, CheckResult]]


class Condition(NamedTuple):
    """Something that has to be done, or holds only until a day."""

    sort: str
    id: str
    words: str
    who: str
    due: str
    late: bool
    place: str


class Mention(NamedTuple):
    """A requirement that says something of an element."""

    edition: str
    anchor: str  # that of its edition
    requirement: str
    title: str
    status: Status
    answer: str


class Subject(NamedTuple):
    """The way back: an element, where it stands, where the papers handed in speak of it, what is said of it."""

    id: str
    name: str
    place: Place | None
    pages: tuple[str, ...]
    mentions: tuple[Mention, ...]


class Settled(NamedTuple):
    """One thing that was asked at the earlier submission and is no longer."""

    requirement: str
    title: str
    words: str


class Trend(NamedTuple):
    """Requirements of one edition by answer: the word, the number then, the number now."""

    edition: str
    verdicts: tuple[str, str]
    counts: tuple[tuple[str, int, int], ...]
    asked: int  # outcomes that were open then
    answered: tuple[Settled, ...]
    still: int
    new: int


class Since(NamedTuple):
    """What became of the earlier submission."""

    name: str
    version: str
    cut_off: str
    sha256: str
    trends: tuple[Trend, ...]
    changes: tuple[tuple[str, str, int], ...]  # what became of records and relations: key, words, how many


class Submitted(NamedTuple):
    """What was handed in: name, sort in words, hash; what it says of itself that was not used."""

    name: str
    sort: str
    sha256: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier submission of the same architecture, checked as this one is."""

    architecture: Architecture
    checked: Checked
    sha256: str
    changes: tuple[tuple[str, int], ...] = ()  # what became of records since: keys of `what.*`, and how often


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Everything that is shown, resolved. Where the submission cannot be appraised, only `submitted` and `loading`."""

    lang: str
    submitted: Submitted
    loading: tuple[Remark, ...]
    loading_more: int
    provenance: Provenance | None
    title: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    mark: str = ""
    editions: tuple[Conformance, ...] = ()
    answers: tuple[tuple[tuple[str, int], ...], ...] = ()  # by edition: requirements by answer word
    lists: tuple[CheckList, ...] = ()
    conditions: tuple[Condition, ...] = ()
    since: Since | None = None
    reuse: Reuse | None = None
    subjects: tuple[Subject, ...] = ()
    model_sha256: str = ""
    on: date | None = None  # the day of the check

    @property
    def shown(self) -> tuple[Subject, ...]:
        """What the page shows of the way back: what a requirement says something of, as far as there is room."""
        return tuple(one for one in self.subjects if one.mentions)[:SHOWN]

    @property
    def anchors(self) -> frozenset[str]:
        """The ids that have a place in the page."""
        return frozenset(one.id for one in self.shown)


def refused(
    submitted: Submitted, findings: Sequence[Finding], more: int, provenance: Provenance | None, lang: str
) -> Appraisal:
    """Say why a submission cannot be appraised."""
    return Appraisal(lang, submitted, tuple(remark(one, lang) for one in findings), more, provenance)


def appraisal(
    architecture: Architecture,
    checked: Checked,
    submitted: Submitted,
    findings: Sequence[Finding],
    provenance: Provenance,
    lang: str,
    model_sha256: str,
    earlier: Earlier | None = None,
    places: Mapping[str, Place] | None = None,
    pages: Mapping[str, tuple[str, ...]] | None = None,
) -> Appraisal:
    """Make the appraisal of an architecture that was checked against the reviewer's editions.

    Args:
        findings: what was found on the way in, and left something out.
        places: where records stand, by id, if not where the model says: the cells of a workbook.
        pages: where the papers handed in speak of an element, by id.
    """
    several = len(checked) > 1
    anchors = {edition.id: f"{edition.id.replace('.', '-')}-" if several else "" for edition, _ in checked}
    on = max((result.on for _, result in checked if result.on), default=architecture.cut_off)
    at = places or {}
    shared = next((edition.words for edition, _ in checked if edition.words.shared), Words())
    return Appraisal(
        lang=lang,
        submitted=submitted,
        loading=tuple(remark(one, lang) for one in findings),
        loading_more=0,
        provenance=provenance,
        title=name(architecture.head, lang),
        facts=_facts(architecture, on, lang),
        mark=mark(architecture, lang),
        editions=tuple(conformance(architecture, one, result, lang, anchors[one.id]) for one, result in checked),
        answers=tuple(_answers(result, lang) for _, result in checked),
        lists=tuple(found for one, result in checked for found in check_lists(one, result, lang, anchors[one.id])),
        conditions=tuple(_conditions(architecture, checked, on, lang)),
        since=_since(earlier, architecture, checked, lang) if earlier else None,
        reuse=reuse(architecture, shared, lang, at),
        subjects=tuple(_subjects(architecture, checked, anchors, at, pages or {}, lang)),
        model_sha256=model_sha256,
        on=on,
    )


def _facts(architecture: Architecture, on: date, lang: str) -> tuple[tuple[str, str], ...]:
    head = architecture.head
    rows = (
        ("report.agency", label(architecture, head.agency, lang)),
        ("report.version", head.version or text("word.unversioned", lang)),
        ("report.cut-off", day(head.cut_off, lang)),
        ("report.on", day(on, lang)),
        ("appraisal.declared", head.edition),
        ("report.elements", str(len(architecture.elements))),
        ("report.relations", str(len(architecture.relations))),
    )
    return tuple((text(key, lang), value) for key, value in rows)


def _answers(result: CheckResult, lang: str) -> tuple[tuple[str, int], ...]:
    words = [assessment(one.status, lang) for one in result.requirements]
    order = (Status.PASS, Status.FAIL, Status.MANUAL, Status.NOT_APPLICABLE)
    return tuple((word, words.count(word)) for one in order if (word := assessment(one, lang)))


def _conditions(architecture: Architecture, checked: Checked, on: date, lang: str) -> Iterator[Condition]:
    owed = (
        *open_conditions(architecture, on, opened_rounds(architecture, on)),
        *open_conclusions(on, held_hearings(architecture, on), _undone(architecture, on)),
    )
    for one in sorted(owed, key=lambda one: one.order):
        row = owed_row(architecture, one, lang)
        sort = "appraisal.condition" if one.kind is Kind.CONDITION else "appraisal.conclusion"
        yield Condition(text(sort, lang), row.id, row.sentence, row.owner, row.due, row.late, row.place)
    for edition, result in checked:
        for use in result.waivers:
            if use.covers:
                title = edition.requirements[use.requirement].title.in_(lang)
                reason = use.reason_en if lang == "en" else use.reason
                key = "appraisal.waived" if use.effective else "appraisal.not-waived"
                words = text(key, lang, title=title, reason=reason)
                due = day(use.expires, lang)
                yield Condition(
                    text("appraisal.waiver", lang), use.id, words, use.requested_by, due, use.days_left < 0, ""
                )
    for request in architecture.records["waiver_requests"].values():
        span = request.span()
        words = text("appraisal.requested", lang, requirement=request.requirement, reason=request.reason)
        due = day(request.until, lang) if isinstance(getattr(request, "until", None), date) else ""
        yield Condition(text("appraisal.request", lang), request.id, words, "", due, False, str(span or ""))


def _undone(architecture: Architecture, on: date) -> frozenset[str]:
    steps = architecture.records["path"].values()
    return frozenset(one.id for one in steps if one.state != "done" or not has_come(one.since, on))


def _subjects(
    architecture: Architecture,
    checked: Checked,
    anchors: Mapping[str, str],
    places: Mapping[str, Place],
    pages: Mapping[str, tuple[str, ...]],
    lang: str,
) -> Iterator[Subject]:
    said: dict[str, dict[tuple[str, str], Mention]] = {}
    for edition, result in checked:
        for one in result.requirements:
            for outcome in one.outcomes:
                for id in (*outcome.subjects, *outcome.witness):
                    _mention(said.setdefault(id, {}), edition, outcome, anchors[edition.id], lang)
    for record in architecture.all_records():
        if record.id in said or record.id in architecture.elements:
            mentions = tuple(said.pop(record.id, {}).values())
            at = places.get(record.id) or place_of(record)
            yield Subject(record.id, label(architecture, record.id, lang), at, pages.get(record.id, ()), mentions)


def _mention(there: dict[tuple[str, str], Mention], edition: Edition, outcome: Outcome, anchor: str, lang: str) -> None:
    """Keep what a requirement says of an element: the first outcome, for what is not met comes first."""
    requirement = edition.requirements[outcome.requirement]
    key = (anchor, requirement.id)
    worse = key in there and there[key].status is not Status.FAIL and outcome.status is Status.FAIL
    if key not in there or worse:
        said = assessment(outcome.status, lang)
        there[key] = Mention(edition.id, anchor, requirement.id, requirement.title.in_(lang), outcome.status, said)


def _since(earlier: Earlier, architecture: Architecture, checked: Checked, lang: str) -> Since:
    before = {edition.id: result for edition, result in earlier.checked}
    head = earlier.architecture.head
    trends = tuple(
        _trend(earlier.architecture, edition, before[edition.id], result, lang)
        for edition, result in checked
        if edition.id in before
    )
    changes = tuple((key, text(f"appraisal.{key}", lang), count) for key, count in earlier.changes)
    version = head.version or text("word.unversioned", lang)
    return Since(name(head, lang), version, day(head.cut_off, lang), earlier.sha256, trends, changes)


def _trend(architecture: Architecture, edition: Edition, before: CheckResult, now: CheckResult, lang: str) -> Trend:
    open_now = {_key(one) for one in _open(now)}
    asked = list(_open(before))
    answered = []
    for outcome in asked:
        if _key(outcome) not in open_now:
            requirement = edition.requirements[outcome.requirement]
            shown = Shower(architecture, edition, requirement, lang).one(outcome)
            answered.append(Settled(requirement.id, requirement.title.in_(lang), shown.words))
    then = {_key(one) for one in asked}
    pairs = zip(_answers(before, lang), _answers(now, lang), strict=True)
    return Trend(
        edition=edition.id,
        verdicts=(text(f"verdict.{before.verdict.value}", lang), text(f"verdict.{now.verdict.value}", lang)),
        counts=tuple((word, old, new) for (word, old), (_, new) in pairs),
        asked=len(asked),
        answered=tuple(answered),
        still=len(then & open_now),
        new=len(open_now - then),
    )


def _open(result: CheckResult) -> Iterator[Outcome]:
    return (outcome for one in result.requirements for outcome in one.outcomes if outcome.status in UNMET)


def _key(outcome: Outcome) -> tuple[str, str, tuple[str, ...]]:
    return outcome.requirement, outcome.check, tuple(sorted(outcome.subjects))


def questions_yaml(view: Appraisal) -> str:
    """Give the open questions as a file of answers to be filled in, bound to this very model; "" where there is none.

    Each stands as a comment: what nobody filled in answers nothing.
    """
    lines = ["format: kientruc-answers/1", "answers: {}"]
    number = 0
    for edition in view.editions:
        for line in edition.lines:
            for check, words in dict.fromkeys((one.question, one.words) for one in line.pending if one.question):
                number += 1
                lines += ["", *(f"# {part}" for part in " ".join(f"{line.title}: {words}".split()).splitlines())]
                lines += [f"#  tl-{number:02}:", f"#    edition: {edition.edition}", f"#    requirement: {line.id}"]
                lines += [f"#    check: {check}", f"#    model_sha256: {view.model_sha256}"]
                lines += ["#    status:       # pass | fail | not-applicable", "#    by:", "#    date:", "#    note:"]
    return "\n".join(lines) + "\n" if number else ""
