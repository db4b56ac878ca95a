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
from kientruc.frameworks.about import VOCABULARY, EditionFile
from kientruc.frameworks.folder import Files, open_folder
from kientruc.frameworks.law import LawRegister, first_day
from kientruc.frameworks.lineage import Lineage
from kientruc.frameworks.path import PathStep, load_path
from kientruc.frameworks.reader import EditionError, Problems, keyed, nearest, read, unknown, validated
from kientruc.frameworks.requirement import Checks, NotRead, Requirement
from kientruc.frameworks.vocabulary import Place, Role, Stack, Vocabulary, Words
from kientruc.model.legal import LegalDocument, Source
from kientruc.model.record import adapter
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.reading.tree import Mapping as Written
from kientruc.source import SourceFile, Span

if TYPE_CHECKING:
    from kientruc.frameworks.forms import Forms

HERE = Path(__file__).parent
EDITIONS = HERE / "editions"
COMMON = ("law.yaml", "roles.yaml")  # registers that all editions share


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


def edition_ids(folder: Path = EDITIONS) -> tuple[str, ...]:
    """Name the editions that are there, in id order."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/edition.yaml")))


@cache
def roles() -> Mapping[str, Role]:
    """Give the one register of roles, by id."""
    top, _ = _common("roles.yaml")
    found: dict[str, Role] = validated(adapter(dict[str, Role]), top, top)
    _check_roles(found, top)
    return {id: found[id] for id in sorted(found)}


@cache
def _common(path: str) -> tuple[Any, SourceFile]:
    """Read a file that all editions share."""
    return read(Workspace(HERE, DEFAULT), path)


@cache
def load_words(id: str, folder: Path = EDITIONS) -> Words:
    """Give an edition's places and code lists alone, with the roles: all that reading an architecture needs.

    Raises:
        KeyError: there is no such edition.
        EditionError: its files are wrong.
    """
    files = shelved(id, folder)
    return _words(files, folder, _about(files, folder, id))


@cache
def stages_of(id: str, folder: Path = EDITIONS) -> tuple[str, ...]:
    """Name the steps of the way to approval that an edition knows, in their order; none where it tells no path.

    Raises:
        KeyError: there is no such edition.
        EditionError: its files are wrong.
    """
    files = shelved(id, folder)
    return tuple(files["path.yaml"][0].get("steps", ())) if "path.yaml" in files else ()


@cache
def places_of(id: str, folder: Path = EDITIONS) -> str:
    """Give the edition whose places an edition is held against.

    Raises:
        KeyError: there is no such edition.
    """
    return _about(shelved(id, folder), folder, id).words_from or id


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
    about = _about(files, shelf, id)
    base = load_edition(about.starts_from, checks, shelf) if about.starts_from else None
    problems = Problems()
    words = problems.catch(_words, files, shelf, about)
    law, sources = problems.catch(_law, files, base) or (None, {})
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
        _sha256(base.sha256 if base else "", (file for _, file in (*map(_common, COMMON), *files.values()))),
        spans,
        forms,
        path,
    )


@cache
def shelved(id: str, shelf: Path) -> Files:
    """Open the folder of an edition that lies on a shelf.

    Raises:
        KeyError: there is no such edition.
        EditionError: the folder holds what it may not, or a file cannot be read.
    """
    if id not in edition_ids(shelf):
        raise KeyError(id)
    return open_folder(shelf / id)


def _about(files: Files, shelf: Path, id: str | None) -> EditionFile:
    top, _ = files["edition.yaml"]
    written = top.get("vocabulary")
    if isinstance(written, int) and written != VOCABULARY:
        values = {"found": str(written), "allowed": str(VOCABULARY)}
        raise EditionError([Finding("E-VOCABULARY", top.span("vocabulary"), values)])
    about: EditionFile = validated(adapter(EditionFile), top, top)
    if id is not None and about.id != id:
        raise EditionError([Finding("E-ID", top.span("id"), {"found": about.id, "needed": id})])
    _check_bases(about, top, shelf)
    return about


def _check_bases(about: EditionFile, top: Any, shelf: Path) -> None:
    """Refuse an edition that starts from one nobody knows, or, over however many, from itself."""
    beside = about.words_from
    if beside is not None and (beside == about.id or beside not in edition_ids(shelf)):
        raise EditionError([unknown(beside, "edition", edition_ids(shelf), top.span("words_from"))])
    seen, base = {about.id}, about.starts_from
    while base is not None:
        if base in seen:
            values = {"found": base, "what": "starts_from"}
            raise EditionError([Finding("E-CIRCLE", top.span("starts_from"), values)])
        if base not in edition_ids(shelf):
            raise EditionError([unknown(base, "edition", edition_ids(shelf), top.span("starts_from"))])
        seen.add(base)
        base = shelved(base, shelf)["edition.yaml"][0].get("starts_from")


def _words(files: Files, shelf: Path, about: EditionFile) -> Words:
    other = about.words_from or about.starts_from
    base = load_words(other, shelf) if other else Words(roles=roles())
    kept = without(base.places, about.drops)
    found, spans = _vocabulary(files)
    places = {**kept, **found.places}
    wrong = [
        unknown(place.parent, "place", places, spans["places", id].span("parent"))
        for id, place in found.places.items()
        if place.parent and place.parent not in places
    ]
    wrong = wrong or [
        Finding("E-CIRCLE", spans["places", id].span("parent"), {"found": id, "what": "parent"})
        for id in found.places
        if _is_inside_itself(id, places)
    ]
    wrong += [
        Finding("E-CODE", spans["lists", id].span("values", index), {"found": str(value)})
        for id, one in found.lists.items()
        for index, value in _odd_codes(one.values)
    ]
    wrong += _odd_stack(found.picture, places, spans)
    if wrong:
        raise EditionError(wrong)
    shared = {**base.shared, **found.shared}
    return Words(
        places=dict(sorted(places.items(), key=lambda item: (item[1].order, item[0]))),
        lists={**base.lists, **{id: one.filled(shared) for id, one in found.lists.items()}},
        shared=shared,
        fields={**base.fields, **found.fields},
        roles=roles(),
        nothing=found.nothing or base.nothing,
        picture=found.picture or _standing(base.picture, places),
    )


def _odd_stack(stack: Stack | None, places: Mapping[str, Place], spans: Mapping[tuple[str, str], Any]) -> list[Finding]:
    """Refuse what no figure can stack: a name that is no place, a place within another, a place named twice."""
    found, seen = list[Finding](), set[str]()
    tops = [id for id, place in places.items() if place.parent is None]
    for key, at, id in stack.named if stack else ():
        span = spans["picture", key].span(key, at)
        if id not in places:
            found.append(unknown(id, "place", tops, span))
        elif id in seen or places[id].parent is not None:
            allowed = ", ".join(one for one in tops if one not in seen)
            found.append(Finding("E-VALUE", span, {"field": key, "found": id, "allowed": allowed}))
        seen.add(id)
    return found


def _standing(stack: Stack, places: Mapping[str, Place]) -> Stack:
    """Leave out of a figure what is no place of this edition."""
    sides = {key: tuple(id for id in getattr(stack, key) if id in places) for key in ("rows", "left", "right")}
    return stack.model_copy(update=sides)


def _vocabulary(files: Files) -> tuple[Vocabulary, dict[tuple[str, str], Any]]:
    """Read all files of words as one; a name that two of them give is refused.

    Returns:
        The words, and what is written of each place, list, platform and field.
    """
    problems = Problems()
    whole: dict[str, Any] = {"places": {}, "lists": {}, "shared": {}, "fields": {}, "nothing": None, "picture": None}
    written: dict[tuple[str, str], Any] = {}
    for path, (top, _) in files.items():
        if path != "vocabulary.yaml" and not path.startswith("vocabulary/"):
            continue
        found = problems.catch(validated, adapter(Vocabulary), top, top)
        for name, value in found or ():
            if not isinstance(value, dict):
                whole[name] = value or whole[name]
                if isinstance(value, Stack):
                    written |= {(name, key): (top, top[name]) for key in top[name]}
                continue
            for id in sorted(value.keys() & whole[name].keys()):
                first = written[name, id][0].key_span(id)
                values = {"id": id, "first": str(first)}
                problems.append(Finding("M-DUP", top[name].key_span(id), values, (first,)))
            whole[name] |= value
            written |= {(name, id): (top[name], top[name][id]) for id in value}
    if problems:
        raise EditionError(problems)
    return Vocabulary.model_construct(**whole), {key: node for key, (_, node) in written.items()}


def without(places: Mapping[str, Place], dropped: Iterable[str]) -> Mapping[str, Place]:
    """Leave out some places and everything below them."""
    gone = set(dropped)
    while more := {id for id, place in places.items() if place.parent in gone} - gone:
        gone |= more
    return {id: place for id, place in places.items() if id not in gone}


def _is_inside_itself(id: str, places: Mapping[str, Place]) -> bool:
    seen, parent = set[str](), places[id].parent
    while parent is not None and parent not in seen:
        seen.add(parent)
        parent = places[parent].parent
    return id in seen


Law = tuple[LawRegister, Mapping[str, Source]]


@cache
def common_law() -> Law:
    """Give the one register of law and the sources it was seen in, which every edition reads before its own."""
    return _register(_common("law.yaml")[0], {}, {})


def _law(files: Files, base: Edition | None) -> Law:
    law, sources = (base.law, base.sources) if base else common_law()
    return _register(files["law.yaml"][0], law.documents, sources) if "law.yaml" in files else (law, sources)


def _register(top: Any, documents: Mapping[str, LegalDocument], known_sources: Mapping[str, Source]) -> Law:
    """Add what one file says of law to what is known; the file has the word."""
    for key in top:
        if key not in ("sources", "legal"):
            values = {"key": key, "near": nearest(key, ("sources", "legal"))}
            raise EditionError([Finding("E-KEY", top.key_span(key), values)])
    own_sources: dict[str, Source] = _records(top, "sources", Source)
    legal: dict[str, LegalDocument] = _records(top, "legal", LegalDocument)
    sources, every = {**known_sources, **own_sources}, {**documents, **legal}
    wrong = [
        unknown(name, what, known, top["legal"].span(id, field))
        for id, document in legal.items()
        for what, known, field, names in (
            ("source", sources, "source", document.sources),
            ("document", every, "amends", document.amends),
            ("document", every, "replaces", document.replaces),
            ("document", every, "replaced_by", document.replaced_by),
        )
        for name in names
        if name not in known
    ]
    if wrong:
        raise EditionError(wrong)
    return LawRegister({id: every[id] for id in sorted(every)}), sources


def _records(top: Any, section: str, model: type[Any]) -> dict[str, Any]:
    node = top.get(section)
    if node is None:
        return {}
    if not isinstance(node, Written):
        values = {"field": section, "found": str(node)[:60], "expected": "type.mapping"}
        raise EditionError([Finding("E-TYPE", top.span(section), values)])
    found: dict[str, Any] = validated(adapter(dict[str, model]), keyed(node), node)  # type: ignore[valid-type]
    return found


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


def _odd_codes(values: Iterable[str | int]) -> Iterator[tuple[int, str | int]]:
    """Find the codes of a list that are there already but for case and spacing, or begin or end with a space."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        code = " ".join(str(value).casefold().split())
        if code in seen or str(value) != str(value).strip():
            yield index, value
        seen.add(code)


def _check_roles(found: Mapping[str, Role], top: Any) -> None:
    wrong = [
        unknown(role.is_, "role", found, top.span(id, "is"))
        for id, role in found.items()
        if role.is_ and role.is_ not in found
    ]
    if wrong:
        raise EditionError(wrong)


def _sha256(base: str, files: Iterable[SourceFile]) -> str:
    """Hash what an edition is made of: path and hash of each file, the common ones too, and the edition below it."""
    lines = [base, *(f"{file.path} {file.sha256}" for file in files)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
