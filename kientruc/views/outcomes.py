"""Results of checks in words, for every format: editions side by side, rules, outcomes, findings of loading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from kientruc.finding import Change, Finding, Replacement, Severity, fingerprint
from kientruc.frameworks import Edition
from kientruc.messages import PLACEHOLDER, raw, text
from kientruc.model.architecture import Architecture
from kientruc.result import CheckResult, Outcome, RequirementResult, Status, Verdict
from kientruc.source import Span
from kientruc.views.access_marks import mark, notice, readers_of
from kientruc.views.conformance import STATUSES, Evidence, Shower, basis, partial, tally, verdict_words, waits
from kientruc.views.remarks import Place, place, remark
from kientruc.views.words import day, label, name

ORDER = (
    *(Status.FAIL, Status.ERROR, Status.MANUAL, Status.WAIVED),
    *(Status.PASS, Status.NOT_APPLICABLE, Status.NOT_EVALUATED),
)  # what needs somebody comes first; where a list is cut, it is cut from the end
STEPS = 100  # of one witness


class Checked(Protocol):
    """One architecture against one edition; without an architecture, loading failed and all there is is `loading`."""

    @property
    def result(self) -> CheckResult: ...
    @property
    def architecture(self) -> Architecture | None: ...
    @property
    def edition(self) -> Edition | None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a witness."""

    id: str
    name: str
    place: Place | None


class Edit(NamedTuple):
    """One replacement of a fix: what stands from the start up to the end gives way to the text; all count from 1."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One outcome, or a requirement that has none (`check` is ""), or one finding of loading (`status` is None)."""

    edition: str
    rule: str  # id of the requirement, code of the finding
    title: str
    modality: str
    stage: str
    severity: Severity
    check: str
    status: Status | None
    reason: str
    subjects: tuple[tuple[str, str], ...]  # ids and names; a name is "" where nothing has the id
    message: str  # stands alone: it names its subjects
    remedy: str
    basis: str
    place: Place | None
    also: tuple[Place, ...]
    witness: tuple[Step, ...]
    fingerprint: str
    marks: tuple[str, ...] = ()  # a waiver, a request, an answer, that it is new
    change: Change | None = None
    fix: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a requirement, as the register of law knows its document."""

    document: str
    number: str
    title: str
    issuer: str
    date: date | None
    article: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement with what became of it, or a code of loading (no clause, no status).

    Dots stand for what a finding fills in.
    """

    id: str
    title: str
    asks: tuple[str, ...]
    remedy: str
    basis: tuple[str, ...]
    clauses: tuple[Clause, ...]
    modality: str
    stage: str
    severity: Severity
    checks: tuple[str, ...] = ()
    status: Status | None = None
    total: int = 0  # outcomes, exact
    cut: int = 0  # outcomes for which there was no room


@dataclass(frozen=True, slots=True)
class EditionOutcomes:
    """What became of one edition. Its lines are put into words only as they are taken."""

    checked: Checked
    lang: str
    base: str
    id: str
    name: str
    sha256: str
    on: str
    day: date | None
    verdict: Verdict
    verdict_word: str
    partial: str  # the heading of a run that left requirements out; "" of a whole one
    tally: tuple[tuple[str, tuple[int, ...]], ...]  # requirements by group and by each of `Results.statuses`
    waits: tuple[str, ...]
    rules: tuple[Rule, ...]
    counts: Mapping[Status, int]  # outcomes, exact

    @property
    def cut(self) -> int:
        """How many outcomes there was no room for."""
        return sum(rule.cut for rule in self.rules)

    def lines(self) -> Iterator[OutcomeLine]:
        """Give what failed first, then what waits, then what passed; within these the binding and heaviest first."""
        return _lines(self.checked, self.lang, self.base)


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a format of results tells."""

    lang: str
    title: str  # "" where loading failed
    facts: tuple[tuple[str, str], ...]
    sample: bool
    access: str  # for whom it is, where not everything is told or something is restricted; else ""
    mark: str  # what every page says: made-up data, for whom it is
    tool: str
    inputs: Mapping[str, str]  # SHA-256 by path, the root file first
    statuses: tuple[str, ...]  # the columns of `EditionOutcomes.tally`
    editions: tuple[EditionOutcomes, ...]  # empty where loading failed
    loading: tuple[OutcomeLine, ...]
    loading_rules: tuple[Rule, ...]
    loading_count: int  # exact


def results(
    reports: Sequence[Checked], inputs: Mapping[str, str], more: int, version: str, lang: str, base: str = ""
) -> Results:
    """Put one architecture's results into words.

    Args:
        reports: one for each edition, at least one.
        inputs: hash of every file that was read, by path, the root file first.
        more: how many findings of loading there was no room for.
        base: put before every path: the root's folder as seen from somewhere else, "" or one that ends with a slash.
    """
    architecture, loading = reports[0].architecture, reports[0].result.loading
    return Results(
        lang=lang,
        title=name(architecture.head, lang) if architecture else "",
        facts=head_facts(architecture, lang) if architecture else (),
        sample=architecture is not None and architecture.is_sample,
        access=readers_of(architecture) if architecture else "",
        mark=mark(architecture, lang) if architecture else "",
        tool=f"kientruc {version}",
        inputs={f"{base}{path}": digest for path, digest in inputs.items()},
        statuses=tuple(text(f"status.{status.value}", lang) for status in STATUSES),
        editions=tuple(_edition(checked, checked.edition, lang, base) for checked in reports if checked.edition),
        loading=tuple(_loading_line(finding, lang, base) for finding in loading),
        loading_rules=tuple(_loading_rule(code, loading, lang) for code in sorted({one.code for one in loading})),
        loading_count=len(loading) + more,
    )


def head_facts(architecture: Architecture, lang: str) -> tuple[tuple[str, str], ...]:
    """Give what stands at the head of every output: whose it is, which version, up to which day its data speak."""
    head = architecture.head
    rows = (
        ("report.agency", label(architecture, head.agency, lang)),
        ("report.version", head.version or text("word.unversioned", lang)),
        ("report.cut-off", day(head.cut_off, lang)),
        ("cut.copy", notice(architecture, lang)),
    )
    return tuple((text(key, lang), value) for key, value in rows if value)


def _edition(checked: Checked, edition: Edition, lang: str, base: str) -> EditionOutcomes:
    result = checked.result
    found = result.requirements
    return EditionOutcomes(
        checked=checked,
        lang=lang,
        base=base,
        id=edition.id,
        name=edition.about.name.in_(lang),
        sha256=edition.sha256,
        on=day(result.on, lang) if result.on else "",
        day=result.on,
        verdict=result.verdict,
        verdict_word=" ".join(filter(None, (partial(result, lang), verdict_words(edition, result, lang)))),
        partial=partial(result, lang),
        tally=tuple(tally(edition, result, lang)),
        waits=tuple(waits(edition, result, lang)),
        rules=tuple(_rule(edition, one, lang) for one in found),
        counts={status: sum(one.counts.get(status, 0) for one in found) for status in Status},
    )


def _rule(edition: Edition, result: RequirementResult, lang: str) -> Rule:
    requirement = edition.requirements[result.requirement]
    documents = edition.law.documents
    clauses = [(clause, documents[clause.document]) for clause in requirement.clause]
    return Rule(
        id=requirement.id,
        title=requirement.title.in_(lang),
        asks=tuple(clause.asks.in_(lang) for clause in requirement.clause),
        remedy=PLACEHOLDER.sub("…", requirement.remedy.in_(lang)),
        basis=basis(edition, requirement, lang),
        clauses=tuple(
            Clause(
                document=clause.document,
                number=document.number,
                title=document.title_en if lang == "en" and document.title_en else document.title,
                issuer=document.issuer or "",
                date=document.date,
                article=clause.article or "",
                certainty=clause.certainty.value,
            )
            for clause, document in clauses
        ),
        modality=requirement.modality.value,
        stage=requirement.status.value,
        severity=requirement.severity,
        checks=tuple(check.id for check in requirement.checks),
        status=result.status,
        total=sum(result.counts.values()),
        cut=sum(result.counts.values()) - len(result.outcomes),
    )


def _loading_rule(code: str, loading: Sequence[Finding], lang: str) -> Rule:
    title, remedy = (PLACEHOLDER.sub("…", raw(f"{part}.{code}", lang)) for part in ("finding", "help"))
    severity = min((one.severity for one in loading if one.code == code), key=lambda severity: severity.rank)
    return Rule(code, title, (), remedy, (), (), "", "", severity)


def _loading_line(finding: Finding, lang: str, base: str) -> OutcomeLine:
    told = remark(finding, lang)
    return OutcomeLine(
        edition="",
        rule=told.code,
        title="",
        modality="",
        stage="",
        severity=told.severity,
        check="",
        status=None,
        reason="",
        subjects=(),
        message=told.message,
        remedy=told.remedy,
        basis="",
        place=_below(told.place, base),
        also=tuple(one._replace(path=f"{base}{one.path}") for one in told.also),
        witness=(),
        fingerprint=finding.fingerprint,
        fix=tuple(_edit(one, base) for one in finding.fix),
    )


def _edit(one: Replacement, base: str) -> Edit:
    at, end = one.span, Span(one.span.file, one.span.end, one.span.end)
    return Edit(f"{base}{at.path}", at.line, at.column, end.line, end.column, one.text)


def _below(found: Place | None, base: str) -> Place | None:
    return found._replace(path=f"{base}{found.path}") if found else None


def _lines(checked: Checked, lang: str, base: str) -> Iterator[OutcomeLine]:
    architecture, edition = checked.architecture, checked.edition
    if architecture is None or edition is None:
        return

    def rank(pair: tuple[RequirementResult, Outcome]) -> tuple[int, bool, int, str]:
        requirement = edition.requirements[pair[0].requirement]
        return ORDER.index(pair[1].status), not requirement.binds, requirement.severity.rank, requirement.id

    uses = {use.id: use for use in checked.result.waivers}
    pairs = [(one, outcome) for one in checked.result.requirements for outcome in one.outcomes or (_whole(one),)]
    for one, outcome in sorted(pairs, key=rank):
        show = Shower(architecture, edition, edition.requirements[one.requirement], lang, uses)
        yield _line(show, outcome, base)


def _whole(one: RequirementResult) -> Outcome:
    """Stand in for the outcomes of a requirement that has none."""
    return Outcome(one.requirement, "", one.status, one.why)


def _line(show: Shower, outcome: Outcome, base: str) -> OutcomeLine:
    architecture, edition, requirement, lang = show.architecture, show.edition, show.requirement, show.lang
    evidence = show.one(outcome) if outcome.check else None
    subjects = tuple((id, show.name(id)) for id in outcome.subjects)
    who = "; ".join(known or id for id, known in subjects)
    return OutcomeLine(
        edition=edition.id,
        rule=requirement.id,
        title=requirement.title.in_(lang),
        modality=text(f"modality.{requirement.modality.value}", lang),
        stage=text(f"stage.{requirement.status.value}", lang),
        severity=requirement.severity,
        check=outcome.check,
        status=outcome.status,
        reason=outcome.reason,
        subjects=subjects,
        message=_message(evidence, who) if evidence else text(f"reason.{outcome.reason}", lang),
        remedy=evidence.advice if evidence else "",
        basis="; ".join(basis(edition, requirement, lang)),
        place=_below(evidence.place, base) if evidence else None,
        also=tuple(place(span)._replace(path=f"{base}{span.path}") for span in outcome.also),
        witness=tuple(_step(architecture, id, show.name(id), base) for id in _witness(outcome)),
        fingerprint=outcome.fingerprint if outcome.check else fingerprint(requirement.id, "", outcome.reason),
        marks=evidence.marks if evidence else (),
        change=outcome.change,
    )


def _message(evidence: Evidence, who: str) -> str:
    told = evidence.words if evidence.failed or not who else f"{who}: {evidence.words}"
    return f"{told} ({evidence.caveat})" if evidence.caveat else told


def _witness(outcome: Outcome) -> tuple[str, ...]:
    return outcome.witness[:STEPS] if outcome.witness != outcome.subjects else ()


def _step(architecture: Architecture, id: str, name: str, base: str) -> Step:
    record = architecture.find(id)
    span = record.span() if record else None
    return Step(id, name, _below(place(span), base) if span else None)
