"""What the reviewer's waivers and answers make of each outcome, for one edition on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from kientruc.finding import Finding, Severity
from kientruc.result import Answer, Status, WaiverUse
from kientruc.review import Review
from kientruc.validators.hindrances import (
    first_day,
    hindrances,
    is_known,
    notes_on_answer,
    notes_on_waiver,
)
from kientruc.validators.matter import Found, Matter, days

if TYPE_CHECKING:
    from kientruc.review.answers import GivenAnswer
    from kientruc.review.waivers import Waiver

QUESTION = "question"  # the reason of an outcome that waits for a person's answer
ANSWERED = "answered"  # the reason of one that has it


class Settled(NamedTuple):
    """One outcome after the review: with the waiver that covers it, and the requests that name it."""

    found: Found
    waiver: str = ""
    requested: tuple[str, ...] = ()


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def requirement(self) -> str: ...
    @property
    def subjects(self) -> tuple[str, ...]: ...


N = TypeVar("N", bound=_Named)


class Covers(Generic[N]):
    """Records that name a requirement and subjects. A record covers an outcome only if it names all its subjects."""

    def __init__(self, records: Iterable[N]) -> None:
        self.by_subject: dict[tuple[str, str], list[N]] = {}
        for record in records:
            for subject in dict.fromkeys(record.subjects):
                self.by_subject.setdefault((record.requirement, subject), []).append(record)

    def of(self, requirement: str, subjects: tuple[str, ...]) -> Iterator[N]:
        """Give the records that cover an outcome, in the order they were given."""
        for record in self.by_subject.get((requirement, subjects[0]), ()):
            if set(subjects) <= set(record.subjects):
                yield record


class Reviewed:
    """The review as it stands for one matter. It counts what each waiver covers, exactly."""

    def __init__(self, matter: Matter, review: Review, model_sha256: str = "") -> None:
        self.matter, self.review, self.model_sha256 = matter, review, model_sha256
        edition = matter.edition
        self.waivers = tuple(one for one in review.waivers if one.edition == edition.id)
        self.hindrances = {one.id: hindrances(one, edition, matter.on) for one in self.waivers}
        self.covering: Covers[Waiver] = Covers(self.waivers)
        requests = matter.architecture.records["waiver_requests"].values()
        self.requests = Covers(tuple(requests))
        given = (one for one in review.answers if one.edition == edition.id)
        self.earlier = {(one.requirement, one.check): one for one in given if one.model_sha256 != model_sha256}
        self.covered: Counter[str] = Counter()
        self.met: dict[str, set[str]] = {}  # the subjects of each waiver for which something fails
        self.asked: set[tuple[str, str]] = set()
        self.watched = frozenset(one.requirement for one in self.waivers)
        self.seen: set[str] = set()  # what the outcomes of these requirements are about

    def settle(self, requirement: str, check: str, found: Found) -> Settled:
        """Apply the waivers: one applies only to what fails, and never changes what is found."""
        found = self._asked(requirement, check, found)
        if requirement in self.watched:
            self.seen.update(found.subjects)
        if found.status is not Status.FAIL:
            return Settled(found)
        subjects = found.subjects or (self.matter.architecture.head.id,)
        requested = tuple(one.id for one in self.requests.of(requirement, subjects))
        waivers = tuple(self.covering.of(requirement, subjects))
        for waiver in waivers:
            self.covered[waiver.id] += 1
            self.met.setdefault(waiver.id, set()).update(subjects)
        standing = next((one for one in waivers if not self.hindrances[one.id]), None)
        if standing is not None:
            return Settled(replace(found, status=Status.WAIVED), standing.id, requested)
        return Settled(found, waivers[0].id if waivers else "", requested)

    def _asked(self, requirement: str, check: str, found: Found) -> Found:
        """Note that a person was asked. An answer given for another version is told, and counts for nothing."""
        if found.reason not in (QUESTION, ANSWERED):
            return found
        self.asked.add((requirement, check))
        earlier = self.earlier.get((requirement, check))
        if found.reason == ANSWERED or earlier is None:
            return found
        values = {**found.values, "who": earlier.by, **days((earlier.date,), "on")}
        return replace(found, reason="answered-before", values=values)

    def register(self) -> tuple[WaiverUse, ...]:
        """Give one line for each waiver of this edition, in id order."""
        return tuple(self._use(waiver) for waiver in self.waivers)

    def _use(self, waiver: Waiver) -> WaiverUse:
        by = waiver.approved_by
        return WaiverUse(
            id=waiver.id,
            requirement=waiver.requirement,
            subjects=waiver.subjects,
            state=waiver.state,
            reason=waiver.reason,
            reason_en=waiver.reason_en or waiver.reason,
            basis=waiver.basis.number if waiver.basis else "",
            requested_by=waiver.requested_by,
            approved_by=by.name if by else "",
            role=by.role if by else "",
            first=first_day(waiver),
            expires=waiver.expires,
            days_left=(waiver.expires - self.matter.on).days,
            covers=self.covered[waiver.id],
            hindrances=self.hindrances[waiver.id],
        )

    def notes(self, checked: frozenset[str], partial: bool) -> tuple[Finding, ...]:
        """Tell what is wrong with waivers and answers, each at its place.

        Args:
            checked: the ids of all editions of this run.
            partial: whether requirements were left out: then nothing is said to be unused.
        """
        edition = self.matter.edition.id
        known = self._known()
        found = list(self.review.notes)
        for waiver in self.review.waivers:
            if waiver.edition == edition or waiver.edition not in checked:
                found.extend(notes_on_waiver(waiver, self.matter, self.hindrances.get(waiver.id, ()), known))
            if waiver.edition == edition and not self.hindrances[waiver.id] and not partial:
                found.extend(self._unused(waiver, known))
        for answer in self.review.answers:
            if answer.edition == edition or answer.edition not in checked:
                found.extend(notes_on_answer(answer, self.matter))
            if answer.edition == edition and not partial:
                found.extend(self._unasked(answer))
        return tuple(sorted(found, key=lambda note: note.order))

    def _known(self) -> Set[str]:
        """Give the ids an outcome can be about."""
        if not self.review.waivers:
            return frozenset()
        architecture = self.matter.architecture
        ids = (id for section in architecture.records.values() for id in section)
        return {architecture.head.id, *ids, *self.matter.edition.words.places, *self.seen}

    def _unused(self, waiver: Waiver, known: Set[str]) -> Iterator[Finding]:
        """Tell what a waiver is not needed for: it would go on excusing what may come."""
        idle = [one for one in waiver.subjects if one in known and one not in self.met.get(waiver.id, ())]
        if not self.covered[waiver.id]:
            yield Finding("R-UNUSED", waiver.span(), {"id": waiver.id}, severity=Severity.MINOR)
        elif idle:
            values = {"id": waiver.id, "subjects": ", ".join(idle)}
            yield Finding("R-IDLE", waiver.span("subjects"), values, severity=Severity.MINOR)

    def _unasked(self, answer: GivenAnswer) -> Iterator[Finding]:
        """Tell of an answer to what nobody asked, or that was given for another version."""
        if not is_known(answer, self.matter):
            return
        if answer.question[1:] not in self.asked:
            yield Finding("R-UNASKED", answer.span("check"), {"id": answer.id}, severity=Severity.MINOR)
        elif answer.model_sha256 != self.model_sha256:
            yield Finding("R-STALE", answer.span("model_sha256"), {"id": answer.id}, severity=Severity.MINOR)


def answers(review: Review, edition: str, model_sha256: str) -> Mapping[tuple[str, str], Answer]:
    """Give the answers that hold for an edition and this very model, by requirement and check."""
    return {
        (one.requirement, one.check): Answer(Status(one.status), one.by, one.date, one.note or "–")
        for one in review.answers
        if one.edition == edition and one.model_sha256 == model_sha256
    }
