"""Forms that came back, into the architecture's files: new comments and answers as a patch, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kientruc.consultation import form
from kientruc.consultation.about import Codes, resolved
from kientruc.consultation.filled import Entry, Filled, blocked
from kientruc.consultation.written import patch_for
from kientruc.editing.patch import Patch
from kientruc.finding import Finding, Severity, fingerprint
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.model.approval import Answer, Comment, Round
from kientruc.model.architecture import Architecture
from kientruc.model.record import Unknown
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.source import Span

FLOOD = 1_000  # blockers after which no further row is looked at: nothing will be taken anyway
_TEXTS = ("passage", "quote", "text", "proposal", "grounds")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking forms in: the patch, empty where a finding forbids it, and what it would add.

    `already` counts the rows that stand in the files as they are, `answers` are pairs of round and body.
    """

    patch: Patch
    new: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    already: int
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether nothing may be written."""
        return blocked(self.findings)


def take(
    root: Path,
    loaded: Loaded,
    forms: Sequence[Filled],
    round: str = "",
    body: str = "",
    into: str = "",
    limits: Limits = DEFAULT,
) -> Taken:
    """Plan what forms bring; nothing is written yet. One blocker in any of them, and nothing of any is taken.

    Args:
        root: the root file `loaded` came from.
        round: for forms that have lost their keys; it must not contradict those that have them.
        body: the same.
        into: the file for new comments, relative to the root's folder; "" for where comments stand.
    Raises:
        EditRefused: a file cannot be edited, or would not load afterwards.
    """
    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    taking = _Taking(architecture)
    for one in forms:
        taking.form(one, round, body)
    taking.finish()
    findings = tuple(sorted(taking.findings, key=lambda finding: finding.order))
    if blocked(findings) or not (taking.comments or taking.answers):
        return Taken(Patch(()), (), (), taking.already, findings)
    patch = patch_for(root, loaded, taking.comments, taking.answers, into, limits)
    return Taken(patch, tuple(taking.comments), tuple(taking.answers), taking.already, findings)


def content(architecture: Architecture, comment: Comment | Mapping[str, object]) -> str:
    """Name a comment by what it says: round, body, what it is about, its texts, however they are wrapped."""
    data = comment.model_dump(by_alias=False) if isinstance(comment, Comment) else {**comment}
    sender = data["from_"] if "from_" in data else data["from"]
    about = {id for one in _listed(data.get("about")) for id in resolved(architecture, one)}
    texts = (" ".join(str(data.get(name) or "").split()) for name in _TEXTS)
    return fingerprint(str(data["round"]), str(sender), " ".join(sorted(about)), *texts)


@dataclass
class _Taking:
    """Goes through forms, row by row, and remembers what it has seen of all of them."""

    architecture: Architecture
    comments: dict[str, dict[str, object]] = field(default_factory=dict)
    answers: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)
    already: int = 0
    findings: list[Finding] = field(default_factory=list)
    seen: dict[str, Span] = field(default_factory=dict)  # what these forms say, and where first
    places: dict[str, Span] = field(default_factory=dict)  # of the ids given so far
    counted: int = 0  # findings among which blockers were counted
    blockers: int = 0
    last: dict[str, int] = field(default_factory=dict)  # the last number behind each beginning of an id
    waiting: list[tuple[dict[str, object], Span]] = field(default_factory=list)  # for an id

    def __post_init__(self) -> None:
        comments = self.architecture.records["comments"].values()
        self.known = {content(self.architecture, one): one for one in comments}
        self.codes = Codes(self.architecture)

    def tell(self, code: str, at: Span | None, severity: Severity = Severity.BLOCKER, **values: str) -> None:
        self.findings.append(Finding(code, at, values, severity=severity))

    def form(self, filled: Filled, round: str, body: str) -> None:
        self.findings += filled.findings
        asked = self.whose(filled, round, body) if not blocked(filled.findings) else None
        if asked is None:
            return
        found, sender = asked
        if not filled.entries and not filled.position:
            self.tell("C-NOTHING", filled.source, Severity.MINOR, path=filled.source.path)
        if sender and filled.position:
            self.answer(filled, found, sender)
        for entry in filled.entries:
            if self.is_flooded():
                self.tell("C-FLOOD", entry.at("text"), limit=str(FLOOD))
                return
            self.entry(filled, entry, found, sender)

    def is_flooded(self) -> bool:
        """Tell whether so much forbids taking anything that nobody would read more."""
        self.blockers += sum(one.severity is Severity.BLOCKER for one in self.findings[self.counted :])
        self.counted = len(self.findings)
        return self.blockers > FLOOD

    def whose(self, filled: Filled, round: str, body: str) -> tuple[Round, str] | None:
        """Tell which round and body a form is of; None, and why, where it cannot be taken."""
        keys, at, head = filled.keys, filled.source, self.architecture.head
        if not keys and not round:
            self.tell("C-FORM", at, path=at.path)
            return None
        if keys and keys["architecture"] != head.id:
            self.tell("C-ARCHITECTURE", at, found=keys["architecture"], here=head.id)
            return None
        round, body = self.one("round", keys, round, at), self.one("body", keys, body, at)
        if keys and keys["version"] != (head.version or ""):
            found = {"found": keys["version"] or "–", "here": head.version or "–"}
            self.tell("C-VERSION", at, Severity.MINOR, **found)
        rounds = self.architecture.records["rounds"]
        if round not in rounds:
            self.tell("C-ROUND", at, found=round, near=nearest(round, rounds), allowed=", ".join(rounds) or "–")
            return None
        if body and not self.is_body(body, rounds[round], at):
            return None
        return rounds[round], body

    def one(self, key: str, keys: Mapping[str, str], given: str, at: Span) -> str:
        """Give what the form says, or the command; both must not say different things."""
        said = keys.get(key, "")
        if said and given and said != given:
            self.tell("C-OTHER", at, found=said, given=given)
        return said or given

    def is_body(self, body: str, round: Round, at: Span) -> bool:
        known = self.architecture.organisations
        if body not in known:
            self.tell("C-BODY", at, found=body, near=nearest(body, round.bodies or known))
            return False
        if round.bodies and body not in round.bodies:
            self.tell("C-ASKED", at, Severity.MINOR, body=body, round=round.id)
        return True

    def answer(self, filled: Filled, round: Round, body: str) -> None:
        """Take the body's position in, unless another is recorded."""
        told = {"position": filled.position, "date": filled.date, "letter": filled.letter}
        new: dict[str, object] = {key: value for key, value in told.items() if value}
        at = filled.position_at or filled.source
        there = round.answers.get(body)
        earlier = self.answers.get((round.id, body))
        if there is None and earlier is None:
            self.answers[round.id, body] = new
        elif not _agrees(there or earlier or {}, new):
            self.tell("C-ANSWER", at, Severity.MAJOR, body=body, round=round.id)

    def entry(self, filled: Filled, entry: Entry, round: Round, body: str) -> None:
        """Take one row in, unless it is there already."""
        fields = entry.fields
        sender = body or self.codes.code(fields["body"])
        if not body and not (sender and self.is_body(sender, round, entry.at("body"))):
            if not sender:
                self.tell("C-NOBODY", entry.at("body"), row=str(entry.row.number))
            return
        about = self.codes.about(filled, entry, self.findings)
        data: dict[str, object] = {"round": round.id, "from": sender, "person": fields["person"]}
        data |= {"letter": fields["letter"], "date": entry.date}
        if not filled.position:  # else it stands in the answer
            data |= {"letter": fields["letter"] or filled.letter, "date": entry.date or filled.date}
        passage = "; ".join(filter(None, (self.codes.passage(fields["passage"]), *about.gone)))
        data |= {"passage": passage[:1000], "quote": fields["quote"], "about": list(about.ids)}
        data |= {key: fields[key] for key in ("text", "proposal", "grounds")}
        data["note"] = about.note
        data = {key: value for key, value in data.items() if value}
        if re.fullmatch(rf"{re.escape(form.prefix(round.id, sender))}\d{{2,4}}", fields["id"]):
            self.put(data, fields["id"], entry.at("text"))
        else:
            self.waiting.append((data, entry.at("text")))

    def finish(self) -> None:
        """Give numbers to the rows that have none, once those of all others are known."""
        for data, at in self.waiting:
            self.put(data, "", at)

    def put(self, data: dict[str, object], theirs: str, at: Span) -> None:
        """Give a comment its id, `theirs` if the form has one for it, or tell that it is there."""
        name = content(self.architecture, data)
        there = self.known.get(name) or self.architecture.records["comments"].get(theirs)
        if there is not None:
            self.already += 1
            if odd := self.differs(there, data):
                self.already -= 1
                fields = ", ".join(odd)
                self.tell("C-CHANGED", at, Severity.MAJOR, id=there.id, fields=fields, where=str(there.span() or "–"))
        elif name in self.seen:
            self.tell("C-TWICE", at, Severity.MINOR, first=str(self.seen[name]))
        elif theirs in self.places:
            self.tell("C-SAME", at, id=theirs, first=str(self.places[theirs]))
        else:
            start = form.prefix(str(data["round"]), str(data["from"]))
            id = theirs if theirs and not self.architecture.find(theirs) else self.free(start)
            self.comments[id] = data
            self.seen[name] = self.places[id] = at

    def differs(self, there: Comment, data: Mapping[str, object]) -> list[str]:
        """Give the fields in which a row says something else than what was taken in from it."""
        names = [] if content(self.architecture, there) == content(self.architecture, data) else [*_TEXTS, "about"]
        old = there.model_dump(by_alias=False)
        odd = [name for name in ("person", "letter", "date") if data.get(name) and data[name] != old[name]]
        for name in names:
            before, after = (" ".join(_words(one.get(name)).split()) for one in (old, data))
            if before != after:
                odd.append(name)
        return odd

    def free(self, start: str) -> str:
        """Give an id that nothing bears, behind all that begin alike; they are looked through once."""
        if start not in self.last:
            sections = (*self.architecture.records.values(), self.comments)
            taken = (id for section in sections for id in section if id.startswith(start))
            self.last[start] = max((int(rest) for id in taken if (rest := id[len(start) :]).isdecimal()), default=0)
        while True:
            self.last[start] += 1
            id = f"{start}{self.last[start]:02}"
            if id not in self.comments and not self.architecture.find(id):
                return id


def _listed(value: object) -> list[str]:
    return [*map(str, value)] if isinstance(value, tuple | list) else []


def _words(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple | list) else str(value or "")


def _agrees(there: Answer | Mapping[str, object], new: Mapping[str, object]) -> bool:
    old = there.model_dump() if isinstance(there, Answer) else there
    return all(old.get(key) is None or isinstance(old[key], Unknown | dict) or old[key] == new[key] for key in new)
