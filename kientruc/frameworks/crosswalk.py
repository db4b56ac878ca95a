"""From the places of one edition to those of another: what a migration proposes, how sure it is, what people decide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from kientruc.finding import Finding
from kientruc.frameworks.edition import Edition, load_edition
from kientruc.frameworks.folder import Files
from kientruc.frameworks.reader import EditionError, unknown, validated
from kientruc.frameworks.requirement import Checks
from kientruc.frameworks.shelf import EDITIONS, edition_ids, shelved
from kientruc.frameworks.vocabulary import Bilingual, Late, Words
from kientruc.frameworks.words import load_words
from kientruc.model.element import Mapping as Relation
from kientruc.model.kinds import Kind
from kientruc.model.record import adapter
from kientruc.model.values import Certainty, Id, Text


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class Row(Late):
    """One place and where what lies there belongs in the other edition.

    `kind` and `role` narrow it to some elements; a row without them is for all the rest. Where it names several places,
    or where a machine cannot know, `decide` tells a person what to decide.
    """

    from_: Id = Field(alias="from")
    kind: Annotated[tuple[Kind, ...], BeforeValidator(_several)] = ()
    role: Annotated[tuple[Id, ...], BeforeValidator(_several)] = ()
    to: Annotated[tuple[Id, ...], BeforeValidator(_several)]
    relation: Relation
    certainty: Certainty
    source: Id
    decide: Bilingual | None = None
    note: Text | None = None

    @property
    def rank(self) -> int:
        """How closely it names its elements: by role, by kind, or not at all."""
        return 2 if self.role else 1 if self.kind else 0


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """All rows from one edition to another, in the order of the places."""

    origin: str
    target: str
    rows: tuple[Row, ...]
    parents: Mapping[str, str]  # of the places of the origin

    def row(self, place: str, kind: Kind | None = None, roles: Sequence[str] = ()) -> Row | None:
        """Find the row for an element at a place: by its role, else its kind, else the one for the rest.

        A place of which nothing is said follows the one above it.

        Args:
            roles: the element's role and every wider one.
        """
        at: str | None = place
        while at is not None:
            fitting = [row for row in self.rows if row.from_ == at and _fits(row, kind, roles)]
            if fitting:
                return max(fitting, key=lambda row: row.rank)
            at = self.parents.get(at)
        return None


def _fits(row: Row, kind: Kind | None, roles: Sequence[str]) -> bool:
    return (not row.kind or kind in row.kind) and (not row.role or not set(row.role).isdisjoint(roles))


def load_crosswalk(origin: str, target: str, checks: Checks, shelf: Path = EDITIONS) -> Crosswalk | None:
    """Read the crosswalk from one edition to another; None if nobody wrote one.

    Raises:
        KeyError: one of the editions is not there.
        EditionError: a place, role or source in it is not known, or it does not hold together.
    """
    edition = load_edition(origin, checks, shelf)
    if target not in edition_ids(shelf):
        raise KeyError(target)
    return _joined(edition, target, shelved(origin, shelf), checks, shelf)


def crosswalks(
    edition: Edition, files: Files, checks: Checks, shelf: Path = EDITIONS, targets: Iterable[str] | None = None
) -> Mapping[str, Crosswalk]:
    """Read crosswalks of an edition whose folder was opened, by their targets; see `load_crosswalk`.

    Args:
        targets: which ones, where they are there; None for all that it writes.
    """
    wanted = _top(files) if targets is None else targets
    joined = {target: _joined(edition, target, files, checks, shelf) for target in wanted}
    return {target: crosswalk for target, crosswalk in joined.items() if crosswalk}


def _top(files: Files) -> Any:
    return files["crosswalk.yaml"][0] if "crosswalk.yaml" in files else {}


def _joined(edition: Edition, target: str, files: Files, checks: Checks, shelf: Path) -> Crosswalk | None:
    """Give the rows of an edition, and those of the edition it starts from for places about which it says nothing."""
    own = _own(edition, target, files, shelf)
    said = {row.from_ for row in own}
    base, taken = edition.about.starts_from, list[Row]()
    if base and base != target and target in edition_ids(shelf):
        crosswalk = load_crosswalk(base, target, checks, shelf)
        rows = crosswalk.rows if crosswalk else ()
        taken = [row for row in rows if row.from_ in edition.words.places and row.from_ not in said]
    if not own and not taken:
        return None
    rows = (*own, *taken)
    order = {place: index for index, place in enumerate(edition.words.places)}
    _complete(edition, target, rows, files)
    parents = {id: place.parent for id, place in edition.words.places.items() if place.parent}
    return Crosswalk(edition.id, target, tuple(sorted(rows, key=lambda row: (order[row.from_], -row.rank))), parents)


def _own(edition: Edition, target: str, files: Files, shelf: Path) -> tuple[Row, ...]:
    top = _top(files)
    if target not in top:
        return ()
    if target not in edition_ids(shelf):
        raise EditionError([unknown(target, "edition", edition_ids(shelf), top.key_span(target))])
    node = top[target]
    rows: tuple[Row, ...] = validated(adapter(tuple[Row, ...]), node, node)
    problems = [one for index, row in enumerate(rows) for one in _wrong(row, node, index, edition, target, shelf)]
    problems += _twice(rows, node)
    if problems:
        raise EditionError(problems)
    return rows


def _wrong(row: Row, node: Any, index: int, edition: Edition, target: str, shelf: Path) -> Iterator[Finding]:
    words: Words = load_words(target, shelf)
    named: tuple[tuple[str, tuple[str, ...], Mapping[str, object]], ...] = (
        ("from", (row.from_,), edition.words.places),
        ("to", row.to, words.places),
        ("role", row.role, words.roles),
        ("source", (row.source,), edition.sources),
    )
    for field, names, known in named:
        what = "place" if field in ("from", "to") else field
        yield from (unknown(name, what, known, node.span(index, field)) for name in names if name not in known)
    if (row.relation is Relation.UNMAPPED) is bool(row.to):
        yield Finding("E-UNMAPPED", node.span(index, "relation"), {"found": row.relation.value})
    if len(row.to) > 1 and row.decide is None:
        yield Finding("E-DECIDE", node.span(index, "to"), {"found": ", ".join(row.to)})


def _twice(rows: tuple[Row, ...], node: Any) -> Iterator[Finding]:
    """Refuse two rows between which an element could not choose."""
    seen: dict[tuple[object, ...], int] = {}
    for index, row in enumerate(rows):
        for one in [(role, kind) for role in row.role or ("",) for kind in row.kind or ("",)]:
            first = seen.setdefault((row.from_, *one), index)
            if first != index:
                values = {"found": row.from_}
                yield Finding("E-TWICE", node.span(index, "from"), values, (node.span(first, "from"),))
                break


def _complete(edition: Edition, target: str, rows: tuple[Row, ...], files: Files) -> None:
    """Refuse a crosswalk that says nothing of a top place: what is not mapped is said to be so."""
    top = _top(files)
    if target not in top:
        return
    whole = {row.from_ for row in rows if not row.rank}
    silent = [id for id, place in edition.words.places.items() if place.parent is None and id not in whole]
    if silent:
        raise EditionError([Finding("E-SILENT", top.key_span(target), {"found": ", ".join(silent)})])
