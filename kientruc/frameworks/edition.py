"""One edition as its folder tells it: identity and days, words, law, requirements, and what was not read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, Strict, TypeAdapter

from kientruc.finding import Finding
from kientruc.frameworks import requirements as requirement_files
from kientruc.frameworks.law import LawRegister
from kientruc.frameworks.reader import EditionError, keyed, read, unknown, validated
from kientruc.frameworks.requirement import NotRead, Requirement
from kientruc.frameworks.vocabulary import Bilingual, Late, Role, Vocabulary, Words
from kientruc.model.legal import LegalDocument, Source
from kientruc.model.values import Certainty, Day, Id, Line, Text
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.source import SourceFile, Span

HERE = Path(__file__).parent
EDITIONS = HERE / "editions"


class Days(Late):
    """The first and the last day something holds; an open end is null."""

    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None


class Instrument(Late):
    """The document that issues the edition."""

    document: Id
    certainty: Certainty
    note: Text | None = None


class Policy(Late):
    """What an edition knows of exceptions."""

    waivers: bool  # whether a waiver exists at all; if not, one is printed but changes nothing
    max_days: Annotated[int, Strict(), Field(ge=1)] | None = None  # the longest a waiver may last
    certainty: Certainty
    note: Bilingual | None = None


class EditionFile(Late):
    """The whole of `edition.yaml`."""

    id: Id
    name: Bilingual
    instrument: Instrument
    in_force: Days
    replaces: tuple[Id, ...] = ()
    amends: tuple[Id, ...] = ()
    starts_from: Id | None = None
    drops: tuple[Id, ...] = ()
    policy: Policy
    source: Line | None = None
    note: Bilingual | None = None
    example_head: Text


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition with everything it holds, requirements in id order."""

    about: EditionFile
    words: Words
    law: LawRegister
    sources: Mapping[str, Source]
    requirements: Mapping[str, Requirement]
    not_read: tuple[NotRead, ...]
    sha256: str
    spans: Mapping[str, Span]

    @property
    def id(self) -> str:
        """The edition's id."""
        return self.about.id

    def example(self, snippet: str) -> str:
        """Give an example as a whole architecture: one that does not begin with `format:` gets the standard head."""
        return snippet if snippet.startswith("format:") else self.about.example_head + snippet

    def applies(self, requirement: Requirement) -> tuple[date | None, date | None]:
        """Give the first and the last day a requirement binds; an end that is open or not known is None."""
        document = self.law.documents[requirement.clause[0].document]
        return (
            requirement.applies_from or document.from_ or document.date,
            requirement.applies_until or document.until,
        )


Checks = TypeAdapter[Any]


def edition_ids(folder: Path = EDITIONS) -> tuple[str, ...]:
    """Name the editions that are there, in id order."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/edition.yaml")))


@cache
def roles() -> Mapping[str, Role]:
    """Give the one register of roles, by id."""
    top, _ = read(Workspace(HERE, DEFAULT), "roles.yaml")
    found: dict[str, Role] = validated(TypeAdapter(dict[str, Role]), top, top)
    _check_roles(found, top)
    return {id: found[id] for id in sorted(found)}


@cache
def load_words(id: str, folder: Path = EDITIONS) -> Words:
    """Give an edition's places and code lists alone, with the roles: all that reading an architecture needs.

    Raises:
        KeyError: there is no such edition.
        EditionError: its files are wrong.
    """
    files = _open(id, folder)
    return _words(files, folder, _about(files, id))


@cache
def load_edition(id: str, checks: Checks, folder: Path = EDITIONS) -> Edition:
    """Read an edition.

    Args:
        checks: reads the list `checks` of a requirement; the kinds of check live on a higher floor.
    Raises:
        KeyError: there is no such edition.
        EditionError: something in it is misspelt, missing or not what it claims; all findings at once.
    """
    files = _open(id, folder)
    about = _about(files, id)
    base = load_edition(about.starts_from, checks, folder) if about.starts_from else None
    words = _words(files, folder, about)
    law, sources = _law(files)
    if base:
        law = LawRegister({**base.law.documents, **law.documents})
        sources = {**base.sources, **sources}
    own, spans, problems = requirement_files.load(files, words, law, checks)
    problems += _wrong_words(about, files["edition.yaml"][0], words, law)
    if problems:
        raise EditionError(problems)
    taken = {name: kept for name, kept in base.requirements.items() if name not in about.drops} if base else {}
    found = {**taken, **own}
    return Edition(
        about,
        words,
        law,
        sources,
        {name: found[name] for name in sorted(found)},
        _not_read(files),
        _sha256(base.sha256 if base else "", (file for _, file in files.values())),
        spans,
    )


Files = dict[str, tuple[Any, SourceFile]]


@cache
def _open(id: str, folder: Path) -> Files:
    if id not in edition_ids(folder):
        raise KeyError(id)
    workspace = Workspace(folder / id, DEFAULT)
    paths = sorted(path.relative_to(folder / id).as_posix() for path in (folder / id).rglob("*.yaml"))
    return {path: read(workspace, path) for path in paths}


def _about(files: Files, id: str) -> EditionFile:
    top, _ = files["edition.yaml"]
    about: EditionFile = validated(TypeAdapter(EditionFile), top, top)
    if about.id != id:
        raise EditionError([Finding("E-ID", top.span("id"), {"found": about.id, "expected": id})])
    return about


def _words(files: Files, folder: Path, about: EditionFile) -> Words:
    base = load_words(about.starts_from, folder) if about.starts_from else Words(roles=roles())
    if "vocabulary.yaml" not in files:
        return base
    top, _ = files["vocabulary.yaml"]
    found: Vocabulary = validated(TypeAdapter(Vocabulary), top, top)
    places = {**base.places, **found.places}
    wrong = [
        unknown(place.parent, "place", places, top.span("places", id, "parent"))
        for id, place in found.places.items()
        if place.parent and place.parent not in places
    ]
    if wrong:
        raise EditionError(wrong)
    ordered = dict(sorted(places.items(), key=lambda item: (item[1].order, item[0])))
    lists, fields = {**base.lists, **found.lists}, {**base.fields, **found.fields}
    return Words(ordered, lists, fields, roles(), found.nothing or base.nothing)


def _law(files: Files) -> tuple[LawRegister, Mapping[str, Source]]:
    if "law.yaml" not in files:
        return LawRegister({}), {}
    top, _ = files["law.yaml"]
    for key in top:
        if key not in ("sources", "legal"):
            raise EditionError([Finding("E-KEY", top.key_span(key), {"key": key})])
    sources = validated(TypeAdapter(dict[str, Source]), keyed(top["sources"]), top["sources"])
    legal = validated(TypeAdapter(dict[str, LegalDocument]), keyed(top["legal"]), top["legal"])
    wrong = [
        unknown(name, what, known, top["legal"].span(id, field))
        for id, document in legal.items()
        for what, known, field, names in (
            ("source", sources, "source", document.sources),
            ("document", legal, "amends", document.amends),
            ("document", legal, "replaces", document.replaces),
            ("document", legal, "replaced_by", document.replaced_by),
        )
        for name in names
        if name not in known
    ]
    if wrong:
        raise EditionError(wrong)
    return LawRegister({id: legal[id] for id in sorted(legal)}), sources


def _not_read(files: Files) -> tuple[NotRead, ...]:
    if "not_read.yaml" not in files:
        return ()
    top, _ = files["not_read.yaml"]
    found: dict[str, tuple[NotRead, ...]] = validated(TypeAdapter(dict[str, tuple[NotRead, ...]]), top, top)
    return tuple(entry for entries in found.values() for entry in entries)


def _wrong_words(about: EditionFile, top: Any, words: Words, law: LawRegister) -> list[Finding]:
    if about.instrument.document in law.documents:
        return []
    return [unknown(about.instrument.document, "document", law.documents, top.span("instrument", "document"))]


def _check_roles(found: Mapping[str, Role], top: Any) -> None:
    wrong = [
        unknown(role.is_, "role", found, top.span(id, "is"))
        for id, role in found.items()
        if role.is_ and role.is_ not in found
    ]
    if wrong:
        raise EditionError(wrong)


def _sha256(base: str, files: Iterable[SourceFile]) -> str:
    """Hash what an edition is made of: the path and hash of each of its files, and the edition it starts from."""
    lines = [base, *(f"{file.path} {file.sha256}" for file in files)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
