"""One edition as its folder tells it: identity and days, words, law, requirements, and what was not read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kientruc.finding import Finding
from kientruc.frameworks import requirements as requirement_files
from kientruc.frameworks.about import EditionFile
from kientruc.frameworks.folder import Files, open_folder
from kientruc.frameworks.law import LawRegister, first_day
from kientruc.frameworks.law_files import common_law, read_law
from kientruc.frameworks.lineage import Lineage
from kientruc.frameworks.path import PathStep, load_path
from kientruc.frameworks.reader import EditionError, Problems, unknown, validated
from kientruc.frameworks.requirement import Checks, NotRead, Requirement
from kientruc.frameworks.shelf import COMMON, EDITIONS, about_of, common, edition_ids, shelved
from kientruc.frameworks.vocabulary import Words
from kientruc.frameworks.words import read_words
from kientruc.model.legal import Source
from kientruc.model.record import adapter
from kientruc.source import SourceFile, Span

if TYPE_CHECKING:
    from kientruc.frameworks.forms import Forms


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
    forms: Forms | None = None
    path: Mapping[str, PathStep] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The edition's id."""
        return self.about.id

    @property
    def places_of(self) -> str:
        """The id under which elements and components name their places: the edition's own, or the one it is beside."""
        return self.about.words_from or self.id

    def example(self, snippet: str) -> str:
        """Give an example as a whole architecture: one that does not begin with `format:` gets the standard head."""
        return snippet if snippet.startswith("format:") else self.about.example_head + snippet

    def applies(self, requirement: Requirement) -> tuple[date | None, date | None]:
        """Give the first and the last day a requirement binds; an end that is open or not known is None."""
        document = requirement.clause[0].document
        return (
            requirement.applies_from or first_day(self.law.documents[document]),
            requirement.applies_until or self.law.last_day(document),
        )


@cache
def load_edition(id: str, checks: Checks, folder: Path = EDITIONS) -> Edition:
    """Read an edition.

    Args:
        checks: reads the list `checks` of a requirement; the kinds of check live on a higher floor.
    Raises:
        KeyError: there is no such edition.
        EditionError: something in it is misspelt, missing or not what it claims; all findings at once.
    """
    return from_files(shelved(id, folder), id, checks, folder)


def load_pack(path: Path, checks: Checks, shelf: Path = EDITIONS) -> Edition:
    """Read an edition from a folder that somebody gives; what it starts from is one of ours.

    Raises:
        EditionError: as for `load_edition`, and where the folder holds what no edition may hold.
    """
    return from_files(open_folder(path), None, checks, shelf)


def from_files(files: Files, id: str | None, checks: Checks, shelf: Path) -> Edition:
    """Make an edition of an opened folder; an id tells which one it must be."""
    about = about_of(files, shelf, id)
    base = load_edition(about.starts_from, checks, shelf) if about.starts_from else None
    problems = Problems()
    words = problems.catch(read_words, files, shelf, about)
    below = (base.law, base.sources) if base else common_law()
    law, sources = problems.catch(read_law, files, *below) or (None, {})
    not_read = problems.catch(_not_read, files)
    if words is None or law is None or not_read is None:
        raise EditionError(problems)
    lineage = Lineage(shelf, about, base.requirements if base else {})
    own, spans, wrong = requirement_files.load(files, words, law, checks, lineage)
    problems += wrong
    forms = problems.catch(_forms, files, words) or (base.forms if base else None)
    path = problems.catch(_path, files, law, sources) or {}
    problems += _wrong_words(about, files["edition.yaml"][0], base, law, shelf)
    if problems:
        raise EditionError(problems)
    found = {**lineage.taken, **own}
    return Edition(
        about,
        words,
        law,
        sources,
        {name: found[name] for name in sorted(found)},
        not_read,
        _sha256(base.sha256 if base else "", (file for _, file in (*map(common, COMMON), *files.values()))),
        spans,
        forms,
        path,
    )


def _forms(files: Files, words: Words) -> Forms | None:
    if "forms.yaml" not in files:
        return None
    from kientruc.frameworks.forms import load_forms  # most editions have none, and a form is many models

    return load_forms(files["forms.yaml"][0], words)


def _path(files: Files, law: LawRegister, sources: Mapping[str, Source]) -> Mapping[str, PathStep]:
    return load_path(files["path.yaml"][0], law.documents, sources) if "path.yaml" in files else {}


def _not_read(files: Files) -> tuple[NotRead, ...]:
    if "not_read.yaml" not in files:
        return ()
    top, _ = files["not_read.yaml"]
    found: dict[str, tuple[NotRead, ...]] = validated(adapter(dict[str, tuple[NotRead, ...]]), top, top)
    return tuple(entry for entries in found.values() for entry in entries)


def _wrong_words(
    about: EditionFile, top: Any, base: Edition | None, law: LawRegister, shelf: Path
) -> Iterator[Finding]:
    """Refuse what `edition.yaml` names and nobody knows: documents, editions, what it drops of its base."""
    base_names = {*base.requirements, *base.words.places} if base else set()
    editions = edition_ids(shelf)
    for names, what, known, path in (
        ((about.instrument.document,), "document", law.documents, ("instrument", "document")),
        (about.instrument.amended_by, "document", law.documents, ("instrument", "amended_by")),
        (about.replaces, "edition", editions, ("replaces",)),
        (about.amends, "edition", editions, ("amends",)),
        ((about.superseded.by,) if about.superseded else (), "edition", editions, ("superseded", "by")),
        (about.drops, "drops", base_names, ("drops",)),
    ):
        for name in names:
            if name not in known:
                yield unknown(name, what, known, top.span(*path))


def _sha256(base: str, files: Iterable[SourceFile]) -> str:
    """Hash what an edition is made of: path and hash of each file, the common ones too, and the edition below it."""
    lines = [base, *(f"{file.path} {file.sha256}" for file in files)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
