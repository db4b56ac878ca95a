"""A conformance result in words: each requirement with its outcome, its basis, what failed, what proves a pass."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from kientruc.finding import Severity
from kientruc.frameworks import Edition, Requirement, Stage
from kientruc.frameworks.about import Standing
from kientruc.messages import has, text
from kientruc.model.architecture import Architecture
from kientruc.model.values import Certainty
from kientruc.result import CheckResult, Outcome, RequirementResult, Status, Verdict, WaiverUse
from kientruc.views.remarks import Place, Remark, place
from kientruc.views.reviewed import ReviewView, marks, reviewed
from kientruc.views.words import day, label

OPEN = (Status.FAIL, Status.ERROR, Status.MANUAL)
UNMET = (Status.FAIL, Status.WAIVED)
ASKED = ("question", "answered-before")  # the reasons of outcomes that wait for a person's answer
NO_WAIVERS: Mapping[str, WaiverUse] = MappingProxyType({})
AHEAD, AHEAD_OPEN = "ahead-", "ahead-open-"  # how the reasons of a look-ahead begin; the latter of what waits
ASSUMED = ("assumed", "basis-assumed", "only-assumed")  # reasons that tell the caveat themselves
UNTOLD = "forbidden-text"  # the reason of an outcome whose line holds what nobody should read
DOTS = "…"  # stands for a name in a sentence that is told of several
KEYS = re.compile(r" \(([a-z_.]+)\)")  # of a field, behind its word
SHOWN = 100  # outcomes of one sort printed per requirement; the counts beside them are exact


class Evidence(NamedTuple):
    """One outcome: about whom, what was found or what proves it, and where."""

    failed: bool  # the words are a whole sentence, the ids only point
    ids: tuple[str, ...]
    names: tuple[str, ...]
    words: str
    alike: str  # the same sentence without the names, by which outcomes are told together
    advice: str
    path: tuple[tuple[str, str], ...]  # the witness: ids and names
    place: Place | None
    caveat: str  # that all it is about is only assumed, or that a pass rests on nothing surer
    marks: tuple[str, ...]  # a waiver, a request, an answer, that it is new
    question: str = ""  # the check that a person can answer
    also: tuple[Place, ...] = ()  # where the other fields stand that wait for the same answer


@dataclass(frozen=True, slots=True)
class Group:
    """Outcomes of which the same is to be said: the sentence, once, and about whom; what to do about all of them."""

    words: str
    advice: str
    items: tuple[Evidence, ...]


class RequirementLine(NamedTuple):
    """One requirement with its outcome."""

    id: str
    title: str
    modality: str
    severity: Severity
    severity_word: str
    binds: bool  # whether it decides the verdict
    trial: str  # why it is on trial; "" where it is not
    look_ahead: bool
    status: Status
    status_word: str
    basis: tuple[str, ...]
    asks: tuple[str, ...]
    readings: tuple[str, ...]
    remedy: str  # where it is the same for all that failed; then no evidence carries its own
    failed: tuple[Evidence, ...]
    pending: tuple[Evidence, ...]
    waived: tuple[Evidence, ...]
    passed: tuple[Evidence, ...]
    ahead: tuple[Evidence, ...]  # what would fail on a later day
    counts: dict[str, int]
    rests: str  # how many of the passes rest only on what is assumed or doubtful
    why: str


class Conformance(NamedTuple):
    """The whole result, and the counts beside the verdict: by modality and status, trial requirements apart.

    `anchor` begins every address within a page that shows several editions; "" where there is only one.
    """

    anchor: str
    edition: str
    edition_name: str
    on: str
    verdict: Verdict
    verdict_word: str
    partial: str  # the heading of a run that left requirements out; "" of a whole one
    lines: tuple[RequirementLine, ...]
    deciding: tuple[RequirementLine, ...]  # the binding ones that are not met or cannot be assessed
    table: tuple[tuple[str, tuple[int, ...]], ...]
    statuses: tuple[str, ...]
    not_read: tuple[tuple[str, str, str], ...]
    review: ReviewView


STATUSES = (
    *(Status.PASS, Status.FAIL, Status.WAIVED, Status.MANUAL),
    *(Status.ERROR, Status.NOT_APPLICABLE, Status.NOT_EVALUATED),
)
SELDOM = (Status.WAIVED, Status.ERROR, Status.NOT_EVALUATED)  # a column that is shown only where it holds something


def conformance(
    architecture: Architecture, edition: Edition, result: CheckResult, lang: str, anchor: str = ""
) -> Conformance:
    """Put a result into words, requirements that are not met first."""
    table = tuple(tally(edition, result, lang))
    columns = [
        index
        for index, status in enumerate(STATUSES)
        if status not in SELDOM or any(numbers[index] for _, numbers in table)
    ]
    results = sorted(result.requirements, key=lambda one: _rank(edition.requirements[one.requirement], one))
    uses = {use.id: use for use in result.waivers}
    lines = tuple(_line(architecture, edition, one, lang, uses) for one in results)
    return Conformance(
        anchor=anchor,
        edition=edition.id,
        edition_name=edition.about.name.in_(lang),
        on=day(result.on, lang) if result.on else "–",
        verdict=result.verdict,
        verdict_word=verdict_words(edition, result, lang),
        partial=partial(result, lang),
        lines=lines,
        deciding=tuple(line for line in lines if edition.requirements[line.id].binds and line.status in OPEN),
        table=tuple((group, tuple(numbers[index] for index in columns)) for group, numbers in table),
        statuses=tuple(text(f"status.{STATUSES[index].value}", lang) for index in columns),
        not_read=tuple((one.candidate, one.title.in_(lang), one.why.in_(lang)) for one in edition.not_read),
        review=reviewed(architecture, edition, result, lang),
    )


def verdict_words(edition: Edition, result: CheckResult, lang: str) -> str:
    """Say the verdict; where nothing can be concluded because the edition does not hold on the day, say so with it."""
    told = text(f"verdict.{result.verdict.value}", lang)
    if result.on is None or result.verdict is not Verdict.UNDETERMINED:
        return told
    standing, days = edition.about.standing(result.on), edition.about.in_force
    other = {Standing.NOT_YET: days.from_, Standing.NO_LONGER: days.until}.get(standing)
    if other is None:
        return told
    key = f"undetermined.{standing.value}"
    return text(key, lang, verdict=told, on=day(result.on, lang), day=day(other, lang))


def partial(result: CheckResult, lang: str) -> str:
    """Head a run that left requirements out: it claims nothing; "" for a whole run."""
    if not result.partial:
        return ""
    count = sum(one.status is not Status.NOT_EVALUATED for one in result.requirements)
    return text("text.partial", lang, count=count, total=len(result.requirements))


def counts(edition: Edition, result: CheckResult, lang: str) -> Iterator[str]:
    """Say for each group how many requirements came out how."""
    words = [text(f"status.{status.value}", lang) for status in STATUSES]
    for group, numbers in tally(edition, result, lang):
        counted = ", ".join(f"{word} {number}" for word, number in zip(words, numbers, strict=True) if number)
        yield f"{group}: {counted}"


def waits(edition: Edition, result: CheckResult, lang: str) -> Iterator[str]:
    """Say which binding requirements wait for an answer."""
    for one in result.requirements:
        requirement = edition.requirements[one.requirement]
        if requirement.binds and one.status is Status.MANUAL:
            yield text("text.waits", lang, title=requirement.title.in_(lang), id=requirement.id, count=points(one))


def once(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Take what waits for one and the same answer once, however many checks wait for it.

    A question to a person is one of its check: answers name it.
    """
    found: dict[Hashable, Outcome] = {}
    for one in outcomes:
        question = one.check if one.reason in ASKED else ""
        values = tuple(sorted(one.values.items()))
        found.setdefault((one.subjects, one.reason, str(one.span), question, values), one)
    return tuple(found.values())


def points(result: RequirementResult) -> int:
    """Count for how many answers a requirement waits."""
    waiting = [one for one in result.outcomes if one.status is Status.MANUAL]
    return result.counts.get(Status.MANUAL, 0) - len(waiting) + len(once(waiting))


def _rank(requirement: Requirement, result: RequirementResult) -> tuple[int, bool, int, str]:
    order = (Status.FAIL, Status.ERROR, Status.MANUAL, Status.WAIVED, Status.PASS)
    place = order.index(result.status) if result.status in order else len(order)
    return (place, not requirement.binds, requirement.severity.rank, requirement.id)


def tally(edition: Edition, result: CheckResult, lang: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Count requirements by group (modality; trial ones apart) and by each of `STATUSES`; empty groups are left out."""
    for key in ("must", "should", "may", "trial"):
        group = [one.status for one in result.requirements if _group(edition.requirements[one.requirement]) == key]
        if group:
            yield text(f"group.{key}", lang), tuple(sum(status is wanted for status in group) for wanted in STATUSES)


def _group(requirement: Requirement) -> str:
    return "trial" if requirement.status is Stage.TRIAL else requirement.modality.value


def _line(
    architecture: Architecture, edition: Edition, result: RequirementResult, lang: str, uses: Mapping[str, WaiverUse]
) -> RequirementLine:
    requirement = edition.requirements[result.requirement]
    show = Shower(architecture, edition, requirement, lang, uses, plain=True)
    waiting = [one for one in result.outcomes if one.status is Status.MANUAL]
    failed = show.all(result.outcomes, (Status.FAIL, Status.ERROR))
    advices = {evidence.advice for evidence in failed}
    remedy = advices.pop() if len(advices) == 1 else ""
    return RequirementLine(
        id=requirement.id,
        title=requirement.title.in_(lang),
        modality=text(f"modality.{requirement.modality.value}", lang),
        severity=requirement.severity,
        severity_word=text(f"level.{requirement.severity.value}", lang),
        binds=requirement.binds,
        trial=trial(requirement, lang),
        look_ahead=requirement.look_ahead,
        status=result.status,
        status_word=text(f"status.{result.status.value}", lang),
        basis=basis(edition, requirement, lang),
        asks=tuple(clause.asks.in_(lang) for clause in requirement.clause),
        readings=tuple(clause.reading.in_(lang) for clause in requirement.clause if clause.reading),
        remedy=remedy,
        failed=tuple(evidence._replace(advice="") for evidence in failed) if remedy else failed,
        pending=show.all(once(waiting), (Status.MANUAL,)),
        waived=show.all(result.outcomes, (Status.WAIVED,)),
        passed=show.all(result.outcomes, (Status.PASS,)),
        ahead=show.all((one for one in result.outcomes if one.reason.startswith(AHEAD)), (Status.NOT_APPLICABLE,)),
        counts={
            status.value: points(result) if status is Status.MANUAL else count
            for status, count in result.counts.items()
            if count
        },
        rests=rests(result, lang),
        why=text(f"reason.{result.why}", lang) if result.why else "",
    )


def rests(result: RequirementResult, lang: str) -> str:
    """Say how many passes of a requirement rest only on what is assumed or doubtful; "" for none."""
    count = sum(one.status is Status.PASS and bool(one.rests_on) for one in result.outcomes)
    return text("rests.counted", lang, count=count) if count else ""


def trial(requirement: Requirement, lang: str) -> str:
    """Say why a requirement is on trial, by the clause of which we are least sure; "" where it is not."""
    if requirement.status is not Stage.TRIAL:
        return ""
    order = (Certainty.STATED, Certainty.DERIVED, Certainty.DOUBTFUL, Certainty.ASSUMED)
    weakest = max((clause.certainty for clause in requirement.clause), key=order.index)
    return text("explain.trial", lang, why=text(f"trial.{weakest.value}", lang))


def _is_example(requirement: Requirement) -> bool:
    """Tell whether no clause orders what is asked: the documents that are named only show what it is derived from."""
    return all(clause.certainty is not Certainty.STATED and not clause.article for clause in requirement.clause)


def grouped(items: Sequence[Evidence]) -> tuple[Group, ...]:
    """Tell outcomes together of which the same is to be said, in the order of the first of each."""
    groups: dict[tuple[bool, str, str], list[Evidence]] = {}
    for item in items:
        groups.setdefault((item.failed, item.alike, item.advice if item.failed else ""), []).append(item)
    return tuple(
        Group(found[0].alike if len(found) > 1 else found[0].words, found[0].advice, tuple(found))
        for found in groups.values()
    )


def basis(edition: Edition, requirement: Requirement, lang: str) -> tuple[str, ...]:
    """Name the clauses: document, article, and how sure we are where it was not read."""
    lines = []
    for clause in requirement.clause:
        number = edition.law.documents[clause.document].number
        words = f"{number}, {clause.article}" if clause.article else number
        if clause.certainty.value not in ("stated", "derived"):
            words += f" ({text(f'certainty.{clause.certainty.value}', lang)})"
        lines.append(words)
    return tuple(lines)


class Shower:
    """Puts outcomes of one requirement into words."""

    def __init__(
        self,
        architecture: Architecture,
        edition: Edition,
        requirement: Requirement,
        lang: str,
        uses: Mapping[str, WaiverUse] = NO_WAIVERS,
        plain: bool = False,
    ) -> None:
        self.architecture, self.edition, self.requirement, self.lang = architecture, edition, requirement, lang
        self.uses, self.plain = uses, plain

    def all(self, outcomes: Iterable[Outcome], wanted: tuple[Status, ...]) -> tuple[Evidence, ...]:
        found = [outcome for outcome in outcomes if outcome.status in wanted]
        return tuple(self.one(outcome) for outcome in found[:SHOWN])

    def one(self, outcome: Outcome) -> Evidence:
        failed = _is_unmet(outcome)
        told = [(id, self.name(id)) for id in outcome.subjects]
        return Evidence(
            failed=failed or outcome.reason == "assumed",
            ids=tuple(id for id, known in told if known or failed),
            names=tuple(known for _, known in told if known or failed),
            words=self.sentence(outcome),
            alike=self.sentence(replace(outcome, values={**outcome.values, **self.dotted(outcome)})),
            advice=self.advice(outcome),
            path=tuple((id, self.name(id) or id) for id in outcome.witness if outcome.witness != outcome.subjects),
            place=_place(outcome),
            caveat=self.caveat(outcome),
            marks=marks(self.uses, outcome, self.lang),
            question=outcome.check if outcome.reason in ASKED else "",
            also=tuple(place(span)._replace(source="") for span in outcome.also),
        )

    def dotted(self, outcome: Outcome) -> dict[str, str]:
        """Leave the names out of a sentence that names the one it is about."""
        return {key: DOTS for key in outcome.values if key.removesuffix("_en") in ("id", "name", "target", "owner")}

    def advice(self, outcome: Outcome) -> str:
        """Say what to do: as the requirement says it of what failed, as the reason says it of what waits."""
        remedy = self.requirement.advice(self.lang, outcome.values)
        if outcome.status in UNMET or outcome.reason.startswith(AHEAD):
            return remedy
        key = f"todo.{outcome.reason}"
        if outcome.status is not Status.MANUAL or not has(key, self.lang):
            return ""
        at, places = self.edition.places_of, outcome.witness
        chosen = {"edition": at, "places": ", ".join(places), "first": next(iter(places), "")}
        return text(key, self.lang, **{**chosen, **self.values(outcome), "remedy": remedy})

    def values(self, outcome: Outcome) -> dict[str, str]:
        """Give what an outcome fills in, in this language; keys of fields only for those who edit files."""
        values = dict(outcome.values)
        if self.lang == "en":
            values |= {key.removesuffix("_en"): value for key, value in values.items() if key.endswith("_en")}
        if self.plain:
            named = ("field", "field_en", "missing", "missing_en")
            values |= {key: KEYS.sub(self._keyless, values[key]) for key in named if key in values}
        return values

    def _keyless(self, match: re.Match[str]) -> str:
        return "" if has(f"field.{match.group(1)}", self.lang) else match.group()

    def name(self, id: str) -> str:
        """Name a record or a place of the edition; "" for neither."""
        if self.architecture.find(id):
            return label(self.architecture, id, self.lang)
        found = self.edition.words.places.get(id)
        return found.name.in_(self.lang) if found else ""

    def caveat(self, outcome: Outcome) -> str:
        """Say that all an outcome is about is only assumed, or that a pass rests on nothing surer; "" for neither."""
        if outcome.rests_on:
            return text(f"rests.{outcome.rests_on}", self.lang)
        if outcome.reason in ASSUMED:
            return ""
        found = [self.architecture.elements.get(id) for id in outcome.subjects]
        assumed = bool(found) and all(one is not None and one.certainty is Certainty.ASSUMED for one in found)
        return text(f"certainty.{Certainty.ASSUMED.value}", self.lang) if assumed else ""

    def sentence(self, outcome: Outcome) -> str:
        if _is_unmet(outcome):
            return self.requirement.sentence(self.lang, self.values(outcome))
        values = self.values(outcome)
        asked = text("phrase.ask", self.lang, ask=values["ask"]) if values.get("ask") else ""
        values["ask"] = asked or text("phrase.ask-nobody", self.lang)
        values["by"] = text("phrase.by", self.lang, by=values["by"]) if values.get("by") else ""
        told = text(f"reason.{outcome.reason.removeprefix(AHEAD_OPEN)}", self.lang, **values)
        told = told[:1].upper() + told[1:]  # some begin with the name of a field
        if outcome.reason == "assumed":
            return f"{self.requirement.sentence(self.lang, self.values(outcome))} ({told})"
        return told


def _is_unmet(outcome: Outcome) -> bool:
    """Tell whether something is not met, today or on the later day of a look-ahead; what waits for somebody is not."""
    ahead = outcome.reason.startswith(AHEAD) and not outcome.reason.startswith(AHEAD_OPEN)
    return outcome.status in UNMET or ahead


def _place(outcome: Outcome) -> Place | None:
    """Say where to look; what must not be told is not shown there either."""
    found = place(outcome.span) if outcome.span else None
    return found._replace(source="") if found and outcome.reason.endswith(UNTOLD) else found


def remarks(architecture: Architecture, edition: Edition, result: CheckResult, lang: str) -> Iterator[Remark]:
    """Give what failed or crashed as remarks, the binding and heaviest first."""
    uses = {use.id: use for use in result.waivers}
    for one in sorted(result.requirements, key=lambda one: _rank(edition.requirements[one.requirement], one)):
        requirement = edition.requirements[one.requirement]
        show = Shower(architecture, edition, requirement, lang, uses)
        for outcome in one.outcomes:
            if outcome.status in (Status.FAIL, Status.ERROR):
                evidence = show.one(outcome)
                yield Remark(
                    code=requirement.id,
                    severity=requirement.severity,
                    message=evidence.words,
                    remedy=evidence.advice,
                    place=evidence.place,
                    basis="" if _is_example(requirement) else "; ".join(basis(edition, requirement, lang)),
                    subjects=outcome.subjects,
                    is_trial=requirement.status is Stage.TRIAL,
                    marks=(*evidence.marks, *filter(None, (trial(requirement, lang),))),
                    advised="" if requirement.binds else text(f"advised.{_group(requirement)}", lang),
                )
