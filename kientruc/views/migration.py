"""What moving to another edition means for one architecture: what is clear, what is to be decided, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kientruc.editing.patch import Patch
from kientruc.frameworks import Edition
from kientruc.frameworks.lineage import lineage
from kientruc.frameworks.route import Destination, Route
from kientruc.frameworks.shelf import EDITIONS
from kientruc.frameworks.vocabulary import Obligation, Words
from kientruc.graph.architecture_graph import ArchitectureGraph
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.legal import Source
from kientruc.refactoring.moves import Fate, Move, Moves
from kientruc.result import CheckResult, RequirementResult, Status
from kientruc.views.words import day, label, name

BINDING = (Obligation.MANDATORY, Obligation.EXPECTED)


@dataclass(frozen=True, slots=True)
class Subject:
    """A component or an element, and where it is written."""

    id: str
    section: str
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Something that gets a place by itself; all in words but the ids."""

    subject: Subject
    at: tuple[str, ...]
    to: str
    to_id: str
    relation: str
    certainty: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person has to decide about one or several things, among which places, and who should know."""

    asks: tuple[str, ...]
    candidates: tuple[tuple[str, str], ...]  # id and name of each place
    decider: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Homeless:
    """Things that have no place, and what the crosswalk says of it."""

    why: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A place, or a shared platform of the nation, for which there is nothing; `detail` is its obligation or owner."""

    id: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One requirement of the target: its status under the edition of today, under the target, and after the edits.

    `failing` and `failing_after` count what does not meet it. `before` is "" where the requirement is new; `now` and
    `after` are where it ends.
    """

    id: str
    title: str
    before: str
    now: str
    failing: int
    after: str
    failing_after: int


@dataclass(frozen=True, slots=True)
class Results:
    """The results of both editions, on the architecture as it is and after the edits."""

    origin: CheckResult
    origin_after: CheckResult
    target: CheckResult
    target_after: CheckResult


@dataclass(frozen=True, slots=True)
class Migration:
    """Everything about one migration, in words."""

    origin: str
    target: str
    route: tuple[str, ...]  # ids of editions
    placed: tuple[Placed, ...]
    apart: tuple[Subject, ...]  # components that get no place as a whole
    follow: int  # elements that go where their component goes
    said: int  # components and elements of which the architecture says it already
    questions: tuple[Question, ...]
    nowhere: tuple[Homeless, ...]
    unplaced: tuple[Subject, ...]
    gaps: tuple[Gap, ...]
    shared: tuple[Gap, ...]
    verdicts: tuple[str, str, str]  # under the edition of today, under the target, after the edits
    days: tuple[str, str]  # of the results under either edition
    requirements: tuple[Judged, ...]
    changed: tuple[str, ...]  # requirements of the edition of today whose result the edits change: none, it is hoped
    edits: int  # places that are proposed
    files: tuple[str, ...]
    diff: str


def migration(
    architecture: Architecture,
    after: Architecture,
    editions: tuple[Edition, Edition],
    sources: Mapping[str, Source],
    route: Route,
    moves: Moves,
    results: Results,
    patch: Patch,
    lang: str,
    shelf: Path = EDITIONS,
) -> Migration:
    """Put a migration into words.

    Args:
        after: the architecture after the edits.
        editions: the one it comes from and the one it goes to.
        sources: those of the crosswalks on the way.
    """
    teller = _Teller(architecture, editions, sources, lang)
    origin, target = editions
    fates = {fate: [move for move in moves.all if move.fate is fate] for fate in Fate}
    words = (results.origin, results.target, results.target_after)
    verdicts = [text(f"verdict.{result.verdict.value}", lang) for result in words]
    return Migration(
        origin=origin.about.name.in_(lang),
        target=target.about.name.in_(lang),
        route=route.editions,
        placed=tuple(map(teller.placed, fates[Fate.PROPOSED])),
        apart=tuple(map(teller.subject, fates[Fate.APART])),
        follow=len(fates[Fate.FOLLOWS]),
        said=len(fates[Fate.SAID]),
        questions=tuple(teller.questions(move for move in moves.all if move.is_open)),
        nowhere=tuple(teller.homeless(fates[Fate.NOWHERE])),
        unplaced=tuple(teller.subject(move) for move in fates[Fate.UNPLACED]),
        gaps=tuple(_gaps(after, target, lang)),
        shared=tuple(_shared(after, target.words, lang)),
        verdicts=(verdicts[0], verdicts[1], verdicts[2]),
        days=(_day(results.origin, lang), _day(results.target, lang)),
        requirements=tuple(_judged(origin, target, results, shelf, lang)),
        changed=_changed(results.origin, results.origin_after),
        edits=len(fates[Fate.PROPOSED]),
        files=tuple(edited.file.path for edited in patch.files),
        diff=patch.diff(),
    )


class _Teller:
    """Puts moves into words."""

    def __init__(
        self, architecture: Architecture, editions: tuple[Edition, Edition], sources: Mapping[str, Source], lang: str
    ) -> None:
        self.architecture, self.lang, self.sources = architecture, lang, sources
        self.origin, self.target = (edition.words for edition in editions)

    def subject(self, move: Move) -> Subject:
        record = move.record
        return Subject(record.id, type(record).section, name(record, self.lang), str(record.span() or ""))

    def place(self, words: Words, id: str) -> str:
        return words.places[id].name.in_(self.lang)

    def placed(self, move: Move) -> Placed:
        lang = self.lang
        return Placed(
            subject=self.subject(move),
            at=tuple(self.place(self.origin, id) for id in move.at),
            to=self.place(self.target, move.to[0]),
            to_id=move.to[0],
            relation=text(f"mapping.{move.ways[0].relation.value}", lang),
            certainty=text(f"certainty.{move.certainty.value}", lang),
            why="; ".join(dict.fromkeys(why for way in move.ways for why in self.why(way))),
        )

    def why(self, way: Destination) -> Iterator[str]:
        """Say which of an element's kind, role or place decided, by which source, and what is noted there."""
        lang, roles = self.lang, self.target.roles
        for row in way.rows:
            found = [roles[role].in_(lang) for role in row.role]
            found += [kind.in_(lang) for kind in row.kind]
            key = "role" if row.role else "kind" if row.kind else "place"
            source = self.sources.get(row.source)
            yield text(f"way.{key}", lang, found=", ".join(found), source=name(source, lang) if source else row.source)
            if row.note:
                yield row.note

    def questions(self, moves: Iterable[Move]) -> Iterator[Question]:
        """Ask once what is asked of several things of one decider; what concerns most things first."""
        grouped: dict[tuple[tuple[str, ...], tuple[str, ...], str], list[Subject]] = {}
        for move in moves:
            asks = tuple(question.in_(self.lang) for question in move.questions)
            grouped.setdefault((asks, move.to, move.decider), []).append(self.subject(move))
        for (asks, to, decider), subjects in sorted(grouped.items(), key=lambda item: -len(item[1])):
            candidates = tuple((id, self.place(self.target, id)) for id in to)
            yield Question(asks, candidates, label(self.architecture, decider, self.lang), tuple(subjects))

    def homeless(self, moves: Iterable[Move]) -> Iterator[Homeless]:
        def why(move: Move) -> str:
            rows = [row for way in move.ways for row in way.rows]
            notes = [row.decide.in_(self.lang) if row.decide else row.note or "" for row in rows]
            return "; ".join(filter(None, dict.fromkeys(notes)))

        for words, some in groupby(sorted(moves, key=why), key=why):
            yield Homeless(words, tuple(self.subject(move) for move in some))


def _gaps(after: Architecture, target: Edition, lang: str) -> Iterator[Gap]:
    """Give the places that must or are expected to hold something, with nothing at them nor below."""
    places = target.words.places
    waiting = [*ArchitectureGraph(after).places(target.places_of)]
    filled: set[str] = set()
    for held in waiting:
        if held in places and held not in filled:
            filled.add(held)
            waiting += filter(None, (places[held].parent,))
    for id, place in places.items():
        if place.obligation in BINDING and id not in filled:
            yield Gap(id, place.name.in_(lang), text(f"obligation.{place.obligation.value}", lang))


def _shared(after: Architecture, words: Words, lang: str) -> Iterator[Gap]:
    """Give the platforms of the nation that serve all (group A) and whose code no element bears or refers to."""
    used: set[object] = {code for one in after.elements.values() for code in one.codes.values()}
    used |= {one.reference.code for one in after.elements.values() if one.reference and one.reference.code}
    for id, platform in words.shared.items():
        if platform.list == "A" and id not in used:
            yield Gap(id, platform.name.in_(lang), platform.owner or "")


def _judged(origin: Edition, target: Edition, results: Results, shelf: Path, lang: str) -> Iterator[Judged]:
    before, now, after = (
        {one.requirement: one for one in result.requirements}
        for result in (results.origin, results.target, results.target_after)
    )
    going_on: set[str] = set()
    for id, requirement in target.requirements.items():
        olds = sorted(lineage(id, target.requirements, shelf) & before.keys())
        going_on.update(olds)
        yield Judged(
            id,
            requirement.title.in_(lang),
            "; ".join(_status(before[old], lang) for old in olds),
            _status(now[id], lang),
            _failing(now[id]),
            _status(after[id], lang),
            _failing(after[id]),
        )
    for id, result in before.items():
        if id not in going_on:
            yield Judged(id, origin.requirements[id].title.in_(lang), _status(result, lang), "", 0, "", 0)


def _day(result: CheckResult, lang: str) -> str:
    return day(result.on, lang) if result.on else ""


def _status(result: RequirementResult, lang: str) -> str:
    return text(f"status.{result.status.value}", lang)


def _failing(result: RequirementResult) -> int:
    return result.counts.get(Status.FAIL, 0)


def _changed(one: CheckResult, other: CheckResult) -> tuple[str, ...]:
    """Name the requirements whose result is another."""
    pairs = zip(one.requirements, other.requirements, strict=True)
    return tuple(
        before.requirement
        for before, after in pairs
        if (before.status, dict(before.counts)) != (after.status, dict(after.counts))
    )
