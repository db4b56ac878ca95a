"""The shelf of editions: which there are, their folders, what each says of itself, the registers that all share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from kientruc.finding import Finding
from kientruc.frameworks.about import VOCABULARY, EditionFile
from kientruc.frameworks.folder import Files, open_folder
from kientruc.frameworks.reader import EditionError, read, unknown, validated
from kientruc.frameworks.vocabulary import Bilingual
from kientruc.model.record import adapter
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.source import SourceFile

HERE = Path(__file__).parent
EDITIONS = HERE / "editions"
COMMON = ("law.yaml", "roles.yaml")  # registers that all editions share


def edition_ids(folder: Path = EDITIONS) -> tuple[str, ...]:
    """Name the editions that are there, in id order."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/edition.yaml")))


@cache
def common(path: str) -> tuple[Any, SourceFile]:
    """Read a file that all editions share."""
    return read(Workspace(HERE, DEFAULT), path)


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


@cache
def stages_of(id: str, folder: Path = EDITIONS) -> tuple[str, ...]:
    """Name the steps of the way to approval that an edition knows, in their order; none where it tells no path.

    Raises:
        KeyError: there is no such edition.
        EditionError: its files are wrong.
    """
    files = shelved(id, folder)
    return tuple(files["path.yaml"][0].get("steps", ())) if "path.yaml" in files else ()


def stage_names(id: str, folder: Path = EDITIONS) -> dict[str, Bilingual]:
    """Name those steps as readers know them; the edition must be right."""
    files = shelved(id, folder)
    steps = files["path.yaml"][0]["steps"] if "path.yaml" in files else {}
    return {step: Bilingual.model_validate(told["name"]) for step, told in steps.items()}


def edition_name(id: str, folder: Path = EDITIONS) -> Bilingual:
    """Give what an edition is called."""
    return about_of(shelved(id, folder), folder, id).name


@cache
def places_of(id: str, folder: Path = EDITIONS) -> str:
    """Give the edition whose places an edition is held against.

    Raises:
        KeyError: there is no such edition.
    """
    return about_of(shelved(id, folder), folder, id).words_from or id


def about_of(files: Files, shelf: Path, id: str | None) -> EditionFile:
    """Read what an edition says of itself; an id tells which one it must be."""
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
